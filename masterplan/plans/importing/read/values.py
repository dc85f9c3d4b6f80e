"""What single cells mean: targets, and the names of agencies and programs. What is ambiguous is asked.

Money is read in `money`; the notations themselves are read by `smartcity.common.numbers`.
"""

import re
from collections.abc import Iterable
from datetime import date
from difflib import SequenceMatcher, get_close_matches

from masterplan.plans.importing.document import KnownAgency
from masterplan.plans.importing.questions import LEAVE_EMPTY, CellRef, Choice
from masterplan.plans.importing.read.reading import PlanReading, line_of
from smartcity.common.numbers import Ambiguous, Unreadable, parse_target
from smartcity.common.reading import is_blank, tidy
from smartcity.common.text import clean_text
from smartcity.common.workbooks.cells import folded, text_of
from smartcity.common.workbooks.reader import Cell

VALUE_LIMIT = 60
_EMPTY = LEAVE_EMPTY[0]
_AS_WRITTEN: Choice = ("=", "Simpan seperti tertulis")

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
# A name this like another is proposed for it; a text this like another is the same but for a slip.
_SIMILAR_NAME, _SAME_TEXT = 0.84, 0.92


def _filled_lines(text: str) -> list[str]:
    return [line.strip() for line in re.split(r"[\r\n\x0b\u2028]+", text) if line.strip()]


def is_list(text: str) -> bool:
    """Whether a cell with several lines numbers them, so that they are surely several things."""
    lines = _filled_lines(text)
    return len(lines) > 1 and all(_NUMBERED.match(line) for line in lines)


def lines_of(text: str) -> list[str]:
    """The filled lines of a cell, without the numbers or dashes that count them."""
    lines = _filled_lines(text)
    return [_NUMBERED.sub("", line).strip() for line in lines] if is_list(text) else lines


class ValueReader:
    """Reads cells for one plan; remembers what names meant."""

    def __init__(self, reading: PlanReading) -> None:
        self._plan, self._questions = reading.plan, reading.questions
        # Values that were read before and can mean one thing only: the same few stand in most cells.
        self._clear: set[str] = set()
        self._names: dict[str, KnownAgency] = {}
        for agency in sorted(self._plan.agencies, key=lambda agency: agency.ended):
            for name in (agency.name, *agency.names):
                self._names.setdefault(_bare(name), agency)
        self._programs = {code: pk for pk, code, _ in self._plan.programs if code}
        self._program_texts = {folded(text): pk for pk, _, text in self._plan.programs}

    # Targets ----------------------------------------------------------------------------------------------------------

    def target(self, ref: CellRef, cell: Cell | None, unit: str = "") -> list[str]:
        """The values in a cell, a line each; a number that Excel shows in per cent comes without the sign.

        `unit`: what stands behind the numbers of this indicator, and is its unit.
        """
        if cell is None:
            return []
        if cell.kind in ("f", "e"):
            self._questions.notice(ref, NO_RESULT)
            return []
        if cell.kind in ("d", "t"):
            kind, readings = ("tanggal", _of_date(cell)) if cell.kind == "d" else ("jam", _of_time(cell))
            sentence = f"Excel mengubah isian ini menjadi {kind}. Mungkin maksudnya {readings[0]}."
            choices = [*((text, text) for text in dict.fromkeys(readings)), LEAVE_EMPTY]
            return [self._ask(ref, sentence, choices, "")]
        text = text_of(cell)
        if cell.kind == "p":
            return [text.removesuffix("%").strip()]
        return [self._value(ref, _without_unit(line, unit), number) for number, line in enumerate(lines_of(text))]

    def _value(self, ref: CellRef, text: str, line: int) -> str:
        plain = clean_text(tidy(text), 10_000)
        if is_blank(plain) or folded(plain) in _NO_DATA:
            return ""
        if plain in self._plan.known_values or plain in self._clear:
            return plain
        key = f"{ref.sheet}!{ref.cell}/{line}" if line else ""
        if len(plain) > VALUE_LIMIT:
            sentence = f"Nilai ini lebih dari {VALUE_LIMIT} karakter: “{plain[:50]}…”. Tidak dapat disimpan."
            return self._ask(ref, sentence, [LEAVE_EMPTY], "", key)
        try:
            parse_target(plain)
        except Ambiguous as error:
            spellings = [reading.spelling for reading in error.readings]
            sentence = f"“{plain}” dapat berarti {' atau '.join(spellings)}."
            if len(spellings) == 1:
                sentence = f"“{plain}” kami baca sebagai {spellings[0]}."
            choices = [*((each, each) for each in spellings), _AS_WRITTEN, LEAVE_EMPTY]
            return self._ask(ref, sentence, choices, plain, key)
        except Unreadable:
            if not _RATIO.fullmatch(plain):
                number = _WITH_UNIT.fullmatch(plain)
                alone = [(number[1], f"{number[1]} saja")] if number and _is_target(number[1]) else []
                sentence = f"“{plain}” bukan angka, rentang, atau predikat yang dikenal."
                return self._ask(ref, sentence, [*alone, _AS_WRITTEN, LEAVE_EMPTY], plain, key)
        if not any(letter.isdigit() for letter in plain):
            # Words instead of a number; those that are no known grade are asked about once for all cells.
            if _GRADES.fullmatch(folded(plain)):
                return plain
            sentence = f"“{plain}” bukan angka dan bukan predikat yang dikenal, misalnya WTP atau Baik."
            return self._ask(ref, sentence, [_AS_WRITTEN, LEAVE_EMPTY], plain, f"predikat:{folded(plain)}")
        self._clear.add(plain)
        return plain

    def _ask(self, ref: CellRef, sentence: str, choices: list[Choice], written: str, key: str = "") -> str:
        """The value that counts, of which the first is proposed."""
        answer = self._questions.ask(ref, sentence, choices, choices[0][0], key)
        return {_EMPTY: "", _AS_WRITTEN[0]: written}.get(answer, answer)

    # Names ------------------------------------------------------------------------------------------------------------

    def agency_titled(self, title: str) -> int | None:
        """The agency that goes by a title and has not ended; None without a question where none does."""
        found = self._names.get(_bare(title))
        return found.pk if found and not found.ended else None

    def agency(self, ref: CellRef, written: str) -> int | None:
        """The agency that a text names; the first of several."""
        text = " ".join(written.split())
        if is_blank(tidy(text)):
            return None
        found = self._names.get(_bare(text))
        if found is None:
            parts = [part.strip() for part in re.split(r"[;\n,/]| dan | & ", written) if part.strip()]
            named = list(dict.fromkeys(self._names[_bare(part)] for part in parts if _bare(part) in self._names))
            if not named or len(parts) < 2:
                return self._unknown(ref, text)
            if len(named) == 1:
                return named[0].pk
            sentence = f"“{text[:80]}” menyebut beberapa perangkat daerah. Penanggung jawab hanya satu."
            return self._ask_agency(ref, sentence, [(str(each.pk), each.name) for each in named], folded(text))
        if not found.ended:
            return found.pk
        successor = next((each for each in self._plan.agencies if each.pk == found.successor), None)
        choices = [(str(found.pk), f"{found.name} (sudah berakhir)")]
        choices += [(str(successor.pk), successor.name)] if successor else []
        sentence = f"{found.name} sudah tidak ada." + (f" Penggantinya {successor.name}." if successor else "")
        return self._ask_agency(ref, sentence, choices, str(found.pk))

    def _ask_agency(self, ref: CellRef, sentence: str, choices: list[Choice], key: str) -> int | None:
        return number_of(self._questions.ask(ref, sentence, [*choices, LEAVE_EMPTY], choices[0][0], f"opd:{key}"))

    def _unknown(self, ref: CellRef, text: str) -> int | None:
        near = get_close_matches(_bare(text), self._names, n=1, cutoff=_SIMILAR_NAME)
        proposed = str(self._names[near[0]].pk) if near else _EMPTY
        choices = [(str(agency.pk), agency.name) for agency in self._plan.agencies if not agency.ended]
        sentence = f"Perangkat daerah “{text[:80]}” tidak dikenal di {self._plan.place}."
        return number_of(self._questions.ask(ref, sentence, [LEAVE_EMPTY, *choices], proposed, f"opd:{folded(text)}"))

    def program(self, ref: CellRef, cell: Cell | None) -> int | None:
        """The program of the RPJMD that a cell names by its code, its words or both."""
        text = line_of(cell)
        if is_blank(tidy(text)):
            return None
        code, _, words = text.partition(" ")
        by_code = self._programs.get(text) or self._programs.get(code.rstrip("."))
        found = by_code or self._program_texts.get(folded(text)) or self._program_texts.get(folded(words))
        if found:
            return found
        near = get_close_matches(folded(text), self._program_texts, n=1, cutoff=_SIMILAR_NAME)
        proposed = str(self._program_texts[near[0]]) if near else _EMPTY
        choices = [(str(pk), f"{code} {text}".strip()[:90]) for pk, code, text in self._plan.programs]
        sentence = f"Program RPJMD “{text[:80]}” tidak ditemukan pada RPJMD periode ini."
        key = f"program:{folded(text)}"
        return number_of(self._questions.ask(ref, sentence, [LEAVE_EMPTY, *choices], proposed, key))

    def program_of_code(self, code: str) -> int | None:
        """The program of the RPJMD with the same code."""
        return self._programs.get(code)


def _of_date(cell: Cell) -> list[str]:
    """5-10 becomes the fifth of October under Excel's hands."""
    day = date.fromisoformat(cell.value)
    return [f"{day.day}-{day.month}", f"{day.month}-{day.day}"]


def _of_time(cell: Cell) -> list[str]:
    """1:25 becomes twenty-five past one under Excel's hands, and 1:2500 more than forty-two hours."""
    hours, minutes = map(int, cell.value.split(":"))
    carried = [f"1:{(hours - 1) * 60 + minutes}"] if hours > 1 else []
    return [*carried, cell.value] if hours >= _HOURS_OF_DAY else [cell.value, *carried]


def is_same_text(one: str, other: str) -> bool:
    """Whether two texts are the same but for a slip."""
    first, second = folded(one), folded(other)
    return first == second or SequenceMatcher(None, first, second).ratio() >= _SAME_TEXT


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


def number_of(answer: str) -> int | None:
    """The number that was chosen; None where none was."""
    return int(answer) if answer.isdecimal() else None


def _bare(name: str) -> str:
    """A name without signs, and without the place that agencies write behind it."""
    plain = re.sub(r"[^\w]+", " ", folded(name)).strip()
    return re.sub(r"\s+(?:kabupaten|kab|kota|provinsi)\s+\w+(?:\s\w+)?$", "", plain)
