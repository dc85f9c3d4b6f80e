"""The page on which a section of the books is read and talked about before it is printed. Writing it is `sections`."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.access import can, get_regency_or_404
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.books.section_kinds import has_text
from masterplan.books.section_text import written_html
from masterplan.discussion.cards import load_discussion
from masterplan.pages.loading import get_section_or_404
from masterplan.sections.views.section_pictures import pictures_of
from masterplan.sections.views.sections import known_lines


@require_safe
def section_detail(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """One place of a book as it is now: its text, its writer, and the conversations about it."""
    user, regency = request.user, get_regency_or_404(request.user, slug)
    section = get_section_or_404(user, regency, pk)
    plan = section.master_plan
    lines = known_lines(plan, section.book, user)
    place = next(number for number, line in enumerate(lines) if line.section.pk == pk)
    context = {
        "section": section,
        "line": lines[place],
        "before": next(iter(lines[:place][-1:]), None),
        "after": next(iter(lines[place + 1 :]), None),
        "text": written_html(plan, section, user, pictures_of(section) if has_text(section) else []),
        "talk": load_discussion(section, user, opened=request.GET.get("catatan", "")),
        "may_write": can(user, Permission.EDIT_SECTIONS, regency),
    }
    return render(request, "masterplan/sections/section/detail.html", context)
