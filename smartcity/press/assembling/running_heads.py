"""Running heads, footers, thumb tabs and the DRAF mark: what belongs to the edition and not to a part.

Drawn at assembly as artifacts with the glyphs of the book's own typeface, so that no part is rendered again for them.
Scripts whose letters must be joined or put in another order are not: `incomplete` tells which words those are.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians, sin

from smartcity.press.assembling.paging import PageNumber
from smartcity.press.parts import PageKind, Part
from smartcity.press.typefaces.faces import Face

_MM = 72 / 25.4
_SIZE = 9.0
# The typeface's own space is narrow at this size; the style sheet adds the same to running text.
_WORD_SPACE = 0.06
_INK, _INK_2, _GREY, _WHITE = "0.086 0.141 0.173", "0.29 0.353 0.392", "0.5 0.5 0.5", "1 1 1"
_GAP = 6 * _MM
_TAB_WIDTH, _TAB_HEIGHT, _TAB_STEP = 8 * _MM, 24 * _MM, 28 * _MM
_COLOURS = {
    "GO": "0.196 0.169 0.6",
    "BR": "0.592 0.286 0.463",
    "EC": "0.431 0.216 0.012",
    "LI": "0.753 0.322 0.208",
    "SO": "0.075 0.455 0.741",
    "EN": "0.055 0.325 0.243",
}
_DRAFT_ANGLE = radians(35)
_DRAFT_SIZE = 150.0
REGULAR, BOLD, HEAVY = 400, 600, 800
# Covers are dark above and white below, openers dark: their mark must show on both.
MARK_STATE, MARK_STATE_ON_ANY = "/PDraft", "/PDraftOnAny"


@dataclass(frozen=True)
class Margins:
    """Distances in pt from the paper's edges to the text."""

    top: float
    right: float
    bottom: float
    left: float


_PORTRAIT = Margins(26 * _MM, 20 * _MM, 24 * _MM, 28 * _MM)
_WIDE = Margins(24 * _MM, 18 * _MM, 20 * _MM, 18 * _MM)
# Pages without running heads and feet.
_BARE: frozenset[PageKind] = frozenset({"cover", "opener", "letter"})
# Pages whose text has a margin for the binding. What fills its page to the edges stays where it is.
_BOUND: frozenset[PageKind] = frozenset({"text", "front"})


@dataclass(frozen=True)
class Edition:
    """What heads and feet say: `book` top right, `line` bottom left; `dimensions` in the order of their tabs.

    `centred`: the paper lies so that text has equal margins, instead of a wide one for the binding.
    """

    book: str
    line: str
    draft: bool
    dimensions: tuple[str, ...]
    centred: bool = False

    def left_edge(self, part: Part) -> float:
        """Where the paper of a part's pages begins, in pt to the right of where the part was laid out for."""
        return (_PORTRAIT.left - _PORTRAIT.right) / 2 if self.centred and part.page in _BOUND else 0.0


class RunningHeads:
    """Draws pages one by one and remembers the glyphs it used; `family` names the typeface."""

    def __init__(self, faces: Sequence[Face], family: str, edition: Edition, total: int) -> None:
        self._edition, self._total = edition, total
        upright = [face for face in faces if face.family == family and face.style == "normal"]
        self.faces = {
            weight: min(upright, key=lambda face: abs(face.weight - weight)) for weight in (REGULAR, BOLD, HEAVY)
        }
        self.glyphs: dict[int, set[int]] = defaultdict(set)
        # The same words stand on page after page.
        self._written: dict[tuple[str, int], str] = {}
        self._widths: dict[tuple[str, int], float] = {}

    def draw(self, part: Part, number: PageNumber, width: float, height: float, *, opens: bool = False) -> bytes:
        """A page's head, foot and tab as page content, in the space of the part; its paper may begin elsewhere.

        `opens` is said of the first page of a part.
        """
        bare = part.page in _BARE
        edge = self._edition.left_edge(part)
        dark = part.page in {"cover", "opener"} and not part.white
        drawn = [self._draft_mark(edge + width / 2, height / 2, on_any=dark)] if self._edition.draft else []
        if not bare:
            margins = _WIDE if width > height else _PORTRAIT
            if not (opens and part.page == "designed"):
                drawn.append(self._head(part, margins, width, height))
            drawn.append(self._foot(number, margins, width))
            if part.tab and part.page == "text":
                drawn.append(self._tab(part.tab, edge + width, height - margins.top))
        return "\n".join(drawn).encode()

    def _head(self, part: Part, margins: Margins, width: float, height: float) -> str:
        y, right = height - margins.top + 7 * _MM, width - margins.right
        book = self._edition.book
        room = right - margins.left - self._width(book, REGULAR) - _GAP
        left = self._text(self._shorten(self._drawable(part.chapter), REGULAR, room), REGULAR, margins.left, y, _INK)
        return _artifact("/Subtype /Header", left + self._text(book, REGULAR, right, y, _INK_2, to_left=True))

    def _foot(self, number: PageNumber, margins: Margins, width: float) -> str:
        y, x = margins.bottom - 9.4 * _MM, margins.left
        left = ""
        if self._edition.draft:
            left = self._text("DRAF", BOLD, x, y, _INK)
            x += self._width("DRAF ", BOLD)
        line = ("· " if self._edition.draft else "") + self._edition.line
        left += self._text(line, REGULAR, x, y, _INK_2)
        page = f"{number.label} dari {self._total}" if number.style == "arabic" else number.label
        right = self._text(page, BOLD, width - margins.right, y, _INK, to_left=True)
        return _artifact("/Subtype /Footer", left + right)

    def _tab(self, code: str, right: float, top: float) -> str:
        """Flush with the edge of the paper, which ends at `right`; the first dimension's begins at `top`."""
        order = self._edition.dimensions.index(code) if code in self._edition.dimensions else 0
        x, y = right - _TAB_WIDTH, top - order * _TAB_STEP - _TAB_HEIGHT
        shape = f"{_COLOURS.get(code, _INK_2)} rg {x:.2f} {y:.2f} {_TAB_WIDTH:.2f} {_TAB_HEIGHT:.2f} re f\n"
        start = x + (_TAB_WIDTH - self._width(code, BOLD)) / 2
        return _artifact("", shape + self._text(code, BOLD, start, y + _TAB_HEIGHT / 2 - 0.35 * _SIZE, _WHITE))

    def _draft_mark(self, middle: float, half_way: float, *, on_any: bool) -> str:
        length = self._width("DRAF", HEAVY) / _SIZE * _DRAFT_SIZE
        c, s = cos(_DRAFT_ANGLE), sin(_DRAFT_ANGLE)
        back, down = length / 2, 0.35 * _DRAFT_SIZE
        x, y = middle - back * c + down * s, half_way - back * s - down * c
        state, colour = (MARK_STATE_ON_ANY, _GREY) if on_any else (MARK_STATE, _INK)
        matrix = f"{c:.4f} {s:.4f} {-s:.4f} {c:.4f} {x:.2f} {y:.2f} Tm"
        show = f"{state} gs {colour} rg BT /P{HEAVY} {_DRAFT_SIZE:g} Tf {matrix}"
        return _artifact("/Subtype /Watermark", f"q {show} {self._glyph_string('DRAF', HEAVY)} TJ ET Q")

    def _text(self, text: str, weight: int, x: float, y: float, colour: str, *, to_left: bool = False) -> str:
        if to_left:
            x -= self._width(text, weight)
        return f"{colour} rg BT /P{weight} {_SIZE:g} Tf {x:.2f} {y:.2f} Td {self._glyph_string(text, weight)} TJ ET\n"

    def _glyph_string(self, text: str, weight: int) -> str:
        if (text, weight) not in self._written:
            self._written[text, weight] = self._glyphs_of(text, weight)
        return self._written[text, weight]

    def _glyphs_of(self, text: str, weight: int) -> str:
        words = []
        for word in text.split(" "):
            glyphs = [glyph for glyph, _ in self.faces[weight].glyphs(word + " ")]
            self.glyphs[weight].update(glyphs)
            words.append("".join(f"{glyph:04x}" for glyph in glyphs))
        words[-1] = words[-1][:-4]
        return "[<" + f">{-_WORD_SPACE * 1000:g}<".join(words) + ">]"

    def _width(self, text: str, weight: int) -> float:
        if (text, weight) not in self._widths:
            advances = sum(advance for _, advance in self.faces[weight].glyphs(text))
            self._widths[text, weight] = (advances + _WORD_SPACE * text.count(" ")) * _SIZE
        return self._widths[text, weight]

    def _drawable(self, text: str) -> str:
        """`text` up to the first letter that the typeface lacks: no word is shown with letters left out of it."""
        lacking = lacking_letters(self.faces[REGULAR], text)
        return text[: text.index(lacking[0])].rstrip() + "…" if lacking else text

    def _shorten(self, text: str, weight: int, room: float) -> str:
        if self._width(text, weight) <= room:
            return text
        while text and self._width(text + "…", weight) > room:
            text = text[:-1].rstrip()
        return text + "…"


def lacking_letters(face: Face, text: str) -> list[str]:
    """The letters of `text` that `face` does not have, each once; what is not seen is no letter."""
    unseen = ("C", "Z")
    found = (
        letter for letter in text if not unicodedata.category(letter).startswith(unseen) and not face.glyphs(letter)
    )
    return list(dict.fromkeys(found))


@dataclass(frozen=True)
class Incomplete:
    """Words that stand at the edge of pages without some of their letters; `key` of the part, "" for every page."""

    key: str
    words: str
    letters: tuple[str, ...]


def incomplete(parts: Sequence[Part], faces: Sequence[Face], family: str, edition: Edition) -> Iterator[Incomplete]:
    """The words of running heads and feet that the typeface cannot show whole, each once."""
    face = RunningHeads(faces, family, edition, 1).faces[REGULAR]
    # A chapter goes by its opener, where it has one.
    chapters = {part.chapter: part.key for part in reversed(parts) if part.page not in {"cover", "letter"}}
    for words, key in [(edition.book, ""), (edition.line, ""), *reversed(chapters.items())]:
        if letters := lacking_letters(face, words):
            yield Incomplete(key, words, tuple(letters))


def _artifact(kind: str, content: str) -> str:
    return f"/Artifact <</Type /Pagination {kind}>> BDC\n{content}\nEMC"
