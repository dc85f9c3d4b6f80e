"""The attendance list of a stage: the public page on which people enter themselves, and the coordinator's pages.

The public page is found only by its code, and is open only on its day and as long as the coordinator leaves it open.
Otherwise it answers as if there were no such page.
"""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import enter_regency
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.models import SIGN_IN_GROUPS, attendees_of
from masterplan.pages.loading import get_workshop_or_404
from masterplan.templatetags.crumb_tags import trail
from masterplan.workshops.actions import attendance as actions
from masterplan.workshops.actions.workshops import closing_of
from masterplan.workshops.forms.attendance import AttendanceForm, AttendeeForm, agencies_to_choose
from masterplan.workshops.queries import attendee_or_404, page_or_404
from smartcity.common.codes import read_code
from smartcity.common.pages import confirm, posted, submit
from smartcity.common.qr import qr_svg
from smartcity.common.rate_limits import is_within_limit

_TOO_OFTEN = "Terlalu banyak yang mengisi dari jaringan ini sekaligus. Tunggu satu menit, lalu kirim lagi."
_WAIT_SECONDS = 60


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: HttpRequest, code: str) -> HttpResponse:
    """Where participants enter themselves; the same page for everybody, signed in to the portal or not."""
    page = actions.find_open_page(read_code(code, SIGN_IN_GROUPS))
    if page is None:
        if is_within_limit(request, "unknown_code"):
            return _answer(request, {"page": None, "fault": ""}, 404)
        return _answer(request, {"page": None, "fault": _TOO_OFTEN}, 429)
    regency = page.workshop.regency
    agencies = agencies_to_choose(regency, page.day)
    form = AttendanceForm(agencies, posted(request))
    context: dict[str, Any] = {"page": page, "workshop": page.workshop, "host": regency, "form": form, "done": None}
    status = 200
    if form.is_bound and not is_within_limit(request, "attendance"):
        form.add_error(None, _TOO_OFTEN)
        status = 429
    elif form.is_bound and form.is_valid():
        try:
            actions.register(page, by=form.value())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            context["done"] = form.cleaned_data["name"]
    return _answer(request, context, status)


def _answer(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    """The public page. An unknown code, a day that is not today and a closed page get the same answer."""
    response = render(request, "masterplan/workshops/attendance/show.html", context, status=status)
    if status == 429:
        response["Retry-After"] = str(_WAIT_SECONDS)
    return response


# For the coordinator -------------------------------------------------------------------------------------------------


@never_cache
@require_safe
def workshop_attendance_list(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """The days of a stage, which of them are open, and everybody on their lists."""
    regency = enter_regency(request.user, slug, Permission.SEE_ATTENDEES)
    workshop = get_workshop_or_404(regency, pk)
    pages = {page.day: page for page in workshop.sign_in_pages.all()}
    attendees = attendees_of(workshop)
    today = regency.today()
    context = {
        "workshop": workshop,
        "days": [
            {
                "number": number,
                "day": day,
                "page": pages.get(day),
                "is_today": day == today,
                "is_over": day < today,
                "attendees": [each for each in attendees if each.page.day == day],
            }
            for number, day in enumerate(sorted({*workshop.days, *pages}), 1)
        ],
        "count": len(attendees),
        "closing": closing_of(workshop),
    }
    return render(request, "masterplan/workshops/workshop/attendance_list.html", context)


@require_POST
def workshop_attendance_open(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Open the page of a day (`hari`), or shut it with `tutup`."""
    regency = enter_regency(request.user, slug, Permission.SEE_ATTENDEES)
    workshop = get_workshop_or_404(regency, pk)
    day = _day(request.POST.get("hari", ""))
    page = workshop.sign_in_pages.filter(day=day).first() if day else None
    try:
        if "tutup" in request.POST and page is not None:
            actions.close_page(page, by=request.user)
            messages.success(request, "Daftar hadir ditutup.")
        elif day is None:
            messages.warning(request, "Pilih hari yang daftar hadirnya dibuka.")
        else:
            actions.open_page(workshop, by=request.user, day=day)
            messages.success(request, "Daftar hadir dibuka. Tampilkan kodenya di layar.")
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    return redirect("workshop_attendance_list", slug, pk)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@never_cache
@require_safe
def workshop_projector(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """The code of an open day, large enough for a hall."""
    regency = enter_regency(request.user, slug, Permission.SEE_ATTENDEES)
    page = page_or_404(regency, pk)
    address = settings.BASE_URL + reverse("attendance", args=[page.code])
    context = {
        "page": page,
        "workshop": page.workshop,
        "address": address,
        "qr": qr_svg(address, title="Kode QR daftar hadir", border=2),
        "is_today": page.day == regency.today(),
    }
    return render(request, "masterplan/workshops/workshop/projector.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_attendee_edit(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Correct what somebody wrote."""
    regency = enter_regency(request.user, slug, Permission.SEE_ATTENDEES)
    attendee = attendee_or_404(regency, pk)
    workshop = attendee.page.workshop
    agencies = agencies_to_choose(regency, attendee.page.day, attendee.agency)
    form = AttendeeForm(agencies, posted(request), attendee=attendee)
    answer = submit(
        request,
        form,
        lambda: actions.correct_attendee(attendee, by=request.user, person=form.value()),
        done="Daftar hadir diperbaiki.",
        to=reverse("workshop_attendance_list", args=[slug, workshop.pk]),
    )
    context = {"attendee": attendee, "workshop": workshop, "form": form}
    return answer or render(request, "masterplan/workshops/workshop/attendee_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_attendee_remove(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Ask, then forget one person."""
    regency = enter_regency(request.user, slug, Permission.SEE_ATTENDEES)
    attendee = attendee_or_404(regency, pk)
    workshop = attendee.page.workshop
    listed = reverse("workshop_attendance_list", args=[slug, workshop.pk])
    return confirm(
        request,
        lambda: actions.remove_attendee(attendee, by=request.user),
        done="Satu peserta dihapus dari daftar hadir.",
        to=listed,
        question="Hapus peserta ini dari daftar hadir?",
        consequence=f"{attendee.name}, {attendee.position}\n{attendee.comes_from}",
        warnings=["Daftar hadir yang sudah dicetak portal ikut dihapus. Cara hadir perangkat daerahnya tetap."],
        confirm_label="Hapus peserta",
        cancel_url=listed,
        items=trail(slug, workshop),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_attendee_forget(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Ask, then forget everybody on the attendance lists of a stage."""
    regency = enter_regency(request.user, slug, Permission.SEE_ATTENDEES)
    workshop = get_workshop_or_404(regency, pk)
    listed = reverse("workshop_attendance_list", args=[slug, pk])
    return confirm(
        request,
        lambda: actions.forget_attendees(workshop, by=request.user),
        done=lambda count: f"Data {count} peserta dihapus.",
        to=listed,
        question=f"Hapus data semua peserta tahap {workshop.stage}?",
        consequence="Nama, jabatan, dan instansi semua peserta dihapus. Cara hadir tiap perangkat daerah tetap.",
        warnings=["Daftar hadir yang sudah dicetak portal ikut dihapus. Ini tidak dapat dibatalkan."],
        confirm_label="Hapus data peserta",
        cancel_url=listed,
        items=trail(slug, workshop),
    )
