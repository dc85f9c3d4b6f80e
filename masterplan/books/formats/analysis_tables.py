"""The analyses of Buku 1 as tables for Excel. Editions frozen before the analyses were there have no rows."""

from masterplan.books.chapters.lookup import Lookup, sub_dimension_name
from masterplan.books.formats.table import SEPARATOR, Table, Values, column
from smartcity.common.workbooks.cells import CellKind

_TEXT = CellKind.TEXT


def readiness(plan: Lookup) -> Table:
    """The nine cells with their judgement."""
    frozen = plan.content.get("readiness")
    cells = frozen["cells"] if frozen else []
    columns = (
        column("Kelompok", CellKind.CHOICE), column("Aspek", CellKind.CHOICE), column("Penilaian", CellKind.NOTED),
        column("Kondisi saat ini", _TEXT), column("Bukti", _TEXT), column("Masalah", _TEXT), column("Saran", _TEXT),
    )  # fmt: skip
    rows: list[Values] = [
        [
            row["group_label"],
            row["label"],
            row["score"],
            row["condition"],
            row["evidence"],
            row["problem"],
            row["recommendation"],
        ]
        for row in cells
    ]
    return Table("Kesiapan", "Satu baris satu aspek kesiapan.", columns, rows)


def gaps(plan: Lookup) -> Table:
    """The gaps with the initiatives that answer them, by code."""
    codes = {initiative["id"]: initiative["code"] for initiative in plan.initiatives}
    columns = (
        column("Dimensi", CellKind.CHOICE), column("Sub-dimensi", CellKind.CHOICE), column("Indikator", _TEXT),
        column("Kondisi ideal", _TEXT), column("Kondisi saat ini", _TEXT), column("Kesenjangan", _TEXT),
        column("Penyebab", _TEXT), column("Tanggapan", _TEXT), column("Inisiatif yang menjawab", CellKind.SEVERAL),
        column("Inisiatif yang belum masuk edisi", CellKind.SCORE),
    )  # fmt: skip
    rows: list[Values] = [
        [
            dimension["name"] if (dimension := plan.dimensions.get(row["dimension"])) else row["dimension"],
            sub_dimension_name(plan, row),
            row["indicator"],
            row["ideal"],
            row["existing"],
            row["gap"],
            row["cause"],
            row["response"],
            SEPARATOR.join(codes[key] for key in row["initiatives"] if key in codes),
            row["unsent"],
        ]
        for row in plan.gaps
    ]
    return Table("Kesenjangan", "Satu baris satu kesenjangan.", columns, rows)


def swot_items(plan: Lookup) -> Table:
    """The items of SWOT by the numbers that the book gives them."""
    frozen = plan.content.get("swot")
    items = frozen["items"] if frozen else []
    columns = (
        column("Nomor", CellKind.NOTED), column("Jenis", CellKind.CHOICE), column("Aspek", CellKind.CHOICE),
        column("Dimensi", CellKind.CHOICE), column("Uraian", _TEXT),
    )  # fmt: skip
    rows: list[Values] = [
        [
            row["number"],
            row["kind_label"],
            row["aspect_label"],
            dimension["name"] if (dimension := plan.dimensions.get(row["dimension"] or "")) else "",
            row["text"],
        ]
        for row in items
    ]
    return Table("SWOT", "Satu baris satu butir.", columns, rows)


def swot_strategies(plan: Lookup) -> Table:
    """The strategies with the numbers of the items they answer."""
    frozen = plan.content.get("swot")
    strategies = frozen["strategies"] if frozen else []
    columns = (
        column("Nomor", CellKind.NOTED), column("Jenis", CellKind.CHOICE), column("Strategi", _TEXT),
        column("Butir yang dijawab", CellKind.SEVERAL),
    )  # fmt: skip
    rows: list[Values] = [
        [row["number"], row["kind_label"], row["text"], SEPARATOR.join(row["items"])] for row in strategies
    ]
    return Table("Strategi SWOT", "Satu baris satu strategi.", columns, rows)
