"""Short titled texts beside each other on a sheet: two columns of about the same height, or one below the other."""

from collections.abc import Sequence
from typing import Any

from masterplan.books.chapters.measure import wrap
from smartcity.common.rich_text.limits import document

# Points that a line of one of the two columns has.
_WIDTH = 218.0
# In lines: a text longer than this reads better over the full width, and may then go on to the next page.
_LONGEST = 14
_GAP = 0.3

Fact = dict[str, Any]


def beside(facts: Sequence[Fact]) -> dict[str, Any]:
    """`columns` of facts in their order, cut where the higher one is lowest; `stacked` when one of them is long.

    A fact has a `title` and a `body`, plain text or with `rich` text with marks. A table wants the full width.
    """
    heights = [_height(fact) for fact in facts]
    if len(facts) < 2 or max(heights) > _LONGEST + _GAP or any(map(_has_table, facts)):
        return {"columns": [list(facts)] if facts else [], "stacked": True}
    cut = min(range(1, len(facts)), key=lambda place: max(sum(heights[:place]), sum(heights[place:])))
    return {"columns": [list(facts[:cut]), list(facts[cut:])], "stacked": False}


def _height(fact: Fact) -> float:
    lines = f"{fact['title']}. {fact['body']}".splitlines()
    return _GAP + sum(len(wrap(line, _WIDTH)) for line in lines)


def _has_table(fact: Fact) -> bool:
    return bool(fact.get("rich")) and any(block.kind == "table" for block in document(fact["body"]))
