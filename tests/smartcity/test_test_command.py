"""`manage.py test` passes its arguments to pytest and is strict about what was left out."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.template import Context, Origin, Template, engines

from tests import conftest

NEEDY_TEST = """
import pytest
from tests import machine

@pytest.mark.needs("tiada")
def test_needy():
    pass

def test_plain():
    pass
"""


def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    inherited = {name: value for name, value in os.environ.items() if name not in {"CI", "PYTEST_CURRENT_TEST"}}
    return subprocess.run(
        [sys.executable, "manage.py", "test", "-p", "no:cacheprovider", *arguments],
        cwd=settings.BASE_DIR,
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def needy(tmp_path: Path) -> str:
    """A folder of tests, one of which needs what no machine has."""
    conftest = (
        "from tests import machine\n"
        "machine.HINTS['tiada'] = 'barang yang tiada'\n"
        "real = machine.has\n"
        "machine.has = lambda part: part != 'tiada' and real(part)\n"
        "from tests.conftest import *\n"
    )
    (tmp_path / "conftest.py").write_text(conftest, encoding="utf-8")
    (tmp_path / "test_needy.py").write_text(NEEDY_TEST, encoding="utf-8")
    return str(tmp_path)


def test_arguments_go_to_pytest_and_the_last_line_is_its_summary() -> None:
    done = run("tests/smartcity/test_locks.py", "-k", "hashes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 passed" in done.stdout.splitlines()[-1]


def test_what_the_machine_lacks_is_said_and_costs_nothing_at_home(needy: str) -> None:
    done = run(needy)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Mesin ini tidak punya barang yang tiada: 1 uji tidak dijalankan." in done.stdout
    assert "1 passed, 1 deselected" in done.stdout.splitlines()[-1]


@pytest.mark.parametrize("processes", ["0", "2"])
def test_with_ci_nothing_may_be_left_out(needy: str, processes: str) -> None:
    done = run(needy, "-n", processes, CI="true")
    assert done.returncode == 1
    assert "CI=true: tidak ada uji yang boleh dilewati." in done.stdout


@pytest.mark.parametrize("debug", [False, True])
def test_our_templates_may_not_print_what_they_were_not_given(debug: bool, settings: Any) -> None:
    settings.DEBUG = debug  # has Django make its template engines anew
    engine = engines["django"].engine  # type: ignore[attr-defined]
    ours = Origin(str(settings.BASE_DIR / "templates" / "halaman.html"))
    with pytest.raises(pytest.fail.Exception, match="undefined template variable 'tiada'"):
        Template("{{ tiada }}", origin=ours, engine=engine).render(Context({}))
    assert Template("{{ tiada }}", origin=Origin("orang/lain.html"), engine=engine).render(Context({})) == ""


@pytest.mark.parametrize(
    ("arguments", "ignored"), [(["tests"], True), ([], True), (["tests/benchmarks", "-k", "book"], None)]
)
def test_benchmarks_run_only_when_named(arguments: list[str], ignored: bool | None) -> None:
    config: Any = SimpleNamespace(args=arguments)
    assert conftest.pytest_ignore_collect(settings.BASE_DIR / "tests" / "benchmarks", config) is ignored
    assert conftest.pytest_ignore_collect(settings.BASE_DIR / "tests" / "smartcity", config) is None


def test_the_groups_that_start_first_exist() -> None:
    paths = [path for name in conftest.LONGEST for path in conftest.GROUPS.get(name, (name,))]
    assert [path for path in paths if not (settings.BASE_DIR / path).exists()] == []
    assert conftest.group_of("tests/sweep/test_access.py::test_x") == "sweep: reading"
    assert conftest.group_of("tests/sweep/test_locked.py::test_x") == "sweep: writing"
    first, other = "tests/e2e/test_pages.py::test_x[chromium]", "tests/test_other.py::test_x"
    assert conftest.turn_of(first) < conftest.turn_of(other)
