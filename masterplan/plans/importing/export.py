"""A development plan as an Excel file that comes back unchanged: a row for each node, and for each further indicator.

Writes nothing in the portal; who may have it is decided by the view.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from masterplan.models import DevelopmentPlan
from masterplan.plans.importing.compare.stored import StoredNode, stored_tree
from masterplan.reference import Direction, Level, PlanKind
from smartcity.common.workbooks.cells import printable
from smartcity.common.workbooks.styles import BRAND_DARK, FONT, INK, MIST, RULE, height, put, set_page

SHEET = "Rencana"
_HEAD_ROW = 4
_NARROW = 12
_WIDTHS = {"Jenjang": 14, "Kode": 18, "Uraian": 56, "Indikator": 44, "Melaksanakan program RPJMD": 34}
_MONEY_FORMAT = "#,##0"


def plan_workbook(plan: DevelopmentPlan) -> bytes:
    """The file: titles, then the table."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    tops = stored_tree(plan)
    years = _years(plan, tops)
    heads = _heads(plan, years)
    titles = ((plan.title, 16), (f"{plan.regency.full_name}. {plan.legal_basis}".strip(), 11))
    for row, (text, size) in enumerate(titles, 1):
        put(sheet.cell(row, 1), printable(text))
        sheet.cell(row, 1).font = Font(name=FONT, size=size, bold=size > 11, color=BRAND_DARK)
    for column, head in enumerate(heads, 1):
        cell = sheet.cell(_HEAD_ROW, column)
        put(cell, head)
        cell.font = Font(name=FONT, size=11, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=BRAND_DARK)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(head, _width(head))
    names = {agency.pk: agency.name for agency in plan.regency.agencies.all()}
    programs = _programs(plan)
    row = _HEAD_ROW
    for top in tops:
        for node in top.walk():
            for values in _rows(node, plan, years, names, programs):
                row += 1
                _write(sheet, row, values, heads, is_new=bool(values[0]))
    sheet.freeze_panes = sheet.cell(_HEAD_ROW + 1, 4)
    set_page(sheet, plan.title, wide=2)
    sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _years(plan: DevelopmentPlan, tops: list[StoredNode]) -> list[int]:
    """The years of the plan, and any for which something is written."""
    found = set(plan.years)
    for top in tops:
        for node in top.walk():
            found |= set(node.ceilings)
            found |= {int(year) for each in node.indicators for year in each["targets"]}
    return sorted(found)


def _heads(plan: DevelopmentPlan, years: list[int]) -> list[str]:
    carried = ["Melaksanakan program RPJMD"] if plan.kind == PlanKind.RENSTRA else []
    return [
        "Jenjang", "Kode", "Uraian", *carried, "Penanggung jawab", "Indikator", "Satuan", "Arah indikator",
        "Kondisi awal", *(f"Target {year}" for year in years), "Kondisi akhir", "Penanggung jawab indikator",
        *(f"Pagu {year} (rupiah)" for year in years),
    ]  # fmt: skip


def _width(head: str) -> int:
    if head.startswith("Penanggung jawab"):
        return 34
    return 19 if head.startswith("Pagu") else _NARROW


def _programs(plan: DevelopmentPlan) -> dict[int, str]:
    rows = plan.elements.filter(carries_out__isnull=False).values_list(
        "carries_out", "carries_out__code", "carries_out__text"
    )
    return {pk: f"{code} {text}".strip() for pk, code, text in rows if pk}


def _rows(
    node: StoredNode, plan: DevelopmentPlan, years: list[int], names: dict[int, str], programs: dict[int, str]
) -> Iterator[list[Any]]:
    """The row of a node with its first indicator and its money, then a row for each further indicator."""
    carried = [programs.get(node.carries_out or 0)] if plan.kind == PlanKind.RENSTRA else []
    named: list[Any] = [Level(node.level).label, node.code, node.text, *carried, names.get(node.agency or 0)]
    money: list[Any] = [node.ceilings.get(year) for year in years]
    yield [*named, *_measured(node.indicators[0] if node.indicators else None, years, names), *money]
    for each in node.indicators[1:]:
        yield [*([None] * len(named)), *_measured(each, years, names), *([None] * len(money))]


def _measured(row: Any, years: list[int], names: dict[int, str]) -> list[Any]:
    if row is None:
        return [None] * (6 + len(years))
    targets = [row["targets"].get(str(year)) for year in years]
    return [
        row["name"], row["unit"], Direction(row["direction"]).label, row["baseline"], *targets, row["end_condition"],
        names.get(row["agency"] or 0),
    ]  # fmt: skip


def _write(sheet: Any, row: int, values: list[Any], heads: list[str], *, is_new: bool) -> None:
    for column, (value, head) in enumerate(zip(values, heads, strict=True), 1):
        if value in (None, ""):
            continue
        cell = sheet.cell(row, column)
        put(cell, printable(value) if isinstance(value, str) else value)
        cell.font = Font(name=FONT, size=11, color=INK, bold=is_new and head in ("Jenjang", "Kode"))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.border = RULE
        if isinstance(value, int):
            cell.number_format = _MONEY_FORMAT
        elif is_new and head == "Jenjang":
            cell.fill = PatternFill("solid", fgColor=MIST)
    texts = [(value, _WIDTHS.get(head, _width(head))) for value, head in zip(values, heads, strict=True)]
    sheet.row_dimensions[row].height = height(texts)
