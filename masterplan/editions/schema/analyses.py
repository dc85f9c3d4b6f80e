"""The analyses of Buku 1."""

from typing import NotRequired, TypedDict


class FrozenCell(TypedDict):
    """A cell of the readiness; empty texts where nobody has written it."""

    aspect: str
    group: str
    group_label: str
    label: str
    condition: str
    score: str
    evidence: str
    problem: str
    recommendation: str


class FrozenReadiness(TypedDict):
    """The nine cells and the scale, best first."""

    scale: list[str]
    cells: list[FrozenCell]


class FrozenGap(TypedDict):
    """A gap; `unsent` counts its initiatives that are not in the edition."""

    id: str
    dimension: str
    sub_dimension: str
    indicator: str
    ideal: str
    existing: str
    gap: str
    cause: str
    response: str
    initiatives: list[str]
    unsent: int


class FrozenSwotKind(TypedDict):
    """One of the four kinds of items."""

    kind: str
    kind_label: str


class FrozenSwotItem(FrozenSwotKind):
    """An item of the matrix; `number` is like S1."""

    number: str
    aspect: str
    aspect_label: str
    dimension: str | None
    text: str


class FrozenSwotStrategy(FrozenSwotKind):
    """A strategy with the numbers of the items it answers."""

    number: str
    text: str
    items: list[str]


class FrozenSwot(TypedDict):
    """The matrix and its strategies."""

    kinds: list[FrozenSwotKind]
    items: list[FrozenSwotItem]
    strategies: list[FrozenSwotStrategy]


class FrozenAnalyses(TypedDict):
    """The analyses of a plan."""

    readiness: NotRequired[FrozenReadiness]
    gaps: NotRequired[list[FrozenGap]]
    swot: NotRequired[FrozenSwot]
