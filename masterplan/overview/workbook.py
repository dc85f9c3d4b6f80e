"""The overview as an Excel file to sort, print and take to a meeting: what the page shows, row by row."""

from collections.abc import Sequence
from datetime import datetime

from agencies.models import Regency
from masterplan.books.formats.lists import list_workbook
from masterplan.books.formats.table import Table, Values, column
from masterplan.models import Workshop
from masterplan.overview.progress import AgencyProgress
from masterplan.reference import InitiativeStatus
from smartcity.common.formatting import format_deadline
from smartcity.common.workbooks.cells import CellKind


def overview_workbook(
    rows: Sequence[AgencyProgress],
    steps: Sequence[InitiativeStatus],
    regency: Regency,
    *,
    workshop: Workshop | None,
    now: datetime,
) -> bytes:
    """The file's bytes. Times are those of the regency."""
    columns = (
        column("Perangkat daerah", CellKind.TEXT),
        column("Singkatan"),
        *(column(step.label, CellKind.SCORE) for step in steps),
        column("Kelengkapan rata-rata (%)", CellKind.SCORE),
        column("Catatan terbuka", CellKind.SCORE),
        column("Perubahan terakhir", CellKind.DATE),
        column("Batas kirim", CellKind.TEXT),
        column("Sisa hari", CellKind.SCORE),
        column("Keterangan"),
    )
    what = "Satu baris untuk setiap perangkat daerah"
    table = Table("Ikhtisar", what, columns, [_values(row, steps, regency) for row in rows])
    stage = f"Batas kirim Tahap {workshop.stage}" if workshop else "Belum ada batas kirim"
    told = f"{stage}. Negatif pada sisa hari berarti sudah lewat."
    return list_workbook([table], regency, title=f"Ikhtisar {regency.full_name}", now=now, lines=[told])


def _values(row: AgencyProgress, steps: Sequence[InitiativeStatus], regency: Regency) -> Values:
    return [
        row.agency.name,
        row.agency.short_name,
        *(row.counts[step] for step in steps),
        row.completeness,
        row.open_threads,
        regency.local(row.last_change).date().isoformat() if row.last_change else None,
        format_deadline(regency.local(row.due)) if row.due else None,
        row.days_left,
        _remark(row),
    ]


def _remark(row: AgencyProgress) -> str:
    """What the page says by colour and words beside the number of days."""
    told = (
        (row.is_late, "terlambat"),
        (not row.owes, "sudah dikirim"),
        (row.is_extended, "diperpanjang"),
    )
    return ", ".join(words for holds, words in told if holds)
