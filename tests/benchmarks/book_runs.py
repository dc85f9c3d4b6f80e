"""Books made in processes of their own, to be timed whole: `python -m tests.benchmarks.book_runs SNAPSHOT CACHE OUT`.

With `--stay CACHE` the process stays, as a worker does: a line `make SNAPSHOT OUT` on its standard input makes a book,
`ready SNAPSHOT -` renders what one would need. Each answers with a line of figures.
"""

import json
import resource
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from masterplan.books.blueprint import book_parts, texts_of
from masterplan.books.html_cache import CachedHtml
from masterplan.books.produce import STATIC, build, prepare
from smartcity.press.assets import Assets
from smartcity.press.warm_renderer import WarmRenderer

WORKERS = 2
BOOK = "buku-2"
FINGERPRINT, CODE = "5a" * 32, "5A5A-5A5A"


def write_snapshot(path: Path, content: Mapping[str, Any], images: Path) -> Path:
    """What a run reads: the snapshot and the folder of its pictures."""
    path.write_text(json.dumps({"content": content, "images": str(images)}), encoding="utf-8")
    return path


def read_snapshot(path: Path) -> tuple[dict[str, Any], Path]:
    """The snapshot and the folder of its pictures."""
    read = json.loads(path.read_text(encoding="utf-8"))
    return read["content"], Path(read["images"])


def tell(figures: Mapping[str, Any]) -> None:
    """One line for whoever started the process: what was made, and what the process and its children used so far."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    usage = {
        "own_memory_mb": _most_memory_mb(),
        "own_cpu_seconds": own.ru_utime + own.ru_stime,
        "children_cpu_seconds": children.ru_utime + children.ru_stime,
    }
    print(json.dumps({**figures, **usage}), flush=True)  # noqa: T201


def _most_memory_mb() -> float:
    """The most this process ever held. `ru_maxrss` also counts whoever started it."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def make(snapshot: Path, cache: Path, out: Path, press: WarmRenderer) -> dict[str, Any]:
    """One book, as a worker makes it once it has taken the job; with the seconds that putting together took."""
    started, cpu = time.perf_counter(), time.process_time()
    begun: dict[str, float] = {}

    def note(stage: str, done: int, total: int) -> None:
        begun.setdefault(stage, time.perf_counter() - started)

    arguments = _arguments(snapshot, cache, press)
    report = build(
        **arguments,
        texts_of=partial(texts_of, book=BOOK),
        draft=True,
        fingerprint=FINGERPRINT,
        code=CODE,
        out=out,
        progress=note,
    )
    seconds = time.perf_counter() - started
    figures = {
        "seconds": seconds,
        "job_cpu_seconds": time.process_time() - cpu,
        "assembly_seconds": seconds - begun["assemble"],
        "bytes": out.stat().st_size,
    }
    return asdict(report) | figures


def make_ready(snapshot: Path, cache: Path, press: WarmRenderer) -> dict[str, Any]:
    """Render what changed since the last book, as the worker of the queue `parts` does after a save."""
    return {"rendered": prepare(**_arguments(snapshot, cache, press))}


def _arguments(snapshot: Path, cache: Path, press: WarmRenderer) -> dict[str, Any]:
    content, images = read_snapshot(snapshot)
    return {
        "content": content,
        "book": BOOK,
        "parts_of": partial(book_parts, code=CODE, fingerprint=FINGERPRINT),
        "render": CachedHtml(cache),
        "cache_dir": cache,
        "workers": WORKERS,
        "images": images,
        "renderer": press,
    }


def _serve(cache: Path, press: WarmRenderer) -> None:
    for line in sys.stdin:
        act, snapshot, out = line.split()
        if act == "make":
            tell(make(Path(snapshot), cache, Path(out), press))
        else:
            tell(make_ready(Path(snapshot), cache, press))


def main() -> None:
    """A process begins as a worker does, by loading what rendering needs."""
    first, *others = sys.argv[1:]
    cache = Path(others[0])
    press = WarmRenderer()
    press.server(Assets(STATIC), cache, WORKERS)
    try:
        if first == "--stay":
            _serve(cache, press)
        else:
            tell(make(Path(first), cache, Path(others[1]), press))
    finally:
        press.end()


if __name__ == "__main__":
    main()
