"""One cell of a workbook: what stands in it for a plain value, and which plain value somebody meant by it.

Numbers, money and dates are real ones on the way out; on the way in text as people type it is understood as well. Which
cells there are is said in `columns`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from smartcity.common.numbers import (
    Unreadable,
    format_date,
    format_number,
    parse_date,
    parse_money,
    parse_target,
    parse_year,
)
from smartcity.common.reading import tidy
from smartcity.common.text import clean_text
from smartcity.common.workbooks.reader import Cell

# Excel holds no more in one cell, and cuts the rest without a word.
CELL_LIMIT = 32_767
TOO_LONG_FOR_CELL = "(Teks ini terlalu panjang untuk satu sel Excel. Ubah di portal; sel ini tidak dibaca.)"
SEPARATOR = "; "

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LARGEST_MONEY = 10**15
# Excel keeps 15 digits of a number; further ones become 0. Below the sixth decimal place nothing is kept here.
_FIRST_ROUNDED, _SMALLEST = 10**15, 0.5e-6
# What Excel shows for such a number. `2E10` alone is no such text: typed into a cell of text it may be a code.
_EXPONENT = re.compile(r"([+-]?\d+)(?:[.,](\d+)E([+-]?)|E([+-]))(\d{1,3})", re.IGNORECASE)

Written = str | int | date | None


class CellKind(StrEnum):
    """How a cell looks and is read."""

    LINE = "line"
    TEXT = "text"
    TARGET = "target"
    NOTED = "noted"  # a target that also keeps "tidak ada", as a baseline does
    YEAR = "year"
    SCORE = "score"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    SEVERAL = "several"


@dataclass(frozen=True)
class Options:
    """The values a cell may choose from. `offered` are in the dropdown; older ones are still understood."""

    offered: tuple[tuple[Any, str], ...]
    known: Mapping[Any, str] = field(default_factory=dict)
    spellings: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        offered: Iterable[tuple[Any, str]],
        *,
        older: Iterable[tuple[Any, str]] = (),
        also: Iterable[tuple[str, Any]] = (),
    ) -> "Options":
        """From pairs of value and label; `also` are further spellings with the value each means."""
        listed, past = tuple(offered), tuple(older)
        spellings: dict[str, Any] = {}
        for spelling, value in [
            *((label, value) for value, label in listed),
            *also,
            *((label, value) for value, label in past),
        ]:
            spellings.setdefault(folded(spelling), value)
        return cls(listed, dict([*past, *listed]), spellings)

    def label(self, value: Any) -> str:
        """The word for a value, "" for none."""
        return "" if value in (None, "") else self.known.get(value, str(value))

    def find(self, text: str) -> Any:
        """The value meant by `text`. Raises Unreadable with some of the words there are."""
        found = self.spellings.get(folded(text))
        if found is None:
            words = ", ".join(label for _, label in self.offered[:4])
            more = " atau pilihan lain dari daftar" if len(self.offered) > 4 else ""
            raise Unreadable(f"“{text[:60]}” tidak ada dalam daftar. Pilih misalnya {words}{more}.")
        return found


@dataclass(frozen=True)
class SheetColumn:
    """A column: `key` names the value in a row, `head` and `note` are read by people."""

    key: str
    head: str
    note: str
    kind: CellKind
    limit: int = 0
    options: Options = Options(())
    end: bool = False
    empty: Any = ""

    @property
    def width(self) -> int:
        """In characters of the default font."""
        return _WIDTHS[self.kind]


_WIDTHS = {
    CellKind.LINE: 30,
    CellKind.TEXT: 48,
    CellKind.TARGET: 12,
    CellKind.NOTED: 14,
    CellKind.YEAR: 9,
    CellKind.SCORE: 12,
    CellKind.MONEY: 17,
    CellKind.DATE: 13,
    CellKind.CHOICE: 22,
    CellKind.SEVERAL: 34,
}


def folded(text: str) -> str:
    """A spelling without case and superfluous blanks, for comparing names."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def printable(text: str) -> str:
    """`text` without what a workbook cannot hold: control characters, which the portal does not keep either."""
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


# Out ----------------------------------------------------------------------------------------------------------------


def write(column: SheetColumn, value: Any) -> Written:
    """What stands in the cell: text, a whole number, a date or nothing."""
    if value is None or value == "" or value == []:
        return column.options.label(False) if value is False else None
    if column.kind is CellKind.CHOICE:
        return printable(column.options.label(value))
    if column.kind is CellKind.SEVERAL:
        return printable(SEPARATOR.join(sorted(column.options.label(item) for item in value)))
    if column.kind is CellKind.DATE:
        return date.fromisoformat(value)
    if column.kind in (CellKind.YEAR, CellKind.SCORE, CellKind.MONEY):
        return int(value)
    text = printable(str(value))
    return text if len(text) <= CELL_LIMIT else TOO_LONG_FOR_CELL


def same(written: Written, cell: Cell | None) -> bool:
    """Whether a cell still holds what we wrote, whichever program stored it in between."""
    if cell is None:
        return written in (None, "")
    if isinstance(written, str):
        # LibreOffice reads `_x005F_x000D_` as the text `_x000D_` and stores just that, which would be a line break.
        spelled = {_plain(str(cell.value)), _plain(_unescaped(str(cell.value)))}
        return cell.kind == "s" and _plain(written) in spelled
    if isinstance(written, date):
        return cell.kind == "d" and cell.value == written.isoformat()
    return isinstance(written, int) and cell.kind == "n" and cell.value == written


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", printable(text)).strip()


def _unescaped(text: str) -> str:
    """The characters that a workbook spells by their number."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


# In -----------------------------------------------------------------------------------------------------------------


def understand(column: SheetColumn, cell: Cell | None) -> Any:
    """The plain value somebody meant. Raises Unreadable with a sentence that says what to write."""
    if cell is None or (cell.kind == "s" and not str(cell.value).strip()):
        return column.empty
    if cell.kind == "f":
        raise Unreadable("Sel ini berisi rumus. Ganti dengan nilainya: salin, lalu tempel khusus sebagai nilai.")
    if cell.kind == "e":
        raise Unreadable(f"Sel ini berisi galat Excel ({cell.value}). Tulis nilainya.")
    if column.kind in _KEEPS_DIGITS:
        _refuse_exponent(cell)
    return _READERS[column.kind](column, cell)


def _refuse_exponent(cell: Cell) -> None:
    """Raise Unreadable for a number that Excel rounded or shows with an exponent: the digits typed are gone."""
    shown = ""
    if cell.kind == "n" and cell.value and not _SMALLEST <= abs(cell.value) < _FIRST_ROUNDED:
        shown = re.sub(r"\.?0*E", "E", f"{cell.value:.14E}").replace(".", ",")
    elif cell.kind == "s" and (found := _EXPONENT.fullmatch(str(cell.value).strip())):
        whole, places, sign, bare_sign, power = found.groups()
        shown = f"{whole}{',' + places if places else ''}E{sign or bare_sign or '+'}{power}"
    if shown:
        raise Unreadable(
            f"Excel mengubah angka ini menjadi {shown}. Ubah format kolom menjadi Teks, lalu tulis ulang angkanya."
        )


def text_of(cell: Cell) -> str:
    """What a person reads in the cell, as text."""
    if cell.kind == "d":
        day = format_date(date.fromisoformat(cell.value))
        raise Unreadable(
            f"Excel mengubah isian ini menjadi tanggal {day}. Ubah format sel menjadi Teks, lalu tulis lagi."
        )
    if cell.kind == "t":
        hours, minutes = cell.value.split(":")
        clock = f"jam {hours}.{minutes:0>2}"
        raise Unreadable(f"Excel mengubah isian ini menjadi {clock}. Ubah format sel menjadi Teks, lalu tulis lagi.")
    if cell.kind == "b":
        return "Ya" if cell.value else "Tidak"
    if cell.kind == "p":
        return f"{_number_text(Decimal(str(cell.value)) * 100)}%"
    return _number_text(cell.value) if cell.kind == "n" else _unescaped(str(cell.value))


def _number_text(value: Any) -> str:
    """A number as it is spelled here; whole ones without dots, as they may be a year or a code."""
    number = Decimal(str(value))
    return str(int(number)) if number == number.to_integral_value() else format_number(number, places=6)


def _line(column: SheetColumn, cell: Cell) -> str:
    return clean_text(" ".join(text_of(cell).split()), column.limit)


def _text(column: SheetColumn, cell: Cell) -> str:
    return clean_text(text_of(cell), column.limit)


def _target(column: SheetColumn, cell: Cell) -> str:
    text = clean_text(tidy(text_of(cell)), column.limit)
    return text if parse_target(text) is not None or column.kind is CellKind.NOTED else ""


def _year(column: SheetColumn, cell: Cell) -> int | None:
    return parse_year(text_of(cell))


def _score(column: SheetColumn, cell: Cell) -> int | None:
    text = text_of(cell).strip()
    if text not in {str(value) for value, _ in column.options.offered}:
        raise Unreadable("Tulis nilai 1 sampai 5, atau kosongkan.")
    return int(text)


def _money(column: SheetColumn, cell: Cell) -> int | None:
    if cell.kind != "n":
        return parse_money(text_of(cell))
    if cell.value < 0:
        raise Unreadable("Jumlah rupiah tidak boleh kurang dari nol. Tulis misalnya 1.250.000.")
    if cell.value != int(cell.value):
        raise Unreadable("Tulis rupiah bulat tanpa sen, misalnya 1.250.000 atau 1,25 miliar.")
    if cell.value >= _LARGEST_MONEY:
        raise Unreadable("Angka ini terlalu besar: paling banyak 15 angka. Tulis misalnya 1.250.000.000.")
    return int(cell.value)


def _date(column: SheetColumn, cell: Cell) -> str | None:
    if cell.kind == "d":
        day = date.fromisoformat(cell.value)
        if not 1900 <= day.year <= 2100:
            raise Unreadable("Tulis tahun antara 1900 dan 2100, misalnya 31/12/2027.")
        return day.isoformat()
    if cell.kind in ("n", "p"):
        raise Unreadable("Tulis tanggal, bulan, tahun, misalnya 31/12/2027 atau 31 Desember 2027.")
    found = parse_date(text_of(cell), end=column.end)
    return found.isoformat() if found else None


def _choice(column: SheetColumn, cell: Cell) -> Any:
    return column.options.find(text_of(cell))


def _several(column: SheetColumn, cell: Cell) -> list[Any]:
    """Names divided by semicolons or new lines; by commas too where the whole is no name by itself."""
    found: list[Any] = []
    for piece in re.split(r"[;\n]", text_of(cell)):
        if not piece.strip():
            continue
        whole = column.options.spellings.get(folded(piece))
        names = [piece] if whole is not None else [name for name in piece.split(",") if name.strip()]
        found += [column.options.find(name.strip()) for name in names]
    return sorted(set(found))


# The kinds whose text may be a code or a figure that has to stay as it was typed.
_KEEPS_DIGITS = (CellKind.LINE, CellKind.TEXT, CellKind.TARGET, CellKind.NOTED)

_READERS: dict[CellKind, Callable[[SheetColumn, Cell], Any]] = {
    CellKind.LINE: _line,
    CellKind.TEXT: _text,
    CellKind.TARGET: _target,
    CellKind.NOTED: _target,
    CellKind.YEAR: _year,
    CellKind.SCORE: _score,
    CellKind.MONEY: _money,
    CellKind.DATE: _date,
    CellKind.CHOICE: _choice,
    CellKind.SEVERAL: _several,
}
