"""What an introduction shows besides its texts: the regency in figures, and how the documents hang together."""

from typing import Any

from django.utils.html import escape

from masterplan.books.chapters.lookup import INDEX, MATRIX, PROGRAMS, STRATEGIC_PLANS, Lookup
from masterplan.books.chapters.narrative import piece
from masterplan.books.chapters.places import Place
from masterplan.books.chapters.print_tags import join_words
from smartcity.press.parts import Flow


def regency(plan: Lookup, place: Place) -> list[Flow]:
    """The regency in words and figures, each figure with its year and source."""
    row = plan.content["regency"]
    caption = place.captions.table(f"{row['full_name']} dalam angka") if row["facts"] else None
    names = join_words([escape(district["name"]) for district in plan.districts.values()])
    return [
        piece(
            place,
            "print/_regency.html",
            district_names=names,
            facts_caption=caption,
            counts=_counts(plan),
            index=INDEX,
        )
    ]


def documents(plan: Lookup, place: Place) -> list[Flow]:
    """RPJMD, Renstra and this plan as a drawing, and how many programs and initiatives serve each mission."""
    return [
        piece(
            place,
            "print/_documents.html",
            documents_caption=place.captions.figure("Keterkaitan RPJMD, Renstra, dan rencana induk ini"),
            missions_caption=place.captions.table("Program RPJMD dan inisiatif menurut misi"),
            missions=missions(plan),
            counts=_counts(plan),
            matrix=MATRIX,
            programs=PROGRAMS,
            strategic_plans=STRATEGIC_PLANS,
        )
    ]


def missions(plan: Lookup) -> list[dict[str, Any]]:
    """Missions of the RPJMD, each with its number of programs and of initiatives that answer one of them."""
    rows = []
    for mission, programs in plan.missions():
        served = {row["id"] for program in programs for row, _ in plan.answering(program["id"], "accepted", "proposed")}
        rows.append({"mission": mission, "programs": len(programs), "initiatives": len(served)})
    return rows


def _counts(plan: Lookup) -> dict[str, int]:
    return {
        "missions": len(plan.content["development_plan"]["missions"]),
        "programs": len(plan.programs),
        "strategic_plans": len(plan.content["strategic_plans"]),
        "dimensions": len(plan.dimensions),
        "initiatives": len(plan.initiatives),
        "agencies": len(plan.agencies),
        "districts": len(plan.districts),
    }
