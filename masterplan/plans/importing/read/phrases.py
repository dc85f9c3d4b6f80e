"""Phrases that mean something by themselves: a level and its number, a heading, a sum, a remark, a signature."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from masterplan.reference import Level
from smartcity.common.workbooks.cells import folded, text_of
from smartcity.common.workbooks.reader import Cell

Cells = Mapping[int, Cell]

# A number behind the name of a level, and what follows it: words, not more numbers or "Misi 1 dan 2".
_NUMBER = r"(?:ke-?\s?)?(?P<code>(?:[\dIVX]+\.?)+)(?!\w)\s*[:.\-\u2013]*"
_NAME = r"\s*(?P<text>[^\w\s]?(?!(?:dan|s\.?d|sampai|hingga|rpjmd|renstra|tahun)\b)[^\W\d_].*)"
_LABEL = re.compile(
    rf"(?:misi|tujuan|sasaran|strategi|arah kebijakan)\s*(?:{_NUMBER}|[:.\-\u2013]){_NAME}", re.IGNORECASE | re.DOTALL
)
_COUNTED = re.compile(
    r"(?P<code>(?:\d+|[Xx](?=\.))(?:\.(?:\d+|[Xx]{1,2}))*)[.)]?\s+(?:[-\u2013:]\s*)?(?P<text>\D.*)", re.DOTALL
)
_LETTERED = re.compile(r"[a-z][.)]\s+(?=\S)")
_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_ROMAN = {numeral: str(number) for number, numeral in enumerate(_NUMERALS, 1)}

_TOTAL = re.compile(r"(?:sub ?)?(?:jumlah|total)\b.*", re.IGNORECASE)
_HEADING = re.compile(r"(?:bidang )?urusan\b.*|unsur\b.*|(?:non )?urusan\b.*", re.IGNORECASE)
_OUTCOME = re.compile(r"(?:outcome|output|impact|hasil|keluaran|dampak)(?: (?:program|kegiatan))?\s*[:\-\u2013].*")
_REMARK = re.compile(r"(?:catatan|keterangan|ket\.?|sumber(?: data)?|\*+\)?)\s*[:)].*")
_MONTHS = "januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember"
_SIGNATURE = re.compile(
    rf"[a-z .]+,\s*(?:\d{{1,2}}\s+)?(?:{_MONTHS})\s+\d{{4}}|.*\bnip\.? ?\d.*"
    r"|ttd\.?|tertanda.*|mengetahui\b.*|ditetapkan di\b.*|(?:a\.?n\.?|plt\.?|pj\.?|plh\.?)\s.*"
    r"|(?:bupati|wali ?kota|gubernur|kepala|sekretaris daerah)\b.*"
)
_TITLE_LINE = re.compile(
    rf"(?P<level>visi|misi|tujuan|sasaran|strategi|arah kebijakan)\s*(?:{_NUMBER}|:){_NAME}", re.IGNORECASE | re.DOTALL
)
_AGENCY = re.compile(
    r"(?:nama )?(?:organisasi )?(?:perangkat daerah|opd|skpd|instansi|unit kerja)(?: penanggung ?jawab)?\s*:\s*"
    r"(?:[\d.]+\s*[-\u2013]?\s*)?(?P<name>[^\W\d].*)",
    re.IGNORECASE | re.DOTALL,
)
# A line of its own has no more cells than its label, a colon and its words.
_MOST_CELLS_OF_A_LINE = 4

_WORDS: tuple[tuple[str, str], ...] = (
    (Level.SUB_ACTIVITY, r"sub ?-?kegiatan\b"),
    (Level.ACTIVITY, r"kegiatan\b"),
    (Level.POLICY_DIRECTION, r"arah kebijakan\b"),
    (Level.PROGRAM, r"program\b"),
    (Level.MISSION, r"misi\b"),
    (Level.GOAL, r"tujuan\b"),
    (Level.OBJECTIVE, r"sasaran\b"),
    (Level.STRATEGY, r"strategi\b"),
)
VISION = "visi"


class TitleLine(NamedTuple):
    """A node that a line of its own names above what belongs to it; `level` is VISION for the vision."""

    level: str
    code: str
    text: str


def split_label(text: str) -> tuple[str, str]:
    """Code and words of `Misi 1: Meningkatkan ...` or `1.2 Terwujudnya ...`; without a code, "" and the words."""
    plain = text.strip()
    found = _LABEL.fullmatch(plain) or _COUNTED.fullmatch(plain)
    if not found:
        return "", _LETTERED.sub("", plain, count=1) if _LETTERED.match(plain) else plain
    return _arabic(found["code"] or ""), found["text"].strip()


def counted(text: str) -> tuple[str, str]:
    """Code and words of a text that begins with its code: `2.16.03 - Program ...`; "" for none."""
    found = _COUNTED.fullmatch(text.strip())
    return (found["code"].upper(), found["text"].strip()) if found else ("", text)


def level_of_words(text: str) -> str:
    """The level that the first word of a text names, as in `Program Aplikasi Informatika` or `MISI 1: ...`."""
    plain = folded(text)
    return next((str(level) for level, pattern in _WORDS if re.match(pattern, plain)), "")


def is_total(text: str) -> bool:
    """Whether a row that begins so only adds up what stands above it."""
    return bool(_TOTAL.fullmatch(text.strip()))


def is_heading(text: str) -> bool:
    """Whether a text names a matter or field of government, which heads programs and is none."""
    return bool(_HEADING.fullmatch(text))


def is_outcome(text: str) -> bool:
    """Whether a text says what a program is to bring about, in a line of its own below it."""
    return bool(_OUTCOME.fullmatch(folded(text)))


def is_capitals(text: str) -> bool:
    """Whether a text is written in capitals, as headings are."""
    return text.isupper() and sum(letter.isalpha() for letter in text) > 3


def is_remark(text: str) -> bool:
    """Whether a text is a note or names a source."""
    return bool(_REMARK.fullmatch(folded(text)))


def is_signature(text: str) -> bool:
    """Whether a text begins what is written below a table: place and day, office, number of the person who signs."""
    return bool(_SIGNATURE.fullmatch(folded(text)))


def title_line(cells: Cells) -> TitleLine | None:
    """The node that a line of its own names, as `MISI 1 : Meningkatkan ...` over the whole width; None for others."""
    found = _TITLE_LINE.fullmatch(_line(cells))
    if not found:
        return None
    text = " ".join(found["text"].split()).strip("\"'\u201c\u201d\u2018\u2019 ")
    level = VISION if found["level"].casefold() == VISION else level_of_words(found["level"])
    return TitleLine(level, _arabic(found["code"] or ""), text)


def agency_line(cells: Cells) -> str:
    """The agency that a line such as `PERANGKAT DAERAH : DINAS KESEHATAN` names; "" for other lines."""
    found = _AGENCY.fullmatch(_line(cells))
    return " ".join(found["name"].split()) if found else ""


def _line(cells: Cells) -> str:
    if len(cells) > _MOST_CELLS_OF_A_LINE:
        return ""
    return " ".join(text_of(cells[column]).strip() for column in sorted(cells) if cells[column].kind in ("s", "n"))


def _arabic(code: str) -> str:
    plain = code.rstrip(".").upper()
    return _ROMAN.get(plain, plain)
