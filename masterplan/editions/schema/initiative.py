"""An initiative, whole and as lists have it, with its tables."""

from typing import NotRequired, TypedDict

from masterplan.editions.schema.frame import FrozenImage


class FrozenPartner(TypedDict):
    """A partner of an initiative."""

    kind: str
    kind_label: str
    name: str
    contribution: str


class FrozenIndicator(TypedDict):
    """An indicator of an initiative; `kind` is "output" or "outcome"."""

    kind: str
    kind_label: str
    name: str
    unit: str
    baseline: str
    direction: NotRequired[str]
    targets: dict[str, str]
    end_condition: str


class FrozenBudget(TypedDict):
    """Rupiah by year from one source."""

    source: str
    source_label: str
    amounts: dict[str, int]


class FrozenActivity(TypedDict):
    """An activity; `start` and `end` are days, None where they are open."""

    name: str
    start: str | None
    end: str | None
    output: str


class FrozenAspect(TypedDict):
    """One aspect of a quick win with its score, None where it has none."""

    aspect: str
    label: str
    score: int | None
    note: str


class FrozenWorksheet(TypedDict):
    """What a quick win promises, and how it was scored."""

    deliverable: str
    due_date: str | None
    aspects: list[FrozenAspect]


class FrozenLink(TypedDict):
    """An alignment link; `plan_kind_label` only where its program is one of a plan that follows."""

    element_id: str
    element_code: str
    element_text: str
    plan_kind: str
    plan_kind_label: NotRequired[str]
    indicator_id: str | None
    indicator_name: str
    state: str
    state_label: str
    rationale: str
    decision_reason: str


class FrozenFile(TypedDict):
    """A file by its facts."""

    title: str
    kind: str
    kind_label: str
    size: int
    sha256: str
    fingerprint: str


class FrozenEvidence(FrozenFile):
    """Evidence of an initiative; a picture has the facts of its print as well."""

    placement: str
    image: FrozenImage | None


class ListedInitiative(TypedDict):
    """An initiative as parts that list many have it (`Lookup.initiatives`): without what only its sheet prints.

    A part keeps its print for as long as its rows stay the same, so a list must not hold what it does not show.
    """

    id: str
    code: str
    name: str
    dimension: str
    sub_dimension: str
    status: str
    status_label: str
    waiver_reason: str
    description: str
    action_kind: str
    action_kind_label: str
    novelty: str
    novelty_label: str
    benefit_citizens: str
    lead_agency: str
    supporting_agencies: list[str]
    partners: list[FrozenPartner]
    whole_regency: bool | None
    districts: list[str]
    horizon: str
    horizon_label: str
    start_year: int | None
    end_year: int | None
    activities: list[FrozenActivity]
    indicators: list[FrozenIndicator]
    budgets: list[FrozenBudget]
    links: list[FrozenLink]
    nomenclature_code: str
    quick_win: bool | None
    worksheet: FrozenWorksheet | None
    evidence: NotRequired[list[FrozenEvidence]]


class FrozenInitiative(ListedInitiative):
    """An initiative with all its answers (`Lookup.whole`, `Lookup.in_full`). Problem, description and risk have marks:
    print them with `rich_prose`.
    """

    problem: str
    smart_city_target: str
    strategy: str
    beneficiaries: str
    benefit_business: str
    budget_basis: str
    budget_fallback: str
    risk: str
    mitigation: str
    sustainability: str
    data_needs: str
    integration_needs: str
    spbe_application: str
