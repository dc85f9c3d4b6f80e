"""Replaces what the portal holds by a backup: completely, or not at all.

Everything is looked at before anything is changed. Then come files that are not there yet, which harm nobody; then all
rows at once; then what else differs among the files. Whoever is stopped before the rows stand has the portal of before.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.files.base import File
from django.core.management import call_command
from django.db import Error, connection, models
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from smartcity import health
from smartcity.backup.archive import FILES, Manifest, opened, verified
from smartcity.backup.making import Tell, engine, lies_among_files, make, note_backup
from smartcity.common.storage.files import discard_now, is_intact, private_storage, stored_names
from smartcity.models import Heartbeat

_ENGINES = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}
# The clock sends a heartbeat every 20 s: after this a worker that was stopped is surely not one that is merely late.
STOPPED = timedelta(seconds=60)
_STOP_IT = (
    "Hentikan portal dulu (manage.py run: Ctrl+C; Docker: docker compose stop web worker books sheets parts beat), "
    "lalu ulangi. Tidak ada yang berubah."
)


class RestoreRefused(Exception):
    """Nothing was changed; the sentence says why, and what to do."""


class RestoreUnfinished(Exception):
    """The rows stand and not all of their files; the sentence says what to do."""


@dataclass(frozen=True)
class Restored:
    """What stands now. `before`: the backup of what stood before, if anything did."""

    manifest: Manifest
    removed: int
    before: Path | None


def read_manifest(backup: Path) -> Manifest:
    """What is in a backup that this portal can restore. Raises Unusable or Refused."""
    manifest = verified(backup)
    if manifest.engine != connection.vendor:
        theirs, ours = (_ENGINES.get(name, name) for name in (manifest.engine, connection.vendor))
        raise RestoreRefused(
            f"Cadangan ini dari {theirs}, portal ini memakai {ours}. Sesuaikan DATABASE_URL, lalu ulangi."
        )
    _refuse_other_releases(set(manifest.migrations))
    return manifest


def _refuse_other_releases(noted: set[tuple[str, str]]) -> None:
    """What a migration of today replaces is known only as a whole: its steps are no longer here."""
    migrations = MigrationLoader(None).disk_migrations or {}
    replaced = [set(migration.replaces) for migration in migrations.values() if migration.replaces]
    if unknown := sorted(noted - set(migrations) - set().union(*replaced)):
        raise RestoreRefused(
            f"Cadangan ini dari portal yang lebih baru: {'.'.join(unknown[0])} belum dikenal di sini. "
            "Perbarui portal ini dulu, lalu ulangi."
        )
    if any(names & noted and not names <= noted for names in replaced):
        raise RestoreRefused(
            "Cadangan ini dari portal yang terlalu lama untuk dipulihkan di sini. "
            "Pulihkan dengan rilis portal yang membuatnya, perbarui portal itu, lalu buat cadangan baru."
        )


def restore(backup: Path, *, replace: bool, tell: Tell) -> Restored:
    """Put back what is in `backup`. `replace`: whether people who are there may be replaced.

    Raises Unusable, Refused or making.NotMade when nothing was changed, and Unfinished.
    """
    manifest = read_manifest(backup)
    if lies_among_files(backup):
        raise RestoreRefused(f"{backup} ada di dalam MEDIA_ROOT, yang akan diganti. Pindahkan dulu, lalu ulangi.")
    tell(f"{backup} utuh: {manifest.rows} baris, {len(manifest.files)} berkas.")
    before = None
    try:
        _refuse_while_it_runs(tell)
        if _holds_people():
            if not replace:
                raise RestoreRefused(
                    "Portal ini sudah berisi. Untuk menggantinya, tambahkan --replace; isinya dicadangkan lebih dulu."
                )
            before = make(tell=tell).path
            tell(f"Isi yang sekarang disimpan di {before}")
        with _files_that_are_missing(backup, manifest, tell):
            engine().put_back(backup, manifest, lambda: _bring_up_to_date(manifest))
    except (Error, sqlite3.Error, OSError) as error:
        raise RestoreRefused(f"Tidak dapat dipulihkan ({error}). Isi portal tidak berubah.") from error
    try:
        return Restored(manifest, _replace_files(backup, manifest, replace=replace), before)
    except OSError as error:
        raise RestoreUnfinished(
            f"Tabel sudah dipulihkan, tetapi belum semua berkas ({error}). "
            "Perbaiki sebabnya, lalu ulangi perintah ini dengan --replace."
        ) from error


def _refuse_while_it_runs(tell: Tell) -> None:
    first = seen = health.last_seen(health.WORKER) if _has(Heartbeat) else None
    if _is_fresh(seen):
        tell("Memastikan bahwa portal sudah berhenti, paling lama satu menit.")
    while _is_fresh(seen):
        time.sleep(1)
        seen = health.last_seen(health.WORKER)
        if seen != first:
            raise RestoreRefused(f"Pekerja latar masih berjalan. {_STOP_IT}")
    if others := engine().others():
        raise RestoreRefused(f"Basis data masih dipakai oleh {', '.join(others)}. {_STOP_IT}")


def _is_fresh(seen: datetime | None) -> bool:
    return seen is not None and abs(timezone.now() - seen) <= STOPPED


def _holds_people() -> bool:
    people = get_user_model()
    return _has(people) and people._default_manager.exists()


def _has(model: type[models.Model]) -> bool:
    return model._meta.db_table in connection.introspection.table_names()


def _bring_up_to_date(manifest: Manifest) -> None:
    """What has come since the backup; on the way, the guards that `migrate` lays down stand again."""
    call_command("migrate", interactive=False, verbosity=0)
    note_backup(manifest.made_at)


@contextmanager
def _files_that_are_missing(backup: Path, manifest: Manifest, tell: Tell) -> Iterator[None]:
    """Stored before the block; taken away again when it fails."""
    there = set(stored_names())
    added: list[str] = []
    try:
        for name in sorted(set(manifest.files) - there):
            added.append(name)
            _store(backup, name)
        tell(f"{len(added)} berkas ditulis. Memulihkan tabel …")
        yield
    except BaseException:
        for name in added:
            discard_now(name)
        raise


def _replace_files(backup: Path, manifest: Manifest, *, replace: bool) -> int:
    """The rows stand: files of theirs that are not theirs yet are replaced, and those of the portal before are removed.

    Returns how many were removed.
    """
    for name, member in manifest.files.items():
        if not is_intact(name, member.sha256):
            _store(backup, name)
    foreign = [name for name in stored_names() if name not in manifest.files] if replace else []
    for name in foreign:
        discard_now(name)
    return len(foreign)


def _store(backup: Path, name: str) -> None:
    with opened(backup, f"{FILES}{name}") as member:
        private_storage().put(name, File(member, name))
