"""Tags and filters of the print templates: links, headings, captions, prose. Values come formatted from the modules."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from masterplan.editions.figures import Figure
from smartcity.common.rich_text import markup
from smartcity.press.parts import REFERENCE_PREFIX, Caption, Flow, Heading

register = template.Library()

UNKNOWN_PAGE = "000"  # As wide as a real number, for the first pass that only measures.


@register.filter
def href(anchor: str) -> str:
    """The placeholder address that assembly turns into a place in the book."""
    return REFERENCE_PREFIX + anchor


@register.filter
def prose(text: str) -> SafeString:
    """Plain text as paragraphs and lists."""
    return markup.to_html(text)


@register.filter
def prose_after(text: str, title: str) -> SafeString:
    """Plain text as paragraphs and lists that begin with their title."""
    return markup.to_html(text, title)


@register.filter
def rich_prose(text: str) -> SafeString:
    """Text with marks as paragraphs, lists and tables."""
    return markup.rich_html(text)


@register.filter
def rich_prose_after(text: str, title: str) -> SafeString:
    """Text with marks as paragraphs, lists and tables that begin with their title."""
    return markup.rich_html(text, title)


@register.simple_tag(takes_context=True)
def written(context: dict[str, Any], text: str, figures: Sequence[Figure] = ()) -> SafeString:
    """A section's text: references lead to their place in this book and say its number, so that paper has it too.

    A picture stands behind the paragraph, list or table that names it first; the others stand behind the text.
    """
    waiting = {each.caption.anchor: each for each in figures}

    def refer(target: str) -> tuple[str, str]:
        label = context["labels"].get(target, "")
        return href(target) if label or target in context["linked"] else "", label

    def follow(targets: Sequence[str]) -> SafeString:
        return _pictures(waiting.pop(target) for target in targets if target in waiting)

    return markup.rich_html(text, refer=refer, follow=follow) + _pictures(waiting.values())


def _pictures(figures: Iterable[Figure]) -> SafeString:
    return format_html_join("", "{}", ((_picture(each),) for each in figures))


def _picture(each: Figure) -> SafeString:
    source = format_html('<p class="source">Sumber: {}</p>', each.source) if each.source else ""
    return format_html(
        '<figure class="picture">{}<img src="{}" alt="{}" style="width: {}mm">{}</figure>',
        figure_caption(each.caption), each.address, each.alt, each.width, source,
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def link(context: dict[str, Any], anchor: str, *words: str) -> SafeString:
    """A link that reads as `words`; only the words where there is no anchor, or this book leaves out what it names."""
    text = " ".join(word for word in words if word)
    if not anchor or anchor in context["absent"]:
        return format_html("{}", text)
    return format_html('<a href="{}">{}</a>', href(anchor), text)


@register.simple_tag(takes_context=True)
def ref(context: dict[str, Any], anchor: str) -> SafeString:
    """A link that reads as the number of its target in this book (4.6, Tabel 2.1, Lampiran 3); nothing without one."""
    label = context["labels"].get(anchor, "")
    return format_html('<a href="{}">{}</a>', href(anchor), label) if label else SafeString()


@register.simple_tag(takes_context=True)
def refs(context: dict[str, Any], *anchors: str) -> SafeString:
    """References one after the other, `, ` between them and `dan` before the last; those this book has."""
    found = [ref(context, anchor) for anchor in anchors if anchor in context["labels"]]
    return join_words(found)


@register.simple_tag(takes_context=True)
def first_and_last(context: dict[str, Any], anchors: Sequence[str]) -> SafeString:
    """`4.5 sampai 4.10`, of those anchors that this book has."""
    found = [ref(context, anchor) for anchor in anchors if anchor in context["labels"]]
    return format_html("{} sampai {}", found[0], found[-1]) if len(found) > 1 else join_words(found)


@register.simple_tag(takes_context=True)
def flow(context: Any, piece: Flow) -> SafeString:
    """One piece of a page that several share."""
    template = context.template.engine.get_template(piece.template)
    with context.push(**piece.context):
        written: SafeString = template.render(context)
    return written


@register.simple_tag(takes_context=True)
def agency(context: dict[str, Any], value: Mapping[str, Any] | None) -> SafeString:
    """An agency by its short name (its name where it has none), linked to the index; `-` for none."""
    return link(context, value["id"], value["short_name"] or value["name"]) if value else format_html("{}", "-")


def join_words(words: Sequence[SafeString]) -> SafeString:
    """`a`, `a dan b`, `a, b, dan c`."""
    if len(words) < 2:
        return words[0] if words else SafeString()
    most = format_html_join(", ", "{}", ((word,) for word in words[:-1]))
    return format_html("{}{} dan {}", most, "," if len(words) > 2 else "", words[-1])


@register.simple_tag(takes_context=True)
def page(context: dict[str, Any], anchor: str) -> str:
    """The printed page of an anchor; `-` when the part that held it could not be printed."""
    pages = context["pages"]
    return UNKNOWN_PAGE if pages is None else pages.get(anchor, "-")


@register.simple_tag
def heading(value: Heading, classes: str = "") -> SafeString:
    """A numbered heading with its anchor."""
    number = format_html('<span class="number">{}</span> ', value.number) if value.number else ""
    return format_html(
        '<h{0} id="{1}" class="{2}">{3}{4}</h{0}>', value.level, value.anchor, classes, number, value.title
    )


@register.simple_tag
def caption(value: Caption) -> SafeString:
    """A table's caption with its anchor."""
    return format_html(
        '<caption id="{}"><span class="label">{}</span> {}</caption>', value.anchor, value.label, value.title
    )


@register.simple_tag
def figure_caption(value: Caption) -> SafeString:
    """A figure's caption with its anchor."""
    return format_html(
        '<figcaption id="{}"><span class="label">{}</span> {}</figcaption>', value.anchor, value.label, value.title
    )
