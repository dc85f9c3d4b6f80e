"""The alignment as tables for Excel: the matrix, objectives against dimensions, every link, and the gaps.

Data only; `books.formats.workbook` writes them, without a formula anywhere.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from masterplan.alignment.filters import AlignmentFilter
from masterplan.alignment.gaps import GapGroup
from masterplan.alignment.matrix import Matrix, ObjectiveBlock, ProgramRow
from masterplan.books.formats.table import SEPARATOR, Table, Value, table
from masterplan.models import Initiative
from masterplan.reasoning.coverage import Coverage
from masterplan.reference import LinkState
from smartcity.common.workbooks.cells import CellKind

_COUNT, _SHORT, _TEXT = CellKind.SCORE, CellKind.NOTED, CellKind.TEXT


def matrix_table(coverage: Coverage, matrix: Matrix) -> Table:
    """Every program that is shown, with a column for each initiative that is linked to one of them."""
    rows = [row for block in matrix.blocks for row in block.rows]
    states = {(row.program.pk, cell.initiative.pk): cell.state for row in rows for cell in row.ties}
    shown = {initiative for _, initiative in states}

    def state_in(initiative: Initiative, row: ProgramRow) -> Value:
        return states.get((row.program.pk, initiative.pk))

    return table(
        "Matriks",
        "Satu baris satu program, satu kolom satu inisiatif yang tertaut. Jumlahnya menghitung seluruh rencana.",
        rows,
        [
            ("Kode", _SHORT, lambda row: row.program.code),
            ("Program RPJMD", _TEXT, lambda row: row.program.text),
            ("Misi", CellKind.LINE, lambda row: row.program.group.label),
            ("Sasaran", CellKind.LINE, lambda row: row.program.objective.label),
            ("Penanggung jawab", CellKind.LINE, lambda row: row.program.agency),
            ("Inisiatif", _COUNT, lambda row: row.total),
            *(
                (initiative.code, _SHORT, partial(state_in, initiative))
                for initiative in coverage.initiatives
                if initiative.pk in shown
            ),
        ],
        sparse=True,
    )


def objectives_table(blocks: Sequence[ObjectiveBlock], names: Mapping[str, str]) -> Table:
    """Objectives against the dimensions of `names` (by code): how many initiatives serve them."""
    rows = [(block.group, row) for block in blocks for row in block.rows]
    counts = {(group, row.objective, share.code): share.count for group, row in rows for share in row.shares}
    return table(
        "Sasaran dan dimensi",
        "Satu baris satu sasaran: berapa inisiatif tiap dimensi yang mendukungnya. Yang ditolak tidak dihitung.",
        rows,
        [
            ("Sasaran RPJMD", _TEXT, lambda each: each[1].objective.label),
            ("Misi", CellKind.LINE, lambda each: each[0].label),
            ("Program", _COUNT, lambda each: each[1].programs),
            *(
                (name, _COUNT, lambda each, code=code: counts[each[0], each[1].objective, code])
                for code, name in names.items()
            ),
            ("Inisiatif", _COUNT, lambda each: each[1].total),
        ],
    )


def links_table(coverage: Coverage, search: AlignmentFilter) -> Table:
    """Every link that is shown, for sorting and counting."""
    programs = {program.pk: program for program in coverage.programs}
    initiatives = {initiative.pk: initiative for initiative in coverage.initiatives}
    rows = [
        (initiatives[initiative], programs[program], LinkState(mark.state).label.lower())
        for (program, initiative), mark in search.marks(coverage).items()
    ]
    return table(
        "Tautan",
        "Satu baris satu tautan antara inisiatif dan program.",
        sorted(rows, key=lambda row: (row[0].code, row[1].code)),
        [
            ("Kode inisiatif", _SHORT, lambda row: row[0].code),
            ("Inisiatif", CellKind.LINE, lambda row: row[0].name),
            ("Penanggung jawab inisiatif", CellKind.LINE, lambda row: row[0].lead_agency.name),
            ("Dimensi", CellKind.CHOICE, lambda row: row[0].sub_dimension.dimension.name),
            ("Kode program", _SHORT, lambda row: row[1].code),
            ("Program RPJMD", _TEXT, lambda row: row[1].text),
            ("Penanggung jawab program", CellKind.LINE, lambda row: row[1].agency),
            ("Misi", CellKind.LINE, lambda row: row[1].group.label),
            ("Keadaan", _SHORT, lambda row: row[2]),
        ],
    )


def gaps_table(groups: Sequence[GapGroup], agencies: Mapping[int, str]) -> Table:
    """What is missing on either side, and which agencies are responsible."""
    return table(
        "Yang masih kosong",
        "Satu baris satu kekosongan, seluruh rencana.",
        [(group.check, gap) for group in groups for gap in group.gaps],
        [
            ("Yang kosong", CellKind.CHOICE, lambda row: row[0].title),
            ("Nama", _TEXT, lambda row: row[1].finding.name),
            (
                "Penanggung jawab",
                CellKind.SEVERAL,
                lambda row: SEPARATOR.join(agencies[pk] for pk in row[1].agencies if pk in agencies) or "Diskominfo",
            ),
            ("Alasan dibiarkan", _TEXT, lambda row: row[1].reason),
        ],
    )
