"""What was filled in for an agency by others: shown to everybody who may read it, confirmed by the agency."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.access import can, own_agency_ids
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.discussion.cards import ON_FORM, SINGLE_WORDS
from masterplan.editing.actions.behalf import confirm
from masterplan.pages.initiative_frame import Frame, open_frame
from masterplan.registry import FIELDS
from masterplan.templatetags.registry_tags import ValueNames, display_text
from smartcity.common.text import whole_number


@require_http_methods(["GET", "HEAD", "POST"])
def initiative_confirm(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Old and new of every question others filled in since the agency last confirmed, and its word that it is right."""
    frame = open_frame(request, slug, pk, complete=False)
    initiative = frame.initiative
    may_confirm = frame.may_fill_in and initiative.lead_agency_id in own_agency_ids(frame.user, frame.regency)
    if request.method == "POST":
        if not may_confirm:
            raise PermissionDenied
        confirm(initiative, version=whole_number(request.POST.get("version")), by=frame.user)
        initiative.refresh_from_db(fields=["behalf_version", "behalf_confirmed_version"])
        if initiative.awaits_confirmation:
            messages.warning(request, "Ada isian yang ditambahkan sementara Anda membaca. Periksa yang tersisa.")
            return redirect("initiative_confirm", slug, pk)
        messages.success(request, "Isian dibenarkan. Diskominfo melihatnya di halaman inisiatif.")
        return redirect("initiative_detail", slug, pk)
    context = frame.context(
        rows=_rows(frame),
        may_confirm=may_confirm,
        may_comment=can(frame.user, Permission.COMMENT, frame.regency, initiative.lead_agency_id),
        page=ON_FORM if may_confirm and frame.is_open else "",
    )
    return render(request, "masterplan/initiatives/initiative/confirm.html", context)


def _rows(frame: Frame) -> list[dict[str, Any]]:
    """One row a question: before the first and after the last save for the agency that waits. Read row by row."""
    waiting = frame.initiative.changes.filter(
        on_behalf=True, version__gt=frame.initiative.behalf_confirmed_version
    ).order_by("version")
    found: dict[str, dict[str, Any]] = {}
    for before, after, by_role, at in waiting.values_list("before", "after", "by_role", "at").iterator():
        for key, value in after.items():
            row = found.setdefault(key, {"old": before.get(key)})
            row |= {"new": value, "by": by_role, "at": timezone.localtime(at)}
    names = ValueNames(frame.regency)
    return [_row(key, found[key], names) for key in FIELDS if key in found]


def _row(key: str, row: dict[str, Any], names: ValueNames) -> dict[str, Any]:
    field = FIELDS[key]
    old, new = (display_text(row[side], field, names) for side in ("old", "new"))
    return row | {"key": key, "label": field.label, "old": old, "new": new, "is_word": field.kind in SINGLE_WORDS}
