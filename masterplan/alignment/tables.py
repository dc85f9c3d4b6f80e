"""The alignment as tables for Excel: the matrix, objectives against dimensions, every tie, and what is missing.

Data only; `books.formats.workbook` writes them, without a formula anywhere.
"""

from collections.abc import Mapping, Sequence

from masterplan.alignment.coverage_filter import CoverageFilter
from masterplan.alignment.gaps import GapGroup
from masterplan.books.formats.table import SEPARATOR, Table, Values, column
from masterplan.reasoning.coverage import Coverage
from masterplan.reference import LinkState
from smartcity.common.workbooks.cells import CellKind

from .matrix import Matrix, ObjectiveBlock

_COUNT, _SHORT, _TEXT = CellKind.SCORE, CellKind.NOTED, CellKind.TEXT


def matrix_table(coverage: Coverage, laid_out: Matrix) -> Table:
    """Every program that is shown, with a column for each initiative that is tied to one of them."""
    rows = [row for block in laid_out.blocks for row in block.rows]
    states = {
        (row.program.pk, cell.initiative.pk): LinkState(cell.mark.state).label.lower()
        for row in rows
        for cell in row.ties
    }
    shown = {initiative for _, initiative in states}
    initiatives = [initiative for initiative in coverage.initiatives if initiative.pk in shown]
    columns = (
        column("Kode", _SHORT),
        column("Program RPJMD", _TEXT),
        column("Misi"),
        column("Sasaran"),
        column("Penanggung jawab"),
        column("Inisiatif", _COUNT),
        *(column(initiative.code, _SHORT) for initiative in initiatives),
    )
    values: list[Values] = [
        [
            row.program.code,
            row.program.text,
            row.program.group.label,
            row.program.objective.label,
            row.program.agency,
            row.total,
            *(states.get((row.program.pk, initiative.pk)) for initiative in initiatives),
        ]
        for row in rows
    ]
    what = "Satu baris satu program, satu kolom satu inisiatif yang tertaut. Jumlahnya menghitung seluruh rencana."
    return Table("Matriks", what, columns, values, sparse=True)


def objectives_table(blocks: Sequence[ObjectiveBlock], names: Mapping[str, str]) -> Table:
    """Objectives against the dimensions of `names` (by code): how many initiatives serve them."""
    columns = (
        column("Sasaran RPJMD", _TEXT),
        column("Misi"),
        column("Program", _COUNT),
        *(column(name, _COUNT) for name in names.values()),
        column("Inisiatif", _COUNT),
    )
    rows: list[Values] = [
        [row.objective.label, block.group.label, row.programs, *(share.count for share in row.shares), row.total]
        for block in blocks
        for row in block.rows
    ]
    what = "Satu baris satu sasaran: berapa inisiatif tiap dimensi yang mendukungnya. Yang ditolak tidak dihitung."
    return Table("Sasaran dan dimensi", what, columns, rows)


def ties_table(coverage: Coverage, wanted: CoverageFilter) -> Table:
    """Every tie that is shown, for sorting and counting."""
    programs = {program.pk: program for program in coverage.programs}
    initiatives = {initiative.pk: initiative for initiative in coverage.initiatives}
    columns = (
        column("Kode inisiatif", _SHORT),
        column("Inisiatif"),
        column("Penanggung jawab inisiatif"),
        column("Dimensi", CellKind.CHOICE),
        column("Kode program", _SHORT),
        column("Program RPJMD", _TEXT),
        column("Penanggung jawab program"),
        column("Misi"),
        column("Keadaan", _SHORT),
    )
    rows: list[Values] = []
    for (program_pk, initiative_pk), mark in wanted.marks(coverage).items():
        program, initiative = programs[program_pk], initiatives[initiative_pk]
        rows.append(
            [
                initiative.code,
                initiative.name,
                initiative.lead_agency.name,
                initiative.sub_dimension.dimension.name,
                program.code,
                program.text,
                program.agency,
                program.group.label,
                LinkState(mark.state).label.lower(),
            ]
        )
    return Table("Tautan", "Satu baris satu tautan antara inisiatif dan program.", columns, sorted(rows, key=_by_codes))


def gaps_table(groups: Sequence[GapGroup], agencies: Mapping[int, str]) -> Table:
    """What is missing on either side, and who answers for it."""
    columns = (
        column("Yang kosong", CellKind.CHOICE),
        column("Nama", _TEXT),
        column("Penanggung jawab", CellKind.SEVERAL),
        column("Alasan dibiarkan", _TEXT),
    )
    rows: list[Values] = [
        [
            group.check.title,
            gap.finding.name,
            SEPARATOR.join(agencies[pk] for pk in gap.agencies if pk in agencies) or "Diskominfo",
            gap.reason,
        ]
        for group in groups
        for gap in group.gaps
    ]
    return Table("Yang masih kosong", "Satu baris satu kekosongan, seluruh rencana.", columns, rows)


def _by_codes(row: Values) -> tuple[str, str]:
    return str(row[0]), str(row[4])
