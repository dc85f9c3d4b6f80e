"""A file that only passes leaves nothing behind, and too much of it is not looked at."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from smartcity.common.storage.uploads import StreamedUpload


class Witness:
    """Remembers what it was shown."""

    def __init__(self) -> None:
        self.seen = b""

    def look(self, piece: bytes) -> None:
        self.seen += piece


def sent(rf: RequestFactory, *files: bytes) -> HttpRequest:
    fields = {"kata": "tetap"} | {f"f{place}": SimpleUploadedFile("b.pdf", data) for place, data in enumerate(files)}
    return rf.post("/", fields)


def pass_by(request: HttpRequest, witness: Witness, most: int) -> StreamedUpload:
    passing = StreamedUpload(request, witness.look, most=most)
    request.upload_handlers = [passing]
    assert not request.FILES
    return passing


def test_it_is_shown_whole_and_kept_nowhere(rf: RequestFactory, settings: Any, tmp_path: Path) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    data, witness = bytes(range(256)) * 2000, Witness()
    request = sent(rf, data)
    passing = pass_by(request, witness, most=10**6)
    assert witness.seen == data
    assert (passing.size, passing.too_much) == (len(data), False)
    assert request.POST["kata"] == "tetap"
    assert list(tmp_path.iterdir()) == []


def test_beyond_the_limit_nothing_is_looked_at(rf: RequestFactory) -> None:
    witness = Witness()
    passing = pass_by(sent(rf, b"x" * 300_000), witness, most=100_000)
    assert passing.too_much
    assert len(witness.seen) <= 100_000


@pytest.mark.parametrize("files", [(b"x" * 900_000,), (b"ini", b"x" * 900_000)])
def test_far_beyond_it_reading_ends(files: tuple[bytes, ...], rf: RequestFactory) -> None:
    """And the request is answered all the same."""
    request = sent(rf, *files)
    passing = pass_by(request, Witness(), most=100_000)
    assert passing.too_much
    assert request.POST["kata"] == "tetap"


def test_a_second_file_passes_unseen(rf: RequestFactory) -> None:
    witness = Witness()
    passing = pass_by(sent(rf, b"satu", b"dua"), witness, most=100)
    assert (witness.seen, passing.size) == (b"satu", 4)


def test_no_file_is_no_size(rf: RequestFactory) -> None:
    assert pass_by(rf.post("/", {"kata": "x"}), Witness(), most=100).size == 0
