"""An initiative, whole and as lists have it, with its tables."""

from typing import Annotated, NotRequired, TypedDict

from masterplan.editions.days import activity_day, day_in_full
from masterplan.editions.schema.compared import As, Names, NotCompared, Number, Row, Rows, by_label
from masterplan.editions.schema.frame import FrozenImage
from masterplan.reference import Direction, EvidencePlacement

_OF_THE_PROGRAM = NotCompared("Told once at the program itself, by whose id a link is known.")
_OF_THE_BYTES = NotCompared("Follows from the bytes of the file, by which it is known.")


class FrozenPartner(TypedDict):
    """A partner of an initiative."""

    name: Annotated[str, "Nama"]
    kind: Annotated[str, "Jenis mitra"]
    kind_label: str
    contribution: Annotated[str, "Perannya"]


class FrozenIndicator(TypedDict):
    """An indicator of an initiative; `kind` is "output" or "outcome"."""

    name: Annotated[str, "Nama"]
    kind: Annotated[str, "Jenis"]
    kind_label: str
    unit: Annotated[str, "Satuan"]
    direction: NotRequired[Annotated[str, "Arah", by_label(Direction)]]
    baseline: Annotated[str, "Kondisi awal", Number()]
    targets: Annotated[dict[str, str], "Target"]
    end_condition: Annotated[str, "Kondisi akhir", Number()]


class FrozenBudget(TypedDict):
    """Rupiah by year from one source."""

    source: str
    source_label: str
    amounts: Annotated[dict[str, int], "Anggaran"]


class FrozenActivity(TypedDict):
    """An activity; `start` and `end` are days, None where they are open."""

    name: Annotated[str, "Nama"]
    start: Annotated[str | None, "Mulai", As(activity_day)]
    end: Annotated[str | None, "Selesai", As(lambda day: activity_day(day, end=True))]
    output: Annotated[str, "Keluaran"]


class FrozenAspect(TypedDict):
    """One aspect of a quick win with its score, None where it has none."""

    aspect: str
    label: Annotated[str, NotCompared("The portal's own word for the aspect.")]
    score: Annotated[int | None, "Nilai", Number()]
    note: Annotated[str, "Penjelasan"]


class FrozenWorksheet(TypedDict):
    """What a quick win promises, and how it was scored."""

    deliverable: Annotated[str, "Yang diserahkan"]
    due_date: Annotated[str | None, "Tanggal selesai", As(day_in_full)]
    aspects: Annotated[list[FrozenAspect], Rows("aspect", "{label}", titled="aspect")]


class FrozenLink(TypedDict):
    """An alignment link; `plan_kind_label` only where its program is one of a plan that follows."""

    element_id: str
    element_code: Annotated[str, _OF_THE_PROGRAM]
    element_text: Annotated[str, _OF_THE_PROGRAM]
    plan_kind: Annotated[str, _OF_THE_PROGRAM]
    plan_kind_label: NotRequired[str]
    indicator_id: str | None
    indicator_name: Annotated[str, _OF_THE_PROGRAM]
    state: Annotated[str, "Keadaan"]
    state_label: str
    rationale: Annotated[str, "Diusulkan karena"]
    decision_reason: Annotated[str, "Catatan keputusan"]


def _link_title(row: Row) -> str:
    name = f"{row['element_code']} {row['element_text']}".strip()
    return f"{name}; indikator: {row['indicator_name']}" if row["indicator_name"] else name


class _FileFacts(TypedDict):
    """What is known of the bytes of a file."""

    kind: Annotated[str, _OF_THE_BYTES]
    kind_label: str
    size: Annotated[int, _OF_THE_BYTES]
    sha256: str
    fingerprint: Annotated[str, _OF_THE_BYTES]


class FrozenFile(_FileFacts):
    """Evidence of a report."""

    title: Annotated[str, "Judul"]


class FrozenEvidence(_FileFacts):
    """Evidence of an initiative; a picture has the facts of its print as well."""

    title: Annotated[str, "Nama"]
    placement: Annotated[str, "Letak dalam buku", by_label(EvidencePlacement)]
    image: Annotated[FrozenImage | None, _OF_THE_BYTES]


class ListedInitiative(TypedDict):
    """An initiative as parts that list many have it (`Lookup.initiatives`): without what only its sheet prints.

    A part keeps its print for as long as its rows stay the same, so a list must not hold what it does not show.
    """

    id: Annotated[str, NotCompared("Made of the code.")]
    code: str
    name: str
    dimension: Annotated[str, NotCompared("Told with the sub-dimension, which belongs to it.")]
    sub_dimension: Annotated[str, Names("sub_dimensions")]
    status: Annotated[str, "Keadaan"]
    status_label: str
    waiver_reason: Annotated[str, "Alasan tanpa program RPJMD"]
    description: str
    action_kind: str
    action_kind_label: str
    novelty: str
    novelty_label: str
    benefit_citizens: str
    lead_agency: Annotated[str, Names("agencies")]
    supporting_agencies: Annotated[list[str], Names("agencies")]
    partners: Annotated[list[FrozenPartner], Rows("name", alike="{name}")]
    whole_regency: bool | None
    districts: Annotated[list[str], Names("districts")]
    horizon: str
    horizon_label: str
    start_year: int | None
    end_year: int | None
    activities: Annotated[list[FrozenActivity], Rows("name", alike="{name}")]
    indicators: Annotated[list[FrozenIndicator], Rows("kind name", alike="{name}")]
    budgets: Annotated[list[FrozenBudget], Rows("source", "{source_label}", titled="source")]
    links: Annotated[list[FrozenLink], Rows("element_id indicator_id", _link_title, titled="element_id indicator_id")]
    nomenclature_code: str
    quick_win: bool | None
    worksheet: FrozenWorksheet | None
    evidence: NotRequired[Annotated[list[FrozenEvidence], Rows("sha256", "{title}", titled="title sha256")]]


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
