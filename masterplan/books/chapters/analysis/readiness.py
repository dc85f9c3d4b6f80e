"""The readiness of Buku 1: a heat map of nine cells, then what is said of each. Below a section's own text."""

from collections.abc import Sequence
from typing import Any, Literal

from masterplan.books.chapters.lookup import Lookup
from masterplan.editions.numbering import Numbering
from masterplan.editions.schema import FrozenCell

# The piece of a page that shows what `readiness` gives.
TEMPLATE = "print/_readiness.html"

Tone = Literal["best", "good", "middle", "poor", "worst", "other", "none"]

# What each cell says, in the order of the page.
_TEXTS: tuple[tuple[Literal["condition", "evidence", "problem", "recommendation"], str], ...] = (
    ("condition", "Kondisi saat ini"),
    ("evidence", "Bukti"),
    ("problem", "Masalah"),
    ("recommendation", "Saran"),
)
_NOT_SCORED, _EMPTY = "Belum dinilai", "Belum diisi."

# The map in points: a head column, three cells beside it; the text block of a page is 459 wide.
_HEAD, _CELL, _HEIGHT, _GAP = 84, 121, 46, 4


def tone(score: str, scale: Sequence[str]) -> Tone:
    """How good a judgement is by its place on the scale; `other` when it is not on it, `none` when there is none."""
    if not score:
        return "none"
    if score not in scale:
        return "other"
    place, last = scale.index(score), len(scale) - 1
    if place == 0:
        return "best"
    if place == last:
        return "worst"
    if place * 2 == last:
        return "middle"
    return "good" if place * 2 < last else "poor"


def readiness(plan: Lookup, captions: Numbering) -> dict[str, Any]:
    """Template context for `print/_readiness.html`; an edition without the analysis has none (`readiness` is None)."""
    frozen = plan.content.get("readiness")
    if not frozen:
        return {"readiness": None}
    groups = _groups(frozen["cells"])
    caption = captions.figure("Kesiapan daerah dalam tiga kelompok")
    return {
        "readiness": {
            "caption": caption,
            "scale": ", ".join(frozen["scale"]),
            "words": _words(groups),
            "map": _map(groups, frozen["scale"]),
            "groups": [
                {
                    "label": label,
                    "caption": captions.table(f"Kesiapan {label.lower()}"),
                    "cells": [_cell(cell) for cell in cells],
                }
                for label, cells in groups
            ],
        }
    }


def _groups(cells: Sequence[FrozenCell]) -> list[tuple[str, list[FrozenCell]]]:
    found: dict[str, list[FrozenCell]] = {}
    for cell in cells:
        found.setdefault(cell["group_label"], []).append(cell)
    return list(found.items())


def _cell(cell: FrozenCell) -> dict[str, Any]:
    texts = [(label, cell[key]) for key, label in _TEXTS if cell[key]]
    return {"label": cell["label"], "score": cell["score"] or _NOT_SCORED, "texts": texts, "empty": _EMPTY}


def _words(groups: list[tuple[str, list[FrozenCell]]]) -> str:
    """The map in words, for whoever does not see it."""
    rows = [
        f"{label}: " + ", ".join(f"{cell['label'].lower()} {(cell['score'] or _NOT_SCORED).lower()}" for cell in cells)
        for label, cells in groups
    ]
    return ". ".join(rows) + "."


def _map(groups: list[tuple[str, list[FrozenCell]]], scale: Sequence[str]) -> dict[str, Any]:
    rows = []
    for place, (label, cells) in enumerate(groups):
        top = place * (_HEIGHT + _GAP)
        squares = [
            {
                "x": _HEAD + number * (_CELL + _GAP),
                "y": top,
                "text_x": _HEAD + number * (_CELL + _GAP) + 12,
                "label_y": top + 19,
                "score_y": top + 35,
                "tone": tone(cell["score"], scale),
                "label": cell["label"],
                "score": cell["score"] or _NOT_SCORED,
            }
            for number, cell in enumerate(cells)
        ]
        rows.append({"label": label, "y": top + _HEIGHT / 2 + 3, "cells": squares})
    width = _HEAD + 3 * _CELL + 2 * _GAP
    return {
        "rows": rows,
        "cell": _CELL,
        "tall": _HEIGHT,
        "width": width,
        "height": len(groups) * (_HEIGHT + _GAP) - _GAP,
    }
