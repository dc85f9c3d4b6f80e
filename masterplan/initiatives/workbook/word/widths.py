"""Widths of a table's columns by what stands in them, so that no word is broken where it can be helped."""

from typing import Any

from docx.shared import Cm

_PAGE_CM = 17.0
# Letters of the table's size that fit side by side on the page, and what the edges of one cell take away.
_PAGE_LETTERS, _EDGES = 96, 2
_LONGEST_WORD, _LONGEST_TEXT = 14, 60
# What an empty column is given, to be written in by hand.
_ROOM_TO_WRITE = 24


def set_widths(table: Any, rows: list[list[str]]) -> None:
    """Give each column what its longest word needs, and share what is left by the length of the texts."""
    table.autofit = False
    widths = [Cm(width * _PAGE_CM) for width in shares(rows)]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def shares(rows: list[list[str]]) -> list[float]:
    """The share of each column, together 1."""
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
