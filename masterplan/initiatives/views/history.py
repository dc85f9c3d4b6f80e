"""What an initiative was: its saves by sitting and question, and the way back to an earlier text."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import is_regency_wide, require
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.discussion.cards import SINGLE_WORDS
from masterplan.editing.actions.conflicts import EditConflict
from masterplan.editing.actions.locking import NotEditable
from masterplan.editing.views import sittings
from masterplan.editing.views.sittings import Edit
from masterplan.initiatives.actions.initiatives import save
from masterplan.models import ChangeSource, InitiativeChange, StatusChange
from masterplan.pages.initiative_frame import Frame, open_frame
from masterplan.reference import InitiativeStatus
from masterplan.registry import FIELDS, SECTIONS, STORED_APART, Field, Kind, normalise
from masterplan.registry.reading import read_field
from masterplan.templatetags.registry_tags import ValueNames, display_text
from masterplan.workflow import INITIATIVE_TRANSITIONS, find
from smartcity.common.formatting import format_moment
from smartcity.common.text import whole_number

SITTINGS_PER_PAGE = 20


@require_safe
def initiative_history(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Every sitting with what it changed, of all questions or of one (`?isian=`), and every step."""
    frame = open_frame(request, slug, pk, complete=False)
    asked = FIELDS.get(request.GET.get("isian", ""))
    key = asked.key if asked else ""
    found = sittings.group(sittings.light_rows(frame.initiative, key))
    page = Paginator(found, SITTINGS_PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    sittings.fill(frame.initiative, shown, [key] if key else FIELDS)
    names = ValueNames(frame.regency)
    context = frame.context(
        page=page,
        saves=sittings.as_shown(
            shown,
            order=FIELDS,
            describe=lambda edit, is_today: _field(frame, edit, names, is_today=is_today),
            is_newest=page.number == 1,
        ),
        saved=sum(len(sitting.versions) for sitting in found),
        asked=asked,
        sections=[(section.title, _recorded(section.fields)) for section in SECTIONS],
        query=urlencode({"isian": key}) + "&" if key else "",
        events=[_event(change) for change in frame.initiative.status_changes.all()],
    )
    return render(request, "masterplan/initiatives/initiative/history.html", context)


def _recorded(fields: tuple[Field, ...]) -> list[Field]:
    """The questions whose saves are recorded."""
    return [field for field in fields if field.kind not in STORED_APART]


def _field(frame: Frame, edit: Edit, names: ValueNames, *, is_today: bool) -> dict[str, Any]:
    field = FIELDS[edit.key]
    may_restore = frame.may_edit and not is_today and _may_change(frame, field)
    arguments = [frame.regency.slug, frame.initiative.pk, edit.version, edit.key]
    return {
        "key": field.key,
        "label": field.label,
        "old": display_text(edit.old, field, names),
        "new": display_text(edit.new, field, names),
        "is_word": field.kind in SINGLE_WORDS,
        "is_today": is_today,
        "restore_url": reverse("initiative_restore", args=arguments) if may_restore else "",
        "before_url": "",  # its first save holds what it began with
    }


def _may_change(frame: Frame, field: Field) -> bool:
    """Handing an initiative to another agency is a matter for the whole regency."""
    return field.kind is not Kind.AGENCY or is_regency_wide(frame.user, Permission.EDIT_INITIATIVE, frame.regency)


def _event(change: StatusChange) -> dict[str, str]:
    """One step as the history component shows it."""
    move = find(INITIATIVE_TRANSITIONS, change.transition)
    title = InitiativeStatus(change.to_status).label
    return {
        "title": f"{title}: {move.label}" if move else title,
        "when": format_moment(change.at),
        "by": change.by_role,
        "note": change.comment,
    }


# The way back --------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def initiative_restore(request: SignedIn, slug: str, pk: int, version: int, field: str) -> HttpResponse:
    """Show today's text and the one a question held at `version`, and put that one back when it is wanted."""
    frame = open_frame(request, slug, pk)
    require(frame.user, Permission.EDIT_INITIATIVE, frame.regency, frame.initiative.lead_agency_id)
    asked = FIELDS.get(field)
    change = frame.initiative.changes.filter(version=version).first()
    if asked is None or asked.kind in STORED_APART or change is None or field not in change.after:
        raise Http404
    if not frame.is_open or request.method != "POST":
        return _ask(request, frame, asked, change)
    data, seen = {field: change.after[field]}, whole_number(request.POST.get("edit_version"))
    try:
        save(frame.initiative, by=frame.user, data=data, version=seen, source=ChangeSource.RESTORE)
    except EditConflict:
        return _ask(request, frame, asked, change, is_conflict=True)
    except ValidationError as error:
        return _ask(request, frame, asked, change, errors=[("", sentence) for sentence in error.messages])
    except NotEditable:
        frame.look_again()
        return _ask(request, frame, asked, change)
    messages.success(request, f"{asked.label} dipulihkan. Naskah yang tadi tetap ada di riwayat.")
    return redirect(_back(frame, asked))


def _back(frame: Frame, field: Field) -> str:
    return reverse("initiative_history", args=[frame.regency.slug, frame.initiative.pk]) + f"?isian={field.key}"


def _ask(request: SignedIn, frame: Frame, field: Field, change: InitiativeChange, **more: Any) -> HttpResponse:
    names, current = ValueNames(frame.regency), read_field(frame.initiative, field)
    context = frame.context(
        field=field,
        change=change,
        current=display_text(current, field, names),
        earlier=display_text(change.after[field.key], field, names),
        is_word=field.kind in SINGLE_WORDS,
        is_same=normalise(field, change.after[field.key]) == current,
        back=_back(frame, field),
        when=f"{timezone.localtime(frame.initiative.updated_at):%H.%M}",
        **more,
    )
    return render(request, "masterplan/initiatives/initiative/restore.html", context)
