"""A table of the form, with columns as wide as their texts need, so that hardly a word is broken."""

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.shared import Cm

_PAGE_CM = 17.0
# Letters of the table's size that fit side by side on the page, and what the edges of one cell take away.
_PAGE_LETTERS, _EDGES = 96, 2
_LONGEST_WORD, _LONGEST_TEXT = 14, 60
# Letters of room that an empty column is given, to be written in by hand.
_ROOM_TO_WRITE = 24


def write_table(document: Any, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Add a table with one row of heads, which is repeated on each page; no row is broken between two pages."""
    table = document.add_table(1 + len(rows), len(heads), "Tabel isian")
    table.autofit = False
    widths = [Cm(share * _PAGE_CM) for share in shares([heads, *rows])]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, (row, texts) in enumerate(zip(table.rows, [heads, *rows], strict=True)):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = width
            cell.paragraphs[0].style = "Sel" if number else "Kepala tabel"
            cell.paragraphs[0].text = text


def shares(rows: Sequence[Sequence[str]]) -> list[float]:
    """The share of each column of these rows, of which the first are heads; together 1."""
    columns = list(zip(*rows, strict=True))
    needs = [min(max(map(_longest_word, texts)), _LONGEST_WORD) + _EDGES for texts in columns]
    wants = [min(max(map(len, texts)), _LONGEST_TEXT) + _EDGES for texts in columns]
    wants = [want if any(texts[1:]) else max(want, _ROOM_TO_WRITE) for want, texts in zip(wants, columns, strict=True)]
    spare = max(_PAGE_LETTERS - sum(needs), 0)
    more = [max(want - need, 0) for want, need in zip(wants, needs, strict=True)]
    given = [need + (spare * extra / sum(more) if sum(more) else 0) for need, extra in zip(needs, more, strict=True)]
    return [width / sum(given) for width in given]


def _longest_word(text: str) -> int:
    return max(map(len, text.split()), default=1)
