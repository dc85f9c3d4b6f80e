"""Lines of text laid out once: the original lays them out for their size, throws that away, and again to draw them."""

from typing import Any

from weasyprint.text.ffi import pango
from weasyprint.text.line_break import Layout

from smartcity.press.shortcuts.exchange import exchange_method

_LINE_ENDS = frozenset("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")


def take() -> None:
    """Keep what was laid out: a part lives for a quarter of a second, so that nothing need be given back."""
    set_text, reactivate = Layout.set_text, Layout.reactivate

    def set_text_of_one_paragraph(self: Any, text: str, justify: bool = False) -> None:
        # Drawing asks for one paragraph; asking before the text is laid out spares laying it out again.
        if _LINE_ENDS.isdisjoint(text):
            pango.pango_layout_set_single_paragraph_mode(self.layout, True)
        set_text(self, text, justify)

    def reactivate_justified(self: Any, style: Any) -> None:
        if self.justification_spacing or self.style is not style:
            reactivate(self, style)

    exchange_method(Layout, "set_text", set_text_of_one_paragraph)
    exchange_method(Layout, "reactivate", reactivate_justified)
    exchange_method(Layout, "deactivate", lambda self: None)
