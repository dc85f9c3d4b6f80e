"""Pages of the pictures of a text: the list with the upload, one picture, its order, its removal, its file."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.access import get_regency_or_404
from agencies.views.requests import SignedIn
from masterplan.books.section_kinds import has_text
from masterplan.editing.actions.files import MOST_FILES
from masterplan.editing.views.autosaving import EditedRow, autosave
from masterplan.editing.views.uploaded_files import Result, endings_of, errors_of, limits_of, take_each, takes_files
from masterplan.editing.views.written import MakeForm, WrittenPage, written_page
from masterplan.editions.figures import picture_anchor
from masterplan.editions.references import PICTURE_WORD, named_in
from masterplan.models import Section, SectionPicture, WritingChange, picture_changes
from masterplan.pages.loading import get_section_picture_or_404
from masterplan.pages.rows import STEPS, ask_before, enter, row_or_404
from masterplan.sections.actions import section_pictures as actions
from masterplan.sections.forms.section_pictures import SectionPictureForm
from masterplan.templatetags.crumb_tags import Step, trail
from smartcity.common.forms import ErrorLink
from smartcity.common.rich_text.marks import REFERENCE
from smartcity.common.storage.file_kinds import KINDS
from smartcity.common.storage.files import protected_download
from smartcity.common.storage.uploads import BoundedUploads

_LIMITS = limits_of("PNG atau JPEG", "satu bagian")
_LIMITS += " Tempat dan waktu pemotretan yang tersimpan dalam foto dibuang."
_RECORD = 20


# The list -------------------------------------------------------------------------------------------------------------


@takes_files
def section_picture_list(request: SignedIn, slug: str, pk: int, *, bounded: BoundedUploads) -> HttpResponse:
    """The pictures of a section in their order; POST takes new ones in. One that is refused stops no other."""
    plan, by = enter(request, slug)
    section: Section = row_or_404(plan, plan.sections.all(), pk)
    if not has_text(section):
        raise Http404
    results: list[Result] = []
    errors: list[ErrorLink] = []
    if request.method == "POST":
        added: list[SectionPicture] = []

        def take(name: str, data: bytes) -> str:
            taken = actions.add(section, by=by, name=name, data=data)
            if taken.is_new:
                added.append(taken.row)
                return ""
            return f"Gambar yang sama sudah ada dengan keterangan “{taken.row}”, jadi tidak disimpan dua kali."

        try:
            results = take_each(request, bounded, take)
        except ValidationError as error:
            messages.warning(request, error.messages[0])
            return redirect("section_picture_list", slug, pk)
        errors = errors_of(results)
        if added and not errors:
            messages.success(request, f"{len(added)} gambar tersimpan. Tulis keterangan dan teks penggantinya.")
            return _to_list(slug, section) if len(added) > 1 else redirect("section_picture_edit", slug, added[0].pk)
    pictures = pictures_of(section)
    context = {
        "section": section,
        "pictures": pictures,
        "used": f"{len(pictures)} dari {MOST_FILES} gambar",
        "limits": _LIMITS,
        "endings": endings_of(("png", "jpeg")),
        "results": results,
        "errors": errors,
        "items": _crumbs(slug, section),
    }
    return render(request, "masterplan/sections/section_picture/list.html", context)


def pictures_of(section: Section) -> list[dict[str, Any]]:
    """The pictures of a section as pages show them, each with how a text names it."""
    return [{"picture": picture, **naming(picture)} for picture in section.pictures.select_related("file")]


def naming(picture: SectionPicture) -> dict[str, str]:
    """How a text names a picture: the anchor, the word, and both as they are typed."""
    anchor = picture_anchor(picture.pk)
    return {"anchor": anchor, "word": PICTURE_WORD, "handle": f"[{PICTURE_WORD}]({REFERENCE}{anchor})"}


def picture_record(section: Section) -> list[dict[str, Any]]:
    """The newest changes of a section's pictures, each in a sentence."""
    return [
        {"at": change.at, "by": change.by_role, "words": _told(change)} for change in picture_changes(section)[:_RECORD]
    ]


def _told(change: WritingChange) -> str:
    if not change.before:
        return f"gambar “{change.after['caption']}” ditambahkan"
    if not change.after:
        return f"gambar “{change.before['caption']}” dihapus"
    labels = SectionPictureForm.labels()
    return "; ".join(_turned(labels[key].lower(), change.before[key], value) for key, value in change.after.items())


def _turned(label: str, before: str, after: str) -> str:
    if before and after:
        return f"{label} “{before}” menjadi “{after}”"
    return f"{label} “{after}” ditulis" if after else f"{label} “{before}” dihapus"


# One picture ----------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def section_picture_edit(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """What one picture shows: caption, alternative text and source, with the picture beside them."""
    edited, make = _edited(request, slug, pk)
    picture: SectionPicture = edited.row
    list_url = reverse("section_picture_list", args=[slug, picture.section_id])
    place = WrittenPage(
        template="masterplan/sections/section_picture/edit.html",
        name=f"{picture.master_plan_id}:picture:{pk}",
        url=reverse("section_picture_edit", args=[slug, pk]),
        autosave_url=reverse("section_picture_autosave", args=[slug, pk]),
        back_url=list_url,
        next_url=list_url,
        context={"items": _crumbs(slug, picture.section, deeper=True), **naming(picture)},
    )
    return written_page(request, edited, make, place)


@require_POST
def section_picture_autosave(request: SignedIn, slug: str, pk: int) -> JsonResponse:
    """Saving what a picture shows while one types."""
    return autosave(request, *_edited(request, slug, pk))


@require_POST
def section_picture_move(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """One place up or down among those of its section."""
    edited, _ = _edited(request, slug, pk)
    picture: SectionPicture = edited.row
    try:
        actions.move(picture, by=edited.user, step=STEPS.get(request.POST.get("arah", ""), 0))
    except ValidationError as locked:
        messages.warning(request, locked.messages[0])
    return _to_list(slug, picture.section, f"#{picture_anchor(pk)}")


@require_http_methods(["GET", "HEAD", "POST"])
def section_picture_remove(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Ask, saying what is lost and which texts name it, then take the picture away."""
    edited, _ = _edited(request, slug, pk)
    picture: SectionPicture = edited.row
    plan = picture.master_plan
    if request.method == "POST":
        try:
            actions.remove(picture, by=edited.user)
        except ValidationError as locked:
            messages.warning(request, locked.messages[0])
        else:
            messages.success(request, f"Gambar “{picture}” dihapus dari {picture.section}.")
        return _to_list(slug, picture.section)
    places = [str(section) for section in named_in(plan, picture_anchor(pk))]
    warnings = ["Gambar dan keterangannya tidak dapat dikembalikan dari portal; unggah lagi bila diperlukan."]
    if places:
        warnings.append(f"Disebut dalam naskah {', '.join(places)}: di sana tinggal katanya, tanpa nomor gambar.")
    if picture.file.snapshots.exists():
        warnings.append("Edisi buku yang sudah dibekukan tetap memuatnya.")
    return ask_before(
        request,
        question="Hapus gambar ini?",
        consequence=f"{picture}\n{picture.original_name} ({picture.facts})",
        warnings=[plan.lock_sentence] if plan.lock_sentence else warnings,
        confirm_label="Hapus gambar",
        cancel_url=reverse("section_picture_list", args=[slug, picture.section_id]),
        items=_crumbs(slug, picture.section, deeper=True),
    )


@require_GET
def section_picture_download(request: SignedIn, slug: str, pk: int) -> HttpResponseBase:
    """The picture as it is kept; it is saved, never opened inside the portal."""
    picture = get_section_picture_or_404(request.user, get_regency_or_404(request.user, slug), pk)
    content_type = KINDS[picture.file.kind].content_type
    return protected_download(request, picture.file.stored.name or "", picture.original_name, content_type)


@require_GET
def section_picture_thumbnail(request: SignedIn, slug: str, pk: int) -> HttpResponseBase:
    """The picture made small, shown inside the portal's pages."""
    picture = get_section_picture_or_404(request.user, get_regency_or_404(request.user, slug), pk)
    return protected_download(request, picture.file.thumbnail.name or "", "gambar.jpg", "image/jpeg", inline=True)


def _edited(request: SignedIn, slug: str, pk: int) -> tuple[EditedRow, MakeForm]:
    plan, by = enter(request, slug)
    picture: SectionPicture = row_or_404(plan, plan.section_pictures.select_related("section", "file"), pk)
    picture.section.master_plan = plan
    labels = SectionPictureForm.labels()
    return EditedRow(by, plan.regency, picture, actions.PICTURE, labels), partial(SectionPictureForm, picture)


def _to_list(slug: str, section: Section, place: str = "") -> HttpResponse:
    return redirect(reverse("section_picture_list", args=[slug, section.pk]) + place)


def _crumbs(slug: str, section: Section, *, deeper: bool = False) -> list[Step]:
    edit_url = reverse("section_edit", args=[slug, section.pk])
    items = [*trail(slug, "section_list", buku=section.book), (section.title, edit_url)]
    return [*items, *([("Gambar", reverse("section_picture_list", args=[slug, section.pk]))] if deeper else [])]
