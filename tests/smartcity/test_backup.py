"""A damaged backup is refused by name, with nothing changed; a good one is told from a portal that it does not fit."""

import json
import os
import random
import stat
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from agencies.models import User
from smartcity.backup import making, restoring
from smartcity.backup.archive import (
    FORMAT,
    MANIFEST,
    Manifest,
    ManifestTable,
    Unusable,
    sweep_drafts,
    verified,
    writing,
)
from smartcity.common.storage.files import private_storage, stored_names
from smartcity.models import Heartbeat
from tests.factories import make_regency

MEMBERS = {"data/satu.copy": b"1\tsatu\n2\tdua\n", "files/books/a.pdf": b"%PDF-1.7 " + bytes(range(256)) * 8}


def made(folder: Path, **other: Any) -> Path:
    """A small backup of this kind of portal, or of another."""
    path = folder / "cadangan.zip"
    path.unlink(missing_ok=True)
    with writing(path) as archive:
        for name, data in MEMBERS.items():
            with archive.member(name) as place:
                place.write(data)
        facts = {"engine": connection.vendor, "migrations": [("smartcity", "0001_initial")]} | other
        archive.close(
            Manifest(
                made_at=timezone.now(), tables={"satu": ManifestTable(2, ["id"])}, members=archive.members, **facts
            )
        )
    return path


def packed_again(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """The ZIP as somebody leaves it who took it apart and put it together otherwise."""
    with zipfile.ZipFile(path) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    change(inside)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in inside.items():
            archive.writestr(name, data)


def with_manifest(path: Path, **changes: Any) -> None:
    def change(inside: dict[str, bytes]) -> None:
        inside[MANIFEST] = json.dumps(json.loads(inside[MANIFEST]) | changes).encode()

    packed_again(path, change)


def flipped(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1 << (at % 8)
    path.write_bytes(data)


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size * 2 // 3)


def renamed(inside: dict[str, bytes]) -> None:
    """A file that would lie beside the folder of files, named in the manifest too."""
    manifest = json.loads(inside[MANIFEST])
    manifest["members"]["files/../../db.sqlite3"] = manifest["members"].pop("files/books/a.pdf")
    inside["files/../../db.sqlite3"] = inside.pop("files/books/a.pdf")
    inside[MANIFEST] = json.dumps(manifest).encode()


def other_bytes(inside: dict[str, bytes]) -> None:
    inside["files/books/a.pdf"] = inside["files/books/a.pdf"][::-1]


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "not there": (lambda path: path.unlink(), "tidak ada, atau bukan berkas"),
    "a folder": (lambda path: (path.unlink(), path.mkdir()), "tidak ada, atau bukan berkas"),
    "empty": (lambda path: path.write_bytes(b""), "kosong (0 byte)"),
    "another file": (lambda path: path.write_text("Bukan ZIP. " * 99), "bukan berkas cadangan portal"),
    "cut off": (cut, "terpotong atau rusak"),
    "one byte of a file": (lambda path: flipped(path, path.read_bytes().index(b"PK\x03\x04", 9) + 90), "rusak"),
    "one byte of the seal": (lambda path: flipped(path, path.stat().st_size - 1), "berubah sesudah dibuat"),
    "a foreign ZIP": (lambda path: packed_again(path, lambda inside: inside.pop(MANIFEST)), "ZIP lain"),
    "no list": (lambda path: packed_again(path, lambda inside: inside.update({MANIFEST: b"{}"})), "tidak terbaca"),
    "a missing file": (
        lambda path: packed_again(path, lambda inside: inside.pop("files/books/a.pdf")),
        "tidak memuat files/books/a.pdf",
    ),
    "a file too many": (
        lambda path: packed_again(path, lambda inside: inside.update({"files/x.pdf": b""})),
        "memuat files/x.pdf yang tidak disebut",
    ),
    "other bytes": (lambda path: packed_again(path, other_bytes), "files/books/a.pdf di dalam"),
    "a way out": (lambda path: packed_again(path, renamed), "keluar dari foldernya"),
    "packed again": (lambda path: packed_again(path, lambda inside: None), "berubah sesudah dibuat"),
    "a later format": (lambda path: with_manifest(path, format=FORMAT + 1), "lebih baru"),
    "a later portal": (
        lambda path: made(path.parent, migrations=[("masterplan", "9999_nanti")]),
        "masterplan.9999_nanti belum dikenal",
    ),
    "a portal from long ago": (
        lambda path: made(path.parent, migrations=[("masterplan", "0017_talk")]),
        "terlalu lama untuk dipulihkan di sini",
    ),
    "another database": (lambda path: made(path.parent, engine="oracle"), "Sesuaikan DATABASE_URL"),
}

# The file is whole, and the sentence speaks of the portal.
OTHER_PORTALS = {"a later portal", "a portal from long ago", "another database"}


@pytest.mark.django_db
@pytest.mark.parametrize("damage", DAMAGES)
def test_what_cannot_be_restored_is_refused_by_name_and_changes_nothing(tmp_path: Path, damage: str) -> None:
    path = made(tmp_path)
    verified(path)
    make_regency("Tetap", "kabupaten-tetap")
    kept = private_storage().save("books/tetap.pdf", ContentFile(b"tetap"))
    change, sentence = DAMAGES[damage]
    change(path)
    for options in ({"check": True}, {"replace": True}):
        with pytest.raises(CommandError, match=r"^Tidak dipulihkan\. ") as refused:
            call_command("restore", path, **options)
        assert sentence in str(refused.value)
        assert str(path) in str(refused.value) or damage in OTHER_PORTALS
    assert [*stored_names()] == [kept]
    assert "regency" not in str(refused.value)


def test_no_changed_byte_goes_unseen(tmp_path: Path) -> None:
    path = made(tmp_path)
    whole = path.read_bytes()
    for at in random.sample(range(len(whole)), 300):
        flipped(path, at)
        with pytest.raises(Unusable):
            verified(path)
        path.write_bytes(whole)
    verified(path)


def test_a_backup_that_fails_leaves_nothing_and_one_under_way_is_not_swept(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="penuh"), writing(tmp_path / "a.zip") as archive, archive.member("data/x"):
        raise OSError("disk penuh")
    assert [*tmp_path.iterdir()] == []
    with writing(tmp_path / "b.zip") as archive:
        assert sweep_drafts(tmp_path) == 0
        (draft,) = tmp_path.iterdir()
        archive.close(Manifest(timezone.now(), "sqlite", [], {}, archive.members))
    (tmp_path / ".c.zip.draft").touch()
    assert sweep_drafts(tmp_path) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["b.zip"]
    assert stat.S_IMODE((tmp_path / "b.zip").stat().st_mode) == 0o600
    assert not draft.exists()


@pytest.fixture
def without_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried is the files: a database in the middle of a test cannot be copied."""
    monkeypatch.setattr(making.engine(), "take_out", lambda archive, left_out: ([], {}))


@pytest.mark.django_db
@pytest.mark.usefixtures("without_tables")
def test_the_moment_is_noted_and_older_ones_are_removed(tmp_path: Path, settings: Any) -> None:
    settings.BACKUP_DIR = tmp_path / "cadangan"
    settings.BACKUP_DIR.mkdir()
    for day in ("20200101T000000Z", "20200102T000000Z"):
        (settings.BACKUP_DIR / f"cadangan_{day}.zip").touch()
    (settings.BACKUP_DIR / "catatan.txt").touch()
    done = making.make(keep=2, tell=len)
    assert sorted(path.name for path in settings.BACKUP_DIR.iterdir()) == sorted(
        ["cadangan_20200102T000000Z.zip", "catatan.txt", done.path.name]
    )
    assert timezone.now() - Heartbeat.objects.get(name="backup").at < timedelta(minutes=5)
    with pytest.raises(making.NotMade, match="sudah ada"):
        making.make(done.path, tell=len)


@pytest.mark.django_db
@pytest.mark.usefixtures("without_tables")
def test_a_file_that_is_removed_meanwhile_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, gone = (private_storage().save(f"books/{n}.pdf", ContentFile(b"x")) for n in "ab")
    monkeypatch.setattr(
        making.engine(), "take_out", lambda archive, left_out: (private_storage().delete(gone), ([], {}))[1]
    )
    done = making.make(tmp_path / "a.zip", tell=len)
    assert (list(verified(done.path).files), done.vanished) == ([kept], [gone])


@pytest.mark.django_db
def test_a_worker_that_still_beats_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path)
    Heartbeat.objects.create(name="worker", at=timezone.now())
    monkeypatch.setattr(
        restoring.time, "sleep", lambda seconds: Heartbeat.objects.filter(name="worker").update(at=timezone.now())
    )
    with pytest.raises(CommandError, match="Pekerja latar masih berjalan"):
        call_command("restore", path, replace=True)


@pytest.mark.django_db
def test_a_portal_that_was_just_stopped_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    now, waited = timezone.now(), []
    Heartbeat.objects.create(name="worker", at=now)
    monkeypatch.setattr(restoring.time, "sleep", waited.append)
    monkeypatch.setattr(restoring.timezone, "now", lambda: now + timedelta(seconds=50 + 4 * len(waited)))
    monkeypatch.setattr(restoring.engine(), "others", list)
    restoring._refuse_while_it_runs(len)
    assert len(waited) == 3
    assert not User.objects.exists()


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else has the database open, and no table is really replaced."""
    monkeypatch.setattr(restoring.engine(), "others", list)
    monkeypatch.setattr(restoring.engine(), "put_back", lambda backup, manifest, finish: None)


@pytest.mark.django_db
@pytest.mark.usefixtures("stopped")
def test_files_go_again_when_the_rows_do_not_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: Any) -> None:
        assert [*stored_names()] == ["books/a.pdf"]
        raise DatabaseError("koneksi putus")

    path = made(tmp_path)
    monkeypatch.setattr(restoring.engine(), "put_back", fail)
    with pytest.raises(CommandError, match=r"koneksi putus.*Isi portal tidak berubah"):
        call_command("restore", path)
    assert [*stored_names()] == []


@pytest.mark.django_db
@pytest.mark.usefixtures("stopped")
def test_rows_without_all_their_files_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(name: str, content: Any) -> None:
        raise OSError("disk penuh")

    path = made(tmp_path)
    private_storage().save("books/a.pdf", ContentFile(b"lain"))
    with monkeypatch.context() as patch:
        patch.setattr(private_storage(), "put", full)
        with pytest.raises(CommandError, match=r"belum semua berkas \(disk penuh\).*--replace"):
            call_command("restore", path)
    call_command("restore", path)
    with private_storage().open("books/a.pdf") as there:
        assert there.read() == MEMBERS["files/books/a.pdf"]


@pytest.mark.django_db
@pytest.mark.usefixtures("stopped", "without_tables")
def test_a_backup_does_not_lie_among_what_it_holds(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT.mkdir()
    with pytest.raises(CommandError, match="di dalam MEDIA_ROOT"):
        call_command("backup", out=settings.MEDIA_ROOT / "cadangan")
    with pytest.raises(CommandError, match="di dalam MEDIA_ROOT"):
        call_command("restore", made(settings.MEDIA_ROOT))
