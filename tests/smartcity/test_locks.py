"""The lock files are in step with pyproject.toml, and every line is held by a hash."""

import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
RUN_TIME = settings.BASE_DIR / "requirements.txt"
TESTS = settings.BASE_DIR / "tests" / "requirements.txt"


def locked(path: Path) -> dict[str, str]:
    """Package -> version, of every pinned line."""
    pins = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {canonicalize_name(name): version for name, version in pins}


@pytest.mark.parametrize(
    ("wanted", "lock"),
    [(PROJECT["project"]["dependencies"], RUN_TIME), (PROJECT["dependency-groups"]["test"], TESTS)],
    ids=["run time", "tests"],
)
def test_every_dependency_is_locked_within_its_bounds(wanted: list[str], lock: Path) -> None:
    pins = locked(lock)
    wrong = [
        line for line in wanted
        if (need := Requirement(line)) and not need.specifier.contains(pins.get(canonicalize_name(need.name), "0"))
    ]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize("lock", [RUN_TIME, TESTS], ids=["run time", "tests"])
def test_every_locked_line_has_hashes(lock: Path) -> None:
    entries = re.split(r"^(?=[A-Za-z0-9])", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert [entry.split()[0] for entry in entries if "==" in entry and "--hash=sha256:" not in entry] == []


def test_the_two_locks_agree() -> None:
    run_time, tests = locked(RUN_TIME), locked(TESTS)
    assert {name for name in run_time.keys() & tests.keys() if run_time[name] != tests[name]} == set()
