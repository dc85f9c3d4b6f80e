"""From a frozen snapshot to a checked file on disk: the one entry point of the book engine.

Parts come from `blueprint` and `render`, handed in as functions; jobs, people and storage are `actions` and `jobs`.
"""

import gc
import hashlib
import os
import resource
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from masterplan.books.chapter_list import chapter_of
from masterplan.books.naming import book_title, edition_line
from masterplan.books.paper_formats import PAPER_FORMATS, PaperFormat
from masterplan.reference import USUAL_PAPER_FORMAT
from smartcity.press.assembling.assemble import Plan, assemble
from smartcity.press.assembling.metadata import Imprint
from smartcity.press.assembling.running_heads import Edition, incomplete
from smartcity.press.assets import Assets
from smartcity.press.cache import Fragment
from smartcity.press.checking.check import Defect, Expectation, check_book
from smartcity.press.checking.reading import KnownPages, ReadPart
from smartcity.press.errors import BookError
from smartcity.press.fragments import Fingerprints, Fragments
from smartcity.press.layout import BookLayout, Problem, Progress, RenderPart
from smartcity.press.parts import Part
from smartcity.press.sources import Sources
from smartcity.press.typefaces.faces import Face, kept_faces
from smartcity.press.warm_renderer import WarmRenderer
from smartcity.press.workers import Limits, RenderServer

STATIC = Path(__file__).resolve().parents[2] / "static"
_FAMILY = "Plus Jakarta Sans"
# A book with one of these faults is not the plan that was frozen; with any other it is, and the fault is reported.
_FATAL = {"pages", "links", "text", "letters"}


@dataclass(frozen=True)
class BuildReport:
    """What was made, and what it took. `parts_rendered` counts what was not in the cache; of the children that rendered
    it there are the CPU seconds of each and the memory of the largest. Only a PDF has `pages`.
    """

    pages: int | None
    parts: int
    parts_rendered: int
    seconds: float
    peak_memory_mb: int
    problems: tuple[Problem, ...]
    sha256: str
    child_seconds: tuple[float, ...] = ()
    child_memory_mb: int = 0


class BookRejected(BookError):
    """The finished book does not hold what it should, and was not published. `problems` say what is missing."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(problem.sentence for problem in problems[:5]))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class _Order:
    """What was asked for, and what it says on every page. `chapter` is the title of the one it holds, "" of all."""

    content: Mapping[str, Any]
    book: str
    draft: bool
    fingerprint: str
    code: str
    paper_format: PaperFormat
    chapter: str

    @property
    def book_title(self) -> str:
        """What stands at the head of every page."""
        return book_title(self.content, self.book)

    @property
    def title(self) -> str:
        """What the file calls itself."""
        return " · ".join(filter(None, (self.chapter, self.book_title)))

    def edition(self) -> Edition:
        """The words of heads and feet."""
        return Edition(
            book=self.book_title,
            line=edition_line(self.content, self.code),
            draft=self.draft,
            dimensions=tuple(dimension["code"] for dimension in self.content["dimensions"]),
            centred=self.paper_format.centred,
        )

    def imprint(self) -> Imprint:
        """What the file says about itself."""
        edition, author = self.content["edition"], self.content["regency"]["government"]
        return Imprint(
            title=self.title,
            author=author,
            date=edition["date"],
            fingerprint=self.fingerprint,
            code=self.code,
            archive=self.paper_format.archive,
        )


def build(
    content: Mapping[str, Any],
    *,
    book: str,
    parts_of: Callable[[Mapping[str, Any], str], Iterable[Part]],
    render: RenderPart,
    texts_of: Callable[[Mapping[str, Any]], Iterable[tuple[str, str]]],
    where_shown: Callable[[Mapping[str, Any]], Iterable[tuple[str, str]]] = lambda content: (),
    draft: bool,
    fingerprint: str,
    code: str,
    paper_format: PaperFormat = PAPER_FORMATS[USUAL_PAPER_FORMAT],
    chapter: str = "",
    cache_dir: Path,
    out: Path,
    progress: Progress,
    workers: int = 2,
    static: Path = STATIC,
    images: Path | None = None,
    limits: Limits | None = None,
    renderer: WarmRenderer | None = None,
) -> BuildReport:
    """Make the book, or the chapter of it that begins at the anchor `chapter`, and publish it as `out`, whole or not at
    all. The same content gives the same bytes.

    The book must hold the texts `texts_of` the content, and those of `where_shown` that its parts show.
    `code` is printed on every page; "" for what is not issued, such as a preview. `progress` gets ("parts" |
    "assemble" | "check", done, total); what it raises ends the build. A book without a cover is an excerpt, such as a
    chapter or the preview of one sheet: it holds only some of the texts, and what would lead to the others is no link.
    With `renderer` the render process stays warm for the next build; otherwise it dies with the thread that called
    this, which must live as long as the build.

    Raises BookError, and OSError for what may go well another time.
    """
    started = time.perf_counter()
    assets = Assets(static, images=images)
    faces = kept_faces(Assets(static), cache_dir, assets.digest())
    parts, title = tuple(parts_of(content, book)), ""
    if chapter:
        found = chapter_of(parts, chapter)
        parts, title = found.parts, found.title
    order = _Order(content, book, draft, fingerprint, code, paper_format, title)
    out.parent.mkdir(parents=True, exist_ok=True)
    beside = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    try:
        with _press(renderer, assets, cache_dir, workers, limits) as server, _without_collecting():
            sources = Sources()
            texts = cache(lambda: (list(texts_of(content)), list(where_shown(content))))

            def meanwhile(found: Iterable[Fragment]) -> None:
                texts()
                sources.open_ahead(found)

            fragments = Fragments(server, Fingerprints(assets), cache_dir, meanwhile)
            layout = BookLayout(parts, content, render, fragments, progress)
            pages, findings = _make(order, layout, faces, texts, sources, beside, progress)
            if refusals := layout.refusals():
                raise BookRejected([*refusals, *(each for each in layout.problems() if each not in refusals)])
        findings = [each for each in findings if each.kind != "letters" or not layout.lack_letters()]
        problems = [*layout.problems(), *_heads(order, parts, faces)]
        problems += [Problem(each.where, each.sentence) for each in findings]
        if any(each.kind in _FATAL for each in findings):
            raise BookRejected(problems)
        sha256 = _publish(beside, out)
    finally:
        beside.unlink(missing_ok=True)
    progress("check", 1, 1)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return BuildReport(
        pages=pages,
        parts=len(parts),
        parts_rendered=fragments.total.rendered,
        seconds=round(time.perf_counter() - started, 2),
        peak_memory_mb=max(own, fragments.total.peak_memory_mb),
        problems=tuple(problems),
        sha256=sha256,
        child_seconds=tuple(fragments.total.cpu_seconds),
        child_memory_mb=fragments.total.peak_memory_mb,
    )


def prepare(
    content: Mapping[str, Any],
    *,
    book: str,
    parts_of: Callable[[Mapping[str, Any], str], Iterable[Part]],
    render: RenderPart,
    cache_dir: Path,
    workers: int = 1,
    static: Path = STATIC,
    images: Path | None = None,
    renderer: WarmRenderer | None = None,
) -> int:
    """Render what the book will need and the cache does not hold, and make no book. Returns how many parts that were.

    A part that cannot be rendered is left for the book, which replaces and names it. Raises BookError and OSError.
    """
    assets = Assets(static, images=images)
    with _press(renderer, assets, cache_dir, workers, None) as server:
        fragments = Fragments(server, Fingerprints(assets), cache_dir)
        BookLayout(tuple(parts_of(content, book)), content, render, fragments, lambda *_: None).lay_out()
    return fragments.total.rendered


def _heads(order: _Order, parts: Sequence[Part], faces: Sequence[Face]) -> Iterator[Problem]:
    """What running heads and feet cannot show. The words stand in full on the page where they are a title."""
    for each in incomplete(parts, faces, _FAMILY, order.edition()):
        letters = ", ".join(f"“{letter}” (U+{ord(letter):04X})" for letter in each.letters[:10])
        sentence = f"Kepala atau kaki halaman tidak dapat memuat “{each.words}” dengan utuh karena huruf {letters}."
        yield Problem(each.key or "kepala-halaman", f"{sentence} Tulis judul itu dengan huruf Latin.")


@contextmanager
def _press(
    renderer: WarmRenderer | None, assets: Assets, cache_dir: Path, workers: int, limits: Limits | None
) -> Iterator[RenderServer]:
    """A render process for one build, or the one that stands; what fails may be its fault, so that one is given up."""
    if renderer is None:
        with RenderServer(assets, cache_dir, workers=workers, limits=limits) as server:
            yield server
        return
    try:
        yield renderer.server(assets, cache_dir, workers)
    except BaseException:
        renderer.end()
        raise


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Leave cyclic garbage alone for a while: to look for it among all that a book is made of is a waste of time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _make(
    order: _Order,
    layout: BookLayout,
    faces: Sequence[Face],
    texts: Callable[[], tuple[list[tuple[str, str]], list[tuple[str, str]]]],
    sources: Sources,
    beside: Path,
    progress: Progress,
) -> tuple[int, list[Defect]]:
    """Number of pages, and what the check found. Made again when a part lost some of its text and is replaced, unless
    without that part it is no book any more.
    """
    findings: list[Defect] = []
    while True:
        pages = layout.lay_out()
        if layout.refusals():
            return len(pages.numbers), findings
        progress("assemble", 0, 1)
        plan = Plan(layout.parts, layout.fragments, pages, order.edition(), order.imprint(), faces, _FAMILY, sources)
        assemble(plan, beside)
        progress("check", 0, 1)
        known = KnownPages([ReadPart(first, fragment.meta) for _, fragment, first in plan.part_pages()], faces)
        expected = Expectation(
            len(pages.numbers),
            order.title,
            layout.expected(*texts()),
            whole=not plan.is_excerpt,
            archive=order.paper_format.archive,
            known=known,
        )
        findings = check_book(beside, expected)
        if not layout.give_up_on(finding.text for finding in findings if finding.kind == "text"):
            return len(pages.numbers), findings


def _publish(beside: Path, out: Path) -> str:
    """On the disk before it has its name, so a crash leaves the old file or the new one."""
    with beside.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    os.replace(beside, out)
    folder = os.open(out.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return sha256
