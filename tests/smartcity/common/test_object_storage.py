"""Private files in S3-like storage: the same promises as on a disk, against a storage on this machine."""

import socket
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.core.files.base import ContentFile
from django.http import Http404, HttpResponseRedirect
from django.test import RequestFactory
from django.utils import timezone
from moto.server import ThreadedMotoServer

from smartcity import doctor
from smartcity.backup import making, restoring
from smartcity.backup.archive import Manifest, verified, writing
from smartcity.common.storage.files import discard_now, private_storage, protected_download, store_new, stored_names
from smartcity.common.storage.object_storage import ObjectStorage, StorageUnavailable

BUCKET = "wadah-uji"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Where an empty storage answers."""
    running = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    address = f"http://{host}:{port}"
    boto3.client(
        "s3", endpoint_url=address, region_name="us-east-1", aws_access_key_id="k", aws_secret_access_key="s"
    ).create_bucket(Bucket=BUCKET)
    yield address
    running.stop()


def use(settings: Any, endpoint: str, bucket: str = BUCKET) -> None:
    options = {
        "endpoint_url": endpoint, "bucket_name": bucket, "region_name": "us-east-1",
        "access_key": "k", "secret_key": "s",
    }  # fmt: skip
    settings.MEDIA_STORAGE = options
    private = {"BACKEND": "smartcity.common.storage.object_storage.ObjectStorage", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"private": private, "default": private}


@pytest.fixture
def storage(settings: Any, server: str) -> ObjectStorage:
    use(settings, server)
    found = private_storage()
    assert isinstance(found, ObjectStorage)
    return found


def body(response: Any) -> bytes:
    try:
        return b"".join(response.streaming_content)
    finally:
        response.close()


@pytest.mark.django_db  # closing a response asks the connections
@pytest.mark.parametrize("inline", [False, True])
def test_the_portal_hands_out_what_lies_there(storage: ObjectStorage, rf: RequestFactory, inline: bool) -> None:
    name = store_new("books", "pdf", b"%PDF-1.7 isi")
    response = protected_download(rf.get("/"), name, "Buku 2.pdf", "application/pdf", inline=inline)
    assert body(response) == b"%PDF-1.7 isi"
    assert response["Content-Disposition"] == f'{"inline" if inline else "attachment"}; filename="Buku 2.pdf"'
    assert response["Content-Length"] == "12"
    assert response["Cache-Control"] == "private, no-store"


def test_with_presigned_addresses_the_browser_fetches_it_there(
    storage: ObjectStorage, rf: RequestFactory, settings: Any
) -> None:
    settings.MEDIA_PRESIGNED = True
    name = store_new("books", "pdf", b"%PDF-1.7 isi")
    response = protected_download(rf.get("/"), name, "Buku 2 – édisi.pdf", "application/pdf")
    assert isinstance(response, HttpResponseRedirect)
    assert response["Cache-Control"] == "private, no-store"
    assert "X-Amz-Expires=60" in response.url
    assert "X-Amz-Signature=" in response.url
    with urllib.request.urlopen(response.url) as fetched:
        assert fetched.read() == b"%PDF-1.7 isi"
        assert fetched.headers["Content-Disposition"].startswith("attachment; filename")
        assert fetched.headers["Content-Type"] == "application/pdf"


@pytest.mark.django_db  # closing a response asks the connections
def test_what_opens_beside_its_page_still_comes_from_the_portal(
    storage: ObjectStorage, rf: RequestFactory, settings: Any
) -> None:
    settings.MEDIA_PRESIGNED = True
    settings.X_ACCEL_PREFIX = "/berkas-dalam/"  # of use for files on a disk only
    name = store_new("books", "pdf", b"%PDF-1.7 isi")
    assert body(protected_download(rf.get("/"), name, "x.pdf", "application/pdf", inline=True)) == b"%PDF-1.7 isi"


def test_a_name_in_use_is_not_overwritten(storage: ObjectStorage) -> None:
    first = storage.save("workbooks/satu.xlsx", ContentFile(b"satu"))
    second = storage.save("workbooks/satu.xlsx", ContentFile(b"dua"))
    assert first != second
    with storage.open(first) as kept:
        assert kept.read() == b"satu"


def test_what_a_backup_took_comes_back_under_exactly_its_name(storage: ObjectStorage, tmp_path: Path) -> None:
    data = bytes(range(256)) * 40_000
    name = storage.save("kembali/2026/satu.pdf", ContentFile(data))
    assert list(stored_names("kembali/")) == [name]
    with writing(tmp_path / "a.zip") as archive:
        making._take_files(archive, [name], [], len)
        archive.close(Manifest(timezone.now(), "sqlite", [], {}, archive.members))
    storage.put(name, ContentFile(b"lain"))
    restoring._replace_files(tmp_path / "a.zip", verified(tmp_path / "a.zip"), replace=False)
    with storage.open(name) as there:
        assert there.read() == data
    assert list(stored_names("kembali/")) == [name]


def test_chunks_become_a_file(storage: ObjectStorage) -> None:
    for offset, chunk in ((0, b"abc"), (3, b"def"), (3, b"DE"), (5, b"f")):
        storage.write_chunk("uploads/x.part", offset, chunk)
    assert storage.size("uploads/x.part") == 6
    with storage.open("uploads/x.part") as whole:
        assert whole.read() == b"abcDEf"


def test_what_is_gone_is_gone(storage: ObjectStorage, rf: RequestFactory) -> None:
    name = store_new("books", "pdf", b"x")
    discard_now(name)
    discard_now(name)
    with pytest.raises(Http404):
        protected_download(rf.get("/"), name, "x.pdf", "application/pdf")
    with pytest.raises(FileNotFoundError):
        storage.open(name)


def test_a_private_file_has_no_address(storage: ObjectStorage) -> None:
    with pytest.raises(ValueError, match="private"):
        storage.url("books/x.pdf")


def nobody() -> str:
    """An address at which nothing answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


@pytest.mark.parametrize("away", [True, False])
def test_a_storage_that_does_not_serve_is_an_os_error_and_named_by_doctor(
    settings: Any, server: str, away: bool
) -> None:
    use(settings, nobody() if away else server, bucket="wadah-lain")
    with pytest.raises(StorageUnavailable, match="penyimpanan berkas tidak melayani"):
        store_new("books", "pdf", b"x")
    with pytest.raises(StorageUnavailable, match="penyimpanan berkas tidak melayani"):
        list(stored_names())
    finding = doctor._bucket()
    assert (finding.name, finding.ok) == ("Berkas pribadi", False)
    assert "MEDIA_STORAGE_URL" in finding.mend


def test_a_storage_that_serves_is_in_order(storage: ObjectStorage) -> None:
    assert doctor._bucket().ok
    assert storage.listdir("doctor")[1] == []
