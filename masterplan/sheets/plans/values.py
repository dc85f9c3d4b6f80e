"""What single cells of a plan mean: targets, money, names of agencies and programs. What is doubtful is asked.

The notations themselves are read by `smartcity.common.numbers`.
"""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from difflib import SequenceMatcher, get_close_matches

from masterplan.sheets.cells import folded, text_of
from masterplan.sheets.plans.doubts import Choice, Doubts, Place
from masterplan.sheets.plans.tree import Setting, Unit
from masterplan.sheets.reader import Cell
from smartcity.common.numbers import Ambiguous, Unreadable, format_money, parse_money, parse_target
from smartcity.common.reading import is_blank, tidy
from smartcity.common.text import clean_text

VALUE_LIMIT = 60
AS_WRITTEN, EMPTY = "=", "-"
_KEEP: Choice = (AS_WRITTEN, "Simpan seperti tertulis")
_LEAVE: Choice = (EMPTY, "Kosongkan")

_LARGEST_MONEY = 10**15
_NUMBERED = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|[a-z][.)]|[-\u2013\u2022\u25cf\uf0b7*])\s+(?=\S)")
_WITH_UNIT = re.compile(r"([\d.,]+)\s*[a-z][a-z ./%]*", re.IGNORECASE)
_SCALED = re.compile(r"\d\s*(?:rb|ribu|jt|juta|k|m|t|miliar|milyar|triliun|trilyun)\b", re.IGNORECASE)
# A name this like another is proposed for it.
_ALIKE = 0.84


def plain_text(cell: Cell | None) -> str:
    """What a person reads in a cell; "" for a date, a formula without a result and an error of Excel."""
    if cell is None or cell.kind in ("d", "f", "e"):
        return ""
    return text_of(cell)


def lines_of(text: str) -> list[str]:
    """The filled lines of a cell, without the numbers or dashes that count them."""
    lines = [line.strip() for line in re.split(r"[\r\n\x0b\u2028]+", text) if line.strip()]
    if len(lines) > 1 and all(_NUMBERED.match(line) for line in lines):
        return [_NUMBERED.sub("", line).strip() for line in lines]
    return lines


def is_list(text: str) -> bool:
    """Whether a cell with several lines counts them, so that they are surely several things."""
    lines = [line for line in re.split(r"[\r\n\x0b\u2028]+", text) if line.strip()]
    return len(lines) > 1 and all(_NUMBERED.match(line) for line in lines)


class Values:
    """Reads cells for one plan; remembers what names meant."""

    def __init__(self, setting: Setting, doubts: Doubts) -> None:
        self._doubts, self._setting = doubts, setting
        self._units = {unit.pk: unit for unit in setting.units}
        self._names: dict[str, Unit] = {}
        for unit in sorted(setting.units, key=lambda unit: unit.ended):
            for name in (unit.name, *unit.names):
                self._names.setdefault(_bare(name), unit)
        self._programs = {code: pk for pk, code, _ in setting.programs if code}
        self._program_texts = {folded(text): pk for pk, _, text in setting.programs}

    # Targets ----------------------------------------------------------------------------------------------------------

    def target(self, place: Place, cell: Cell | None) -> list[str]:
        """The values in a cell, a line each; a number that Excel shows in per cent comes without the sign."""
        if cell is None:
            return []
        if cell.kind in ("f", "e"):
            self._doubts.ask(place, "Sel ini rumus tanpa hasil atau galat Excel, jadi tidak terbaca.", [_LEAVE], EMPTY)
            return []
        if cell.kind == "d":
            return [self._dated(place, cell)]
        text = text_of(cell)
        if cell.kind == "p":
            return [text.removesuffix("%").strip()]
        return [self._value(place, line, number) for number, line in enumerate(lines_of(text))]

    def _dated(self, place: Place, cell: Cell) -> str:
        """5-10 becomes the fifth of October under Excel's hands."""
        day = date.fromisoformat(cell.value)
        forward, back = f"{day.day}-{day.month}", f"{day.month}-{day.day}"
        sentence = f"Excel mengubah isian ini menjadi tanggal. Mungkin maksudnya {forward}."
        choices = [(text, text) for text in dict.fromkeys((forward, back))]
        return _kept(self._doubts.ask(place, sentence, [*choices, _LEAVE], forward), "")

    def _value(self, place: Place, text: str, line: int) -> str:
        plain = clean_text(tidy(text), 10_000)
        if is_blank(plain):
            return ""
        if plain in self._setting.known:
            return plain
        key = f"{place.sheet}!{place.cell}/{line}" if line else ""
        if len(plain) > VALUE_LIMIT:
            sentence = f"Nilai ini lebih dari {VALUE_LIMIT} karakter: “{plain[:50]}…”. Tidak dapat disimpan."
            return _kept(self._doubts.ask(place, sentence, [_LEAVE], EMPTY, key), "")
        try:
            parse_target(plain)
        except Ambiguous as doubt:
            readings = [(reading.spelling, reading.spelling) for reading in doubt.readings]
            said = [spelling for spelling, _ in readings]
            sentence = f"“{plain}” dapat berarti {' atau '.join(said)}."
            if len(said) == 1:
                sentence = f"“{plain}” kami baca sebagai {said[0]}."
            return _kept(self._doubts.ask(place, sentence, [*readings, _KEEP, _LEAVE], said[0], key), plain)
        except Unreadable:
            return self._unread(place, plain, key)
        return plain

    def _unread(self, place: Place, plain: str, key: str) -> str:
        number = _WITH_UNIT.fullmatch(plain)
        choices = [(number[1], f"{number[1]} saja")] if number and _is_target(number[1]) else []
        sentence = f"“{plain}” bukan angka, rentang, atau predikat yang dikenal."
        choices += [_KEEP, _LEAVE]
        return _kept(self._doubts.ask(place, sentence, choices, choices[0][0], key), plain)

    # Money ------------------------------------------------------------------------------------------------------------

    def money(self, place: Place, cell: Cell | None, unit: int) -> int | None:
        """Whole rupiah of a cell whose numbers are counted in `unit`; None where there is none."""
        if cell is None:
            return None
        if cell.kind in ("d", "f", "e", "p", "b"):
            return self._no_money(place, "Sel ini bukan jumlah rupiah yang terbaca.")
        if cell.kind == "n":
            return self._amount(place, Decimal(str(cell.value)) * unit)
        text = " ".join(text_of(cell).split())
        try:
            amount = parse_money(text)
        except Ambiguous as doubt:
            choices = [(str(reading.value), format_money(reading.value)) for reading in doubt.readings]
            said = " atau ".join(label for _, label in choices)
            answer = self._doubts.ask(place, f"“{text}” dapat berarti {said}.", [*choices, _LEAVE], choices[0][0])
            amount = None if answer == EMPTY else int(answer)
        except Unreadable as error:
            return self._no_money(place, f"“{text[:40]}” tidak terbaca sebagai uang. {error.sentence}")
        if amount is None or _SCALED.search(text):
            return amount
        return self._amount(place, Decimal(amount) * unit)

    def _amount(self, place: Place, amount: Decimal) -> int | None:
        if amount < 0:
            return self._no_money(place, f"Pagu kurang dari nol ({amount}).")
        if amount >= _LARGEST_MONEY:
            return self._no_money(place, "Pagu ini lebih dari 15 angka. Periksa satuan uangnya.")
        whole = int(amount.quantize(Decimal(1), ROUND_HALF_UP))
        if abs(amount - whole) > Decimal("0.005"):
            sentence = "Pagu ini memuat sen. Rupiah disimpan bulat."
            choices = [(str(whole), f"Bulatkan: {format_money(whole)}"), _LEAVE]
            answer = self._doubts.ask(place, sentence, choices, str(whole))
            return None if answer == EMPTY else whole
        return whole

    def _no_money(self, place: Place, sentence: str) -> int | None:
        self._doubts.ask(place, sentence, [_LEAVE], EMPTY)
        return None

    # Names ------------------------------------------------------------------------------------------------------------

    def unit(self, place: Place, cell: Cell | None) -> int | None:
        """The agency that a cell names; the first of several."""
        text = " ".join(plain_text(cell).split())
        if is_blank(tidy(text)):
            return None
        found = self._names.get(_bare(text))
        if found is None:
            pieces = [piece.strip() for piece in re.split(r"[;\n,/]| dan | & ", plain_text(cell)) if piece.strip()]
            named = [self._names[_bare(piece)] for piece in pieces if _bare(piece) in self._names]
            if named and len(pieces) > 1:
                return self._first_of(place, text, named)
            return self._unknown_unit(place, text)
        return self._ended(place, found) if found.ended else found.pk

    def _first_of(self, place: Place, text: str, named: list[Unit]) -> int | None:
        choices = [(str(unit.pk), unit.name) for unit in dict.fromkeys(named)]
        if len(choices) == 1:
            return named[0].pk
        sentence = f"“{text[:80]}” menyebut beberapa perangkat daerah. Penanggung jawab hanya satu."
        return _pk(self._doubts.ask(place, sentence, [*choices, _LEAVE], choices[0][0], f"opd:{folded(text)}"))

    def _ended(self, place: Place, unit: Unit) -> int | None:
        heir = self._units.get(unit.successor or 0)
        choices = [(str(unit.pk), f"{unit.name} (sudah berakhir)")]
        after = ""
        if heir:
            choices.append((str(heir.pk), heir.name))
            after = f" Penggantinya {heir.name}."
        sentence = f"{unit.name} sudah tidak ada.{after}"
        return _pk(self._doubts.ask(place, sentence, [*choices, _LEAVE], choices[0][0], f"opd:{unit.pk}"))

    def _unknown_unit(self, place: Place, text: str) -> int | None:
        bare = _bare(text)
        near = get_close_matches(bare, self._names, n=1, cutoff=_ALIKE)
        proposed = str(self._names[near[0]].pk) if near else EMPTY
        choices = [(str(unit.pk), unit.name) for unit in self._setting.units if not unit.ended]
        sentence = f"Perangkat daerah “{text[:80]}” tidak dikenal di {self._setting.place}."
        return _pk(self._doubts.ask(place, sentence, [_LEAVE, *choices], proposed, f"opd:{folded(text)}"))

    def program(self, place: Place, cell: Cell | None) -> int | None:
        """The program of the RPJMD that a cell names by its code, its words or both."""
        text = " ".join(plain_text(cell).split())
        if is_blank(tidy(text)):
            return None
        code, _, words = text.partition(" ")
        by_code = self._programs.get(text) or self._programs.get(code.rstrip("."))
        found = by_code or self._program_texts.get(folded(text)) or self._program_texts.get(folded(words))
        if found:
            return found
        near = get_close_matches(folded(text), self._program_texts, n=1, cutoff=_ALIKE)
        proposed = str(self._program_texts[near[0]]) if near else EMPTY
        choices = [(str(pk), f"{code} {text}".strip()[:90]) for pk, code, text in self._setting.programs]
        sentence = f"Program RPJMD “{text[:80]}” tidak ditemukan pada RPJMD periode ini."
        return _pk(self._doubts.ask(place, sentence, [_LEAVE, *choices], proposed, f"program:{folded(text)}"))

    def program_of_code(self, code: str) -> int | None:
        """The program of the RPJMD with the same code."""
        return self._programs.get(code)


def alike(one: str, other: str) -> bool:
    """Whether two texts are the same but for a slip."""
    first, second = folded(one), folded(other)
    return first == second or SequenceMatcher(None, first, second).ratio() >= 0.92


def _is_target(text: str) -> bool:
    try:
        return parse_target(text) is not None
    except Unreadable:
        return False


def _kept(answer: str, written: str) -> str:
    return {EMPTY: "", AS_WRITTEN: written}.get(answer, answer)


def _pk(answer: str) -> int | None:
    return int(answer) if answer.isdecimal() else None


def _bare(name: str) -> str:
    """A name without signs, and without the place that agencies write behind it."""
    plain = re.sub(r"[^\w]+", " ", folded(name)).strip()
    return re.sub(r"\s+(?:kabupaten|kab|kota|provinsi)\s+\w+(?:\s\w+)?$", "", plain)
