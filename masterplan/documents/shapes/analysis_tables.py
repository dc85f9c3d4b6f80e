"""The analyses of Buku 1 as tables for Excel. Editions frozen before the analyses were there have no rows."""

from masterplan.documents.contents.lookup import Lookup, sub_dimension_name
from masterplan.documents.shapes.table import SEPARATOR, Table, column
from masterplan.sheets.cells import CellKind

_TEXT = CellKind.TEXT


def readiness(plan: Lookup) -> Table:
    """The nine cells with their judgement."""
    cells = (plan.content.get("readiness") or {}).get("cells", ())
    columns = (
        column("Kelompok", CellKind.CHOICE), column("Aspek", CellKind.CHOICE), column("Penilaian", CellKind.NOTED),
        column("Kondisi saat ini", _TEXT), column("Bukti", _TEXT), column("Masalah", _TEXT), column("Saran", _TEXT),
    )  # fmt: skip
    keys = ("group_label", "label", "score", "condition", "evidence", "problem", "recommendation")
    return Table("Kesiapan", "Satu baris satu aspek kesiapan.", columns, [[row[key] for key in keys] for row in cells])


def gaps(plan: Lookup) -> Table:
    """The gaps with the initiatives that answer them, by code."""
    codes = {initiative["id"]: initiative["code"] for initiative in plan.initiatives}
    keys = ("indicator", "ideal", "existing", "gap", "cause", "response")
    columns = (
        column("Dimensi", CellKind.CHOICE), column("Sub-dimensi", CellKind.CHOICE), column("Indikator", _TEXT),
        column("Kondisi ideal", _TEXT), column("Kondisi saat ini", _TEXT), column("Kesenjangan", _TEXT),
        column("Penyebab", _TEXT), column("Tanggapan", _TEXT), column("Inisiatif yang menjawab", CellKind.SEVERAL),
        column("Inisiatif yang belum masuk edisi", CellKind.SCORE),
    )  # fmt: skip
    rows = [
        [
            plan.dimensions.get(row["dimension"], {"name": row["dimension"]})["name"],
            sub_dimension_name(plan, row),
            *(row[key] for key in keys),
            SEPARATOR.join(codes[key] for key in row["initiatives"] if key in codes),
            row["unsent"],
        ]
        for row in plan.content.get("gaps") or ()
    ]
    return Table("Kesenjangan", "Satu baris satu kesenjangan.", columns, rows)


def swot_items(plan: Lookup) -> Table:
    """The items of SWOT by the numbers that the book gives them."""
    items = (plan.content.get("swot") or {}).get("items", ())
    columns = (
        column("Nomor", CellKind.NOTED), column("Jenis", CellKind.CHOICE), column("Aspek", CellKind.CHOICE),
        column("Dimensi", CellKind.CHOICE), column("Uraian", _TEXT),
    )  # fmt: skip
    rows = [
        [
            row["number"],
            row["kind_label"],
            row["aspect_label"],
            plan.dimensions.get(row["dimension"], {"name": ""})["name"],
            row["text"],
        ]
        for row in items
    ]
    return Table("SWOT", "Satu baris satu butir.", columns, rows)


def swot_strategies(plan: Lookup) -> Table:
    """The strategies with the numbers of the items they answer."""
    strategies = (plan.content.get("swot") or {}).get("strategies", ())
    columns = (
        column("Nomor", CellKind.NOTED), column("Jenis", CellKind.CHOICE), column("Strategi", _TEXT),
        column("Butir yang dijawab", CellKind.SEVERAL),
    )  # fmt: skip
    rows = [[row["number"], row["kind_label"], row["text"], SEPARATOR.join(row["items"])] for row in strategies]
    return Table("Strategi SWOT", "Satu baris satu strategi.", columns, rows)
