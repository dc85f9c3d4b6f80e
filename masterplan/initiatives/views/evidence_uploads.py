"""Taking evidence in: a form with several files that needs no script, and where the script sends its chunks."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST

from agencies.access import require
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.editing.actions.files import Added
from masterplan.editing.actions.locking import NotEditable
from masterplan.editing.views.uploaded_files import Result, errors_of, take_each, takes_files
from masterplan.initiatives.actions import evidence as actions
from masterplan.initiatives.actions import evidence_uploads as uploads
from masterplan.initiatives.views.evidence import SECTION, frozen
from masterplan.initiatives.views.evidence_page import evidence_row, upload_words
from masterplan.models import Evidence
from masterplan.pages.initiative_frame import Frame, open_frame
from smartcity.common.forms import ErrorLink
from smartcity.common.storage.file_kinds import FileRefused
from smartcity.common.storage.uploads import BoundedUploads
from smartcity.common.text import whole_number


def _open(request: SignedIn, slug: str, pk: int) -> Frame:
    frame = open_frame(request, slug, pk, complete=False)
    require(frame.user, Permission.EDIT_INITIATIVE, frame.regency, frame.initiative.lead_agency_id)
    return frame


@takes_files
def evidence_add(request: SignedIn, slug: str, pk: int, *, bounded: BoundedUploads) -> HttpResponse:
    """Several files at once, without a script. Each is checked by itself: one that is refused stops no other."""
    frame = _open(request, slug, pk)
    list_url = reverse("initiative_edit", args=[slug, pk, SECTION.key])
    results: list[Result] = []
    errors: list[ErrorLink] = []
    if request.method == "POST":
        try:
            results = take_each(request, bounded, partial(_take, frame))
        except NotEditable as error:
            return frozen(request, slug, pk, str(error))
        errors = errors_of(results)
        if not errors:
            messages.success(request, f"{len(results)} berkas tersimpan pada {frame.initiative.code}.")
            return redirect(list_url)
    context = frame.context(results=results, errors=errors, list_url=list_url, evidence_page=upload_words())
    return render(request, "masterplan/initiatives/evidence/add.html", context)


def _take(frame: Frame, name: str, data: bytes) -> str:
    added = actions.add(frame.initiative, by=frame.user, name=name, data=data)
    return "" if added.is_new else _there(added)


def _there(added: Added[Evidence]) -> str:
    return f"Berkas yang sama sudah ada dengan judul “{added.row.title}”, jadi tidak disimpan dua kali."


@require_POST
def evidence_upload(request: SignedIn, slug: str, pk: int) -> HttpResponseBase:
    """Begin or go on with one file (key, name, size), with the next chunk of it (offset, chunk), or call it off.

    Answers JSON: state part (received), done (row, note), refused (sentence), frozen (sentence) or cancelled.
    """
    frame = _open(request, slug, pk)
    if "cancel" in request.POST:
        return _cancel(request, frame)
    try:
        upload = uploads.begin(
            frame.initiative, by=frame.user, key=request.POST.get("key", ""), name=request.POST.get("name", ""),
            size=whole_number(request.POST.get("size")),
        )  # fmt: skip
        if chunk := request.FILES.get("chunk"):
            # One byte more than a chunk may have tells one that is too large; no more of it is read.
            data = chunk.read(uploads.CHUNK_BYTES + 1)
            upload = uploads.receive(upload, by=frame.user, offset=whole_number(request.POST.get("offset")), chunk=data)
        if upload.received < upload.size:
            return JsonResponse({"state": "part", "received": upload.received})
        added = uploads.finish(upload, by=frame.user)
    except FileRefused as refusal:
        return JsonResponse({"state": "refused", "sentence": str(refusal)})
    except NotEditable as error:
        return JsonResponse({"state": "frozen", "sentence": str(error)})
    except (ObjectDoesNotExist, FileNotFoundError):  # cancelled in another window
        return JsonResponse({"state": "refused", "sentence": "Unggahan ini sudah dibatalkan. Pilih berkasnya lagi."})
    return JsonResponse(_done(request, added))


def _done(request: SignedIn, added: Added[Evidence]) -> dict[str, Any]:
    context = {"row": evidence_row(added.row), "regency": added.row.initiative.regency}
    row = render_to_string("masterplan/initiatives/evidence/upload.html", context, request) if added.is_new else ""
    return {"state": "done", "id": added.row.pk, "row": row, "note": "" if added.is_new else _there(added)}


def _cancel(request: SignedIn, frame: Frame) -> HttpResponse:
    key = request.POST.get("key", "")
    upload = frame.initiative.evidence_uploads.filter(by=frame.user, key=key).first()
    if upload is not None:
        uploads.cancel(upload, by=frame.user)
    if "text/html" in request.headers.get("Accept", ""):
        return redirect("initiative_edit", frame.regency.slug, frame.initiative.pk, SECTION.key)
    return JsonResponse({"state": "cancelled"})
