"""The file of a backup: written completely or not at all, and checked before it is used.

A ZIP of the tables (`data/`), the private files (`files/`) and a manifest that names both, sealed by the sum of all its
bytes. Knows no database and no storage. Memory stays the same however large the file is.
"""

import fcntl
import hashlib
import io
import json
import os
import shutil
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

FORMAT = 1
MANIFEST = "manifest.json"
DATA, FILES = "data/", "files/"
PIECE = 1024 * 1024  # bytes read or written at a time
_LONGEST_MANIFEST = 256 * PIECE
# The comment of the ZIP and so the end of the file: the sum of everything, with zeros where the sum stands.
_SEAL = b"cadangan portal sha256:"
_BLANK = b"0" * 64
# What the reader of ZIP files may say of one that is not as it was written.
_TORN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError, LookupError)
_AGAIN = "Salin ulang dari tempat asalnya, atau pakai cadangan lain."


class Unusable(Exception):
    """This file cannot be restored from; the sentence says why, and what to do."""


@dataclass(frozen=True)
class ManifestTable:
    """What the manifest says of a table: its rows, the order of its columns, and where its counters stood."""

    rows: int
    columns: list[str] = field(default_factory=list)
    counters: dict[str, tuple[int, bool]] = field(default_factory=dict)


@dataclass(frozen=True)
class Member:
    """A file inside: its bytes and their sum."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What is inside. `engine` as Django calls it; `migrations` as the database had noted them, app and name."""

    made_at: datetime
    engine: str
    migrations: list[tuple[str, str]]
    tables: dict[str, ManifestTable]
    members: dict[str, Member]

    @property
    def files(self) -> dict[str, Member]:
        """The private files, by their stored names."""
        return {name.removeprefix(FILES): member for name, member in self.members.items() if name.startswith(FILES)}

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(table.rows for table in self.tables.values())

    def as_json(self) -> bytes:
        """How it stands in the file."""
        written = asdict(self) | {"format": FORMAT, "made_at": self.made_at.isoformat()}
        return json.dumps(written, indent=1).encode()


class BackupDraft:
    """A backup on its way to the disk."""

    def __init__(self, out: "_Summed") -> None:
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, allowZip64=True, compresslevel=4)  # type: ignore[call-overload]
        self.members: dict[str, Member] = {}

    @contextmanager
    def member(self, name: str, *, packed: bool = True) -> Iterator["_Summed"]:
        """Something to write a new file to. `packed`: whether it is worth making it smaller."""
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        with self._zip.open(info, "w", force_zip64=True) as place:
            summed = _Summed(place)
            yield summed
        self.members[name] = Member(summed.size, summed.sum.hexdigest())

    def close(self, manifest: Manifest) -> None:
        """Nothing comes after the manifest."""
        with self.member(MANIFEST) as place:
            place.write(manifest.as_json())
        self._zip.comment = _SEAL + _BLANK
        self._zip.close()

    def abandon(self) -> None:
        """It will not become a backup: nothing more is written, also not by Python when it clears up."""
        self._zip.fp = None


class _Summed:
    """Passes on what is written, and adds it up. It cannot go back, so that a sum of all is a sum of the file."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self.size, self.sum = out, 0, hashlib.sha256()

    def write(self, piece: bytes) -> int:
        """All of it."""
        self.sum.update(piece)
        self.size += len(piece)
        self._out.write(piece)
        return len(piece)

    def flush(self) -> None:
        """As a file does."""
        self._out.flush()


@contextmanager
def writing(target: Path) -> Iterator[BackupDraft]:
    """A backup that appears as `target` once the block has closed it, and leaves nothing when the block fails.

    Only its owner may read it: it holds all that the portal knows of people.
    """
    draft = target.with_name(f".{target.name}.draft")
    with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b") as out:
        try:
            fcntl.flock(out, fcntl.LOCK_EX)  # tells that somebody is at work on it, for as long as they live
            summed = _Summed(out)
            archive = BackupDraft(summed)
            try:
                yield archive
            finally:
                archive.abandon()
            out.seek(-len(_BLANK), io.SEEK_END)
            out.write(summed.sum.hexdigest().encode())
            out.flush()
            os.fsync(out.fileno())
            draft.replace(target)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """New names in `folder` outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep_drafts(folder: Path) -> int:
    """Remove what killed backups left in `folder`; returns how many files. What somebody still writes stays."""
    left = 0
    for draft in folder.glob(".*.zip.draft"):
        with suppress(FileNotFoundError, BlockingIOError), draft.open("rb") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            draft.unlink()
            left += 1
    return left


# Reading -------------------------------------------------------------------------------------------------------------


def verified(path: Path) -> Manifest:
    """The manifest of a backup of which every byte is as it was written. Raises Unusable."""
    if not path.is_file():
        raise Unusable(f"{path} tidak ada, atau bukan berkas. Periksa nama dan foldernya.")
    if not path.stat().st_size:
        raise Unusable(f"{path} kosong (0 byte). {_AGAIN}")
    try:
        whole, is_zip = _seal_holds(path), _begins_as_zip(path)
    except OSError as error:
        raise Unusable(f"{path} tidak dapat dibaca ({error.strerror}). Periksa izin berkas dan cakramnya.") from error
    try:
        manifest = _examined(path)
    except _TORN as error:
        what = "terpotong atau rusak" if is_zip else "bukan berkas cadangan portal"
        raise Unusable(f"{path} {what} ({error}). {_AGAIN}") from error
    if not whole:
        raise Unusable(f"{path} berubah sesudah dibuat. {_AGAIN}")
    return manifest


@contextmanager
def opened(path: Path, name: str) -> Iterator[IO[bytes]]:
    """A file inside a backup that was verified."""
    with zipfile.ZipFile(path) as archive, archive.open(name) as member:
        yield member


def take_out(path: Path, name: str, target: Path) -> None:
    """Copy a file inside a backup that was verified to `target`, for its owner alone, and onto the disk."""
    with opened(path, name) as member, open(os.open(target, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as out:
        shutil.copyfileobj(member, out, PIECE)
        out.flush()
        os.fsync(out.fileno())


def _seal_holds(path: Path) -> bool:
    summed = hashlib.sha256()
    left = path.stat().st_size - len(_BLANK)
    with path.open("rb") as file:
        while left > 0 and (piece := file.read(min(PIECE, left))):
            summed.update(piece)
            left -= len(piece)
        seal = file.read()
    summed.update(_BLANK)
    return seal == summed.hexdigest().encode()


def _begins_as_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def _examined(path: Path) -> Manifest:
    """Each fault that has a name is told by it."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        if MANIFEST not in names:
            raise Unusable(f"{path} adalah ZIP lain, bukan cadangan portal: tidak ada {MANIFEST} di dalamnya.")
        if archive.getinfo(MANIFEST).file_size > _LONGEST_MANIFEST:
            raise Unusable(f"{MANIFEST} dalam {path} terlalu besar untuk daftar isi. {_AGAIN}")
        manifest = _read_manifest(archive.read(MANIFEST), path)
        _compare_names(path, names, manifest)
        for name, member in manifest.members.items():
            _compare_bytes(path, archive, name, member)
    return manifest


def _read_manifest(text: bytes, path: Path) -> Manifest:
    try:
        written: dict[str, Any] = json.loads(text)
        if int(written["format"]) > FORMAT:
            raise Unusable(f"{path} dibuat oleh portal yang lebih baru. Perbarui portal ini dulu, lalu ulangi.")
        return Manifest(
            made_at=datetime.fromisoformat(written["made_at"]),
            engine=str(written["engine"]),
            migrations=[(str(app), str(name)) for app, name in written["migrations"]],
            tables={str(name): ManifestTable(**table) for name, table in written["tables"].items()},
            members={str(name): Member(**member) for name, member in written["members"].items()},
        )
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise Unusable(f"{MANIFEST} dalam {path} tidak terbaca ({error}). {_AGAIN}") from error


def _compare_names(path: Path, names: list[str], manifest: Manifest) -> None:
    found = set(names) - {MANIFEST}
    if len(names) != len(set(names)):
        twice = next(name for name in names if names.count(name) > 1)
        raise Unusable(f"{path} memuat {twice} dua kali. {_AGAIN}")
    for name in sorted(found | set(manifest.members)):
        if not _stays_inside(name):
            raise Unusable(f"{path} memuat nama yang keluar dari foldernya: {name!r}. Jangan pakai berkas ini.")
    if missing := sorted(set(manifest.members) - found):
        raise Unusable(f"{path} tidak memuat {missing[0]} yang disebut daftar isinya. {_AGAIN}")
    if foreign := sorted(found - set(manifest.members)):
        raise Unusable(f"{path} memuat {foreign[0]} yang tidak disebut daftar isinya. Jangan pakai berkas ini.")


def _stays_inside(name: str) -> bool:
    plain = PurePosixPath(name)
    return name.startswith((DATA, FILES)) and "\\" not in name and ".." not in plain.parts and str(plain) == name


def _compare_bytes(path: Path, archive: zipfile.ZipFile, name: str, member: Member) -> None:
    try:
        with archive.open(name) as inside:
            summed, size = hashlib.sha256(), 0
            while size <= member.size and (piece := inside.read(PIECE)):
                summed.update(piece)
                size += len(piece)
    except _TORN as error:
        raise Unusable(f"{name} di dalam {path} rusak ({error}). {_AGAIN}") from error
    if (size, summed.hexdigest()) != (member.size, member.sha256):
        raise Unusable(f"{name} di dalam {path} bukan yang dicadangkan: ukuran atau sidiknya lain. {_AGAIN}")
