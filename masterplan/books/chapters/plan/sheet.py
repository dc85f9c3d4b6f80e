"""The sheet of one initiative: its texts, tables and links, made ready for the page."""

from collections.abc import Sequence
from typing import Any

from masterplan.books.chapters.lookup import (
    INDEX,
    MATRIX,
    REVIEW,
    ROADMAP_FIGURE,
    Lookup,
    dimension_anchor,
    strategy_anchor,
)
from masterplan.books.chapters.measure import WIDEST_COLUMN, target_column
from masterplan.books.chapters.plan.facts import beside
from masterplan.books.chapters.sum_columns import money_groups, year_columns
from masterplan.editions import money
from masterplan.editions.days import activity_day, day_in_full
from masterplan.editions.figures import coarse, figures
from masterplan.editions.numbering import Numbering, span, year_groups
from masterplan.editions.schema import Row
from masterplan.reference import Direction
from masterplan.registry import FIELDS, Field, Kind, SheetGroup
from smartcity.common.numbers import format_number
from smartcity.press.parts import Heading, Part

SHEET_TABLES = ("Indikator", "Anggaran", "Kegiatan", "Tautan", "Quick win")

# Two benefits stand side by side; when one is long, or there are more, one below the other.
_MOST_SIDE_BY_SIDE, _LONGEST_SIDE_BY_SIDE = 2, 600
# Letters of supporting agencies' names that the fact block has room for; beyond that they go by their short names.
_NAMES_IN_FULL = 60
_ASPECTS_BESIDE = 2
# Year columns of one table of targets; long numbers need wide ones.
_YEARS, _YEARS_OF_LONG_NUMBERS = 6, 3
# Above this a sheet is set with less air, so that it stays on two pages; a table row weighs as much as a line of text.
_COMFORTABLE, _ROW = 3700, 100
# Answers for which this module or its template has a place of its own; those of the other groups print by themselves.
LAID_OUT = frozenset(
    {
        "name", "sub_dimension", "description", "action_kind", "novelty", "lead_agency", "supporting_agencies",
        "partners", "whole_regency", "districts", "horizon", "start_year", "end_year", "activities", "indicators",
        "budgets", "links", "nomenclature_code", "quick_win", "worksheet", "evidence",
    }
)  # fmt: skip
Fact = dict[str, Any]


def sheet_part(plan: Lookup, initiative: Row, chapter: str) -> Part:
    """The part of one initiative. Nothing of the edition or of other initiatives is in it: its print can be kept."""
    code, dimension = initiative["code"], plan.dimensions.get(initiative["dimension"])
    heading = Heading(3, initiative["id"], code, initiative["name"], dimension["code"] if dimension else "")
    captions = Numbering(code)
    benefits = _texts(initiative, SheetGroup.BENEFITS)
    context = {
        "initiative": initiative,
        "dense": bool(initiative["worksheet"]) or _weight(initiative) > _COMFORTABLE,
        "heading": heading,
        "kicker": _kicker(plan, initiative, dimension),
        "lead": plan.agencies.get(initiative["lead_agency"]),
        "supporting": _supporting(plan, initiative),
        "place": _place(plan, initiative),
        "period": span(initiative["start_year"], initiative["end_year"]),
        "budget_total": money.exact(money.total([initiative])),
        "programs": _accepted_programs(plan, initiative),
        "purpose": beside([*_texts(initiative, SheetGroup.PURPOSE), *_partners(initiative)]),
        "benefits": benefits,
        "benefits_stacked": len(benefits) > _MOST_SIDE_BY_SIDE or any(map(_is_long, benefits)),
        "indicators": _indicators(plan, initiative, captions),
        "budget": _budget(plan, initiative, captions),
        "money": beside(_texts(initiative, SheetGroup.MONEY)),
        "activities": _activities(initiative, captions),
        "alignment": _alignment(plan, initiative, captions),
        "risk": beside([*_texts(initiative, SheetGroup.RISK), *_promise(initiative)]),
        "worksheet": _worksheet(initiative, captions),
        "figures": figures(initiative, captions),
        "action_anchor": dimension_anchor(initiative["dimension"]),
        "see_also": (ROADMAP_FIGURE, MATRIX, INDEX),
        "review": REVIEW,
    }
    return Part(
        key=initiative["id"],
        template="print/sheet.html",
        context=context,
        chapter=chapter,
        tab=heading.dimension,
        headings=(heading,),
        captions=captions.taken(),
        faults=coarse(initiative),
    )


def years_of(plan: Lookup, *mappings: Any) -> list[int]:
    """The plan's years and any other year that one of the mappings speaks of."""
    return sorted({*plan.content["plan"]["years"], *(int(year) for mapping in mappings for year in mapping)})


def _kicker(plan: Lookup, initiative: Row, dimension: Row | None) -> list[dict[str, str]]:
    words = [{"text": initiative["code"], "anchor": ""}]
    if dimension:
        words.append({"text": dimension["name"], "anchor": strategy_anchor(dimension["code"])})
        for sub in dimension["sub_dimensions"]:
            if sub["key"] == initiative["sub_dimension"]:
                words.append({"text": sub["name"], "anchor": strategy_anchor(sub["key"])})
    return words


def _supporting(plan: Lookup, initiative: Row) -> list[dict[str, str]]:
    """Supporting agencies by name, by short name where the names are long: the index says which they are."""
    rows = [plan.agencies[key] for key in initiative["supporting_agencies"] if key in plan.agencies]
    many = sum(len(row["name"]) for row in rows) > _NAMES_IN_FULL
    return [{"anchor": row["id"], "name": (row["short_name"] if many else "") or row["name"]} for row in rows]


def _place(plan: Lookup, initiative: Row) -> str:
    names = [plan.districts[key]["name"] for key in initiative["districts"] if key in plan.districts]
    if initiative["whole_regency"]:
        everywhere = f"Seluruh {plan.content['regency']['full_name']}"
        return f"{everywhere}, terutama Kecamatan {', '.join(names)}" if names else everywhere
    return f"Kecamatan {', '.join(names)}" if names else "-"


def _texts(initiative: Row, group: SheetGroup) -> list[Fact]:
    """The answers of a group that are filled in, each with its title."""
    fields = sorted((f for f in FIELDS.values() if f.printed_in is group), key=lambda field: field.print_rank)
    facts: list[Fact] = [
        {"title": field.title, "body": _words(initiative, field), "rich": field.kind is Kind.RICH} for field in fields
    ]
    return [fact for fact in facts if fact["body"].strip()]


def _words(initiative: Row, field: Field) -> str:
    """An answer as it is read; a box that is not ticked says nothing."""
    value = initiative[f"{field.key}_label" if field.kind is Kind.CHOICE else field.key]
    if field.kind is Kind.YES_NO:
        return "Ya" if value else ""
    return "" if value is None else str(value)


def _is_long(fact: Fact) -> bool:
    return bool(fact["rich"]) or len(fact["body"]) > _LONGEST_SIDE_BY_SIDE


def _weight(initiative: Row) -> int:
    """How much the sheet has to hold, in characters."""
    facts = (fact for group in SheetGroup if group is not SheetGroup.OWN for fact in _texts(initiative, group))
    texts = [initiative["description"], *(fact["body"] for fact in facts)]
    texts += [text for link in initiative["links"] for text in (link["rationale"], link["decision_reason"])]
    texts += [text for partner in initiative["partners"] for text in (partner["name"], partner["contribution"])]
    rows = sum(len(initiative[name]) for name in ("indicators", "activities", "budgets", "links"))
    return sum(map(len, texts)) + _ROW * rows


def _partners(initiative: Row) -> list[dict[str, str]]:
    """Partners as one text, a line each."""
    lines = []
    for partner in initiative["partners"]:
        contribution = f": {partner['contribution']}" if partner["contribution"] else ""
        lines.append(f"{partner['name']} ({partner['kind_label']}){contribution}")
    return [{"title": "Mitra", "body": "\n".join(lines)}] if lines else []


def _promise(initiative: Row) -> list[dict[str, str]]:
    """What the worksheet of a quick win promises, until when, and how its ten aspects were valued."""
    worksheet = initiative["worksheet"]
    if not worksheet:
        return []
    scores = [row["score"] for row in worksheet["aspects"] if row["score"] is not None]
    total = format_number(sum(scores)) if scores else "-"
    terms = f"Batas waktu {day_in_full(worksheet['due_date'])}, jumlah nilai {total}"
    return [{"title": "Hasil quick win", "body": f"{worksheet['deliverable'] or '-'}\n{terms}"}]


def _accepted_programs(plan: Lookup, initiative: Row) -> list[Row]:
    ids = [link["element_id"] for link in initiative["links"] if link["state"] == "accepted"]
    return [plan.programs[element_id] for element_id in ids if element_id in plan.programs]


def _indicators(plan: Lookup, initiative: Row, captions: Numbering) -> dict[str, Any]:
    rows = initiative["indicators"]
    targets = [text for row in rows for text in row["targets"].values()]
    size = _YEARS_OF_LONG_NUMBERS if target_column(targets) == WIDEST_COLUMN else _YEARS
    groups = year_groups(years_of(plan, *(row["targets"] for row in rows)), size)
    return {
        "caption": captions.table(f"Indikator keluaran dan hasil inisiatif {initiative['code']}"),
        "groups": [_indicator_table([_indicator_row(row, years) for row in rows], years) for years in groups],
    }


def _indicator_table(rows: list[dict[str, Any]], years: Sequence[int]) -> dict[str, Any]:
    numbers = [[row["baseline"], *row["cells"], row["end"]] for row in rows]
    return {"years": years, "rows": rows, "columns": [target_column(column) for column in zip(*numbers, strict=True)]}


def _indicator_row(row: Row, years: Sequence[int]) -> dict[str, Any]:
    way = row.get("direction")  # the first snapshots did not hold it
    return {
        "kind": row["kind_label"],
        "name": row["name"],
        "unit": ", ".join([row["unit"] or "-", *([str(Direction(way).label).lower()] if way else [])]),
        "baseline": row["baseline"] or "-",
        "cells": [row["targets"].get(str(year)) or "-" for year in years],
        "end": row["end_condition"] or "-",
    }


def _budget(plan: Lookup, initiative: Row, captions: Numbering) -> dict[str, Any]:
    sources = [
        (row["source_label"], {int(year): sum_ for year, sum_ in row["amounts"].items()})
        for row in initiative["budgets"]
    ]
    unit = money.unit(amount for _, amounts in sources for amount in amounts.values())
    whole = money.yearly([initiative])
    columns = year_columns(
        [*(amounts for _, amounts in sources), whole], years_of(plan, whole), unit=unit, least=("w-amount", "w-amount")
    )
    return {
        "caption": captions.table(f"Anggaran inisiatif {initiative['code']} menurut sumber dana ({unit})"),
        "columns": columns,
        "groups": money_groups(
            columns, lambda years: [money.row(label, sums, years, unit) for label, sums in sources], whole, unit
        ),
    }


def _activities(initiative: Row, captions: Numbering) -> dict[str, Any]:
    return {
        "caption": captions.table(f"Kegiatan inisiatif {initiative['code']}"),
        "rows": [
            {
                "name": row["name"],
                "output": row["output"] or "-",
                "when": _when(activity_day(row["start"]), activity_day(row["end"], end=True)),
            }
            for row in initiative["activities"]
        ],
    }


def _when(start: str, end: str) -> list[str]:
    """A time as the lines of a cell: from, then until; one line where both are the same or one is missing."""
    if start == end or end == "-":
        return [start]
    return [f"{start} \u2013", end] if start != "-" else [f"sampai {end}"]


def _alignment(plan: Lookup, initiative: Row, captions: Numbering) -> dict[str, Any]:
    shown = [link for link in initiative["links"] if link["state"] != "rejected"]
    return {
        "caption": captions.table(f"Tautan inisiatif {initiative['code']} ke RPJMD dan Renstra"),
        "rows": [link_row(plan, link) for link in shown],
        "rejected": len(initiative["links"]) - len(shown),
        "waiver": initiative["waiver_reason"],
    }


def link_row(plan: Lookup, link: Row) -> dict[str, Any]:
    """One alignment link with the program it points at, the indicator by name, and both reasons."""
    return {
        "anchor": link["element_id"] if plan.element(link["element_id"]) else "",
        "code": link["element_code"],
        "text": link["element_text"],
        "plan": link.get("plan_kind_label") or ("Renstra" if link["plan_kind"] == "renstra" else "RPJMD"),
        "indicator": link["indicator_name"] or "-",
        "state": link["state_label"],
        "rationale": link["rationale"],
        "decision_reason": link["decision_reason"],
    }


def _worksheet(initiative: Row, captions: Numbering) -> dict[str, Any] | None:
    worksheet = initiative["worksheet"]
    if not worksheet:
        return None
    return {
        "caption": captions.table(f"Penilaian quick win {initiative['code']} menurut sepuluh aspek"),
        "columns": range(_ASPECTS_BESIDE),
        "rows": [
            worksheet["aspects"][start : start + _ASPECTS_BESIDE]
            for start in range(0, len(worksheet["aspects"]), _ASPECTS_BESIDE)
        ],
    }
