"""What is different in one initiative between two editions, answer by answer and row by row of its tables.

The answers are found in the snapshot, so a new question of the registry is compared at once; only its words are here,
because making a book knows no registry. A test holds both against each other.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from masterplan.documents.contents.sheet import activity_day, day_in_full
from masterplan.documents.differences import (
    Answer,
    Data,
    Fate,
    Figure,
    Row,
    amounts,
    fate_of,
    matched,
    targets,
    texts,
)
from masterplan.reference import Direction, EvidencePlacement
from smartcity.common.formatting import format_number

Names = Mapping[str, Mapping[str, str]]
Compared = tuple[Row, ...]

ANSWERS: dict[str, str] = {
    "name": "Nama inisiatif",
    "sub_dimension": "Dimensi dan sub-dimensi",
    "problem": "Masalah yang dijawab",
    "description": "Uraian inisiatif",
    "smart_city_target": "Sasaran smart city",
    "strategy": "Strategi",
    "action_kind": "Jenis aksi",
    "novelty": "Baru atau lanjutan",
    "beneficiaries": "Penerima manfaat",
    "benefit_citizens": "Manfaat bagi warga dan pelayanan publik",
    "benefit_business": "Manfaat bagi usaha dan iklim investasi",
    "lead_agency": "Penanggung jawab",
    "supporting_agencies": "Perangkat daerah pendukung",
    "partners": "Mitra",
    "whole_regency": "Seluruh wilayah",
    "districts": "Lokasi kecamatan",
    "horizon": "Jangka",
    "start_year": "Tahun mulai",
    "end_year": "Tahun selesai",
    "activities": "Kegiatan",
    "indicators": "Indikator keluaran dan hasil",
    "budgets": "Anggaran menurut sumber dana",
    "budget_basis": "Dasar perhitungan",
    "budget_fallback": "Rencana bila anggaran tidak turun",
    "links": "Tautan ke program",
    "nomenclature_code": "Kode nomenklatur",
    "quick_win": "Diusulkan sebagai quick win",
    "worksheet": "Lembar quick win",
    "spbe_application": "Aplikasi SPBE terkait",
    "data_needs": "Kebutuhan data",
    "integration_needs": "Kebutuhan integrasi",
    "risk": "Risiko",
    "mitigation": "Mitigasi",
    "sustainability": "Keberlanjutan",
    "evidence": "Berkas bukti dukung",
    # No questions of the form, but in the book.
    "status": "Keadaan",
    "waiver_reason": "Alasan tanpa program RPJMD",
}
# What a row of the snapshot is known by, and what another answer says already.
_IDENTITY = frozenset({"id", "code", "dimension"})


def names_of(content: Data) -> dict[str, dict[str, str]]:
    """The words for the ids of one edition: agencies, districts, sub-dimensions."""
    return {
        "agencies": {row["id"]: row["name"] for row in content["agencies"]},
        "districts": {row["id"]: row["name"] for row in content["districts"]},
        "sub_dimensions": {
            sub["key"]: f"{dimension['name']}, {sub['name']}"
            for dimension in content["dimensions"]
            for sub in dimension["sub_dimensions"]
        },
    }


def answers_of(before: Data, after: Data, old: Data, new: Data) -> tuple[Answer, ...]:
    """The answers of an initiative that are different, in the order of the form."""
    if old == new:
        return ()
    names = names_of(before), names_of(after)
    keys = [*ANSWERS, *(key for key in {**old, **new} if key not in ANSWERS)]
    found = []
    for key in keys:
        if old.get(key) == new.get(key) or key in _IDENTITY or _is_label(key, old, new):
            continue
        compared = _TABLES.get(key)
        rows = compared(old.get(key), new.get(key), names) if compared else _simple(key, old, new)
        if rows:
            found.append(Answer(key, ANSWERS.get(key, key), rows))
    return tuple(found)


def _is_label(key: str, *rows: Data) -> bool:
    """Whether this only says another answer in words."""
    return key.endswith("_label") and any(key.removesuffix("_label") in row for row in rows)


def _simple(key: str, old: Data, new: Data) -> Compared:
    words = texts([("", _words(key, old), _words(key, new))])
    return (Row("", Fate.CHANGED, words),) if words else ()


def _words(key: str, row: Data) -> str:
    """An answer as people read it."""
    value = row.get(f"{key}_label", row.get(key))
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    return "" if value is None else str(value)


# Answers that point at something -------------------------------------------------------------------------------------


def _named(kind: str) -> Callable[[Any, Any, tuple[Names, Names]], Compared]:
    """One id, told by its name in each edition."""

    def compared(old: Any, new: Any, names: tuple[Names, Names]) -> Compared:
        words = texts([("", names[0][kind].get(old, old or ""), names[1][kind].get(new, new or ""))])
        return (Row("", Fate.CHANGED, words),) if words else ()

    return compared


def _set(kind: str) -> Callable[[Any, Any, tuple[Names, Names]], Compared]:
    """Several ids: which came in, which left."""

    def compared(old: Any, new: Any, names: tuple[Names, Names]) -> Compared:
        was, now = old or [], new or []
        return (
            *(Row(names[1][kind].get(each, each), Fate.ADDED) for each in now if each not in was),
            *(Row(names[0][kind].get(each, each), Fate.REMOVED) for each in was if each not in now),
        )

    return compared


# Tables --------------------------------------------------------------------------------------------------------------

Column = tuple[str, Callable[[Data], str]]


def _no_figures(old: Data, new: Data) -> tuple[Figure, ...]:
    return ()


@dataclass(frozen=True)
class _Table:
    """How the rows of a table are known, called and compared; with `renamed` a row may have changed its name."""

    columns: tuple[Column, ...]
    key: Callable[[Data], Hashable]
    name: Callable[[Data], str]
    renamed: bool = True
    figures: Callable[[Data, Data], tuple[Figure, ...]] = _no_figures

    def __call__(self, old: Any, new: Any, names: Any = None) -> Compared:
        """The rows that are different."""
        pairs = matched(old or (), new or (), key=self.key, name=self.name if self.renamed else None)
        rows = (self._row(was, now) for was, now in pairs if was != now)
        return tuple(row for row in rows if row.texts or row.figures or row.fate is not Fate.CHANGED)

    def _row(self, was: Data | None, now: Data | None) -> Row:
        words = [
            (label, "" if was is None else tell(was), "" if now is None else tell(now)) for label, tell in self.columns
        ]
        if was is not None and now is not None:
            words.insert(0, ("Nama", self.name(was), self.name(now)))
        shown = was if now is None else now
        return Row(self.name(shown or {}), fate_of(was, now), texts(words), self.figures(was or {}, now or {}))


def _cell(key: str) -> Callable[[Data], str]:
    return lambda row: row.get(key) or ""


def _day(tell: Callable[..., str], key: str, **more: Any) -> Callable[[Data], str]:
    return lambda row: tell(row[key], **more) if row.get(key) else ""


def _direction(row: Data) -> str:
    return str(Direction(row["direction"]).label) if row.get("direction") else ""


_MEASURE: tuple[Column, ...] = (
    ("Satuan", _cell("unit")),
    ("Arah", _direction),
    ("Kondisi awal", _cell("baseline")),
    ("Kondisi akhir", _cell("end_condition")),
)


def _targets(old: Data, new: Data) -> tuple[Figure, ...]:
    return targets(old.get("targets", {}), new.get("targets", {}))


def indicator_rows(old: Sequence[Data], new: Sequence[Data], *, key: Callable[[Data], Hashable]) -> Compared:
    """Indicators of a program, with the targets of each year."""
    return _Table(_MEASURE, key=key, name=_cell("name"), figures=_targets)(old, new)


def _worksheet(old: Data | None, new: Data | None, names: Any) -> Compared:
    """The sheet of a quick win: what is handed over and when, and each aspect with its score."""
    was, now = old or {}, new or {}
    head = texts(
        [
            ("Yang diserahkan", _cell("deliverable")(was), _cell("deliverable")(now)),
            ("Tanggal selesai", _day(day_in_full, "due_date")(was), _day(day_in_full, "due_date")(now)),
        ]
    )
    fate = fate_of(old, new)
    aspects = _ASPECTS(was.get("aspects"), now.get("aspects")) if fate is Fate.CHANGED else ()
    own = (Row("", fate, head),) if head or fate is not Fate.CHANGED else ()
    return (*own, *aspects)


def _score(row: Data) -> str:
    return format_number(row["score"]) if row.get("score") else ""


def _link_name(row: Data) -> str:
    name = f"{row['element_code']} {row['element_text']}".strip()
    return f"{name}; indikator: {row['indicator_name']}" if row["indicator_name"] else name


_ASPECTS = _Table(
    (("Nilai", _score), ("Penjelasan", _cell("note"))),
    key=lambda row: row["aspect"],
    name=_cell("label"),
    renamed=False,
)
_TABLES: dict[str, Callable[[Any, Any, tuple[Names, Names]], Compared]] = {
    "sub_dimension": _named("sub_dimensions"),
    "lead_agency": _named("agencies"),
    "supporting_agencies": _set("agencies"),
    "districts": _set("districts"),
    "partners": _Table(
        (("Jenis mitra", _cell("kind_label")), ("Perannya", _cell("contribution"))),
        key=lambda row: row["name"],
        name=_cell("name"),
    ),
    "activities": _Table(
        (
            ("Mulai", _day(activity_day, "start")),
            ("Selesai", _day(activity_day, "end", end=True)),
            ("Keluaran", _cell("output")),
        ),
        key=lambda row: row["name"],
        name=_cell("name"),
    ),
    "indicators": _Table(
        (("Jenis", _cell("kind_label")), *_MEASURE),
        key=lambda row: (row["kind"], row["name"]),
        name=_cell("name"),
        figures=_targets,
    ),
    "budgets": _Table(
        (),
        key=lambda row: row["source"],
        name=_cell("source_label"),
        renamed=False,
        figures=lambda old, new: amounts(old.get("amounts", {}), new.get("amounts", {})),
    ),
    "links": _Table(
        (
            ("Keadaan", _cell("state_label")),
            ("Diusulkan karena", _cell("rationale")),
            ("Catatan keputusan", _cell("decision_reason")),
        ),
        key=lambda row: (row["element_id"], row["indicator_id"]),
        name=_link_name,
        renamed=False,
    ),
    "worksheet": _worksheet,
    "evidence": _Table(
        (("Letak dalam buku", lambda row: str(EvidencePlacement(row["placement"]).label)),),
        key=lambda row: row["sha256"],
        name=_cell("title"),
        renamed=False,
    ),
}
