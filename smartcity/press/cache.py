"""The store of rendered parts: one file each, named by what it was made from. Knows nothing of how a part is made."""

import hashlib
import json
import os
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# The folders of what is kept and may be made again at any time: parts, their HTML, and what was worked out about faces.
KEPT = ("parts", "html", "faces")
_MAGIC = b"part-1\n"
_TOUCH_AFTER_SECONDS = 86_400
_MOST_TRIES = 20


@dataclass(frozen=True)
class Fragment:
    """A rendered part: its PDF and what assembly must know of it.

    `meta`: pages [[width, height] in pt], anchors {name: [page, x, y] in pt from the lower left}, links [names],
    bookmarks [[level, title, page, x, y]], fonts [{name, face, glyphs}] that the book must give it, missing [code
    points without a glyph], refused [addresses not fetched], overflow (texts beyond the paper's edge), reading (see
    `reading`).
    """

    pdf: bytes
    meta: dict[str, Any]

    @property
    def page_count(self) -> int:
        """Number of pages."""
        return len(self.meta["pages"])


def press_folder(cache_dir: Path) -> Path:
    """Where the unpacked typefaces and the files of render processes stand: beside the cache, never in it.

    A render process reads them for as long as it lives, so that whoever empties the cache takes no letter from it.
    """
    return cache_dir.parent / "press"


def path_of(cache_dir: Path, digest: str) -> Path:
    """Where the entry with this digest lies."""
    return cache_dir / "parts" / digest[:2] / f"{digest}.part"


def store(cache_dir: Path, digest: str, fragment: Fragment) -> None:
    """Write an entry so that a reader sees all of it or nothing."""
    meta = json.dumps(fragment.meta, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    write_sealed(path_of(cache_dir, digest), len(meta).to_bytes(8, "big") + meta + fragment.pdf)


def holds(cache_dir: Path, digest: str) -> bool:
    """Whether there is an entry; only `load` tells whether it is whole."""
    return path_of(cache_dir, digest).exists()


def load(cache_dir: Path, digest: str) -> Fragment | None:
    """The entry, or None when there is none. One that is damaged or half written is removed and counts as none."""
    body = read_sealed(path_of(cache_dir, digest))
    if body is None:
        return None
    size = int.from_bytes(body[:8], "big")
    return Fragment(pdf=body[8 + size :], meta=json.loads(body[8 : 8 + size]))


def write_sealed(path: Path, body: bytes) -> None:
    """Keep `body` with its checksum."""
    write_atomically(path, _MAGIC + hashlib.sha256(body).digest() + body)


def read_sealed(path: Path) -> bytes | None:
    """What was kept, or None when there is nothing. What is damaged or half written is removed, and is nothing."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return None
    start = len(_MAGIC) + 32
    body = raw[start:]
    if raw[: len(_MAGIC)] != _MAGIC or hashlib.sha256(body).digest() != raw[len(_MAGIC) : start]:
        path.unlink(missing_ok=True)
        return None
    _mark_used(path)
    return body


def prune(cache_dir: Path, *, unused_days: int) -> int:
    """Remove what no book has used for `unused_days`, and what killed writers left behind. Returns how many files."""
    limit = time.time() - unused_days * 86_400
    old = [path for path in cache_dir.rglob("*") if path.is_file() and path.stat().st_mtime < limit]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def write_atomically(path: Path, data: bytes, *, durable: bool = False) -> None:
    """Write beside and rename; with `durable` the bytes and the name are on the disk before this returns.

    Done again where somebody removes the folder meanwhile, as whoever empties the cache does. Raises OSError.
    """
    for _ in range(_MOST_TRIES - 1):
        with suppress(FileNotFoundError):
            _write_once(path, data, durable=durable)
            return
    _write_once(path, data, durable=durable)


def _write_once(path: Path, data: bytes, *, durable: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    if durable:
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _mark_used(path: Path) -> None:
    """`prune` goes by the time of last use; a day's precision spares a write per part and book."""
    with suppress(FileNotFoundError):  # just pruned by somebody else
        if time.time() - path.stat().st_mtime > _TOUCH_AFTER_SECONDS:
            os.utime(path)
