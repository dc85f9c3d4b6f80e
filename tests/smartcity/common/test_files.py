"""Private files: written whole or not at all, and handed out inert."""

import os
import signal
import time
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from csp.middleware import CSPMiddleware
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.http import Http404, HttpRequest, HttpResponseBase
from django.test import RequestFactory

from masterplan import tasks
from smartcity.common.storage.files import private_storage, protected_download, sweep_drafts


class Torn(ContentFile):  # type: ignore[type-arg]
    """A file whose reading breaks off in the middle."""

    def chunks(self, chunk_size: int | None = None) -> Any:
        yield b"awal"
        raise OSError("disk penuh")


class Deadly(Torn):
    """A file whose reader is killed in the middle."""

    def chunks(self, chunk_size: int | None = None) -> Any:
        yield b"awal"
        os.kill(os.getpid(), signal.SIGKILL)


def files_in(root: Path) -> list[Path]:
    """Every file below it, whatever its name."""
    return [path for path in root.rglob("*") if path.is_file()]


def killed_while_writing(name: str, *, seconds_ago: float, root: Path) -> Path:
    """What is left of a process that was killed with -9 while it wrote `name`, as if that were so long ago."""
    before = files_in(root)
    writer = get_context("fork").Process(target=private_storage().save, args=(name, Deadly(b"")))
    writer.start()
    writer.join(30)
    assert writer.exitcode == -signal.SIGKILL
    (left,) = set(files_in(root)) - set(before)
    born = time.time() - seconds_ago
    os.utime(left, (born, born))
    return left


@pytest.fixture
def stored() -> str:
    return private_storage().save("buku/satu.pdf", ContentFile(b"%PDF-1.7 isi"))


def body(response: Any) -> bytes:
    try:
        return b"".join(response.streaming_content)
    finally:
        response.close()


def test_a_file_is_stored_below_media_for_nobody_else(stored: str, settings: Any) -> None:
    path = Path(settings.MEDIA_ROOT) / stored
    assert path.read_bytes() == b"%PDF-1.7 isi"
    assert path.stat().st_mode & 0o007 == 0


def test_an_interrupted_write_leaves_nothing(settings: Any) -> None:
    with pytest.raises(OSError, match="disk penuh"):
        private_storage().save("buku/dua.pdf", Torn(b""))
    assert files_in(Path(settings.MEDIA_ROOT)) == []


def test_what_a_killed_writer_left_is_nowhere_among_the_files_and_swept_once_nobody_can_still_write(
    stored: str, settings: Any
) -> None:
    settings.CELERY_TASK_TIME_LIMIT = 100
    old, young = (
        killed_while_writing(f"buku/{age}.pdf", seconds_ago=age, root=settings.MEDIA_ROOT) for age in (110, 90)
    )
    assert private_storage().listdir("buku") == ([], ["satu.pdf"])
    assert sweep_drafts() == 1
    assert (old.exists(), young.exists(), private_storage().exists(stored)) == (False, True, True)


def test_there_may_be_nothing_to_sweep() -> None:
    assert sweep_drafts() == 0


@pytest.mark.django_db
def test_the_clock_sweeps(settings: Any) -> None:
    age = settings.CELERY_TASK_TIME_LIMIT + 10
    old = killed_while_writing("buku/dua.pdf", seconds_ago=age, root=settings.MEDIA_ROOT)
    tasks.sweep_jobs()
    assert not old.exists()


def test_a_private_file_has_no_address(stored: str) -> None:
    with pytest.raises(ValueError, match="private"):
        private_storage().url(stored)


@pytest.mark.django_db  # closing a response asks the connections
def test_a_download_is_an_attachment_nobody_caches(stored: str, rf: RequestFactory) -> None:
    response = protected_download(rf.get("/"), stored, "Buku 2 – édisi.pdf", "application/pdf")
    assert body(response) == b"%PDF-1.7 isi"
    assert response["Content-Disposition"].startswith("attachment; filename")
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert "X-Frame-Options" not in response


@pytest.mark.django_db  # closing a response asks the connections
def test_a_preview_opens_only_inside_the_portal(stored: str, rf: RequestFactory) -> None:
    response = protected_download(rf.get("/"), stored, "Buku 2.pdf", "application/pdf", inline=True)
    response.close()
    assert response["Content-Disposition"] == 'inline; filename="Buku 2.pdf"'
    assert response["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize(("content_type", "strict"), [("application/pdf", False), ("image/png", True)])
def test_only_a_pdf_is_freed_from_the_rules_of_pages(
    content_type: str, strict: bool, stored: str, rf: RequestFactory, settings: Any
) -> None:
    settings.X_ACCEL_PREFIX = "/berkas-dalam/"

    def view(request: HttpRequest) -> HttpResponseBase:
        return protected_download(request, stored, "x", content_type, inline=True)

    rules = CSPMiddleware(view)(rf.get("/"))["Content-Security-Policy"]  # type: ignore[arg-type]
    assert ("frame-ancestors 'self'" in rules) is not strict
    assert ("default-src 'none'" in rules) is strict


def test_behind_a_proxy_the_proxy_sends_the_file(stored: str, rf: RequestFactory, settings: Any) -> None:
    settings.X_ACCEL_PREFIX = "/berkas-dalam/"
    response = protected_download(rf.get("/"), stored, "Buku 2.pdf", "application/pdf")
    assert response["X-Accel-Redirect"] == f"/berkas-dalam/{stored}"


def test_a_missing_file_is_not_found(rf: RequestFactory) -> None:
    with pytest.raises(Http404):
        protected_download(rf.get("/"), "buku/tiada.pdf", "x.pdf", "application/pdf")


@pytest.mark.parametrize("name", ["../db.sqlite3", "/etc/passwd", "buku/../../x"])
def test_a_path_out_of_the_folder_is_refused(name: str, rf: RequestFactory) -> None:
    with pytest.raises(SuspiciousFileOperation):
        protected_download(rf.get("/"), name, "x.pdf", "application/pdf")
