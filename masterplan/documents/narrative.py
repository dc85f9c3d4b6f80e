"""Plain text as HTML paragraphs and lists. Cutting text into blocks is `smartcity.common.text`."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from smartcity.common.text import Block, blocks


def to_html(text: str) -> SafeString:
    """`text` as escaped paragraphs and lists, line breaks kept; an empty string for an empty text."""
    return mark_safe("".join(_block_html(block) for block in blocks(text)))  # noqa: S308 (every piece is escaped below)


def _block_html(block: Block) -> SafeString:
    if block.kind == "paragraph":
        return format_html("<p>{}</p>", "\n".join(block.lines))
    if block.kind == "bullets":
        return format_html("<ul>{}</ul>", _items(block.lines))
    if block.numbers == tuple(range(1, len(block.numbers) + 1)):
        return format_html("<ol>{}</ol>", _items(block.lines))
    # A list that renumbers itself would change what was written, so numbers out of order stay as typed.
    typed = (f"{number}. {line}" for number, line in zip(block.numbers, block.lines, strict=True))
    return format_html('<ul class="typed-numbers">{}</ul>', _items(typed))


def _items(lines: Iterable[str]) -> SafeString:
    return format_html_join("", "<li>{}</li>", ((line,) for line in lines))
