"""What a cell of money means: whole rupiah, counted in the unit of its column; what seems to be of another is asked.

Which unit a column has is found in `money_units`.
"""

from decimal import ROUND_HALF_UP, Decimal

from openpyxl.utils import get_column_letter

from masterplan.plans.importing.map.money_units import MoneyColumn
from masterplan.plans.importing.questions import CellRef, Questions
from masterplan.plans.importing.read.values import EMPTY, LEAVE, NO_RESULT, SCALED, number_of
from smartcity.common.numbers import Ambiguous, Unreadable, format_money, format_number, parse_money
from smartcity.common.workbooks.cells import text_of
from smartcity.common.workbooks.reader import Cell

_LARGEST = 10**15
# No program costs as little, and none of a regency as much: such a number is counted in another unit than its column.
_LEAST, _BEYOND_ANY = 10_000, 2 * 10**12
# So far from what is usual in its column a number is doubtful too, when it is enough for rupiah in full.
_FAR, _LEAST_IN_FULL = 1_000, 10_000_000
_UNIT_WORDS = {1: "Rupiah penuh", 1_000: "Ribu rupiah", 1_000_000: "Juta rupiah", 1_000_000_000: "Miliar rupiah"}
FULL, COUNTED = "full", "counted"
_NO_MONEY = {"d": "tanggal", "t": "jam", "p": "persen", "b": "ya atau tidak"}


class MoneyReader:
    """Reads money for one plan."""

    def __init__(self, doubts: Questions) -> None:
        self._doubts = doubts

    def read(self, place: CellRef, cell: Cell, counted: MoneyColumn) -> int | None:
        """Whole rupiah of a cell whose numbers are counted so; None where there is none."""
        if cell.kind in ("f", "e"):
            return self._none(place, NO_RESULT)
        if cell.kind in _NO_MONEY:
            return self._none(place, f"Sel ini {_NO_MONEY[cell.kind]}, bukan jumlah rupiah. Tulis misalnya 1.250.000.")
        if cell.kind == "n":
            return self._amount(place, Decimal(str(cell.value)), counted)
        text = " ".join(text_of(cell).split())
        counted = MoneyColumn(1) if SCALED.search(text) else counted
        try:
            amount = parse_money(text, counted.unit)
        except Ambiguous as doubt:
            amount = self._which(place, text, doubt)
        except Unreadable as error:
            full = _whole(text) if counted.unit > 1 else None
            if full is None:
                return self._none(place, f"“{text[:40]}” tidak terbaca sebagai uang. {error.sentence}")
            return self._amount(place, Decimal(full), counted)
        if amount is None:
            return None
        number = Decimal(amount) / counted.unit
        if counted.unit > 1 and number >= _LEAST_IN_FULL and text.casefold().startswith("rp"):
            answer = self._ask_about_rp(place)
            if not answer:
                return None
            counted = MoneyColumn(1 if answer == FULL else counted.unit)
        return self._amount(place, number, counted)

    def _ask_about_rp(self, place: CellRef) -> str:
        """Ask once for a column counted in more than rupiah whether amounts with Rp before them are written in full."""
        column = get_column_letter(place.column)
        sentence = (
            f"Judul kolom {column} menyebut ribu atau juta rupiah, tetapi isinya berawal “Rp” dan tampaknya "
            "sudah penuh. Pilih mana yang benar."
        )
        choices = [(FULL, "Rupiah penuh"), (COUNTED, "Menurut satuan di judul kolom")]
        return self._doubts.ask(place, sentence, choices, "", f"{place.sheet}:{column}:rp")

    def _which(self, place: CellRef, text: str, doubt: Ambiguous) -> int | None:
        """The amount meant by one of several readings; a point behind commas leaves only one."""
        if len(doubt.readings) == 1 and "," in text and "." in text:
            return int(doubt.reading)
        choices = [(str(reading.value), format_money(reading.value)) for reading in doubt.readings]
        said = " atau ".join(label for _, label in choices)
        answer = self._doubts.ask(place, f"“{text}” dapat berarti {said}.", [*choices, LEAVE], choices[0][0])
        return number_of(answer)

    def _amount(self, place: CellRef, number: Decimal, counted: MoneyColumn) -> int | None:
        amount = number * counted.unit
        if amount < 0:
            return self._none(place, f"Pagu kurang dari nol ({number}). Tulis jumlah rupiah, misalnya 1.250.000.")
        if counted.unit > 1 and _seems_full(number, amount, counted.typical):
            return self._of_units(place, number, amount, 1)
        if amount >= _LARGEST:
            return self._none(place, "Pagu ini lebih dari 15 angka. Periksa satuan uangnya.")
        whole = int(amount.quantize(Decimal(1), ROUND_HALF_UP))
        if abs(amount - whole) > Decimal("0.005"):
            sentence = "Pagu ini memuat sen. Rupiah disimpan bulat."
            choices = [(str(whole), f"Bulatkan: {format_money(whole)}"), LEAVE]
            return number_of(self._doubts.ask(place, sentence, choices, str(whole)))
        if counted.unit == 1 and 0 < whole < min(_LEAST, counted.typical / _FAR):
            return self._of_units(place, number, amount, 1_000, 1_000_000)
        return whole

    def _of_units(self, place: CellRef, number: Decimal, amount: Decimal, *units: int) -> int | None:
        """Ask whether a number is counted in its column's unit or in one of `units`."""
        meant = {str(int(number * unit)): f"{_UNIT_WORDS[unit]}: {format_money(int(number * unit))}" for unit in units}
        choices = [*meant.items(), LEAVE]
        if amount < _LARGEST:
            choices.insert(0, (str(int(amount)), f"Menurut satuan kolomnya: {format_money(int(amount))}"))
        proposed = "" if amount < _BEYOND_ANY else next(iter(meant))
        sentence = f"Angka {format_number(number)} tampaknya bukan dalam satuan kolomnya. Pilih jumlah yang benar."
        return number_of(self._doubts.ask(place, sentence, choices, proposed, f"{place.sheet}!{place.cell}:satuan"))

    def _none(self, place: CellRef, sentence: str) -> int | None:
        return number_of(self._doubts.ask(place, sentence, [LEAVE], EMPTY))


def _seems_full(number: Decimal, amount: Decimal, typical: float) -> bool:
    """Whether a number in a column of thousands or millions was written in full."""
    is_far = bool(typical) and float(number) >= typical * _FAR
    return number >= _LEAST_IN_FULL and (amount >= _BEYOND_ANY or is_far)


def _whole(text: str) -> int | None:
    """Whole rupiah of a text that is too large for the unit of its column."""
    try:
        return parse_money(text)
    except Unreadable:
        return None
