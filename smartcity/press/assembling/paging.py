"""What is printed as the number of each page, and on which page each anchor lies. Pure arithmetic."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from smartcity.press.cache import Fragment
from smartcity.press.errors import BookError
from smartcity.press.parts import PageKind, Part

LabelStyle = Literal["none", "roman", "arabic"]

_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_STYLES: dict[PageKind, LabelStyle] = {"cover": "none", "front": "roman"}


@dataclass(frozen=True)
class PageNumber:
    """The number of one page: covers have none, front matter counts i, ii, iii, everything else 1, 2, 3."""

    style: LabelStyle
    value: int

    @property
    def label(self) -> str:
        """As printed; empty on a cover."""
        if self.style == "none":
            return ""
        return str(self.value) if self.style == "arabic" else roman(self.value)


@dataclass(frozen=True)
class PageMap:
    """`starts`: first page (0-based) by part; `numbers` by page; `labels` by anchor; `total`: last arabic number."""

    starts: Mapping[str, int]
    numbers: tuple[PageNumber, ...]
    labels: Mapping[str, str]
    total: int


class AskedLabels(Mapping[str, str]):
    """Printed numbers by anchor that remember in `asked` which of them a part wanted, and what it got or None.

    Numbers that were asked of one made from this one are asked of this one too.
    """

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._labels = labels
        self.asked: dict[str, str | None] = {}

    def are(self, asked: Mapping[str, str | None]) -> bool:
        """Whether these would be had again; only then they count as asked for."""
        first = self
        while isinstance(first._labels, AskedLabels):
            first = first._labels
        if any(first._labels.get(anchor) != label for anchor, label in asked.items()):
            return False
        for anchor in asked:
            self.get(anchor)
        return True

    def __getitem__(self, anchor: str) -> str:
        self.asked[anchor] = self._labels.get(anchor)
        return self._labels[anchor]

    def __iter__(self) -> Iterator[str]:
        self.asked |= self._labels
        return iter(self._labels)

    def __len__(self) -> int:
        return len(self._labels)


class AmbiguousAnchor(BookError):
    """Two parts define the same anchor; a link to it would lead to either."""


def page_map(parts: Sequence[Part], fragments: Mapping[str, Fragment]) -> PageMap:
    """Number all pages in book order. Raises AmbiguousAnchor."""
    counts: dict[LabelStyle, int] = {"none": 0, "roman": 0, "arabic": 0}
    starts: dict[str, int] = {}
    numbers: list[PageNumber] = []
    labels: dict[str, str] = {}
    owners: dict[str, str] = {}
    for part in parts:
        fragment = fragments[part.key]
        starts[part.key] = len(numbers)
        style = _STYLES.get(part.page, "arabic")
        for _ in range(fragment.page_count):
            counts[style] += 1
            numbers.append(PageNumber(style, counts[style]))
        for anchor, (page, *_) in fragment.meta["anchors"].items():
            if anchor in owners:
                raise AmbiguousAnchor(f"Jangkar {anchor} ada di bagian {owners[anchor]} dan sekali lagi di {part.key}.")
            owners[anchor] = part.key
            labels[anchor] = numbers[starts[part.key] + page].label
    return PageMap(starts, tuple(numbers), labels, counts["arabic"])


def roman(number: int) -> str:
    """1 to 399 as i to cccxcix."""
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text += letters
            number -= value
    return text
