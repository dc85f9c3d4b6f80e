"""The deadlines of the stages, and more time for single agencies: who has it, giving it, taking it back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import get_regency_or_404, require
from agencies.models import Regency
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.models import DeadlineExtension, Workshop, due_workshops
from masterplan.overview.actions import deadlines as actions
from masterplan.overview.forms.deadlines import ExtensionForm
from masterplan.pages.rows import ask_before
from masterplan.templatetags.crumb_tags import trail
from smartcity.common.formatting import format_deadline


def _open(request: SignedIn, slug: str) -> Regency:
    regency = get_regency_or_404(request.user, slug)
    require(request.user, Permission.REVIEW_INITIATIVE, regency)
    return regency


@require_safe
def regency_deadlines(request: SignedIn, slug: str) -> HttpResponse:
    """Every stage with its deadline and the agencies that have longer."""
    regency = _open(request, slug)
    rows = due_workshops(regency).order_by("deadline", "pk")
    stages = [
        {
            "workshop": workshop,
            "until": _in_words(regency, workshop.deadline),
            "extensions": [_extension(regency, workshop, row) for row in workshop.extensions.all()],
        }
        for workshop in rows.prefetch_related("extensions__agency", "extensions__granted_by")
    ]
    return render(request, "masterplan/overview/regency/deadlines.html", {"stages": stages})


def _in_words(regency: Regency, moment: Any) -> str:
    return format_deadline(regency.local(moment))


def _extension(regency: Regency, workshop: Workshop, row: DeadlineExtension) -> dict[str, Any]:
    return {
        "row": row,
        "until": _in_words(regency, row.deadline),
        "is_overtaken": workshop.deadline is not None and row.deadline <= workshop.deadline,
        "is_past": row.deadline < timezone.now(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def regency_deadline_extend(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Give one agency more time at a stage; `opd` names the agency beforehand."""
    regency = _open(request, slug)
    workshop = get_object_or_404(due_workshops(regency), pk=pk)
    workshop.regency = regency
    wanted = request.GET.get("opd", "")
    agency = next((row for row in regency.agencies.all() if str(row.pk) == wanted), None)
    given = workshop.extensions.filter(agency=agency).first() if agency else None
    data = request.POST if request.method == "POST" else None
    form = ExtensionForm(data, workshop=workshop, regency=regency, agency=agency, given=given)
    if data is not None and form.is_valid():
        try:
            extension = actions.extend(
                workshop,
                agency=form.cleaned_data["agency"],
                deadline=form.deadline,
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            until = _in_words(regency, extension.deadline)
            messages.success(request, f"Batas kirim {extension.agency.name} diperpanjang sampai {until}.")
            return redirect("regency_deadlines", slug)
    context = {
        "form": form,
        "workshop": workshop,
        "until": _in_words(regency, workshop.deadline),
        "cancel_url": reverse("regency_deadlines", args=[slug]),
    }
    return render(request, "masterplan/overview/regency/deadline_extend.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def regency_extension_withdraw(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Ask, then let the deadline of everybody count again."""
    regency = _open(request, slug)
    workshop = get_object_or_404(regency.workshops, extensions__pk=pk)
    extension = get_object_or_404(workshop.extensions.select_related("agency"), pk=pk)
    extension.workshop, workshop.regency = workshop, regency
    if request.method == "POST":
        actions.withdraw(extension, by=request.user)
        messages.success(request, f"Perpanjangan untuk {extension.agency.name} dicabut.")
        return redirect("regency_deadlines", slug)
    until = _in_words(regency, workshop.deadline) if workshop.deadline else "belum ditetapkan"
    cancel = reverse("regency_deadlines", args=[slug])
    return ask_before(
        request,
        question=f"Cabut perpanjangan untuk {extension.agency.name}?",
        consequence=f"Batas kirim Tahap {workshop.stage} kembali ke {until}.",
        confirm_label="Cabut perpanjangan",
        cancel_url=cancel,
        items=trail(slug, "regency_overview", ("Batas kirim", cancel)),
    )
