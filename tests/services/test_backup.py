"""A backup brings back what was lost, whole, whatever the state of the portal; and whoever is killed on the way leaves
what was there (R7).
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.processes import EMBEDDED, PASSWORD, ROOT, SERVICES, Portal, kill, run_on_server, wait_for
from tests.samples import EMPTY, SAMPLE, Samples
from tests.services.printing import small
from tests.services.writers import Visitor

services = pytest.mark.needs("postgres", "redis")
BACKENDS = [EMBEDDED, pytest.param(SERVICES, marks=services)]
# Written anew by a restore, so that it can tell how old the backup is that it came from.
MOMENTS = "smartcity_heartbeat"
# A restore that is killed when all is done but the last step: the rows are there and nobody sees them yet.
DIES = """
import os, signal, django
django.setup()
from django.core.management import call_command
from smartcity.backup import restoring
def die(manifest):
    former(manifest)
    os.kill(os.getpid(), signal.SIGKILL)
former, restoring._bring_up_to_date = restoring._bring_up_to_date, die
call_command("restore", {path!r}, replace=True)
"""
# The tables of the release before, with somebody in them.
OLD_RELEASE = """
import django
django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
executor = MigrationExecutor(connection)
leaves = [node for node in executor.loader.graph.leaf_nodes() if node[0] != "masterplan"]
executor.migrate([*leaves, ("masterplan", "0001_squashed_0025_reviewers")])
with connection.cursor() as cursor:
    cursor.execute("INSERT INTO agencies_user (email, name, password, is_active, is_staff, is_superuser, date_joined)"
        " VALUES ('lama@contoh.test', 'Lama', 'x', true, false, false, now())")
"""


@pytest.fixture(params=BACKENDS)
def portal(request: pytest.FixtureRequest, samples: Samples, tmp_path: Path) -> Iterator[Portal]:
    """A portal with its tables and the file of one book."""
    with samples.portal(tmp_path, request.param, EMPTY) as portal:
        portal.ask("User.objects.create_user('satu@contoh.test', 'rahasia-sekali-12').pk")
        portal.ask_no_more()
        add_file(portal, "books/satu.pdf", b"%PDF-1.7 satu")
        yield portal


def add_file(portal: Portal, name: str, data: bytes) -> Path:
    path = portal.folder / "var" / "media" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def backup(portal: Portal, name: str = "cadangan.zip") -> Path:
    target = portal.folder / name
    portal.manage("backup", "--out", str(target))
    return target


def files_of(backup: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(backup) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.startswith("files/")}


def rows_of(backup: Path, folder: Path) -> dict[str, Any]:
    """Every table in it but the moments, with its rows as they are written."""
    with zipfile.ZipFile(backup) as archive:
        data = [name for name in archive.namelist() if name.startswith("data/")]
        if data != ["data/db.sqlite3"]:
            return {name: archive.read(name) for name in data if MOMENTS not in name}
        with closing(sqlite3.connect(archive.extract(data[0], folder / backup.stem))) as database:
            return {"dump": [line for line in database.iterdump() if MOMENTS not in line]}


def wipe(portal: Portal) -> None:
    """As on a new machine: no tables, no files, nothing that was rendered, another secret key."""
    portal.ask_no_more()
    shutil.rmtree(portal.folder / "var")
    (portal.folder / "var").mkdir()
    if portal.database:
        run_on_server(f"DROP DATABASE {portal.database} WITH (FORCE)")
        run_on_server(f"CREATE DATABASE {portal.database}")


def people(portal: Portal) -> list[tuple[Any, ...]]:
    return portal.rows("SELECT email FROM agencies_user ORDER BY email")


def started(portal: Portal, *command: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, env=portal.environment | {"DJANGO_SETTINGS_MODULE": "smartcity.settings"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def refusal(portal: Portal, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", "restore", *arguments], cwd=ROOT, env=portal.environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode != 0, done.stdout
    return done.stderr


@pytest.mark.parametrize("backend", BACKENDS)
def test_what_was_lost_is_there_again(samples: Samples, tmp_path: Path, backend: str) -> None:
    with samples.portal(tmp_path, backend, SAMPLE) as portal:
        job = small(portal, "adopt()")
        book = small(portal, f"print_now({job})")
        portal.ask_no_more()
        first = backup(portal)
        wipe(portal)
        output = portal.manage("restore", str(first))
        assert "Portal dipulihkan ke keadaan" in output
        second = backup(portal, "lagi.zip")
        assert len(files_of(first)) > 5
        assert files_of(second) == files_of(first)
        assert rows_of(second, tmp_path) == rows_of(first, tmp_path)
        assert "terkunci" in small(portal, "write_past_the_doors()")
        assert small(portal, "new_row()")
        assert small(portal, f"print_now({job})") == book
        with portal.web() as address:
            Visitor(address).sign_in("koordinator@contoh.test", PASSWORD)


@services
def test_a_backup_of_an_earlier_release_becomes_a_portal_of_today(tmp_path: Path) -> None:
    portal = Portal(tmp_path, SERVICES)
    try:
        assert started(portal, "-c", OLD_RELEASE).wait(300) == 0
        old = backup(portal)
        wipe(portal)
        portal.manage("restore", str(old))
        assert people(portal) == [("lama@contoh.test",)]
        assert "[ ]" not in portal.manage("showmigrations")
        assert portal.rows("SELECT count(*) FROM masterplan_dimension") == [(6,)]
    finally:
        portal.close()


def test_a_portal_that_holds_people_is_replaced_only_when_told_and_kept(portal: Portal) -> None:
    first = backup(portal)
    portal.ask("User.objects.create_user('dua@contoh.test', 'rahasia-sekali-12').pk")
    portal.ask_no_more()
    changed, added = add_file(portal, "books/satu.pdf", b"lain"), add_file(portal, "books/dua.pdf", b"%PDF-1.7 dua")
    assert "--replace" in refusal(portal, str(first))
    assert (len(people(portal)), changed.read_bytes(), added.exists()) == (2, b"lain", True)
    portal.manage("restore", str(first), "--replace")
    assert (people(portal), changed.read_bytes(), added.exists()) == (
        [("satu@contoh.test",)], b"%PDF-1.7 satu", False,
    )  # fmt: skip
    (kept,) = (portal.folder / "var" / "backup").glob("cadangan_*.zip")
    assert files_of(kept) == {"files/books/satu.pdf": b"lain", "files/books/dua.pdf": b"%PDF-1.7 dua"}
    portal.manage("restore", str(kept), "--replace")
    assert len(people(portal)) == 2


def test_a_portal_that_runs_is_not_replaced(portal: Portal) -> None:
    first = backup(portal)
    portal.ask("Dimension.objects.count()")  # a process of the portal, connected
    if portal.database:
        assert "masih dipakai" in refusal(portal, str(first), "--replace")
    portal.ask_no_more()
    with closing(portal._connection()) as connection:
        connection.cursor().execute("SELECT count(*) FROM agencies_user")
        assert "masih dipakai" in refusal(portal, str(first), "--replace")


@pytest.mark.parametrize("portal", [EMBEDDED], indirect=True)  # what dies while it copies files asks no database
def test_a_backup_that_is_killed_leaves_nothing_that_looks_like_one(portal: Portal) -> None:
    folder = portal.folder / "cadangan"
    blocked = portal.folder / "var" / "media" / "books" / "tiada-akhir.pdf"
    os.mkfifo(blocked)  # reading it waits for ever
    process = started(portal, "manage.py", "backup", "--out", str(folder))
    (draft,) = wait_for(lambda: list(folder.glob(".*.draft")), "the backup begins", 60, every=0.05)
    kill(process)
    assert [*folder.iterdir()] == [draft]
    blocked.unlink()
    output = portal.manage("backup", "--out", str(folder))
    (made,) = folder.iterdir()
    assert str(made) in output
    assert made.stat().st_mode & 0o077 == 0
    portal.manage("restore", str(made), "--check")


def test_a_restore_that_is_killed_leaves_the_portal_of_before(portal: Portal) -> None:
    first = backup(portal)
    portal.ask("User.objects.create_user('dua@contoh.test', 'rahasia-sekali-12').pk")
    portal.ask_no_more()
    changed, added = add_file(portal, "books/satu.pdf", b"lain"), add_file(portal, "books/dua.pdf", b"%PDF-1.7 dua")
    assert started(portal, "-c", DIES.format(path=str(first))).wait(300) == -9
    assert (len(people(portal)), changed.read_bytes(), added.exists()) == (2, b"lain", True)
    with portal.web():
        pass  # it comes up
    portal.manage("restore", str(first), "--replace")
    assert people(portal) == [("satu@contoh.test",)]
