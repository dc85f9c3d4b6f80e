"""The role of a column, as `target:2022` or `level:program`: proposed from its heads and first cells.

People correct the proposal on a page; what the roles make of a sheet together is decided in `layout`.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from masterplan.reference import Level
from smartcity.common.workbooks.cells import folded
from smartcity.common.workbooks.reader import Cell

IGNORED = ""
VISION, TEXT, CODE, PARENT, LEVEL = "vision", "text", "code", "parent", "level"
INDICATOR, UNIT, BASELINE, DIRECTION = "indicator", "unit", "baseline", "direction"
TARGET, MONEY, END_TARGET = "target", "money", "end_target"
AGENCY, MEASURED_BY, CARRIES_OUT = "agency", "measured_by", "carries_out"

# What a person may choose for a column, in the order of the list. Years are asked beside it.
LABELS: dict[str, str] = {
    IGNORED: "Tidak dibaca",
    VISION: "Visi",
    **{f"{LEVEL}:{level.value}": level.label for level in Level},
    TEXT: "Uraian (jenjang menurut kode, kata, atau lekukan)",
    LEVEL: "Nama jenjang",
    CODE: "Kode",
    PARENT: "Kode induk",
    INDICATOR: "Indikator",
    UNIT: "Satuan",
    BASELINE: "Kondisi awal",
    TARGET: "Target tahun",
    MONEY: "Pagu tahun",
    END_TARGET: "Kondisi akhir",
    DIRECTION: "Arah indikator",
    AGENCY: "Penanggung jawab",
    MEASURED_BY: "Penanggung jawab indikator",
    CARRIES_OUT: "Program RPJMD yang dilaksanakan",
}
YEARLY = (TARGET, MONEY)
# How far a number must reach before it is taken for rupiah and not for a target.
_SURELY_MONEY = 1_000_000

_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_NTH = re.compile(r"\b(?:tahun|thn|th)\.?\s*(?:ke)?[\s-]*([1-6]|iv|v?i{1,3}|v)\b")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
_MONEY = re.compile(r"\brp\b|rupiah|\bpagu\b|anggaran|pendanaan|\bdana\b|\bbiaya\b")
_TARGET = re.compile(r"target|kinerja|capaian|\bk\b|volume")
_END = re.compile(r"akhir")
_BASE = re.compile(r"\bawal\b|baseline|data dasar|tahun dasar|tahun 0\b|tahun ke-?\s?0\b|base line|eksisting")
_PAST = re.compile(r"realisasi|tahun lalu")
_LEVELS: dict[str, str] = {
    "mission": r"misi",
    "goal": r"tujuan",
    "objective": r"sasaran",
    "strategy": r"strategi\b",
    "policy_direction": r"arah kebijakan|kebijakan umum",
    "program": r"program",
    "activity": r"(?<!sub )(?<!sub)kegiatan",
    "sub_activity": r"sub ?kegiatan",
}
_DECORATION = (
    r"nama|uraian|rumusan|isi|pernyataan|program prioritas|prioritas|pembangunan|daerah|rpjmd|renstra|strategis"
    r"|jangka (?:menengah|panjang)"
)
_BESIDE = r"dan|perangkat|opd|skpd|organisasi|atau|urusan|bidang|pemerintahan|outcome|output|hasil|keluaran"
_PLAIN: tuple[tuple[str, str], ...] = (
    (CARRIES_OUT, r".*(?:program rpjmd|(?:mendukung|melaksanakan) program).*"),
    (PARENT, r"(?:kode )?induk|kode atasan"),
    (DIRECTION, r"arah(?: indikator)?|polaritas|sifat indikator"),
    (MEASURED_BY, r"penanggung ?jawab indikator|(?:opd )?pengampu indikator"),
    (
        AGENCY,
        r".*(?:perangkat daerah|\bopd\b|\bskpd\b|(?:unit|satuan) kerja|penanggung ?jawab|pelaksana|pengampu).*|pd",
    ),
    (INDICATOR, r".*(?:\bindikator\b|\bik\b|\biku\b|\bikk\b|\bikp\b|tolok ukur).*"),
    (UNIT, r"(?:.*\b)?satuan(?:\b.*)?|unit|sat\."),
    (LEVEL, r"jenjang|tingkat(?:an)?|level|jenis"),
    (CODE, r".*(?:\bkode\b|\brekening\b|\bkd\b).*"),
    (VISION, r"visi(?: .*)?"),
    (BASELINE, rf".*(?:{_BASE.pattern}).*"),
)


def guess(heads: Sequence[str], samples: Iterable[Cell] = (), first_year: int = 0) -> str:
    """The role that the heads of a column, from the top down, and its first cells speak for; "" for none.

    `first_year` is what "tahun ke-1" means.
    """
    parts = [re.sub(r"[()*:]", " ", folded(head)) for head in heads if head.strip()]
    title = " ".join(" ".join(parts).split())
    if not title or len(title) > 160 or _PAST.search(title):
        return IGNORED
    cells = list(samples)
    found = _of_years(title, parts, cells, first_year)
    return _of_words(title, parts, cells) if found is None else found


def _of_years(title: str, parts: list[str], cells: list[Cell], first_year: int) -> str | None:
    """Targets, money, beginning and end: columns of which there are many. None for a column of another sort."""
    is_money = bool(_MONEY.search(parts[-1]) or (_MONEY.search(title) and not _TARGET.search(parts[-1])))
    if _END.search(title) and not re.search(r"\bindikator\b", title):
        return IGNORED if is_money else END_TARGET
    if _BASE.search(title) and not re.search(r"indikator", title):
        return IGNORED if is_money else BASELINE
    year = _year_of(title, first_year)
    if not year:
        return None
    if not is_money and not _TARGET.search(title):
        is_money = _look_like_money(cells)
    return f"{MONEY if is_money else TARGET}:{year}"


def _year_of(title: str, first_year: int) -> int:
    # "2021-2026" names a period, not a year; a year of its own may stand beside it.
    alone = re.sub(r"(?:19|20)\d\d\s*[-\u2013/]\s*(?:19|20)\d\d", " ", title)
    found = _YEAR.findall(alone)
    if found:
        return int(found[-1])
    nth = _NTH.search(title)
    if nth and first_year:
        return first_year - 1 + int(_ROMAN.get(nth[1], nth[1]))
    return 0


def _look_like_money(cells: list[Cell]) -> bool:
    numbers = [cell.value for cell in cells if cell.kind == "n"]
    return bool(numbers) and sum(abs(number) >= _SURELY_MONEY for number in numbers) * 2 > len(numbers)


def _of_words(title: str, parts: list[str], cells: list[Cell]) -> str:
    own = parts[-1]
    for text in dict.fromkeys((own, title)):
        for role, pattern in _PLAIN:
            if re.fullmatch(pattern, text) and not (role == AGENCY and _names_programs(text)):
                return _with_level(role, text)
    if re.fullmatch(r"(?:no|nomor|nomer)\.?(?: urut)?", own):
        return CODE if any(_is_code(cell) for cell in cells) else IGNORED
    return _of_levels(own) or _of_levels(title)


def is_plain_name(heads: Sequence[str]) -> bool:
    """Whether a head says no more than that names stand below it."""
    return bool(heads) and folded(heads[-1]) in ("nama", "isi", "rumusan", "pernyataan", "deskripsi")


def _names_programs(text: str) -> bool:
    """Whether a head that speaks of agencies is about what they do: "Program Perangkat Daerah", "OPD / Program"."""
    levels = levels_in(text)
    responsible = re.search(r"penanggung|pelaksana|pengampu|unit kerja", text)
    return bool(levels) and not responsible and ("/" in text or bool(re.match(_LEVELS[levels[0]], text)))


def _with_level(role: str, text: str) -> str:
    """An indicator may say whose it is: `indicator:objective` for "IK Sasaran"."""
    if role != INDICATOR:
        return role
    levels = levels_in(re.sub(r"program prioritas", "program", text))
    return f"{INDICATOR}:{levels[0]}" if len(levels) == 1 else INDICATOR


def _is_code(cell: Cell) -> bool:
    return cell.kind == "s" and bool(re.fullmatch(r"\s*[\dIVX]+(?:\.[\dA-Z]+)+\.?\s*", str(cell.value)))


def _of_levels(text: str) -> str:
    levels = levels_in(text)
    rest = text
    for level in levels:
        rest = re.sub(_LEVELS[level], " ", rest)
    rest = re.sub(rf"\b(?:{_DECORATION}|{_BESIDE})\b", " ", rest)
    is_clean = not re.search(r"\w", re.sub(r"\d{4}", " ", rest))
    if levels and is_clean:
        return f"{LEVEL}:{levels[0]}" if len(levels) == 1 else TEXT
    return TEXT if re.fullmatch(r"uraian|rincian|nomenklatur(?: .*)?", text) else IGNORED


def levels_in(text: str) -> list[str]:
    """The levels that a head names."""
    return [level for level, pattern in _LEVELS.items() if re.search(rf"\b(?:{pattern})", text)]


def is_head(cell: Cell) -> bool:
    """Whether the words of a cell are such as stand over a column."""
    text = str(cell.value)
    if cell.kind == "n":
        return float(cell.value).is_integer() and 1990 <= cell.value <= 2100
    if is_year_date(cell):
        return True
    if cell.kind != "s" or len(text) > 90:
        return False
    plain = re.sub(r"[()*:]", " ", folded(text)).strip()
    is_end = len(plain) < 40 and _END.search(plain)
    return bool(guess([text], first_year=1) or re.fullmatch(_LONE_HEADS, plain) or is_end)


def is_year_date(cell: Cell) -> bool:
    """Whether a cell holds the first of January of a year, which Excel shows as the year alone over a column."""
    return cell.kind == "d" and str(cell.value).endswith("-01-01")


_LONE_HEADS = (
    r"no\.?|nomor|target|rp\.?(?: .*)?|rupiah|kinerja|pagu(?: .*)?|k|keterangan|ket\.?|lokasi|urusan(?: .*)?|capaian.*"
    r"|anggaran.*|tahun|kondisi.*|.*\brealisasi\b.*|target kinerja.*|kerangka pendanaan.*|sumber dana|bidang urusan.*"
)


def names_nodes(role: str) -> bool:
    """Whether the words of nodes stand in a column, of one level or any."""
    return role == TEXT or role.startswith(f"{LEVEL}:")


def years_of(role: str) -> tuple[str, int]:
    """A role taken apart: what it is, and the year, 0 where there is none."""
    kind, _, detail = role.partition(":")
    return (kind, int(detail)) if kind in YEARLY and detail.isdecimal() else (role, 0)


def is_role(role: Any) -> bool:
    """Whether a role is one that the reader knows."""
    if not isinstance(role, str):
        return False
    year = years_of(role)[1]
    if year:
        return 1990 <= year <= 2100
    return (role in LABELS and role not in YEARLY) or role in {f"{INDICATOR}:{level.value}" for level in Level}
