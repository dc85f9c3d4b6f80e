"""How a reader moves through the finished book: named destinations, outline, page labels."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from smartcity.press.assembling.paging import PageNumber


@dataclass(frozen=True)
class PagePoint:
    """A place in the book: 0-based page, distance in pt from its left and lower edge."""

    page: int
    x: float
    y: float


@dataclass(frozen=True)
class Bookmark:
    """One line of the outline."""

    level: int
    title: str
    target: PagePoint


def add_destinations(book: pikepdf.Pdf, targets: Mapping[str, PagePoint]) -> None:
    """One sorted name tree; names are compared as bytes."""
    pages = [page.obj for page in book.pages]
    names: list[object] = []
    for name in sorted(targets, key=lambda name: bytes(String(name))):
        names += [String(name), _destination(pages, targets[name])]
    book.Root.Names = Dictionary(Dests=book.make_indirect(Dictionary(Names=Array(names))))


def _destination(pages: Sequence[pikepdf.Object], target: PagePoint) -> pikepdf.Array:
    return Array([pages[target.page], Name.XYZ, target.x, target.y, 0])


def add_outline(book: pikepdf.Pdf, entries: Iterable[Bookmark]) -> None:
    """Chapters, sections, initiatives; chapters are shown closed."""
    pages = [page.obj for page in book.pages]
    root = book.make_indirect(Dictionary(Type=Name.Outlines, Count=0))
    open_items: list[tuple[int, pikepdf.Object]] = [(0, root)]
    for entry in entries:
        while open_items[-1][0] >= entry.level:
            open_items.pop()
        parent = open_items[-1][1]
        item = book.make_indirect(
            Dictionary(Title=String(entry.title), Parent=parent, Dest=_destination(pages, entry.target))
        )
        if "/Last" in parent:
            item.Prev = parent.Last
            parent.Last.Next = item
        else:
            parent.First = item
        parent.Last = item
        # A negative count means closed; only the chapters count for the outline itself.
        parent.Count = int(parent.get("/Count", 0)) + (1 if parent.objgen == root.objgen else -1)
        open_items.append((entry.level, item))
    book.Root.Outlines = root
    book.Root.PageMode = Name.UseOutlines


def add_page_labels(book: pikepdf.Pdf, numbers: Sequence[PageNumber]) -> None:
    """What a viewer shows as page number is what is printed."""
    styles = {"arabic": Name.D, "roman": Name("/r")}
    labels: list[object] = []
    previous: PageNumber | None = None
    for index, number in enumerate(numbers):
        if previous is None or number.style != previous.style or number.value != previous.value + 1:
            named = number.style in styles
            label = Dictionary(S=styles[number.style], St=number.value) if named else Dictionary(P=String("Sampul"))
            labels += [index, label]
        previous = number
    book.Root.PageLabels = Dictionary(Nums=Array(labels))
