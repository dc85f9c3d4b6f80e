"""Fewer styles to compute, and each of them in fewer steps."""

from collections.abc import Callable
from typing import Any

from weasyprint import css, html
from weasyprint.css.computed_values import COMPUTER_FUNCTIONS, PHYSICAL_FUNCTIONS
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from weasyprint.css.tokens import Pending

from smartcity.press.shortcuts.exchange import exchange_method

# Pseudo-elements that the built-in style sheet gives to every element, and which elements of a book have the last.
_NEVER_PRINTED = frozenset({"footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"})
_LIST_ITEMS = frozenset({"li", "summary"})
_SIDES = ("top", "right", "bottom", "left")
# Properties whose computed value takes more than a look at the parent.
_SPECIAL = frozenset({"float", "display", "position", "page"})


def take() -> None:
    """Leave out what no book prints, and find most values at once."""
    _style_no_unused_pseudo_elements()
    _find_values_at_once()


def _style_no_unused_pseudo_elements() -> None:
    """Six styles an element, computed for nothing."""
    matcher = html.UA_STYLESHEET.matcher

    def of_items(test: Callable[[Any], bool]) -> Callable[[Any], bool]:
        return lambda element: element.local_name in _LIST_ITEMS and test(element)

    matcher.other_selectors[:] = [
        (of_items(test) if pseudo == "marker" else test, specificity, order, pseudo, payload)
        for test, specificity, order, pseudo, payload in matcher.other_selectors
        if pseudo not in _NEVER_PRINTED
    ]


def _find_values_at_once() -> None:
    """A property that no rule sets has its initial value or that of the parent; most are, and none is set logically."""
    special = _SPECIAL | {key for key in INITIAL_VALUES if key.startswith("text_decoration_")}
    inherited = frozenset(INHERITED - special)
    computed_later = special | INHERITED | INITIAL_NOT_COMPUTED
    initial = {key: value for key, value in INITIAL_VALUES.items() if key not in computed_later}
    logical = {key: name(block="ttb", inline="ltr") for key, name in PHYSICAL_FUNCTIONS.items()}
    widths = {f"border_{side}_width": f"border_{side}_style" for side in _SIDES}
    find_computed, find_anonymous = css.ComputedStyle.__missing__, css.AnonymousStyle.__missing__

    def computed(self: Any, key: str) -> Any:
        cascaded, also = self.cascaded, logical.get(key)
        if also is not None and (also in cascaded or self["direction"] != "ltr"):
            return find_computed(self, key)
        if key in cascaded:
            value = cascaded[key][0]
            # Words such as `inherit`, lists, custom properties and calculations are for the original.
            if key in special or isinstance(value, str | tuple | Pending) or check_math(value):
                return find_computed(self, key)
            value = self[key] = COMPUTER_FUNCTIONS[key](self, key, value) if key in COMPUTER_FUNCTIONS else value
            return value
        if key in initial:
            value = self[key] = initial[key]
            return value
        if key in inherited and self.parent_style is not None and not check_math(self.parent_style[key]):
            value = self[key] = self.parent_style[key]
            return value
        if key in widths and self[widths[key]] == "none":
            self[key] = 0
            return 0
        return find_computed(self, key)

    def anonymous(self: Any, key: str) -> Any:
        if key in initial:
            value = self[key] = initial[key]
        elif key in inherited:
            value = self[key] = self.parent_style[key]
        else:
            value = find_anonymous(self, key)
        return value

    exchange_method(css.ComputedStyle, "__missing__", computed)
    exchange_method(css.AnonymousStyle, "__missing__", anonymous)
