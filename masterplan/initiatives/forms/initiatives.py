"""Forms of an initiative: creating one, and the single questions of its eight pages, built from the registry.

`pages` puts them together with the tables; links to programs have a form of their own in `links`.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import prefetch_related_objects
from django.utils import timezone

from agencies.access import is_regency_wide, own_agency_ids
from agencies.models import Agency, Regency, User
from agencies.roles import Permission
from masterplan.editing.forms.choices import sub_dimension_choices
from masterplan.models import NAME_LIMIT, Initiative, MasterPlan, SubDimension
from masterplan.registry import FIELDS, Field, FormSection, Kind
from masterplan.registry.reading import read_field
from smartcity.common.forms import LineField, PortalForm, RichField, TextField, YearField, use_plain_messages

# Choices --------------------------------------------------------------------------------------------------------------


def agencies_to_fill_in_for(user: User, regency: Regency) -> list[Agency]:
    """The agencies `user` may begin initiatives for: their own, or all that exist today."""
    valid = [agency for agency in all_agencies(regency) if agency.exists_on(timezone.localdate())]
    if is_regency_wide(user, Permission.EDIT_INITIATIVE, regency):
        return valid
    own = own_agency_ids(user, regency)
    return [agency for agency in valid if agency.pk in own]


def all_agencies(regency: Regency) -> list[Agency]:
    """The regency's agencies, past ones too; asked of the database once per request."""
    prefetch_related_objects([regency], "agencies")
    return list(regency.agencies.all())


# Beginning ------------------------------------------------------------------------------------------------------------


class BeginInitiativeForm(PortalForm):
    """Name and owner of a new draft. `token` names one press of the button."""

    name = LineField(label=FIELDS["name"].label, help_text=FIELDS["name"].help, limit=NAME_LIMIT)
    lead_agency = forms.ChoiceField(label=FIELDS["lead_agency"].label, help_text=FIELDS["lead_agency"].help)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        plan: MasterPlan,
        user: User,
        data: Mapping[str, Any] | None = None,
        *,
        name: str = "",
        agency: Agency | None = None,
    ) -> None:
        self.plan = plan
        initial = {"token": uuid4(), "name": name, "lead_agency": str(agency.pk) if agency else ""}
        super().__init__(data, initial=initial)
        self.agencies = {str(agency.pk): agency for agency in agencies_to_fill_in_for(user, plan.regency)}
        self.fields["token"].error_messages["invalid"] = "Halaman ini sudah lama terbuka. Kirim sekali lagi."
        options = [(key, agency.name) for key, agency in self.agencies.items()]
        blank = [("", "Pilih perangkat daerah")] if len(options) != 1 else []
        self.fields["lead_agency"].choices = [*blank, *options]  # type: ignore[attr-defined]

    def clean_lead_agency(self) -> Agency:
        """The agency itself."""
        return self.agencies[self.cleaned_data["lead_agency"]]


class InitiativeForm(BeginInitiativeForm):
    """The three answers that give an initiative a code and an owner.

    Who comes from a gap of the plan finds its `sub_dimension` chosen, or only those of its `dimension` on offer, which
    is then named by `narrowed_to`; ids that mean nothing here change nothing.
    """

    field_order = ("name", "sub_dimension", "lead_agency")

    sub_dimension = forms.ChoiceField(label=FIELDS["sub_dimension"].label, help_text=FIELDS["sub_dimension"].help)

    def __init__(
        self,
        plan: MasterPlan,
        user: User,
        data: Mapping[str, Any] | None = None,
        *,
        sub_dimension: int = 0,
        dimension: int = 0,
    ) -> None:
        super().__init__(plan, user, data)
        self.initial["sub_dimension"] = str(sub_dimension)
        for name in ("name", "sub_dimension"):
            self.fields[name].example = FIELDS[name].example  # type: ignore[attr-defined]
        choices = sub_dimension_choices(plan.regency, dimension)
        self.narrowed_to = choices[1][0] if dimension and len(choices) == 2 else ""
        self.fields["sub_dimension"].choices = choices  # type: ignore[attr-defined]

    def clean_sub_dimension(self) -> SubDimension:
        """The sub-dimension itself."""
        return SubDimension.objects.available_to(self.plan.regency).get(pk=self.cleaned_data["sub_dimension"])


# Single questions -----------------------------------------------------------------------------------------------------


class SectionForm(PortalForm):
    """The single questions of one section."""

    offers_choices = True

    def __init__(
        self,
        section: FormSection,
        initiative: Initiative,
        user: User,
        data: Mapping[str, Any] | None = None,
        quiet: bool = False,
    ) -> None:
        asked = [field for field in section.fields if field.kind in _BUILDERS]
        initial = {field.key: read_field(initiative, field) for field in asked}
        super().__init__(data, initial=initial, quiet=quiet)
        self.initiative, self.user = initiative, user
        for field in asked:
            self.fields[field.key] = _build(field, self)

    def clean(self) -> dict[str, Any]:
        """An initiative does not end before it begins; a year that was not asked is the stored one."""
        start, end = self._year("start_year"), self._year("end_year")
        if start and end and end < start:
            later = f"Tahun selesai lebih awal dari tahun mulai. Tulis {start} atau sesudahnya."
            earlier = f"Tahun mulai lebih kemudian dari tahun selesai. Tulis {end} atau sebelumnya."
            self.add_error(*("end_year", later) if "end_year" in self.fields else ("start_year", earlier))
            self.cleaned_data.pop("start_year", None)  # one year alone would contradict the other that is stored
        return self.cleaned_data

    def _year(self, name: str) -> int | None:
        given: int | None = self.cleaned_data.get(name)
        if name in self.fields or not {"start_year", "end_year"} & set(self.fields):
            return given
        stored: int | None = getattr(self.initiative, name)
        return stored

    def value(self, field: Field) -> Any:
        """The registry value of one answer."""
        answer = self.cleaned_data[field.key]
        if field.kind in (Kind.AGENCIES, Kind.DISTRICTS):
            return [int(pk) for pk in answer]
        return int(answer) if field.kind in (Kind.SUB_DIMENSION, Kind.AGENCY) else answer


def _build(field: Field, form: SectionForm) -> forms.Field:
    """The control for one question, with the words of the registry."""
    built = _BUILDERS[field.kind](field, form)
    built.label, built.help_text = field.label, field.help
    built.required = field.always_needed
    built.example = field.example  # type: ignore[attr-defined]
    built.needed = field.required  # type: ignore[attr-defined]
    use_plain_messages(built)
    return built


def _choice(field: Field, form: SectionForm) -> forms.Field:
    return forms.ChoiceField(choices=field.choices, widget=forms.RadioSelect)


def _sub_dimension(field: Field, form: SectionForm) -> forms.Field:
    return forms.ChoiceField(choices=sub_dimension_choices(form.initiative.regency))


def _lead_agency(field: Field, form: SectionForm) -> forms.Field:
    """Only who speaks for the whole regency may hand an initiative over."""
    current = form.initiative.lead_agency
    others = []
    if is_regency_wide(form.user, Permission.EDIT_INITIATIVE, form.initiative.regency):
        others = [agency for agency in agencies_to_fill_in_for(form.user, form.initiative.regency) if agency != current]
    return forms.ChoiceField(choices=[(str(agency.pk), agency.name) for agency in (current, *others)])


def _several(options: list[tuple[str, str]]) -> forms.Field:
    built = forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple)
    built.columns = True  # type: ignore[attr-defined]
    return built


def _supporting_agencies(field: Field, form: SectionForm) -> forms.Field:
    chosen = {agency.pk for agency in form.initiative.supporting_agencies.all()}
    today = timezone.localdate()
    return _several(
        [
            (str(agency.pk), agency.name)
            for agency in all_agencies(form.initiative.regency)
            if agency.pk in chosen or (agency != form.initiative.lead_agency and agency.exists_on(today))
        ]
    )


def _districts(field: Field, form: SectionForm) -> forms.Field:
    return _several([(str(pk), name) for pk, name in form.initiative.regency.districts.values_list("pk", "name")])


_BUILDERS: dict[Kind, Callable[[Field, SectionForm], forms.Field]] = {
    Kind.LINE: lambda field, form: LineField(limit=field.limit),
    Kind.TEXT: lambda field, form: TextField(limit=field.limit),
    Kind.RICH: lambda field, form: RichField(limit=field.limit),
    Kind.YEAR: lambda field, form: YearField(),
    Kind.YES_NO: lambda field, form: forms.BooleanField(),
    Kind.CHOICE: _choice,
    Kind.SUB_DIMENSION: _sub_dimension,
    Kind.AGENCY: _lead_agency,
    Kind.AGENCIES: _supporting_agencies,
    Kind.DISTRICTS: _districts,
}
