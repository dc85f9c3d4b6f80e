"""Questions that the layout asks of every box, answered shortly for the boxes of which a book is made."""

from typing import Any

from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout import float as floats

from smartcity.press.shortcuts.exchange import exchange


def take() -> None:
    """Boxes in the flow, and lines beside which nothing floats."""
    _know_the_flow()
    _avoid_nothing()


def _know_the_flow() -> None:
    original = Box.is_in_normal_flow

    def is_in_normal_flow(self: Any) -> bool:
        style = self.style
        return (style["float"] == "none" and style["position"] == "static") or original(self)

    Box.is_in_normal_flow = is_in_normal_flow


def _avoid_nothing() -> None:
    original = floats.avoid_collisions

    def avoid_collisions(context: Any, box: Any, containing_block: Any, outer: bool = True) -> tuple[float, ...]:
        if context.excluded_shapes or containing_block.style["direction"] != "ltr" or box.style["float"] != "none":
            return original(context, box, containing_block, outer)
        left = containing_block.content_box_x()
        if outer:
            return left, box.position_y, containing_block.width
        # In the order of the original: sums of floating point numbers depend on it.
        right = left + containing_block.width - box.margin_right
        left += box.margin_left
        return left - box.margin_left, box.border_box_y() - box.margin_top, right - left

    exchange(original, avoid_collisions)
