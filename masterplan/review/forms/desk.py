"""The forms of a bulk action: which one, and the comment, person or day that it needs."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from agencies.models import Membership
from masterplan.models import REMINDER_LIMIT
from masterplan.review.actions.desk import ACTS, ASSIGN, HEADS, REMIND, REVIEWER, BulkAction
from masterplan.review.forms.steps import return_comment
from masterplan.workflow import INITIATIVE_TRANSITIONS, find
from smartcity.common.forms import DayField, PortalForm, TextField


class ActForm(PortalForm):
    """Which of the actions in `possible`, each with the number of selected initiatives that allow it."""

    lakukan = forms.ChoiceField(
        label="Yang dilakukan",
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih apa yang dilakukan."},
    )

    def __init__(self, data: Mapping[str, Any] | None, *, possible: Mapping[str, int], of: int) -> None:
        super().__init__(data)
        choice = self.fields["lakukan"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(act, f"{ACTS[act]} ({count} dari {of})") for act, count in possible.items()]


class BulkActionForm(PortalForm):
    """The comment, person or day that an action needs; some need nothing."""

    def __init__(
        self,
        act: str,
        coordinators: Iterable[Membership],
        data: Mapping[str, Any] | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        super().__init__(data, quiet=quiet)
        self.act = act
        move = find(INITIATIVE_TRANSITIONS, act)
        if move and move.needs_comment:
            self.fields["comment"] = return_comment(
                "Dikirim bersama setiap inisiatif yang dikembalikan: apa yang perlu diperbaiki."
            )
        if act == REMIND:
            self.fields["comment"] = TextField(
                label="Pesan",
                help_text="Keadaan dan banyaknya isian yang kurang disebut dengan sendirinya.",
                limit=REMINDER_LIMIT,
                required=False,
            )
        if act == REVIEWER:
            self.fields["to"] = forms.ChoiceField(
                label="Peninjau",
                choices=[*_named(coordinators), ("", "Siapa saja di Diskominfo")],
                required=False,
                help_text="Siapa pun di Diskominfo tetap dapat meninjau. Yang ditunjuk diberi tahu.",
            )
        if act == ASSIGN:
            self.fields["to"] = forms.ChoiceField(
                label="Ditugaskan kepada",
                choices=[(HEADS, "Kepala perangkat daerah masing-masing"), *_named(coordinators)],
                initial=HEADS,
            )
            self.fields["due"] = DayField(label="Paling lambat", required=False, help_text="Misalnya 31 Desember 2027.")

    def bulk_action(self) -> BulkAction:
        """The action with the data of the form."""
        return BulkAction(self.act, **self.cleaned_data)


def _named(coordinators: Iterable[Membership]) -> list[tuple[str, str]]:
    return [(str(row.user_id), f"{row.get_role_display()} ({row.user.name})") for row in coordinators]
