"""The outline of a book as its table of contents would look, what each place would hold, and its conversations;
nothing is composed here.

A worker counts whenever something has changed (`books.prerendering`), and the page says when it last did.
"""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.views.requests import SignedIn
from masterplan.books.chapters.blocks import shows_text
from masterplan.editions.numbering import section_anchor
from masterplan.models import OutlineCount
from masterplan.pages.rows import enter
from masterplan.reference import BookName
from masterplan.sections.actions.outline import ask_for_count
from masterplan.sections.views.outline import outline_crumbs
from masterplan.sections.views.sections import OutlineLine, lines_of


@require_safe
def outline_preview(request: SignedIn, slug: str, book: str) -> HttpResponse:
    """Every place that is printed, with its number, its text, and the tables, figures and initiatives it would hold."""
    plan, by = enter(request, slug)
    if book not in BookName.values:
        raise Http404
    count: OutlineCount | None = plan.outline_counts.filter(book=book).first()
    if count is None:
        ask_for_count(plan)
    lines = lines_of(plan, book, by)
    rows = [_row(line, count) for line in lines if line.is_included]
    counts = [row["holds"] for row in rows if row["holds"]]
    context = {
        "plan": plan,
        "book": book,
        "label": BookName(book).label,
        "books": BookName.choices,
        "rows": rows,
        "left_out": len(lines) - len(rows),
        "newest": plan.snapshots.only("number", "master_plan").first(),
        "talk": sum(line.open_threads for line in lines if line.is_included),
        "tables": sum(holds["tables"] for holds in counts),
        "figures": sum(holds["figures"] for holds in counts),
        "empty": sum(row["is_empty"] for row in rows),
        "counted_at": count.counted_at if count else None,
        "items": outline_crumbs(slug, book),
    }
    return render(request, "masterplan/sections/outline/preview.html", context)


def _row(line: OutlineLine, count: OutlineCount | None) -> dict[str, Any]:
    """A place with what the last count found there; one that has not been counted yet, by its text alone."""
    section = line.section
    written = section.lead if line.is_chapter else section.body
    holds = count.places.get(section.key) if count else None
    return {
        "line": line,
        "anchor": section_anchor(section.key) if line.depth == 0 else "",
        "holds": holds,
        "has_text": bool(written),
        "wants_text": line.is_chapter or shows_text(section.key),
        "is_empty": bool(holds and holds["is_empty"] and not written),
    }
