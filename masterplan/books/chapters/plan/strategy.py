"""For each dimension a strategy, and for each sub-dimension one with the initiatives that carry it out."""

from typing import Any

from masterplan.books.chapters.lines import initiative_lines
from masterplan.books.chapters.lookup import Lookup, dimension_anchor
from masterplan.books.chapters.narrative import piece, text
from masterplan.books.chapters.places import Place
from masterplan.editions.schema import FrozenDimension
from smartcity.press.parts import Flow


def strategy(plan: Lookup, place: Place) -> list[Flow]:
    """The strategy of one dimension; a place of the regency's own is its text alone."""
    dimension = plan.dimensions.get(place.heading.dimension)
    if dimension is None:
        return [text(each) for each in place.everywhere()]
    return [
        piece(
            place,
            "print/_strategy.html",
            headings=True,
            dimension=dimension,
            action_anchor=dimension_anchor(dimension["code"]),
            subs=[_sub(plan, dimension, each) for child in place.children for each in child.everywhere()],
        )
    ]


def _sub(plan: Lookup, dimension: FrozenDimension, place: Place) -> dict[str, Any]:
    sub = next((row for row in dimension["sub_dimensions"] if place.key == f"strategi.{row['key']}"), None)
    return {
        "heading": place.heading,
        "body": place.body,
        "wants_text": place.wants_text,
        "figures": place.figures,
        "sub_dimension": sub,
        "initiatives": initiative_lines(plan, plan.of_sub_dimension(dimension["code"], sub["key"])) if sub else [],
    }
