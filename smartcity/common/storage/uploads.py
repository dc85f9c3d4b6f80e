"""Upload handlers that apply the limits while data arrives, so that too much never reaches the disk."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest


class BoundedUploads(TemporaryFileUploadHandler):
    """Files of one request: at most `each` bytes a file and `together` bytes all; `refused` names those that are more.

    A refused file is read to its end, because a browser takes no answer before that, and none of it is kept.
    """

    def __init__(self, request: HttpRequest, *, each: int, together: int) -> None:
        super().__init__(request)
        self.each, self.together = each, together
        self.refused: list[tuple[str, int]] = []
        self._kept = 0
        self._is_refused = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin to count."""
        super().new_file(*args, **kwargs)
        self._is_refused = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a chunk, or give the file up."""
        if self._is_refused:
            return
        size = start + len(raw_data)
        self._is_refused = size > self.each or self._kept + size > self.together
        if self._is_refused:
            self.file.seek(0)
            self.file.truncate()
        else:
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """The file, or nothing when it was given up."""
        if self._is_refused:
            self.file.close()
            self.refused.append((self.file_name or "", file_size))
            return None
        self._kept += file_size
        return super().file_complete(file_size)


class StreamedUpload(FileUploadHandler):
    """Hands the first file of a request to `look` piece by piece and keeps nothing of it, in memory or on disk.

    `size` is what arrived; `too_much` says that it was more than `most` bytes, of which `look` then saw no more. Far
    beyond the limit the rest is not even read.
    """

    def __init__(self, request: HttpRequest, look: Callable[[bytes], None], *, most: int) -> None:
        super().__init__(request)
        self.look, self.most = look, most
        self.size = 0
        self._files = 0

    @property
    def too_much(self) -> bool:
        """Whether there was more than may be looked at."""
        return self.size > self.most

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Further files of the same request are let pass unseen."""
        super().new_file(*args, **kwargs)
        self._files += 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Look at a piece while the file is not too long."""
        if start + len(raw_data) > 4 * self.most:
            self.size = max(self.size, self.most + 1)
            raise StopUpload(connection_reset=True)
        if self._files > 1:
            return
        self.size += len(raw_data)
        if not self.too_much:
            self.look(raw_data)

    def file_complete(self, file_size: int) -> None:
        """There is no file afterwards."""
