"""Reads a table of agencies that was copied from Excel or Word into rows, without validating them."""

import csv
import re
from dataclasses import dataclass, field
from typing import Any

from agencies.actions.import_preview import AgencyRow

HEAD_WITHIN = 10
# How the template marks the row that only shows how to fill in.
EXAMPLE = "(contoh)"
# Beside the columns of `HEADS` a list that was exported has the day on which an agency ended.
_COLUMNS = {
    "heads": r"(surel|e-?mail).*(kepala|pimpinan)",
    "staff": r"(surel|e-?mail).*(staf|pic|operator|admin)",
    "short_name": r"singkatan|akronim|nama singkat",
    "parent": r"(unit |opd |perangkat daerah )?induk",
    "code": r"kode.*",
    "kind": r"jenis.*",
    "name": r"nama( opd| skpd| perangkat daerah| unit| instansi)?|perangkat daerah|opd|skpd|unit kerja|instansi",
    "ended": r"(berlaku )?sampai",
}
_COUNTING = re.compile(r"no\.?|nomor|no\.? urut|#", re.IGNORECASE)
_TOTAL = re.compile(r"(jumlah|total)\b.{0,20}", re.IGNORECASE)
_NUMBER = re.compile(r"\(?\d+\)?\.?")
_BETWEEN = re.compile(r"[\s,;]+")


@dataclass
class AgencyTable:
    """The rows of a table, and notes about what was not read."""

    rows: list[AgencyRow]
    notes: list[str] = field(default_factory=list)


def read_table(text: str) -> AgencyTable:
    """The rows of a table separated by tabs or semicolons, or of names alone.

    Titles above the heads, a second row of heads, blank rows, totals, the template's example and agencies that ended
    are no rows. Without heads the first column that is no number is the name.
    """
    grid = [[" ".join(cell.split()) for cell in row] for row in cells_of(text, "\t" if "\t" in text else ";")]
    found, places = find_heads(grid)
    body = [row for row in grid[found + 1 :] if places_of(row).get("name") != places["name"]] if places else grid
    body = [row for row in body if not _is_no_row(row)]
    notes = _ignored(grid[found], places, body) if places else _without_heads(body)
    if examples := [row for row in body if _is_example(row)]:
        notes.append(f"{len(examples)} baris contoh dilewati.")
        body = [row for row in body if not _is_example(row)]
    if ended := [row for row in body if _at(row, places.get("ended"))]:
        notes.append(f"{len(ended)} baris dilewati karena kolom Sampai terisi: perangkat daerahnya berakhir.")
        body = [row for row in body if not _at(row, places.get("ended"))]
    return AgencyTable([_row(line, row, places) for line, row in enumerate(body, 1)], notes)


def cells_of(text: str, separator: str) -> list[list[str]]:
    """The cells of a text line by line. Quotation marks enclose a cell, unless their number is odd."""
    lines = text.splitlines(keepends=True)
    if text.count('"') % 2:  # a mark of inches or a slip, not cells in quotation marks
        return list(csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE))
    return list(csv.reader(lines, delimiter=separator))


def find_heads(grid: list[list[str]]) -> tuple[int, dict[str, int]]:
    """The number of the row of heads, counted from 0, and the columns that it names; 0 and none without one."""
    for number, row in enumerate(grid[:HEAD_WITHIN]):
        places = places_of(row)
        if "name" in places:
            return number, places
    return 0, {}


def places_of(row: list[str]) -> dict[str, int]:
    """The columns that the cells of a row name, if it is a row of heads."""
    places: dict[str, int] = {}
    for place, cell in enumerate(row):
        text = " ".join(cell.split()).casefold()
        column = next((key for key, words in _COLUMNS.items() if re.fullmatch(words, text)), None)
        if column:
            places.setdefault(column, place)
    return places


def _ignored(heads: list[str], places: dict[str, int], body: list[list[str]]) -> list[str]:
    """A note naming the filled columns that are not read."""
    width = max(map(len, [heads, *body]))
    names = []
    for place in sorted({*range(width)} - {*places.values()}):
        head = _at(heads, place)
        filled = any(not _NUMBER.fullmatch(text) for row in body if (text := _at(row, place)))
        if filled and not _COUNTING.fullmatch(head):
            names.append(f"“{head[:40]}”" if head else f"ke-{place + 1} (tanpa judul)")
    return [f"Kolom {', '.join(names)} tidak dibaca."] if names else []


def _without_heads(body: list[list[str]]) -> list[str]:
    if any(len([cell for cell in row if cell and not _NUMBER.fullmatch(cell)]) > 1 for row in body):
        return ["Baris judul tidak ditemukan, jadi hanya nama yang dibaca. Tulis baris judul, sedikitnya Nama."]
    return []


def _at(row: list[str], place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""


def _is_no_row(row: list[str]) -> bool:
    """Whether the row is blank, holds column numbers or is a total."""
    written = [cell for cell in row if cell]
    return all(_NUMBER.fullmatch(cell) for cell in written) or bool(_TOTAL.fullmatch(written[0]))


def _is_example(row: list[str]) -> bool:
    return any(cell.casefold().startswith(EXAMPLE) for cell in row)


def _row(line: int, row: list[str], places: dict[str, int]) -> AgencyRow:
    if not places:
        return AgencyRow(line, next(cell for cell in row if cell and not _NUMBER.fullmatch(cell)))
    values: dict[str, Any] = {key: _at(row, place) for key, place in places.items() if key != "ended"}
    for key in ("heads", "staff"):
        values[key] = tuple(filter(None, _BETWEEN.split(values.get(key, ""))))
    return AgencyRow(line, **values)
