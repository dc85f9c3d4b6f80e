"""Parts that begin with a heading: a place of the outline with pages of its own, and a page under its own title."""

from collections.abc import Mapping
from typing import Any

from masterplan.books.chapters.places import Place
from masterplan.editions.numbering import Numbering
from smartcity.press.parts import Heading, Part


def place_part(place: Place, template: str, context: Mapping[str, Any], **more: Any) -> Part:
    """A place printed by `template`, which gets it as `section`; to be made after all its captions are numbered."""
    return Part(
        key=place.heading.anchor,
        template=template,
        context={"section": place, **context},
        chapter=place.running,
        headings=(place.heading,),
        captions=place.captions.taken(),
        **more,
    )


def heading_part(
    heading: Heading, template: str, context: Mapping[str, Any], chapter: str, captions: Numbering | None, **more: Any
) -> Part:
    """Pages under `heading`, which `template` gets too; `captions` counts their tables and figures."""
    return Part(
        key=heading.anchor,
        template=template,
        context={"heading": heading, **context},
        chapter=chapter,
        headings=(heading,),
        captions=captions.taken() if captions else (),
        **more,
    )
