"""An annex of Buku 2: a sheet for each leading agency to sign, with the initiatives it answers for."""

from typing import Any

from masterplan.documents.contents import money
from masterplan.documents.contents.lookup import Lookup, Row
from masterplan.documents.contents.numbering import Numbering, anchor, span
from masterplan.documents.contents.signing import head_of, letterhead, regent
from masterplan.documents.parts import Heading, Part

_TITLE = "Lembar komitmen perangkat daerah"


def commitments(plan: Lookup, number: int) -> list[Part]:
    """The annex `number`: a page that opens it, then a sheet for each agency that leads something."""
    heading = Heading(1, f"lampiran-{number}", f"Lampiran {number}", _TITLE)
    chapter = f"{heading.number} {_TITLE}"
    captions = Numbering(f"L{number}")
    led = [
        (agency, [row for row in plan.initiatives if row["lead_agency"] == key])
        for key, agency in plan.agencies.items()
    ]
    sheets = [_sheet(plan, agency, rows, chapter, captions) for agency, rows in led if rows]
    context = {"heading": heading, "sheets": [sheet.headings[0] for sheet in sheets]}
    opening = Part(heading.anchor, "print/commitments.html", context, chapter=chapter, late=True, headings=(heading,))
    return [opening, *sheets]


def _sheet(plan: Lookup, agency: Row, initiatives: list[Row], chapter: str, captions: Numbering) -> Part:
    heading = Heading(2, anchor("komitmen", agency["id"]), "", agency["name"])
    context: dict[str, Any] = {
        "heading": heading,
        "letterhead": letterhead(plan),
        "years": span(plan.content["plan"]["start_year"], plan.content["plan"]["end_year"]),
        "agency_name": agency["name"],
        "caption": captions.table(f"Inisiatif yang dipimpin {agency['name']} (juta rupiah)"),
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
        "total": money.written(money.total(initiatives)),
        "roles": [head_of(agency), regent(plan)],
    }
    return Part(
        heading.anchor,
        "print/commitment_sheet.html",
        context,
        chapter=chapter,
        headings=(heading,),
        captions=captions.taken(),
    )
