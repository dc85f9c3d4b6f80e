"""Text as HTML, the same on pages and in print: plain text as paragraphs and lists, rich text with its marks.

The only place where HTML arises from what people type, every word of it escaped. Cutting text into blocks is `text`,
understanding marks is `marks`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from math import sqrt

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from smartcity.common.rich_text.limits import document
from smartcity.common.rich_text.marks import REFERENCE, Line, RichBlock, Run, plain, referred
from smartcity.common.text import blocks

# Address and number of what a reference names; both may be empty.
Refer = Callable[[str], tuple[str, str]]
# What stands behind a block that refers to these things.
Follow = Callable[[Sequence[str]], SafeString]

# A table is this many parts wide; a style sheet says how wide a column of so many parts is.
_PARTS, _NARROWEST = 24, 2
# Letters that a line may have no room for; words of a language are seldom as long.
_LONG_WORD = 20


def to_html(text: str, run_in: str = "") -> SafeString:
    """`text` as escaped paragraphs and lists, line breaks kept; an empty string for an empty text.

    `run_in` is its title, set before the first words; above the text where that begins with a list.
    """
    found = [RichBlock(b.kind, tuple((Run(line),) for line in b.lines), b.numbers) for b in blocks(text)]
    return _html(found, run_in, [SafeString()] * len(found))


def rich_html(
    text: str,
    run_in: str = "",
    refer: Refer = lambda target: ("", ""),
    follow: Follow = lambda targets: SafeString(),
) -> SafeString:
    """The same for a text with marks: bold, links and tables too. A text beyond the limits is shown as typed.

    `refer` says where a reference leads and under which number; without an address only its words are shown. `follow`
    gives the HTML to put behind each paragraph, list and table, by what it refers to.
    """
    found = document(text)
    after = [follow(tuple(referred([block]))) for block in found]
    return _html([_referred(block, refer) for block in found], run_in, after)


def _referred(block: RichBlock, refer: Refer) -> RichBlock:
    def lead(line: Line) -> Line:
        return tuple(_lead(run, refer) for run in line)

    rows = tuple(tuple(map(lead, row)) for row in block.rows)
    return replace(block, lines=tuple(map(lead, block.lines)), rows=rows)


def _lead(run: Run, refer: Refer) -> Run:
    if not run.link.startswith(REFERENCE):
        return run
    address, number = refer(run.link.removeprefix(REFERENCE))
    return replace(run, text=_with_number(run.text, number), link=address)


def _with_number(words: str, number: str) -> str:
    """`Peta jalan (Gambar 2.1)`; the number alone where the words are only its first one, `Gambar`."""
    if not number or number in words:
        return words
    return number if number.partition(" ")[0].lower() == words.lower() else f"{words} ({number})"


def _html(found: Sequence[RichBlock], run_in: str, after: Sequence[SafeString]) -> SafeString:
    pieces = []
    if run_in and (not found or found[0].kind != "paragraph"):
        pieces.append(format_html("<p><strong>{}</strong></p>", run_in))
        run_in = ""
    for block, behind in zip(found, after, strict=True):
        pieces += [_block_html(block, run_in), behind]
        run_in = ""
    return mark_safe("".join(pieces))  # noqa: S308 (every piece is escaped below)


def _block_html(block: RichBlock, run_in: str = "") -> SafeString:
    if block.kind == "paragraph":
        lead = format_html("<strong>{}.</strong> ", run_in) if run_in else ""
        # Line breaks are kept by the style sheets: an element a line would cost the renderer seconds in a long text.
        shape = '<p class="lines">{}{}</p>' if len(block.lines) > 1 else "<p>{}{}</p>"
        lines = (_line(line, led=bool(lead) and not place) for place, line in enumerate(block.lines))
        return format_html(shape, lead, format_html_join("\n", "{}", ((each,) for each in lines)))
    if block.kind == "table":
        return _table(block.rows)
    if block.kind == "bullets":
        return format_html("<ul>{}</ul>", _items(block.lines))
    if block.numbers == tuple(range(1, len(block.numbers) + 1)):
        return format_html("<ol>{}</ol>", _items(block.lines))
    # A list that renumbers itself would change what was written, so numbers out of order stay as typed.
    typed = ((Run(f"{number}. "), *line) for number, line in zip(block.numbers, block.lines, strict=True))
    return format_html('<ul class="typed-numbers">{}</ul>', _items(typed))


def _items(lines: Iterable[Line]) -> SafeString:
    return format_html_join("", "<li>{}</li>", ((_line(line),) for line in lines))


def _line(line: Line, *, led: bool = False) -> SafeString:
    """The runs one after the other. Where one begins or goes on in a long word the line may end before it: the renderer
    would not break it there, not even after a space when a full stop or a hyphen follows. `led`: something precedes.
    """
    pieces, letters = [], 0
    for place, run in enumerate(_apart(line)):
        words = run.text.split()
        goes_on = bool(letters and words and not run.text[0].isspace())
        is_long = bool(words and (place or led) and (letters if goes_on else 0) + len(words[0]) > _LONG_WORD)
        pieces.append((mark_safe("<wbr>") if is_long else "", _run(run)))
        last = len(words[-1]) if words and not run.text[-1].isspace() else 0
        letters = last + (letters if goes_on and len(words) == 1 else 0)
    return format_html_join("", "{}{}", pieces)


def _apart(line: Line) -> Iterator[Run]:
    """The runs, each with the space before its first word apart where that word is long."""
    for run in line:
        rest = run.text.lstrip()
        if rest != run.text and any(len(word) > _LONG_WORD for word in rest.split()[:1]):
            yield replace(run, text=run.text[: -len(rest)])
            yield replace(run, text=rest)
        else:
            yield run


def _run(run: Run) -> SafeString:
    words = format_html('<a href="{}">{}</a>', run.link, run.text) if run.link else run.text
    return format_html("<strong>{}</strong>" if run.bold else "{}", words)


def _table(rows: Sequence[Sequence[Line]]) -> SafeString:
    columns = format_html_join("", '<col class="parts-{}">', ((parts,) for parts in _shares(rows)))
    head = format_html_join("", "{}", ((_head_cell(cell),) for cell in rows[0]))
    shape = '<div class="rich-table"><table><colgroup>{}</colgroup><thead><tr>{}</tr></thead>{}</table></div>'
    return format_html(shape, columns, head, _body(rows[1:]))


def _head_cell(cell: Line) -> SafeString:
    """A head cell; an empty one heads nothing, and is said to be none."""
    return format_html('<th scope="col">{}</th>', _line(cell)) if cell else mark_safe("<td></td>")


def _body(rows: Sequence[Sequence[Line]]) -> SafeString | str:
    if not rows:
        return ""
    cells = (format_html_join("", "<td>{}</td>", ((_line(cell),) for cell in row)) for row in rows)
    return format_html("<tbody>{}</tbody>", format_html_join("", "<tr>{}</tr>", ((row,) for row in cells)))


def _shares(rows: Sequence[Sequence[Line]]) -> list[int]:
    """How many of a table's parts each column gets: more where more is written, for every column enough for a word."""
    widths = [max(2.0, *(sqrt(len(plain(row[place]))) for row in rows)) for place in range(len(rows[0]))]
    free, whole = _PARTS - _NARROWEST * len(widths), sum(widths)
    shares = [_NARROWEST + int(free * width / whole) for width in widths]
    shares[widths.index(max(widths))] += _PARTS - sum(shares)
    return shares
