"""The choice between two texts when two people changed the same answer. Who wrote what is shown by the page."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from masterplan.registry import FIELDS, Content, Kind
from smartcity.common.forms import LineField, PortalForm, RichField, TextField

MINE, THEIRS, MERGED = "mine", "theirs", "merged"
_CHOICES = [(MINE, "Pakai naskah Anda"), (THEIRS, "Pakai naskah orang lain")]
_FREE = {Kind.TEXT: TextField, Kind.RICH: RichField, Kind.LINE: LineField}


class ConflictForm(PortalForm):
    """For each answer in dispute: whose text counts, or for free text one written from both."""

    def __init__(self, keys: Iterable[str], data: Mapping[str, Any] | None = None, mine: Content | None = None) -> None:
        self.keys = [key for key in keys if key in FIELDS]
        super().__init__(data, prefix="conflict", initial={f"merged_{key}": text for key, text in (mine or {}).items()})
        for key in self.keys:
            self._ask(key)

    def _ask(self, key: str) -> None:
        field = FIELDS[key]
        free = _FREE.get(field.kind)
        choices = [*_CHOICES, (MERGED, "Pakai gabungan yang Anda tulis di bawah")] if free else _CHOICES
        self.fields[f"choice_{key}"] = forms.ChoiceField(
            label=field.label,
            choices=choices,
            widget=forms.RadioSelect,
            error_messages={"required": "Pilih naskah yang benar."},
        )
        if free:
            merged = free(label=f"Gabungan: {field.label}", limit=field.limit, required=False)
            merged.needed = True  # type: ignore[attr-defined]
            self.fields[f"merged_{key}"] = merged

    def decide(self, content: Content) -> Content:
        """`content` (what this person wanted to store) without the answers where the other text counts."""
        chosen = {key: self.cleaned_data[f"choice_{key}"] for key in self.keys}
        merged = {key: self.cleaned_data[f"merged_{key}"] for key in self.keys if chosen[key] == MERGED}
        kept = {key: value for key, value in content.items() if chosen.get(key) != THEIRS}
        return kept | merged
