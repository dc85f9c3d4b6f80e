"""The tables of an edition for Excel: which there are, their columns and rows. Data only; `workbook` writes them.

Those of the analyses are made in `analysis_tables`. Columns of the initiatives come from the registry, so that a new
question appears by itself. Money is whole rupiah.
"""

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any

from masterplan.books.chapters.lookup import Lookup, index, sub_dimension_name
from masterplan.books.formats.analysis_tables import gaps, readiness, swot_items, swot_strategies
from masterplan.books.formats.monitoring_table import reports
from masterplan.books.formats.table import SEPARATOR, ColumnSpec, Table, Value, Values, column, heads, table, values
from masterplan.editions import money
from masterplan.editions.figures import evidence_of
from masterplan.editions.schema import ListedInitiative, Row
from masterplan.reference import Direction
from masterplan.registry import FIELDS, Field, Kind
from smartcity.common.numbers import parse_target
from smartcity.common.reading import Unreadable
from smartcity.common.rich_text.limits import document
from smartcity.common.rich_text.marks import plain_lines
from smartcity.common.workbooks.cells import CellKind, SheetColumn


def tables_of(content: Row) -> list[Table]:
    """Every table, in the order of the sheets; those without a row too, so that every edition has the same sheets."""
    plan = index(content)
    return [make(plan) for make in _TABLES]


_CODE, _NAME = column("Kode", CellKind.NOTED), column("Inisiatif")
_TEXT, _MONEY = CellKind.TEXT, CellKind.MONEY


# Initiatives ----------------------------------------------------------------------------------------------------------


def _agencies(plan: Lookup, ids: Iterable[str]) -> str:
    return SEPARATOR.join(plan.agencies[key]["name"] for key in ids if key in plan.agencies)


def _districts(plan: Lookup, ids: Iterable[str]) -> str:
    return SEPARATOR.join(plan.districts[key]["name"] for key in ids if key in plan.districts)


def _sub_dimension(plan: Lookup, row: Row, field: Field) -> Value:
    return SEPARATOR.join(filter(None, [plan.dimension_name(row["dimension"]), sub_dimension_name(plan, row)]))


_Tell = Callable[[Lookup, Row, Field], Value]
_SINGLE: dict[Kind, tuple[CellKind, _Tell]] = {
    Kind.LINE: (CellKind.LINE, lambda plan, row, field: row[field.key]),
    Kind.TEXT: (CellKind.TEXT, lambda plan, row, field: row[field.key]),
    Kind.RICH: (CellKind.TEXT, lambda plan, row, field: rich(row[field.key])),
    Kind.YEAR: (CellKind.YEAR, lambda plan, row, field: row[field.key]),
    Kind.CHOICE: (CellKind.CHOICE, lambda plan, row, field: row[f"{field.key}_label"]),
    Kind.YES_NO: (CellKind.CHOICE, lambda plan, row, field: "Ya" if row[field.key] else "Tidak"),
    Kind.SUB_DIMENSION: (CellKind.CHOICE, _sub_dimension),
    Kind.AGENCY: (CellKind.LINE, lambda plan, row, field: _agencies(plan, [row[field.key]])),
    Kind.AGENCIES: (CellKind.SEVERAL, lambda plan, row, field: _agencies(plan, row[field.key])),
    Kind.DISTRICTS: (CellKind.SEVERAL, lambda plan, row, field: _districts(plan, row[field.key])),
}


def rich(text: str) -> str:
    """Text with marks as it is read."""
    return "\n".join(plain_lines(document(text)))


def _initiatives(plan: Lookup) -> Table:
    name, *fields = [field for field in FIELDS.values() if field.kind in _SINGLE]
    columns = (
        _CODE,
        column(name.label),
        column("Keadaan", CellKind.NOTED),
        *(SheetColumn(field.key, field.label, "", _SINGLE[field.kind][0]) for field in fields),
        column("Anggaran seluruhnya (rupiah)", _MONEY),
        column("Alasan tanpa program RPJMD", _TEXT),
    )
    initiatives: Sequence[Row] = plan.initiatives  # whose keys are those of the registry
    rows: list[Values] = [
        [
            row["code"],
            row[name.key],
            row["status_label"],
            *(_SINGLE[field.kind][1](plan, row, field) for field in fields),
            money.total([row]),
            row["waiver_reason"],
        ]
        for row in initiatives
    ]
    return Table("Inisiatif", "Satu baris satu inisiatif.", columns, rows)


def _of_initiatives(
    plan: Lookup, title: str, what: str, rows_of: Callable[[Any], Iterable[Any]], specs: Iterable[ColumnSpec]
) -> Table:
    """A table with several rows to an initiative, each beginning with its code and name."""
    columns = list(specs)
    rows = [[own["code"], own["name"], *values(row, columns)] for own in plan.initiatives for row in rows_of(own)]
    return Table(title, what, (_CODE, _NAME, *heads(columns)), rows)


def _of_years(
    plan: Lookup,
    key: str,
    rows: Iterable[Row],
    head: str,
    kind: CellKind,
    write: Callable[[Any], Value] = lambda value: value,
) -> list[ColumnSpec]:
    """A column for each year of the plan, and each other year that one of the rows has under `key`."""
    years = {str(year) for year in plan.content["plan"]["years"]}.union(*(row[key] for row in rows))

    def cell(year: str) -> Callable[[Row], Value]:
        return lambda row: write(row[key].get(year))

    return [(head.format(year), kind, cell(year)) for year in sorted(years)]


def _budgets(plan: Lookup) -> Table:
    rows = [
        {**row, "lead": _agencies(plan, [own["lead_agency"]]),
         "dimension": plan.dimension_name(own["dimension"], own["dimension"]), "of": own["id"]}
        for own in plan.initiatives for row in own["budgets"]
    ]  # fmt: skip
    columns: list[ColumnSpec] = [
        ("Penanggung jawab", CellKind.LINE, "lead"),
        ("Dimensi", CellKind.CHOICE, "dimension"),
        ("Sumber dana", CellKind.CHOICE, "source_label"),
        *_of_years(plan, "amounts", rows, "{}", _MONEY),
        ("Jumlah", _MONEY, lambda row: sum(amount or 0 for amount in row["amounts"].values())),
    ]
    return _of_initiatives(
        plan, "Anggaran", "Satu baris satu sumber dana dari satu inisiatif, dalam rupiah.",
        lambda own: (row for row in rows if row["of"] == own["id"]), columns,
    )  # fmt: skip


def _measures(plan: Lookup, rows: Sequence[Row], *own: ColumnSpec) -> list[ColumnSpec]:
    """The columns of indicators from name to end condition; `own` stand between the unit and the baseline."""
    return [
        ("Indikator", _TEXT, "name"),
        ("Satuan", CellKind.NOTED, "unit"),
        *own,
        ("Kondisi awal", CellKind.TARGET, lambda row: number(row["baseline"])),
        *_of_years(plan, "targets", rows, "Target {}", CellKind.TARGET, lambda text: number(text or "")),
        ("Kondisi akhir", CellKind.TARGET, lambda row: number(row["end_condition"])),
    ]


def _direction(row: Row) -> Value:
    return str(Direction(row["direction"]).label) if row.get("direction") else ""


def _indicators(plan: Lookup) -> Table:
    rows = [row for own in plan.initiatives for row in own["indicators"]]
    columns = [("Jenis", CellKind.CHOICE, "kind_label"), *_measures(plan, rows, ("Arah", CellKind.NOTED, _direction))]
    return _of_initiatives(
        plan, "Indikator", "Satu baris satu indikator dengan targetnya.", itemgetter("indicators"), columns
    )


def number(text: str) -> Value:
    """A target as a number where it is one; a range, a bound or a grade stays as written."""
    try:
        target = parse_target(text)
    except Unreadable:
        return text
    if target is None or target.low is None or target.low != target.high:
        return text
    return int(target.low) if target.low == target.low.to_integral_value() else float(target.low)


def _activities(plan: Lookup) -> Table:
    return _of_initiatives(
        plan, "Kegiatan", "Satu baris satu kegiatan.", itemgetter("activities"),
        (("Kegiatan", _TEXT, "name"), ("Mulai", CellKind.DATE, "start"), ("Selesai", CellKind.DATE, "end"),
         ("Keluaran", _TEXT, "output")),
    )  # fmt: skip


def _partners(plan: Lookup) -> Table:
    return _of_initiatives(
        plan, "Mitra", "Satu baris satu mitra.", itemgetter("partners"),
        (("Jenis mitra", CellKind.CHOICE, "kind_label"), ("Mitra", CellKind.LINE, "name"),
         ("Perannya", _TEXT, "contribution")),
    )  # fmt: skip


def _links(plan: Lookup) -> Table:
    names = {"rpjmd": "RPJMD", "renstra": "Renstra"}
    return _of_initiatives(
        plan, "Keselarasan", "Satu baris satu tautan ke program RPJMD atau Renstra.", itemgetter("links"),
        (("Dokumen", CellKind.TARGET, lambda link: names.get(link["plan_kind"], link["plan_kind"])),
         ("Kode program", CellKind.CHOICE, "element_code"), ("Program", _TEXT, "element_text"),
         ("Indikator program", _TEXT, "indicator_name"), ("Keputusan", CellKind.NOTED, "state_label"),
         ("Alasan usulan", _TEXT, "rationale"), ("Alasan keputusan", _TEXT, "decision_reason")),
    )  # fmt: skip


def _quick_wins(plan: Lookup) -> Table:
    nothing: Row = {"deliverable": "", "due_date": None, "aspects": []}
    sheets = {row["id"]: row["worksheet"] or nothing for row in plan.initiatives if row["quick_win"]}
    aspects = {aspect["aspect"]: aspect["label"] for sheet in sheets.values() for aspect in sheet["aspects"]}

    def of_aspect(aspect: str, key: str, unknown: Value) -> Callable[[Row], Value]:
        return lambda sheet: next((row[key] for row in sheet["aspects"] if row["aspect"] == aspect), unknown)

    columns: list[ColumnSpec] = [
        ("Hasil yang dijanjikan", _TEXT, "deliverable"),
        ("Batas waktu", CellKind.DATE, "due_date"),
    ]
    for aspect, label in aspects.items():
        columns.append((f"Nilai: {label}", CellKind.SCORE, of_aspect(aspect, "score", None)))
        columns.append((f"Penjelasan: {label}", _TEXT, of_aspect(aspect, "note", "")))
    columns.append(("Jumlah nilai", CellKind.SCORE, lambda sheet: sum(row["score"] or 0 for row in sheet["aspects"])))
    return _of_initiatives(
        plan, "Quick win", "Satu baris satu quick win dengan nilai setiap aspek.",
        lambda own: [sheets[own["id"]]] if own["id"] in sheets else [], columns,
    )  # fmt: skip


def _evidence(plan: Lookup) -> Table:
    return _of_initiatives(
        plan, "Bukti dukung", "Satu baris satu berkas yang disebut dalam buku.", evidence_of,
        (("Bukti dukung", _TEXT, "title"), ("Jenis berkas", CellKind.CHOICE, "kind_label"),
         ("Ukuran (bita)", _MONEY, "size"), ("Sidik berkas (SHA-256)", _TEXT, "sha256")),
    )  # fmt: skip


# Around the initiatives -------------------------------------------------------------------------------------------


def _programs(plan: Lookup) -> Table:
    missions = {row["id"]: f"Misi {row['code']}. {row['text']}" for row in plan.content["development_plan"]["missions"]}
    programs = plan.content["development_plan"]["programs"]

    def answering(row: Row) -> str:
        return SEPARATOR.join(sorted({own["code"] for own, _ in plan.answering(row["id"], "accepted", "proposed")}))

    columns: list[ColumnSpec] = [
        ("Kode program", CellKind.NOTED, "code"),
        ("Program", _TEXT, "text"),
        ("Misi", _TEXT, lambda row: missions.get(row["mission_id"], "")),
        ("Tujuan", _TEXT, "goal"),
        ("Sasaran", _TEXT, "objective"),
        ("Penanggung jawab", CellKind.LINE, lambda row: _agencies(plan, [row["agency_id"]])),
        *_of_years(plan, "ceilings", programs, "Pagu {}", _MONEY),
        ("Inisiatif", CellKind.SEVERAL, answering),
    ]
    return table("Program RPJMD", "Satu baris satu program, pagu dalam rupiah.", programs, columns)


def _program_indicators(plan: Lookup) -> Table:
    rows = [
        {**row, "program_code": program["code"], "program": program["text"]}
        for program in plan.content["development_plan"]["programs"]
        for row in program["indicators"]
    ]
    columns = [("Kode program", CellKind.NOTED, "program_code"), ("Program", _TEXT, "program"), *_measures(plan, rows)]
    return table("Indikator RPJMD", "Satu baris satu indikator program.", rows, columns)


def _strategic_programs(plan: Lookup) -> Table:
    rows = [
        {**program, "plan": renstra["title"], "agency": _agencies(plan, [renstra["agency_id"]])}
        for renstra in plan.content["strategic_plans"]
        for program in renstra["programs"]
    ]

    def carried_out(row: Row) -> str:
        program = plan.programs.get(row["carries_out"] or "")
        return program["code"] if program else ""

    columns = (
        ("Renstra", CellKind.LINE, "plan"), ("Perangkat daerah", CellKind.LINE, "agency"),
        ("Kode program", CellKind.NOTED, "code"), ("Program", _TEXT, "text"),
        ("Program RPJMD yang dijalankan", CellKind.NOTED, carried_out),
    )  # fmt: skip
    return table("Program Renstra", "Satu baris satu program Renstra.", rows, columns)


def _agency_rows(plan: Lookup) -> Table:
    def leads(row: Row) -> list[ListedInitiative]:
        return [each for each in plan.initiatives if each["lead_agency"] == row["id"]]

    columns = (
        ("Perangkat daerah", _TEXT, "name"), ("Singkatan", CellKind.CHOICE, "short_name"),
        ("Jumlah inisiatif yang dipimpin", CellKind.SCORE, lambda row: len(leads(row))),
        ("Memimpin", CellKind.SEVERAL, lambda row: _codes(leads(row))),
        ("Mendukung", CellKind.SEVERAL,
         lambda row: _codes(each for each in plan.initiatives if row["id"] in each["supporting_agencies"])),
        ("Anggaran inisiatif yang dipimpin (rupiah)", _MONEY, lambda row: money.total(leads(row))),
    )  # fmt: skip
    return table("Perangkat daerah", "Satu baris satu perangkat daerah.", plan.agencies.values(), columns)


def _district_rows(plan: Lookup) -> Table:
    rows = [
        {"name": row["name"], "codes": _codes(each for each in plan.initiatives if key in each["districts"])}
        for key, row in plan.districts.items()
    ]
    rows.append(
        {"name": "Seluruh wilayah", "codes": _codes(each for each in plan.initiatives if each["whole_regency"])}
    )
    columns = (("Kecamatan", CellKind.LINE, "name"), ("Inisiatif", _TEXT, "codes"))
    return table("Kecamatan", "Satu baris satu kecamatan.", rows, columns)


def _codes(initiatives: Iterable[ListedInitiative]) -> str:
    return SEPARATOR.join(each["code"] for each in initiatives)


_TABLES: tuple[Callable[[Lookup], Table], ...] = (
    _initiatives, _budgets, _indicators, _activities, _partners, _links, _quick_wins, _evidence, _programs,
    _program_indicators, _strategic_programs, readiness, gaps, swot_items, swot_strategies, reports,
    _agency_rows, _district_rows,
)  # fmt: skip
