"""BAB V: the roadmap, the money it needs, and the quick wins."""

from collections import defaultdict
from typing import Any

from masterplan.documents.contents import gantt, money
from masterplan.documents.contents.chapters import headings_of, narrative
from masterplan.documents.contents.lookup import Lookup, Row, dimension_anchor
from masterplan.documents.contents.numbering import Numbering, span, year_groups
from masterplan.documents.contents.sheet import day_in_full, years_of
from masterplan.documents.parts import Heading, Part

_HORIZONS = ("short", "medium", "long")
_SCORE_COLUMNS = 8


def roadmap(plan: Lookup, chapter: str) -> list[Part]:
    """All parts of BAB V in book order."""
    captions = Numbering("5")
    parts = [_intro(plan, chapter, captions)]
    if plan.initiatives:
        parts.append(_drawings(plan, chapter, captions))
    return [*parts, _money_and_quick_wins(plan, chapter, captions)]


def _intro(plan: Lookup, chapter: str, captions: Numbering) -> Part:
    section = narrative(plan, "peta-jalan.pengantar", "5.1", f"Peta jalan {_years(plan)}")
    context = {
        "section": section,
        "caption": captions.table("Jumlah inisiatif menurut dimensi dan jangka waktu"),
        "rows": [
            _horizon_row(dimension["name"], plan.of_dimension(code), code)
            for code, dimension in plan.dimensions.items()
        ],
        "totals": _horizon_row("Jumlah", list(plan.initiatives), ""),
        "figure_anchor": "gambar-5-1" if plan.initiatives else "",
    }
    return Part(
        "peta-jalan",
        "print/roadmap_intro.html",
        context,
        chapter=chapter,
        headings=headings_of(section),
        captions=captions.taken(),
    )


def _drawings(plan: Lookup, chapter: str, captions: Numbering) -> Part:
    dimensions = list(plan.dimensions)
    context = {
        "caption": captions.figure(f"Peta jalan inisiatif {_years(plan)} menurut dimensi dan sub-dimensi"),
        "drawings": gantt.pages(plan),
        "first_table": {"anchor": dimension_anchor(dimensions[0]), "number": plan.action_number(dimensions[0])},
        "last_table": {"anchor": dimension_anchor(dimensions[-1]), "number": plan.action_number(dimensions[-1])},
    }
    return Part(
        "peta-jalan-gambar", "print/roadmap.html", context, page="wide", chapter=chapter, captions=captions.taken()
    )


def _money_and_quick_wins(plan: Lookup, chapter: str, captions: Numbering) -> Part:
    budgets = _budgets(plan, captions)
    quick_wins = _quick_wins(plan, captions)
    return Part(
        "anggaran-dan-quick-win",
        "print/budgets.html",
        budgets | quick_wins,
        chapter=chapter,
        headings=(budgets["heading"], *headings_of(quick_wins["section"])),
        captions=captions.taken(),
    )


def _budgets(plan: Lookup, captions: Numbering) -> dict[str, Any]:
    heading = Heading(2, "bagian-anggaran", "5.2", "Rekapitulasi anggaran")
    everything = money.yearly(plan.initiatives)
    groups = year_groups(years_of(plan, everything), size=5)
    by_source: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for initiative in plan.initiatives:
        for budget in initiative["budgets"]:
            for year, amount in budget["amounts"].items():
                by_source[budget["source_label"]][int(year)] += amount
    tables = [
        (
            "Anggaran menurut sumber dana (juta rupiah)",
            "Sumber dana",
            [(label, "", sums) for label, sums in by_source.items()],
        ),
        (
            "Anggaran menurut dimensi (juta rupiah)",
            "Dimensi",
            [
                (row["name"], dimension_anchor(code), money.yearly(plan.of_dimension(code)))
                for code, row in plan.dimensions.items()
            ],
        ),
        ("Anggaran menurut perangkat daerah penanggung jawab (juta rupiah)", "Perangkat daerah", _by_agency(plan)),
    ]
    return {
        "heading": heading,
        "total": money.exact(sum(everything.values())),
        "years": _years(plan),
        "count": len(plan.initiatives),
        "tables": [
            _budget_table(captions.table(title), label, rows, groups, everything) for title, label, rows in tables
        ],
    }


def _budget_table(
    caption: Any,
    label: str,
    rows: list[tuple[str, str, dict[int, int]]],
    groups: list[list[int]],
    everything: dict[int, int],
) -> dict[str, Any]:
    return {
        "caption": caption,
        "label": label,
        "groups": [
            {
                "years": years,
                "rows": [money.row(name, sums, years, anchor=anchor) for name, anchor, sums in rows],
                "totals": money.row("Jumlah", everything, years),
                "last": years == groups[-1],
            }
            for years in groups
        ],
    }


def _by_agency(plan: Lookup) -> list[tuple[str, str, dict[int, int]]]:
    """Agencies that lead something with a budget, the largest sum first."""
    rows = []
    for key, agency in plan.agencies.items():
        sums = money.yearly(initiative for initiative in plan.initiatives if initiative["lead_agency"] == key)
        if sum(sums.values()):
            rows.append((agency["name"], key, sums))
    return sorted(rows, key=lambda row: -sum(row[2].values()))


def _quick_wins(plan: Lookup, captions: Numbering) -> dict[str, Any]:
    section = narrative(plan, "peta-jalan.quick-win", "5.3", "Quick win")
    chosen = [initiative for initiative in plan.initiatives if initiative["quick_win"]]
    scored = [initiative for initiative in chosen if initiative["worksheet"]]
    groups = [scored[start : start + _SCORE_COLUMNS] for start in range(0, len(scored), _SCORE_COLUMNS)]
    return {
        "section": section,
        "caption": captions.table("Quick win dan hasil yang dijanjikan") if chosen else None,
        "rows": [_quick_win_row(plan, initiative) for initiative in chosen],
        "scores_caption": captions.table("Nilai quick win menurut sepuluh aspek") if scored else None,
        "score_tables": [_score_table(group) for group in groups],
    }


def _quick_win_row(plan: Lookup, initiative: Row) -> dict[str, Any]:
    worksheet = initiative["worksheet"] or {"deliverable": "", "due_date": None}
    return {
        "initiative": initiative,
        "lead": plan.agencies.get(initiative["lead_agency"]),
        "deliverable": worksheet["deliverable"] or "-",
        "due": day_in_full(worksheet["due_date"]),
    }


def _score_table(initiatives: list[Row]) -> dict[str, Any]:
    aspects = {row["aspect"]: row["label"] for initiative in initiatives for row in initiative["worksheet"]["aspects"]}
    scores = [{row["aspect"]: row["score"] for row in initiative["worksheet"]["aspects"]} for initiative in initiatives]
    return {
        "columns": initiatives,
        "rows": [
            {"label": label, "cells": [_score(column.get(aspect)) for column in scores]}
            for aspect, label in aspects.items()
        ],
        "sums": [str(sum(score for score in column.values() if score is not None)) for column in scores],
    }


def _score(score: int | None) -> str:
    return "-" if score is None else str(score)


def _horizon_row(label: str, initiatives: list[Row], code: str) -> dict[str, Any]:
    counts = [sum(initiative["horizon"] == horizon for initiative in initiatives) for horizon in _HORIZONS]
    return {
        "label": label,
        "code": code,
        "anchor": dimension_anchor(code) if code else "",
        "counts": counts,
        "quick_wins": sum(bool(initiative["quick_win"]) for initiative in initiatives),
        "total": len(initiatives),
    }


def _years(plan: Lookup) -> str:
    return span(plan.content["plan"]["start_year"], plan.content["plan"]["end_year"])
