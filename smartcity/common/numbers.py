"""Numbers, rupiah and targets read as Indonesians write them, and the one import for all readers and formatters.

Dates are read in `dates`, values are written out in `formatting`; both are re-exported, as callers need them together.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from smartcity.common.dates import parse_date, parse_year
from smartcity.common.formatting import (
    format_age,
    format_date,
    format_millions,
    format_moment,
    format_money,
    format_month,
    format_number,
)
from smartcity.common.reading import MAX_LENGTH, Ambiguous, Interpretation, Unreadable, is_blank, tidy

__all__ = [
    "Ambiguous",
    "Interpretation",
    "Target",
    "Unreadable",
    "exact_target",
    "format_age",
    "format_date",
    "format_millions",
    "format_moment",
    "format_money",
    "format_month",
    "format_number",
    "parse_date",
    "parse_money",
    "parse_number",
    "parse_target",
    "parse_year",
]

MAX_DIGITS = 15
MAX_DECIMALS = 6

_WORD_SCALES = {
    "rb": 3,
    "ribu": 3,
    "jt": 6,
    "juta": 6,
    "miliar": 9,
    "milyar": 9,
    "triliun": 12,
    "trilyun": 12,
}
# A lone letter is a scale only for money: in an indicator "2 m" may be metres and "5 t" tonnes.
_MONEY_SCALES = _WORD_SCALES | {"k": 3, "m": 9, "t": 12}

_CLEAR = re.compile(r"(?:[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?: \d{3})+|\d+)(?:,\d+)?")
_COMMA_AND_THREE = re.compile(r"[1-9]\d{0,2},\d{3}")
_DECIMAL_POINT = re.compile(r"\d+\.\d+")
_ENGLISH = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_RANGE = re.compile(
    r"(.*\d[^-\u2013\u2014]*?)\s*"
    r"(?:[-\u2013\u2014]|\bs\.?\s?/?d\.?(?=\s)|\b(?:sampai(?: dengan)?|hingga)\b)"
    r"\s*(.*\d.*)",
    re.IGNORECASE,
)
_BOUNDS = {
    "minimal": (">=", "=>", "\u2265", "minimal", "min.", "min", "paling sedikit", "sedikitnya", "setidaknya"),
    "maksimal": ("<=", "=<", "\u2264", "maksimal", "maks.", "maks", "max.", "max", "paling banyak"),
    "lebih dari": (">", "lebih dari", "di atas"),
    "kurang dari": ("<", "kurang dari", "di bawah"),
}
_BOUND_OF = {sign: words for words, signs in _BOUNDS.items() for sign in signs}
_UPWARD = ("minimal", "lebih dari")
_BOUND = re.compile(rf"({'|'.join(map(re.escape, sorted(_BOUND_OF, key=len, reverse=True)))})\s*(.+)", re.IGNORECASE)

_MINUS = ("-", "\u2013", "\u2014")

_SAY_NUMBER = "Tulis angka dengan koma desimal, misalnya 99,25."
_SAY_MONEY = "Tulis jumlah rupiah, misalnya 1.250.000 atau 1,25 miliar."


@dataclass(frozen=True)
class Target:
    """A target as written, and the numbers it was understood as.

    `low` equals `high` for a single number; one of them is None for "minimal 95"; both are for a grade such as "WTP".
    """

    text: str
    low: Decimal | None
    high: Decimal | None

    @property
    def words(self) -> str:
        """What was understood: `70 sampai 75`, `minimal 90`, `kurang dari 5`, `75`; a grade as it is written."""
        bound = _BOUND.fullmatch(self.text)
        number = self.low if self.low is not None else self.high
        if number is None:
            return self.text
        if self.low is None or self.high is None:
            return f"{_BOUND_OF[bound[1].casefold()]} {format_number(number)}" if bound else format_number(number)
        low, high = format_number(self.low), format_number(self.high)
        return low if low == high else f"{low} sampai {high}"


def parse_number(text: str) -> Decimal | None:
    """The number in `text` (`1.500`, `99,25 %`, `1,2 juta`), or None where it says that there is none (`-`, `N/A`).

    Raises Unreadable, or Ambiguous for `99.25` and `1,250`; at most 15 digits before the comma and 6 after it.
    """
    plain = tidy(text)
    return None if is_blank(plain) else _number(plain)


def parse_money(text: str, unit: int = 1) -> int | None:
    """Whole rupiah in `text` (`Rp 1.250.000,00`, `450 jt`, `2 M` is two thousand million), or None where it says none.

    `unit` is what its numbers are counted in: `1.250,5` are Rp1.250.500.000 in millions. Raises Unreadable (also below
    zero, with cents, or over 15 digits) or Ambiguous.
    """
    plain = tidy(text)
    core = re.sub(r"^(?:rp|idr)\.?\s*|\s*(?:rupiah|idr)$", "", plain, flags=re.IGNORECASE)
    core = re.sub(r"\s?[.,]\s?[-\u2013\u2014]+$", "", core)
    if is_blank(core):
        return None
    _refuse_notations(core, _SAY_MONEY)
    if core.startswith((*_MINUS, "(")) or plain.startswith((*_MINUS, "(")):
        raise Unreadable("Jumlah rupiah tidak boleh kurang dari nol. Tulis misalnya 1.250.000.")
    if core.endswith("%"):
        raise Unreadable("Tulis jumlah rupiah, bukan persen, misalnya 1.250.000.")
    values, settled = _read(core, _MONEY_SCALES, _SAY_MONEY)
    values = [_limited(value * unit) for value in values]
    whole = [value for value in values if value == value.to_integral_value()]
    if not whole:
        raise Unreadable("Tulis rupiah bulat tanpa sen, misalnya 1.250.000 atau 1,25 miliar.")
    return int(_resolve(plain, whole, settled, lambda value: format_money(int(value)), convert=int))


def exact_target(text: str) -> Decimal | None:
    """The number a target was understood as; None for a range, a bound, a grade, and what is not understood."""
    try:
        target = parse_target(text)
    except Unreadable:
        return None
    return target.low if target is not None and target.low == target.high else None


def parse_target(text: str) -> Target | None:
    """A number, a range (`70-75`), a bound (`minimal 95`, `< 5`) or a grade without digits (`WTP`); None for none.

    Raises Unreadable or Ambiguous as `parse_number` does, for either end of a range.
    """
    plain = tidy(text)
    if is_blank(plain):
        return None
    _refuse_notations(plain, _SAY_NUMBER)
    if not any(char.isdigit() for char in plain):
        return Target(plain, None, None)
    span, bound = _RANGE.fullmatch(_without_percent(plain)), _BOUND.fullmatch(plain)
    if span:
        return _parse_span(plain, span[1], span[2])
    values, settled = _readings(bound[2] if bound else plain)
    sign = bound[1] if bound else ""
    kind = _BOUND_OF[sign.casefold()] if bound else ""
    ends = [(None if kind and kind not in _UPWARD else value, None if kind in _UPWARD else value) for value in values]
    if settled:
        return Target(plain, *ends[0])
    spellings = [f"{sign} {format_number(value)}".strip() for value in values]
    return _ask_target(plain, [Target(spelling, *end) for spelling, end in zip(spellings, ends, strict=True)])


def _number(plain: str) -> Decimal:
    core = _without_percent(plain)
    _refuse_notations(core, _SAY_NUMBER)
    if _RANGE.fullmatch(core):
        raise Unreadable("Tulis satu angka saja, misalnya 72,5.")
    values, settled = _read(core, _WORD_SCALES, _SAY_NUMBER)
    return _resolve(plain, values, settled, format_number)


def _parse_span(shown: str, first: str, second: str) -> Target:
    if re.search(r"[a-z]", second, re.IGNORECASE) and not re.search(r"[a-z]", _without_percent(first), re.IGNORECASE):
        raise Unreadable("Tulis kedua angkanya lengkap, misalnya 1.000.000-2.000.000.")
    (lows, low_settled), (highs, high_settled) = _readings(first), _readings(second)
    likeliest = max(len(lows), len(highs))
    # Who writes one end in the English way writes the other so too: the first readings belong together, the second too.
    pairs = list(zip((lows * likeliest)[:likeliest], (highs * likeliest)[:likeliest], strict=True))
    rising = [(low, high) for low, high in pairs if low <= high]
    if not rising:
        low, high = pairs[0]
        raise Unreadable(f"Tulis dari angka yang kecil, misalnya {format_number(high)}-{format_number(low)}.")
    if low_settled and high_settled:
        return Target(shown, *rising[0])
    return _ask_target(
        shown, [Target(f"{format_number(low)}-{format_number(high)}", low, high) for low, high in rising]
    )


def _readings(plain: str) -> tuple[list[Decimal], bool]:
    """All numbers that a tidied text can mean, likeliest first, and whether there is no doubt."""
    try:
        return [_number(plain)], True
    except Ambiguous as doubt:
        return [reading.value for reading in doubt.readings], False


def _ask_target(shown: str, meant: list[Target]) -> Target:
    raise _question(shown, [Interpretation(target.text, target) for target in meant])


def _without_percent(plain: str) -> str:
    return re.sub(r"\s*(?:%|\bpersen)$", "", plain, flags=re.IGNORECASE)


def _refuse_notations(core: str, say: str) -> None:
    """Refuse what other software writes for numbers, each by its name."""
    if len(core) > MAX_LENGTH:
        raise Unreadable(f"Isian ini terlalu panjang. {say}")
    if re.fullmatch(r"[+-]?\s?(?:nan|inf|infinity|tak hingga|\u221e)", core, re.IGNORECASE):
        raise Unreadable(f"{say} Kosongkan kalau belum ada.")
    if re.search(r"\d\s?e\s?[+-]?\d", core, re.IGNORECASE):
        raise Unreadable("Tulis semua angkanya, misalnya 1.000.000.000.000.")
    if core.startswith("(") and say == _SAY_NUMBER:
        raise Unreadable("Tulis angka negatif dengan tanda minus, misalnya -500.")


def _read(core: str, scales: dict[str, int], say: str) -> tuple[list[Decimal], bool]:
    """All readings of one number with sign and scale word, likeliest first, and whether the first one is settled."""
    sign = -1 if core.startswith(_MINUS) else 1
    digits = re.sub(r"^[+\u2013\u2014-]\s?", "", core)
    word = re.search(r"([a-z]+)\.?$", digits, re.IGNORECASE)
    scale = scales.get(word[1].casefold()) if word else 0
    if scale is None:
        if say == _SAY_NUMBER and re.fullmatch(r"[\d.,]+\s?[a-z]+", digits, re.IGNORECASE):
            raise Unreadable("Tulis angkanya saja, misalnya 12. Satuannya ditulis di kolom satuan.")
        raise Unreadable(say)
    values, settled = _candidates(digits[: word.start()].rstrip() if word else digits)
    if not values:
        raise Unreadable(say)
    return [_limited(sign * value.scaleb(scale)) for value in values], settled


def _candidates(digits: str) -> tuple[list[Decimal], bool]:
    if len(digits) > MAX_DIGITS * 2 and sum(char.isdigit() for char in digits) > MAX_DIGITS + MAX_DECIMALS:
        raise Unreadable("Angka ini terlalu panjang: paling banyak 15 angka. Tulis misalnya 1.250.000.000.")
    if _COMMA_AND_THREE.fullmatch(digits):
        return [Decimal(digits.replace(",", ".")), Decimal(digits.replace(",", ""))], False
    if _CLEAR.fullmatch(digits):
        return [Decimal(digits.replace(".", "").replace(" ", "").replace(",", "."))], True
    if _DECIMAL_POINT.fullmatch(digits):
        return [Decimal(digits)], False
    if _ENGLISH.fullmatch(digits):
        return [Decimal(digits.replace(",", ""))], False
    return [], False


def _limited(value: Decimal) -> Decimal:
    """`value` without exponent and trailing zeros, so that it is stored and shown one way only."""
    if abs(value) >= Decimal(10) ** MAX_DIGITS:
        raise Unreadable(f"Angka ini terlalu besar: paling banyak {MAX_DIGITS} angka. Tulis misalnya 1.250.000.000.")
    plain = Decimal(f"{value.normalize() + 0:f}")
    if -int(plain.as_tuple().exponent) > MAX_DECIMALS:
        raise Unreadable(f"Tulis paling banyak {MAX_DECIMALS} angka di belakang koma, misalnya 99,25.")
    return plain


def _resolve(
    shown: str,
    values: list[Decimal],
    settled: bool,
    spell: Callable[[Decimal], str],
    convert: Callable[[Decimal], Decimal | int] = Decimal,
) -> Decimal:
    """The one settled value, else the question about all of them."""
    if settled:
        return values[0]
    raise _question(shown, [Interpretation(spell(value), convert(value)) for value in values])


def _question(shown: str, readings: list[Interpretation]) -> Ambiguous:
    first = readings[0].spelling
    if len(readings) == 1:
        return Ambiguous(f"{shown} kami baca sebagai {first}. Betul? Kalau ya, tulis {first}.", *readings)
    second = readings[1].spelling
    return Ambiguous(f"{shown} dapat berarti {first} atau {second}. Tulis salah satunya.", *readings)
