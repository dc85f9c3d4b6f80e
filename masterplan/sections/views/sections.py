"""The places of a book as a list, and the pages on which the coordinator writes them one by one.

Where others read and talk about them is `section_reading`; the tree itself is changed in `outline`.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import can, get_regency_or_404, own_agency_ids, require
from agencies.models import User
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.books.chapters.places import Place as PrintedPlace
from masterplan.books.chapters.places import number_places
from masterplan.books.section_kinds import has_text, opens_chapter
from masterplan.books.section_text import written_html
from masterplan.discussion.cards import ON_FORM, load_discussion
from masterplan.editing.views.autosaving import EditedRow, autosave
from masterplan.editing.views.written import MakeForm, WrittenPage, written_page
from masterplan.editions.outline.tree import merge
from masterplan.editions.placeholders import PLACEHOLDERS
from masterplan.editions.references import targets
from masterplan.editions.schema import FrozenPlace
from masterplan.models import MasterPlan, Section
from masterplan.models.thread import open_thread_count
from masterplan.pages.loading import current_plan_or_404, visible_sections
from masterplan.pages.rows import enter, row_or_404
from masterplan.reference import BookName, WritingState
from masterplan.sections.actions.outline import complete_outline, missing_places
from masterplan.sections.actions.sections import SECTION
from masterplan.sections.forms.sections import BookSectionForm
from masterplan.sections.views.section_pictures import picture_record, pictures_of
from masterplan.templatetags.crumb_tags import trail
from smartcity.common.text import search_words


@dataclass(frozen=True)
class OutlineLine:
    """A place of the outline as a line: its number as printed ("" where it is left out), and how deep it stands."""

    section: Section
    number: str
    depth: int
    is_included: bool

    @property
    def is_chapter(self) -> bool:
        """Whether it opens a chapter and has a lead instead of a text."""
        return opens_chapter(self.section)

    @property
    def open_threads(self) -> int:
        """How many conversations about it are not finished, of those that the person may read."""
        found: int = self.section.open_threads  # type: ignore[attr-defined]
        return found

    @property
    def words(self) -> int:
        """How long its text is."""
        return len(self.section.body.split())

    @property
    def is_prefilled(self) -> bool:
        """Whether its text is that which a new plan opens with."""
        return bool(self.section.body) and self.section.updated_at is None


def lines_of(plan: MasterPlan, book: str, reader: User) -> list[OutlineLine]:
    """The places of a book in their order, those left out as well, with the conversations that `reader` may read."""
    below: dict[int | None, list[Section]] = defaultdict(list)
    rows = plan.sections.filter(book=book).select_related("responsible", "owner_agency")
    for section in rows.annotate(open_threads=open_thread_count(own_agency_ids(reader, plan.regency))):
        below[section.parent_id].append(section)
    numbers = _numbers(below, book)

    def walk(parent: int | None, depth: int, included: bool) -> Iterator[OutlineLine]:
        for section in below[parent]:
            printed = included and section.is_included
            yield OutlineLine(section, numbers.get(section.key, ""), depth, printed)
            yield from walk(section.pk, depth + 1, printed)

    return list(walk(None, 0, True))


def _numbers(below: dict[int | None, list[Section]], book: str) -> dict[str, str]:
    def tree(parent: int | None) -> list[FrozenPlace]:
        return [
            {"key": section.key, "included": section.is_included, "children": tree(section.pk)}
            for section in below[parent]
        ]

    places: tuple[PrintedPlace, ...] = number_places(merge(tree(None), (), {}), (), numbered=book != BookName.SUMMARY)
    return {place.key: place.heading.number for chapter in places for place in chapter.everywhere()}


def book_of(request: SignedIn) -> str:
    """The book that the address asks for, Buku 2 where it asks for none."""
    asked = request.GET.get("buku", "")
    return asked if asked in BookName.values else BookName.MASTER_PLAN.value


@require_safe
def section_list(request: SignedIn, slug: str) -> HttpResponse:
    """All places of one book that the person may read, each with its state, its writer and its conversations."""
    user, regency = request.user, get_regency_or_404(request.user, slug)
    require(user, Permission.COMMENT, regency)
    plan = current_plan_or_404(regency)
    book = book_of(request)
    lines = known_lines(plan, book, user)
    texts = [line for line in lines if not line.is_chapter and line.is_included]
    may_write = can(user, Permission.EDIT_SECTIONS, regency)
    context = {
        "plan": plan,
        "book": book,
        "books": BookName.choices,
        "lines": lines,
        "words": sum(line.words for line in texts),
        "count": len(texts),
        "complete": sum(line.section.writing_state == WritingState.COMPLETE for line in texts),
        "talk": sum(line.open_threads for line in lines),
        "may_write": may_write,
        "missing": missing_places(plan) if may_write else 0,
    }
    return render(request, "masterplan/sections/section/list.html", context)


def known_lines(plan: MasterPlan, book: str, reader: User) -> list[OutlineLine]:
    """Of the places of a book those whose text `reader` may read, numbered as in the whole."""
    known = set(visible_sections(reader, plan).values_list("pk", flat=True))
    return [line for line in lines_of(plan, book, reader) if line.section.pk in known]


@require_POST
def section_prefill(request: SignedIn, slug: str) -> HttpResponse:
    """Give the plan the places it lacks, with the texts a new plan opens with."""
    plan, by = enter(request, slug)
    try:
        count = complete_outline(plan, bodies={}, by=by)
    except ValidationError as locked:
        messages.warning(request, locked.messages[0])
    else:
        messages.success(request, f"{count} bagian naskah ditambahkan." if count else "Semua bagian naskah sudah ada.")
    return redirect("section_list", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def section_edit(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """One place: its text with a preview, its title, its state and its writer."""
    edited, make = _edited(request, slug, pk)
    row: Section = edited.row
    plan = row.master_plan
    lines = lines_of(plan, row.book, request.user)
    place = next(number for number, line in enumerate(lines) if line.section.pk == pk)
    before, after = lines[:place][-1:], lines[place + 1 : place + 2]
    chapter = next(line for line in reversed(lines[: place + 1]) if line.depth == 0)
    list_url = f"{reverse('section_list', args=[slug])}?buku={row.book}"
    pictures = pictures_of(row) if has_text(row) else []
    context = {
        "line": lines[place],
        "before": before[0] if before else None,
        "after": after[0] if after else None,
        "chapter": chapter,
        "neighbours": _below(lines, chapter),
        "preview": written_html(plan, row, request.user, pictures),
        "talk": load_discussion(row, request.user, page=ON_FORM, opened=request.GET.get("catatan", "")),
        "pictures": pictures,
        "takes_pictures": has_text(row),
        "picture_record": picture_record(row) if has_text(row) else [],
        "placeholders": list(PLACEHOLDERS.values()),
        "references_url": reverse("section_references", args=[slug]),
        "items": trail(slug, "section_list", buku=row.book),
    }
    url = reverse("section_edit", args=[slug, pk])
    return written_page(
        request,
        edited,
        make,
        WrittenPage(
            template="masterplan/sections/section/edit.html",
            name=f"{plan.pk}:section:{pk}",
            url=url,
            autosave_url=reverse("section_autosave", args=[slug, pk]),
            back_url=list_url,
            next_url=reverse("section_edit", args=[slug, after[0].section.pk]) if after else list_url,
            save_label="Simpan dan lanjutkan" if after else "Simpan",
            context=context,
        ),
    )


@require_POST
def section_autosave(request: SignedIn, slug: str, pk: int) -> JsonResponse:
    """Saving one place while one types."""
    return autosave(request, *_edited(request, slug, pk))


@require_safe
def section_references(request: SignedIn, slug: str) -> JsonResponse:
    """What a text can refer to, for the list that opens at @; JSON: `targets` with anchor, words, kind and text."""
    plan, _ = enter(request, slug)
    found = targets(plan, search_words(request.GET.get("q", "")))
    return JsonResponse({"targets": [asdict(target) for target in found]})


def _edited(request: SignedIn, slug: str, pk: int) -> tuple[EditedRow, MakeForm]:
    plan, by = enter(request, slug)
    row: Section = row_or_404(plan, plan.sections.all(), pk)
    return EditedRow(by, plan.regency, row, SECTION, BookSectionForm.labels()), partial(BookSectionForm, row)


def _below(lines: list[OutlineLine], chapter: OutlineLine) -> list[OutlineLine]:
    first = lines.index(chapter)
    end = next((place for place in range(first + 1, len(lines)) if lines[place].depth == 0), len(lines))
    return lines[first:end]
