"""Fragments to one book: pages, typefaces, heads and feet, links, outline, tags and metadata, in one file.

Which fragments and in which order is decided in `produce`; whether the result is right is looked at by `check`.
"""

import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary

from smartcity.press.assembling.line_ends import part_line_ends
from smartcity.press.assembling.metadata import Imprint, add_metadata, add_output_intent
from smartcity.press.assembling.navigation import Bookmark, PagePoint, add_destinations, add_outline, add_page_labels
from smartcity.press.assembling.paging import PageMap
from smartcity.press.assembling.running_heads import MARK_STATE, MARK_STATE_ON_ANY, Edition, RunningHeads
from smartcity.press.assembling.tags import TagTree
from smartcity.press.assembling.unlink import unlink
from smartcity.press.cache import Fragment
from smartcity.press.errors import BookError
from smartcity.press.parts import Part
from smartcity.press.sources import Sources
from smartcity.press.typefaces.faces import Face, embed

_DRAFT_OPACITY, _DRAFT_OPACITY_ON_ANY = 0.07, 0.25


class AssemblyError(BookError):
    """The parts do not make a book; the message names the part and what is wrong with it."""


def is_excerpt(parts: Iterable[Part]) -> bool:
    """A book has a cover; without one it is some parts of a book, and what they refer to may be missing."""
    return all(part.page != "cover" for part in parts)


@dataclass(frozen=True)
class Plan:
    """Everything a book is made of."""

    parts: Sequence[Part]
    fragments: Mapping[str, Fragment]
    pages: PageMap
    edition: Edition
    imprint: Imprint
    faces: Sequence[Face]
    family: str
    sources: Sources

    @property
    def is_excerpt(self) -> bool:
        """Whether a part may refer to what is not there."""
        return is_excerpt(self.parts)

    def part_pages(self) -> Iterator[tuple[Part, Fragment, int]]:
        """Part, fragment and first page (0-based) in book order."""
        for part in self.parts:
            yield part, self.fragments[part.key], self.pages.starts[part.key]


def assemble(plan: Plan, out: Path) -> None:
    """Write the book to `out`. The same plan gives the same bytes. Raises AssemblyError naming an unresolved anchor."""
    targets = _targets(plan)
    lost = _lost_links(plan, targets)
    heads = RunningHeads(plan.faces, plan.family, plan.edition, plan.pages.total)
    drawn = _draw_heads(plan, heads)
    book = pikepdf.new()
    fonts = _embed_faces(plan, heads, book)
    tags, save_state = TagTree(book), book.make_stream(b"q\n")
    for part, fragment, first in plan.part_pages():
        source = plan.sources.take(fragment)
        if part.key in lost:
            unlink(source, lost[part.key])
        pages = _append_pages(book, source)
        if len(pages) != fragment.page_count:
            raise AssemblyError(f"Bagian {part.key} berisi {len(pages)} halaman, bukan {fragment.page_count}.")
        own = {f"/{font['name']}": fonts.of_face[font["face"]] for font in fragment.meta["fonts"]}
        _put_in_fonts(pages[0], own | fonts.of_heads)
        _lay_paper(pages, plan.edition.left_edge(part))
        _add_heads(book, pages, save_state, drawn[first : first + len(pages)])
        tags.add(source, pages)
    tags.finish()
    add_destinations(book, targets)
    add_outline(book, _outline(plan, targets))
    add_page_labels(book, plan.pages.numbers)
    add_metadata(book, plan.imprint)
    if plan.imprint.archive:
        add_output_intent(book)
    book.save(
        out,
        min_version="1.7",
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        deterministic_id=True,
    )
    if plan.imprint.archive:
        part_line_ends(out)


def _targets(plan: Plan) -> dict[str, PagePoint]:
    return {
        name: PagePoint(first + page, x, y)
        for _, fragment, first in plan.part_pages()
        for name, (page, x, y) in fragment.meta["anchors"].items()
    }


def _lost_links(plan: Plan, targets: Mapping[str, PagePoint]) -> dict[str, set[str]]:
    """By key of its part what links of an excerpt lead to and is not there. Of a book, and of what a part itself
    announces, nothing may be missing: raises AssemblyError.
    """
    found: dict[str, set[str]] = {}
    for part, fragment, _ in plan.part_pages():
        own = {heading.anchor for heading in part.headings} | {caption.anchor for caption in part.captions}
        lost = {name for name in (*fragment.meta["links"], *own) if name not in targets}
        if lost and not (plan.is_excerpt and lost.isdisjoint(own)):
            names = ", ".join(sorted(lost)[:10])
            raise AssemblyError(f"Bagian {part.key} menunjuk {names}, yang tidak ada di buku ini.")
        if lost:
            found[part.key] = lost
    return found


def _draw_heads(plan: Plan, heads: RunningHeads) -> list[bytes]:
    return [
        heads.draw(part, plan.pages.numbers[first + number], width, height, opens=number == 0)
        for part, fragment, first in plan.part_pages()
        for number, (width, height) in enumerate(fragment.meta["pages"])
    ]


@dataclass(frozen=True)
class _Fonts:
    of_face: dict[str, pikepdf.Object]
    of_heads: dict[str, pikepdf.Object]


def _embed_faces(plan: Plan, heads: RunningHeads, book: pikepdf.Pdf) -> _Fonts:
    """Each face once for the whole book, with the glyphs that any part, head or foot uses."""
    glyphs: dict[str, set[int]] = defaultdict(set)
    for fragment in plan.fragments.values():
        for font in fragment.meta["fonts"]:
            glyphs[font["face"]].update(font["glyphs"])
    for weight, used in heads.glyphs.items():
        glyphs[heads.faces[weight].digest].update(used)
    known = {face.digest: face for face in plan.faces}
    embedded: dict[str, pikepdf.Object] = {}
    for digest in sorted(glyphs):
        if digest not in known:
            raise AssemblyError("Ada bagian yang memakai huruf di luar huruf milik portal.")
        embedded[digest] = embed(book, known[digest], glyphs[digest])
    own = {f"/P{weight}": embedded[heads.faces[weight].digest] for weight in heads.glyphs}
    return _Fonts(embedded, own)


def _append_pages(book: pikepdf.Pdf, source: pikepdf.Pdf) -> list[pikepdf.Page]:
    first = len(book.pages)
    with warnings.catch_warnings():
        # pikepdf warns that named destinations are not copied; ours are made afresh for the whole book.
        warnings.simplefilter("ignore")
        book.pages.extend(source.pages)
    return [book.pages[number] for number in range(first, len(book.pages))]


def _put_in_fonts(page: pikepdf.Page, fonts: Mapping[str, pikepdf.Object]) -> None:
    """All pages, drawings and patterns of a part share one dictionary of fonts."""
    resources = page.obj.Resources
    if "/Font" not in resources:
        resources.Font = Dictionary()
    for name, font in fonts.items():
        resources.Font[name] = font
    if "/ExtGState" not in resources:
        resources.ExtGState = Dictionary()
    resources.ExtGState[MARK_STATE] = Dictionary(ca=_DRAFT_OPACITY)
    resources.ExtGState[MARK_STATE_ON_ANY] = Dictionary(ca=_DRAFT_OPACITY_ON_ANY)


def _lay_paper(pages: Sequence[pikepdf.Page], left: float) -> None:
    """Move the paper under the pages' content, whose links and destinations so stay right."""
    if left:
        for page in pages:
            x, y, right, top = (float(edge) for edge in page.obj.MediaBox)
            page.obj.MediaBox = Array([round(x + left, 2), y, round(right + left, 2), top])


def _add_heads(
    book: pikepdf.Pdf, pages: Sequence[pikepdf.Page], save_state: pikepdf.Object, drawn: Sequence[bytes]
) -> None:
    """After the content, whose coordinates are turned upside down and therefore restored first."""
    for page, content in zip(pages, drawn, strict=True):
        if content:
            page.obj.Contents = Array([save_state, page.obj.Contents, book.make_stream(b"Q\n" + content)])


def _outline(plan: Plan, targets: Mapping[str, PagePoint]) -> Iterator[Bookmark]:
    """From the headings of the contents; a part that announces none is found by its own."""
    for part, fragment, first in plan.part_pages():
        if part.headings:
            for heading in part.headings:
                title = f"{heading.number} {heading.title}".strip()
                yield Bookmark(heading.level, title, targets[heading.anchor])
        elif part.page == "front":
            for level, title, page, x, y in fragment.meta["bookmarks"]:
                if level == 1:
                    yield Bookmark(1, title, PagePoint(first + page, x, y))
