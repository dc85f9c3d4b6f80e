"""Reads a table of agencies as it was copied from Excel or Word into rows; judges the rows' contents not at all."""

import csv
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from agencies.actions.agency_import import MOST_ROWS, AgencyRow
from smartcity.common.forms import PortalForm, TextField

MOST_CHARACTERS = 100_000
_HEAD_WITHIN = 10
_COLUMNS = {
    "heads": r"(surel|e-?mail).*(kepala|pimpinan)",
    "staff": r"(surel|e-?mail).*(staf|pic|operator|admin)",
    "short_name": r"singkatan|akronim|nama singkat",
    "parent": r"(unit |opd |perangkat daerah )?induk",
    "code": r"kode.*",
    "kind": r"jenis.*",
    "name": r"nama( opd| skpd| perangkat daerah| unit| instansi)?|perangkat daerah|opd|skpd|unit kerja|instansi",
}
_TOTAL = re.compile(r"(jumlah|total)\b.{0,20}", re.IGNORECASE)
_NUMBER = re.compile(r"\(?\d+\)?\.?")
_BETWEEN = re.compile(r"[\s,;]+")


class TableField(TextField):
    """A pasted table: a first cell that is empty stays, so that the columns keep their places."""

    def to_python(self, value: Any) -> str:
        """The tidied text; raises Unreadable with the limit when it is too long."""
        text = value or ""
        margin = text[: len(text) - len(text.lstrip("\t;"))]
        return margin + super().to_python(text)


class AgencyImportForm(PortalForm):
    """The pasted table; `cleaned_data["table"]` is the list of AgencyRow."""

    table = TableField(
        label="Tabel perangkat daerah",
        limit=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=(
            "Satu baris satu perangkat daerah. Baris judul: Nama, Singkatan, Jenis, Kode, Unit induk, Surel kepala, "
            "Surel staf; hanya Nama yang wajib. Nama saja, satu per baris, juga dapat."
        ),
    )

    def clean_table(self) -> list[AgencyRow]:
        """The rows; refuses a table without any, and one with too many."""
        rows = read_rows(self.cleaned_data["table"])
        if not rows:
            raise ValidationError("Tidak ada nama perangkat daerah di tabel ini. Tempel sedikitnya satu baris nama.")
        if len(rows) > MOST_ROWS:
            raise ValidationError(f"Tabel ini {len(rows)} baris, batasnya {MOST_ROWS}. Bagi menjadi beberapa kali.")
        return rows


def read_rows(text: str) -> list[AgencyRow]:
    """The rows of a table separated by tabs or semicolons, or of names alone.

    Titles above the heads, a second row of heads, blank rows and totals are no rows. Without heads the first column
    that is no number is the name.
    """
    grid = [[" ".join(cell.split()) for cell in row] for row in _cells(text)]
    found = next((number for number, row in enumerate(grid[:_HEAD_WITHIN]) if "name" in _places(row)), None)
    places = _places(grid[found]) if found is not None else {}
    body = [row for row in grid[found + 1 :] if "name" not in _places(row)] if found is not None else grid
    body = [row for row in body if not _is_no_row(row)]
    return [_row(line, row, places) for line, row in enumerate(body, 1)]


def _cells(text: str) -> list[list[str]]:
    separator = "\t" if "\t" in text else ";"
    lines = text.splitlines(keepends=True)
    if text.count('"') % 2:  # a mark of inches or a slip, not cells in quotation marks
        return list(csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE))
    return list(csv.reader(lines, delimiter=separator))


def _places(row: list[str]) -> dict[str, int]:
    """The columns that the cells of a row name, if it is a row of heads."""
    places: dict[str, int] = {}
    for place, cell in enumerate(row):
        column = next((key for key, words in _COLUMNS.items() if re.fullmatch(words, cell.casefold())), None)
        if column:
            places.setdefault(column, place)
    return places


def _is_no_row(row: list[str]) -> bool:
    """Whether it is blank, a row of column numbers, or a total."""
    written = [cell for cell in row if cell]
    return all(_NUMBER.fullmatch(cell) for cell in written) or bool(_TOTAL.fullmatch(written[0]))


def _row(line: int, row: list[str], places: dict[str, int]) -> AgencyRow:
    if not places:
        return AgencyRow(line, next(cell for cell in row if cell and not _NUMBER.fullmatch(cell)))
    values: dict[str, Any] = {key: row[place] if place < len(row) else "" for key, place in places.items()}
    for key in ("heads", "staff"):
        values[key] = tuple(filter(None, _BETWEEN.split(values.get(key, ""))))
    return AgencyRow(line, **values)
