"""Saving while one types: small packets of changed answers, answered in JSON. The pages are in `initiative_forms`.

How a page and the server agree about versions: each question has the version at which the page shows it, and a packet
holds questions of one version. The answer brings the page's other questions to the new version, except those that
somebody else changed in between (`others`): they keep the version at which the person saw them until the page loads
them anew, so that a text nobody has seen is never overwritten; whoever changes such a question is asked (`conflict`).
"""

from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from agencies.access import require
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.actions.initiatives import EditConflict, NotEditable
from masterplan.actions.initiatives import save as save_initiative
from masterplan.forms.pages import SectionPage, sent_keys
from masterplan.history import ForeignChange, changed_by_others
from masterplan.models import REQUEST_KEY_LIMIT, Initiative
from masterplan.registry import FIELDS, SECTION_BY_KEY, Content
from masterplan.views.initiative_frame import Frame, open_frame, version_of


@require_POST
def initiative_autosave(request: SignedIn, slug: str, pk: int, section: str) -> JsonResponse:
    """Store the changed answers of one page as far as they are understood, and say what became of each."""
    frame = open_frame(request, slug, pk, complete=False)
    found = SECTION_BY_KEY.get(section)
    if found is None:
        raise Http404
    require(frame.user, Permission.EDIT_INITIATIVE, frame.regency, frame.initiative.lead_agency_id)
    if request.POST.get("person", str(frame.user.pk)) != str(frame.user.pk):
        return _answer(frame, "signed_out")  # somebody else has signed in in this browser since the page was opened
    if not frame.is_open:
        return _frozen(frame)
    page = SectionPage(found.only(sent_keys(found, request.POST)), frame.initiative, frame.user, request.POST)
    page.is_valid()
    try:
        return _stored(request, frame, page)
    except NotEditable:
        frame.look_again()
        return _frozen(frame)
    except ValidationError as error:
        return _answer(frame, "refused", message=" ".join(error.messages))


def _frozen(frame: Frame) -> JsonResponse:
    """Nothing can be stored any more; the browser keeps what was typed and says why."""
    return _answer(frame, "frozen", message=frame.initiative.frozen_sentence)


def _stored(request: SignedIn, frame: Frame, page: SectionPage) -> JsonResponse:
    """Save what was understood; questions that somebody else changed too are left to the page with both texts."""
    version, key = version_of(request.POST.get("edit_version")), request.POST.get("key", "")
    content, key = page.content(), key if 0 < len(key) <= REQUEST_KEY_LIMIT else uuid4().hex
    understood = set(content)
    saved, clashes = _save_without_clashes(frame, content, version=version, key=key)
    others = changed_by_others(saved, since=version, until=saved.edit_version, key=key)
    return _answer(
        frame,
        "conflict" if clashes else "saved",
        version=saved.edit_version,
        others=[_other(frame, change) for change in others],
        clashes=[{"key": name, "label": FIELDS[name].label} for name in clashes],
        unread=[block.field.key for block in page.blocks if block.field.key not in understood],
        errors=page.control_errors,
        echoes=page.echoes(),
        asks=page.asks(),
        pieces=page.pieces(),
    )


def _save_without_clashes(frame: Frame, content: Content, *, version: int, key: str) -> tuple[Initiative, list[str]]:
    clashes: list[str] = []
    while True:
        data = {name: value for name, value in content.items() if name not in clashes}
        try:
            return save_initiative(frame.initiative, by=frame.user, data=data, version=version, key=key), clashes
        except EditConflict as conflict:
            clashes += conflict.current


def _other(frame: Frame, change: ForeignChange) -> dict[str, str]:
    """A question somebody else changed, for the note beside it; people are named by role and agency."""
    by = "Anda di jendela lain" if change.by_id == frame.user.pk else change.by
    label, when = FIELDS[change.key].label, frame.clock(change.at)
    return {"key": change.key, "label": label, "by": by, "when": when}


def _answer(frame: Frame, state: str, **more: Any) -> JsonResponse:
    initiative = frame.initiative
    answer: dict[str, Any] = {
        "state": state,
        "version": initiative.edit_version,
        "time": frame.clock(timezone.now()),
        "others": [],
        "errors": {},
        "echoes": {},
        "asks": {},
        "pieces": {},
    }
    return JsonResponse(answer | more)
