"""Parts of the next book rendered before anybody asks for it, so that a request finds them in the cache.

The result is nothing but cache entries, and counts for the preview of the outline: whoever runs this twice, late or not
at all changes no book. When it is asked for is decided in `masterplan.editing.actions.prerender`.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from masterplan.books import jobs
from masterplan.books.blueprint import BOOKS, book_parts, counted, sheet_parts
from masterplan.books.html_cache import CachedHtml
from masterplan.books.produce import prepare
from masterplan.editions.snapshot import canonical, compose, compose_sheet, fingerprint
from masterplan.models import Initiative, MasterPlan
from masterplan.reference import SENT_STATUSES, BookName, EditionScope, InitiativeStatus
from smartcity.common.codes import short_fingerprint
from smartcity.common.storage.work_folders import work_folder
from smartcity.press.parts import Part


def is_due(kind: str, pk: int, sent_at: float) -> bool:
    """Whether what was asked for at `sent_at` (seconds since 1970) is still to be done; then it counts as begun.

    A run that began later has seen that change already: of many saves within a short while only one is rendered for.
    """
    stamp = jobs.cache_folder() / "ahead" / f"{kind}-{pk}"
    if stamp.exists() and stamp.stat().st_mtime > sent_at:
        return False
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.touch()
    return True


def render_sheet_ahead(pk: int) -> int:
    """Render the sheet of Initiative `pk` as the next book will hold it; of a draft, as it will be once it is sent.

    Returns how many parts were rendered.
    """
    initiative = Initiative.objects.complete().select_related("master_plan__regency").filter(pk=pk).first()
    if initiative is None:
        return 0
    content = compose_sheet(initiative, day=timezone.localdate())
    if initiative.status not in SENT_STATUSES:
        sent = InitiativeStatus.SUBMITTED
        content["initiatives"][0] |= {"status": sent.value, "status_label": str(sent.label)}
    anchor = content["initiatives"][0]["id"]
    return _prepare(content, BookName.MASTER_PLAN, lambda frozen, book: sheet_parts(frozen, anchor))


def render_books_ahead(pk: int) -> int:
    """Render what the books of MasterPlan `pk` would hold if an edition of the usual scope were frozen now.

    Returns how many parts were rendered.
    """
    plan = MasterPlan.objects.select_related("regency", "development_plan").filter(pk=pk).first()
    if plan is None:
        return 0
    newest = plan.snapshots.first()
    scope = newest.scope if newest else EditionScope.SUBMITTED
    number = (plan.snapshots.aggregate(last=Max("number"))["last"] or 0) + 1
    content = compose(plan, number=number, label="", day=timezone.localdate(), scope=scope)
    if not content["initiatives"]:
        return 0
    _count(plan, content)
    sha256 = fingerprint(content)
    parts_of = partial(book_parts, code=short_fingerprint(sha256), fingerprint=sha256)
    return sum(_prepare(content, book, parts_of) for book in BOOKS)


def _count(plan: MasterPlan, content: Mapping[str, Any]) -> None:
    """Keep what each place of the books would hold, for whoever looks at the outline."""
    for book in BOOKS:
        found = {"places": counted(content, book), "counted_at": timezone.now()}
        plan.outline_counts.update_or_create(book=book, defaults=found)


def _prepare(
    content: Mapping[str, Any], book: str, parts_of: Callable[[Mapping[str, Any], str], Iterable[Part]]
) -> int:
    frozen = json.loads(canonical(dict(content)))
    with work_folder() as folder:
        return prepare(
            frozen,
            book=book,
            parts_of=parts_of,
            render=CachedHtml(jobs.cache_folder()),
            cache_dir=jobs.cache_folder(),
            workers=settings.BOOK_WORKERS,
            images=jobs.images_of(frozen, folder / "gambar"),
            renderer=jobs.warm_renderer(),
        )
