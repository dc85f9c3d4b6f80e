"""Saving an initiative while one types."""

from collections.abc import Collection
from typing import Any

from django.http import Http404, JsonResponse, QueryDict
from django.views.decorators.http import require_POST

from agencies.access import require
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.editing.views.autosaving import EditedRow, autosave
from masterplan.initiatives.actions.initiatives import INITIATIVE
from masterplan.initiatives.forms.pages import SectionPage
from masterplan.pages.initiative_frame import Frame, open_frame
from masterplan.registry import FIELDS, SECTION_BY_KEY


def edited_initiative(frame: Frame) -> EditedRow:
    """The initiative of a frame as the person edits it."""
    labels = {key: field.label for key, field in FIELDS.items()}
    return EditedRow(frame.user, frame.regency, frame.initiative, INITIATIVE, labels)


@require_POST
def initiative_autosave(request: SignedIn, slug: str, pk: int, section: str) -> JsonResponse:
    """Store the changed answers of one page as far as they are understood, and say what became of each."""
    frame = open_frame(request, slug, pk, complete=False)
    found = SECTION_BY_KEY.get(section)
    if found is None:
        raise Http404
    require(frame.user, Permission.EDIT_INITIATIVE, frame.regency, frame.initiative.lead_agency_id)

    def make(data: QueryDict, *, only: Collection[str]) -> Any:
        return SectionPage(found.only(only), frame.initiative, frame.user, data)

    return autosave(request, edited_initiative(frame), make)
