"""The tables of an edition for Excel: which there are, their columns and rows. Data only; `workbook` writes them.

Those of the analyses are made in `analysis_tables`. Columns of the initiatives come from the registry, so that a new
question appears by itself. Money is whole rupiah.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from masterplan.books.chapters.lookup import Lookup, index, sub_dimension_name
from masterplan.books.formats.analysis_tables import gaps, readiness, swot_items, swot_strategies
from masterplan.books.formats.monitoring_table import reports
from masterplan.books.formats.table import SEPARATOR, Row, Table, Value, Values, column
from masterplan.editions.figures import evidence_of
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
    dimension = plan.dimensions.get(row["dimension"])
    return SEPARATOR.join(filter(None, [dimension["name"] if dimension else "", sub_dimension_name(plan, row)]))


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
            sum(sum(budget["amounts"].values()) for budget in row["budgets"]),
            row["waiver_reason"],
        ]
        for row in initiatives
    ]
    return Table("Inisiatif", "Satu baris satu inisiatif.", columns, rows)


def _of_initiatives(
    plan: Lookup, title: str, what: str, columns: Iterable[SheetColumn], rows_of: Callable[[Row], Iterable[Values]]
) -> Table:
    """A table with several rows to an initiative, each beginning with its code and name."""
    rows: list[Values] = [[row["code"], row["name"], *values] for row in plan.initiatives for values in rows_of(row)]
    return Table(title, what, (_CODE, _NAME, *columns), rows)


def _years(plan: Lookup, found: Iterable[Mapping[str, Any]]) -> list[str]:
    years = {str(year) for year in plan.content["plan"]["years"]}
    return sorted(years.union(*(set(mapping) for mapping in found)))


def _budgets(plan: Lookup) -> Table:
    years = _years(plan, (budget["amounts"] for row in plan.initiatives for budget in row["budgets"]))
    columns = (
        column("Penanggung jawab"),
        column("Dimensi", CellKind.CHOICE),
        column("Sumber dana", CellKind.CHOICE),
        *(column(year, _MONEY) for year in years),
        column("Jumlah", _MONEY),
    )

    def rows_of(row: Row) -> Iterator[Values]:
        lead = _agencies(plan, [row["lead_agency"]])
        for budget in row["budgets"]:
            amounts = [budget["amounts"].get(year) for year in years]
            name = plan.dimensions.get(row["dimension"], {"name": row["dimension"]})["name"]
            yield [lead, name, budget["source_label"], *amounts, sum(amount or 0 for amount in amounts)]

    return _of_initiatives(
        plan, "Anggaran", "Satu baris satu sumber dana dari satu inisiatif, dalam rupiah.", columns, rows_of
    )


def _indicators(plan: Lookup) -> Table:
    years = _years(plan, (row["targets"] for each in plan.initiatives for row in each["indicators"]))

    def rows_of(initiative: Row) -> Iterator[Values]:
        for row in initiative["indicators"]:
            direction = row.get("direction")
            yield [
                row["kind_label"],
                row["name"],
                row["unit"],
                Direction(direction).label if direction else "",
                number(row["baseline"]),
                *(number(row["targets"].get(year, "")) for year in years),
                number(row["end_condition"]),
            ]

    columns = (
        column("Jenis", CellKind.CHOICE), column("Indikator", _TEXT), column("Satuan", CellKind.NOTED),
        column("Arah", CellKind.NOTED), column("Kondisi awal", CellKind.TARGET),
        *(column(f"Target {year}", CellKind.TARGET) for year in years), column("Kondisi akhir", CellKind.TARGET),
    )  # fmt: skip
    return _of_initiatives(plan, "Indikator", "Satu baris satu indikator dengan targetnya.", columns, rows_of)


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
    columns = (
        column("Kegiatan", _TEXT), column("Mulai", CellKind.DATE), column("Selesai", CellKind.DATE),
        column("Keluaran", _TEXT),
    )  # fmt: skip
    return _of_initiatives(
        plan, "Kegiatan", "Satu baris satu kegiatan.", columns,
        lambda row: ([each["name"], each["start"], each["end"], each["output"]] for each in row["activities"]),
    )  # fmt: skip


def _partners(plan: Lookup) -> Table:
    columns = (column("Jenis mitra", CellKind.CHOICE), column("Mitra"), column("Perannya", _TEXT))
    return _of_initiatives(
        plan, "Mitra", "Satu baris satu mitra.", columns,
        lambda row: ([each["kind_label"], each["name"], each["contribution"]] for each in row["partners"]),
    )  # fmt: skip


def _links(plan: Lookup) -> Table:
    columns = (
        column("Dokumen", CellKind.TARGET), column("Kode program", CellKind.CHOICE), column("Program", _TEXT),
        column("Indikator program", _TEXT), column("Keputusan", CellKind.NOTED), column("Alasan usulan", _TEXT),
        column("Alasan keputusan", _TEXT),
    )  # fmt: skip
    names = {"rpjmd": "RPJMD", "renstra": "Renstra"}

    def rows_of(row: Row) -> Iterator[Values]:
        for link in row["links"]:
            yield [
                names.get(link["plan_kind"], link["plan_kind"]), link["element_code"], link["element_text"],
                link["indicator_name"], link["state_label"], link["rationale"], link["decision_reason"],
            ]  # fmt: skip

    return _of_initiatives(
        plan, "Keselarasan", "Satu baris satu tautan ke program RPJMD atau Renstra.", columns, rows_of
    )


def _quick_wins(plan: Lookup) -> Table:
    chosen = [row for row in plan.initiatives if row["quick_win"]]
    sheets = [row["worksheet"] for row in chosen if row["worksheet"]]
    aspects = {aspect["aspect"]: aspect["label"] for sheet in sheets for aspect in sheet["aspects"]}
    columns = [column("Hasil yang dijanjikan", _TEXT), column("Batas waktu", CellKind.DATE)]
    for label in aspects.values():
        columns += [column(f"Nilai: {label}", CellKind.SCORE), column(f"Penjelasan: {label}", _TEXT)]
    columns.append(column("Jumlah nilai", CellKind.SCORE))

    def rows_of(row: Row) -> Iterator[Values]:
        if not row["quick_win"]:
            return
        sheet = row["worksheet"] or {"deliverable": "", "due_date": None, "aspects": []}
        told = {aspect["aspect"]: aspect for aspect in sheet["aspects"]}
        values: Values = [sheet["deliverable"], sheet["due_date"]]
        for key in aspects:
            values += [told[key]["score"], told[key]["note"]] if key in told else [None, ""]
        yield [*values, sum(aspect["score"] or 0 for aspect in sheet["aspects"])]

    return _of_initiatives(plan, "Quick win", "Satu baris satu quick win dengan nilai setiap aspek.", columns, rows_of)


def _evidence(plan: Lookup) -> Table:
    columns = (
        column("Bukti dukung", _TEXT), column("Jenis berkas", CellKind.CHOICE), column("Ukuran (bita)", _MONEY),
        column("Sidik berkas (SHA-256)", _TEXT),
    )  # fmt: skip
    return _of_initiatives(
        plan, "Bukti dukung", "Satu baris satu berkas yang disebut dalam buku.", columns,
        lambda row: ([each["title"], each["kind_label"], each["size"], each["sha256"]] for each in evidence_of(row)),
    )  # fmt: skip


# Around the initiatives -------------------------------------------------------------------------------------------


def _programs(plan: Lookup) -> Table:
    missions = {row["id"]: row for row in plan.content["development_plan"]["missions"]}
    programs = plan.content["development_plan"]["programs"]
    years = _years(plan, (row["ceilings"] for row in programs))

    def values(row: Row) -> Values:
        mission = missions.get(row["mission_id"])
        initiatives = {initiative["code"] for initiative, _ in plan.answering(row["id"], "accepted", "proposed")}
        return [
            row["code"],
            row["text"],
            f"Misi {mission['code']}. {mission['text']}" if mission else "",
            row["goal"],
            row["objective"],
            _agencies(plan, [row["agency_id"]]),
            *(row["ceilings"].get(year) for year in years),
            SEPARATOR.join(sorted(initiatives)),
        ]

    columns = (
        column("Kode program", CellKind.NOTED), column("Program", _TEXT), column("Misi", _TEXT),
        column("Tujuan", _TEXT), column("Sasaran", _TEXT), column("Penanggung jawab"),
        *(column(f"Pagu {year}", _MONEY) for year in years), column("Inisiatif", CellKind.SEVERAL),
    )  # fmt: skip
    return Table(
        "Program RPJMD", "Satu baris satu program, pagu dalam rupiah.", columns, [values(row) for row in programs]
    )


def _program_indicators(plan: Lookup) -> Table:
    programs = plan.content["development_plan"]["programs"]
    years = _years(plan, (row["targets"] for program in programs for row in program["indicators"]))
    columns = (
        column("Kode program", CellKind.NOTED), column("Program", _TEXT), column("Indikator", _TEXT),
        column("Satuan", CellKind.NOTED), column("Kondisi awal", CellKind.TARGET),
        *(column(f"Target {year}", CellKind.TARGET) for year in years), column("Kondisi akhir", CellKind.TARGET),
    )  # fmt: skip
    rows: list[Values] = [
        [
            program["code"], program["text"], row["name"], row["unit"], number(row["baseline"]),
            *(number(row["targets"].get(year, "")) for year in years), number(row["end_condition"]),
        ]
        for program in programs
        for row in program["indicators"]
    ]  # fmt: skip
    return Table("Indikator RPJMD", "Satu baris satu indikator program.", columns, rows)


def _strategic_programs(plan: Lookup) -> Table:
    rows: list[Values] = [
        [
            renstra["title"],
            _agencies(plan, [renstra["agency_id"]]),
            program["code"],
            program["text"],
            carried["code"] if (carried := plan.programs.get(program["carries_out"] or "")) else "",
        ]
        for renstra in plan.content["strategic_plans"]
        for program in renstra["programs"]
    ]
    columns = (
        column("Renstra"), column("Perangkat daerah"), column("Kode program", CellKind.NOTED),
        column("Program", _TEXT), column("Program RPJMD yang dijalankan", CellKind.NOTED),
    )  # fmt: skip
    return Table("Program Renstra", "Satu baris satu program Renstra.", columns, rows)


def _offices(plan: Lookup) -> Table:
    def values(key: str, row: Row) -> Values:
        leads = [each for each in plan.initiatives if each["lead_agency"] == key]
        supports = [each["code"] for each in plan.initiatives if key in each["supporting_agencies"]]
        money = sum(sum(budget["amounts"].values()) for each in leads for budget in each["budgets"])
        codes = SEPARATOR.join(each["code"] for each in leads)
        return [row["name"], row["short_name"], len(leads), codes, SEPARATOR.join(supports), money]

    columns = (
        column("Perangkat daerah", _TEXT), column("Singkatan", CellKind.CHOICE),
        column("Jumlah inisiatif yang dipimpin", CellKind.SCORE), column("Memimpin", CellKind.SEVERAL),
        column("Mendukung", CellKind.SEVERAL), column("Anggaran inisiatif yang dipimpin (rupiah)", _MONEY),
    )  # fmt: skip
    rows = [values(key, row) for key, row in plan.agencies.items()]
    return Table("Perangkat daerah", "Satu baris satu perangkat daerah.", columns, rows)


def _places(plan: Lookup) -> Table:
    rows: list[Values] = [
        [row["name"], SEPARATOR.join(each["code"] for each in plan.initiatives if key in each["districts"])]
        for key, row in plan.districts.items()
    ]
    everywhere = SEPARATOR.join(each["code"] for each in plan.initiatives if each["whole_regency"])
    rows.append(["Seluruh wilayah", everywhere])
    columns = (column("Kecamatan"), column("Inisiatif", _TEXT))
    return Table("Kecamatan", "Satu baris satu kecamatan.", columns, rows)


_TABLES: tuple[Callable[[Lookup], Table], ...] = (
    _initiatives, _budgets, _indicators, _activities, _partners, _links, _quick_wins, _evidence, _programs,
    _program_indicators, _strategic_programs, readiness, gaps, swot_items, swot_strategies, reports, _offices, _places,
)  # fmt: skip
