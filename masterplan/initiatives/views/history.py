"""The record of an initiative: its saves by edit session and question, and restoring an earlier text."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import is_regency_wide, require
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.discussion.cards import SINGLE_WORDS
from masterplan.editing.actions.locking import NotEditable
from masterplan.editing.views.history import RowHistory, restore, show_history
from masterplan.initiatives.actions.initiatives import INITIATIVE
from masterplan.models import StatusChange
from masterplan.pages.initiative_frame import Frame, open_frame
from masterplan.reference import InitiativeStatus
from masterplan.registry import FIELDS, SECTIONS, Kind
from masterplan.templatetags.registry_tags import ValueNames, display_text
from masterplan.workflow import INITIATIVE_TRANSITIONS, find
from smartcity.common.formatting import format_moment


class _InitiativeHistory(RowHistory):
    """The questions of the registry, and the steps that the initiative went through."""

    history_template = "masterplan/initiatives/initiative/history.html"
    restore_template = "masterplan/initiatives/initiative/restore.html"

    def __init__(self, frame: Frame) -> None:
        labels = {key: field.label for key, field in FIELDS.items()}
        super().__init__(frame.initiative, INITIATIVE, frame.user, labels)
        self.frame, self.names = frame, ValueNames(frame.regency)

    @property
    def questions(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """By section of the form, those that are saved with it."""
        return [
            (section.title, [(field.key, field.label) for field in section.fields if field.key in self.kind.columns])
            for section in SECTIONS
        ]

    def shown(self, key: str, value: Any) -> str:
        return display_text(value, FIELDS[key], self.names)

    def is_word(self, key: str, value: Any) -> bool:
        return FIELDS[key].kind in SINGLE_WORDS

    def may_restore(self, key: str) -> bool:
        """Giving an initiative to another agency is a matter for the whole regency."""
        if not self.frame.may_edit or key not in self.kind.columns:
            return False
        return FIELDS[key].kind is not Kind.AGENCY or is_regency_wide(
            self.by, Permission.EDIT_INITIATIVE, self.frame.regency
        )

    def history_url(self, key: str = "") -> str:
        url = reverse("initiative_history", args=[self.frame.regency.slug, self.row.pk])
        return f"{url}?isian={key}" if key else url

    def restore_url(self, version: int, key: str) -> str:
        return reverse("initiative_restore", args=[self.frame.regency.slug, self.row.pk, version, key])

    def context(self, *crumbs: tuple[str, str]) -> dict[str, Any]:
        return self.frame.context()

    def restore(self, key: str, value: Any, version: int) -> None:
        try:
            super().restore(key, value, version)
        except NotEditable:
            self.frame.look_again()
            raise


@require_safe
def initiative_history(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Every edit session with what it changed, of all questions or of one (`?isian=`), and every step."""
    frame = open_frame(request, slug, pk, complete=False)
    events = [_event(change) for change in frame.initiative.status_changes.all()]
    return show_history(request, _InitiativeHistory(frame), events=events)


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


@require_http_methods(["GET", "HEAD", "POST"])
def initiative_restore(request: SignedIn, slug: str, pk: int, version: int, field: str) -> HttpResponse:
    """Show today's text and the one a question had at `version`; POST restores that one."""
    frame = open_frame(request, slug, pk)
    require(frame.user, Permission.EDIT_INITIATIVE, frame.regency, frame.initiative.lead_agency_id)
    return restore(request, _InitiativeHistory(frame), version, field)
