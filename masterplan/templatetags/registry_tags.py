"""A value of the registry in words: as HTML for pages that read an initiative, as plain text for comparing two of them.

Which fields there are is said in `masterplan.registry`; the templates `value_*.html` of initiatives draw the tables.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from agencies.models import Regency
from masterplan.models import Initiative, PlanElement, SubDimension
from masterplan.reference import (
    Direction,
    EvidenceKind,
    EvidencePlacement,
    FundingSource,
    IndicatorKind,
    LinkState,
    PartnerKind,
    QuickWinAspect,
)
from masterplan.registry import FIELDS, Content, Field, Kind, is_empty
from masterplan.registry.reading import read_field
from smartcity.common.formatting import format_size
from smartcity.common.forms import span_text
from smartcity.common.numbers import format_date, format_money
from smartcity.common.rich_text.markup import rich_html, to_html

register = template.Library()

_GONE = "(sudah tidak ada)"


@dataclass
class ValueNames:
    """Names for the ids that plain values hold. Each kind is asked of the database once, and only when it is needed."""

    regency: Regency

    @cached_property
    def agencies(self) -> Mapping[int, str]:
        """Agencies of the regency, also those that have ended."""
        return dict(self.regency.agencies.values_list("pk", "name"))

    @cached_property
    def districts(self) -> Mapping[int, str]:
        """Districts of the regency."""
        return dict(self.regency.districts.values_list("pk", "name"))

    @cached_property
    def sub_dimensions(self) -> Mapping[int, str]:
        """Sub-dimensions with their dimension."""
        rows = SubDimension.objects.available_to(self.regency)
        return {row.pk: f"{row.dimension.name}, {row.name}" for row in rows}

    @cached_property
    def elements(self) -> Mapping[int, str]:
        """Nodes of the regency's development plans."""
        rows = PlanElement.objects.filter(plan__regency=self.regency)
        return {row.pk: str(row) for row in rows.only("code", "text")}


# Plain text ----------------------------------------------------------------------------------------------------------


def display_text(value: Any, field: Field, names: ValueNames) -> str:
    """`value` (plain, as the registry reads it) in words, a line per row of a table; "" when it is not filled in."""
    if is_empty(value):
        return ""
    writer = _WRITERS.get(field.kind)
    return writer(value, field, names) if writer else str(value)


def _label(choices: Any, value: Any) -> str:
    return str(dict(choices).get(value, value))


def _named(ids: list[int], names: Mapping[int, str]) -> str:
    return ", ".join(names.get(pk, _GONE) for pk in ids)


def _day(value: str | None) -> str:
    return format_date(date.fromisoformat(value)) if value else ""


def _months(row: Content) -> str:
    return span_text(*(date.fromisoformat(row[key]) if row[key] else None for key in ("start", "end")))


def _partner(row: Content) -> str:
    return "- " + ", ".join(filter(None, [_label(PartnerKind.choices, row["kind"]), row["name"], row["contribution"]]))


def _activity(row: Content) -> str:
    output = row["output"] and f"keluaran: {row['output']}"
    return "- " + ", ".join(filter(None, [row["name"], _months(row), output]))


def _indicator(row: Content) -> str:
    targets = [f"{year}: {text}" for year, text in sorted(row["targets"].items())]
    parts = [
        row["name"],
        row["unit"],
        row["baseline"] and f"kondisi awal {row['baseline']}",
        f"arah {_label(Direction.choices, row['direction']).lower()}",
        targets and "target " + "; ".join(targets),
        row["end_condition"] and f"kondisi akhir {row['end_condition']}",
    ]
    return f"- {_label(IndicatorKind.choices, row['kind'])}: " + ", ".join(filter(None, parts))


def _budget(row: Content) -> str:
    amounts = "; ".join(f"{year}: {format_money(amount)}" for year, amount in sorted(row["amounts"].items()))
    return f"- {_label(FundingSource.choices, row['source'])}, {amounts}"


def _aspect(row: Content) -> str:
    score = str(row["score"]) if row["score"] else "belum dinilai"
    return f"- {_label(QuickWinAspect.choices, row['aspect'])}: " + ", ".join(filter(None, [score, row["note"]]))


def _worksheet(sheet: Content) -> str:
    head = [
        sheet["deliverable"] and f"Yang diserahkan: {sheet['deliverable']}",
        sheet["due_date"] and f"Tanggal: {_day(sheet['due_date'])}",
    ]
    return "\n".join([*filter(None, head), *map(_aspect, sheet["aspects"])])


def _link(row: Content, names: ValueNames) -> str:
    return f"- {names.elements.get(row['element'], _GONE)}, {_label(LinkState.choices, row['state']).lower()}"


def _evidence(row: Content) -> str:
    facts = f"{_label(EvidenceKind.choices, row['kind'])}, {format_size(row['size'])}"
    return f"- {row['title']} ({facts}), {_label(EvidencePlacement.choices, row['placement']).lower()}"


_WRITERS: dict[Kind, Callable[[Any, Field, ValueNames], str]] = {
    Kind.CHOICE: lambda value, field, names: _label(field.choices, value),
    Kind.YES_NO: lambda value, field, names: "Ya" if value else "Tidak",
    Kind.SUB_DIMENSION: lambda value, field, names: names.sub_dimensions.get(value, _GONE),
    Kind.AGENCY: lambda value, field, names: names.agencies.get(value, _GONE),
    Kind.AGENCIES: lambda value, field, names: _named(value, names.agencies),
    Kind.DISTRICTS: lambda value, field, names: _named(value, names.districts),
    Kind.PARTNERS: lambda value, field, names: "\n".join(map(_partner, value)),
    Kind.ACTIVITIES: lambda value, field, names: "\n".join(map(_activity, value)),
    Kind.INDICATORS: lambda value, field, names: "\n".join(map(_indicator, value)),
    Kind.BUDGETS: lambda value, field, names: "\n".join(map(_budget, value)),
    Kind.WORKSHEET: lambda value, field, names: _worksheet(value),
    Kind.EVIDENCE: lambda value, field, names: "\n".join(map(_evidence, value)),
    Kind.LINKS: lambda value, field, names: "\n".join(_link(row, names) for row in value),
}


# HTML ----------------------------------------------------------------------------------------------------------------

_TEMPLATES: dict[Kind, str] = {
    Kind.PARTNERS: "masterplan/initiatives/initiative/value_partners.html",
    Kind.ACTIVITIES: "masterplan/initiatives/initiative/value_activities.html",
    Kind.INDICATORS: "masterplan/initiatives/initiative/value_indicators.html",
    Kind.BUDGETS: "masterplan/initiatives/initiative/value_budgets.html",
    Kind.LINKS: "masterplan/initiatives/initiative/value_links.html",
    Kind.WORKSHEET: "masterplan/initiatives/initiative/value_worksheet.html",
    Kind.EVIDENCE: "masterplan/initiatives/initiative/value_evidence.html",
}

_SHORT: dict[Kind, Callable[[Initiative, Field], str]] = {
    Kind.SUB_DIMENSION: lambda i, field: f"{i.sub_dimension.dimension.name}, {i.sub_dimension.name}",
    Kind.AGENCY: lambda i, field: i.lead_agency.name,
    Kind.AGENCIES: lambda i, field: ", ".join(agency.name for agency in i.supporting_agencies.all()),
    Kind.DISTRICTS: lambda i, field: (
        "Seluruh wilayah" if i.whole_regency else ", ".join(district.name for district in i.districts.all())
    ),
    Kind.YES_NO: lambda i, field: "Ya" if getattr(i, field.key) else "Tidak",
    Kind.CHOICE: lambda i, field: _label(field.choices, getattr(i, field.key)),
}


_PROSE: dict[Kind, Callable[[str], SafeString]] = {Kind.TEXT: to_html, Kind.RICH: rich_html}


@register.simple_tag
def show_field(initiative: Initiative, field: Field | str) -> SafeString:
    """The answer of `initiative` (read with `complete()`) to one question, as HTML; a muted word when there is none."""
    if isinstance(field, str):
        field = FIELDS[field]
    if field.kind in _TEMPLATES:
        value = read_field(initiative, field)
        if is_empty(value):
            return render_to_string("masterplan/initiatives/initiative/value_none.html")
        return render_to_string(_TEMPLATES[field.kind], _table(initiative, value))
    short = _SHORT.get(field.kind)
    text = short(initiative, field) if short else str(getattr(initiative, field.key) or "")
    if not text:
        return render_to_string("masterplan/initiatives/initiative/value_none.html")
    draw = _PROSE.get(field.kind)
    return format_html('<div class="stack">{}</div>', draw(text)) if draw else escape(text)


def _table(initiative: Initiative, value: Any) -> dict[str, Any]:
    years = sorted({str(year) for year in initiative.master_plan.years} | _years_of(value))
    return {"initiative": initiative, "value": value, "years": years}


def _years_of(value: Any) -> set[str]:
    rows = value if isinstance(value, list) else []
    return {year for row in rows for key in ("targets", "amounts") for year in row.get(key, {})}


@register.filter
def at(values: Mapping[str, Any], key: str) -> Any:
    """The entry of a mapping, or "" where there is none: `row.amounts|at:year`."""
    return values.get(key, "")


@register.filter
def total(values: Mapping[str, int]) -> int:
    """The sum of a mapping's entries."""
    return sum(values.values())


@register.simple_tag
def year_total(rows: list[Content], year: str | None = None) -> int:
    """What all rows of a budget come to in one year, or in all of them."""
    return sum(amount for row in rows for when, amount in row["amounts"].items() if year in (None, when))


@register.filter
def span(row: Content) -> str:
    """When an activity runs: `Januari 2022 sampai Juni 2022`."""
    return _months(row)


@register.filter
def worded(value: Any, kind: str) -> str:
    """The label of a code: `row.kind|worded:"partner"`."""
    return _label(_CODES[kind], value)


_CODES: dict[str, Any] = {
    "partner": PartnerKind.choices,
    "indicator": IndicatorKind.choices,
    "direction": Direction.choices,
    "source": FundingSource.choices,
    "aspect": QuickWinAspect.choices,
}
