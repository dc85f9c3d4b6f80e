"""The vision with the missions it answers to, and the targets of each dimension."""

from masterplan.books.chapters.lookup import PROGRAMS, Lookup, dimension_anchor
from masterplan.books.chapters.narrative import piece
from masterplan.books.chapters.places import Place
from masterplan.books.chapters.sum_columns import sum_column
from masterplan.editions import money
from smartcity.press.parts import Flow


def statement(plan: Lookup, place: Place) -> list[Flow]:
    """The vision of the plan, its text, and the RPJMD's vision and missions."""
    caption = place.captions.table(f"Misi {plan.content['development_plan']['title']}")
    return [piece(place, "print/_vision.html", missions_caption=caption, programs=PROGRAMS)]


def targets(plan: Lookup, place: Place) -> list[Flow]:
    """The target of each dimension, and what it holds of initiatives and money."""
    rows = [
        {
            "name": dimension["name"],
            "anchor": dimension_anchor(code),
            "code": code,
            "sub_dimensions": ", ".join(sub["name"] for sub in dimension["sub_dimensions"]),
            "count": len(plan.of_dimension(code)),
            "budget": money.written(money.total(plan.of_dimension(code))),
        }
        for code, dimension in plan.dimensions.items()
    ]
    total = money.written(money.total(plan.initiatives))
    return [
        piece(
            place,
            "print/_targets.html",
            headings=True,
            dimensions_caption=place.captions.table("Inisiatif dan anggaran menurut dimensi (juta rupiah)"),
            rows=rows,
            total_count=len(plan.initiatives),
            total_budget=total,
            budget_column=sum_column([total], "w-grand"),
        )
    ]
