"""The blocks of a snapshot that are compared, and where each stands in the comparison. The schema tells what is in one.

What is not compared has a reason in the schema (`NotCompared`). A test changes every value of a full snapshot and
expects each change to be found.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated, TypedDict

from masterplan.editions.comparison.editions import Editions
from masterplan.editions.comparison.rows import RowType, row_type_at
from masterplan.editions.outline import OutlinePosition, moved
from masterplan.editions.schema import FrozenPicture, FrozenPlan, FrozenTitle, Row
from masterplan.editions.schema.compared import As, RichText, Rows, by_label
from masterplan.reference import EditionScope

PLAN, SECTIONS, ANALYSES, INITIATIVES, PROGRAMS, PLACE, MONITORING = (
    "rencana", "naskah", "analisis", "inisiatif", "program", "wilayah", "pemantauan",
)  # fmt: skip
Pair = tuple[Sequence[Row], Sequence[Row]]


@dataclass(frozen=True)
class Block:
    """Rows of a snapshot (`path`), told under `heading`, or under the chapter of the place `home` of the outline.

    Of a `lasting` block a row that one edition lacks is one that nobody has written there. Of a `brief` one, rows that
    were added or removed are told without their values. Rows that are `coded` are called by their code too; those that
    are `anchored` have their id as an anchor in the newer book. `derive` makes the rows where they do not stand in the
    snapshot like that, `derived` is then their type.
    """

    kind: str
    path: str
    heading: str = ""
    home: str = ""
    lasting: bool = False
    brief: bool = False
    coded: bool = False
    anchored: bool = False
    derive: Callable[[Editions], Pair] | None = None
    derived: RowType | None = None

    @cached_property
    def rows(self) -> RowType:
        """The type of the rows. What stands in them and is a block itself is left to that one."""
        inner = {block.path.removeprefix(f"{self.path}.") for block in BLOCKS if block.path.startswith(f"{self.path}.")}
        return replace(self.derived or row_type_at(FrozenPlan, self.path), apart=frozenset(inner))

    def pairs(self, editions: Editions) -> list[tuple[Row | None, Row | None]]:
        """The rows of both editions that belong together."""
        found = (
            self.derive(editions)
            if self.derive
            else tuple(rows_at(content, self.path) for content in (editions.before, editions.after))
        )
        return list(self.rows.pairs(*found))


def rows_at(content: Row, path: str) -> list[Row]:
    """The rows at a path of keys; editions frozen before there were such rows have none."""
    rows: list[Row] = [content]
    for key in path.split("."):
        values = [row[key] for row in rows if row.get(key)]
        rows = [row for value in values for row in (value if isinstance(value, list) else [value])]
    return rows


class _PlanRow(FrozenTitle):
    """The plan, and which of its initiatives an edition includes."""

    scope: Annotated[str, "Inisiatif yang dimuat", by_label(EditionScope)]


def _plan(editions: Editions) -> Pair:
    before, after = (
        [{**content["plan"], "scope": content["edition"].get("scope", "")}]
        for content in (editions.before, editions.after)
    )
    return before, after


class _PlaceRow(TypedDict):
    """A place of the outline with its text; `place` is where it stands, of one that has moved."""

    key: str
    title: Annotated[str, "Judul"]
    place: Annotated[str, "Letak", As(str)]
    lead: Annotated[str, "Pengantar pembuka bab"]
    body: Annotated[str, "Naskah", RichText()]
    pictures: Annotated[list[FrozenPicture], "Gambar", Rows("key", "{caption}", titled="key caption")]


def _places(editions: Editions) -> Pair:
    was, now = editions.places
    elsewhere = moved(was, now)

    def rows(content: Row, places: Mapping[str, OutlinePosition]) -> list[Row]:
        return [
            {
                **content["sections"].get(key, {}),
                "key": key,
                "title": place.node.title,
                "lead": place.node.lead,
                "body": place.node.body,
                "place": place.words if key in elsewhere else "",
            }
            for key, place in places.items()
        ]

    return rows(editions.before, was), rows(editions.after, now)


def _strategies(editions: Editions) -> Pair:
    """Strategies with the items they answer by what these are now, because their numbers are counted anew."""
    path = "swot.items"
    pairs = row_type_at(FrozenPlan, path).pairs(rows_at(editions.before, path), rows_at(editions.after, path))
    known = {old["number"]: new["number"] if new else f"-{old['number']}" for old, new in pairs if old}

    def rows(content: Row, identity: Mapping[str, str]) -> list[Row]:
        words = {row["number"]: f"{row['number']} {row['text']}" for row in rows_at(content, path)}
        return [
            {**row, "items": {identity.get(number, number): words.get(number, number) for number in row["items"]}}
            for row in rows_at(content, "swot.strategies")
        ]

    return rows(editions.before, known), rows(editions.after, {})


_READINESS, _SWOT, _DIMENSIONS, _MONITORING = (
    "kesiapan.hasil", "swot.matriks", "Dimensi dan sub-dimensi", "Pemantauan pelaksanaan",
)  # fmt: skip
# In the order in which they are told.
BLOCKS = (
    Block(PLAN, "plan", "Rencana induk", lasting=True, derive=_plan, derived=RowType(_PlanRow, Rows(title="{title}"))),
    Block(PLAN, "regency", "Profil daerah", lasting=True),
    Block(PLAN, "regency.facts", "Profil daerah"),
    Block(PLAN, "dimensions", _DIMENSIONS),
    Block(PLAN, "dimensions.sub_dimensions", _DIMENSIONS),
    Block(SECTIONS, "sections", home="{key}", derive=_places,
          derived=RowType(_PlaceRow, Rows("key", "{title}", titled="key title"))),
    Block(ANALYSES, "readiness", home=_READINESS, lasting=True),
    Block(ANALYSES, "readiness.cells", home=_READINESS, lasting=True),
    Block(ANALYSES, "gaps", home="gap.tabel"),
    Block(ANALYSES, "swot.items", home=_SWOT),
    Block(ANALYSES, "swot.strategies", home=_SWOT, derive=_strategies),
    Block(INITIATIVES, "initiatives", brief=True, coded=True, anchored=True),
    Block(PROGRAMS, "development_plan", "RPJMD", lasting=True),
    Block(PROGRAMS, "development_plan.missions", "Misi RPJMD", anchored=True),
    Block(PROGRAMS, "development_plan.programs", "Program RPJMD", brief=True, coded=True, anchored=True),
    Block(PROGRAMS, "strategic_plans", "Renstra", brief=True),
    Block(PROGRAMS, "strategic_plans.programs", "Program Renstra", brief=True, coded=True, anchored=True),
    Block(PROGRAMS, "set_aside", "Temuan yang dikesampingkan"),
    Block(MONITORING, "monitoring.quarters", _MONITORING),
    Block(MONITORING, "monitoring.reports", _MONITORING, anchored=True),
    Block(PLACE, "agencies", "Perangkat daerah", brief=True, anchored=True),
    Block(PLACE, "districts", "Kecamatan", brief=True),
)  # fmt: skip
