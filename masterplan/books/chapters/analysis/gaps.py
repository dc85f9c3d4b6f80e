"""The gaps of Buku 1 as a wide table by dimension and sub-dimension, with links to the initiatives that answer them.

A gap counts the initiatives that an edition leaves out and does not name them: readers may not know of drafts.
"""

from typing import Any

from masterplan.books.chapters.lookup import Lookup
from masterplan.editions.numbering import Numbering
from masterplan.editions.schema import FrozenDimension, FrozenGap, ListedInitiative

# The piece of a page that shows what `gaps` gives.
TEMPLATE = "print/_gaps.html"

# A row is kept on one page up to so many letters in a column; a longer one may not fit on any, in the widest letters.
_WHOLE = 300
_OTHERS = "{count} inisiatif lain belum masuk edisi ini"


def gaps(plan: Lookup, captions: Numbering) -> dict[str, Any]:
    """Template context for `print/_gaps.html`; `gaps` is None when the edition has no rows."""
    rows = plan.gaps
    if not rows:
        return {"gaps": None}
    initiatives = {initiative["id"]: initiative for initiative in plan.initiatives}
    answered = sum(bool(row["initiatives"]) for row in rows)
    return {
        "gaps": {
            "caption": captions.table("Kesenjangan menurut dimensi dan sub-dimensi"),
            "count": len(rows),
            "answered": answered,
            "dimensions": [
                {"code": code, "name": dimension["name"], "subs": _subs(dimension, rows, initiatives)}
                for code, dimension in plan.dimensions.items()
                if any(row["dimension"] == code for row in rows)
            ],
        }
    }


def _subs(
    dimension: FrozenDimension, rows: list[FrozenGap], initiatives: dict[str, ListedInitiative]
) -> list[dict[str, Any]]:
    found = []
    for sub in dimension["sub_dimensions"]:
        own = [row for row in rows if row["dimension"] == dimension["code"] and row["sub_dimension"] == sub["key"]]
        if own:
            found.append({"name": sub["name"], "rows": [_row(row, initiatives) for row in own]})
    return found


def _row(row: FrozenGap, initiatives: dict[str, ListedInitiative]) -> dict[str, Any]:
    texts = (row["ideal"], row["existing"], row["gap"], row["cause"], row["response"])
    named = [initiatives[key] for key in row["initiatives"] if key in initiatives]
    return {
        "gap": row,
        "initiatives": named,
        "others": _OTHERS.format(count=row["unsent"]) if row["unsent"] else "",
        "is_tall": any(len(text) > _WHOLE for text in texts),
        "unanswered": not named and not row["unsent"],
    }
