"""Reports of progress as a table for Excel. Editions frozen before there were some have no rows."""

from masterplan.books.chapters.annexes.monitoring import monitored
from masterplan.books.chapters.lookup import Lookup
from masterplan.books.formats.table import SEPARATOR, Table, Value, table
from masterplan.editions.schema import FrozenReport, Row
from masterplan.progress.quarters import Quarter
from smartcity.common.workbooks.cells import CellKind

_TEXT = CellKind.TEXT


def reports(plan: Lookup) -> Table:
    """The reports of the last quarters, in the order of the quarters."""
    known = {initiative["id"]: initiative for initiative in plan.initiatives}
    columns = (
        ("Kode", CellKind.NOTED, lambda row: known[row["id"]]["code"]),
        ("Inisiatif", CellKind.LINE, lambda row: known[row["id"]]["name"]),
        ("Triwulan", CellKind.CHOICE, lambda row: Quarter(row["year"], row["number"]).label),
        ("Dilaporkan", CellKind.DATE, "date"), ("Hari terlambat", CellKind.SCORE, "days_late"),
        ("Keadaan", CellKind.CHOICE, "state_label"), ("Realisasi keluaran", _TEXT, "output"),
        ("Masalah", _TEXT, "problem"), ("Tindak lanjut", _TEXT, "follow_up"),
        ("Realisasi anggaran (rupiah)", CellKind.MONEY, _spent),
        ("Menurut sumber dana", _TEXT, lambda row: _listed(row["amounts"], "{source_label}: {amount}")),
        ("Capaian indikator", _TEXT, lambda row: _listed(row["values"], "{name}: {text} {unit}")),
        ("Bukti", CellKind.SEVERAL, lambda row: _listed(row["evidence"], "{title}")),
    )  # fmt: skip
    rows = [row for row in monitored(plan)["reports"] if row["id"] in known]
    return table("Laporan kemajuan", "Satu baris satu laporan triwulanan.", rows, columns)


def _spent(report: FrozenReport) -> Value:
    return sum(row["amount"] for row in report["amounts"]) if report["amounts"] else None


def _listed(rows: list[Row], form: str) -> str:
    return SEPARATOR.join(form.format_map(row).strip() for row in rows)
