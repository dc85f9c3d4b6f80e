"""The analyses of Buku 1 as tables for Excel. Editions frozen before the analyses were there have no rows."""

from masterplan.books.chapters.lookup import Lookup, sub_dimension_name
from masterplan.books.formats.table import SEPARATOR, Table, table
from smartcity.common.workbooks.cells import CellKind

_TEXT, _CHOICE, _SHORT = CellKind.TEXT, CellKind.CHOICE, CellKind.NOTED


def readiness(plan: Lookup) -> Table:
    """The nine cells with their judgement."""
    frozen = plan.content.get("readiness")
    columns = (
        ("Kelompok", _CHOICE, "group_label"), ("Aspek", _CHOICE, "label"), ("Penilaian", _SHORT, "score"),
        ("Kondisi saat ini", _TEXT, "condition"), ("Bukti", _TEXT, "evidence"), ("Masalah", _TEXT, "problem"),
        ("Saran", _TEXT, "recommendation"),
    )  # fmt: skip
    return table("Kesiapan", "Satu baris satu aspek kesiapan.", frozen["cells"] if frozen else [], columns)


def gaps(plan: Lookup) -> Table:
    """The gaps with the initiatives that answer them, by code."""
    codes = {initiative["id"]: initiative["code"] for initiative in plan.initiatives}
    columns = (
        ("Dimensi", _CHOICE, lambda row: plan.dimension_name(row["dimension"], row["dimension"])),
        ("Sub-dimensi", _CHOICE, lambda row: sub_dimension_name(plan, row)),
        ("Indikator", _TEXT, "indicator"), ("Kondisi ideal", _TEXT, "ideal"), ("Kondisi saat ini", _TEXT, "existing"),
        ("Kesenjangan", _TEXT, "gap"), ("Penyebab", _TEXT, "cause"), ("Tanggapan", _TEXT, "response"),
        ("Inisiatif yang menjawab", CellKind.SEVERAL,
         lambda row: SEPARATOR.join(codes[key] for key in row["initiatives"] if key in codes)),
        ("Inisiatif yang belum masuk edisi", CellKind.SCORE, "unsent"),
    )  # fmt: skip
    return table("Kesenjangan", "Satu baris satu kesenjangan.", plan.gaps, columns)


def swot_items(plan: Lookup) -> Table:
    """The items of SWOT by the numbers that the book gives them."""
    frozen = plan.content.get("swot")
    columns = (
        ("Nomor", _SHORT, "number"), ("Jenis", _CHOICE, "kind_label"), ("Aspek", _CHOICE, "aspect_label"),
        ("Dimensi", _CHOICE, lambda row: plan.dimension_name(row["dimension"] or "")), ("Uraian", _TEXT, "text"),
    )  # fmt: skip
    return table("SWOT", "Satu baris satu butir.", frozen["items"] if frozen else [], columns)


def swot_strategies(plan: Lookup) -> Table:
    """The strategies with the numbers of the items they answer."""
    frozen = plan.content.get("swot")
    columns = (
        ("Nomor", _SHORT, "number"), ("Jenis", _CHOICE, "kind_label"), ("Strategi", _TEXT, "text"),
        ("Butir yang dijawab", CellKind.SEVERAL, lambda row: SEPARATOR.join(row["items"])),
    )  # fmt: skip
    return table("Strategi SWOT", "Satu baris satu strategi.", frozen["strategies"] if frozen else [], columns)
