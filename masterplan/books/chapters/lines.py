"""Initiatives as lines of a list or table."""

from collections.abc import Iterable
from typing import Any

from masterplan.books.chapters.lookup import Lookup
from masterplan.editions import money
from masterplan.editions.numbering import span
from masterplan.editions.schema import ListedInitiative


def initiative_lines(plan: Lookup, initiatives: Iterable[ListedInitiative]) -> list[dict[str, Any]]:
    """Code, name, lead agency, years, novelty and money of each."""
    return [
        {
            "anchor": initiative["id"],
            "code": initiative["code"],
            "name": initiative["name"],
            "lead": plan.agencies.get(initiative["lead_agency"]),
            "period": span(initiative["start_year"], initiative["end_year"]),
            "novelty": initiative["novelty_label"].partition(" ")[0] or "-",
            "budget": money.written(money.total([initiative])),
        }
        for initiative in initiatives
    ]
