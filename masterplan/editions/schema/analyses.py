"""The analyses of Buku 1."""

from typing import Annotated, NotRequired, TypedDict

from masterplan.editions.schema.compared import Names, NotCompared, Number, Row, Rows, ScaleStep

_WORDS_OF_THE_PORTAL = NotCompared("The portal's own words for the aspect.")


class FrozenCell(TypedDict):
    """A cell of the readiness; empty texts where nobody has written it."""

    aspect: str
    group: Annotated[str, _WORDS_OF_THE_PORTAL]
    group_label: str
    label: Annotated[str, _WORDS_OF_THE_PORTAL]
    condition: Annotated[str, "Kondisi saat ini"]
    score: Annotated[str, "Penilaian", ScaleStep()]
    evidence: Annotated[str, "Bukti"]
    problem: Annotated[str, "Masalah"]
    recommendation: Annotated[str, "Saran"]


def _cell_title(row: Row) -> str:
    return f"Kesiapan {row['group_label'].lower()}: {row['label'].lower()}"


class FrozenReadiness(TypedDict):
    """The nine cells and the scale, best first."""

    scale: Annotated[list[str], "Tingkat penilaian"]
    cells: Annotated[list[FrozenCell], Rows("aspect", _cell_title, titled="aspect")]


class FrozenGap(TypedDict):
    """A gap; `unsent` counts its initiatives that are not in the edition."""

    id: str
    dimension: Annotated[str, NotCompared("Told with the sub-dimension, which belongs to it.")]
    sub_dimension: Annotated[str, "Sub-dimensi", Names("sub_dimensions")]
    indicator: Annotated[str, "Indikator"]
    ideal: Annotated[str, "Kondisi ideal"]
    existing: Annotated[str, "Kondisi saat ini"]
    gap: Annotated[str, "Kesenjangan"]
    cause: Annotated[str, "Penyebab"]
    response: Annotated[str, "Tanggapan"]
    initiatives: Annotated[list[str], "Inisiatif yang menjawab", Names("initiatives")]
    unsent: Annotated[int, "Inisiatif yang belum masuk edisi", Number("inisiatif")]


class FrozenSwotKind(TypedDict):
    """One of the four kinds of items."""

    kind: Annotated[str, "Jenis"]
    kind_label: str


_COUNTED_ANEW = NotCompared("Counted anew in every edition.")


class FrozenSwotItem(FrozenSwotKind):
    """An item of the matrix; `number` is like S1."""

    number: Annotated[str, _COUNTED_ANEW]
    aspect: Annotated[str, "Aspek"]
    aspect_label: str
    dimension: Annotated[str | None, "Dimensi", Names("dimensions")]
    text: Annotated[str, "Uraian"]


class FrozenSwotStrategy(FrozenSwotKind):
    """A strategy with the numbers of the items it answers."""

    number: Annotated[str, _COUNTED_ANEW]
    text: Annotated[str, "Strategi"]
    items: Annotated[list[str], "Butir yang dijawab", Names("swot_items")]


# Their numbers may change, so their texts identify them.
_BY_TEXT = "{kind} {text}"


class FrozenSwot(TypedDict):
    """The matrix and its strategies."""

    kinds: Annotated[list[FrozenSwotKind], NotCompared("The portal's own words for the four kinds.")]
    items: Annotated[list[FrozenSwotItem], Rows("kind text", "{kind_label} {number}", titled="kind", alike=_BY_TEXT)]
    strategies: Annotated[
        list[FrozenSwotStrategy], Rows("kind text", "Strategi {number}", titled="kind", alike=_BY_TEXT)
    ]


class FrozenAnalyses(TypedDict):
    """The analyses of a plan."""

    readiness: NotRequired[Annotated[FrozenReadiness, Rows(title=lambda row: "Skala kesiapan")]]
    gaps: NotRequired[Annotated[list[FrozenGap], Rows("id", "Kesenjangan: {indicator}", titled="id indicator unsent")]]
    swot: NotRequired[FrozenSwot]
