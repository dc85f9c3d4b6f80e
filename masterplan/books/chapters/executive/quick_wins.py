"""What people feel first: the quick wins with what they promise, by when, and who answers for it."""

from typing import Any

from masterplan.books.chapters.executive import selection
from masterplan.books.chapters.lookup import Lookup
from masterplan.books.chapters.parts import heading_part
from masterplan.editions.days import day_in_full
from masterplan.editions.numbering import Numbering
from masterplan.editions.schema import ListedInitiative
from masterplan.reference import QUICK_WIN_SCORES, QuickWinAspect
from smartcity.press.parts import Heading, Part


def quick_wins(plan: Lookup, chapter: str, number: str = "7") -> list[Part]:
    """The page of the quick wins, also where there is none yet."""
    captions = Numbering(number)
    heading = Heading(2, "ringkasan-quick-win", "", "Quick win: segera dirasakan warga")
    found, shown = selection.quick_wins_of(plan.initiatives), selection.shown_quick_wins(plan)
    context = {
        "kicker": selection.KICKER,
        "lead": _lead(found),
        "caption": captions.table("Quick win, hasil yang dijanjikan, dan nilainya") if found else None,
        "rows": [_row(plan, initiative) for initiative in shown],
        "others": len(found) - len(shown),
        "rule": selection.QUICK_WIN_RULE,
        "most": max(QUICK_WIN_SCORES) * len(QuickWinAspect),
    }
    return [heading_part(heading, "print/executive/quick_wins.html", context, chapter, captions, page="designed")]


def _lead(found: list[ListedInitiative]) -> str:
    if not found:
        return "Belum ada inisiatif yang ditetapkan sebagai quick win pada edisi ini."
    return (
        f"{len(found)} inisiatif dapat diwujudkan dalam waktu sekitar satu tahun dan manfaatnya langsung dirasakan"
        " warga. Masing-masing menjanjikan hasil yang dapat diperiksa."
    )


def _row(plan: Lookup, initiative: ListedInitiative) -> dict[str, Any]:
    worksheet = initiative["worksheet"]
    score = selection.score(initiative)
    return {
        "code": initiative["code"],
        "dimension": initiative["dimension"],
        "name": initiative["name"],
        "lead": plan.agencies.get(initiative["lead_agency"]),
        "deliverable": (worksheet["deliverable"] if worksheet else "") or "-",
        "due": day_in_full(worksheet["due_date"] if worksheet else None),
        "score": "-" if score is None else str(score),
    }
