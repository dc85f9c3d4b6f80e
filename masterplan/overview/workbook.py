"""The overview as an Excel file to sort, print and take to a meeting: what the page shows, row by row."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from agencies.models import Regency
from masterplan.books.formats.lists import list_workbook
from masterplan.books.formats.table import table
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
    sheet = table(
        "Ikhtisar",
        "Satu baris untuk setiap perangkat daerah",
        rows,
        [
            ("Perangkat daerah", CellKind.TEXT, lambda row: row.agency.name),
            ("Singkatan", CellKind.LINE, lambda row: row.agency.short_name),
            *((step.label, CellKind.SCORE, partial(_count, step)) for step in steps),
            ("Kelengkapan rata-rata (%)", CellKind.SCORE, lambda row: row.completeness),
            ("Catatan terbuka", CellKind.SCORE, lambda row: row.open_threads),
            (
                "Perubahan terakhir",
                CellKind.DATE,
                lambda row: regency.local(row.last_change).date().isoformat() if row.last_change else None,
            ),
            (
                "Batas kirim",
                CellKind.TEXT,
                lambda row: format_deadline(regency.local(row.due)) if row.due else None,
            ),
            ("Sisa hari", CellKind.SCORE, lambda row: row.days_left),
            ("Keterangan", CellKind.LINE, _remark),
        ],
    )
    stage = f"Batas kirim Tahap {workshop.stage}" if workshop else "Belum ada batas kirim"
    note = f"{stage}. Negatif pada sisa hari berarti sudah lewat."
    return list_workbook([sheet], regency, title=f"Ikhtisar {regency.full_name}", now=now, lines=[note])


def _count(step: InitiativeStatus, row: AgencyProgress) -> int:
    return row.counts[step]


def _remark(row: AgencyProgress) -> str:
    """What the page says by colour and words beside the number of days."""
    remarks = (
        (row.is_late, "terlambat"),
        (not row.owes, "sudah dikirim"),
        (row.is_extended, "diperpanjang"),
    )
    return ", ".join(words for holds, words in remarks if holds)
