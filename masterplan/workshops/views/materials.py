"""What is handed out at a stage: adding files and links, taking one from the list, handing a file out."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from agencies.access import enter_regency
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.editing.actions.files import MOST_BYTES, MOST_BYTES_TOGETHER, MOST_FILES
from masterplan.editing.views.uploaded_files import FILES, bound, errors_of, take_each
from masterplan.templatetags.crumb_tags import trail
from masterplan.workshops.actions import materials as actions
from masterplan.workshops.forms.workshops import MaterialForm
from masterplan.workshops.queries import material_or_404
from masterplan.workshops.views.workshops import enter_stage
from smartcity.common.formatting import format_size
from smartcity.common.pages import confirm, posted
from smartcity.common.storage.file_kinds import ACCEPTED, KINDS
from smartcity.common.storage.files import protected_download
from smartcity.common.storage.uploads import BoundedUploads

_LIMITS = (
    f"{ACCEPTED}. Paling besar {format_size(MOST_BYTES)} tiap berkas; untuk {actions.WHOLE} paling banyak {MOST_FILES}"
    f" berkas dan {format_size(MOST_BYTES_TOGETHER)}."
)
_ENDINGS = ",".join(f".{ending}" for kind in KINDS.values() for ending in kind.endings)


# The limits must hold while the files arrive, and a handler can only be set before anybody has looked at the body; the
# check of the token looks there, so it comes second.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def workshop_material_add(request: SignedIn, slug: str, pk: int) -> HttpResponseBase:
    """Files, or a link, or both."""
    return _add(request, slug, pk, bound(request))


@csrf_protect
def _add(request: SignedIn, slug: str, pk: int, bounded: BoundedUploads) -> HttpResponse:
    workshop, by = enter_stage(request, slug, pk)
    form = MaterialForm(posted(request))
    context: dict[str, Any] = {"results": [], "errors": []}
    if form.is_bound and form.is_valid():
        title, link = form.cleaned_data["title"], form.cleaned_data["link"]
        sent = request.FILES.getlist(FILES)

        def take(name: str, data: bytes) -> str:
            actions.add_file(workshop, by=by, title=title if len(sent) == 1 and not link else "", name=name, data=data)
            return ""

        try:
            if link:
                actions.add_link(workshop, by=by, title=title, link=link)
            context["results"] = take_each(request, bounded, take)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            context["errors"] = [] if link and not context["results"] else errors_of(context["results"])
            if not context["errors"]:
                messages.success(request, "Materi ditambahkan.")
                return redirect(f"{reverse('workshop_detail', args=[slug, pk])}#materi")
    context["errors"] = context["errors"] or form.error_links
    context |= {"workshop": workshop, "form": form, "limits": _LIMITS, "endings": _ENDINGS}
    return render(request, "masterplan/workshops/workshop/material_add.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_material_remove(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Ask, then take it from the list."""
    material = material_or_404(enter_regency(request.user, slug, Permission.MANAGE_WORKSHOPS), pk)
    back = f"{reverse('workshop_detail', args=[slug, material.workshop_id])}#materi"
    return confirm(
        request,
        lambda: actions.remove_material(material, by=request.user),
        done=f"Materi “{material.title}” dihapus.",
        to=back,
        question="Hapus materi ini?",
        consequence=f"{material.title}\n{material.original_name or material.link}",
        warnings=["Peserta tidak dapat membukanya lagi dari halaman tahap."],
        confirm_label="Hapus materi",
        cancel_url=back,
        items=trail(slug, material.workshop),
    )


@require_GET
def workshop_material_download(request: SignedIn, slug: str, pk: int) -> HttpResponseBase:
    """The file, for everybody of the regency; it is saved, never opened inside the portal."""
    regency = enter_regency(request.user, slug, Permission.VIEW_REGENCY)
    material = material_or_404(regency, pk)
    if material.file is None:
        raise Http404
    kind = KINDS[material.file.kind]
    return protected_download(request, material.file.stored.name or "", material.original_name, kind.content_type)
