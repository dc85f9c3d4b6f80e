"""SQLite in a backup: a consistent copy of the file goes in, and replaces the old file when it is restored."""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from smartcity.backup.archive import DATA, PIECE, BackupDraft, Manifest, ManifestTable, Unusable, sync_folder
from smartcity.backup.archive import take_out as take_file_out
from smartcity.common.storage.work_folders import work_folder

_PLACE = f"{DATA}db.sqlite3"
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@'"


def others() -> list[str]:
    """Whether another process has the file open: only who is alone may end the journal beside it."""
    if not _file().exists():
        return []
    connection.close()
    try:
        _end_journal(_file())
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise
        return ["proses lain yang sedang membuka berkas basis data"]
    return []


def take_out(archive: BackupDraft, left_out: Iterable[str]) -> tuple[list[tuple[str, str]], dict[str, ManifestTable]]:
    """The whole file, without the rows of the tables `left_out`: what it noted of migrations, and what was written."""
    with work_folder() as folder:
        copy = folder / "db.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(copy)])
        with closing(sqlite3.connect(copy)) as database, database:
            database.execute("PRAGMA secure_delete = ON")  # what is left out is nowhere in the file
            names = [name for (name,) in database.execute(_TABLES)]
            for name in set(left_out) & set(names):
                database.execute(f'DELETE FROM "{name}"')  # noqa: S608 (a name of the database)
            tables = {name: ManifestTable(_rows(database, name)) for name in sorted(set(names) - set(left_out))}
            migrations = [*database.execute("SELECT app, name FROM django_migrations ORDER BY id")]
        with archive.member(_PLACE) as place, copy.open("rb") as file:
            while piece := file.read(PIECE):
                place.write(piece)
    return migrations, tables


def put_back(backup: Path, manifest: Manifest, finish: Callable[[], None]) -> None:
    """Make the file beside the old one, look at it, `finish` it, and only then put it in the old one's place."""
    target = _file()
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_name(f".{target.name}.restore")
    try:
        _remove(new)
        take_file_out(backup, _PLACE, new)
        _look_at(new, manifest)
        with _connected_to(new):
            finish()
        _end_journal(new)
        if target.exists():
            _end_journal(target)
            new.chmod(target.stat().st_mode & 0o777)
        _remove_beside(target)  # a journal that was left would be taken for that of the new file
        new.replace(target)
        sync_folder(target.parent)
    finally:
        _remove(new)


def _file() -> Path:
    return Path(connection.settings_dict["NAME"])


def _rows(database: sqlite3.Connection, table: str) -> int:
    return int(database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608


def _look_at(new: Path, manifest: Manifest) -> None:
    with closing(sqlite3.connect(new)) as database:
        (said,) = database.execute("PRAGMA integrity_check").fetchone()
        if said != "ok":
            raise Unusable(f"Basis data di dalam cadangan rusak ({said}). Pakai cadangan lain.")
        for name, table in manifest.tables.items():
            if (found := _rows(database, name)) != table.rows:
                raise Unusable(f"Tabel {name} seharusnya berisi {table.rows} baris, tetapi terbaca {found}.")


@contextmanager
def _connected_to(file: Path) -> Any:
    """The portal's models read and write `file` for a while."""
    connection.close()
    former = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = str(file)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = former


def _end_journal(file: Path) -> None:
    """All in one file. Raises sqlite3.OperationalError while another process has it open."""
    with closing(sqlite3.connect(file, timeout=2)) as database:
        database.execute("PRAGMA journal_mode = DELETE")


def _remove(new: Path) -> None:
    new.unlink(missing_ok=True)
    _remove_beside(new)


def _remove_beside(file: Path) -> None:
    for end in ("-wal", "-shm", "-journal"):
        Path(f"{file}{end}").unlink(missing_ok=True)
