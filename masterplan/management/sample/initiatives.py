"""The sample initiatives, brought to their states by the people who would do it."""

from typing import Any

from agencies.models import User
from masterplan.alignment.actions import links as alignment
from masterplan.initiatives.actions import initiatives
from masterplan.models import ChangeSource, Initiative, MasterPlan, PlanElement, SubDimension
from masterplan.reference import InitiativeStatus, PlanKind
from masterplan.registry import FIELDS, SIMPLE, STORED_APART, TEXTS, Field
from masterplan.review.actions import reviews

from .conversations import add_conversation
from .evidence import attach_samples
from .plans import PlanLoader
from .regencies import SampleRegency

Row = dict[str, Any]
S = InitiativeStatus

# One initiative of each dimension shows what evidence looks like.
SHOWN = "-02"
ROUTES: dict[str, tuple[str, ...]] = {
    S.DRAFT: (),
    S.SUBMITTED: ("submit",),
    S.IN_REVIEW: ("submit", "start_review"),
    S.RETURNED: ("submit", "start_review", "return"),
    S.APPROVED: ("submit", "start_review", "approve"),
    S.WITHDRAWN: ("submit", "withdraw"),
}


class InitiativeLoader:
    """Loads the initiatives of one master plan."""

    def __init__(
        self,
        place: SampleRegency,
        plan: MasterPlan,
        people: dict[str, User],
        rpjmd: PlanLoader,
        renstra: dict[str, PlanLoader],
    ) -> None:
        self.place, self.plan, self.people = place, plan, people
        self.rpjmd, self.renstra = rpjmd, renstra
        self.sub_dimensions = {s.key: s for s in SubDimension.objects.available_to(place.regency)}

    def load(self, row: Row) -> Initiative:
        """Create, fill in, link, and walk to the state the file names."""
        lead = self.place.agency(row["lead_agency"])
        head = self.place.head_of(lead)
        initiative = initiatives.create(
            plan=self.plan,
            by=head,
            name=row["name"],
            sub_dimension=self.sub_dimensions[row["sub_dimension"]],
            lead_agency=lead,
        )
        initiative = initiatives.save(
            initiative, by=head, data=self.answers(row), version=initiative.edit_version, source=ChangeSource.SAMPLE
        )
        if initiative.code.endswith(SHOWN):
            attach_samples(initiative, by=head)
        links = [(self._propose(initiative, link, head), link) for link in row["links"]]
        route = ROUTES[row["target_state"]]
        self._walk(initiative, route[:2], row)
        for link, data in links:
            if "start_review" in route and data["decision"] != "proposed":
                accept = data["decision"] == "accepted"
                alignment.decide(link, accept=accept, reason=data["decision_reason"], by=self.people["koordinator"])
        if row.get("waiver_reason"):
            alignment.waive(initiative, reason=row["waiver_reason"], by=self.people["koordinator"])
        for thread in row.get("threads") or []:
            add_conversation(initiative, thread, head=head, people=self.people)
        self._walk(initiative, route[2:], row)
        if row.get("on_behalf"):
            self._fill_in_for(initiative, row["on_behalf"])
        return initiative

    def answers(self, row: Row) -> Row:
        """What the file answers, as the registry reads it; it need not know every question."""
        asked = [field for field in FIELDS.values() if field.kind not in STORED_APART and not field.always_needed]
        answers = {field.key: row[field.key] if field.key in row else _unwritten(field, row) for field in asked}
        answers["supporting_agencies"] = [self.place.agency(name).pk for name in row["supporting_agencies"]]
        answers["districts"] = [self.place.districts[name].pk for name in row["districts"]]
        return answers

    def _propose(self, initiative: Initiative, data: Row, by: User) -> Any:
        element = self._element(initiative, data)
        indicator = element.indicators.filter(name=data["indicator"]).first() if data.get("indicator") else None
        return alignment.propose(initiative, element=element, indicator=indicator, rationale=data["rationale"], by=by)

    def _element(self, initiative: Initiative, data: Row) -> PlanElement:
        if data["plan"] == PlanKind.RPJMD:
            return self.rpjmd.programs[data["code"]]
        return self.renstra[initiative.lead_agency.short_name].by_code[data["code"]]

    def _walk(self, initiative: Initiative, moves: tuple[str, ...], row: Row) -> None:
        for name in moves:
            by = self.place.head_of(initiative.lead_agency)
            if name in ("start_review", "return", "approve"):
                by = self.people["koordinator"]
            comment = row.get("return_comment") or "" if name == "return" else ""
            reviews.transition(initiative, name=name, by=by, comment=comment)

    def _fill_in_for(self, initiative: Initiative, data: Row) -> None:
        """The coordinator's part in an initiative that is not theirs."""
        version = Initiative.objects.values_list("edit_version", flat=True).get(pk=initiative.pk)
        initiatives.save(initiative, by=self.people["koordinator"], data=data, version=version)


def _unwritten(field: Field, row: Row) -> Any:
    """What the sample says where its file has no answer: nothing, or the example where it could not be sent without."""
    if not field.required or field.kind not in SIMPLE or "submit" not in ROUTES[row["target_state"]]:
        return field.empty
    if field.kind in TEXTS:
        return field.example[: field.limit]
    return field.choices[0][0] if field.choices else field.empty
