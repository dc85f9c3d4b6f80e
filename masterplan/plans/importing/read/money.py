"""What a cell of money means: whole rupiah, counted in the unit of its column; what seems to be of another is asked.

Which unit a column has is found in `money_units`.
"""

from decimal import ROUND_HALF_UP, Decimal

from openpyxl.utils import get_column_letter

from masterplan.plans.importing.map.money_units import MoneyColumn
from masterplan.plans.importing.questions import LEAVE_EMPTY, CellRef, Questions
from masterplan.plans.importing.read.values import NO_RESULT, SCALED, number_of
from smartcity.common.numbers import Ambiguous, Unreadable, format_money, format_number, parse_money
from smartcity.common.workbooks.cells import text_of
from smartcity.common.workbooks.reader import Cell

_LARGEST = 10**15
# No program costs as little, and none of a regency as much: such a number is counted in another unit than its column.
_LEAST, _BEYOND_ANY = 10_000, 2 * 10**12
# So far from what is usual in its column a number is doubtful too, when it is enough for rupiah in full.
_FAR, _LEAST_IN_FULL = 1_000, 10_000_000
_UNIT_WORDS = {1: "Rupiah penuh", 1_000: "Ribu rupiah", 1_000_000: "Juta rupiah"}
_NO_MONEY = {"d": "tanggal", "t": "jam", "p": "persen", "b": "ya atau tidak"}


class MoneyReader:
    """Reads money for one plan."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions

    def read(self, ref: CellRef, cell: Cell, column: MoneyColumn) -> int | None:
        """Whole rupiah of a cell of such a column; None where there is none."""
        if cell.kind in ("f", "e"):
            return self._none(ref, NO_RESULT)
        if cell.kind in _NO_MONEY:
            sentence = f"Sel ini {_NO_MONEY[cell.kind]}, bukan jumlah rupiah. Tulis misalnya 1.250.000."
            return self._none(ref, sentence)
        if cell.kind == "n":
            return self._amount(ref, Decimal(str(cell.value)), column)
        text = " ".join(text_of(cell).split())
        column = MoneyColumn(1) if SCALED.search(text) else column
        try:
            amount = parse_money(text, column.unit)
        except Ambiguous as error:
            amount = self._meant(ref, text, error)
        except Unreadable as error:
            full = _whole(text) if column.unit > 1 else None  # too large for the unit of its column
            if full is None:
                return self._none(ref, f"“{text[:40]}” tidak terbaca sebagai uang. {error.sentence}")
            return self._amount(ref, Decimal(full), column)
        if amount is None:
            return None
        number = Decimal(amount) / column.unit
        if column.unit > 1 and number >= _LEAST_IN_FULL and text.casefold().startswith("rp"):
            answer = self._ask_about_rp(ref)
            if not answer:
                return None
            column = MoneyColumn(1 if answer == "full" else column.unit)
        return self._amount(ref, number, column)

    def _none(self, ref: CellRef, sentence: str) -> int | None:
        self._questions.notice(ref, sentence)
        return None

    def _ask_about_rp(self, ref: CellRef) -> str:
        """Ask once for a column counted in more than rupiah whether amounts with Rp before them are written in full."""
        letter = get_column_letter(ref.column)
        sentence = (
            f"Judul kolom {letter} menyebut ribu atau juta rupiah, tetapi isinya berawal “Rp” dan tampaknya "
            "sudah penuh. Pilih mana yang benar."
        )
        choices = [("full", "Rupiah penuh"), ("counted", "Menurut satuan di judul kolom")]
        return self._questions.ask(ref, sentence, choices, "", f"{ref.sheet}:{letter}:rp")

    def _meant(self, ref: CellRef, text: str, error: Ambiguous) -> int | None:
        """The amount meant by one of several readings; a point behind commas leaves only one."""
        if len(error.readings) == 1 and "," in text and "." in text:
            return int(error.reading)
        choices = [(str(reading.value), format_money(reading.value)) for reading in error.readings]
        sentence = f"“{text}” dapat berarti {' atau '.join(label for _, label in choices)}."
        return number_of(self._questions.ask(ref, sentence, [*choices, LEAVE_EMPTY], choices[0][0]))

    def _amount(self, ref: CellRef, number: Decimal, column: MoneyColumn) -> int | None:
        amount = number * column.unit
        if amount < 0:
            sentence = f"Pagu kurang dari nol ({number}). Tulis jumlah rupiah, misalnya 1.250.000."
            return self._none(ref, sentence)
        if column.unit > 1 and _seems_full(number, amount, column.typical):
            return self._of_units(ref, number, amount, 1)
        if amount >= _LARGEST:
            return self._none(ref, "Pagu ini lebih dari 15 angka. Periksa satuan uangnya.")
        whole = int(amount.quantize(Decimal(1), ROUND_HALF_UP))
        if abs(amount - whole) > Decimal("0.005"):
            choices = [(str(whole), f"Bulatkan: {format_money(whole)}"), LEAVE_EMPTY]
            sentence = "Pagu ini memuat sen. Rupiah disimpan bulat."
            return number_of(self._questions.ask(ref, sentence, choices, str(whole)))
        if column.unit == 1 and 0 < whole < min(_LEAST, column.typical / _FAR):
            return self._of_units(ref, number, amount, 1_000, 1_000_000)
        return whole

    def _of_units(self, ref: CellRef, number: Decimal, amount: Decimal, *units: int) -> int | None:
        """Ask whether a number is counted in its column's unit or in one of `units`."""
        meant = {str(int(number * unit)): f"{_UNIT_WORDS[unit]}: {format_money(int(number * unit))}" for unit in units}
        choices = [*meant.items(), LEAVE_EMPTY]
        if amount < _LARGEST:
            choices.insert(0, (str(int(amount)), f"Menurut satuan kolomnya: {format_money(int(amount))}"))
        proposed = "" if amount < _BEYOND_ANY else next(iter(meant))
        sentence = f"Angka {format_number(number)} tampaknya bukan dalam satuan kolomnya. Pilih jumlah yang benar."
        return number_of(self._questions.ask(ref, sentence, choices, proposed, f"{ref.sheet}!{ref.cell}:satuan"))


def _seems_full(number: Decimal, amount: Decimal, typical: float) -> bool:
    """Whether a number in a column of thousands or millions was written in full."""
    is_far = bool(typical) and float(number) >= typical * _FAR
    return number >= _LEAST_IN_FULL and (amount >= _BEYOND_ANY or is_far)


def _whole(text: str) -> int | None:
    try:
        return parse_money(text)
    except Unreadable:
        return None
