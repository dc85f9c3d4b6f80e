"""What is made once for a whole run of the tests, by whichever process needs it first: portals to copy, and typefaces.

"empty" has its tables and what migrations fill in. "sample" has the sample regency too, and on SQLite its printed book,
whose rendered parts the one on PostgreSQL has as well.
"""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from smartcity.press.assets import Assets
from smartcity.press.cache import press_folder
from smartcity.press.typefaces.faces import load_faces
from tests.processes import EMBEDDED, ROOT, SERVICES, Portal, run_on_server

EMPTY, SAMPLE = "empty", "sample"
_PRINT = """
from django.core.management import call_command
from masterplan.books import jobs
from masterplan.models import BookJob
call_command("load_demo")
jobs.produce_next_book()
assert BookJob.objects.get().state == "done", BookJob.objects.get().error
"""


@dataclass(frozen=True)
class Samples:
    """What is ready, below a folder that all processes of the run know."""

    shelf: Path

    @contextmanager
    def portal(self, folder: Path, backend: str = EMBEDDED, kind: str = SAMPLE) -> Iterator[Portal]:
        """A portal of its own in `folder` that begins as a copy of what is ready."""
        portal = self._copy(folder, backend, kind)
        try:
            yield portal
        finally:
            portal.close()

    def database(self) -> str:
        """The name of an empty PostgreSQL database with all its tables, to begin others from."""
        return (self._ready(SERVICES, EMPTY) / "database").read_text()

    def _copy(self, folder: Path, backend: str, kind: str) -> Portal:
        ready = self._ready(backend, kind)
        shutil.copytree(ready / "var", folder / "var")
        return Portal(folder, backend, (ready / "database").read_text())

    def faces(self) -> Path:
        """The folder of the unpacked typefaces of the books, which takes seconds to make."""

        def make(folder: Path) -> None:
            load_faces(Assets(ROOT / "static"), folder / "parts")

        return press_folder(self._made_once("typefaces", make) / "parts") / "faces"

    def _ready(self, backend: str, kind: str) -> Path:
        """The folder of the portal that is copied."""

        def make(folder: Path) -> None:
            portal = self._make(folder, backend, kind)
            portal.leave()
            (folder / "database").write_text(portal.database)

        return self._made_once(f"{kind}-{backend.partition('+')[0]}", make)

    def _made_once(self, name: str, make: Callable[[Path], None]) -> Path:
        """The folder of that name; whoever comes first makes it, and the others wait."""
        folder = self.shelf / name
        with folder.with_suffix(".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (folder / "made").exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                make(folder)
                (folder / "made").touch()
        return folder

    def _make(self, folder: Path, backend: str, kind: str) -> Portal:
        if kind == EMPTY:
            shutil.copytree(self.faces(), folder / "var" / "press" / "faces")
            portal = Portal(folder, backend)
            portal.manage("migrate", "--verbosity", "0")
            return portal
        portal = self._copy(folder, backend, EMPTY)
        if backend == SERVICES:
            portal.manage("load_demo", "--no-book")
            shutil.copytree(self._ready(EMBEDDED, SAMPLE) / "var" / "parts", folder / "var" / "parts")
        else:
            portal.environment["BOOK_MAIL_SECONDS"] = "86400"  # however busy the machine is, nobody is told
            portal.manage("shell", "--no-imports", "-c", _PRINT, timeout=900)
        return portal


def _shelf(config: pytest.Config) -> Path:
    """In the folder of the whole run, which pytest keeps for a while and then removes."""
    own: Path = config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
    return (own.parent if hasattr(config, "workerinput") else own) / "samples"


@pytest.fixture(scope="session")
def samples(request: pytest.FixtureRequest) -> Samples:
    """What portals begin from."""
    shelf = _shelf(request.config)
    shelf.mkdir(exist_ok=True)
    return Samples(shelf)


def pytest_unconfigure(config: pytest.Config) -> None:
    """The process that was started by hand clears up after all of them have ended."""
    if not hasattr(config, "workerinput"):
        shelf = _shelf(config)
        for name in filter(None, (file.read_text() for file in shelf.glob("*/database"))):
            run_on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        shutil.rmtree(shelf, ignore_errors=True)
