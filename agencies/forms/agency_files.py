"""Turns an uploaded table of agencies, .xlsx or .csv, into the text that would have been pasted from it."""

import codecs
import csv
import logging
import tempfile
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from openpyxl.utils import get_column_letter

from agencies.actions.import_preview import HEADS, MOST_ROWS
from agencies.forms.agency_rows import cells_of, find_heads, places_of
from smartcity.common.formatting import format_size
from smartcity.common.workbooks.limits import Purpose
from smartcity.common.workbooks.reader import Cell, Grid, WorkbookUnreadable, read_workbook

logger = logging.getLogger(__name__)

MOST_BYTES = 2 * 1024 * 1024
MOST_COLUMNS = 20
MOST_ERRORS = 8
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_TEXT_ENDINGS = (".csv", ".tsv", ".txt")
# Sheets are often formatted far below their last row, so more rows may be there than are stored.
AGENCIES = Purpose(
    rows=2_000,
    cells=60_000,
    merged=500,
    cpu_seconds=4,
    as_seen=True,
    advice="Sisakan lembar daftar perangkat daerah saja, simpan, lalu unggah lagi.",
    division=f"Bagi menjadi beberapa berkas, masing-masing paling banyak {MOST_ROWS} perangkat daerah.",
)
_OLD = (
    "Berkas ini berformat lama (.xls) atau dilindungi kata sandi. Buka di Excel, pilih Simpan sebagai, jenis Excel "
    "Workbook (.xlsx) tanpa kata sandi, lalu unggah lagi."
)
_OTHER = (
    "Berkas ini bukan .xlsx atau .csv. Buka di Excel, pilih Simpan sebagai, jenis Excel Workbook (.xlsx), unggah lagi."
)
_NOT_NOW = "Berkas belum dapat dibaca saat ini. Coba lagi sebentar lagi, atau tempel tabelnya."


@dataclass(frozen=True)
class FileTable:
    """The table of a file as text with tabs, and notes about what was read in an unexpected way."""

    text: str
    notes: list[str] = field(default_factory=list)


def table_of_file(file: "UploadedFile[Any]") -> FileTable:
    """The table in an upload. Raises ValidationError with sentences that say what to do with the file or its cells."""
    size = file.size or 0
    if size > MOST_BYTES:
        raise ValidationError(
            f"Berkas ini {format_size(size)}, batasnya {format_size(MOST_BYTES)}. Salin tabelnya ke buku kerja baru "
            "tanpa gambar, lalu unggah, atau tempel tabelnya."
        )
    data = file.read()
    if data.startswith(_OLE):
        raise ValidationError(_OLD)
    if data.startswith(_ZIP):
        return _table_of_grids(_grids(data))
    if (file.name or "").lower().endswith(_TEXT_ENDINGS):
        return FileTable(_as_text(_cells_of_csv(_decoded(data))))
    raise ValidationError(_OTHER)


def _grids(data: bytes) -> list[Grid]:
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as copy:
        copy.write(data)
        copy.flush()
        try:
            return read_workbook(Path(copy.name), AGENCIES).grids
        except WorkbookUnreadable as refusal:
            raise ValidationError(str(refusal)) from None
        except OSError:  # the reading process did not start: not the file's fault
            logger.exception("A table of agencies could not be read.")
            raise ValidationError(_NOT_NOW) from None


def _table_of_grids(grids: list[Grid]) -> FileTable:
    """The table of the sheet with most known column heads; of several, that of the longest."""
    shown = [grid for grid in grids if grid.rows and not grid.is_hidden]
    if not shown:
        raise ValidationError("Buku kerja ini kosong. Isi sedikitnya kolom Nama, simpan, lalu unggah lagi.")
    grid = max(shown, key=lambda each: (len(find_heads(_texts(each))[1]), len(each.rows)))
    texts = _texts(grid)
    _refuse_cells(grid, texts)
    notes = []
    if grid.hidden_rows:
        notes.append(f"{len(grid.hidden_rows)} baris yang disembunyikan di Excel ikut dibaca.")
    notes += _codes_kept_as_numbers(grid, texts)
    if any(column > MOST_COLUMNS for row in grid.rows.values() for column in row):
        notes.append(f"Kolom sesudah {get_column_letter(MOST_COLUMNS)} tidak dibaca.")
    return FileTable(_as_text(texts), notes)


def _texts(grid: Grid) -> list[list[str]]:
    """The filled rows of a sheet as texts, all of the same width."""
    width = min(MOST_COLUMNS, max(column for row in grid.rows.values() for column in row))
    return [[_text(row.get(column)) for column in range(1, width + 1)] for _, row in sorted(grid.rows.items())]


def _text(cell: Cell | None) -> str:
    """What stands in a cell; a code that Excel keeps as a number has a dot."""
    if cell is None:
        return ""
    if isinstance(cell.value, float) and cell.value.is_integer():
        return str(int(cell.value))
    return " ".join(str(cell.value).split())


def _refuse_cells(grid: Grid, texts: list[list[str]]) -> None:
    """Raise ValidationError naming each cell whose stored content is not what was typed."""
    found, places = find_heads(texts)
    numbers = sorted(grid.rows)
    columns = {place + 1: key for key, place in places.items()}
    errors = []
    for number in numbers[found:]:
        for column, cell in sorted(grid.rows[number].items()):
            is_read = column in columns or (not columns and column <= MOST_COLUMNS)
            sentence = _cell_error(cell, columns.get(column, "")) if is_read else ""
            if sentence:
                errors.append(f"Sel {get_column_letter(column)}{number} pada lembar {grid.title}: {sentence}")
    if len(errors) > MOST_ERRORS:
        errors = [*errors[:MOST_ERRORS], f"Dan {len(errors) - MOST_ERRORS} sel lain dengan soal yang sama."]
    if errors:
        raise ValidationError(errors)


def _cell_error(cell: Cell, column: str) -> str:
    if cell.kind == "f":
        return "rumusnya belum punya hasil. Buka di Excel, simpan, lalu unggah lagi, atau tempel sebagai nilai."
    if cell.kind == "e":
        return f"berisi galat Excel ({cell.value}). Tulis nilainya."
    if cell.kind in ("d", "t") and column in HEADS:
        return "Excel mengubah isian ini menjadi tanggal atau jam. Ubah format sel menjadi Teks, lalu tulis lagi."
    return ""


def _codes_kept_as_numbers(grid: Grid, texts: list[list[str]]) -> list[str]:
    """1.10 became 1.1 when Excel took it for a number, and nobody can tell from the file."""
    column = find_heads(texts)[1].get("code", -1) + 1
    cells = [(number, row[column]) for number, row in sorted(grid.rows.items()) if column in row]
    found = [(number, cell) for number, cell in cells if cell.kind == "n" and not float(cell.value).is_integer()]
    if not found:
        return []
    number, cell = found[0]
    return [
        f"{len(found)} kode tersimpan sebagai angka, misalnya {cell.value} di sel {get_column_letter(column)}{number}. "
        "Nol di belakang hilang: bila seharusnya ada, tambahkan di tabel."
    ]


def _decoded(data: bytes) -> str:
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ValidationError("Huruf berkas ini tidak terbaca. Di Excel pilih Simpan sebagai, jenis CSV UTF-8 (.csv).")


def _cells_of_csv(text: str) -> list[list[str]]:
    """The cells by the separator that gives most known heads; commas also if every line has as many."""
    try:
        choices = [cells_of(text, separator) for separator in "\t;,"]
    except csv.Error:
        raise ValidationError(
            "Satu sel dalam berkas ini terlalu panjang. Periksa tanda kutipnya, lalu unggah lagi."
        ) from None
    named = [max((len(places_of(row)) for row in grid[:10]), default=0) for grid in choices]
    if any(named):
        return choices[named.index(max(named))]
    widths = {len(row) for row in choices[2] if any(row)}
    is_even = len(widths) == 1 and "\t" not in text and ";" not in text
    return choices[2 if is_even else 0 if "\t" in text else 1]


def _as_text(rows: list[list[str]]) -> str:
    """Tabs between cells, a line for each row: what copying the table gives."""
    out = StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows([" ".join(c.split()) for c in row] for row in rows)
    return out.getvalue()
