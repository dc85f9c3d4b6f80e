"""Forms with which a draft begins from something that is there: a model of the library, or another initiative."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone

from agencies.models import User
from masterplan.initiatives.actions.copying import copyable
from masterplan.initiatives.forms.initiatives import BeginInitiativeForm
from masterplan.library import ModelInitiative
from masterplan.models import Initiative, MasterPlan
from masterplan.registry import SECTIONS, Field, FormSection, Kind
from smartcity.common.forms import PortalForm

# What is rarely right for another initiative and therefore only goes along when somebody asks for it.
_NOT_BY_ITSELF = (Kind.BUDGETS, Kind.WORKSHEET)
NO_YEARS, AS_THEY_ARE, BY_PLAN = "kosong", "tetap", "geser"


class ModelForm(BeginInitiativeForm):
    """Begin from a model: its months and targets are counted from the year chosen here."""

    first_year = forms.TypedChoiceField(
        label="Tahun pertama", help_text="Bulan kegiatan dan target contoh dihitung dari tahun ini.", coerce=int
    )

    def __init__(
        self, model: ModelInitiative, plan: MasterPlan, user: User, data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(plan, user, data, name=model.name, agency=None)
        self.fields["first_year"].choices = [(str(year), str(year)) for year in plan.years]  # type: ignore[attr-defined]
        following = timezone.localdate().year + 1
        self.initial["first_year"] = str(following if following in plan.years else plan.start_year)


class QuestionsForm(PortalForm):
    """Which answers go along, and what becomes of their years."""

    years = forms.ChoiceField(label="Tahun", widget=forms.RadioSelect)
    questions = forms.MultipleChoiceField(
        label="Isian yang disalin",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Pilih sedikitnya satu isian."},
    )

    def __init__(self, source: Initiative, plan: MasterPlan, data: Mapping[str, Any] | None = None) -> None:
        self.offered = copyable(source)
        chosen = [field.key for field in self.offered if field.kind not in _NOT_BY_ITSELF]
        self.shift = plan.start_year - source.master_plan.start_year
        super().__init__(data, initial={"questions": chosen, "years": BY_PLAN if self.shift else AS_THEY_ARE})
        self.fields["questions"].choices = [(field.key, field.label) for field in self.offered]  # type: ignore[attr-defined]
        options = [(AS_THEY_ARE, "Tetap seperti aslinya"), (NO_YEARS, "Kosongkan semua bulan dan tahun")]
        if self.shift:
            way = "ke depan" if self.shift > 0 else "ke belakang"
            moved = f"Geser {abs(self.shift)} tahun {way}, ke masa rencana {plan.start_year} sampai {plan.end_year}"
            options.insert(0, (BY_PLAN, moved))
        self.fields["years"].choices = options  # type: ignore[attr-defined]

    def grouped(self) -> list[tuple[FormSection, list[tuple[Field, bool]]]]:
        """The questions on offer by section of the form, each with whether it is ticked."""
        ticked = set(self["questions"].value() or ())
        groups = [(s, [(f, f.key in ticked) for f in s.fields if f in self.offered]) for s in SECTIONS]
        return [(section, fields) for section, fields in groups if fields]

    def answers(self) -> dict[str, Any]:
        """`keys` and `shift` as the actions take them."""
        shifts = {NO_YEARS: None, AS_THEY_ARE: 0, BY_PLAN: self.shift}
        return {"keys": self.cleaned_data["questions"], "shift": shifts[self.cleaned_data["years"]]}
