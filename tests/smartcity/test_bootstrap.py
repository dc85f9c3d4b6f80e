"""BookLayout of the way from a bare machine to .venv; pip, apt and exec are stood in for, files and locks are real."""

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from smartcity import bootstrap


class Stopped(Exception):
    """The process would have been replaced."""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project with two lock files; installing only makes the interpreter and is counted in `installs`."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "requirements.txt").write_text("a==1\n", encoding="utf-8")
    (tmp_path / "tests" / "requirements.txt").write_text("b==1\n", encoding="utf-8")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(bootstrap, "LOCK", tmp_path / "var" / "bootstrap.lock")
    monkeypatch.setattr(bootstrap, "missing_packages", list)
    return tmp_path


@pytest.fixture
def commands(project: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Every command the bootstrap runs; `venv` makes an interpreter as the real one would."""
    ran: list[list[str]] = []

    def run(command: list[str]) -> None:
        ran.append(command)
        if "venv" in command:
            bootstrap.PYTHON.parent.mkdir(parents=True)
            bootstrap.PYTHON.symlink_to(sys.executable)

    monkeypatch.setattr(bootstrap, "_run", run)
    return ran


def installed(commands: list[list[str]]) -> list[list[str]]:
    return [[Path(part).name for part in line if part.endswith(".txt")] for line in commands if "pip" in line]


def test_a_first_start_makes_the_environment_from_the_lock(commands: list[list[str]]) -> None:
    bootstrap.prepare(tests=False)
    assert [line[1:3] for line in commands] == [["-m", "venv"], ["-m", "pip"]]
    assert "--require-hashes" in commands[1]
    assert installed(commands) == [["requirements.txt"]]


def test_a_second_start_installs_nothing(commands: list[list[str]]) -> None:
    bootstrap.prepare(tests=False)
    commands.clear()
    bootstrap.prepare(tests=False)
    assert commands == []


def test_test_packages_come_only_for_tests_and_once(commands: list[list[str]]) -> None:
    bootstrap.prepare(tests=False)
    bootstrap.prepare(tests=True)
    bootstrap.prepare(tests=True)
    assert installed(commands) == [["requirements.txt"], ["requirements.txt"]]
    assert commands[-1][-1].endswith("tests/requirements.txt")


def test_a_changed_lock_is_installed_over_what_is_there(commands: list[list[str]], project: Path) -> None:
    bootstrap.prepare(tests=False)
    (project / "requirements.txt").write_text("a==2\n", encoding="utf-8")
    commands.clear()
    bootstrap.prepare(tests=False)
    assert [line[1:3] for line in commands] == [["-m", "pip"]]


def test_an_interrupted_install_starts_afresh(
    commands: list[list[str]], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calm = bootstrap._run

    def cut(command: list[str]) -> None:
        if "pip" in command:
            (project / ".venv" / "half").touch()
            raise KeyboardInterrupt
        calm(command)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(bootstrap, "_run", cut)
        bootstrap.prepare(tests=False)
    bootstrap.prepare(tests=False)
    assert not (project / ".venv" / "half").exists()
    commands.clear()
    bootstrap.prepare(tests=False)
    assert commands == []


def test_an_environment_whose_python_is_gone_is_made_again(commands: list[list[str]]) -> None:
    bootstrap.prepare(tests=False)
    bootstrap.PYTHON.unlink()
    commands.clear()
    bootstrap.prepare(tests=False)
    assert [line[1:3] for line in commands] == [["-m", "venv"], ["-m", "pip"]]


def test_two_starts_at_once_install_once(commands: list[list[str]]) -> None:
    threads = [threading.Thread(target=bootstrap.prepare, kwargs={"tests": False}) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert installed(commands) == [["requirements.txt"]]


def test_a_start_outside_goes_on_inside(commands: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.prefix", "/usr")
    monkeypatch.delenv("PORTAL_NO_VENV", raising=False)
    gone: list[Any] = []

    def execv(path: Path, argv: list[str]) -> None:
        gone.append((path, argv))
        raise Stopped

    monkeypatch.setattr("os.execv", execv)
    with pytest.raises(Stopped):
        bootstrap.enter(["manage.py", "run", "--port", "9000"])
    assert gone == [(bootstrap.PYTHON, [str(bootstrap.PYTHON), "manage.py", "run", "--port", "9000"])]


def test_a_start_inside_changes_nothing(commands: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.prefix", str(bootstrap.VENV))
    bootstrap.enter(["manage.py", "run"])
    assert commands == []


def test_exactly_the_missing_library_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "_opens", lambda library: not library.startswith("libharfbuzz-subset"))
    assert bootstrap.missing_packages() == ["libharfbuzz-subset0"]


def test_without_root_the_line_to_run_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "missing_packages", lambda: ["libpango-1.0-0", "python3.11-venv"])
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(SystemExit, match=r"apt-get install .* libpango-1\.0-0 python3\.11-venv"):
        bootstrap.prepare(tests=False)


def test_an_old_python_is_refused_in_words(tmp_path: Path) -> None:
    old = "import sys; sys.version_info = (3, 9, 2); exec(compile(open('manage.py').read(), 'manage.py', 'exec'))"
    root = Path(bootstrap.__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", old], cwd=root, env=dict(os.environ), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith(
        "Portal ini memerlukan Python 3.11 atau lebih baru; yang menjalankannya sekarang 3.9."
    )
