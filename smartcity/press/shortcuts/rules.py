"""A line above or below a box is one rectangle, where the original cuts it out of two that are larger."""

from typing import Any

from weasyprint.draw import border
from weasyprint.draw.color import get_color

from smartcity.press.shortcuts.exchange import exchange


def take() -> None:
    """Boxes without borders, and with solid ones only above and below: all rows of tables."""
    original = border.draw_border

    def draw_border(stream: Any, box: Any) -> None:
        style = box.style
        top, bottom = box.border_top_width, box.border_bottom_width
        others = box.border_left_width or box.border_right_width or style["column_rule_width"]
        if others or style["border_image_source"][0] != "none":
            original(stream, box)
        elif top or bottom:
            if _is_plain(box):
                _draw(stream, box)
            else:
                original(stream, box)

    exchange(original, draw_border)


def _is_plain(box: Any) -> bool:
    style = box.style
    sides = [side for side in ("top", "bottom") if getattr(box, f"border_{side}_width")]
    solid = all(style[f"border_{side}_style"] == "solid" for side in sides)
    return solid and style["visibility"] == "visible" and not any(map(any, box.rounded_border_box()[4:]))


def _draw(stream: Any, box: Any) -> None:
    x, y, width, height = box.rounded_border_box()[:4]
    top, bottom = box.border_top_width, box.border_bottom_width
    for side, thickness, place in (("bottom", bottom, y + height - bottom), ("top", top, y)):
        color = get_color(box.style, f"border_{side}_color")
        if thickness and color.alpha:
            with stream.artifact():
                stream.set_color(color)
                stream.rectangle(x, place, width, thickness)
                stream.fill()
