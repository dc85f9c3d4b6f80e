"""The form that proposes a link to a program of the RPJMD or of the lead agency's Renstra, with the programs on offer.

The view that receives it, and what becomes of the proposal, belong to the alignment pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q, prefetch_related_objects

from masterplan.models import AlignmentLink, Indicator, Initiative, PlanElement
from masterplan.reference import Level, PlanKind
from smartcity.common.forms import PortalForm, TextField

# A title and the programs below it, in the order of the document.
Group = tuple[str, list[PlanElement]]

_ABOVE_ACTIVITIES = [level for level in Level if level not in (Level.ACTIVITY, Level.SUB_ACTIVITY)]
_NOT_ITS_INDICATOR = "Indikator ini bukan milik program yang dipilih. Pilih lagi, atau kosongkan."
_RATIONALE_LIMIT = AlignmentLink._meta.get_field("rationale").max_length


@dataclass(frozen=True)
class Offer:
    """What an initiative may be tied to, by group, and the nodes of the RPJMD among which the programs stand."""

    groups: list[Group]
    elements: list[PlanElement]

    @property
    def programs(self) -> list[PlanElement]:
        """All of them, in their order."""
        return [program for _, programs in self.groups for program in programs]


def programs_on_offer(initiative: Initiative) -> Offer:
    """The programs an initiative may carry out: the lead agency's first, then by mission, then its Renstra.

    Two queries, whatever the number of programs; their indicators are prefetched.
    """
    elements, strategic = _elements(initiative)
    by_id = {element.pk: element for element in elements}
    agency = initiative.lead_agency
    groups: dict[str, list[PlanElement]] = {f"RPJMD, dipimpin {agency.name}": []}
    for mission in (element for element in elements if element.level == Level.MISSION):
        groups[_title(mission)] = []
    for program in (element for element in elements if element.level == Level.PROGRAM):
        own = program.agency_id == agency.pk
        title = f"RPJMD, dipimpin {agency.name}" if own else _title(_mission_of(program, by_id))
        groups.setdefault(title, []).append(program)
    for program in strategic:
        groups.setdefault(f"Renstra: {program.plan.title}", []).append(program)
    offer = Offer([(title, programs) for title, programs in groups.items() if programs], elements)
    prefetch_related_objects(offer.programs, "indicators")
    return offer


def _elements(initiative: Initiative) -> tuple[list[PlanElement], list[PlanElement]]:
    """The nodes of the RPJMD down to its programs, and the programs of the lead agency's Renstra of these years."""
    plan = initiative.master_plan
    of_rpjmd = Q(plan_id=plan.development_plan_id, level__in=_ABOVE_ACTIVITIES)
    of_renstra = Q(
        plan__kind=PlanKind.RENSTRA,
        plan__agency_id=initiative.lead_agency_id,
        plan__start_year__lte=plan.end_year,
        plan__end_year__gte=plan.start_year,
        level=Level.PROGRAM,
    )
    found = list(PlanElement.objects.filter(of_rpjmd | of_renstra).select_related("plan"))
    rpjmd = [element for element in found if element.plan_id == plan.development_plan_id]
    return rpjmd, [element for element in found if element.plan_id != plan.development_plan_id]


def _mission_of(program: PlanElement, by_id: Mapping[int, PlanElement]) -> PlanElement | None:
    above = by_id.get(program.parent_id or 0)
    while above is not None and above.level != Level.MISSION:
        above = by_id.get(above.parent_id or 0)
    return above


def _title(mission: PlanElement | None) -> str:
    return f"RPJMD, misi {mission.code}: {mission.text}" if mission else "RPJMD, tanpa misi"


class LinkForm(PortalForm):
    """Which program, perhaps which of its indicators, and why. `search` shortens the list, it refuses nothing."""

    element = forms.ChoiceField(
        label="Program",
        help_text="Program RPJMD, atau program Renstra perangkat daerah penanggung jawab.",
    )
    indicator = forms.ChoiceField(
        label="Indikator program", help_text="Indikator yang ikut tercapai oleh inisiatif ini.", required=False
    )
    rationale = TextField(
        label="Alasan usulan",
        help_text="Bagaimana inisiatif ini melaksanakan program itu, satu atau dua kalimat.",
        limit=_RATIONALE_LIMIT or 0,
        required=False,
    )

    def __init__(
        self, initiative: Initiative, data: Mapping[str, Any] | None = None, *, search: str = "", chosen: str = ""
    ) -> None:
        super().__init__(data, initial={"element": chosen})
        self.offer = programs_on_offer(initiative)
        groups = self.offer.groups
        self.programs = {str(program.pk): program for program in self.offer.programs}
        chosen = str((data or {}).get("element", "")) or chosen
        self.found = [(title, [p for p in programs if _matches(p, search)]) for title, programs in groups]
        self.count = sum(len(programs) for _, programs in self.found)
        self._offer_programs(groups if data else self.found, self.programs.get(chosen))
        self._offer_indicators(groups if data else self.found, self.programs.get(chosen))

    def _offer_programs(self, groups: list[Group], chosen: PlanElement | None) -> None:
        choices: list[Any] = [("", "Pilih program")]
        if chosen is not None and not any(chosen in programs for _, programs in groups):
            choices.append((str(chosen.pk), str(chosen)))
        choices += [(title, [(str(p.pk), str(p)) for p in programs]) for title, programs in groups if programs]
        self.fields["element"].choices = choices  # type: ignore[attr-defined]

    def _offer_indicators(self, groups: list[Group], chosen: PlanElement | None) -> None:
        programs = [chosen] if chosen else [program for _, programs in groups for program in programs]
        named = [(str(p), [(str(i.pk), i.name) for i in p.indicators.all()]) for p in programs]
        choices: list[Any] = [("", "Tanpa indikator"), *[(name, options) for name, options in named if options]]
        field = self.fields["indicator"]
        field.choices = choices  # type: ignore[attr-defined]
        field.error_messages["invalid_choice"] = _NOT_ITS_INDICATOR

    def clean_element(self) -> PlanElement:
        """The program itself."""
        return self.programs[self.cleaned_data["element"]]

    def clean_indicator(self) -> Indicator | None:
        """The indicator itself; only those of the chosen program are on offer."""
        program, wanted = self.cleaned_data.get("element"), self.cleaned_data["indicator"]
        return {str(i.pk): i for i in program.indicators.all()}.get(wanted) if program else None


def _matches(program: PlanElement, search: str) -> bool:
    words = str(program).casefold()
    return all(word in words for word in search.casefold().split())
