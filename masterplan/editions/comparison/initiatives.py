"""The questions of an initiative and of its tables, as two editions are compared by them.

Which they are and what they are called is said in the registry; here is how each kind of answer is compared.
"""

from masterplan.editions.comparison.differences import ChangeKind, Data, fate_of
from masterplan.editions.comparison.questions import (
    Compare,
    Editions,
    Question,
    Rows,
    Things,
    asked,
    cell,
    counted,
    in_words,
    marked,
    named,
    said,
    several,
    told_as,
    yearly_money,
    yearly_targets,
)
from masterplan.editions.days import activity_day, day_in_full
from masterplan.reference import Direction, EvidencePlacement
from masterplan.registry import FIELDS, Kind

_MEASURE = {
    "unit": Question("Satuan"),
    "direction": Question("Arah", told_as(in_words(dict(Direction.choices)))),
    "baseline": Question("Kondisi awal", counted()),
    "targets": Question("Target", yearly_targets),
    "end_condition": Question("Kondisi akhir", counted()),
}
# Indicators of a program, with the targets of each year.
PROGRAM_INDICATORS = Things(
    {"name": Question("Nama"), **_MEASURE},
    key=cell("id"),
    name=cell("name"),
    silent={"id": "Only tells rows apart."},
)
_PARTNERS = Things(
    asked({"name": "Nama", "kind": "Jenis mitra", "contribution": "Perannya"}),
    key=cell("name"),
    name=cell("name"),
    renamed=True,
)
_ACTIVITIES = Things(
    asked(
        {"name": "Nama", "start": "Mulai", "end": "Selesai", "output": "Keluaran"},
        start=told_as(activity_day),
        end=told_as(lambda day: activity_day(day, end=True)),
    ),
    key=cell("name"),
    name=cell("name"),
    renamed=True,
)
_INDICATORS = Things(
    {"name": Question("Nama"), "kind": Question("Jenis"), **_MEASURE},
    key=lambda row: (row["kind"], row["name"]),
    name=cell("name"),
    renamed=True,
)
_BUDGETS = Things(
    {"amounts": Question("Anggaran", yearly_money)},
    key=cell("source"),
    name=cell("source_label"),
    titled=("source",),
)


_PROGRAM_TELLS = "Told once at the program itself, by whose id a link is known."
_OF_THE_BYTES = "Follows from the bytes of the file, by which it is known."


def _link_name(row: Data) -> str:
    name = f"{row['element_code']} {row['element_text']}".strip()
    return f"{name}; indikator: {row['indicator_name']}" if row["indicator_name"] else name


_LINKS = Things(
    asked(
        {"state": "Keadaan", "rationale": "Diusulkan karena", "decision_reason": "Catatan keputusan"},
    ),
    key=lambda row: (row["element_id"], row["indicator_id"]),
    name=_link_name,
    silent=dict.fromkeys(
        ("element_code", "element_text", "plan_kind", "indicator_name"),
        _PROGRAM_TELLS,
    ),
    titled=("element_id", "indicator_id"),
)
_EVIDENCE = Things(
    asked(
        {"title": "Nama", "placement": "Letak dalam buku"},
        placement=told_as(in_words(dict(EvidencePlacement.choices))),
    ),
    key=cell("sha256"),
    name=cell("title"),
    silent=dict.fromkeys(("kind", "size", "fingerprint", "image"), _OF_THE_BYTES),
    titled=("title", "sha256"),
)
_ASPECTS = Things(
    asked({"score": "Nilai", "note": "Penjelasan"}, score=counted()),
    key=cell("aspect"),
    name=cell("label"),
    silent={"label": "The portal's own word for the aspect."},
    titled=("aspect",),
)
_HANDED_OVER = Things(
    asked({"deliverable": "Yang diserahkan", "due_date": "Tanggal selesai"}, due_date=told_as(day_in_full)),
    key=lambda row: "",
    name=lambda row: "",
)


def _worksheet(key: str, old: Data, new: Data, editions: Editions) -> Rows:
    """The sheet of a quick win: what is handed over and when, and each aspect with its score."""
    was, now = old.get(key), new.get(key)
    before, after = (row and {key: row[key] for key in row if key != "aspects"} for row in (was, now))
    head = _HANDED_OVER.row(before, after, editions)
    changed = fate_of(was, now) is ChangeKind.CHANGED
    aspects = _ASPECTS("aspects", was, now, editions) if was and now else ()
    return (*((head,) if head.texts or head.figures or not changed else ()), *aspects)


# Kinds that are not compared word by word.
_COMPARED: dict[Kind, Compare] = {
    Kind.RICH: marked,
    Kind.YEAR: counted("tahun"),
    Kind.SUB_DIMENSION: named("sub_dimensions"),
    Kind.AGENCY: named("agencies"),
    Kind.AGENCIES: several("agencies"),
    Kind.DISTRICTS: several("districts"),
    Kind.PARTNERS: _PARTNERS,
    Kind.ACTIVITIES: _ACTIVITIES,
    Kind.INDICATORS: _INDICATORS,
    Kind.BUDGETS: _BUDGETS,
    Kind.LINKS: _LINKS,
    Kind.WORKSHEET: _worksheet,
    Kind.EVIDENCE: _EVIDENCE,
}
INITIATIVE = Things(
    {
        **{key: Question(field.label, _COMPARED.get(field.kind, said)) for key, field in FIELDS.items()},
        # No questions of the form, but in the book.
        **asked({"status": "Keadaan", "waiver_reason": "Alasan tanpa program RPJMD"}),
    },
    key=cell("code"),
    name=cell("name"),
    silent={
        "id": "Made of the code.",
        "dimension": "Told with the sub-dimension, which belongs to it.",
        **{key: field.not_compared for key, field in FIELDS.items() if field.not_compared},
    },
)
