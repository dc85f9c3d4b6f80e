"""The snapshot by id: who leads what, which initiatives answer a program, where a thing is described."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar, cast

from masterplan.editions.frozen import with_every_answer
from masterplan.editions.numbering import anchor, section_anchor
from masterplan.editions.schema import (
    FrozenAgency,
    FrozenDimension,
    FrozenDistrict,
    FrozenGap,
    FrozenInitiative,
    FrozenLink,
    FrozenMission,
    FrozenPlan,
    FrozenProgram,
    FrozenSection,
    FrozenStrategicProgram,
    ListedInitiative,
    Row,
)
from masterplan.registry import FIELDS, SheetGroup

# Places that others refer to, wherever a regency puts them.
MATRIX, PROGRAMS, STRATEGIC_PLANS = map(
    section_anchor, ("lampiran.keselarasan", "lampiran.program", "lampiran.renstra")
)
INDEX, REVIEW = map(section_anchor, ("lampiran.indeks", "lampiran.telaah"))
ROADMAP = "peta-jalan"
ROADMAP_FIGURE = anchor("gambar", ROADMAP)

_Known = TypeVar("_Known", bound=Row)


@dataclass(frozen=True)
class Lookup:
    """Indexes over one snapshot. Ids are the snapshot's own and serve as anchors in the book.

    `initiatives` are the rows for lists and sums, `in_full` those with every answer; both in book order. `previous` is
    the content of the edition since which the book tells the changes.
    """

    content: FrozenPlan
    agencies: dict[str, FrozenAgency]
    districts: dict[str, FrozenDistrict]
    dimensions: dict[str, FrozenDimension]
    programs: dict[str, FrozenProgram]
    strategic_programs: dict[str, FrozenStrategicProgram]
    initiatives: tuple[ListedInitiative, ...]
    links: dict[str, list[tuple[ListedInitiative, FrozenLink]]]
    previous: FrozenPlan | None = None
    whole: dict[str, FrozenInitiative] = field(default_factory=dict)

    @property
    def in_full(self) -> list[FrozenInitiative]:
        """The initiatives with the answers that lists leave out, such as risks; a part that holds them is made anew
        whenever one of them changes.
        """
        return [self.whole[initiative["id"]] for initiative in self.initiatives]

    @property
    def gaps(self) -> list[FrozenGap]:
        """The gaps of Buku 1; editions frozen before there were any have none."""
        return self.content.get("gaps", [])

    def section(self, key: str) -> FrozenSection:
        """Title and body of a section; empty texts where nobody has written it."""
        return self.content["sections"].get(key) or {"title": "", "body": ""}

    def dimension_name(self, code: str, unknown: str = "") -> str:
        """The name of a dimension, or `unknown` where the edition has none of this code."""
        return self.dimensions[code]["name"] if code in self.dimensions else unknown

    def of_dimension(self, code: str) -> list[ListedInitiative]:
        """Initiatives of one dimension in book order."""
        return [initiative for initiative in self.initiatives if initiative["dimension"] == code]

    def of_sub_dimension(self, code: str, key: str) -> list[ListedInitiative]:
        """Initiatives of one sub-dimension in book order."""
        return [initiative for initiative in self.of_dimension(code) if initiative["sub_dimension"] == key]

    def answering(self, element_id: str, *states: str) -> list[tuple[ListedInitiative, FrozenLink]]:
        """(initiative, link) pairs that point at a program, in book order; all states where none is named."""
        return [pair for pair in self.links.get(element_id, []) if not states or pair[1]["state"] in states]

    def missions(self) -> list[tuple[FrozenMission, list[FrozenProgram]]]:
        """Missions of the RPJMD with their programs; programs without a mission come last under a row that says so."""
        plan = self.content["development_plan"]
        groups: list[tuple[FrozenMission, list[FrozenProgram]]] = [
            (mission, [program for program in plan["programs"] if program["mission_id"] == mission["id"]])
            for mission in plan["missions"]
        ]
        known = {mission["id"] for mission in plan["missions"]}
        if orphans := [program for program in plan["programs"] if program["mission_id"] not in known]:
            groups.append(({"id": "", "code": "", "text": "Program yang belum ditempatkan pada misi"}, orphans))
        return groups

    def element(self, element_id: str) -> FrozenProgram | FrozenStrategicProgram | None:
        """The RPJMD or Renstra program with this id."""
        return self.programs.get(element_id) or self.strategic_programs.get(element_id)


def index(content: Row, previous: Row | None = None, *, listed: bool = False) -> Lookup:
    """Build the indexes of a snapshot. Initiatives are ordered by dimension, then by code as numbers are counted.

    `listed`: they come without the answers that only their own sheet prints, so that a part which lists them stays the
    same while somebody writes there. `whole` has them with all answers, by id.
    """
    content = with_every_answer(content)
    dimensions = {dimension["code"]: dimension for dimension in content["dimensions"]}
    order = {code: place for place, code in enumerate(dimensions)}
    rows = _listed(content["initiatives"]) if listed else content["initiatives"]
    initiatives = tuple(sorted(rows, key=lambda row: (order.get(row["dimension"], len(order)), _natural(row["code"]))))
    links: dict[str, list[tuple[ListedInitiative, FrozenLink]]] = defaultdict(list)
    for initiative in initiatives:
        for link in initiative["links"]:
            links[link["element_id"]].append((initiative, link))
    return Lookup(
        content=cast(FrozenPlan, content),
        agencies=_by_id(content["agencies"]),
        districts=_by_id(content["districts"]),
        dimensions=dimensions,
        programs=_by_id(content["development_plan"]["programs"]),
        strategic_programs=_by_id(program for renstra in content["strategic_plans"] for program in renstra["programs"]),
        initiatives=initiatives,
        links=dict(links),
        previous=cast(FrozenPlan | None, previous),
        whole=_by_id(content["initiatives"]),
    )


def dimension_anchor(code: str) -> str:
    """Where a dimension's action plan begins."""
    return section_anchor(f"rencana-aksi.tabel-{code.lower()}")


def strategy_anchor(name: str) -> str:
    """Where the strategy of a dimension (by its code) or sub-dimension (by its key) is written."""
    return section_anchor(f"strategi.{name.lower()}")


def sub_dimension_name(plan: Lookup, row: Row) -> str:
    """The sub-dimension of an initiative or a gap in words, or an empty text."""
    dimension = plan.dimensions.get(row["dimension"])
    subs = dimension["sub_dimensions"] if dimension else []
    return next((sub["name"] for sub in subs if sub["key"] == row["sub_dimension"]), "")


def only_on_sheet() -> frozenset[str]:
    """Keys of a snapshot's initiatives that no part shows but the sheet of their initiative."""
    keys = [key for key, asked in FIELDS.items() if asked.printed_in is not SheetGroup.OWN and not asked.listed]
    return frozenset({*keys, *(f"{key}_label" for key in keys)})


def _listed(initiatives: Iterable[Row]) -> list[ListedInitiative]:
    hidden = only_on_sheet()
    rows = [{key: value for key, value in row.items() if key not in hidden} for row in initiatives]
    return cast(list[ListedInitiative], rows)


def _by_id(rows: Iterable[_Known]) -> dict[str, _Known]:
    return {row["id"]: row for row in rows}


def _natural(code: str) -> list[tuple[int, str]]:
    return [(int(word), "") if word.isdigit() else (-1, word) for word in re.findall(r"\d+|\D+", code)]
