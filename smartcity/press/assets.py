"""Which files a print may use, under which address, and the checksum of all of them. Fetching them is `pdf`'s part."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

# Style sheet and templates address their files below this origin. The host cannot exist (RFC 2606), so a file outside
# the folders below has no address at all, and a book does not depend on the folder in which the portal is installed.
ORIGIN = "https://aset.invalid/"
CONTENT_IMAGES = "isi"

_IMAGE_NAME = re.compile(rf"\b{CONTENT_IMAGES}/([\w.-]+)")

_TYPES = {
    ".css": "text/css",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}


@dataclass(frozen=True)
class Assets:
    """The folder of static files, the print style sheet in it, and a folder of images handed over with the content."""

    static: Path
    stylesheet: str = "css/print.css"
    images: Path | None = None

    def path_of(self, url: str) -> Path | None:
        """The file behind `url`, or None when it is no file a print may use. `/static/…` and `/…` mean the same."""
        if not url.startswith(ORIGIN):
            return None
        name = unquote(urlsplit(url).path).lstrip("/").removeprefix("static/")
        folder, _, rest = name.partition("/")
        root = self._root(folder)
        if root is None or not rest:
            return None
        path = (root / rest).resolve()
        inside = path.is_relative_to(root.resolve()) and path.suffix.lower() in _TYPES
        return path if inside and path.is_file() else None

    def _root(self, folder: str) -> Path | None:
        if folder == CONTENT_IMAGES:
            return self.images
        return self.static / folder if folder in {"css", "fonts", "img"} else None

    def digest(self) -> str:
        """Checksum of all that can change how any part looks, independent of where it is stored. Worked out once."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        total = hashlib.sha256()
        for name, path in self._files():
            total.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
        return total.hexdigest()

    def digest_of_images(self, html: str) -> str:
        """Checksum of the content's images that `html` names: they change this part and no other."""
        total = hashlib.sha256()
        # Most parts have none, and to look for the two letters is quicker than for the name.
        for name in sorted(set(_IMAGE_NAME.findall(html))) if f"{CONTENT_IMAGES}/" in html else ():
            path = self.path_of(f"{ORIGIN}{CONTENT_IMAGES}/{name}")
            total.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest() if path else ''}\n".encode())
        return total.hexdigest()

    def _files(self) -> Iterator[tuple[str, Path]]:
        folder = Path(self.stylesheet).parent
        roots = [(self.static / folder, f"{folder}/", "print*.css")]
        roots += [(self.static / name, f"{name}/", "**/*") for name in ("fonts", "img")]
        for root, prefix, pattern in roots:
            for path in sorted(root.glob(pattern)):
                if path.is_file() and path.suffix.lower() in _TYPES:
                    yield prefix + path.relative_to(root).as_posix(), path


def content_type(path: Path) -> str:
    """The media type of one of the files above."""
    return _TYPES[path.suffix.lower()]
