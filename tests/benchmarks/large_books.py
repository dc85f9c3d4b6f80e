"""One book of a given plan in a process of its own: `python -m tests.benchmarks.large_books PLAN BOOK VARIANT CACHE OUT`.

PLAN is what `write_plan` wrote. Prints a line of figures, those of `book_runs.tell` among them.
"""

import json
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from masterplan.books.blueprint import book_parts, texts_of
from masterplan.books.chapters.papers.adapted_parts import adapted
from masterplan.books.html_cache import CachedHtml
from masterplan.books.paper_formats import PAPER_FORMATS
from masterplan.books.produce import build
from smartcity.press.parts import Part
from tests.benchmarks.book_runs import tell

WORKERS = 2
FINGERPRINT, CODE = "5a" * 32, "5A5A-5A5A"
ADDRESS = "https://portal.contoh.test/verifikasi/5A5A-5A5A"


def write_plan(path: Path, content: Mapping[str, Any], previous: Mapping[str, Any], images: Path) -> Path:
    """What a run reads: the snapshot, the one it is compared with, and the folder of its pictures."""
    plan = {"content": content, "previous": previous, "images": str(images)}
    path.write_text(json.dumps(plan), encoding="utf-8")
    return path


def parts(plan: Mapping[str, Any], book: str, variant: str) -> tuple[Part, ...]:
    """The parts of a book of a plan as `write_plan` wrote it."""
    content = plan["content"]
    whole = book_parts(content, book, code=CODE, fingerprint=FINGERPRINT, check_url=ADDRESS, previous=plan["previous"])
    return tuple(adapted(whole, content, PAPER_FORMATS[variant]))


def make(path: Path, book: str, variant: str, cache: Path, out: Path) -> dict[str, Any]:
    """The book, and how long putting it together took."""
    plan = json.loads(path.read_text(encoding="utf-8"))
    started = time.perf_counter()
    begun: dict[str, float] = {}

    def note(stage: str, done: int, total: int) -> None:
        begun.setdefault(stage, time.perf_counter() - started)

    report = build(
        plan["content"],
        book=book,
        paper_format=PAPER_FORMATS[variant],
        parts_of=lambda content, name: parts(plan, name, variant),
        render=CachedHtml(cache),
        texts_of=partial(texts_of, book=book),
        draft=True,
        fingerprint=FINGERPRINT,
        code=CODE,
        cache_dir=cache,
        out=out,
        progress=note,
        workers=WORKERS,
        images=Path(plan["images"]),
    )
    seconds = time.perf_counter() - started
    return asdict(report) | {"assembly_seconds": seconds - begun["assemble"], "bytes": out.stat().st_size}


def main() -> None:
    """One book, then its figures."""
    path, book, variant, cache, out = sys.argv[1:]
    tell(make(Path(path), book, variant, Path(cache), Path(out)))


if __name__ == "__main__":
    main()
