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

from smartcity.press import cache
from smartcity.press.assets import Assets
from smartcity.press.cache import Fragment
from smartcity.press.workers import Job, RenderOutcome, RenderServer

# The modules through which a part passes on its way from HTML to the cache: a change in one makes all parts anew.
_PIPELINE = (
    *("pdf.py", "finish.py", "cache.py", "parts.py", "slim.py"),
    *(f"typefaces/{name}.py" for name in ("faces", "glyph_text", "letters")),
    *(f"checking/{name}.py" for name in ("reading", "extract", "tag_check", "squeeze")),
)
_HERE = Path(__file__).parent
# How often a part that cannot be found again is rendered again.
_MOST_RENDERINGS = 5
_PACKAGES = ("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2", "fonttools", "pillow", "pikepdf")


class Fingerprints:
    """Makes the cache's keys: whatever can change a part's PDF is in them, where things are stored is not."""

    def __init__(self, assets: Assets) -> None:
        versions = {name: version(name) for name in _PACKAGES} | _library_versions()
        paths = [_HERE / name for name in _PIPELINE] + sorted(_HERE.glob("shortcuts/*.py"))
        sources = [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]
        facts = json.dumps([sources, versions, assets.digest()], sort_keys=True)
        self._assets = assets
        self._images = str(assets.images.resolve()) if assets.images else None
        self._salt = hashlib.sha256(facts.encode()).hexdigest()

    def job(self, key: str, html: str) -> Job:
        """The job that renders this HTML as the part `key`."""
        text = "\0".join((self._salt, self._assets.digest_of_images(html), key, html))
        return Job(key, html, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), self._images)


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

    def add(self, outcome: RenderOutcome) -> None:
        """Count one pass."""
        self.rendered += outcome.rendered
        self.peak_memory_mb = max(self.peak_memory_mb, outcome.peak_memory_mb)
        self.cpu_seconds += outcome.cpu_seconds


class Fragments:
    """The fragments of one book: `fetch` is asked as often as its parts change."""

    def __init__(
        self,
        server: RenderServer,
        fingerprints: Fingerprints,
        cache_dir: Path,
        meanwhile: Callable[[Iterable[Fragment]], None] = lambda found: None,
    ) -> None:
        """`meanwhile` gets the fragments that were found, while the others are rendered."""
        self._server, self._fingerprints, self._cache_dir = server, fingerprints, cache_dir
        self._meanwhile = meanwhile
        self.total = Rendering()

    def fetch(
        self, pages: Iterable[tuple[str, str]], on_done: Callable[[int], None]
    ) -> tuple[dict[str, Fragment], dict[str, str]]:
        """(key, html) pairs to fragments by key, and reasons by key for those that could not be rendered.

        `on_done` gets the number of those that were found, then 1 for each that is rendered.
        """
        jobs = [self._fingerprints.job(key, html) for key, html in pages]
        held = [job for job in jobs if cache.holds(self._cache_dir, job.digest)]
        there = {job.key for job in held}
        fragments: dict[str, Fragment] = {}

        def look() -> None:
            fragments.update(self._load(held))
            on_done(len(fragments))
            self._meanwhile(fragments.values())

        failures = self._render([job for job in jobs if job.key not in there], on_done, look)
        fragments |= self._load(job for job in jobs if job.key not in there)
        for _ in range(_MOST_RENDERINGS):
            # What was there and is damaged, or was taken away just now by whoever empties the cache.
            away = [job for job in jobs if job.key not in fragments and job.digest not in failures]
            failures |= self._render(away, on_done)
            fragments |= self._load(away)
        lost = {job.key: failures.get(job.digest, "crash") for job in jobs if job.key not in fragments}
        return fragments, lost

    def _load(self, jobs: Iterable[Job]) -> dict[str, Fragment]:
        found = ((job.key, cache.load(self._cache_dir, job.digest)) for job in jobs)
        return {key: fragment for key, fragment in found if fragment is not None}

    def _render(
        self, jobs: list[Job], on_done: Callable[[int], None], meanwhile: Callable[[], None] = lambda: None
    ) -> dict[str, str]:
        """Why some of these could not be rendered, by digest."""
        if not jobs:
            meanwhile()
            return {}
        outcome = self._server.render(jobs, lambda: on_done(1), meanwhile)
        self.total.add(outcome)
        return outcome.failures
