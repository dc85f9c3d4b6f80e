"""Agencies brought in as a pasted table: a preview first, then all rows at once."""

from hashlib import sha256

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from agencies.access import get_regency_or_404, require
from agencies.actions import agency_import as importing
from agencies.forms.agency_table import AgencyImportForm
from agencies.roles import Permission
from agencies.views.requests import SignedIn


@require_http_methods(["GET", "HEAD", "POST"])
def agency_import(request: SignedIn, slug: str) -> HttpResponse:
    """Show what a table would do, and store it once exactly that was shown (`seen`)."""
    regency = get_regency_or_404(request.user, slug)
    require(request.user, Permission.MANAGE_AGENCIES, regency)
    form = AgencyImportForm(request.POST if request.method == "POST" else None)
    planned: list[importing.PlannedRow] = []
    if form.is_bound and form.is_valid():
        rows = form.cleaned_data["table"]
        planned = importing.plan_import(regency, by=request.user, rows=rows)
        if request.POST.get("seen") == _digest(planned) and not _wrong(planned):
            try:
                done = importing.import_agencies(regency, by=request.user, rows=rows)
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                messages.success(request, _told(done))
                return redirect("agency_list", slug)
    context = {"form": form, "planned": planned, "wrong": _wrong(planned), "seen": _digest(planned)}
    return render(request, "agencies/agency/import.html", context)


def _wrong(planned: list[importing.PlannedRow]) -> int:
    """How many rows cannot be stored."""
    return sum(bool(plan.errors) for plan in planned)


def _digest(planned: list[importing.PlannedRow]) -> str:
    """Stands for what a preview shows, so that nothing else is stored than was seen."""
    return sha256(repr([(plan.row, plan.outcome, plan.values, plan.invited) for plan in planned]).encode()).hexdigest()


def _told(done: importing.Imported) -> str:
    return (
        f"{done.added} perangkat daerah ditambahkan, {done.changed} diperbarui, {done.invited} undangan dibuat. "
        "Tautan undangan ada di halaman Tim."
    )
