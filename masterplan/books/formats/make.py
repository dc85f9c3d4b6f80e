"""From a frozen snapshot to a finished file in one of the other formats: what is in it, and the process that makes it.

Called by `jobs` as the PDF's `produce.build` is; jobs and storage are there.
"""

import hashlib
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import IO, Any

from masterplan.books.chapter_list import chapter_of
from masterplan.books.formats.archive import pack
from masterplan.books.formats.open_data import notice, open_data
from masterplan.books.formats.tables import tables_of
from masterplan.books.formats.word.lines import PageNumbers
from masterplan.books.formats.word.package import WordProperties, ids_of
from masterplan.books.naming import book_title, edition_line
from masterplan.books.produce import STATIC, BuildReport
from smartcity.common.confinement import NO_MEMORY_CODE
from smartcity.common.formatting import format_date
from smartcity.press.errors import BookError
from smartcity.press.layout import Problem, Progress, RenderPart
from smartcity.press.parts import Part

# Templates that say in a table what those of the print draw.
_TWINS = {"print/roadmap.html": "print/word/roadmap.html"}
_PROJECT = Path(__file__).resolve().parents[3]
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV")
_OUT_OF_TIME = (signal.SIGALRM, signal.SIGXCPU)
# The second is how Python ends when it got no memory even for saying so.
_TOO_MUCH_CODES = (NO_MEMORY_CODE, 120)
# The last is what the library that paints drawings says before it ends the process.
_TOO_MUCH_SIGNS = (b"MemoryError", b"RecursionError", b"memory allocation of")
_NAMES = {"docx": "Word", "xlsx": "Excel"}
TOO_MUCH = "Berkas {name} ini terlalu besar untuk disusun sekaligus. Minta satu bab saja, atau pakai PDF."
_LOST = "Gambar “{title}” tidak ditemukan; judulnya ditulis sebagai gantinya. Unggah lagi gambarnya."


@dataclass(frozen=True)
class FormatLimits:
    """What the process may use: address space on top of its libraries, CPU and clock."""

    memory_mb: int = 700
    cpu_seconds: int = 180
    wall_seconds: int = 300


@dataclass(frozen=True)
class Source:
    """The edition that is put into another format, and what is said of it on every page."""

    content: Mapping[str, Any]
    fingerprint: str
    code: str
    draft: bool

    @property
    def title(self) -> str:
        """The plan's title."""
        return str(self.content["plan"]["title"])

    @property
    def line(self) -> str:
        """What stands at the foot."""
        return edition_line(self.content, self.code)


def make_word(
    source: Source,
    *,
    book: str,
    chapter: str,
    parts_of: Callable[[Mapping[str, Any], str], Iterable[Part]],
    render: RenderPart,
    out: Path,
    progress: Progress,
    images: Path | None = None,
    limits: FormatLimits | None = None,
) -> BuildReport:
    """A book, or the chapter of it that begins at the anchor `chapter`, as a Word file.

    Raises BookError, and OSError for what may go well another time.
    """
    started = time.perf_counter()
    parts = tuple(parts_of(source.content, book))
    title = book_title(source.content, book)
    name = title
    if chapter:
        found = chapter_of(parts, chapter)
        parts, name = found.parts, f"{found.title} · {title}"
    order = {
        "format": "docx",
        "static": str(STATIC),
        "images": str(images) if images else None,
        "parts": _parts_as_html(parts, source, render, progress),
        "imprint": asdict(
            WordProperties(
                title=name,
                book=title,
                author=source.content["regency"]["government"],
                date=source.content["edition"]["date"],
                line=source.line,
                fingerprint=source.fingerprint,
                draft=source.draft,
            )
        ),
    }
    answer = _run(order, out, progress, limits or FormatLimits())
    problems = [Problem("gambar", _LOST.format(title=title)) for title in dict.fromkeys(answer["lost"])]
    return report_of(out, started, parts=len(parts), memory_mb=answer["peak_memory_mb"], problems=problems)


def make_excel(
    source: Source, *, out: Path, progress: Progress, images: Path | None = None, limits: FormatLimits | None = None
) -> BuildReport:
    """All tables of the edition as one Excel file. Raises as `make_word` does."""
    started = time.perf_counter()
    tables = tables_of(source.content)
    day = format_date(date.fromisoformat(source.content["edition"]["date"]))
    edition = source.content["edition"]
    about = [
        ("title", f"Tabel {source.title}"),
        *([("draft", "DRAF")] if source.draft else []),
        ("text", f"Edisi {edition['number']}, {day}. Kode {source.code}. {edition['label']}".strip()),
        ("text", f"{source.content['regency']['government']}. {len(source.content['initiatives'])} inisiatif."),
        ("text", notice(source.content, draft=source.draft)),
        ("text", "Uang ditulis dalam rupiah. Sel kosong berarti tidak ada atau belum diisi. Sel tidak memakai rumus."),
        ("text", f"Sidik isi {source.fingerprint}"),
    ]
    draft = "DRAF · " if source.draft else ""
    order = {
        "format": "xlsx",
        "tables": [table.as_json() for table in tables],
        "about": about,
        "told": {
            "title": f"Tabel {source.title}",
            "author": source.content["regency"]["government"],
            "date": edition["date"],
            "foot": f"{draft}{source.line}",
        },
    }
    progress("parts", len(tables), len(tables))
    answer = _run(order, out, progress, limits or FormatLimits())
    return report_of(out, started, parts=len(tables), memory_mb=answer["peak_memory_mb"])


def make_open_data(source: Source, *, out: Path, progress: Progress, images: Path | None = None) -> BuildReport:
    """Everything as JSON."""
    started = time.perf_counter()
    out.write_bytes(open_data(source.content, fingerprint=source.fingerprint, draft=source.draft))
    progress("parts", 1, 1)
    return report_of(out, started, parts=1)


@dataclass(frozen=True)
class Packed:
    """A finished file that goes into the ZIP: its name there, its SHA-256, its size in bytes, how to open it."""

    name: str
    sha256: str
    size: int
    open: Callable[[], IO[bytes]]


def make_bundle(
    source: Source, *, files: Sequence[Packed], out: Path, progress: Progress, images: Path | None = None
) -> BuildReport:
    """Finished files in one ZIP with a manifest that lists them. Raises OSError when one of them is gone."""
    started = time.perf_counter()
    manifest = {
        "edition": source.line,
        "title": source.title,
        "draft": source.draft,
        "content_sha256": source.fingerprint,
        "files": [{"file": file.name, "sha256": file.sha256, "size": file.size} for file in files],
    }
    told = out.with_suffix(".manifest")
    told.write_text(json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")

    def opened() -> Iterable[tuple[str, IO[bytes]]]:
        with told.open("rb") as handle:
            yield "manifest.json", handle
        for done, file in enumerate(files, 1):
            with file.open() as handle:
                yield file.name, handle
            progress("parts", done, len(files))

    pack(opened(), out)
    told.unlink()
    return report_of(out, started, parts=len(files))


def report_of(
    out: Path, started: float, *, parts: int, memory_mb: int = 0, problems: Sequence[Problem] = ()
) -> BuildReport:
    """What was made, and what it took."""
    with out.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return BuildReport(
        pages=None,
        parts=parts,
        parts_rendered=parts,
        seconds=round(time.perf_counter() - started, 2),
        peak_memory_mb=max(own, memory_mb),
        problems=tuple(problems),
        sha256=sha256,
    )


def _parts_as_html(
    parts: Sequence[Part], source: Source, render: RenderPart, progress: Progress
) -> list[dict[str, str]]:
    """The parts as HTML, with marks where page numbers stand."""
    html: dict[str, str] = {}
    parts = [replace(part, template=_TWINS.get(part.template, part.template)) for part in parts]
    for done, part in enumerate(parts, 1):
        html[part.key] = render(part, content=source.content)
        progress("parts", done, len(parts))
    pages = PageNumbers(frozenset(ids_of(html.values())), source.fingerprint)
    for part in parts:
        if part.late:
            html[part.key] = render(part, content=source.content, pages=pages)
    return [{"key": part.key, "page": part.page, "chapter": part.chapter, "html": html[part.key]} for part in parts]


def _run(order: dict[str, Any], out: Path, progress: Progress, limits: FormatLimits) -> dict[str, Any]:
    """Have a limited process make the file; `progress` is asked every second whether it is still wanted."""
    environment = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    environment |= {"LANG": "C.UTF-8", "PYTHONHASHSEED": "0", "TMPDIR": str(out.parent), "HOME": str(out.parent)}
    order |= {"out": str(out), "parent": os.getpid(), "limits": asdict(limits)}
    told = out.with_suffix(".pesanan")
    told.write_text(json.dumps(order), encoding="utf-8")
    command = [sys.executable, "-m", "masterplan.books.formats.child", str(told)]
    with subprocess.Popen(
        command,
        cwd=_PROJECT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        try:
            said, errors = _wait(child, progress)
        except BaseException:
            child.kill()
            raise
        finally:
            told.unlink()
    if child.returncode == 0:
        answer: dict[str, Any] = json.loads(said)
        return answer
    too_much = child.returncode in _TOO_MUCH_CODES or any(sign in errors for sign in _TOO_MUCH_SIGNS)
    if too_much or -child.returncode in _OUT_OF_TIME:
        raise BookError(TOO_MUCH.format(name=_NAMES[order["format"]]))
    raise OSError(f"Proses penyusun terhenti ({child.returncode}). {errors.decode(errors='replace')[-600:]}".strip())


def _wait(child: "subprocess.Popen[bytes]", progress: Progress) -> tuple[bytes, bytes]:
    while True:
        progress("assemble", 0, 1)
        try:
            return child.communicate(timeout=1)
        except subprocess.TimeoutExpired:
            continue
