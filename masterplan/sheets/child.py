"""The process that opens somebody's workbook: `python -m masterplan.sheets.child FILE PARENT`, JSON on stdout.

It looks into the ZIP before it inflates anything, reads cell by cell within `limits`, and tells what stands where; what
that means is decided in `compare`. It needs no Django, no database and no network, and opens none.
"""

import json
import re
import sys
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._reader import WorkSheetParser

from masterplan.sheets import limits
from smartcity.common.confinement import die_with_parent, forbid_network, limit_memory, start_clock

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# A workbook declares no entities of its own; whoever does wants to see them multiplied. In both widths of letters.
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\x00!\x00[DE]|\x00<\x00!\x00[DE]", re.IGNORECASE)

_CHUNK = 1024 * 1024
# Cells that are only formatted hold nothing, and a sheet may have many of them.
_MOST_TAGS = 3 * limits.MOST_CELLS

NOT_XLSX = "Berkas ini bukan buku kerja Excel (.xlsx). Buka di Excel atau LibreOffice, lalu simpan sebagai .xlsx."
LOCKED = (
    "Berkas ini dilindungi kata sandi atau berformat lama (.xls). Simpan ulang sebagai .xlsx tanpa kata sandi, "
    "lalu unggah lagi."
)
MACROS = "Berkas ini berisi makro. Simpan ulang sebagai .xlsx (tanpa makro), lalu unggah lagi."
TOO_LARGE = "Isi berkas ini terlalu besar. Unduh buku kerja baru dari portal, salin isian ke sana, lalu unggah lagi."
BROKEN = "Berkas ini rusak atau tidak lengkap. Buka di Excel atau LibreOffice, simpan ulang sebagai .xlsx, lalu unggah."


class Refused(Exception):
    """The workbook is not read; the sentence says what to do."""


def main(name: str, parent: int) -> None:
    """Confine this process, read the file, and say what is in it or why it is not read."""
    die_with_parent(parent)
    forbid_network()
    limit_memory(limits.MEMORY_MB, largest_file=0)
    start_clock(cpu_seconds=limits.CPU_SECONDS, wall_seconds=limits.WALL_SECONDS)
    answer: dict[str, Any]
    try:
        answer = {"sheets": read(name)}
    except Refused as refusal:
        answer = {"refused": str(refusal)}
    except MemoryError:
        answer = {"refused": TOO_LARGE}
    # This process exists to be the place where a file from outside may break a library we did not write.
    except Exception as error:  # noqa: BLE001
        answer = {"refused": BROKEN, "why": f"{type(error).__name__}: {error}"[:300]}
    answer["peak_memory_mb"] = _peak_memory_mb()
    sys.stdout.write(json.dumps(answer))


def _peak_memory_mb() -> int:
    """The most this program held. What getrusage tells counts the process it was started from as well."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) // 1024  # type: ignore[index]


def read(name: str) -> list[dict[str, Any]]:
    """Every sheet with its filled cells. Raises Refused, and whatever a broken file makes the libraries raise."""
    _inspect(name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(name, read_only=True, keep_links=False)
        if len(book.worksheets) > limits.MOST_SHEETS:
            raise Refused(TOO_LARGE)
        budget = _Budget()
        return [_sheet(book, sheet, budget) for sheet in book.worksheets]


# The ZIP ------------------------------------------------------------------------------------------------------------


def _inspect(name: str) -> None:
    """Refuse what is no workbook or would grow, by looking at the directory and then once through the parts."""
    with open(name, "rb") as handle:
        head = handle.read(8)
    if head.startswith(_OLE):
        raise Refused(LOCKED)
    if not head.startswith(_ZIP) or not zipfile.is_zipfile(name):
        raise Refused(NOT_XLSX)
    with zipfile.ZipFile(name) as archive:
        parts = archive.infolist()
        names = {part.filename for part in parts}
        if "xl/workbook.xml" not in names:
            raise Refused(NOT_XLSX)
        if any("vbaproject" in part.lower() for part in names):
            raise Refused(MACROS)
        if any(part.flag_bits & 0x1 for part in parts):
            raise Refused(LOCKED)
        if len(parts) > limits.MOST_ENTRIES or sum(part.file_size for part in parts) > limits.MOST_INFLATED:
            raise Refused(TOO_LARGE)
        for part in parts:
            _inspect_part(archive, part)


def _inspect_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """A part is as long as the directory says, or zipfile raises; its first letters declare nothing, and a sheet has
    no more cells than can be read: counting tags is much cheaper than reading them.
    """
    if not part.filename.endswith((".xml", ".rels", ".vml")):
        return
    with archive.open(part) as handle:
        chunk = handle.read(_CHUNK)
        if _DECLARES.search(chunk[:4096]):
            raise Refused(BROKEN)
        cells = 0
        while part.filename.startswith("xl/worksheets/") and chunk:
            cells += chunk.count(b"<c ") + chunk.count(b"<c>") + chunk.count(b"<c/>")
            if cells > _MOST_TAGS:
                raise Refused(TOO_LARGE)
            chunk = handle.read(_CHUNK)


# The cells ----------------------------------------------------------------------------------------------------------


class _Budget:
    """What all sheets together may still hold."""

    def __init__(self) -> None:
        self.cells, self.letters = limits.MOST_CELLS, limits.MOST_LETTERS

    def spend(self, value: Any) -> None:
        self.cells -= 1
        self.letters -= len(value) if isinstance(value, str) else 8
        if self.cells < 0 or self.letters < 0:
            raise Refused(TOO_LARGE)


def _sheet(book: Any, sheet: Any, budget: _Budget) -> dict[str, Any]:
    with sheet._get_source() as source:
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        rows = [row for row in _rows(book, sheet.title, parser, budget) if row[1]]
    merged = [str(found.ref) for found in (parser.merged_cells.mergeCell if parser.merged_cells else [])]
    return {"title": sheet.title, "rows": rows, "merged": merged[:200]}


def _rows(book: Any, title: str, parser: Any, budget: _Budget) -> Iterator[tuple[int, list[list[Any]]]]:
    for seen, (number, cells) in enumerate(parser.parse()):
        if seen > 2 * limits.MOST_ROWS:
            raise Refused(_too_many_rows(title))
        found = [_cell(book, cell) for cell in cells if cell["value"] not in (None, "")]
        for column, _kind, value in found:
            _guard_place(title, number, column)
            budget.spend(value)
        yield number, found


def _guard_place(title: str, row: int, column: int) -> None:
    if row > limits.MOST_ROWS or column > limits.MOST_COLUMNS:
        if row > limits.MOST_ROWS and column <= limits.MOST_COLUMNS and row <= 100_000:
            raise Refused(_too_many_rows(title))
        place = f"{get_column_letter(min(column, 18_278))}{row}"
        raise Refused(
            f"Sel {place} pada lembar {title} berisi sesuatu jauh di luar tabel. Kosongkan sel itu, lalu unggah lagi."
        )


def _too_many_rows(title: str) -> str:
    most = f"{limits.MOST_ROWS:,}".replace(",", ".")
    return f"Lembar {title} lebih dari {most} baris. Bagi menjadi beberapa berkas, misalnya satu per perangkat daerah."


def _cell(book: Any, cell: dict[str, Any]) -> list[Any]:
    """Column, kind and value: s text, n number, p per cent, d date, b yes or no, f formula, e what Excel cannot say."""
    kind, value = cell["data_type"], cell["value"]
    if kind == "f":
        text = value if isinstance(value, str) else f"={getattr(value, 'text', '')}"
        return [cell["column"], "f", text.replace("==", "=")[:200]]
    if isinstance(value, datetime):
        return [cell["column"], "d", value.date().isoformat()]
    if isinstance(value, date):
        return [cell["column"], "d", value.isoformat()]
    if isinstance(value, bool):
        return [cell["column"], "b", value]
    if isinstance(value, int | float):
        return [cell["column"], "p" if "%" in _format(book, cell["style_id"]) else "n", value]
    if isinstance(value, str) and kind != "e":
        return [cell["column"], "s", value]
    return [cell["column"], "e", str(value)[:40]]


def _format(book: Any, style: int) -> str:
    number = book._cell_styles[style].numFmtId
    if number < 164:
        return str(BUILTIN_FORMATS.get(number, "General"))
    return str(book._number_formats[number - 164])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
