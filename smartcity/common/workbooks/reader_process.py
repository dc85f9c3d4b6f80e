"""The process that opens somebody's workbook: `python -m smartcity.common.workbooks.reader_process FILE PARENT USE`.

USE, what it is read for, is JSON, and so is the answer on stdout. It looks into the ZIP before it inflates anything,
reads cell by cell within `limits`, and tells what stands where; what that means is decided by whoever asked. It needs
no Django, no database and no network, and opens none.
"""

import json
import re
import sys
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser

from smartcity.common.confinement import die_with_parent, forbid_network, limit_memory, start_clock
from smartcity.common.workbooks import limits
from smartcity.common.workbooks.limits import Purpose

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# A workbook declares no entities of its own; whoever does wants to see them multiplied. In both widths of letters.
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\x00!\x00[DE]|\x00<\x00!\x00[DE]", re.IGNORECASE)

_CHUNK = 1024 * 1024
# Cells that are only formatted hold nothing, and a sheet may have many of them: so many times those that may be filled.
_TAGS_PER_CELL = 3
_FAR = limits.MOST_COLUMNS

NOT_XLSX = "Berkas ini bukan buku kerja Excel (.xlsx). Buka di Excel atau LibreOffice, lalu simpan sebagai .xlsx."
LOCKED = (
    "Berkas ini dilindungi kata sandi atau berformat lama (.xls). Simpan ulang sebagai .xlsx tanpa kata sandi, "
    "lalu unggah lagi."
)
MACROS = "Berkas ini berisi makro. Simpan ulang sebagai .xlsx (tanpa makro), lalu unggah lagi."
TOO_LARGE = "Isi berkas ini terlalu besar."
BROKEN = "Berkas ini rusak atau tidak lengkap. Buka di Excel atau LibreOffice, simpan ulang sebagai .xlsx, lalu unggah."


class WorkbookRefused(Exception):
    """The workbook is not read; the sentence says what to do."""


class _TooLarge(WorkbookRefused):
    """There is more in the workbook than may be read for this purpose."""

    def __init__(self, purpose: Purpose) -> None:
        super().__init__(f"{TOO_LARGE} {purpose.advice}")


def main(name: str, parent: int, purpose: Purpose) -> None:
    """Confine this process, read the file, and say what is in it or why it is not read."""
    die_with_parent(parent)
    forbid_network()
    limit_memory(limits.MEMORY_MB, largest_file=0)
    start_clock(cpu_seconds=purpose.cpu_seconds, wall_seconds=limits.WALL_SECONDS)
    answer: dict[str, Any]
    try:
        answer = {"sheets": read(name, purpose)}
    except WorkbookRefused as refusal:
        answer = {"refused": str(refusal)}
    except MemoryError:
        answer = {"refused": str(_TooLarge(purpose))}
    # This process exists to be the place where a file from outside may break a library we did not write.
    except Exception as error:  # noqa: BLE001
        answer = {"refused": BROKEN, "why": f"{type(error).__name__}: {error}"[:300]}
    answer["peak_memory_mb"] = _peak_memory_mb()
    sys.stdout.write(json.dumps(answer))


def _peak_memory_mb() -> int:
    """The most this program held. What getrusage tells counts the process it was started from as well."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) // 1024  # type: ignore[index]


def read(name: str, purpose: Purpose) -> list[dict[str, Any]]:
    """Every sheet with its filled cells. Raises Refused, and whatever a broken file makes the libraries raise."""
    _inspect(name, purpose)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(name, read_only=True, keep_links=False)
        if len(book.worksheets) > limits.MOST_SHEETS:
            raise _TooLarge(purpose)
        budget = _Budget(purpose)
        return [_sheet(book, sheet, budget) for sheet in book.worksheets]


# The ZIP ------------------------------------------------------------------------------------------------------------


def _inspect(name: str, purpose: Purpose) -> None:
    """Refuse what is no workbook or would grow, by looking at the directory and then once through the parts."""
    with open(name, "rb") as handle:
        head = handle.read(8)
    if head.startswith(_OLE):
        raise WorkbookRefused(LOCKED)
    if not head.startswith(_ZIP) or not zipfile.is_zipfile(name):
        raise WorkbookRefused(NOT_XLSX)
    with zipfile.ZipFile(name) as archive:
        parts = archive.infolist()
        names = {part.filename for part in parts}
        if "xl/workbook.xml" not in names:
            raise WorkbookRefused(NOT_XLSX)
        if any("vbaproject" in part.lower() for part in names):
            raise WorkbookRefused(MACROS)
        if any(part.flag_bits & 0x1 for part in parts):
            raise WorkbookRefused(LOCKED)
        if len(parts) > limits.MOST_ENTRIES or sum(part.file_size for part in parts) > limits.MOST_INFLATED:
            raise _TooLarge(purpose)
        for part in parts:
            _inspect_part(archive, part, purpose)


def _inspect_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, purpose: Purpose) -> None:
    """A part is as long as the directory says, or zipfile raises; its first letters declare nothing, and a sheet has
    no more cells than can be read: counting tags is much cheaper than reading them.
    """
    if not part.filename.endswith((".xml", ".rels", ".vml")):
        return
    with archive.open(part) as handle:
        chunk = handle.read(_CHUNK)
        if _DECLARES.search(chunk[:4096]):
            raise WorkbookRefused(BROKEN)
        cells = 0
        while part.filename.startswith("xl/worksheets/") and chunk:
            cells += chunk.count(b"<c ") + chunk.count(b"<c>") + chunk.count(b"<c/>")
            if cells > _TAGS_PER_CELL * purpose.cells:
                raise _TooLarge(purpose)
            chunk = handle.read(_CHUNK)


# The cells ----------------------------------------------------------------------------------------------------------


class _Budget:
    """What all sheets together may still hold."""

    def __init__(self, purpose: Purpose) -> None:
        self.purpose = purpose
        self.cells, self.letters = purpose.cells, limits.MOST_LETTERS

    def spend(self, value: Any) -> None:
        self.cells -= 1
        self.letters -= len(value) if isinstance(value, str) else 8
        if self.cells < 0 or self.letters < 0:
            raise _TooLarge(self.purpose)


class _SeenParser(WorkSheetParser):
    """Gives what a formula showed when the file was saved; one that was never worked out stays a formula."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        self.data_only = element.find(FORMULA_TAG) is None or bool(element.findtext(VALUE_TAG))
        found: dict[str, Any] = super().parse_cell(element)
        return found


def _sheet(book: Any, sheet: Any, budget: _Budget) -> dict[str, Any]:
    with sheet._get_source() as source:
        parser = (_SeenParser if budget.purpose.as_seen else WorkSheetParser)(
            source,
            sheet._shared_strings,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        rows = [row for row in _rows(book, sheet.title, parser, budget) if row[1]]
    merged = [str(found.ref) for found in (parser.merged_cells.mergeCell if parser.merged_cells else [])]
    return {
        "title": sheet.title, "rows": rows, "merged": merged[: budget.purpose.merged],
        "hidden_rows": [number for number, _ in rows if _is_hidden(parser.row_dimensions.get(str(number), {}))],
        "hidden_columns": _hidden_columns(parser), "is_hidden": sheet.sheet_state != "visible",
    }  # fmt: skip


def _hidden_columns(parser: Any) -> list[int]:
    """The columns that Excel does not show; a span that reaches beyond any table is not followed to its end."""
    spans = [each for each in parser.column_dimensions.values() if _is_hidden(each)]
    found = {column for each in spans for column in range(int(each["min"]), min(int(each["max"]), _FAR) + 1)}
    return sorted(found)


def _is_hidden(dimension: dict[str, Any]) -> bool:
    return dimension.get("hidden") in ("1", "true")


def _rows(book: Any, title: str, parser: Any, budget: _Budget) -> Iterator[tuple[int, list[list[Any]]]]:
    for seen, (number, cells) in enumerate(parser.parse()):
        if seen > 2 * budget.purpose.rows:
            raise WorkbookRefused(_too_many_rows(title, budget.purpose))
        found = [_cell(book, cell, budget.purpose) for cell in cells if cell["value"] not in (None, "")]
        for column, _kind, value, *_ in found:
            _guard_place(title, number, column, budget.purpose)
            budget.spend(value)
        yield number, found


def _guard_place(title: str, row: int, column: int, purpose: Purpose) -> None:
    if row > purpose.rows or column > limits.MOST_COLUMNS:
        if row > purpose.rows and column <= limits.MOST_COLUMNS and row <= 100_000:
            raise WorkbookRefused(_too_many_rows(title, purpose))
        place = f"{get_column_letter(min(column, 18_278))}{row}"
        raise WorkbookRefused(
            f"Sel {place} pada lembar {title} berisi sesuatu jauh di luar tabel. Kosongkan sel itu, lalu unggah lagi."
        )


def _too_many_rows(title: str, purpose: Purpose) -> str:
    most = f"{purpose.rows:,}".replace(",", ".")
    return f"Lembar {title} lebih dari {most} baris. {purpose.division}"


def _cell(book: Any, cell: dict[str, Any], purpose: Purpose) -> list[Any]:
    """Column, kind and value: s text, n number, p per cent, d date, t hours and minutes, b yes or no, f formula, e what
    Excel cannot say.

    Behind a text that is bold or italic, 1 or 2 says so, 3 for both, where a person's eye counts.
    """
    kind, value = cell["data_type"], cell["value"]
    if kind == "f":
        text = value if isinstance(value, str) else f"={getattr(value, 'text', '')}"
        return [cell["column"], "f", text.replace("==", "=")[:200]]
    if isinstance(value, datetime):
        return [cell["column"], "d", value.date().isoformat()]
    if isinstance(value, date):
        return [cell["column"], "d", value.isoformat()]
    if isinstance(value, time):
        return [cell["column"], "t", f"{value.hour}:{value.minute}"]
    if isinstance(value, timedelta) and value >= timedelta():
        return [cell["column"], "t", "{}:{}".format(*divmod(int(value.total_seconds()) // 60, 60))]
    if isinstance(value, bool):
        return [cell["column"], "b", value]
    if isinstance(value, int | float):
        return [cell["column"], "p" if "%" in _format(book, cell["style_id"]) else "n", value]
    if isinstance(value, str) and kind != "e":
        return [cell["column"], "s", *(_as_seen(book, cell, value) if purpose.as_seen else [value])]
    return [cell["column"], "e", str(value)[:40]]


def _as_seen(book: Any, cell: dict[str, Any], text: str) -> list[Any]:
    """The text with its indent as blanks, three for each step, and how it stands out: in plans both tell what stands
    below what.
    """
    style = book._cell_styles[int(cell["style_id"])]
    steps = int(book._alignments[style.alignmentId].indent) if style.alignmentId else 0
    font = book._fonts[style.fontId]
    emphasis = bool(font.b) + 2 * bool(font.i)
    return ["   " * min(steps, 20) + text, *([emphasis] if emphasis else [])]


def _format(book: Any, style: int) -> str:
    number = book._cell_styles[style].numFmtId
    if number < 164:
        return str(BUILTIN_FORMATS.get(number, "General"))
    return str(book._number_formats[number - 164])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Purpose(**json.loads(sys.argv[3])))
