"""What single cells of a plan mean: targets, names of agencies and programs. What is doubtful is asked.

Money is read in `amounts`; the notations themselves are read by `smartcity.common.numbers`.
"""

import re
from collections.abc import Iterable
from datetime import date
from difflib import SequenceMatcher, get_close_matches

from masterplan.plans.importing.document import KnownAgency, PlanContext
from masterplan.plans.importing.questions import CellRef, Choice, Questions
from smartcity.common.numbers import Ambiguous, Unreadable, parse_target
from smartcity.common.reading import is_blank, tidy
from smartcity.common.text import clean_text
from smartcity.common.workbooks.cells import folded, text_of
from smartcity.common.workbooks.reader import Cell

VALUE_LIMIT = 60
AS_WRITTEN, EMPTY = "=", "-"
LEAVE: Choice = (EMPTY, "Kosongkan")
_KEEP: Choice = (AS_WRITTEN, "Simpan seperti tertulis")

NO_RESULT = "Sel ini rumus tanpa hasil atau galat Excel. Buka berkasnya di Excel, simpan, lalu unggah lagi."
_NUMBERED = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|[a-z][.)]|[-\u2013\u2022\u25cf\uf0b7*])\s+(?=\S)")
_WITH_UNIT = re.compile(r"([\d.,]+)\s*([a-z][a-z ./%]*)", re.IGNORECASE)
_NO_DATA = ("tad", "t.a.d", "t.a.d.", "td", "tba")
# Grades that plans of regencies give instead of numbers; shorter ones (WTP, BB, A) are known by their length.
_GRADES = re.compile(
    r"(?:sangat |cukup |kurang |tidak )?(?:baik|memuaskan|tinggi|rendah|sedang|inovatif|maju|mandiri|berkembang|sehat"
    r"|puas|prima|berhasil|efektif|informatif|cukup|kurang|sesuai|tertinggal|aman|patuh|kompeten|memadai)"
    r"|ada|tidak ada|ya|tidak|(?:menuju )?(?:pratama|madya|nindya|utama|paripurna)|terakreditasi.*|juara.*|istimewa"
    r"|wilayah bebas.*|zona .*|(?:level|tingkat|kelas) [ivx]+|[a-z]{1,4}[+-]{0,2}(?: ?\([a-z ]+\))?"
)
# One doctor for 2,500 people: a target, though not one number.
_RATIO = re.compile(r"\d[\d.,]*\s?:\s?\d[\d.,]*")
_HOURS_OF_DAY = 24
SCALED = re.compile(r"\d\s*(?:rb|ribu|jt|juta|k|m|t|miliar|milyar|triliun|trilyun)\b", re.IGNORECASE)
# A name this like another is proposed for it.
_ALIKE = 0.84


def plain_text(cell: Cell | None) -> str:
    """What a person reads in a cell; "" for a date, a time, a formula without a result and an error of Excel."""
    if cell is None or cell.kind in ("d", "t", "f", "e"):
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


class ValueReader:
    """Reads cells for one plan; remembers what names meant."""

    def __init__(self, setting: PlanContext, doubts: Questions) -> None:
        self._doubts, self._setting = doubts, setting
        # Values that were read before and can mean one thing only: the same few stand in most cells.
        self._clear: set[str] = set()
        self._units = {unit.pk: unit for unit in setting.units}
        self._names: dict[str, KnownAgency] = {}
        for unit in sorted(setting.units, key=lambda unit: unit.ended):
            for name in (unit.name, *unit.names):
                self._names.setdefault(_bare(name), unit)
        self._programs = {code: pk for pk, code, _ in setting.programs if code}
        self._program_texts = {folded(text): pk for pk, _, text in setting.programs}

    # Targets ----------------------------------------------------------------------------------------------------------

    def target(self, place: CellRef, cell: Cell | None, unit: str = "") -> list[str]:
        """The values in a cell, a line each; a number that Excel shows in per cent comes without the sign.

        `unit`: what stands behind the numbers of this indicator, and is its unit.
        """
        if cell is None:
            return []
        if cell.kind in ("f", "e"):
            self._doubts.ask(place, NO_RESULT, [LEAVE], EMPTY)
            return []
        if cell.kind == "d":
            return [self._dated(place, cell)]
        if cell.kind == "t":
            return [self._timed(place, cell)]
        text = text_of(cell)
        if cell.kind == "p":
            return [text.removesuffix("%").strip()]
        lines = [_without_unit(line, unit) for line in lines_of(text)]
        return [self._value(place, line, number) for number, line in enumerate(lines)]

    def _dated(self, place: CellRef, cell: Cell) -> str:
        """5-10 becomes the fifth of October under Excel's hands."""
        day = date.fromisoformat(cell.value)
        forward, back = f"{day.day}-{day.month}", f"{day.month}-{day.day}"
        sentence = f"Excel mengubah isian ini menjadi tanggal. Mungkin maksudnya {forward}."
        choices = [(text, text) for text in dict.fromkeys((forward, back))]
        return _kept(self._doubts.ask(place, sentence, [*choices, LEAVE], forward), "")

    def _timed(self, place: CellRef, cell: Cell) -> str:
        """1:25 becomes twenty-five past one under Excel's hands, and 1:2500 more than forty-two hours."""
        hours, minutes = map(int, cell.value.split(":"))
        carried = [f"1:{(hours - 1) * 60 + minutes}"] if hours > 1 else []
        readings = [*carried, cell.value] if hours >= _HOURS_OF_DAY else [cell.value, *carried]
        sentence = f"Excel mengubah isian ini menjadi jam. Mungkin maksudnya {readings[0]}."
        return _kept(self._doubts.ask(place, sentence, [*((text, text) for text in readings), LEAVE], readings[0]), "")

    def _value(self, place: CellRef, text: str, line: int) -> str:
        plain = clean_text(tidy(text), 10_000)
        if is_blank(plain) or folded(plain) in _NO_DATA:
            return ""
        if plain in self._setting.known or plain in self._clear:
            return plain
        key = f"{place.sheet}!{place.cell}/{line}" if line else ""
        if len(plain) > VALUE_LIMIT:
            sentence = f"Nilai ini lebih dari {VALUE_LIMIT} karakter: “{plain[:50]}…”. Tidak dapat disimpan."
            return _kept(self._doubts.ask(place, sentence, [LEAVE], EMPTY, key), "")
        try:
            parse_target(plain)
        except Ambiguous as doubt:
            readings = [(reading.spelling, reading.spelling) for reading in doubt.readings]
            said = [spelling for spelling, _ in readings]
            sentence = f"“{plain}” dapat berarti {' atau '.join(said)}."
            if len(said) == 1:
                sentence = f"“{plain}” kami baca sebagai {said[0]}."
            return _kept(self._doubts.ask(place, sentence, [*readings, _KEEP, LEAVE], said[0], key), plain)
        except Unreadable:
            if not _RATIO.fullmatch(plain):
                return self._unread(place, plain, key)
        if not any(letter.isdigit() for letter in plain):
            return self._grade(place, plain)
        self._clear.add(plain)
        return plain

    def _grade(self, place: CellRef, plain: str) -> str:
        """Words instead of a number; those that are no known grade are asked about, once for all cells that say so."""
        if _GRADES.fullmatch(folded(plain)):
            return plain
        sentence = f"“{plain}” bukan angka dan bukan predikat yang dikenal, misalnya WTP atau Baik."
        return _kept(self._doubts.ask(place, sentence, [_KEEP, LEAVE], AS_WRITTEN, f"predikat:{folded(plain)}"), plain)

    def _unread(self, place: CellRef, plain: str, key: str) -> str:
        number = _WITH_UNIT.fullmatch(plain)
        choices = [(number[1], f"{number[1]} saja")] if number and _is_target(number[1]) else []
        sentence = f"“{plain}” bukan angka, rentang, atau predikat yang dikenal."
        choices += [_KEEP, LEAVE]
        return _kept(self._doubts.ask(place, sentence, choices, choices[0][0], key), plain)

    # Names ------------------------------------------------------------------------------------------------------------

    def unit(self, place: CellRef, cell: Cell | None) -> int | None:
        """The agency that a cell names; the first of several."""
        return self.unit_named(place, plain_text(cell))

    def unit_called(self, title: str) -> int | None:
        """The agency that goes by a title and has not ended; None without a question where none does."""
        found = self._names.get(_bare(title))
        return found.pk if found and not found.ended else None

    def unit_named(self, place: CellRef, written: str) -> int | None:
        """The agency of that name."""
        text = " ".join(written.split())
        if is_blank(tidy(text)):
            return None
        found = self._names.get(_bare(text))
        if found is None:
            pieces = [piece.strip() for piece in re.split(r"[;\n,/]| dan | & ", written) if piece.strip()]
            named = [self._names[_bare(piece)] for piece in pieces if _bare(piece) in self._names]
            if named and len(pieces) > 1:
                return self._first_of(place, text, named)
            return self._unknown_unit(place, text)
        return self._ended(place, found) if found.ended else found.pk

    def _first_of(self, place: CellRef, text: str, named: list[KnownAgency]) -> int | None:
        choices = [(str(unit.pk), unit.name) for unit in dict.fromkeys(named)]
        if len(choices) == 1:
            return named[0].pk
        sentence = f"“{text[:80]}” menyebut beberapa perangkat daerah. Penanggung jawab hanya satu."
        return number_of(self._doubts.ask(place, sentence, [*choices, LEAVE], choices[0][0], f"opd:{folded(text)}"))

    def _ended(self, place: CellRef, unit: KnownAgency) -> int | None:
        heir = self._units.get(unit.successor or 0)
        choices = [(str(unit.pk), f"{unit.name} (sudah berakhir)")]
        after = ""
        if heir:
            choices.append((str(heir.pk), heir.name))
            after = f" Penggantinya {heir.name}."
        sentence = f"{unit.name} sudah tidak ada.{after}"
        return number_of(self._doubts.ask(place, sentence, [*choices, LEAVE], choices[0][0], f"opd:{unit.pk}"))

    def _unknown_unit(self, place: CellRef, text: str) -> int | None:
        bare = _bare(text)
        near = get_close_matches(bare, self._names, n=1, cutoff=_ALIKE)
        proposed = str(self._names[near[0]].pk) if near else EMPTY
        choices = [(str(unit.pk), unit.name) for unit in self._setting.units if not unit.ended]
        sentence = f"Perangkat daerah “{text[:80]}” tidak dikenal di {self._setting.place}."
        return number_of(self._doubts.ask(place, sentence, [LEAVE, *choices], proposed, f"opd:{folded(text)}"))

    def program(self, place: CellRef, cell: Cell | None) -> int | None:
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
        return number_of(self._doubts.ask(place, sentence, [LEAVE, *choices], proposed, f"program:{folded(text)}"))

    def program_of_code(self, code: str) -> int | None:
        """The program of the RPJMD with the same code."""
        return self._programs.get(code)


def alike(one: str, other: str) -> bool:
    """Whether two texts are the same but for a slip."""
    first, second = folded(one), folded(other)
    return first == second or SequenceMatcher(None, first, second).ratio() >= 0.92


def unit_behind(texts: Iterable[str]) -> str:
    """The words that stand behind each number of some texts, as `dokumen` in `12 dokumen`; "" where they differ."""
    found = [match for text in texts if (match := _WITH_UNIT.fullmatch(text.strip()))]
    words = {folded(match[2]) for match in found}
    return found[0][2].strip() if len(words) == 1 and not SCALED.search(found[0][0]) else ""


def _without_unit(text: str, unit: str) -> str:
    match = _WITH_UNIT.fullmatch(text.strip()) if unit else None
    return match[1] if match and folded(match[2]) == folded(unit) else text


def _is_target(text: str) -> bool:
    try:
        return parse_target(text) is not None
    except Unreadable:
        return False


def _kept(answer: str, written: str) -> str:
    return {EMPTY: "", AS_WRITTEN: written}.get(answer, answer)


def number_of(answer: str) -> int | None:
    """The number that was chosen; None where none was."""
    return int(answer) if answer.isdecimal() else None


def _bare(name: str) -> str:
    """A name without signs, and without the place that agencies write behind it."""
    plain = re.sub(r"[^\w]+", " ", folded(name)).strip()
    return re.sub(r"\s+(?:kabupaten|kab|kota|provinsi)\s+\w+(?:\s\w+)?$", "", plain)
