"""Written places: a heading and its text, and whatever else shares their pages."""

from typing import Any

from masterplan.books.chapters.places import Place
from smartcity.press.parts import Flow


def piece(place: Place, template: str, headings: bool = False, **context: Any) -> Flow:
    """A place printed by `template`, which gets it as `section`; with `headings` it prints those below it as well."""
    printed = [each.heading for each in place.everywhere()] if headings else [place.heading]
    return Flow(template, {"section": place, **context}, headings=tuple(printed), captions=place.captions.taken())


def text(place: Place) -> Flow:
    """Heading and text alone."""
    return piece(place, "print/_text.html")
