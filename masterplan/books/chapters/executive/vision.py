"""Vision of the plan, vision and missions of the RPJMD it answers to, and how far each mission is answered."""

from typing import Any

from masterplan.books.chapters.executive import selection
from masterplan.books.chapters.lookup import Lookup
from masterplan.books.chapters.parts import heading_part
from masterplan.editions.numbering import Numbering
from smartcity.press.parts import Heading, Part


def vision(plan: Lookup, chapter: str, number: str = "2") -> list[Part]:
    """Both visions, and the missions with the number of their programs and initiatives."""
    captions = Numbering(number)
    heading = Heading(2, "ringkasan-visi", "", "Visi dan misi")
    missions = _missions(plan)
    context = {
        "kicker": selection.KICKER,
        "caption": captions.table("Misi RPJMD dan inisiatif yang menjawabnya") if missions else None,
        "missions": missions,
    }
    return [heading_part(heading, "print/executive/vision.html", context, chapter, captions, page="designed")]


def _missions(plan: Lookup) -> list[dict[str, Any]]:
    return [
        {
            "code": mission["code"] or "-",
            "text": mission["text"],
            "programs": len(programs),
            "answered": len(selection.answered_programs(plan, plan.initiatives) & {row["id"] for row in programs}),
            "initiatives": selection.serving(plan, programs),
        }
        for mission, programs in plan.missions()
    ]
