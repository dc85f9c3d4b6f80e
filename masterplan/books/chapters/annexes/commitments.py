"""An annex of Buku 2: a sheet for each leading agency to sign, with the initiatives it answers for."""

from typing import Any

from masterplan.books.chapters.annexes.signing import head_of, letterhead, regent
from masterplan.books.chapters.lookup import Lookup
from masterplan.books.chapters.parts import heading_part, place_part
from masterplan.books.chapters.places import Place
from masterplan.books.chapters.sum_columns import sum_column
from masterplan.editions import money
from masterplan.editions.numbering import anchor, span
from masterplan.editions.schema import FrozenAgency, ListedInitiative
from smartcity.press.parts import Heading, Part


def commitments(plan: Lookup, place: Place) -> list[Part]:
    """A page that opens the annex, then a sheet for each agency that leads something."""
    led = [
        (agency, [row for row in plan.initiatives if row["lead_agency"] == key])
        for key, agency in plan.agencies.items()
    ]
    sheets = [(_heading(agency), agency, rows) for agency, rows in led if rows]
    # The opening comes first: it takes the captions of the text, the sheets those of their tables.
    opening = place_part(place, "print/commitments.html", {"sheets": [heading for heading, *_ in sheets]}, late=True)
    return [opening, *(_sheet(plan, *sheet, place) for sheet in sheets)]


def _heading(agency: FrozenAgency) -> Heading:
    return Heading(2, anchor("komitmen", agency["id"]), "", agency["name"])


def _sheet(
    plan: Lookup, heading: Heading, agency: FrozenAgency, initiatives: list[ListedInitiative], place: Place
) -> Part:
    total = money.written(money.total(initiatives))
    context: dict[str, Any] = {
        "letterhead": letterhead(plan),
        "years": span(plan.content["plan"]["start_year"], plan.content["plan"]["end_year"]),
        "agency_name": agency["name"],
        "caption": place.captions.table(f"Inisiatif yang dipimpin {agency['name']} (juta rupiah)"),
        "rows": [
            {
                "anchor": row["id"],
                "code": row["code"],
                "name": row["name"],
                "period": span(row["start_year"], row["end_year"]),
                "budget": money.written(money.total([row])),
            }
            for row in initiatives
        ],
        "total": total,
        "budget_column": sum_column([total], "w-total"),
        "roles": [head_of(agency), regent(plan)],
    }
    return heading_part(heading, "print/commitment_sheet.html", context, place.running, place.captions)
