"""What the money of a table is counted in, from rupiah to billions of rupiah, as heads and titles say, by column.

What they leave open is asked, and nothing is proposed unless the size of the numbers leaves one unit only.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from masterplan.plans.importing.map import roles
from masterplan.plans.importing.questions import CellRef, Questions
from smartcity.common.workbooks.cells import folded
from smartcity.common.workbooks.reader import Cell, Grid

Amounts = dict[int, list[float]]

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
    """What the heads of all money columns, or else a line above the table, say: 1.000 for "(ribu rupiah)".

    0 when they are silent, and when one column says another unit than the next.
    """
    said = {_said_by(column) for column in heads.values()}
    if said - {0}:
        return said.pop() if len(said) == 1 else 0
    return _said_by(above)


def units_of_columns(table_unit: int, above: Iterable[str], heads: Mapping[int, Sequence[str]]) -> dict[int, int]:
    """The unit of each money column, 0 where nobody said: its own where the heads differ, else that of the table."""
    own = {number: _said_by(column) for number, column in heads.items()}
    if len(set(own.values())) < 2:
        return dict.fromkeys(own, table_unit)
    rest = table_unit or _said_by(above)
    return {number: unit or rest for number, unit in own.items()}


def asked_units(
    grid: Grid, first_row: int, units: Mapping[int, int], heads: Mapping[int, Sequence[str]], doubts: Questions
) -> dict[int, int]:
    """The units with those that nobody said asked for, once for the sheet; rupiah is proposed on evidence alone."""
    silent = {number for number, unit in units.items() if not unit}
    amounts = [amount for each in _amounts(grid, first_row, silent).values() for amount in each]
    if not amounts:
        return {number: unit or 1 for number, unit in units.items()}
    is_sure = _are_in_full(amounts)
    says_rp = all(re.search(r"\brp\b", folded(" ".join(heads.get(number, ())))) for number in silent)
    proposed = "1" if is_sure or (says_rp and median(amounts) >= _LIKELY_IN_FULL) else ""
    if is_sure and not _has_numbers(grid, first_row, silent):
        return {number: unit or 1 for number, unit in units.items()}  # who types 1.350.000.000 counts in rupiah
    sentence = "Judul kolom tidak menyebut satuan uangnya: rupiah, ribu, juta, atau miliar rupiah. Pilih satuannya."
    if len(silent) < len(units):
        sentence = "Sebagian kolom pagu menyebut satuan uangnya, sebagian tidak. Pilih satuan bagi yang tidak menyebut."
    unit = int(doubts.ask(CellRef(grid.title), sentence, _WORDS, proposed, f"{grid.title}:uang") or 0)
    return {number: said or unit for number, said in units.items()}


def _are_in_full(amounts: Sequence[float]) -> bool:
    """Whether the size and the ends of amounts leave rupiah only."""
    long = [amount for amount in amounts if amount >= _SURELY_IN_FULL]
    return len(long) * 2 >= len(amounts) and sum(amount % 1_000 == 0 for amount in long) * 2 >= len(long)


def unit_below(texts: Iterable[str]) -> int:
    """The unit that a note below a table names, 0 for none."""
    return _said_by(text for text in texts if re.search(r"\bdalam\b|\bsatuan\b|rp\.?\s?[(]?[.,]?000", folded(text)))


@dataclass(frozen=True)
class MoneyColumn:
    """What the numbers of a column are counted in, and the middle one of those of its unit, 0 where none is known."""

    unit: int
    typical: float = 0


def counted_money(
    grid: Grid, first_row: int, units: Mapping[int, int], said: Mapping[int, int]
) -> dict[int, MoneyColumn]:
    """The money columns with what is usual in them, so that a number of another unit stands out; where a head says
    rupiah, none does.
    """
    found: dict[int, MoneyColumn] = {}
    for unit in set(units.values()):
        columns = {number for number, each in units.items() if each == unit}
        amounts = [amount for each in _amounts(grid, first_row, columns).values() for amount in each]
        usual = MoneyColumn(unit, median(amounts) if amounts else 0)
        found |= {number: MoneyColumn(1) if unit == said[number] == 1 else usual for number in columns}
    return found


def _said_by(texts: Iterable[str]) -> int:
    """The unit that one of some texts about money names."""
    for text in map(folded, texts):
        if _ABOUT_MONEY.search(text):
            for unit, pattern in _UNITS:
                if re.search(pattern, text):
                    return unit
    return 0


def _amounts(grid: Grid, first_row: int, columns: set[int]) -> Amounts:
    found: Amounts = {}
    for number, cells in grid.rows.items():
        if number >= first_row:
            for column in columns & cells.keys():
                amount = _number_in(cells[column])
                if amount > 0:
                    found.setdefault(column, []).append(amount)
    return found


def _has_numbers(grid: Grid, first_row: int, columns: set[int]) -> bool:
    return any(
        cells[column].kind == "n"
        for number, cells in grid.rows.items()
        if number >= first_row
        for column in columns & cells.keys()
    )


def _number_in(cell: Cell) -> float:
    """The number of a cell of money, roughly, 0 where there is none: only how large it is matters here."""
    if cell.kind == "n":
        return float(cell.value)
    text = re.sub(r"^\s*rp\.?|[\s\u00a0]", "", str(cell.value).casefold()) if cell.kind == "s" else ""
    written = re.fullmatch(r"([\d.,]*\d)(?:,-+)?", text) if len(text) < _LONGEST else None
    return float(re.sub(r"\D", "", re.sub(r"[.,]\d{1,2}$", "", written[1]))) if written else 0
