"""The snapshot by id: who leads what, which initiatives answer a program, where a thing is described."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from masterplan.documents.contents.numbering import anchor, section_anchor
from masterplan.documents.frozen import with_every_answer
from masterplan.registry import FIELDS, SheetGroup

Row = Mapping[str, Any]

# Places that others refer to, wherever a regency puts them.
MATRIX, PROGRAMS, STRATEGIC_PLANS = map(
    section_anchor, ("lampiran.keselarasan", "lampiran.program", "lampiran.renstra")
)
INDEX, REVIEW = map(section_anchor, ("lampiran.indeks", "lampiran.telaah"))
ROADMAP = "peta-jalan"
ROADMAP_FIGURE = anchor("gambar", ROADMAP)


@dataclass(frozen=True)
class Lookup:
    """Indexes over one snapshot. Ids are the snapshot's own and serve as anchors in the book.

    `previous` is the content of the edition since which the book tells the changes.
    """

    content: Row
    agencies: dict[str, Row]
    districts: dict[str, Row]
    dimensions: dict[str, Row]
    programs: dict[str, Row]
    strategic_programs: dict[str, Row]
    initiatives: tuple[Row, ...]
    links: dict[str, list[tuple[Row, Row]]]
    previous: Row | None = None
    whole: dict[str, Row] = field(default_factory=dict)

    def section(self, key: str) -> Row:
        """Title and body of a section; empty texts where nobody has written it."""
        found: Row = self.content["sections"].get(key) or {"title": "", "body": ""}
        return found

    def of_dimension(self, code: str) -> list[Row]:
        """Initiatives of one dimension in book order."""
        return [initiative for initiative in self.initiatives if initiative["dimension"] == code]

    def of_sub_dimension(self, code: str, key: str) -> list[Row]:
        """Initiatives of one sub-dimension in book order."""
        return [initiative for initiative in self.of_dimension(code) if initiative["sub_dimension"] == key]

    def answering(self, element_id: str, *states: str) -> list[tuple[Row, Row]]:
        """(initiative, link) pairs that point at a program, in book order; all states where none is named."""
        return [pair for pair in self.links.get(element_id, []) if not states or pair[1]["state"] in states]

    def missions(self) -> list[tuple[Row, list[Row]]]:
        """Missions of the RPJMD with their programs; programs without a mission come last under a row that says so."""
        plan = self.content["development_plan"]
        groups: list[tuple[Row, list[Row]]] = [
            (mission, [program for program in plan["programs"] if program["mission_id"] == mission["id"]])
            for mission in plan["missions"]
        ]
        known = {mission["id"] for mission in plan["missions"]}
        if orphans := [program for program in plan["programs"] if program["mission_id"] not in known]:
            groups.append(({"id": "", "code": "", "text": "Program yang belum ditempatkan pada misi"}, orphans))
        return groups

    def element(self, element_id: str) -> Row | None:
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
    links: dict[str, list[tuple[Row, Row]]] = defaultdict(list)
    for initiative in initiatives:
        for link in initiative["links"]:
            links[link["element_id"]].append((initiative, link))
    return Lookup(
        content=content,
        agencies=_by_id(content["agencies"]),
        districts=_by_id(content["districts"]),
        dimensions=dimensions,
        programs=_by_id(content["development_plan"]["programs"]),
        strategic_programs=_by_id(program for renstra in content["strategic_plans"] for program in renstra["programs"]),
        initiatives=initiatives,
        links=dict(links),
        previous=previous,
        whole=_by_id(content["initiatives"]),
    )


def dimension_anchor(code: str) -> str:
    """Where a dimension's action plan begins."""
    return section_anchor(f"rencana-aksi.tabel-{code.lower()}")


def strategy_anchor(name: str) -> str:
    """Where the strategy of a dimension (by its code) or sub-dimension (by its key) is written."""
    return section_anchor(f"strategi.{name.lower()}")


def sub_dimension_name(plan: Lookup, initiative: Row) -> str:
    """The sub-dimension of an initiative in words, or an empty text."""
    dimension = plan.dimensions.get(initiative["dimension"], {"sub_dimensions": ()})
    return next((sub["name"] for sub in dimension["sub_dimensions"] if sub["key"] == initiative["sub_dimension"]), "")


def only_on_sheet() -> frozenset[str]:
    """Keys of a snapshot's initiatives that no part shows but the sheet of their initiative."""
    keys = [key for key, asked in FIELDS.items() if asked.printed_in is not SheetGroup.OWN and not asked.listed]
    return frozenset({*keys, *(f"{key}_label" for key in keys)})


def _listed(initiatives: Iterable[Row]) -> list[Row]:
    hidden = only_on_sheet()
    return [{key: value for key, value in row.items() if key not in hidden} for row in initiatives]


def _by_id(rows: Iterable[Row]) -> dict[str, Row]:
    return {row["id"]: row for row in rows}


def _natural(code: str) -> list[tuple[int, str]]:
    return [(int(word), "") if word.isdigit() else (-1, word) for word in re.findall(r"\d+|\D+", code)]
