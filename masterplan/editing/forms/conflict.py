"""The choice between two texts when two people changed the same answer. Who wrote what is shown by the page."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from masterplan.registry import Content, Field, Kind
from smartcity.common.forms import LineField, PortalForm, RichField, TextField

MINE, THEIRS, MERGED = "mine", "theirs", "merged"
_CHOICES = [(MINE, "Pakai naskah Anda"), (THEIRS, "Pakai naskah orang lain")]
_FREE: dict[Kind, Callable[..., TextField]] = {Kind.TEXT: TextField, Kind.RICH: RichField, Kind.LINE: LineField}


@dataclass(frozen=True)
class Disputed:
    """An answer that may be in dispute: what it is called, and for free text the field in which both are joined."""

    label: str
    free: Callable[..., TextField] | None = None
    limit: int = 0

    @classmethod
    def of(cls, field: Field) -> "Disputed":
        """A question of the registry."""
        return cls(field.label, _FREE.get(field.kind), field.limit)

    @classmethod
    def control(cls, field: forms.Field) -> "Disputed":
        """A question of any form."""
        if isinstance(field, TextField):
            return cls(str(field.label), type(field), field.limit)
        return cls(str(field.label))


class ConflictForm(PortalForm):
    """For each answer in dispute: whose text counts, or for free text one written from both."""

    def __init__(
        self,
        keys: Iterable[str],
        asked: Mapping[str, Disputed],
        data: Mapping[str, Any] | None = None,
        *,
        mine: Content | None = None,
    ) -> None:
        self.keys = [key for key in keys if key in asked]
        super().__init__(data, prefix="conflict", initial={f"merged_{key}": text for key, text in (mine or {}).items()})
        for key in self.keys:
            self._ask(key, asked[key])

    def _ask(self, key: str, field: Disputed) -> None:
        choices = [*_CHOICES, (MERGED, "Pakai gabungan yang Anda tulis di bawah")] if field.free else _CHOICES
        self.fields[f"choice_{key}"] = forms.ChoiceField(
            label=field.label,
            choices=choices,
            widget=forms.RadioSelect,
            error_messages={"required": "Pilih naskah yang benar."},
        )
        if field.free:
            merged = field.free(label=f"Gabungan: {field.label}", limit=field.limit, required=False)
            merged.needed = True  # type: ignore[attr-defined]
            self.fields[f"merged_{key}"] = merged

    def decide(self, content: Content) -> Content:
        """`content` (what this person wanted to store) without the answers where the other text counts."""
        chosen = {key: self.cleaned_data[f"choice_{key}"] for key in self.keys}
        merged = {key: self.cleaned_data[f"merged_{key}"] for key in self.keys if chosen[key] == MERGED}
        kept = {key: value for key, value in content.items() if chosen.get(key) != THEIRS}
        return kept | merged
