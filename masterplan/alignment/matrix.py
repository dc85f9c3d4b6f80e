"""Lays a coverage out as a table: missions and their programs down, dimensions and their initiatives across."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from masterplan.models import Dimension, Initiative
from masterplan.reference import LinkState

from .coverage import Coverage, Group, Mark, Program


@dataclass(frozen=True)
class Cell:
    """A tie as the table shows it; `label` is what a screen reader says instead of the sign."""

    mark: Mark
    initiative: Initiative
    state: str
    label: str


@dataclass(frozen=True)
class Row:
    """A program with one cell for each initiative shown; the total counts the initiatives of the whole plan."""

    program: Program
    cells: list[Cell | None]
    total: int

    @property
    def ties(self) -> list[Cell]:
        """The cells that hold something."""
        return [cell for cell in self.cells if cell]


@dataclass(frozen=True)
class Block:
    """The rows of one mission."""

    group: Group
    rows: list[Row]


@dataclass(frozen=True)
class Band:
    """The columns of one dimension."""

    code: str
    name: str
    width: int


@dataclass(frozen=True)
class Matrix:
    """The table. Totals count the whole plan, so that a filter never makes a hole where there is none."""

    blocks: list[Block]
    bands: list[Band]
    initiatives: list[Initiative]
    totals: list[int]
    total: int

    @property
    def width(self) -> int:
        """Columns of the table: the program's name, the initiatives, the total."""
        return len(self.initiatives) + 2


def groups_of(coverage: Coverage) -> list[Group]:
    """The missions (or Renstra) that hold programs, in order."""
    return list(dict.fromkeys(program.group for program in coverage.programs))


def dimensions_of(coverage: Coverage) -> list[Dimension]:
    """The dimensions that hold initiatives, in order."""
    return list(dict.fromkeys(initiative.sub_dimension.dimension for initiative in coverage.initiatives))


def lay_out(coverage: Coverage, *, group: int | None = None, dimension: str = "") -> Matrix:
    """The table of `coverage`, or of one mission (id) and one dimension (code)."""
    initiatives = [i for i in coverage.initiatives if dimension in ("", i.sub_dimension.dimension.code)]
    programs = [p for p in coverage.programs if group in (None, p.group.pk)]
    rows = (_row(coverage, program, initiatives) for program in programs)
    return Matrix(
        blocks=[Block(group, list(found)) for group, found in groupby(rows, key=lambda row: row.program.group)],
        bands=list(_bands(initiatives)),
        initiatives=initiatives,
        totals=[coverage.by_initiative[initiative.pk] for initiative in initiatives],
        total=coverage.by_initiative.total(),
    )


def _row(coverage: Coverage, program: Program, initiatives: list[Initiative]) -> Row:
    marks = ((initiative, coverage.marks.get((program.pk, initiative.pk))) for initiative in initiatives)
    cells = [_cell(program, initiative, mark) if mark else None for initiative, mark in marks]
    return Row(program, cells, coverage.by_program[program.pk])


def _cell(program: Program, initiative: Initiative, mark: Mark) -> Cell:
    state = LinkState(mark.state).label.lower()
    return Cell(mark, initiative, state, f"{initiative.code} dan {program.code or program.text}: {state}")


def _bands(initiatives: list[Initiative]) -> Iterator[Band]:
    for dimension, columns in groupby(initiatives, key=lambda initiative: initiative.sub_dimension.dimension):
        yield Band(dimension.code, dimension.name.removeprefix("Smart "), len(list(columns)))
