"""One stage of the bimtek as everybody of the regency sees it, and how agencies took part in it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import can, enter_regency, own_agency_ids, require
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.models import Workshop
from masterplan.pages.loading import get_workshop_or_404
from masterplan.reference_bimtek import AttendanceMode
from masterplan.workshops.actions import attendance as actions
from masterplan.workshops.actions.workshops import closing_of
from masterplan.workshops.participation import AgencyShare, shares_of, summary_of
from masterplan.workshops.queries import output_or_404
from masterplan.workshops.stages import Stage
from masterplan.workshops.views.workshops import enter_stage
from smartcity.common.formatting import format_date
from smartcity.common.text import whole_number

_MODE = "mode-"


@require_safe
def workshop_detail(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Agenda, place, materials, and what each invited agency did, one's own agency first."""
    user = request.user
    regency = enter_regency(user, slug, Permission.VIEW_REGENCY)
    workshop = get_workshop_or_404(regency, pk)
    prefetch_related_objects([workshop], "extensions")
    own = own_agency_ids(user, regency)
    shares = shares_of(workshop)
    narrowed = request.GET.get("tampil", "")
    closing = closing_of(workshop)
    may_manage = can(user, Permission.MANAGE_WORKSHOPS, regency)
    context = {
        "workshop": workshop,
        "stage": Stage(workshop, timezone.now(), own),
        "days": agenda_days(workshop),
        "materials": workshop.materials.select_related("file"),
        "summary": summary_of(shares),
        "pills": _pills(shares, narrowed),
        "rows": _rows(shares, narrowed, own, may_manage and closing is None, closing is None),
        "closing": closing,
        "closings": workshop.closings.all(),
        "may_manage": may_manage,
        "may_see_people": can(user, Permission.SEE_ATTENDEES, regency),
    }
    return render(request, "masterplan/workshops/workshop/detail.html", context)


def agenda_days(workshop: Workshop) -> list[dict[str, Any]]:
    """The agenda by day, each with its date where the stage has one."""
    days = workshop.days
    found: dict[int, list[Any]] = {}
    for item in workshop.agenda_items.all():
        found.setdefault(item.day, []).append(item)
    return [
        {
            "number": number,
            "date": format_date(days[0] + timedelta(number - 1)) if days else "",
            "items": items,
        }
        for number, items in sorted(found.items())
    ]


_SHOWS = {
    "": ("Semua", lambda share: True),
    "belum-hadir": ("Belum tercatat hadir", lambda share: not share.attendance.was_there),
    "belum-menyerahkan": ("Belum menyerahkan", lambda share: bool(share.open_outputs)),
    "lengkap": ("Hadir dan menyerahkan", lambda share: share.attendance.was_there and share.delivered),
}


def _pills(shares: list[AgencyShare], now: str) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "count": sum(fits(share) for share in shares),
            "url": f"?tampil={key}#perangkat-daerah" if key else "?#perangkat-daerah",
            "current": now == key,
        }
        for key, (label, fits) in _SHOWS.items()
    ]


def _rows(
    shares: Iterable[AgencyShare], narrowed: str, own: set[int], may_tick_all: bool, is_open: bool
) -> list[dict[str, Any]]:
    fits = _SHOWS.get(narrowed, _SHOWS[""])[1]
    rows = [
        {
            "share": share,
            "is_own": share.agency.pk in own,
            "may_tick": is_open and (may_tick_all or share.agency.pk in own),
        }
        for share in shares
        if fits(share)
    ]
    return sorted(rows, key=lambda row: not row["is_own"])


@require_POST
def workshop_output_tick(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Say that an agency (`opd`) delivered an output, or with `batal` that it did not after all."""
    user = request.user
    regency = enter_regency(user, slug, Permission.VIEW_REGENCY)
    output = output_or_404(regency, pk)
    agency = regency.agencies.filter(pk=whole_number(request.POST.get("opd"))).first()
    if agency is None:
        raise Http404
    if not actions.may_tick(user, regency, agency.pk):
        require(user, Permission.MANAGE_WORKSHOPS, regency)
    delivered = "batal" not in request.POST
    try:
        actions.tick_output(output, by=user, agency=agency, delivered=delivered)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    else:
        state = "ditandai diserahkan" if delivered else "tidak lagi ditandai"
        messages.success(request, f"{output.title}, {agency.short_name or agency.name}: {state}.")
    return redirect(f"{reverse('workshop_detail', args=[slug, output.workshop_id])}#opd-{agency.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_attendance(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Who is invited and how each agency came, all on one page; `undang_semua` invites everybody at once."""
    workshop, by = enter_stage(request, slug, pk)
    agencies = list(workshop.regency.agencies.valid_on(workshop.regency.today()))
    stored = {row.agency_id: row.mode for row in workshop.attendances.all()}
    agencies += [a for a in workshop.regency.agencies.filter(pk__in=stored) if a not in agencies]
    if request.method == "POST":
        try:
            if "undang_semua" in request.POST:
                count = actions.invite_all(workshop, by=by)
                messages.success(request, f"{count} perangkat daerah diundang.")
                return redirect("workshop_attendance", slug, pk)
            count = actions.note_attendance(workshop, by=by, modes=_modes(request, {a.pk for a in agencies}))
        except ValidationError as error:
            messages.warning(request, error.messages[0])
            return redirect("workshop_attendance", slug, pk)
        messages.success(request, f"{count} perubahan disimpan." if count else "Tidak ada yang berubah.")
        return redirect("workshop_detail", slug, pk)
    context = {
        "workshop": workshop,
        "rows": [(agency, f"{_MODE}{agency.pk}", stored.get(agency.pk, "")) for agency in agencies],
        "modes": [("", "Tidak diundang"), *AttendanceMode.choices],
        "uninvited": sum(agency.pk not in stored for agency in agencies),
        "closing": closing_of(workshop),
    }
    return render(request, "masterplan/workshops/workshop/attendance.html", context)


def _modes(request: SignedIn, agencies: set[int]) -> dict[int, str]:
    """The modes that differ from what the page showed (`semula-`), by agency, so that two people who save at the same
    time change only their own rows.
    """
    found = {}
    for agency in agencies:
        mode, before = request.POST.get(f"{_MODE}{agency}"), request.POST.get(f"semula-{agency}")
        if mode is not None and mode != before and (mode == "" or mode in AttendanceMode.values):
            found[agency] = mode
    return found
