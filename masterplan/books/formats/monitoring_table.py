"""Reports of progress as a table for Excel. Editions frozen before there were some have no rows."""

from masterplan.books.chapters.annexes.monitoring import monitored
from masterplan.books.chapters.lookup import Lookup
from masterplan.books.formats.table import SEPARATOR, Table, Values, column
from masterplan.progress.quarters import Quarter
from smartcity.common.workbooks.cells import CellKind

_TEXT = CellKind.TEXT


def reports(plan: Lookup) -> Table:
    """The reports of the last quarters, in the order of the quarters."""
    known = {initiative["id"]: initiative for initiative in plan.initiatives}
    columns = (
        column("Kode", CellKind.NOTED), column("Inisiatif"), column("Triwulan", CellKind.CHOICE),
        column("Dilaporkan", CellKind.DATE), column("Hari terlambat", CellKind.SCORE),
        column("Keadaan", CellKind.CHOICE),
        column("Realisasi keluaran", _TEXT), column("Masalah", _TEXT), column("Tindak lanjut", _TEXT),
        column("Realisasi anggaran (rupiah)", CellKind.MONEY), column("Menurut sumber dana", _TEXT),
        column("Capaian indikator", _TEXT), column("Bukti", CellKind.SEVERAL),
    )  # fmt: skip
    rows: list[Values] = [
        [
            known[row["id"]]["code"],
            known[row["id"]]["name"],
            Quarter(row["year"], row["number"]).label,
            row["date"],
            row["days_late"],
            row["state_label"],
            row["output"],
            row["problem"],
            row["follow_up"],
            sum(amount["amount"] for amount in row["amounts"]) if row["amounts"] else None,
            SEPARATOR.join(f"{amount['source_label']}: {amount['amount']}" for amount in row["amounts"]),
            SEPARATOR.join(f"{value['name']}: {value['text']} {value['unit']}".strip() for value in row["values"]),
            SEPARATOR.join(file["title"] for file in row["evidence"]),
        ]
        for row in monitored(plan)["reports"]
        if row["id"] in known
    ]
    return Table("Laporan kemajuan", "Satu baris satu laporan triwulanan.", columns, rows)
