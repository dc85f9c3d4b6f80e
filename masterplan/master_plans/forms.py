"""The forms that open and correct a master plan."""

from typing import Any

from django import forms
from django.forms.models import model_to_dict

from agencies.models import Regency
from masterplan.master_plans.actions import TITLE_LIMIT, suggested_title
from masterplan.models import DevelopmentPlan, MasterPlan
from masterplan.plans.actions.plans import VISION_LIMIT
from masterplan.reference import PlanKind
from smartcity.common.forms import LineField, PortalForm, TextField, YearField

_NEW = "baru"
_PREFIX = "rpjmd_"


class MasterPlanForm(PortalForm):
    """Title, years and vision of a plan, and the registered RPJMD that it answers to."""

    title = LineField(label="Judul", limit=TITLE_LIMIT)
    start_year = YearField(label="Tahun awal", help_text="Tahun pertama rencana induk, paling lama sepuluh tahun.")
    end_year = YearField(label="Tahun akhir")
    development_plan = forms.ChoiceField(
        label="RPJMD yang menjadi acuan", help_text="Program RPJMD inilah yang dipilih inisiatif."
    )
    vision = TextField(label="Visi smart city", limit=VISION_LIMIT, required=False, help_text="Dapat ditulis kemudian.")

    def __init__(self, regency: Regency, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.found = {str(each.pk): each for each in regency.development_plans.filter(kind=PlanKind.RPJMD)}
        choices = [("", "Pilih satu"), *((key, each.title) for key, each in self.found.items())]
        self.fields["development_plan"].choices = choices  # type: ignore[attr-defined]

    @classmethod
    def of(cls, plan: MasterPlan, data: Any = None) -> "MasterPlanForm":
        """The form filled in from `plan`."""
        return cls(plan.regency, data, model_to_dict(plan, fields=cls.base_fields))

    def values(self) -> dict[str, Any]:
        """The answers as the actions take them."""
        names = ("title", "start_year", "end_year", "vision")
        rpjmd: DevelopmentPlan | None = self.found.get(self.cleaned_data["development_plan"])
        return {name: self.cleaned_data[name] for name in names} | {"development_plan": rpjmd}


class OpeningForm(MasterPlanForm):
    """Opening a plan: its RPJMD may be registered with it, and an earlier plan ends only when the person says so."""

    rpjmd_title = LineField(label="Judul RPJMD baru", limit=TITLE_LIMIT, required=False)
    rpjmd_start_year = YearField(label="Tahun awal RPJMD baru", required=False)
    rpjmd_end_year = YearField(label="Tahun akhir RPJMD baru", required=False)
    rpjmd_legal_basis = LineField(
        label="Dasar hukum RPJMD baru", limit=300, required=False,
        help_text="Peraturan yang menetapkan RPJMD. Isinya diimpor dari Excel sesudah ini.",
    )  # fmt: skip
    agreed = forms.BooleanField(required=False)
    field_order = (
        "title", "start_year", "end_year", "development_plan", "rpjmd_title", "rpjmd_start_year", "rpjmd_end_year",
        "rpjmd_legal_basis", "vision", "agreed",
    )  # fmt: skip

    def __init__(self, regency: Regency, current: MasterPlan | None, data: Any = None) -> None:
        initial: dict[str, Any] = {"title": suggested_title(regency)}
        super().__init__(regency, data, initial)
        field = self.fields["development_plan"]
        field.choices = [*field.choices, (_NEW, "RPJMD yang belum terdaftar: isi di bawah")]  # type: ignore[attr-defined]
        if not self.found:
            self.initial["development_plan"] = _NEW
        self.fields["rpjmd_title"].example = f"RPJMD {regency.full_name} 2025–2029"  # type: ignore[attr-defined]
        for name in ("rpjmd_title", "rpjmd_start_year", "rpjmd_end_year"):
            self.fields[name].help_text = "Hanya bila RPJMD-nya belum terdaftar."
        if current is None:
            del self.fields["agreed"]
        else:
            agreed, period = self.fields["agreed"], f"{current.start_year}–{current.end_year}"
            agreed.label = f"Ya, hentikan pekerjaan pada rencana induk {period}"
            agreed.required = True
            agreed.error_messages["required"] = f"Beri tanda bila rencana induk {period} boleh dihentikan."

    def values(self) -> dict[str, Any]:
        """The answers as `open_master_plan` takes them, with what was written of a new RPJMD when that was chosen."""
        values = super().values()
        if self.cleaned_data["development_plan"] == _NEW:
            names = ("title", "start_year", "end_year", "legal_basis")
            values["new_rpjmd"] = {name: self.cleaned_data[_PREFIX + name] for name in names}
        return values
