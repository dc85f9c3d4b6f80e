"""SWOT in Buku 1: the matrix of four kinds of items, then the strategies with the numbers of the items they answer."""

from typing import Any

from masterplan.books.chapters.lookup import Lookup
from masterplan.editions.numbering import Numbering, anchor
from masterplan.editions.schema import FrozenSwotItem, FrozenSwotStrategy

# The piece of a page that shows what `swot` gives.
TEMPLATE = "print/_swot.html"

# Two beside each other, twice: inside the regency, then outside it.
_PAIRS = (("S", "W"), ("O", "T"))
_NONE = "Belum ada butir."


def swot(plan: Lookup, captions: Numbering) -> dict[str, Any]:
    """Template context for `print/_swot.html`; `swot` is None when the edition has neither items nor strategies."""
    frozen = plan.content.get("swot")
    if not frozen or not (frozen["items"] or frozen["strategies"]):
        return {"swot": None}
    kinds = {kind["kind"]: kind["kind_label"] for kind in frozen["kinds"]}
    known = {item["number"] for item in frozen["items"]}
    return {
        "swot": {
            "caption": captions.table("Matriks SWOT"),
            "pairs": [
                [{"kind": kind, "label": kinds[kind], "rows": _items(plan, frozen["items"], kind)} for kind in pair]
                for pair in _PAIRS
            ],
            "empty": _NONE,
            "strategies_caption": captions.table("Strategi dari pertemuan butir SWOT")
            if frozen["strategies"]
            else None,
            "groups": _groups(frozen["strategies"], known),
        }
    }


def item_anchor(number: str) -> str:
    """Where an item stands in the matrix."""
    return anchor("swot", number)


def _items(plan: Lookup, items: list[FrozenSwotItem], kind: str) -> list[dict[str, Any]]:
    return [
        {
            "item": item,
            "anchor": item_anchor(item["number"]),
            "dimension": dimension["name"] if (dimension := plan.dimensions.get(item["dimension"] or "")) else "",
        }
        for item in items
        if item["kind"] == kind
    ]


def _groups(strategies: list[FrozenSwotStrategy], known: set[str]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for strategy in strategies:
        group = found.setdefault(
            strategy["kind"], {"kind": strategy["kind"], "label": strategy["kind_label"], "rows": []}
        )
        links = [(item_anchor(number), number) for number in strategy["items"] if number in known]
        group["rows"].append({"strategy": strategy, "links": links})
    return list(found.values())
