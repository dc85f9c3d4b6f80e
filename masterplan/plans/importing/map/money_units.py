"""The unit of each money column, from rupiah to billions of rupiah, as heads, titles and notes state it.

Where none does, it is asked; a unit is proposed only where the size of the numbers leaves no other.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from masterplan.plans.importing.map import roles
from masterplan.plans.importing.questions import CellRef, Questions
from smartcity.common.workbooks.cells import folded
from smartcity.common.workbooks.reader import Cell, Grid

_UNITS: tuple[tuple[int, str], ...] = (
    (1_000_000_000, r"\bmil[iy]ar(?:an)?\b|\brp\.? ?m\b"),
    (1_000_000, r"\bjuta(?:an)?\b|\bjt\b"),
    (1_000, r"\bribu(?:an)?\b|rp\.?\s?[(]?[.,]?000|[(x]\s?(?:rp\.?\s?)?1?[.,]000"),
    (1, r"rupiah"),
)
_ABOUT_MONEY = re.compile(
    r"\brp|rupiah|pagu|anggaran|dana\b|\bdalam (?:ribu|juta|mil[iy]ar)|\bmil[iy]ar(?:an)?\b"
    r"|\bjutaan\b|\bribuan\b|x ?1[.,]000"
)
_LONGEST = 30
# Half of the amounts have nine digits or more and most of these end in 000: counted in thousands they would be more
# than any regency has.
_SURELY_IN_FULL = 100_000_000
# Below a head that says Rp and no more, programs usually have as much as this; less is counted in more than rupiah.
_LIKELY_IN_FULL = 1_000_000
_WORDS = (("1", "Rupiah"), ("1000", "Ribu rupiah"), ("1000000", "Juta rupiah"), ("1000000000", "Miliar rupiah"))


def is_money(role: str) -> bool:
    """Whether a column holds the money of a year."""
    return role.startswith(f"{roles.MONEY}:")


def money_unit(above: Iterable[str], heads: Mapping[int, Sequence[str]]) -> int:
    """The unit that the heads of all money columns, or else a line above the table, state: 1.000 for "(ribu rupiah)".

    0 when they state none, and when one column states another than the next.
    """
    stated = {_stated_by(column) for column in heads.values()}
    if stated - {0}:
        return stated.pop() if len(stated) == 1 else 0
    return _stated_by(above)


@dataclass(frozen=True)
class MoneyColumn:
    """The unit of the numbers in a column (0 while unknown) and the median of its amounts, 0 where it tells nothing."""

    unit: int
    typical: float = 0


def money_columns(
    grid: Grid, first_row: int, table_unit: int, above: Iterable[str], heads: Mapping[int, Sequence[str]],
    questions: Questions,
) -> dict[int, MoneyColumn]:  # fmt: skip
    """The money columns with unit and median, so that a number of another unit stands out; where a head states rupiah,
    none does.
    """
    stated = _stated_units(table_unit, above, heads)
    units = stated if all(stated.values()) else _asked_units(grid, first_row, stated, heads, questions)
    found: dict[int, MoneyColumn] = {}
    for unit in set(units.values()):
        columns = {number for number, each in units.items() if each == unit}
        amounts = _amounts(grid, first_row, columns)
        usual = MoneyColumn(unit, median(amounts) if amounts else 0)
        found |= {number: MoneyColumn(1) if unit == stated[number] == 1 else usual for number in columns}
    return found


def _stated_units(table_unit: int, above: Iterable[str], heads: Mapping[int, Sequence[str]]) -> dict[int, int]:
    """The unit of each column, 0 where none is stated: its own where the heads differ, else that of the table."""
    own = {number: _stated_by(column) for number, column in heads.items()}
    if len(set(own.values())) < 2:
        return dict.fromkeys(own, table_unit)
    rest = table_unit or _stated_by(above)
    return {number: unit or rest for number, unit in own.items()}


def _asked_units(
    grid: Grid, first_row: int, units: Mapping[int, int], heads: Mapping[int, Sequence[str]], questions: Questions
) -> dict[int, int]:
    """The units with those that are not stated asked for, once for the sheet."""
    silent = {number for number, unit in units.items() if not unit}
    amounts = _amounts(grid, first_row, silent)
    is_sure = bool(amounts) and _are_in_full(amounts)
    if not amounts or (is_sure and not _has_numbers(grid, first_row, silent)):
        return {number: unit or 1 for number, unit in units.items()}  # who types 1.350.000.000 counts in rupiah
    states_rp = all(re.search(r"\brp\b", folded(" ".join(heads.get(number, ())))) for number in silent)
    proposed = "1" if is_sure or (states_rp and median(amounts) >= _LIKELY_IN_FULL) else ""
    sentence = "Judul kolom tidak menyebut satuan uangnya: rupiah, ribu, juta, atau miliar rupiah. Pilih satuannya."
    if len(silent) < len(units):
        sentence = "Sebagian kolom pagu menyebut satuan uangnya, sebagian tidak. Pilih satuan bagi yang tidak menyebut."
    unit = int(questions.ask(CellRef(grid.title), sentence, _WORDS, proposed, f"{grid.title}:uang") or 0)
    return {number: stated or unit for number, stated in units.items()}


def _are_in_full(amounts: Sequence[float]) -> bool:
    """Whether the size and the ends of amounts leave rupiah only."""
    long = [amount for amount in amounts if amount >= _SURELY_IN_FULL]
    return len(long) * 2 >= len(amounts) and sum(amount % 1_000 == 0 for amount in long) * 2 >= len(long)


def unit_below(texts: Iterable[str]) -> int:
    """The unit that a note below a table names, 0 for none."""
    return _stated_by(text for text in texts if re.search(r"\bdalam\b|\bsatuan\b|rp\.?\s?[(]?[.,]?000", folded(text)))


def _stated_by(texts: Iterable[str]) -> int:
    """The unit that one of some texts about money names."""
    for text in map(folded, texts):
        if _ABOUT_MONEY.search(text):
            for unit, pattern in _UNITS:
                if re.search(pattern, text):
                    return unit
    return 0


def _cells(grid: Grid, first_row: int, columns: set[int]) -> Iterator[Cell]:
    rows = (cells for number, cells in grid.rows.items() if number >= first_row)
    return (cells[column] for cells in rows for column in columns & cells.keys())


def _amounts(grid: Grid, first_row: int, columns: set[int]) -> list[float]:
    return [amount for cell in _cells(grid, first_row, columns) if (amount := _number_in(cell)) > 0]


def _has_numbers(grid: Grid, first_row: int, columns: set[int]) -> bool:
    return any(cell.kind == "n" for cell in _cells(grid, first_row, columns))


def _number_in(cell: Cell) -> float:
    """The number of a cell of money, roughly, 0 where there is none: only how large it is matters here."""
    if cell.kind == "n":
        return float(cell.value)
    text = re.sub(r"^\s*rp\.?|[\s\u00a0]", "", str(cell.value).casefold()) if cell.kind == "s" else ""
    written = re.fullmatch(r"([\d.,]*\d)(?:,-+)?", text) if len(text) < _LONGEST else None
    return float(re.sub(r"\D", "", re.sub(r"[.,]\d{1,2}$", "", written[1]))) if written else 0
