"""The quick-win worksheet: what will be in people's hands, by when, and ten aspects with a score and a reason each."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from masterplan.editing.forms.rows import limit_of
from masterplan.models import QuickWinScore, QuickWinWorksheet
from masterplan.reference import QUICK_WIN_SCORES, QuickWinAspect
from masterplan.registry import ASPECTS, Column, Content
from smartcity.common.forms import DayField, LineField, PortalForm, TextField, use_plain_messages

_SCORES = [("", "Belum"), *((str(score), str(score)) for score in QUICK_WIN_SCORES)]


class WorksheetForm(PortalForm):
    """The worksheet; empty as a whole it does not exist."""

    template_name = "masterplan/initiatives/initiative/rows_worksheet.html"
    offers_choices = True

    deliverable = TextField(
        label="Yang diserahkan",
        help_text="Hasil yang sudah dapat dipakai warga.",
        limit=limit_of(QuickWinWorksheet, "deliverable"),
        required=False,
    )
    due_date = DayField(label="Tanggal selesai", help_text="Dalam kira-kira setahun.", required=False)

    def __init__(
        self,
        *,
        key: str,
        stored: Content | None,
        data: Mapping[str, Any] | None = None,
        quiet: bool = False,
    ) -> None:
        super().__init__(data, prefix=key, initial=_initial(stored), quiet=quiet)
        for aspect in QuickWinAspect:
            self.fields[f"score_{aspect}"] = forms.ChoiceField(
                label=f"Nilai {aspect.label.lower()}", choices=_SCORES, required=False
            )
            self.fields[f"note_{aspect}"] = LineField(
                label=f"Penjelasan {aspect.label.lower()}", limit=limit_of(QuickWinScore, "note"), required=False
            )
        for field in self.fields.values():
            field.needed = True  # type: ignore[attr-defined]
            use_plain_messages(field)

    @property
    def aspects(self) -> list[tuple[Column, forms.BoundField, forms.BoundField]]:
        """Each aspect in words, with its score and its reason."""
        return [(aspect, self[f"score_{aspect.key}"], self[f"note_{aspect.key}"]) for aspect in ASPECTS]

    @property
    def controls(self) -> list[forms.BoundField]:
        """All its controls."""
        return list(self)

    def fragments(self) -> dict[str, str]:
        """Nothing follows from it."""
        return {}

    @property
    def is_open(self) -> bool:
        """Whether there is something in it to look at."""
        return bool(self.errors or self.typed())

    @property
    def is_storable(self) -> bool:
        """Its value is always known: its questions are fixed."""
        return True

    def value(self) -> Content | None:
        """The worksheet as the registry writes it, or None; what was not understood is as it is stored."""
        answers = {name: self.cleaned_data.get(name, self.initial.get(name) or "") for name in self.fields}
        rows = [
            {"aspect": a.value, "score": int(answers[f"score_{a}"] or 0) or None, "note": answers[f"note_{a}"]}
            for a in QuickWinAspect
        ]
        rows = [row for row in rows if row["score"] or row["note"]]
        due: date | None = answers["due_date"]
        if not (rows or due or answers["deliverable"]):
            return None
        return {"deliverable": answers["deliverable"], "due_date": due.isoformat() if due else None, "aspects": rows}

    def typed(self) -> str:
        """The answers as they were typed, a line per question."""
        values = ((bound.label, str(bound.value() or "").strip()) for bound in self)
        return "\n".join(f"{label}: {value}" for label, value in values if value)


def _initial(stored: Content | None) -> Content:
    if stored is None:
        return {}
    scores = {f"score_{row['aspect']}": row["score"] for row in stored["aspects"]}
    notes = {f"note_{row['aspect']}": row["note"] for row in stored["aspects"]}
    due = stored["due_date"] and date.fromisoformat(stored["due_date"])
    return {"deliverable": stored["deliverable"], "due_date": due or None} | scores | notes
