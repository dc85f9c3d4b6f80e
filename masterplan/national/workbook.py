"""The desk of all regencies as an Excel file: what the page shows, row by row, with every figure as a number."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.utils import timezone

from masterplan.books.formats.lists import plain_workbook
from masterplan.books.formats.table import table
from masterplan.national.desk import DeskRow
from smartcity.common.workbooks.cells import CellKind

# Head of a column and the figure below it.
_FIGURES: tuple[tuple[str, str], ...] = (
    ("Perangkat daerah", "agencies"),
    ("Perangkat daerah sudah mengirim", "agencies_sent"),
    ("Inisiatif", "initiatives"),
    ("Inisiatif dikirim", "sent"),
    ("Inisiatif disetujui", "approved"),
    ("Quick win", "quick_wins"),
    ("Kelengkapan (%)", "completeness"),
    ("Program RPJMD", "programs"),
    ("Program RPJMD tercakup", "programs_covered"),
    ("Temuan terbuka", "findings"),
    ("Edisi", "editions"),
    ("Laporan kemajuan", "reports"),
)


def desk_workbook(rows: Sequence[DeskRow], *, author: str, now: datetime) -> bytes:
    """The file's bytes; one row a regency, those not begun included. Money is in rupiah."""
    today = timezone.localdate(now)
    sheet = table(
        "Wilayah",
        "Satu baris untuk setiap kabupaten/kota",
        rows,
        [
            ("Kode", CellKind.LINE, lambda row: row.region.code),
            ("Kabupaten/kota", CellKind.TEXT, lambda row: row.region.full_name),
            ("Provinsi", CellKind.LINE, lambda row: row.region.province.name),
            ("Putaran", CellKind.LINE, lambda row: row.round.name if row.round else None),
            ("Klaster", CellKind.LINE, lambda row: row.cluster.name if row.cluster else None),
            ("Keadaan", CellKind.LINE, lambda row: row.state.label),
            *((head, CellKind.SCORE, partial(_figure, name)) for head, name in _FIGURES),
            ("Anggaran (rupiah)", CellKind.MONEY, partial(_figure, "budget")),
            ("Tahap berikutnya", CellKind.LINE, lambda row: row.stage.get_kind_display() if row.stage else None),
            ("Tenggat", CellKind.DATE, lambda row: row.stage.deadline.isoformat() if row.stage else None),
            ("Sisa hari", CellKind.SCORE, lambda row: row.days_left(today)),
            ("Kegiatan terakhir", CellKind.DATE, _last_day),
        ],
    )
    note = "Negatif pada sisa hari berarti sudah lewat. Angka yang kosong: wilayah belum memulai."
    return plain_workbook(
        [sheet], title="Wilayah dalam program", author=author, here=timezone.localtime(now), lines=[note]
    )


def _figure(name: str, row: DeskRow) -> Any:
    return getattr(row.figures, name) if row.figures else None


def _last_day(row: DeskRow) -> str | None:
    moment = row.last_activity
    return timezone.localdate(moment).isoformat() if moment else None
