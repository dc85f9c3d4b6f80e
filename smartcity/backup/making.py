"""Makes a backup: first the tables as they stand at one moment, then the private files, in one file.

Not in it: secrets of the machine (SECRET_KEY, passwords of services), rendered parts and messages of the broker, which
are made again, and who is signed in at the moment.
"""

import sqlite3
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import ModuleType

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone

from smartcity.backup import postgresql, sqlite
from smartcity.backup.archive import FILES, PIECE, BackupDraft, Manifest, sweep_drafts, writing
from smartcity.common.storage.files import private_storage, stored_names
from smartcity.health import BACKUP
from smartcity.models import Heartbeat

# Whoever has a backup shall not be signed in by it; and counters of failed passwords are of no use later.
LEFT_OUT = ("django_session", "smartcity_cache")
_ENGINES = {"postgresql": postgresql, "sqlite": sqlite}
_TELL_SECONDS = 10

Tell = Callable[[str], object]


class NotMade(Exception):
    """There is no backup, and nothing is left of the attempt; the sentence says why."""


@dataclass
class Made:
    """A finished backup. `vanished`: files that somebody removed meanwhile; `removed`: older backups."""

    path: Path
    manifest: Manifest
    vanished: list[str]
    removed: list[Path] = field(default_factory=list)


def engine() -> ModuleType:
    """How tables come out of the portal's database and back in."""
    return _ENGINES[connection.vendor]


def make(out: Path | None = None, *, keep: int | None = None, tell: Tell) -> Made:
    """Make a backup in the folder `out`, or as the file `out` when it ends in .zip.

    `keep`: of the backups in its folder only so many are left, the new one always. `tell` hears how far it is.
    Raises NotMade.
    """
    target = _target(out or settings.BACKUP_DIR)
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        sweep_drafts(target.parent)
        made = _write(target, tell)
        note_backup(made.manifest.made_at)
        if keep:
            made.removed = _remove_older(target, keep)
    except OSError as error:
        raise NotMade(f"{target.parent} tidak dapat ditulisi, atau berkas tidak terbaca ({error}).") from error
    except (Error, sqlite3.Error) as error:
        raise NotMade(f"Basis data tidak terbaca ({error}). Periksa DATABASE_URL, lalu: manage.py migrate") from error
    return made


def note_backup(at: datetime) -> None:
    """The portal has a backup of that moment."""
    Heartbeat.objects.update_or_create(name=BACKUP, defaults={"at": at})


def lies_among_files(path: Path) -> bool:
    """Whether `path` is where private files lie, which are themselves backed up, and replaced."""
    return path.resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve())


def _target(out: Path) -> Path:
    if lies_among_files(out):
        raise NotMade(f"{out} ada di dalam MEDIA_ROOT, yang ikut dicadangkan. Pilih folder lain.")
    if out.suffix != ".zip":
        return out / f"cadangan_{timezone.now():%Y%m%dT%H%M%SZ}.zip"
    if out.exists():
        raise NotMade(f"{out} sudah ada. Sebut nama lain, atau folder saja.")
    return out


def _write(target: Path, tell: Tell) -> Made:
    vanished: list[str] = []
    with writing(target) as archive:
        made_at = timezone.now()
        before = set(stored_names())  # what is removed between the rows and the files is told, too
        migrations, tables = engine().take_out(archive, LEFT_OUT)
        tell(f"{len(tables)} tabel, {sum(table.rows for table in tables.values())} baris.")
        _take_files(archive, sorted(before | set(stored_names())), vanished, tell)
        manifest = Manifest(made_at, connection.vendor, migrations, tables, archive.members)
        archive.close(manifest)
    return Made(target, manifest, vanished)


def _take_files(archive: BackupDraft, names: Iterable[str], vanished: list[str], tell: Tell) -> None:
    told, count = time.monotonic(), 0
    for name in names:
        try:
            stored = private_storage().open(name)
        except FileNotFoundError:
            vanished.append(name)
            continue
        # Most of them are packed already: PDF, pictures, workbooks.
        with stored, archive.member(f"{FILES}{name}", packed=False) as place:
            for piece in stored.chunks(PIECE):
                place.write(piece)
        count += 1
        if time.monotonic() - told > _TELL_SECONDS:
            tell(f"{count} berkas sejauh ini.")
            told = time.monotonic()


def _remove_older(target: Path, keep: int) -> list[Path]:
    """By their names, which begin with the moment; the new one counts as the youngest."""
    others = sorted(path for path in target.parent.glob("cadangan_*.zip") if path != target)
    old = others[: max(0, len(others) - (keep - 1))]
    for path in old:
        path.unlink(missing_ok=True)
    return old
