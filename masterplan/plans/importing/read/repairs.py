"""Habits of clerks, mended before rows are walked through: words for "as above", lines that a PDF broke, and indicators
among the texts. What was mended is told, or asked where it may mean something else.
"""

import re
from dataclasses import replace

from masterplan.plans.importing.corrections.corrections import CONTINUATION, INDICATOR
from masterplan.plans.importing.map import roles
from masterplan.plans.importing.map.layout import IndicatorColumns, SheetLayout
from masterplan.plans.importing.questions import CellRef
from masterplan.plans.importing.read.codes import level_of_code
from masterplan.plans.importing.read.phrases import level_of_words
from masterplan.plans.importing.read.tree_builder import TreeBuilder
from masterplan.plans.importing.read.values import ValueReader, plain_text
from masterplan.reference import Level
from smartcity.common.workbooks.cells import folded
from smartcity.common.workbooks.reader import Cell

Rows = dict[int, dict[int, Cell]]
JOIN, OWN = "join", "own"
JOINED = "Digabungkan dengan baris di atasnya"
# Indicators that stand in a column of texts are read as if they stood in a column so far to the right.
BESIDE = 10_000
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


def fill_as_above(rows: Rows, structure: SheetLayout, values: ValueReader, sheet: str, growth: TreeBuilder) -> None:
    """Write what stands above into the cells that only say so, but for money; ask about one with nothing above it."""
    money = {column for group in structure.groups for column in group.money.values()}
    last: dict[int, Cell] = {}
    for number, cells in rows.items():
        for column in [each for each in cells if each not in money]:
            text = " ".join(plain_text(cells[column]).split())
            if not _AS_ABOVE.fullmatch(text) or values.unit_called(text) is not None:
                last[column] = cells[column]
            elif column in last:
                cells[column] = last[column]
                growth.note("Kata seperti “idem” atau tanda petik dibaca sebagai isi sel di atasnya.")
            else:
                del cells[column]
                sentence = f"“{text}” berarti sama dengan di atas, tetapi di atasnya tidak ada isi."
                growth.doubts.ask(CellRef(sheet, number, column), sentence, [("-", "Kosongkan")], "-")


def join_broken_lines(rows: Rows, structure: SheetLayout, sheet: str, growth: TreeBuilder) -> None:
    """Add rows that only go on with the sentences above them to that row, unless a person says they stand alone."""
    joining = {*structure.texts, *(each.column for each in structure.levels)}
    joining |= {group.name for group in structure.groups} | {
        column for group in structure.groups for kind, column in group.single.items() if kind == roles.AGENCY
    }
    above: dict[int, Cell] | None = None
    for number, cells in rows.items():
        if not cells:
            continue
        wanted = growth.mends.instead(sheet, number) == CONTINUATION
        if above is None or not (wanted or (_goes_on(above, cells, joining) and not growth.mends.has(sheet, number))):
            above = cells
            continue
        said = " ".join(plain_text(cells[min(cells)]).split())
        sentence = f"Baris “{said[:80]}” tampaknya sambungan kalimat di atasnya, terpotong saat disalin."
        choices = [(JOIN, "Sambungan baris di atasnya"), (OWN, "Baris sendiri")]
        key = f"{sheet}!{number}:sambungan"
        if not wanted and growth.doubts.ask(CellRef(sheet, number), sentence, choices, JOIN, key) == OWN:
            above = cells
            continue
        _join(above, cells, joining, CellRef(sheet, number), growth)


def _join(
    above: dict[int, Cell], cells: dict[int, Cell], joining: set[int], place: CellRef, growth: TreeBuilder
) -> None:
    """Add the cells of a row to those above it; a text set in goes on with the last text there."""
    for column, cell in cells.items():
        begun = max((each for each in above if each in joining and each <= column), default=column)
        into = begun if column in joining and column not in above else column
        if into not in above:
            above[into] = cell
        elif into in joining:
            above[into] = replace(above[into], value=joined(plain_text(above[into]), plain_text(cell)), kind="s")
        else:
            growth.skip(place, plain_text(cell), "Nilai ini tidak dipakai: baris di atasnya sudah berisi")
    growth.skip(place, " ".join(plain_text(cells[column]) for column in sorted(cells)), JOINED)
    cells.clear()


def _goes_on(above: dict[int, Cell], cells: dict[int, Cell], joining: set[int]) -> bool:
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


def joined(first: str, second: str) -> str:
    """Two lines as one; a word divided by a hyphen at the end of the first is made whole."""
    first, second = first.strip(), second.strip()
    if re.search(r"[^\W\d_][-\u00ad]$", first) and second[:1].islower():
        return first[:-1] + second
    return f"{first} {second}"


def as_indicator(cells: dict[int, Cell], column: int, name: str, structure: SheetLayout) -> bool:
    """Read the text in a column of texts as the name of an indicator; False where the row names another already."""
    if not structure.groups:
        structure.groups.append(IndicatorColumns())
    group = structure.groups[0]
    group.name = group.name or BESIDE + column
    if group.name in cells:
        return False
    cells[group.name] = replace(cells.pop(column), value=name, kind="s")
    return True


def set_indicators_apart(rows: Rows, structure: SheetLayout, sheet: str, growth: TreeBuilder) -> dict[int, str]:
    """Move texts such as `Indikator Sasaran: ...` to the column of indicators, and those in the rows below a lone
    `Indikator:`. Returns the level each names, by row.
    """
    columns = sorted({*structure.texts, *(each.column for each in structure.levels)})
    named: dict[int, str] = {}
    below: str | None = None
    run = ""
    for number, cells in rows.items():
        filled = [column for column in columns if column in cells]
        text = plain_text(cells[filled[0]]).strip() if filled else ""
        if growth.mends.has(sheet, number):
            below = None
            if filled and growth.mends.instead(sheet, number) == INDICATOR:
                as_indicator(cells, filled[0], _BULLET.sub("", text, count=1), structure)
            continue
        match = _INDICATOR.fullmatch(text) if len(filled) == 1 else None
        if match is not None:
            below, named[number] = None, _level_in(match)
            as_indicator(cells, filled[0], match["name"].strip(), structure)
            continue
        lone = _INDICATORS_BELOW.fullmatch(text) if len(filled) == 1 == len(cells) else None
        if lone is not None:
            below, run = _level_in(lone), ""
            growth.skip(CellRef(sheet, number), text, "Judul bagi indikator di bawahnya")
            cells.clear()
        elif below is not None and cells:
            look = _look_of_indicator(cells, filled, text, structure, growth)
            if not look or (run and look != run) or (look == _PLAIN and not _is_one(sheet, number, text, growth)):
                below = None
                continue
            run, named[number] = look, below
            as_indicator(cells, filled[0], _BULLET.sub("", text, count=1), structure)
    return named


_VALUED, _BULLETED, _PLAIN = "valued", "bulleted", "plain"


def _look_of_indicator(
    cells: dict[int, Cell], filled: list[int], text: str, structure: SheetLayout, growth: TreeBuilder
) -> str:
    """What speaks for an indicator in a row below `Indikator:`: values, a bullet, or no more than its place; "" where
    the row names a node.
    """
    codes = [plain_text(cells[column]).strip() for column in structure.naming - set(filled) if column in cells]
    is_coded = any(level_of_code(code, growth.setting.kind) and "." in code.strip(".") for code in codes)
    if len(filled) != 1 or is_coded or level_of_words(text) or re.match(r"\d+\.\d", text):
        return ""
    if cells.keys() & (structure.measured - {group.name for group in structure.groups}):
        return _VALUED
    if any(code.isdigit() for code in codes):
        return ""
    return _BULLETED if _BULLET.match(text) else _PLAIN


def _is_one(sheet: str, number: int, text: str, growth: TreeBuilder) -> bool:
    sentence = f"“{text[:80]}” ada di bawah baris “Indikator”, tetapi tidak punya nilai."
    choices = [(INDICATOR, "Indikator"), (OWN, "Baris sendiri")]
    place = CellRef(sheet, number)
    return growth.doubts.ask(place, sentence, choices, INDICATOR, f"{sheet}!{number}:indikator") == INDICATOR


def _level_in(match: re.Match[str]) -> str:
    level = level_of_words(folded(match["level"] or ""))
    return level if level in set(Level) else ""
