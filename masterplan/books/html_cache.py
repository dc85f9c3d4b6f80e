"""The HTML of parts, kept by what it is made from: of a book whose parts are rendered, writing it is most of the work.

Nothing here knows what a part holds. An entry is found again only with the same values and the same code.
"""

import hashlib
import json
import pickle
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import django

from masterplan.books.render import TEMPLATES, frame_of, render_part
from smartcity.press.assembling.paging import AskedLabels
from smartcity.press.cache import read_sealed, write_sealed
from smartcity.press.parts import Part

_PROJECT = TEMPLATES.parent
# Everything through which values pass on their way into HTML.
_SOURCES = (
    "templates/print/**/*.html",
    "masterplan/books/**/*.py",
    "masterplan/editions/**/*.py",
    "smartcity/press/**/*.py",
    "smartcity/common/**/*.py",
    "masterplan/registry/**/*.py",
    "masterplan/reference.py",
)

# A book has its numbers twice: as they would be if every late part filled a page, and as they are.
_MOST_NUMBERINGS = 4


class CachedHtml:
    """`render.render_part` with a memory in the folder `cache_dir`."""

    def __init__(self, cache_dir: Path) -> None:
        self._folder = cache_dir / "html"
        self._frame: tuple[Mapping[str, Any] | None, bytes] = (None, b"")
        # A part that is numbered is asked for several times; it is held so that its id() stays its own.
        self._late: dict[int, tuple[Part, str]] = {}

    def __call__(
        self,
        part: Part,
        *,
        content: Mapping[str, Any],
        pages: Mapping[str, str] | None = None,
        total_pages: int | None = None,
    ) -> str:
        """The HTML of a part. With page numbers it is the one written last time if those it asks for are the same."""
        if pages is not None:
            if id(part) not in self._late:
                self._late[id(part)] = part, self._made_from(part, content)
            return self._with_pages(part, content, pages, total_pages, self._late[id(part)][1])
        made_from = self._made_from(part, content)
        path = self._folder / made_from[:2] / f"{made_from}.html"
        kept = read_sealed(path)
        if kept is None:
            kept = render_part(part, content=content).encode("utf-8", "surrogatepass")
            write_sealed(path, kept)
        return kept.decode("utf-8", "surrogatepass")

    def _made_from(self, part: Part, content: Mapping[str, Any]) -> str:
        # Pickled values may differ for equal ones, never be equal for different ones: at worst it is written again.
        return hashlib.sha256(_code() + self._frame_of(content) + pickle.dumps(part)).hexdigest()

    def _with_pages(
        self, part: Part, content: Mapping[str, Any], pages: Mapping[str, str], total_pages: int | None, made_from: str
    ) -> str:
        path = self._folder / made_from[:2] / f"{made_from}.numbered"
        known = json.loads(read_sealed(path) or "[]")
        labels = AskedLabels(pages)
        for total, asked, html in known:
            if total == total_pages and labels.are(asked):
                return str(html)
        html = render_part(part, content=content, pages=labels, total_pages=total_pages)
        written = [(total_pages, labels.asked, html), *known][:_MOST_NUMBERINGS]
        write_sealed(path, json.dumps(written).encode())
        return html

    def _frame_of(self, content: Mapping[str, Any]) -> bytes:
        if self._frame[0] is not content:
            self._frame = content, hashlib.sha256(pickle.dumps(frame_of(content))).digest()
        return self._frame[1]


@cache
def _code() -> bytes:
    """Checksum of the code above, once a process: a process does not change its code either."""
    total = hashlib.sha256(django.__version__.encode())
    for pattern in _SOURCES:
        for path in sorted(_PROJECT.glob(pattern)):
            total.update(f"{path.relative_to(_PROJECT)}\0".encode() + path.read_bytes())
    return total.digest()
