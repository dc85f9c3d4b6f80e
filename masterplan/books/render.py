"""A part becomes a complete HTML document. Pure: no models, no clock, no settings; previews and books share it."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine

from masterplan.books.part_errors import blamed_on
from smartcity.press.parts import Part
from smartcity.press.placeholder import part_name

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


_LIBRARIES = {"print_tags": "masterplan.books.chapters.print_tags"}

# A part that is not of a book has nothing around it to refer to.
_ALONE: Mapping[str, Any] = {"labels": {}, "linked": frozenset(), "absent": frozenset()}


def render_part(
    part: Part, *, content: Mapping[str, Any], pages: Mapping[str, str] | None = None, total_pages: int | None = None
) -> str:
    """The HTML of a part, without a style sheet.

    `pages` maps anchors to printed page numbers ("iv", "112") for late parts; None prints 000 to measure them. Raises
    PartError for what the template raises, also where it is missing.
    """
    values: dict[str, Any] = {
        "part": part,
        "title": _title(part, content),
        **frame_of(content),
        "pages": pages,
        "total_pages": total_pages,
    }
    if clash := part.context.keys() & values.keys():
        raise ValueError(f"Part {part.key} would hide {', '.join(sorted(clash))} from its template.")
    # Numbers are formatted in the modules; localisation would put decimal commas into SVG coordinates.
    with blamed_on(part_name(part), key=part.key, where=f"part {part.key}, template {part.template}"):
        template = engine().get_template(part.template)
        return template.render(Context({**_ALONE, **values, **part.context}, use_l10n=False, use_tz=False))


def frame_of(content: Mapping[str, Any]) -> dict[str, Any]:
    """What every template may print. Not the edition: what names it cannot be kept for the next one."""
    return {key: content[key] for key in ("regency", "plan", "development_plan")}


@cache
def engine() -> Engine:
    """The template engine of the books: print templates, and the one library they `{% load %}`; autoescape on.

    Libraries of pages are not among it: their tags may ask for a request or a setting, which a book has not, and a part
    that is kept would not notice when they change (`remembered`).
    """
    return Engine(dirs=[str(TEMPLATES)], libraries=_LIBRARIES, debug=False, autoescape=True)


def _title(part: Part, content: Mapping[str, Any]) -> str:
    own = part.headings[0].title if part.headings else part.chapter
    return f"{own} · {content['plan']['title']}" if own else content["plan"]["title"]
