"""What every test runs under: no real folders, mails or brokers, strict templates; and a list of what was left out.

Personas and factories live in their own modules.
"""

import gc
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from celery import current_app
from django.conf import settings as django_settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.template import engines
from xdist.scheduler import LoadScopeScheduling

from masterplan.books import jobs
from masterplan.editing import upload_jobs
from smartcity.press.assets import Assets
from smartcity.press.cache import press_folder
from smartcity.press.typefaces import faces
from tests import machine

if TYPE_CHECKING:  # loaded as a plugin, below
    from tests.samples import Samples

pytest_plugins = ["tests.personas", "tests.samples"]

# Playwright's loop runs in the main thread from the first browser test on; the tests around it are no less synchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

_OUR_TEMPLATES = str(django_settings.BASE_DIR / "templates")


class UndefinedVariable(str):
    """Fails the test when a template of ours prints a variable that its view did not give."""

    __slots__ = ()

    def __contains__(self, key: object) -> bool:
        return key == "%s"

    def __mod__(self, name: Any) -> str:  # Django fills in the name of the variable
        origin = _template_being_rendered()
        if origin.startswith(_OUR_TEMPLATES):
            pytest.fail(f"undefined template variable '{name.var}' in {origin}", pytrace=False)
        return ""


def _template_being_rendered() -> str:
    import inspect

    frame = inspect.currentframe()
    while frame is not None:
        node = frame.f_locals.get("self")
        if frame.f_code.co_name == "render_annotated" and hasattr(node, "origin"):
            return str(node.origin.name)
        frame = frame.f_back
    return ""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--at",
        type=lambda moment: datetime.fromisoformat(moment).astimezone(),
        help="run as if it were this moment (2027-03-01T08:30+07:00): finds tests that hold only today or at this hour;"
        " processes that a test starts keep their own clock, and files their own age",
    )

    parser.addoption(
        "--full",
        action="store_true",
        help="repeat what depends on chance as often as before a release: more rounds of concurrent saves, more books",
    )
    parser.addoption(
        "--uses-database",
        action="store_true",
        help="leave out what never asks the database: for a second run on another one",
    )


@pytest.fixture
def full(request: pytest.FixtureRequest) -> bool:
    """Whether what depends on chance is repeated as often as before a release."""
    return bool(request.config.getoption("--full"))


def pytest_configure(config: pytest.Config) -> None:
    if moment := config.getoption("--at"):
        time_machine.travel(moment).start()
    # In earnest an answer that was sent ends a connection on which a transaction was left open. Here it would be that of
    # the test, and SQLite holds its lock for as long as anything still knows one of its cursors.
    ends_what_was_left = BaseDatabaseWrapper.close_if_unusable_or_obsolete
    BaseDatabaseWrapper.close_if_unusable_or_obsolete = (  # type: ignore[method-assign]
        lambda self: None if self.in_atomic_block else ends_what_was_left(self)
    )
    # In the settings and in the engine made from them: a test that overrides a setting may have the engine made anew.
    django_settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable("%s")
    engines["django"].engine.string_if_invalid = UndefinedVariable("%s")  # type: ignore[attr-defined]
    # Each browser of a test has middleware of its own, and for each WhiteNoise would look at every static file there is.
    django_settings.WHITENOISE_AUTOREFRESH = True
    # Nothing a test sends may reach the worker of a portal that runs beside it.
    current_app.conf.update(broker_url="memory://localhost", broker_transport_options={"polling_interval": 0.01})


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory, samples: "Samples") -> None:
    """A database of its own for each process; SQLite in a file, so that threads and processes meet as in earnest."""
    database = connections["default"].settings_dict
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        database["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
    else:
        database["TEST"] |= {"NAME": f"test_{database['NAME']}_{os.getpid()}", "TEMPLATE": samples.database()}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Ends what a thread or a browser's loop left connected, so that the database can be dropped at the end."""
    yield
    connection = connections["default"]
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session", autouse=True)
def unpacked_faces(samples: "Samples") -> Iterator[None]:
    """Whoever prints finds the typefaces unpacked in their folder, as in a portal that has printed before."""
    load_faces = faces.load_faces

    def load_copied_faces(assets: Assets, cache_dir: Path) -> tuple[faces.Face, ...]:
        folder = press_folder(cache_dir) / "faces"
        if not folder.exists():
            shutil.copytree(samples.faces(), folder)
        return load_faces(assets, cache_dir)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(faces, "load_faces", load_copied_faces)
        yield


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    """Each test has its own var/ and media, and a hasher that is quick because nothing real depends on it."""
    settings.VAR_DIR = tmp_path / "var"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PARTS_DIR = tmp_path / "parts"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def leases_that_last(request: pytest.FixtureRequest) -> Iterator[None]:
    """A job of a test that is one transaction is renewed by nobody, for other connections do not see it: on a machine
    that is busy enough it would be taken for lost.
    """
    with pytest.MonkeyPatch.context() as patch:
        if not is_transactional(request.node, request.fixturenames):
            for module in (upload_jobs, jobs):
                patch.setattr(module, "LEASE_SECONDS", 3600)
        yield


@pytest.fixture
def on_a_sunday() -> Iterator[None]:
    """The 29th of November 2026, on which no digest leaves: in working hours one would come beside the notices that go at once."""
    with time_machine.travel("2026-11-29 05:00Z"):
        yield


# What was left out --------------------------------------------------------------------------------------------------

_left_out: Counter[str] = Counter()

# Side by side ---------------------------------------------------------------------------------------------------------

# With `-n` a whole file goes to one process, for its tests share fixtures. The sweeps share the regencies that they
# visit: those that look at the same visits are one group, those that send forms another. What takes longest goes first,
# by what it took when it was last measured, so that all end together.
GROUPS = {
    "sweep: reading": tuple(f"tests/sweep/test_{name}.py" for name in ("access", "canaries", "headers", "queries")),
    "sweep: writing": ("tests/sweep/",),
}
LONGEST = (
    "sweep: writing",
    "tests/e2e/test_pages.py",
    "sweep: reading",
    "tests/services/test_book_job.py",
    "tests/e2e/test_journey.py",
    "tests/services/test_book_queue.py",
    "tests/e2e/test_first_book.py",
    "tests/services/test_backup.py",
    "tests/e2e/test_form_walks.py",
    "tests/masterplan/books/test_standards.py",
    "tests/services/test_chaos.py",
    "tests/e2e/test_interruptions.py",
    "tests/services/test_concurrent_saves.py",
    "tests/services/test_workbook_job.py",
    "tests/smartcity/test_run.py",
    "tests/e2e/test_tables.py",
    "tests/e2e/test_autosave.py",
    "tests/e2e/test_rich_text.py",
    "tests/masterplan/books/test_text_oracle.py",
)


class GroupScheduling(LoadScopeScheduling):  # type: ignore[misc]
    """Hands out whole groups."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


def group_of(nodeid: str) -> str:
    """The group of a test, its file unless it belongs to a larger one."""
    file = nodeid.partition("::")[0]
    return next((group for group, starts in GROUPS.items() if file.startswith(starts)), file)


def turn_of(nodeid: str) -> int:
    """When the group of a test is handed out."""
    group = group_of(nodeid)
    return LONGEST.index(group) if group in LONGEST else len(LONGEST)


def pytest_itemcollected(item: pytest.Item) -> None:
    """A test that empties the tables leaves in them what migrations fill in: other tests follow it in its process."""
    names = getattr(item, "fixturenames", None)
    if names is not None and "seeds" not in names and is_transactional(item, names):
        names.insert(0, "seeds")


def uses_database(item: pytest.Item) -> bool:
    """Whether a test asks the database of its own process."""
    return bool(
        item.get_closest_marker("django_db") or {"db", "transactional_db"} & {*getattr(item, "fixturenames", ())}
    )


def is_transactional(item: pytest.Item, fixtures: list[str]) -> bool:
    """Whether a test works in earnest on the database, which is emptied after it."""
    mark = item.get_closest_marker("django_db")
    return "transactional_db" in fixtures or bool(mark and mark.kwargs.get("transaction"))


def pytest_collection_finish() -> None:
    """What is loaded by now stays, and need not be gone through again and again while tests make their own objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: some of the longest tests mostly wait."""
    return (os.cpu_count() or 1) + 1


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> GroupScheduling:
    return GroupScheduling(config, log)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Benchmarks run only when they are named."""
    if "benchmarks" in collection_path.parts and not any("benchmarks" in argument for argument in config.args):
        return True
    return None


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """Leave out what the machine cannot run, and remember it; however the rest is shuffled, the longest come first."""
    if config.getoption("--uses-database"):
        config.hook.pytest_deselected(items=[item for item in items if not uses_database(item)])
        items[:] = filter(uses_database, items)
    missing = {item: part for item in items for part in _needed(item) if not machine.has(part)}
    _left_out.update(missing.values())
    config.hook.pytest_deselected(items=list(missing))
    items[:] = [item for item in items if item not in missing]
    yield
    items.sort(key=lambda item: turn_of(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Every process left out the same tests and tells the one that writes the summary."""
    _left_out.update(Counter(getattr(node, "workeroutput", {}).get("left_out", {})) - _left_out)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say what the machine lacks and how many tests that cost."""
    lacking = [part for part in machine.HINTS if not machine.has(part)]
    for part in lacking:
        cost = f"{_left_out[part]} uji tidak dijalankan" if _left_out[part] else "tidak ada uji yang memerlukannya"
        terminalreporter.write_line(f"Mesin ini tidak punya {machine.HINTS[part]}: {cost}.", yellow=True)
    if _must_run_all() and (_left_out or terminalreporter.stats.get("skipped")):
        terminalreporter.write_line("CI=true: tidak ada uji yang boleh dilewati.", red=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With CI=true a test that did not run is a failure."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = dict(_left_out)
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped") if reporter else None
    if _must_run_all() and session.exitstatus == pytest.ExitCode.OK and (_left_out or skipped):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _must_run_all() -> bool:
    return os.environ.get("CI") == "true"


def _needed(item: pytest.Item) -> list[str]:
    return [str(part) for mark in item.iter_markers("needs") for part in mark.args]
