"""ZIP files whose bytes depend on what is in them and on nothing else: fixed times, fixed order, no owner.

Word and Excel files are ZIP files too, and the libraries that make them write the clock into them.
"""

import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

# The earliest time that the format can say.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FIRST = "[Content_Types].xml"
_CHANGED = re.compile(rb"(<dcterms:(?:modified|created)[^>]*>)[^<]*(</dcterms:)")
_CHUNK = 1 << 20


def rewrite(source: IO[bytes], out: Path | IO[bytes], date: str) -> None:
    """The office file `source` as `out`, its dates those of the edition (YYYY-MM-DD)."""
    stamp = rf"\g<1>{date}T00:00:00Z\g<2>".encode()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != _FIRST, name)):
            data = old.read(name)
            if name == "docProps/core.xml":
                data = _CHANGED.sub(stamp, data)
            new.writestr(_entry(name), data)


def pack(files: Iterable[tuple[str, IO[bytes]]], out: Path) -> None:
    """Files by their names into a ZIP, in the order given, read piece by piece and stored as they are."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, file in files:
            with archive.open(_entry(name, zipfile.ZIP_STORED), "w", force_zip64=True) as entry:
                while chunk := file.read(_CHUNK):
                    entry.write(chunk)


def _entry(name: str, how: int = zipfile.ZIP_DEFLATED) -> Any:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = how
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry
