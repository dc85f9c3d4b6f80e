"""Agencies brought in as a table, pasted or as a file: a preview first, then all rows at once."""

from hashlib import sha256

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from agencies.access import enter_regency
from agencies.actions.agency_import import Imported, import_agencies
from agencies.actions.import_preview import PlannedRow, plan_import
from agencies.forms.agency_table import AgencyImportForm
from agencies.models import AgencyKind
from agencies.roles import Permission
from agencies.views.requests import SignedIn

_NAMED, _LINES = 5, 12


@require_http_methods(["GET", "HEAD", "POST"])
def agency_import(request: SignedIn, slug: str) -> HttpResponse:
    """Show what a table would do, and store it once exactly that was shown (`seen`)."""
    regency = enter_regency(request.user, slug, Permission.MANAGE_AGENCIES)
    form = AgencyImportForm(request.POST, request.FILES) if request.method == "POST" else AgencyImportForm()
    planned: list[PlannedRow] = []
    if form.is_bound and form.is_valid():
        rows = form.cleaned_data["table"]
        planned = plan_import(regency, by=request.user, rows=rows)
        if request.POST.get("seen") == _digest(planned) and not _wrong(planned):
            try:
                done = import_agencies(regency, by=request.user, rows=rows)
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                messages.success(request, _told(done))
                return redirect("team_list" if done.invited else "agency_list", slug)
    context = {
        "form": form,
        "planned": planned,
        "wrong": _wrong(planned),
        "wrong_lines": _lines_of([plan for plan in planned if plan.errors]),
        "warned": sum(bool(plan.warnings) for plan in planned),
        "invited": sum(len(plan.invited) for plan in planned),
        "seen": _digest(planned),
        "kinds": AgencyKind.labels,
    }
    return render(request, "agencies/agency/import.html", context)


def _wrong(planned: list[PlannedRow]) -> int:
    """How many rows cannot be stored."""
    return sum(bool(plan.errors) for plan in planned)


def _lines_of(planned: list[PlannedRow]) -> str:
    """Where the first of these rows stand in the table."""
    more = ", …" if len(planned) > _LINES else ""
    return ", ".join(str(plan.row.line) for plan in planned[:_LINES]) + more


def _digest(planned: list[PlannedRow]) -> str:
    """Stands for what a preview shows, so that nothing else is stored than was seen."""
    shown = [
        (plan.row, plan.outcome, plan.values, plan.invited, plan.left_out, plan.district and plan.district.pk)
        for plan in planned
    ]
    return sha256(repr(shown).encode()).hexdigest()


def _told(done: Imported) -> str:
    """What was stored, in figures, and who was not invited."""
    text = f"{done.added} perangkat daerah ditambahkan, {done.changed} diperbarui, {done.same} tidak berubah."
    if done.invited:
        text += f" {done.invited} undangan dibuat: salin tautannya di halaman ini bagi yang tidak menerima surel."
    if done.left_out:
        more = f" dan {len(done.left_out) - _NAMED} lainnya" if len(done.left_out) > _NAMED else ""
        text += f" Tidak diundang karena dinonaktifkan atau berakhir: {', '.join(done.left_out[:_NAMED])}{more}."
    return text
