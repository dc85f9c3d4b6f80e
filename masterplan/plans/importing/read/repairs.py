"""Repairs before the rows are read: words for "as above", lines that a PDF broke, and indicators among the texts.

Each repair is noted, or asked about where the row may mean something else.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from openpyxl.utils import range_boundaries

from masterplan.plans.importing.corrections import CONTINUATION, INDICATOR
from masterplan.plans.importing.map import roles
from masterplan.plans.importing.map.layout import IndicatorColumns, SheetLayout
from masterplan.plans.importing.read.codes import level_of_code
from masterplan.plans.importing.read.phrases import level_of_words
from masterplan.plans.importing.read.reading import BESIDE, Cells, PlanReading, SheetRow, line_of, plain_text
from masterplan.plans.importing.read.values import ValueReader
from masterplan.reference import Level
from smartcity.common.workbooks.cells import folded
from smartcity.common.workbooks.reader import Cell

Rows = dict[int, SheetRow]
_OWN_ROW = ("own", "Baris sendiri")
_AS_ABOVE = re.compile(
    r"(?:idem|ibid|s\.? ?d\.? ?a\.?|(?:sama|seperti|sama seperti|sama dengan|idem|sebagaimana) (?:di )?atas)\.?"
    r"|-?\s*(?:[\"\u201c\u201d\u201e\u3003\u2033]|''|,,|\u2018\u2018|\u2019\u2019)\s*-?",
    re.IGNORECASE,
)
_WORD = (
    r"(?:[-\u2013\u2022*]\s*)?(?:indikator(?: (?:kinerja|utama|kunci|daerah|strategis))*"
    r"(?: (?P<level>misi|tujuan|sasaran"
    r"|strategi|program|kegiatan|sub ?kegiatan))?(?: strategis)?|ik[ukdspt]?)"
)
_INDICATOR = re.compile(rf"{_WORD}\s*\d{{0,2}}\s*[:\-\u2013]\s*(?P<name>\w.*)", re.IGNORECASE | re.DOTALL)
_INDICATORS_BELOW = re.compile(rf"{_WORD}(?:nya)?\s*:?", re.IGNORECASE)
_BULLET = re.compile(r"(?:[-\u2013\u2022*\u00b7\u25cf\u25aa]\s*|[a-z][.)]\s+|\(?\d{1,2}[.)]\s+)(?=\S)", re.IGNORECASE)
# A line that ends so goes on, whatever the next begins with.
_OPEN_END = re.compile(
    r"(?:[,\-\u00ad&/]|\b(?:dan|atau|yang|dalam|untuk|dengan|serta|di|ke|dari|pada|oleh|terhadap))$", re.I
)


def fill_merged(rows: Rows, merged: Iterable[str], layout: SheetLayout) -> None:
    """Write an agency that is merged over several rows into each of them."""
    columns = {group.single[roles.AGENCY] for group in layout.groups if roles.AGENCY in group.single}
    for reference in merged if columns else ():
        left, upper, _, lower = range_boundaries(reference)
        cell = rows[upper].get(left) if upper in rows else None
        if left in columns and cell is not None:
            for number in range(upper + 1, lower + 1):
                if number in rows and rows[number].cells:
                    rows[number].cells.setdefault(left, cell)


def fill_as_above(rows: Rows, layout: SheetLayout, values: ValueReader, reading: PlanReading) -> None:
    """Write what stands above into the cells that only refer to it, but for money; ask where nothing stands above."""
    money = layout.money
    last: dict[int, Cell] = {}
    for row in rows.values():
        for column in [each for each in row.cells if each not in money]:
            text = row.line(column)
            if not _AS_ABOVE.fullmatch(text) or values.agency_titled(text) is not None:
                last[column] = row.cells[column]
            elif column in last:
                row.cells[column] = last[column]
                reading.note("Kata seperti “idem” atau tanda petik dibaca sebagai isi sel di atasnya.")
            else:
                del row.cells[column]
                sentence = f"“{text}” berarti sama dengan di atas, tetapi di atasnya tidak ada isi."
                reading.questions.notice(row.ref(column), sentence)


# Broken lines ---------------------------------------------------------------------------------------------------------


def join_broken_lines(rows: Rows, layout: SheetLayout, reading: PlanReading) -> None:
    """Add rows that only continue the sentences above them to that row, unless a person says they stand alone."""
    agencies = {group.single[roles.AGENCY] for group in layout.groups if roles.AGENCY in group.single}
    joining = layout.node_columns | layout.indicator_names | agencies
    above: Cells | None = None
    for row in rows.values():
        if row.cells:
            if above is not None and _is_continuation(row, above, joining, reading):
                _join(above, row, joining, reading)
            else:
                above = row.cells


def _is_continuation(row: SheetRow, above: Cells, joining: set[int], reading: PlanReading) -> bool:
    if reading.corrections.instead(row.sheet, row.number) == CONTINUATION:
        return True
    if reading.corrections.has(row.sheet, row.number) or not _seems_to_continue(row.cells, above, joining):
        return False
    words = line_of(row.cells[min(row.cells)])
    sentence = f"Baris “{words[:80]}” tampaknya sambungan kalimat di atasnya, terpotong saat disalin."
    yes = ("join", "Sambungan baris di atasnya")
    return reading.questions.confirm(row.ref(), sentence, yes, _OWN_ROW, f"{row.sheet}!{row.number}:sambungan")


def _seems_to_continue(cells: Cells, above: Cells, joining: set[int]) -> bool:
    if not cells.keys() <= joining or not cells.keys() <= above.keys():
        return False
    return all(
        cells[column].kind == above[column].kind == "s"
        and (_begins_small(plain_text(cells[column])) or _OPEN_END.search(plain_text(above[column]).strip()))
        for column in cells
    )


def _begins_small(text: str) -> bool:
    plain = text.strip()
    return plain[:1].islower() and not re.match(r"[a-z]{1,2}[.)]\s", plain)


def _join(above: Cells, row: SheetRow, joining: set[int], reading: PlanReading) -> None:
    """Add the cells of a row to those above it; a text set in continues the last text there."""
    for column, cell in row.cells.items():
        begun = max((each for each in above if each in joining and each <= column), default=column)
        into = begun if column in joining and column not in above else column
        if into not in above:
            above[into] = cell
        elif into in joining:
            above[into] = replace(above[into], value=_joined(plain_text(above[into]), plain_text(cell)), kind="s")
        else:
            reading.skip(row.ref(), plain_text(cell), "Nilai ini tidak dipakai: baris di atasnya sudah berisi")
    words = " ".join(row.text(column) for column in sorted(row.cells))
    reading.skip(row.ref(), words, "Digabungkan dengan baris di atasnya")
    row.cells.clear()


def _joined(first: str, second: str) -> str:
    """Two lines as one; a word divided by a hyphen at the end of the first is made whole."""
    first, second = first.strip(), second.strip()
    if re.search(r"[^\W\d_][-\u00ad]$", first) and second[:1].islower():
        return first[:-1] + second
    return f"{first} {second}"


# Indicators among the texts -------------------------------------------------------------------------------------------


def as_indicator(row: SheetRow, column: int, name: str, layout: SheetLayout) -> None:
    """Read the text in a column of texts as the name of an indicator, unless the row names another already."""
    if not layout.groups:
        layout.groups.append(IndicatorColumns())
    group = layout.groups[0]
    group.name = group.name or BESIDE + column
    if group.name not in row.cells:
        row.cells[group.name] = replace(row.cells.pop(column), value=name, kind="s")


def move_indicators(rows: Rows, layout: SheetLayout, reading: PlanReading) -> dict[int, str]:
    """Move texts such as `Indikator Sasaran: ...` to the column of indicators, and those in the rows below a lone
    `Indikator:`. Returns the level that each names, by row.
    """
    columns = sorted(layout.node_columns)
    named: dict[int, str] = {}
    below: str | None = None
    first_evidence = ""
    for number, row in rows.items():
        filled = [column for column in columns if column in row.cells]
        text = row.text(filled[0]).strip() if filled else ""
        if reading.corrections.has(row.sheet, number):
            below = None
            if filled and reading.corrections.instead(row.sheet, number) == INDICATOR:
                as_indicator(row, filled[0], _BULLET.sub("", text, count=1), layout)
            continue
        match = _INDICATOR.fullmatch(text) if len(filled) == 1 else None
        if match is not None:
            below, named[number] = None, _level_in(match)
            as_indicator(row, filled[0], match["name"].strip(), layout)
            continue
        lone = _INDICATORS_BELOW.fullmatch(text) if len(filled) == 1 == len(row.cells) else None
        if lone is not None:
            below, first_evidence = _level_in(lone), ""
            reading.skip(row.ref(), text, "Judul bagi indikator di bawahnya")
            row.cells.clear()
        elif below is not None and row.cells:
            evidence = _evidence_of_indicator(row, filled, text, layout, reading)
            is_same = evidence and first_evidence in ("", evidence)
            if not is_same or (evidence == _PLACE and not _is_indicator(row, text, reading)):
                below = None
                continue
            first_evidence, named[number] = evidence, below
            as_indicator(row, filled[0], _BULLET.sub("", text, count=1), layout)
    return named


_VALUES, _BULLETED, _PLACE = "values", "bullet", "place"


def _evidence_of_indicator(
    row: SheetRow, filled: list[int], text: str, layout: SheetLayout, reading: PlanReading
) -> str:
    """What speaks for an indicator in a row below `Indikator:`: values, a bullet, or no more than its place; "" where
    the row names a node.
    """
    codes = [row.text(column).strip() for column in layout.naming - set(filled) if column in row.cells]
    is_coded = any(level_of_code(code, reading.plan.kind) and "." in code.strip(".") for code in codes)
    if len(filled) != 1 or is_coded or level_of_words(text) or re.match(r"\d+\.\d", text):
        return ""
    if row.has_any(layout.measured - layout.indicator_names):
        return _VALUES
    if any(code.isdigit() for code in codes):
        return ""
    return _BULLETED if _BULLET.match(text) else _PLACE


def _is_indicator(row: SheetRow, text: str, reading: PlanReading) -> bool:
    sentence = f"“{text[:80]}” ada di bawah baris “Indikator”, tetapi tidak punya nilai."
    key = f"{row.sheet}!{row.number}:indikator"
    return reading.questions.confirm(row.ref(), sentence, (INDICATOR, "Indikator"), _OWN_ROW, key)


def _level_in(match: re.Match[str]) -> str:
    level = level_of_words(folded(match["level"] or ""))
    return level if level in set(Level) else ""
