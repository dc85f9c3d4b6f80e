"""Saving an initiative while one types. How it works is told in `autosaving`; the pages are in `initiative_forms`."""

from functools import partial

from django.http import Http404, JsonResponse
from django.views.decorators.http import require_POST

from agencies.access import require
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.editing.actions.locking import NotEditable
from masterplan.editing.views.autosaving import EditedRow, packet_answer
from masterplan.initiatives.actions.initiatives import save as save_initiative
from masterplan.initiatives.forms.pages import SectionPage, sent_keys
from masterplan.models import Initiative
from masterplan.pages.initiative_frame import open_frame
from masterplan.registry import FIELDS, SECTION_BY_KEY

_LABELS = {key: field.label for key, field in FIELDS.items()}


@require_POST
def initiative_autosave(request: SignedIn, slug: str, pk: int, section: str) -> JsonResponse:
    """Store the changed answers of one page as far as they are understood, and say what became of each."""
    frame = open_frame(request, slug, pk, complete=False)
    found = SECTION_BY_KEY.get(section)
    if found is None:
        raise Http404
    require(frame.user, Permission.EDIT_INITIATIVE, frame.regency, frame.initiative.lead_agency_id)
    save = partial(save_initiative, frame.initiative, by=frame.user)
    desk = EditedRow(frame.user, frame.regency, frame.initiative, _LABELS, save)
    if desk.was_left(request.POST):
        return desk.answer("signed_out")
    if not frame.is_open:
        return _frozen(desk, frame.initiative)
    page = SectionPage(found.only(sent_keys(found, request.POST)), frame.initiative, frame.user, request.POST)
    page.is_valid()
    try:
        return packet_answer(request.POST, desk, page)
    except NotEditable:
        frame.look_again()
        return _frozen(desk, frame.initiative)


def _frozen(desk: EditedRow, initiative: Initiative) -> JsonResponse:
    """Nothing can be stored any more; the browser keeps what was typed and says why."""
    return desk.answer("frozen", message=initiative.frozen_sentence)
