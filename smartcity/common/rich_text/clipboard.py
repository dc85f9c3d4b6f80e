"""What comes from the clipboard as text with light marks: bold, lists, tables and links are kept, the rest is dropped.

HTML is never stored and never shown: it is cleaned by an allow-list, read by `html_reader` and thrown away. Plain text
from WhatsApp and PDF is the work of `pasted`.
"""

import re

import nh3

from smartcity.common.formatting import format_number
from smartcity.common.reading import Unreadable
from smartcity.common.rich_text.html_reader import PARAGRAPHS, HtmlReader
from smartcity.common.rich_text.limits import check_marks, too_much
from smartcity.common.rich_text.marks import normal, plain_lines, write
from smartcity.common.rich_text.pasted import unbroken
from smartcity.common.text import clean_text

MAX_BYTES = 1024 * 1024
MAX_CHARACTERS = 60_000
MAX_TAGS = 20_000
MAX_DEPTH = 100
MAX_ATTRIBUTES = 60

_TAGS = PARAGRAPHS | {
    "b", "strong", "span", "font", "a", "ul", "ol", "li", "br", "table", "thead", "tbody", "tfoot", "tr", "td", "th",
}  # fmt: skip
_UNSEEN = {
    "script", "style", "title", "template", "iframe", "object", "noscript", "svg", "math", "select", "textarea",
    "button", "audio", "video",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"style"},
    "a": {"href"},
    "p": {"class"},
    "ul": {"class"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
# Elements that HTML lets one leave open are no measure of depth.
_NESTING = re.compile(
    r"<(/?)(?!(?:p|li|td|th|tr|thead|tbody|tfoot|dt|dd|option|br|hr|img|meta|link|input|col|wbr)\b)[a-z][^\s/>]{0,99}",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[a-z/][^<>]*", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def from_html(html: str) -> str:
    """`html` as text with marks, in its one spelling.

    Raises Unreadable with the limit when there is too much of something; then nothing of it is taken.
    """
    _refuse_too_much(html)
    cleaned = nh3.clean(
        clean_text(html, MAX_BYTES * 4),
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        clean_content_tags=_UNSEEN,
        filter_style_properties={"font-weight", "mso-list"},
        url_schemes={"https", "mailto"},
        link_rel=None,
    )
    reader = HtmlReader()
    reader.feed(cleaned)
    reader.close()
    words = sum(map(len, plain_lines(reader.blocks)))
    if words > MAX_CHARACTERS:
        _refuse(f"memuat {format_number(words)} karakter", format_number(MAX_CHARACTERS))
    sentence = too_much(reader.blocks)
    if sentence:
        raise Unreadable(sentence)
    text = normal(write(reader.blocks))
    check_marks(text)
    return text


def from_plain(text: str) -> str:
    """`text` from the clipboard as text with marks; raises Unreadable with the limit when it is too long."""
    if len(text) > MAX_CHARACTERS:
        _refuse(f"memuat {format_number(len(text))} karakter", format_number(MAX_CHARACTERS))
    return normal(unbroken(clean_text(text, MAX_CHARACTERS)))


def _refuse_too_much(html: str) -> None:
    """What would make the cleaning slow is looked for first, in a time that grows with the length alone."""
    size = len(html.encode("utf-8", "replace"))
    if size > MAX_BYTES:
        _refuse(f"berukuran {format_number(size // 1024)} KB", f"{format_number(MAX_BYTES // 1024)} KB")
    tags = html.count("<")
    if tags > MAX_TAGS:
        _refuse(f"memuat {format_number(tags)} unsur", format_number(MAX_TAGS))
    depth = deepest = 0
    for tag in _NESTING.finditer(html):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        _refuse(f"bersarang {format_number(deepest)} tingkat", format_number(MAX_DEPTH))
    most = max((len(re.findall(r"[\s/]+", _QUOTED.sub("", tag))) for tag in _TAG.findall(html)), default=0)
    if most > MAX_ATTRIBUTES:
        _refuse(f"memuat unsur dengan {format_number(most)} atribut", format_number(MAX_ATTRIBUTES))


def _refuse(what: str, most: str) -> None:
    raise Unreadable(f"Tempelan ini {what}, batasnya {most}. Tempel bagian demi bagian.")
