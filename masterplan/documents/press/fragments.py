"""Parts to rendered fragments: what is in the cache is taken from there, the rest is rendered, what fails is named.

The processes that render are `workers` (our side) and `child` (theirs); what a fragment holds is `cache`.
"""

import ctypes
import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from masterplan.documents.press import cache
from masterplan.documents.press.assets import Assets
from masterplan.documents.press.cache import Fragment
from masterplan.documents.press.workers import Job, Outcome, RenderServer

# The modules through which a part passes on its way from HTML to the cache: a change in one makes all parts anew.
_PIPELINE = (
    *("pdf.py", "finish.py", "faces.py", "glyph_text.py", "letters.py", "cache.py", "../parts.py"),
    *("reading.py", "extract.py", "tag_check.py", "squeeze.py"),
)
_HERE = Path(__file__).parent
_PACKAGES = ("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2", "fonttools", "pillow", "pikepdf")


class Fingerprints:
    """Makes the cache's keys: whatever can change a part's PDF is in them, where things are stored is not."""

    def __init__(self, assets: Assets) -> None:
        versions = {name: version(name) for name in _PACKAGES} | _library_versions()
        paths = [_HERE / name for name in _PIPELINE] + sorted(_HERE.glob("shortcuts/*.py"))
        sources = [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]
        facts = json.dumps([sources, versions, assets.digest()], sort_keys=True)
        self._assets = assets
        self._salt = hashlib.sha256(facts.encode()).hexdigest()

    def job(self, key: str, html: str) -> Job:
        """The job that renders this HTML as the part `key`."""
        text = "\0".join((self._salt, self._assets.digest_of_images(html), key, html))
        images = str(self._assets.images.resolve()) if self._assets.images else None
        return Job(key, html, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), images)


def _library_versions() -> dict[str, str]:
    """Asked of the libraries themselves, because a book with every part in the cache never loads WeasyPrint."""
    pango, harfbuzz = ctypes.CDLL("libpango-1.0.so.0"), ctypes.CDLL("libharfbuzz.so.0")
    pango.pango_version_string.restype = harfbuzz.hb_version_string.restype = ctypes.c_char_p
    fontconfig = ctypes.CDLL("libfontconfig.so.1")
    return {
        "pango": pango.pango_version_string().decode(),
        "harfbuzz": harfbuzz.hb_version_string().decode(),
        "fontconfig": str(fontconfig.FcGetVersion()),
    }


@dataclass
class Rendering:
    """Counts of what was rendered for one book, over all its passes."""

    rendered: int = 0
    peak_memory_mb: int = 0
    cpu_seconds: list[float] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Count one pass."""
        self.rendered += outcome.rendered
        self.peak_memory_mb = max(self.peak_memory_mb, outcome.peak_memory_mb)
        self.cpu_seconds += outcome.cpu_seconds


class Fragments:
    """The fragments of one book: `fetch` is asked as often as its parts change."""

    def __init__(self, server: RenderServer, fingerprints: Fingerprints, cache_dir: Path) -> None:
        self._server, self._fingerprints, self._cache_dir = server, fingerprints, cache_dir
        self.total = Rendering()

    def fetch(
        self, pages: Iterable[tuple[str, str]], on_done: Callable[[int], None]
    ) -> tuple[dict[str, Fragment], dict[str, str]]:
        """(key, html) pairs to fragments by key, and reasons by key for those that could not be rendered.

        `on_done` gets the number of those that were found, then 1 for each that is rendered.
        """
        jobs = [self._fingerprints.job(key, html) for key, html in pages]
        found = {job.key: cache.load(self._cache_dir, job.digest) for job in jobs}
        missing = [job for job in jobs if found[job.key] is None]
        on_done(len(jobs) - len(missing))
        outcome = self._server.render(missing, lambda: on_done(1)) if missing else Outcome()
        self.total.add(outcome)
        fragments: dict[str, Fragment] = {}
        failures: dict[str, str] = {}
        for job in jobs:
            fragment = found[job.key] or cache.load(self._cache_dir, job.digest)
            if fragment is not None:
                fragments[job.key] = fragment
            else:
                failures[job.key] = outcome.failures.get(job.digest, "crash")
        return fragments, failures
