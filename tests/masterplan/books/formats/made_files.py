"""Files in the other shapes for the tests: made from the golden snapshot or a generated plan, and read back."""

import json
from functools import cache, partial
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn
from PIL import Image

from masterplan.books.blueprint import book_parts
from masterplan.books.formats.make import FormatLimits, Source, make_word
from masterplan.books.produce import BuildReport
from masterplan.books.render import render_part
from masterplan.editions.snapshot import fingerprint
from tests.masterplan.books.plan_content import generate

GOLDEN = json.loads((Path(__file__).parents[1] / "golden_snapshot.json").read_text(encoding="utf-8"))


@cache
def generated(count: int = 9) -> dict[str, Any]:
    return generate(count)


def source(content: dict[str, Any], *, draft: bool = True) -> Source:
    found = fingerprint(content)
    return Source(content, fingerprint=found, code=f"{found[:4]}-{found[4:8]}".upper(), draft=draft)


def quiet(stage: str, done: int, total: int) -> None:
    """Nobody waits."""


def word(
    content: dict[str, Any], out: Path, *, chapter: str = "", draft: bool = True, images: Path | None = None,
    limits: FormatLimits | None = None, parts_of: Any = None, book: str = "buku-2",
) -> BuildReport:  # fmt: skip
    own = source(content, draft=draft)
    parts = parts_of or partial(book_parts, code=own.code, fingerprint=own.fingerprint)
    return make_word(
        own, book=book, chapter=chapter, parts_of=parts, render=render_part, out=out, progress=quiet,
        images=images, limits=limits,
    )  # fmt: skip


def picture(folder: Path, name: str, size: tuple[int, int] = (1200, 800)) -> None:
    """A photograph as the portal keeps it."""
    folder.mkdir(exist_ok=True)
    Image.new("RGB", size, "teal").save(folder / name, "JPEG")


def words(element: Any) -> str:
    """All text below an element, line ends as line ends."""
    found = []
    for child in element.iter(qn("w:t"), qn("w:br"), qn("w:p"), qn("w:tab")):
        found.append(child.text or "" if child.tag == qn("w:t") else "\n")
    return "".join(found)


def fields_of(paragraph: Any) -> list[str]:
    """The instructions of the fields in a paragraph of a Word file."""
    return [str(each.text) for each in paragraph.iter(qn("w:instrText"))]
