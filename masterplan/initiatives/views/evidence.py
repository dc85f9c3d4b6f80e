"""One evidence file: its title and place, its order, its removal, and the file itself. Uploads have own pages."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.access import get_regency_or_404, require
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.editing.actions.locking import NotEditable
from masterplan.initiatives.actions import evidence as actions
from masterplan.initiatives.forms.evidence import EvidenceForm
from masterplan.models import Evidence
from masterplan.pages.loading import get_evidence_or_404
from masterplan.registry import SECTION_OF_FIELD
from masterplan.templatetags.crumb_tags import trail
from smartcity.common.storage.file_kinds import KINDS
from smartcity.common.storage.files import protected_download

SECTION = SECTION_OF_FIELD["evidence"]
_STEPS = {"naik": -1, "turun": 1}


def _own(request: SignedIn, slug: str, pk: int) -> Evidence:
    """The evidence of the address, for whoever fills in its initiative."""
    regency = get_regency_or_404(request.user, slug)
    evidence = get_evidence_or_404(request.user, regency, pk)
    require(request.user, Permission.EDIT_INITIATIVE, regency, evidence.initiative.lead_agency_id)
    return evidence


def _list_url(slug: str, evidence: Evidence) -> str:
    return reverse("initiative_edit", args=[slug, evidence.initiative_id, SECTION.key])


def frozen(request: SignedIn, slug: str, pk: int, sentence: str) -> HttpResponse:
    """Nothing was changed because the initiative has been sent: say so where it can be read."""
    messages.warning(request, sentence)
    return redirect("initiative_detail", slug, pk)


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_edit(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Another title, another place in the book."""
    evidence = _own(request, slug, pk)
    form = EvidenceForm(evidence, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.revise(evidence, by=request.user, **form.cleaned_data)
        except NotEditable as error:
            return frozen(request, slug, evidence.initiative_id, str(error))
        except ValidationError as error:
            form.add_error("title", error)
        else:
            return redirect(f"{_list_url(slug, evidence)}#bukti-{pk}")
    context = {"initiative": evidence.initiative, "evidence": evidence, "form": form, "errors": form.error_links}
    return render(
        request, "masterplan/initiatives/evidence/edit.html", context | {"back_url": _list_url(slug, evidence)}
    )


@require_POST
def evidence_move(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """One place up or down."""
    evidence = _own(request, slug, pk)
    try:
        actions.move(evidence, by=request.user, step=_STEPS.get(request.POST.get("arah", ""), 0))
    except NotEditable as error:
        return frozen(request, slug, evidence.initiative_id, str(error))
    return redirect(f"{_list_url(slug, evidence)}#bukti-{pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_remove(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Ask, saying what is lost, then take the file away."""
    evidence = _own(request, slug, pk)
    if request.method == "POST":
        try:
            actions.remove(evidence, by=request.user)
        except NotEditable as error:
            return frozen(request, slug, evidence.initiative_id, str(error))
        messages.success(request, f"Berkas “{evidence.title}” dihapus dari {evidence.initiative.code}.")
        return redirect(_list_url(slug, evidence))
    return render(request, "components/confirm.html", _question(slug, evidence))


def _question(slug: str, evidence: Evidence) -> dict[str, Any]:
    initiative = evidence.initiative
    warnings = ["Berkas ini tidak dapat dikembalikan dari portal; unggah lagi bila diperlukan."]
    if evidence.file.snapshots.exists():
        warnings.append("Edisi buku yang sudah dibekukan tetap memuatnya.")
    if not initiative.is_open:
        warnings = [initiative.frozen_sentence]
    return {
        "question": "Hapus berkas ini?",
        "consequence": f"{evidence.title}\n{evidence.original_name} ({evidence.facts}) dihapus dari {initiative}.",
        "warnings": warnings,
        "danger": True,
        "confirm_label": "Hapus berkas",
        "cancel_url": _list_url(slug, evidence),
        "items": trail(slug, initiative),
    }


@require_GET
def evidence_download(request: SignedIn, slug: str, pk: int) -> HttpResponseBase:
    """The file as it is kept, for whoever may see the initiative; it is saved, never opened inside the portal."""
    evidence = get_evidence_or_404(request.user, get_regency_or_404(request.user, slug), pk)
    kind = KINDS[evidence.file.kind]
    return protected_download(request, evidence.file.stored.name or "", evidence.original_name, kind.content_type)


@require_GET
def evidence_thumbnail(request: SignedIn, slug: str, pk: int) -> HttpResponseBase:
    """The small picture of a picture, shown inside the portal's pages."""
    evidence = get_evidence_or_404(request.user, get_regency_or_404(request.user, slug), pk)
    if not evidence.file.thumbnail.name:
        raise Http404
    return protected_download(request, evidence.file.thumbnail.name, "gambar.jpg", "image/jpeg", inline=True)
