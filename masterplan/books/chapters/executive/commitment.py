"""The page on which the regent and the heads of the leading agencies commit themselves: roles, and no names."""

from masterplan.books.chapters.annexes.signing import head_of, letterhead, regent
from masterplan.books.chapters.executive import selection
from masterplan.books.chapters.lookup import Lookup
from masterplan.books.chapters.parts import heading_part
from smartcity.press.parts import Heading, Part


def commitment(plan: Lookup, chapter: str) -> list[Part]:
    """The commitment; its table goes on to further pages where many agencies lead."""
    heading = Heading(2, "ringkasan-komitmen", "", "Komitmen bersama")
    leaders = [head_of(agency) for agency, _ in selection.leading_agencies(plan)]
    context = {
        "letterhead": letterhead(plan),
        "years": selection.plan_years(plan),
        "count": len(plan.initiatives),
        "roles": [regent(plan), "Ketua Tim Pelaksana Smart City", *leaders],
    }
    return [heading_part(heading, "print/executive/commitment.html", context, chapter, None)]
