"""Private files: where they are kept, how they are written whole or not at all, and how they are handed out.

Who may have a file is decided by the view that calls `protected_download`; nothing here is reachable by an address.
"""

import hashlib
import os
import secrets
import tempfile
from abc import abstractmethod
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, cast
from urllib.parse import quote

from csp.constants import NONE, SELF
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.core.files.utils import validate_file_name
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.http import content_disposition_header

from smartcity.common.storage.work_folders import left_behind

# Beside the folders of files, so that a finished one goes to its place by a rename, and nothing unfinished lies there.
_DRAFTS = ".drafts"


class PrivateStorage(Storage):
    """What the portal asks of a place for private files beside what Django does. The other one is `object_storage`."""

    @abstractmethod
    def write_chunk(self, name: str, offset: int, chunk: bytes) -> None:
        """Put `chunk` at `offset`, the end of what is surely there; what lies beyond is cut off."""

    @abstractmethod
    def put(self, name: str, content: File) -> None:
        """Keep `content` under exactly this name, whatever was there."""

    @abstractmethod
    def address(self, name: str, filename: str, content_type: str) -> str:
        """An address at which the file can be saved for a minute without asking the portal; "" where there is none."""


class PrivateFiles(FileSystemStorage, PrivateStorage):
    """Files below MEDIA_ROOT, without an address of their own; a file appears under its name only when complete."""

    def __init__(self) -> None:
        super().__init__(base_url=None)

    def url(self, name: str | None) -> str:
        """Private files have no address; a view hands them out after asking who is there."""
        raise ValueError(f"{name} is private: hand it out with protected_download()")

    def _save(self, name: str, content: File) -> str:
        target = Path(self.path(name))
        name = os.path.relpath(target, self.location)
        target.parent.mkdir(parents=True, exist_ok=True)
        drafts = _drafts()
        drafts.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=drafts, delete=False) as draft:
            try:
                for chunk in content.chunks():
                    draft.write(chunk.encode() if isinstance(chunk, str) else chunk)
                _publish_draft(draft, target, settings.FILE_UPLOAD_PERMISSIONS)
            except BaseException:
                Path(draft.name).unlink(missing_ok=True)
                raise
        return name

    def put(self, name: str, content: File) -> None:
        """By a rename, so that at no moment is there less than a whole file."""
        self._save(name, content)

    def write_chunk(self, name: str, offset: int, chunk: bytes) -> None:
        """On the disk when this returns."""
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("r+b" if path.exists() else "wb") as part:
            part.seek(offset)
            part.write(chunk)
            part.truncate()
            part.flush()
            os.fsync(part.fileno())

    def address(self, name: str, filename: str, content_type: str) -> str:
        """None: whoever wants the file asks the portal."""
        return ""


def private_storage() -> PrivateStorage:
    """The storage of private files, chosen by settings; given to file fields uncalled, so migrations do not name it."""
    return cast(PrivateStorage, storages["private"])


def store_new(folder: str, suffix: str, data: bytes) -> str:
    """Keep `data` under a name that was never used and never will be again, so that removing it is always safe.

    Call it in the transaction that stores the name; when that fails, `discard_now` the name.
    """
    name = f"{folder}/{secrets.token_hex(16)}.{suffix}"
    return private_storage().save(name, ContentFile(data))


def discard(name: str) -> None:
    """Remove a private file once the transaction that forgets it is committed."""
    transaction.on_commit(lambda: discard_now(name))


def discard_now(name: str) -> None:
    """Remove a private file; one that is gone already is no fault."""
    private_storage().delete(name)


def sweep_drafts() -> int:
    """Remove what killed writers left half written on this machine. Returns how many files.

    S3-like storage has none: there a file that is not finished is not a file.
    """
    left = left_behind(_drafts())
    for draft in left:
        draft.unlink(missing_ok=True)
    return len(left)


def _drafts() -> Path:
    return Path(settings.MEDIA_ROOT) / _DRAFTS


def stored_names(folder: str = "") -> Iterator[str]:
    """The name of every private file there is, at the moment its folder is read."""
    try:
        folders, files = private_storage().listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(filter(None, files)):  # some storages name a folder among its files
        yield f"{folder}{name}"
    for name in sorted(set(folders) - {_DRAFTS}):
        yield from stored_names(f"{folder}{name}/")


def is_intact(name: str, sha256: str) -> bool:
    """Whether the private file is there and still holds the bytes of that fingerprint."""
    try:
        with private_storage().open(name) as stored:
            return hashlib.file_digest(stored, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False


def protected_download(
    request: HttpRequest, stored_name: str, filename: str, content_type: str, inline: bool = False
) -> HttpResponseBase:
    """Hand out the private file `stored_name` as `filename`; the caller has checked that the person may have it.

    Only `inline` files open inside a page of the portal, all others are saved. A missing file is a 404.
    """
    validate_file_name(stored_name, allow_relative_path=True)
    if not private_storage().exists(stored_name):
        raise Http404(f"file {stored_name} is gone")
    response: HttpResponse | FileResponse
    if not inline and (address := private_storage().address(stored_name, filename, content_type)):
        response = HttpResponseRedirect(address)
        response["Cache-Control"] = "private, no-store"
        return response
    if settings.X_ACCEL_PREFIX and not settings.MEDIA_STORAGE:
        response = HttpResponse()
        response["X-Accel-Redirect"] = f"{settings.X_ACCEL_PREFIX.rstrip('/')}/{quote(stored_name)}"
    else:
        response = FileResponse(private_storage().open(stored_name))
    response["Content-Type"] = content_type
    response["Content-Disposition"] = content_disposition_header(not inline, filename) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    if inline and content_type == "application/pdf":
        response["X-Frame-Options"] = "SAMEORIGIN"
        # How django-csp is told about one answer. A PDF has no page whose scripts could run, and a browser's own viewer
        # is built of inline styles and embeds, which the portal's rules would break.
        vars(response)["_csp_config"] = {"frame-ancestors": [SELF], "base-uri": [NONE], "form-action": [NONE]}
    return response


def _publish_draft(draft: IO[bytes], target: Path, mode: int | None) -> None:
    draft.flush()
    os.fsync(draft.fileno())
    if mode is not None:
        os.chmod(draft.name, mode)
    os.replace(draft.name, target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # without it a power cut may lose the new name
    finally:
        os.close(folder)


def forget_with_files(rows: QuerySet[Any], names: Callable[[Any], list[str]]) -> int:
    """Delete `rows` and the stored files that `names` gives for each; returns how many rows.

    Row by row, each looked at again under its lock; its files go once the row is surely gone.
    """
    count = 0
    for pk in list(rows.values_list("pk", flat=True)):
        with transaction.atomic():
            row = rows.select_for_update(of=("self",)).filter(pk=pk).first()
            if row is None:
                continue
            for name in names(row):
                discard(name)
            row.delete()
            count += 1
    return count
