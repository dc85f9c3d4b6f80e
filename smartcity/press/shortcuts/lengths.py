"""Most lengths are no percentages: they are resolved once for each style, not at each layout of each box."""

from math import inf
from typing import Any

from weasyprint.formatting_structure.boxes import Box, PageBox
from weasyprint.layout import percent
from weasyprint.layout.percent import resolve_one_percentage

from smartcity.press.shortcuts.exchange import exchange

_SIDES = ("top", "right", "bottom", "left")
_LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in _SIDES),
    *(f"{limit}{size}" for size in ("width", "height") for limit in ("", "min_", "max_")),
)


def take() -> None:
    """Keep with each style what does not depend on the box around."""
    original = percent.resolve_percentages

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        style = box.style
        known = style.__dict__.get("_lengths")
        if known is None:
            known = style._lengths = _lengths_of(style)
        lengths, shares = known
        # What stands for a positioned box passes on single attributes; pages take shares of their height.
        if lengths is None or not isinstance(box, Box) or (shares and isinstance(box, PageBox)):
            original(box, containing_block)
            return
        box.__dict__.update(lengths)
        if shares:
            _resolve_shares(box, shares, containing_block)

    exchange(original, resolve_percentages)


def _resolve_shares(box: Any, shares: tuple[str, ...], containing_block: Any) -> None:
    if isinstance(containing_block, tuple):
        width, height = containing_block
    else:
        width, height = containing_block.width, containing_block.height
    for name in shares:
        if not name.endswith("height"):
            resolve_one_percentage(box, name, width)
        elif height != "auto":
            resolve_one_percentage(box, name, height)
        elif name == "height":
            box.height = "auto"
        else:
            resolve_one_percentage(box, name, 0 if name == "min_height" else inf)


def _lengths_of(style: Any) -> tuple[dict[str, Any] | None, tuple[str, ...]]:
    """The lengths of a style by name, and the names of those that are shares; None when the original must do it."""
    lengths: dict[str, Any] = {}
    shares = []
    if style["border_collapse"] == "collapse" or style["box_sizing"] != "content-box":
        return None, ()
    for name in _LENGTHS:
        value = style[name]
        unit = getattr(value, "unit", None)
        if value == "auto":
            lengths[name] = 0 if name in {"min_width", "min_height"} else value
        elif unit == "px":
            lengths[name] = value.value
        elif unit == "%":
            shares.append(name)
        else:
            return None, ()
    for side in _SIDES:
        lengths[f"border_{side}_width"] = style[f"border_{side}_width"]
    return lengths, tuple(shares)
