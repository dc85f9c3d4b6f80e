"""Closing a stage: what is left, the note, and opening it again with a reason."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agencies.access import can
from agencies.models import Regency, User
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.models.initiatives.initiative import InitiativeQuerySet, current_initiatives
from masterplan.models.thread import open_thread_count
from masterplan.reference import LinkState
from masterplan.reference_bimtek import AttendanceMode
from masterplan.workshops.actions import workshops as actions
from masterplan.workshops.actions.workshops import closing_of
from masterplan.workshops.forms.workshops import ClosingForm, ReopeningForm
from masterplan.workshops.participation import AgencyShare, shares_of, summary_of
from masterplan.workshops.views.workshops import enter_stage
from smartcity.common.pages import posted, submit


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_close(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """What is left of a stage, then closing it with a note."""
    workshop, by = enter_stage(request, slug, pk)
    if closing_of(workshop):
        return redirect("workshop_detail", slug, pk)
    form = ClosingForm(posted(request))
    answer = submit(
        request,
        form,
        lambda: actions.close(workshop, by=by, note=form.cleaned_data["note"]),
        done=f"Tahap {workshop.stage} ditutup.",
        to=reverse("workshop_detail", args=[slug, pk]),
    )
    if answer:
        return answer
    shares = shares_of(workshop)
    context = {
        "workshop": workshop,
        "form": form,
        "summary": summary_of(shares),
        "left": what_is_left(by, workshop.regency, shares),
    }
    return render(request, "masterplan/workshops/workshop/close.html", context)


def what_is_left(by: User, regency: Regency, shares: list[AgencyShare]) -> list[dict[str, Any]]:
    """What is still open at the end of a stage, each with who it is about and where it is decided. Two queries.

    Of initiatives only those that `by` may know of.
    """
    undecided, threads = _open_at_initiatives(current_initiatives(regency).known_to(by, regency))
    slug = regency.slug
    queue = reverse("review_queue", args=[slug]) if can(by, Permission.REVIEW_INITIATIVE, regency) else ""
    modes = {AttendanceMode.INVITED, AttendanceMode.ABSENT}
    missing = [
        f"{share.agency.short_name or share.agency.name}: {', '.join(str(s.output) for s in share.open_outputs)}"
        for share in shares
        if share.open_outputs
    ]
    away = [share.agency.short_name or share.agency.name for share in shares if share.attendance.mode in modes]
    rows = [
        ("Hasil belum diserahkan", missing, ""),
        ("Perangkat daerah tidak atau belum tercatat hadir", away, ""),
        ("Usulan tautan belum diputuskan", undecided, reverse("alignment_matrix", args=[slug])),
        ("Catatan belum selesai", threads, queue),
    ]
    return [{"title": title, "rows": found, "url": url} for title, found, url in rows]


def _open_at_initiatives(known: InitiativeQuerySet) -> tuple[list[str], list[str]]:
    rows = known.annotate(talks=open_thread_count(())).order_by("code")
    undecided: dict[str, int] = {}
    proposed = known.order_by().filter(links__state=LinkState.PROPOSED)
    for code in proposed.values_list("code", flat=True):
        undecided[code] = undecided.get(code, 0) + 1
    talks = rows.filter(talks__gt=0).values_list("code", "talks")
    return (
        [f"{code}: {count} usulan" for code, count in sorted(undecided.items())],
        [f"{code}: {count} catatan" for code, count in talks],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_reopen(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Open a closed stage again with a reason."""
    workshop, by = enter_stage(request, slug, pk)
    if not closing_of(workshop):
        return redirect("workshop_detail", slug, pk)
    form = ReopeningForm(posted(request))
    answer = submit(
        request,
        form,
        lambda: actions.reopen(workshop, by=by, reason=form.cleaned_data["reason"]),
        done=f"Tahap {workshop.stage} dibuka lagi.",
        to=reverse("workshop_detail", args=[slug, pk]),
    )
    context = {"workshop": workshop, "form": form}
    return answer or render(request, "masterplan/workshops/workshop/reopen.html", context)
