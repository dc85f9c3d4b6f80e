"""Habits of clerks, mended before rows are walked through: words for "as above", lines that a PDF broke, and indicators
among the texts. What was mended is told, or asked where it may mean something else.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from masterplan.reference import Level
from masterplan.sheets.cells import folded
from masterplan.sheets.plans import roles
from masterplan.sheets.plans.columns import Group, Structure
from masterplan.sheets.plans.doubts import Doubts, Place
from masterplan.sheets.plans.growing import Growth
from masterplan.sheets.plans.values import Values, plain_text
from masterplan.sheets.plans.wording import level_of_words
from masterplan.sheets.reader import Cell

Rows = dict[int, dict[int, Cell]]
JOIN, OWN = "join", "own"
# Indicators that stand in a column of texts are read as if they stood in a column so far to the right.
BESIDE = 10_000
_AS_ABOVE = re.compile(
    r"(?:idem|ibid|s\.? ?d\.? ?a\.?|(?:sama|seperti|sama seperti|sama dengan|idem|sebagaimana) (?:di )?atas)\.?"
    r"|-?\s*(?:[\"\u201c\u201d\u201e\u3003\u2033]|''|,,|\u2018\u2018|\u2019\u2019)\s*-?",
    re.IGNORECASE,
)
_INDICATOR = re.compile(
    r"(?:[-\u2013\u2022*]\s*)?(?:indikator(?: (?:kinerja|utama|kunci|daerah|strategis))*"
    r"(?: (?P<level>misi|tujuan|sasaran"
    r"|strategi|program|kegiatan|sub ?kegiatan))?(?: strategis)?|ik[ukdspt]?)\s*\d{0,2}\s*[:\-\u2013]\s*(?P<name>\w.*)",
    re.IGNORECASE | re.DOTALL,
)
# A line that ends so goes on, whatever the next begins with.
_OPEN_END = re.compile(
    r"(?:[,\-\u00ad&/]|\b(?:dan|atau|yang|dalam|untuk|dengan|serta|di|ke|dari|pada|oleh|terhadap))$", re.I
)


def fill_as_above(rows: Rows, structure: Structure, values: Values, sheet: str, growth: Growth) -> None:
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
                growth.doubts.ask(Place(sheet, number, column), sentence, [("-", "Kosongkan")], "-")


def join_broken_lines(rows: Rows, structure: Structure, sheet: str, doubts: Doubts) -> None:
    """Add rows that only go on with the sentences above them to that row, unless a person says they stand alone."""
    joining = {*structure.texts, *(each.column for each in structure.levels)}
    joining |= {group.name for group in structure.groups} | {
        column for group in structure.groups for kind, column in group.single.items() if kind == roles.AGENCY
    }
    above: dict[int, Cell] | None = None
    for number, cells in rows.items():
        if not cells:
            continue
        if above is None or not _goes_on(above, cells, joining):
            above = cells
            continue
        said = " ".join(plain_text(cells[min(cells)]).split())[:80]
        sentence = f"Baris “{said}” tampaknya sambungan kalimat di atasnya, terpotong saat disalin."
        choices = [(JOIN, "Sambungan baris di atasnya"), (OWN, "Baris sendiri")]
        if doubts.ask(Place(sheet, number), sentence, choices, JOIN, f"{sheet}!{number}:sambungan") == OWN:
            above = cells
            continue
        for column, cell in cells.items():
            above[column] = replace(above[column], value=joined(plain_text(above[column]), plain_text(cell)))
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


def set_indicators_apart(rows: Rows, structure: Structure) -> dict[int, str]:
    """Move texts such as `Indikator Sasaran: ...` to the column of indicators. Returns the level each names, by row."""
    columns = sorted({*structure.texts, *(each.column for each in structure.levels)})
    found = {number: each for number, cells in rows.items() if (each := _indicator_in(cells, columns)) is not None}
    if not found:
        return {}
    if not structure.groups:
        structure.groups.append(Group())
    for number, (column, name, _) in found.items():
        group = structure.groups[0]
        group.name = group.name or BESIDE + column
        if group.name not in rows[number]:
            rows[number][group.name] = replace(rows[number].pop(column), value=name)
    return {number: level for number, (_, _, level) in found.items()}


def _indicator_in(cells: dict[int, Cell], columns: Iterable[int]) -> tuple[int, str, str] | None:
    filled = [column for column in columns if column in cells]
    match = _INDICATOR.fullmatch(plain_text(cells[filled[0]]).strip()) if len(filled) == 1 else None
    if match is None:
        return None
    level = level_of_words(folded(match["level"] or ""))
    return filled[0], match["name"].strip(), level if level in set(Level) else ""
