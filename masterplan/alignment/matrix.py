"""Lays a coverage out as tables: programs against initiatives below each objective, objectives against dimensions."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from masterplan.alignment.filters import EVERYTHING, AlignmentFilter
from masterplan.models import Dimension, Initiative
from masterplan.reasoning.coverage import NO_GROUP, NO_OBJECTIVE, Coverage, Program, ProgramGroup, TieMark
from masterplan.reference import LinkState


@dataclass(frozen=True)
class TieCell:
    """A tie as the table shows it; `label` is what a screen reader says instead of the sign."""

    mark: TieMark
    initiative: Initiative
    state: str
    label: str


@dataclass(frozen=True)
class ProgramRow:
    """A program with one cell for each initiative of its table; the total counts the initiatives of the whole plan.

    `through` says that only a Renstra program carries it out.
    """

    program: Program
    cells: list[TieCell | None]
    total: int
    through: bool = False

    @property
    def ties(self) -> list[TieCell]:
        """The cells that hold something."""
        return [cell for cell in self.cells if cell]


@dataclass(frozen=True)
class Band:
    """The columns of one dimension."""

    code: str
    name: str
    width: int


@dataclass(frozen=True)
class ObjectiveTable:
    """The table of one objective: its programs, and as columns the initiatives that are tied to one of them."""

    objective: ProgramGroup
    bands: list[Band]
    initiatives: list[Initiative]
    rows: list[ProgramRow]

    @property
    def width(self) -> int:
        """Columns of the table: the program's name, the initiatives, the total."""
        return len(self.initiatives) + 2


@dataclass(frozen=True)
class MissionBlock:
    """The tables of one mission, and what they come to: programs, ties shown, ties that wait, programs without any."""

    group: ProgramGroup
    parts: list[ObjectiveTable]
    programs: int
    ties: int
    waiting: int
    idle: int

    @property
    def rows(self) -> list[ProgramRow]:
        """The programs of all its objectives."""
        return [row for part in self.parts for row in part.rows]


@dataclass(frozen=True)
class Matrix:
    """All tables. Totals count the whole plan, so that a filter never makes a gap where there is none."""

    blocks: list[MissionBlock]

    @property
    def programs(self) -> int:
        """How many rows there are."""
        return sum(block.programs for block in self.blocks)

    @property
    def waiting(self) -> int:
        """How many of the cells wait for a decision."""
        return sum(block.waiting for block in self.blocks)


def groups_of(coverage: Coverage) -> list[ProgramGroup]:
    """The missions (or Renstra) that hold programs, in order."""
    return list(dict.fromkeys(program.group for program in coverage.programs))


def dimensions_of(coverage: Coverage) -> list[Dimension]:
    """The dimensions that hold initiatives, in order."""
    return list(dict.fromkeys(initiative.sub_dimension.dimension for initiative in coverage.initiatives))


def lay_out(coverage: Coverage, wanted: AlignmentFilter = EVERYTHING) -> Matrix:
    """The tables of `coverage`, as far as they are wanted."""
    marks = wanted.marks(coverage)
    tied = {program for program, _ in marks}
    shown = [p for p in coverage.programs if p.pk in tied or wanted.shows_program(p)]
    return Matrix([_block(coverage, marks, group, list(rows)) for group, rows in groupby(shown, key=lambda p: p.group)])


def _block(
    coverage: Coverage, marks: Mapping[tuple[int, int], TieMark], group: ProgramGroup, programs: list[Program]
) -> MissionBlock:
    parts = [
        _part(coverage, marks, objective, list(rows))
        for objective, rows in groupby(programs, key=lambda program: program.objective)
    ]
    ties = [cell for part in parts for row in part.rows for cell in row.ties]
    return MissionBlock(
        group=group,
        parts=parts,
        programs=len(programs),
        ties=len(ties),
        waiting=sum(cell.mark.state == LinkState.PROPOSED for cell in ties),
        idle=sum(not row.total and not row.through for part in parts for row in part.rows),
    )


def _part(
    coverage: Coverage, marks: Mapping[tuple[int, int], TieMark], objective: ProgramGroup, programs: list[Program]
) -> ObjectiveTable:
    keys = {program.pk for program in programs}
    columns = {initiative for program, initiative in marks if program in keys}
    initiatives = [initiative for initiative in coverage.initiatives if initiative.pk in columns]
    return ObjectiveTable(
        objective=objective,
        bands=list(_bands(initiatives)),
        initiatives=initiatives,
        rows=[_row(coverage, marks, program, initiatives) for program in programs],
    )


def _row(
    coverage: Coverage, marks: Mapping[tuple[int, int], TieMark], program: Program, initiatives: list[Initiative]
) -> ProgramRow:
    found = ((initiative, marks.get((program.pk, initiative.pk))) for initiative in initiatives)
    cells = [_cell(program, initiative, mark) if mark else None for initiative, mark in found]
    return ProgramRow(program, cells, coverage.by_program[program.pk], program.pk in coverage.through)


def _cell(program: Program, initiative: Initiative, mark: TieMark) -> TieCell:
    state = LinkState(mark.state).label.lower()
    return TieCell(mark, initiative, state, f"{initiative.code} dan {program.code or program.text}: {state}")


def _bands(initiatives: list[Initiative]) -> Iterator[Band]:
    for dimension, columns in groupby(initiatives, key=lambda initiative: initiative.sub_dimension.dimension):
        yield Band(dimension.code, dimension.name.removeprefix("Smart "), len(list(columns)))


# Objectives against dimensions ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DimensionShare:
    """How many initiatives of a dimension serve an objective, how many of these ties wait, and how dark it is drawn."""

    code: str
    count: int
    waiting: int
    heat: int


@dataclass(frozen=True)
class ObjectiveRow:
    """An objective with its shares by dimension; `programs` stand below it, `total` initiatives serve it."""

    objective: ProgramGroup
    shares: list[DimensionShare]
    programs: int
    total: int


@dataclass(frozen=True)
class ObjectiveBlock:
    """The objectives of one mission; `total` initiatives serve it, `idle` objectives are served by none."""

    group: ProgramGroup
    rows: list[ObjectiveRow]
    total: int
    idle: int


_Place = tuple[ProgramGroup, ProgramGroup]  # a mission, and an objective below it
# From how many initiatives on a cell is drawn darker.
_DARKER = (1, 4, 10)


def objectives_by_dimension(
    coverage: Coverage, codes: Sequence[str], wanted: AlignmentFilter = EVERYTHING
) -> list[ObjectiveBlock]:
    """Every objective of the RPJMD against the dimensions of `codes`, by mission; rejected ties serve nothing.

    With a filter only objectives that are left something, or whose programs fit by themselves.
    """
    served = _served(coverage, wanted)
    fitting = {_place(program) for program in coverage.programs if wanted.shows_program(program)}
    standing = Counter(_place(program) for program in coverage.programs)
    is_narrow = wanted != EVERYTHING
    found = []
    for group, pairs in groupby(_objectives(coverage), key=lambda pair: pair[0]):
        rows = [
            _objective_row(objective, codes, served.get((group, objective), {}), standing[group, objective])
            for _, objective in pairs
            if not is_narrow or (group, objective) in fitting or (group, objective) in served
        ]
        if rows:
            everyone = {pk for row in rows for pk in served.get((group, row.objective), {})}
            found.append(ObjectiveBlock(group, rows, len(everyone), sum(not row.total for row in rows)))
    return found


def _place(program: Program) -> _Place:
    return program.group, program.objective


def _objectives(coverage: Coverage) -> list[_Place]:
    """The objectives mission by mission; programs below none stand together as a row of their mission."""
    order = dict.fromkeys([*(mission for mission, _ in coverage.objectives), *groups_of(coverage)])
    loose = [_place(program) for program in coverage.programs if program.objective == NO_OBJECTIVE]
    pairs = list(dict.fromkeys([*coverage.objectives, *loose]))
    places = {group: place for place, group in enumerate(sorted(order, key=lambda group: group == NO_GROUP))}
    return sorted(pairs, key=lambda pair: places[pair[0]])


def _served(coverage: Coverage, wanted: AlignmentFilter) -> dict[_Place, dict[int, tuple[str, bool]]]:
    """By objective the initiatives that serve it: their dimension, and whether all their ties still wait."""
    places = {program.pk: _place(program) for program in coverage.programs}
    codes = {initiative.pk: initiative.sub_dimension.dimension.code for initiative in coverage.initiatives}
    found: dict[_Place, dict[int, tuple[str, bool]]] = {}
    for (program, initiative), mark in wanted.marks(coverage).items():
        if mark.state == LinkState.REJECTED:
            continue
        row = found.setdefault(places[program], {})
        waits = mark.state == LinkState.PROPOSED and row.get(initiative, ("", True))[1]
        row[initiative] = codes[initiative], waits
    return found


def _objective_row(
    objective: ProgramGroup, codes: Sequence[str], served: Mapping[int, tuple[str, bool]], programs: int
) -> ObjectiveRow:
    counts = Counter(code for code, _ in served.values())
    waiting = Counter(code for code, waits in served.values() if waits)
    shares = [
        DimensionShare(code, counts[code], waiting[code], sum(counts[code] >= step for step in _DARKER))
        for code in codes
    ]
    return ObjectiveRow(objective, shares, programs, len(served))
