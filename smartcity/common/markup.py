"""Plain text as HTML paragraphs and lists, the same on pages and in print. Cutting it into blocks is `text`."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from smartcity.common.text import Block, blocks


def to_html(text: str, run_in: str = "") -> SafeString:
    """`text` as escaped paragraphs and lists, line breaks kept; an empty string for an empty text.

    `run_in` is its title, set before the first words; above the text where that begins with a list.
    """
    found = blocks(text)
    pieces = []
    if run_in and (not found or found[0].kind != "paragraph"):
        pieces.append(format_html("<p><strong>{}</strong></p>", run_in))
        run_in = ""
    for block in found:
        pieces.append(_block_html(block, run_in))
        run_in = ""
    return mark_safe("".join(pieces))  # noqa: S308 (every piece is escaped below)


def _block_html(block: Block, run_in: str = "") -> SafeString:
    if block.kind == "paragraph":
        lead = format_html("<strong>{}.</strong> ", run_in) if run_in else ""
        # Line breaks are kept by the style sheets: an element a line would cost the renderer seconds in a long text.
        shape = '<p class="lines">{}{}</p>' if len(block.lines) > 1 else "<p>{}{}</p>"
        return format_html(shape, lead, "\n".join(block.lines))
    if block.kind == "bullets":
        return format_html("<ul>{}</ul>", _items(block.lines))
    if block.numbers == tuple(range(1, len(block.numbers) + 1)):
        return format_html("<ol>{}</ol>", _items(block.lines))
    # A list that renumbers itself would change what was written, so numbers out of order stay as typed.
    typed = (f"{number}. {line}" for number, line in zip(block.numbers, block.lines, strict=True))
    return format_html('<ul class="typed-numbers">{}</ul>', _items(typed))


def _items(lines: Iterable[str]) -> SafeString:
    return format_html_join("", "<li>{}</li>", ((line,) for line in lines))
