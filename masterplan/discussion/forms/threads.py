"""The forms with which people write at a field or a section and hand a conversation to somebody.

Who may do so is decided by the action.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms

from agencies.models import Membership, User
from masterplan.models import COMMENT_LIMIT, QUOTE_LIMIT, Thread
from smartcity.common.forms import DayField, PortalForm, TextField

EVERYBODY, AGENCY = "semua", "internal"


class CommentForm(PortalForm):
    """One contribution to a conversation; it begins one or answers in one.

    Where the answer is text (`may_quote`) a passage can be quoted; an agency (`may_keep_private`) chooses who reads.
    """

    body = TextField(
        label="Catatan",
        help_text="Sebut apa yang perlu dilengkapi atau diubah, dan mengapa.",
        limit=COMMENT_LIMIT,
        error_messages={"required": "Catatan masih kosong: tulis apa yang perlu diperhatikan."},
    )
    quote = TextField(
        label="Kutipan",
        help_text="Salin kata-kata yang Anda maksud, agar pembaca tahu bagian mana.",
        limit=QUOTE_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    readers = forms.ChoiceField(
        label="Siapa yang membaca",
        choices=(
            (EVERYBODY, "Semua yang mengisi dan meninjau"),
            (AGENCY, "Hanya perangkat daerah ini (catatan internal, tidak terlihat oleh peninjau)"),
        ),
        widget=forms.RadioSelect,
        initial=EVERYBODY,
    )

    def __init__(
        self, *args: Any, label: str = "", may_quote: bool = False, may_keep_private: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["body"].label = label
        if not may_quote:
            del self.fields["quote"]
        if not may_keep_private:
            del self.fields["readers"]

    @property
    def quote_text(self) -> str:
        """The quoted text, "" for none."""
        return str(self.cleaned_data.get("quote", ""))

    @property
    def is_private(self) -> bool:
        """Whether the agency keeps it to itself."""
        return self.cleaned_data.get("readers") == AGENCY


class AssignForm(PortalForm):
    """Who deals with a conversation, and by when."""

    person = forms.ChoiceField(label="Ditugaskan kepada", required=False)
    due_date = DayField(
        label="Paling lambat",
        required=False,
        help_text="Misalnya 31 Desember 2027.",
    )

    def __init__(self, thread: Thread, people: Iterable[Membership], data: Any = None) -> None:
        self.people = {str(row.user_id): row.user for row in people}
        initial = {"person": str(thread.assigned_to_id or ""), "due_date": thread.due_date}
        super().__init__(data, initial=initial)
        choice = self.fields["person"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", "Belum ditugaskan"), *_labels(people)]

    def clean(self) -> dict[str, Any]:
        """A due date needs a person."""
        found = super().clean() or self.cleaned_data
        if found.get("due_date") and not found.get("person") and "person" not in self.errors:
            self.add_error("person", "Pilih orang yang ditugasi, atau kosongkan tanggalnya.")
        return found

    @property
    def assignee(self) -> User | None:
        """The person, or None when the task is taken back."""
        return self.people.get(self.cleaned_data["person"])


def _labels(people: Iterable[Membership]) -> list[tuple[str, str]]:
    """Role and agency of each; with the name where two would be the same."""
    rows = list(people)
    titles = {
        row.pk: f"{row.get_role_display()}, {row.agency.name}" if row.agency else row.get_role_display() for row in rows
    }
    times = Counter(titles.values())
    return [
        (str(row.user_id), f"{titles[row.pk]} ({row.user.name})" if times[titles[row.pk]] > 1 else titles[row.pk])
        for row in rows
    ]
