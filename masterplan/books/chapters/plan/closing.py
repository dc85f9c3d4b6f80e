"""How the plan is watched: every outcome indicator with where it begins and where it should end."""

from typing import Any

from masterplan.books.chapters.lookup import Lookup
from masterplan.books.chapters.measure import target_column
from masterplan.books.chapters.narrative import piece
from masterplan.books.chapters.places import Place
from masterplan.books.chapters.portions import cut_flow
from smartcity.press.parts import Flow, Part


def watching(plan: Lookup, place: Place) -> list[Flow | Part]:
    """The text on monitoring, and the indicators that are watched."""
    rows: list[dict[str, Any]] = [
        {"initiative": initiative, "indicator": indicator, "lead": plan.agencies.get(initiative["lead_agency"])}
        for initiative in plan.initiatives
        for indicator in initiative["indicators"]
        if indicator["kind"] == "outcome"
    ]
    flow = piece(
        place,
        "print/_watching.html",
        caption=place.captions.table("Indikator hasil yang dipantau setiap tahun") if rows else None,
        baseline_column=target_column(row["indicator"]["baseline"] for row in rows),
        end_column=target_column(row["indicator"]["end_condition"] for row in rows),
        rows=rows,
    )
    return cut_flow(flow, place, "rows")
