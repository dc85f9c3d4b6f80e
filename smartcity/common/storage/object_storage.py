"""Private files in S3-like storage, for portals on several machines. Loaded only where the settings name a bucket.

What goes wrong on the way there is an OSError, as with a disk: whoever stores or reads need not know which of the two
it is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import File
from django.utils.http import content_disposition_header
from storages.backends.s3 import S3Storage

from smartcity.common.storage.files import PrivateStorage

ADDRESS_SECONDS = 60
# By path, because the buckets of most storages other than Amazon's have no host names; checksums only where they are
# asked for, because the same storages do not know the newer ones.
_CONFIG = Config(
    signature_version="s3v4",
    s3={"addressing_style": "path"},
    connect_timeout=5,
    read_timeout=30,
    retries={"max_attempts": 3},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


class StorageUnavailable(OSError):
    """The storage does not answer, or refuses: worth another try."""


@contextmanager
def _as_os_error() -> Iterator[None]:
    try:
        yield
    except (Boto3Error, BotoCoreError, ClientError) as error:
        raise StorageUnavailable(f"penyimpanan berkas tidak melayani ({error})") from error


class ObjectStorage(S3Storage, PrivateStorage):
    """One bucket. A file is there as a whole or not at all."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, client_config=_CONFIG, file_overwrite=False, default_acl=None)

    def url(self, name: str | None) -> str:
        """Private files have no address; a view hands them out after asking who is there."""
        raise ValueError(f"{name} is private: hand it out with protected_download()")

    def exists(self, name: str) -> bool:
        """Whether there is such a file. Raises StorageUnavailable."""
        with _as_os_error():
            return bool(super().exists(name))

    def size(self, name: str) -> int:
        """Bytes. Raises StorageUnavailable."""
        with _as_os_error():
            return int(super().size(name))

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        """Folders and files right below it. Raises StorageUnavailable."""
        with _as_os_error():
            folders, files = super().listdir(name)
        return folders, files

    def delete(self, name: str) -> None:
        """Remove it; one that is gone already is no fault. Raises StorageUnavailable."""
        with _as_os_error():
            super().delete(name)

    def put(self, name: str, content: File) -> None:
        """As a whole. Raises StorageUnavailable."""
        self._save(name, content)

    def write_chunk(self, name: str, offset: int, chunk: bytes) -> None:
        """Objects cannot be changed, only replaced: what is there is read and written again with the chunk."""
        before = b""
        if offset:
            with self.open(name) as there:
                before = there.read(offset)
        with _as_os_error():
            self.bucket.Object(self._normalize_name(name)).put(Body=before + chunk)

    def address(self, name: str, filename: str, content_type: str) -> str:
        """A presigned address, if the settings want downloads to come from here."""
        if not settings.MEDIA_PRESIGNED:
            return ""
        wanted = {
            "ResponseContentType": content_type,
            "ResponseContentDisposition": content_disposition_header(True, filename) or "attachment",
            "ResponseCacheControl": "private, no-store",
        }
        return str(S3Storage.url(self, name, parameters=wanted, expire=ADDRESS_SECONDS))

    def _open(self, name: str, mode: str = "rb") -> File:
        with _as_os_error():
            file: File = super()._open(name, mode)
            if "r" in mode:
                file.seek(0)  # fetched now, while an error can still be told as one
            return file

    def _save(self, name: str, content: File) -> str:
        with _as_os_error():
            return str(super()._save(name, content))
