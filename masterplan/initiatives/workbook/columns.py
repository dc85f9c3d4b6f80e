"""The one place where a kind of the registry becomes columns, and cells become plain registry values again.

A new question of a kind that is known here needs nothing: it appears in the workbook by itself.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django.db.models import Model
from django.utils import timezone

from agencies.models import Agency
from masterplan.models import (
    TEXT_LIMIT,
    Activity,
    Initiative,
    InitiativeIndicator,
    InitiativeTarget,
    MasterPlan,
    Partner,
    QuickWinScore,
    QuickWinWorksheet,
    SubDimension,
)
from masterplan.reference import (
    QUICK_WIN_SCORES,
    Direction,
    FundingSource,
    IndicatorKind,
    PartnerKind,
    QuickWinAspect,
)
from masterplan.registry import FIELDS, STORED_APART, Content, Field, Kind
from smartcity.common.workbooks.cells import CellKind, Options, SheetColumn

YES_NO = Options.of([(True, "Ya"), (False, "Tidak")], also=[("y", True), ("x", True), ("t", False), ("-", False)])
_SCORES = Options.of([(score, str(score)) for score in QUICK_WIN_SCORES])


class ChoiceNames:
    """What the regency's own choices are called: agencies, districts, sub-dimensions. Asked of the database once."""

    def __init__(self, plan: MasterPlan) -> None:
        self.plan = plan
        self._agencies = list(plan.regency.agencies.all())

    @cached_property
    def agencies(self) -> Options:
        """Agencies that exist today are offered; those that ended are still understood."""
        today = timezone.localdate()
        now = [agency for agency in self._agencies if agency.exists_on(today)]
        past = [agency for agency in self._agencies if agency not in now]
        return Options.of(
            [(agency.pk, agency.name) for agency in now],
            older=[(agency.pk, agency.name) for agency in past],
            also=[(name, agency.pk) for agency in now for name in (agency.short_name, *agency.aliases)],
        )

    @cached_property
    def districts(self) -> Options:
        """All districts."""
        return Options.of(self.plan.regency.districts.order_by("name").values_list("pk", "name"))

    @cached_property
    def sub_dimensions(self) -> Options:
        """Sub-dimensions with their dimension; the name alone is understood too."""
        return _sub_dimension_options(SubDimension.objects.available_to(self.plan.regency))

    def existing_agency(self, pk: int) -> Agency | None:
        """The agency, if it exists today."""
        today = timezone.localdate()
        return next((agency for agency in self._agencies if agency.pk == pk and agency.exists_on(today)), None)


class OwnNames(ChoiceNames):
    """What one initiative (read with `complete()`) names itself: enough to write its answers, asked of nobody."""

    def __init__(self, initiative: Initiative) -> None:
        self.plan = initiative.master_plan
        self._agencies = [initiative.lead_agency, *initiative.supporting_agencies.all()]
        self._initiative = initiative

    @cached_property
    def districts(self) -> Options:
        """The initiative's districts."""
        return Options.of([(district.pk, district.name) for district in self._initiative.districts.all()])

    @cached_property
    def sub_dimensions(self) -> Options:
        """The initiative's sub-dimension with its dimension."""
        return _sub_dimension_options([self._initiative.sub_dimension])


def _sub_dimension_options(rows: Iterable[SubDimension]) -> Options:
    listed = list(rows)
    return Options.of(
        [(row.pk, f"{row.dimension.name}, {row.name}") for row in listed], also=[(row.name, row.pk) for row in listed]
    )


# Single questions ---------------------------------------------------------------------------------------------------


_SINGLE: dict[Kind, Callable[[Field, ChoiceNames], Content]] = {
    Kind.LINE: lambda field, names: {"kind": CellKind.LINE, "limit": field.limit},
    Kind.TEXT: lambda field, names: {"kind": CellKind.TEXT, "limit": field.limit},
    Kind.RICH: lambda field, names: {"kind": CellKind.TEXT, "limit": field.limit},
    Kind.YEAR: lambda field, names: {"kind": CellKind.YEAR},
    Kind.CHOICE: lambda field, names: {"kind": CellKind.CHOICE, "options": Options.of(field.choices)},
    Kind.YES_NO: lambda field, names: {"kind": CellKind.CHOICE, "options": YES_NO},
    Kind.SUB_DIMENSION: lambda field, names: {"kind": CellKind.CHOICE, "options": names.sub_dimensions},
    Kind.AGENCY: lambda field, names: {"kind": CellKind.CHOICE, "options": names.agencies},
    Kind.AGENCIES: lambda field, names: {"kind": CellKind.SEVERAL, "options": names.agencies},
    Kind.DISTRICTS: lambda field, names: {"kind": CellKind.SEVERAL, "options": names.districts},
}


def single_columns(names: ChoiceNames) -> list[SheetColumn]:
    """A column for every question that is answered in one cell, in the order of the form."""
    return [
        SheetColumn(
            key=field.key,
            head=field.label,
            note=_note(field),
            empty=field.empty,
            **_SINGLE[field.kind](field, names),
        )
        for field in FIELDS.values()
        if field.kind in _SINGLE
    ]


def _note(field: Field) -> str:
    several = field.kind in (Kind.AGENCIES, Kind.DISTRICTS)
    divided = " Pisahkan dengan titik koma." if several else ""
    limited = f" Paling banyak {field.limit} karakter." if field.kind in (Kind.LINE, Kind.TEXT, Kind.RICH) else ""
    return f"{field.help}{divided}{limited}"


# Tables -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class QuestionTable:
    """A question that is a table: a sheet of its own. `needed` are the cells without which a row says nothing."""

    field: Field
    title: str
    columns: tuple[SheetColumn, ...]
    needed: tuple[str, ...]
    flatten: Callable[[Content], Content]
    build: Callable[[Content], Content]
    single: bool = False

    def rows_of(self, value: Any) -> list[Content]:
        """The rows of a plain value, each with a value by column key."""
        rows = ([value] if value else [{}]) if self.single else value
        return [self.flatten(row) for row in rows]

    def value_of(self, rows: list[Content]) -> Any:
        """The plain value of rows."""
        built = [self.build(row) for row in rows]
        if not self.single:
            return built
        return built[0] if built and any(built[0].values()) else None


def _limit(model: type[Model], name: str) -> int:
    return int(cast(Any, model._meta.get_field(name)).max_length or TEXT_LIMIT)


def _choice(key: str, head: str, choices: Any, note: str = "") -> SheetColumn:
    return SheetColumn(key, head, note or "Pilih dari daftar.", CellKind.CHOICE, options=Options.of(choices))


def _short(key: str, head: str, model: type[Model], note: str) -> SheetColumn:
    return SheetColumn(key, head, note, CellKind.LINE, limit=_limit(model, key))


def _partners(field: Field, years: list[str]) -> QuestionTable:
    columns = (
        _choice("kind", "Jenis mitra", PartnerKind.choices),
        _short("name", "Nama mitra", Partner, "Satu baris satu mitra."),
        _short("contribution", "Perannya", Partner, "Apa yang diberikan atau dikerjakan."),
    )
    return QuestionTable(field, "Mitra", columns, ("kind", "name"), dict, dict)


def _activities(field: Field, years: list[str]) -> QuestionTable:
    day = "Tanggal, misalnya 01/01/2022; boleh bulan saja, misalnya Januari 2022."
    columns = (
        _short("name", "Nama kegiatan", Activity, "Satu baris satu kegiatan."),
        SheetColumn("start", "Mulai", day, CellKind.DATE, empty=None),
        SheetColumn("end", "Selesai", day, CellKind.DATE, empty=None, end=True),
        _short("output", "Keluaran", Activity, "Yang ada setelah kegiatan ini selesai."),
    )
    return QuestionTable(field, "Kegiatan", columns, ("name",), dict, dict)


def _indicators(field: Field, years: list[str]) -> QuestionTable:
    def short(key: str, head: str, note: str) -> SheetColumn:
        return SheetColumn(key, head, note, CellKind.NOTED, limit=_limit(InitiativeIndicator, key))

    limit = _limit(InitiativeTarget, "text")
    how = "Angka, rentang (70-75), batas (minimal 95), atau predikat."
    columns = (
        _choice("kind", "Jenis", IndicatorKind.choices, "Keluaran: yang dikerjakan. Hasil: yang berubah."),
        _short("name", "Indikator", InitiativeIndicator, "Satu baris satu indikator."),
        _short("unit", "Satuan", InitiativeIndicator, "Misalnya persen, unit, orang."),
        _choice("direction", "Arah", Direction.choices),
        short("baseline", "Kondisi awal", how),
        *(SheetColumn(f"target {year}", f"Target {year}", how, CellKind.TARGET, limit=limit) for year in years),
        short("end_condition", "Kondisi akhir", how),
    )

    def flatten(row: Content) -> Content:
        return {**row, **{f"target {year}": text for year, text in row.get("targets", {}).items()}}

    def build(flat: Content) -> Content:
        row = {column.key: flat.get(column.key, "") for column in columns if not column.key.startswith("target ")}
        row["kind"], row["direction"] = row["kind"] or IndicatorKind.OUTPUT, row["direction"] or Direction.UP
        return row | {"targets": _by_year(flat, "target ")}

    return QuestionTable(field, "Indikator", columns, ("name",), flatten, build)


def _budgets(field: Field, years: list[str]) -> QuestionTable:
    columns = (
        _choice("source", "Sumber dana", FundingSource.choices, "Satu sumber satu baris pada tiap inisiatif."),
        *(
            SheetColumn(f"amount {year}", year, "Rupiah bulat; boleh 450 juta.", CellKind.MONEY, empty=None)
            for year in years
        ),
    )

    def flatten(row: Content) -> Content:
        return {"source": row["source"], **{f"amount {year}": amount for year, amount in row["amounts"].items()}}

    def build(flat: Content) -> Content:
        return {"source": flat["source"], "amounts": _by_year(flat, "amount ")}

    return QuestionTable(field, "Anggaran", columns, ("source",), flatten, build)


def _by_year(flat: Content, prefix: str) -> Content:
    found = {key.removeprefix(prefix): value for key, value in flat.items() if key.startswith(prefix)}
    return {year: value for year, value in sorted(found.items()) if value not in (None, "")}


def _worksheet(field: Field, years: list[str]) -> QuestionTable:
    note = _limit(QuickWinScore, "note")
    columns = [
        SheetColumn(
            "deliverable",
            "Yang diserahkan",
            "Hasil yang sudah dapat dipakai warga.",
            CellKind.TEXT,
            limit=_limit(QuickWinWorksheet, "deliverable"),
        ),
        SheetColumn("due_date", "Tanggal selesai", "Dalam kira-kira setahun.", CellKind.DATE, empty=None),
    ]
    for aspect in QuickWinAspect:
        columns += [
            SheetColumn(
                f"score {aspect}", f"Nilai: {aspect.label}", "1 sampai 5.", CellKind.SCORE, 0, _SCORES, empty=None
            ),
            SheetColumn(f"note {aspect}", f"Penjelasan: {aspect.label}", "Alasan nilainya.", CellKind.LINE, limit=note),
        ]

    def flatten(sheet: Content) -> Content:
        flat = {"deliverable": sheet.get("deliverable", ""), "due_date": sheet.get("due_date")}
        for row in sheet.get("aspects", []):
            flat |= {f"score {row['aspect']}": row["score"], f"note {row['aspect']}": row["note"]}
        return flat

    def build(flat: Content) -> Content:
        rows = [
            {"aspect": a.value, "score": flat.get(f"score {a}"), "note": flat.get(f"note {a}") or ""}
            for a in QuickWinAspect
        ]
        return {
            "deliverable": flat.get("deliverable") or "",
            "due_date": flat.get("due_date"),
            "aspects": [row for row in rows if row["score"] or row["note"]],
        }

    return QuestionTable(field, "Quick win", tuple(columns), (), flatten, build, single=True)


_TABLES: dict[Kind, Callable[[Field, list[str]], QuestionTable]] = {
    Kind.PARTNERS: _partners,
    Kind.ACTIVITIES: _activities,
    Kind.INDICATORS: _indicators,
    Kind.BUDGETS: _budgets,
    Kind.WORKSHEET: _worksheet,
}


def tables(years: Iterable[str]) -> list[QuestionTable]:
    """A sheet for every question that is a table, with a column for each of `years` where there are any."""
    listed = sorted(set(years))
    return [_TABLES[field.kind](field, listed) for field in FIELDS.values() if field.kind in _TABLES]


def years_in(value: Any) -> set[str]:
    """The years a plain value speaks of."""
    rows = value if isinstance(value, list) else []
    return {
        year for row in rows if isinstance(row, dict) for key in ("targets", "amounts") for year in row.get(key, {})
    }


def is_in_workbook(field: Field) -> bool:
    """Whether the answer is written in the workbook and read back; others are shown or left to the portal."""
    return field.kind not in STORED_APART and (field.kind in _SINGLE or field.kind in _TABLES)
