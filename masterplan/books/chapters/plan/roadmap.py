"""The roadmap, the money it needs, and the quick wins."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from masterplan.books.chapters.lookup import ROADMAP, ROADMAP_FIGURE, Lookup, dimension_anchor
from masterplan.books.chapters.narrative import piece
from masterplan.books.chapters.places import Place
from masterplan.books.chapters.plan import gantt
from masterplan.books.chapters.plan.sheet import years_of
from masterplan.books.chapters.sum_columns import money_groups, year_columns
from masterplan.editions import money
from masterplan.editions.days import day_in_full
from masterplan.editions.numbering import span
from masterplan.editions.schema import ListedInitiative
from smartcity.press.parts import Caption, Flow, Part

_HORIZONS = ("short", "medium", "long")
_SCORE_COLUMNS = 8


def introduction(plan: Lookup, place: Place) -> list[Flow | Part]:
    """How many initiatives fall into which horizon, then all of them on a time line, on wide pages."""
    flow = piece(
        place,
        "print/_roadmap_intro.html",
        caption=place.captions.table("Jumlah inisiatif menurut dimensi dan jangka waktu"),
        rows=[
            _horizon_row(dimension["name"], plan.of_dimension(code), code)
            for code, dimension in plan.dimensions.items()
        ],
        totals=_horizon_row("Jumlah", list(plan.initiatives), ""),
        drawing=ROADMAP_FIGURE,
    )
    return [flow, _drawings(plan, place)] if plan.initiatives else [flow]


def _drawings(plan: Lookup, place: Place) -> Part:
    codes = list(plan.dimensions)
    title = f"Peta jalan inisiatif {_years(plan)} menurut dimensi dan sub-dimensi"
    context = {
        "caption": place.captions.figure(title, ROADMAP),
        "drawings": gantt.pages(plan),
        "tables": [dimension_anchor(code) for code in codes],
    }
    return Part(
        "peta-jalan-gambar",
        "print/roadmap.html",
        context,
        page="wide",
        chapter=place.running,
        captions=place.captions.taken(),
    )


def budgets(plan: Lookup, place: Place) -> list[Flow]:
    """All money by year: by source, by dimension and by lead agency."""
    everything = money.yearly(plan.initiatives)
    years = years_of(plan, everything)
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
    return [
        piece(
            place,
            "print/_budgets.html",
            total=money.exact(sum(everything.values())),
            years=_years(plan),
            count=len(plan.initiatives),
            tables=[
                budget_table(place.captions.table(title), label, rows, years, everything)
                for title, label, rows in tables
            ],
        )
    ]


def budget_table(
    caption: Caption,
    label: str,
    rows: Sequence[tuple[str, str, Mapping[int, int]]],
    years: Collection[int],
    everything: Mapping[int, int],
) -> dict[str, Any]:
    """Context of `print/_money_table.html`: (name, anchor, rupiah by year) in millions, and their sum `everything`."""
    columns = year_columns([*(sums for *_, sums in rows), everything], years)
    groups = money_groups(
        columns, lambda years: [money.row(name, sums, years, anchor=anchor) for name, anchor, sums in rows], everything
    )
    return {"caption": caption, "label": label, "columns": columns, "groups": groups}


def _by_agency(plan: Lookup) -> list[tuple[str, str, dict[int, int]]]:
    """Agencies that lead something with a budget, the largest sum first."""
    rows = []
    for key, agency in plan.agencies.items():
        sums = money.yearly(initiative for initiative in plan.initiatives if initiative["lead_agency"] == key)
        if sum(sums.values()):
            rows.append((agency["name"], key, sums))
    return sorted(rows, key=lambda row: -sum(row[2].values()))


def quick_wins(plan: Lookup, place: Place) -> list[Flow]:
    """What each quick win promises by when, and how it was scored on the ten aspects."""
    chosen = [initiative for initiative in plan.initiatives if initiative["quick_win"]]
    scored = [initiative for initiative in chosen if initiative["worksheet"]]
    groups = [scored[start : start + _SCORE_COLUMNS] for start in range(0, len(scored), _SCORE_COLUMNS)]
    return [
        piece(
            place,
            "print/_quick_wins.html",
            caption=place.captions.table("Quick win dan hasil yang dijanjikan") if chosen else None,
            rows=[_quick_win_row(plan, initiative) for initiative in chosen],
            scores_caption=place.captions.table("Nilai quick win menurut sepuluh aspek") if scored else None,
            score_tables=[_score_table(group) for group in groups],
        )
    ]


def _quick_win_row(plan: Lookup, initiative: ListedInitiative) -> dict[str, Any]:
    worksheet = initiative["worksheet"]
    return {
        "initiative": initiative,
        "lead": plan.agencies.get(initiative["lead_agency"]),
        "deliverable": (worksheet["deliverable"] if worksheet else "") or "-",
        "due": day_in_full(worksheet["due_date"] if worksheet else None),
    }


def _score_table(initiatives: list[ListedInitiative]) -> dict[str, Any]:
    sheets = [sheet["aspects"] for initiative in initiatives if (sheet := initiative["worksheet"])]
    aspects = {row["aspect"]: row["label"] for sheet in sheets for row in sheet}
    scores = [{row["aspect"]: row["score"] for row in sheet} for sheet in sheets]
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


def _horizon_row(label: str, initiatives: list[ListedInitiative], code: str) -> dict[str, Any]:
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
