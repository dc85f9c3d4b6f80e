"""How much of each mark one rich text may hold, so that pages and books can always show it. Reading is `marks`."""

from collections.abc import Iterable
from itertools import chain

from smartcity.common.formatting import format_number
from smartcity.common.reading import Unreadable
from smartcity.common.rich_text.marks import Line, RichBlock, Run, parse, plain
from smartcity.common.text import blocks

MAX_LINKS = 50
MAX_BOLD = 500
MAX_TABLES = 20
MAX_ROWS = 60
MAX_COLUMNS = 8
# A row is never broken over two pages of a book; so much fits into the narrowest column of one.
MAX_CELL = 300


def check_marks(text: str) -> None:
    """Raise Unreadable, with the limit, when a text has more of some mark than a page or a book can show."""
    sentence = too_much(parse(text))
    if sentence:
        raise Unreadable(sentence)


def document(text: str) -> list[RichBlock]:
    """The blocks of a text to be shown; one that is beyond the limits is shown as typed, its marks not understood."""
    found = parse(text)
    if not too_much(found):
        return found
    return [RichBlock(block.kind, tuple((Run(line),) for line in block.lines), block.numbers) for block in blocks(text)]


def too_much(found: list[RichBlock]) -> str:
    """What is too much and how much may be, as a sentence; "" when nothing is."""
    tables = [block.rows for block in found if block.kind == "table"]
    lines = list(chain(*(block.lines for block in found), *chain.from_iterable(tables)))
    cells = [plain(cell) for rows in tables for row in rows for cell in row]
    return (
        _over("tautan", _links(lines), MAX_LINKS, "Hapus sebagian tautan.")
        or _over("bagian tebal", sum(run.bold for line in lines for run in line), MAX_BOLD, "Kurangi huruf tebal.")
        or _over("tabel", len(tables), MAX_TABLES, "Gabungkan atau hapus sebagian tabel.")
        or _table("kolom", max((len(rows[0]) for rows in tables), default=0), MAX_COLUMNS)
        or _table("baris", max(map(len, tables), default=0), MAX_ROWS)
        or _cell(max(map(len, cells), default=0))
    )


def _links(lines: Iterable[Line]) -> int:
    return sum(bool(run.link) for line in lines for run in line)


def _over(what: str, count: int, most: int, mend: str) -> str:
    if count <= most:
        return ""
    return f"Teks ini memuat {format_number(count)} {what}, batasnya {format_number(most)}. {mend}"


def _table(what: str, count: int, most: int) -> str:
    if count <= most:
        return ""
    return f"Satu tabel memuat {format_number(count)} {what}, batasnya {most}. Pecah menjadi beberapa tabel."


def _cell(length: int) -> str:
    if length <= MAX_CELL:
        return ""
    return f"Satu sel tabel memuat {format_number(length)} karakter, batasnya {MAX_CELL}. Ringkas isinya."
