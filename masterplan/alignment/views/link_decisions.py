"""Deciding many links at once: what was ticked in a list or in the matrix, and what became of each."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_POST

from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.alignment.actions.link_decisions import MOST, decide_many
from masterplan.alignment.filters import AlignmentFilter
from masterplan.alignment.forms import DecisionForm
from masterplan.alignment.views.tabs import OBJECTIVES, PENDING, RENSTRA
from masterplan.pages.loading import links_among
from masterplan.pages.rows import enter
from masterplan.pages.selection import unknown_among
from smartcity.common.htmx import render_page
from smartcity.common.text import whole_number


@require_POST
def alignment_decide(request: SignedIn, slug: str) -> HttpResponse:
    """Accept (`putusan=terima`) or reject the links of `pilih`; without a reason that is needed, ask for it."""
    plan, user = enter(request, slug, Permission.DECIDE_ALIGNMENT)
    accepting = request.POST.get("putusan") == "terima"
    form = DecisionForm(request.POST, rejecting=not accepting)
    chosen = list(dict.fromkeys(whole_number(pk) for pk in request.POST.getlist("pilih")))
    links = links_among(user, plan, chosen[:MOST])
    known = {*(link.pk for link in links), *chosen[MOST:]}
    context: dict[str, Any] = {
        "form": form,
        "links": links,
        "accepting": accepting,
        "left_out": max(0, len(chosen) - MOST),
        "unknown": unknown_among(request.POST.getlist("pilih"), known),
        "most": MOST,
        "origin": request.POST.get("kembali", ""),
        "back_url": _way_back(slug, request.POST.get("kembali", "")),
        "step": "ask" if links else "nothing",
    }
    if links and form.is_valid():
        outcomes = decide_many(links, accept=accepting, by=user, reason=form.cleaned_data["reason"])
        context |= {
            "step": "done",
            "reason": form.cleaned_data["reason"],
            "decided": [each.link for each in outcomes if not each.obstacle],
            "skipped": [each for each in outcomes if each.obstacle],
        }
    return render_page(request, "masterplan/alignment/decide.html", context)


def _way_back(slug: str, query: str) -> str:
    """The list or matrix that was left, with its filters, as far as they are understood."""
    given = QueryDict(query[:2000])
    show = given.get("tampil", "")
    known = {"tampil": show if show in (PENDING, OBJECTIVES) else ""}
    known |= {"lihat": RENSTRA if given.get("lihat") == RENSTRA else ""}
    found = AlignmentFilter.read(given).query(**known)
    page = reverse("alignment_matrix", args=[slug])
    return f"{page}?{found}" if found else page
