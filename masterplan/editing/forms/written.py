"""The questions about one written row, as the page, its autosave and the conflict page need them.

A subclass says which questions a kind of row asks; `editing.actions.written` stores the answers.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from masterplan.editing.forms.conflict import Disputed
from masterplan.registry import Content
from smartcity.common.forms import PortalForm


def described(field: forms.Field, example: str = "", *, needed: bool = True) -> Any:
    """`field` with its example; with `needed` the page does not call it optional."""
    field.example = example  # type: ignore[attr-defined]
    field.needed = needed  # type: ignore[attr-defined]
    return field


class WrittenForm(PortalForm):
    """A page of questions whose keys are those of the row's columns; `row` is as it is stored."""

    def __init__(
        self,
        row: Any,
        data: QueryDict | None = None,
        *,
        initial: Content | None = None,
        only: Collection[str] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.row = row
        if only is not None:
            for key in self.fields.keys() - set(only):
                del self.fields[key]

    @property
    def keys(self) -> list[str]:
        """The questions it holds."""
        return list(self.fields)

    @property
    def unread(self) -> list[str]:
        """The questions that were not sent and understood."""
        understood = self.content()
        return [key for key in self.keys if key not in understood]

    @classmethod
    def labels(cls) -> dict[str, str]:
        """What all its questions are called."""
        return {key: str(field.label) for key, field in cls.base_fields.items()}

    @property
    def disputable(self) -> dict[str, Disputed]:
        """The questions as the conflict page asks them."""
        return {key: Disputed.control(field) for key, field in self.fields.items()}

    @property
    def folded(self) -> list[str]:
        """Questions so long that the page shows them folded, with what was chosen."""
        return [key for key, field in self.fields.items() if isinstance(field, forms.MultipleChoiceField)]

    @property
    def has_marks(self) -> bool:
        """Whether the page needs the editor of rich text."""
        return any(getattr(field, "has_marks", False) for field in self.fields.values())

    def content(self) -> Content:
        """The answers that were sent and understood, as plain values; a question that was not sent is left alone."""
        return {
            key: sorted(value) if isinstance(value, list) else value
            for key, value in self.cleaned_data.items()
            if key in self.data or key in self.folded
        }

    def stored_values(self) -> Content:
        """The answers as they are stored."""
        return dict(self.initial)

    def shown(self, key: str, value: Any) -> str:
        """A plain value in words."""
        field = self.fields.get(key)
        if isinstance(field, forms.ChoiceField):
            labels = {str(code): str(label) for code, label in _flat(field.choices)}
            chosen = value if isinstance(value, list) else [value]
            return "\n".join(labels.get(str(code), str(code)) for code in chosen if code not in (None, ""))
        return "" if value is None else str(value)

    def chosen(self, key: str) -> str:
        """What is ticked in a folded question, by the codes with which its options begin."""
        words = self.shown(key, [str(code) for code in self[key].value() or []])
        return ", ".join(line.partition(" ")[0] for line in words.splitlines())

    def echoes(self) -> Mapping[str, str]:
        """Nothing here is read as something other than it is written."""
        return {}

    def asks(self) -> Mapping[str, Any]:
        """No text here can mean several things."""
        return {}

    def fragments(self) -> Mapping[str, str]:
        """Nothing follows from an answer on the same page."""
        return {}


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    for code, label in choices:
        found += _flat(label) if isinstance(label, list | tuple) else [(code, label)]
    return found
