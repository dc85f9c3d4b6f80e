"""Anybody may ask about a book, by code or by file, and learns what is printed in it and no more."""

import hashlib
import html
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency, User
from masterplan.books import actions as books
from masterplan.books import genuine
from masterplan.editions import actions as editions
from masterplan.models import BookFile, BookJob, MasterPlan, Snapshot
from smartcity.common.jobs import claim, publish
from smartcity.common.storage.files import private_storage
from tests.factories import finish_book, make_decree, make_initiative

pytestmark = pytest.mark.django_db

PLACE = reverse("verification")


@pytest.fixture
def edition(plan: MasterPlan, agency: Agency, coordinator: User) -> Snapshot:
    make_initiative(plan, agency=agency, status="approved")
    return editions.take_snapshot(plan, by=coordinator, label="Untuk rapat dewan")


def issue(edition: Snapshot, by: User, **signed: Any) -> tuple[BookJob, bytes]:
    """A book of the edition with a file that names its code."""
    job = books.request_book(edition, book="buku-2", by=by)
    data = f"%PDF-1.7 <dc:identifier>sha256:{edition.sha256}</dc:identifier> kode {job.code} %%EOF".encode()
    sha256 = hashlib.sha256(data).hexdigest()
    stored = private_storage().save(f"books/{sha256}.pdf", ContentFile(data))
    file = BookFile.objects.create(sha256=sha256, stored=stored, size=1_300_000, pages=176, **signed)
    taken = claim(BookJob, job.pk, lease_seconds=60)
    assert taken is not None
    assert publish(taken, file=file)
    return BookJob.objects.get(pk=job.pk), data


@pytest.fixture
def issued(edition: Snapshot, coordinator: User) -> tuple[BookJob, bytes]:
    return issue(edition, coordinator)


def text_of(response: Any) -> str:
    """What a reader sees, as one line."""
    plain = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())
    return re.sub(r" (?=[,.])", "", plain)


def page_of(job: BookJob) -> str:
    return reverse("verification_detail", args=[job.code])


def drop(client: Client, url: str, data: bytes, name: str = "buku.pdf") -> Any:
    return client.post(url, {"berkas": SimpleUploadedFile(name, data)})


# By code ---------------------------------------------------------------------------------------------------------------


def test_a_code_leads_to_its_book(client: Client, issued: tuple[BookJob, bytes]) -> None:
    job, _ = issued
    for typed in (job.code, job.code.lower().replace("-", " "), job.check_url):
        assert client.get(PLACE, {"kode": typed}).headers["Location"] == page_of(job)
    response = client.get(page_of(job))
    text = text_of(response)
    assert response.status_code == 200
    for words in (
        "Buku 2 edisi 1, Kabupaten Semarang Uji", job.snapshot.master_plan.title, "Untuk rapat dewan", job.code,
        "Draf, belum ditinjau", "176 halaman, 1,2 MB, bertanda DRAF", job.snapshot.sha256, job.file.sha256,
    ):  # fmt: skip
        assert words in text, words


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({"book": "buku-2", "chapter": "bagian-visi"}, ("Buku 2 bagian visi edisi 1, Kabupaten", "PDF, 10 halaman")),
        ({"format": "json"}, ("Data terbuka edisi 1, Kabupaten", "JSON, ")),
    ],
)
def test_a_code_leads_to_whatever_bears_it(
    client: Client, edition: Snapshot, coordinator: User, wanted: dict[str, str], told: tuple[str, str]
) -> None:
    job = finish_book(books.request_book(edition, by=coordinator, **wanted))
    text = text_of(client.get(page_of(job)))
    assert all(words in text for words in told)
    assert ("Buku 2, Master Plan" in text) is bool(job.book)


def test_it_tells_nothing_personal_and_offers_no_download(
    client: Client, issued: tuple[BookJob, bytes], coordinator: User, executive: User
) -> None:
    job, _ = issued
    editions.change_edition(job.snapshot, name="review", by=coordinator)
    editions.change_edition(job.snapshot, name="adopt", by=executive, decree=make_decree())
    body = client.get(page_of(job)).content.decode()
    for person in (coordinator, executive):
        assert person.email not in body
        assert person.name not in body
    assert "unduh" not in body.lower()
    assert f"/pekerjaan/{job.pk}/" not in body
    assert "/wilayah/" not in body


def test_the_page_is_the_same_for_whoever_is_signed_in(
    client: Client, issued: tuple[BookJob, bytes], coordinator: User, outsider: User
) -> None:
    def seen() -> str:
        return re.sub(r'(value|content)="\w{60,}"', "", client.get(page_of(issued[0])).content.decode())

    strange = seen()
    for person in (coordinator, outsider):
        client.force_login(person)
        assert seen() == strange


def test_states_are_told_as_they_are_now(
    client: Client, issued: tuple[BookJob, bytes], plan: MasterPlan, coordinator: User, executive: User
) -> None:
    draft, _ = issued
    editions.change_edition(draft.snapshot, name="review", by=coordinator)
    assert "Sudah ditinjau, belum ditetapkan." in text_of(client.get(page_of(draft)))
    editions.change_edition(draft.snapshot, name="adopt", by=executive, decree=make_decree())
    text = text_of(client.get(page_of(draft)))
    assert "berlaku sekarang. Berkas ini dicetak bertanda DRAF, sebelum edisinya ditetapkan." in text
    adopted, _ = issue(draft.snapshot, coordinator)
    assert "dicetak bertanda DRAF" not in text_of(client.get(page_of(adopted)))
    newer = editions.take_snapshot(plan, by=coordinator, label="Lagi")
    editions.change_edition(newer, name="review", by=coordinator)
    editions.change_edition(newer, name="adopt", by=executive, decree=make_decree())
    assert "tidak berlaku lagi. Yang berlaku sekarang edisi 2." in text_of(client.get(page_of(adopted)))


def test_the_word_for_signed_stands_only_where_a_signature_was_found_to_hold(
    client: Client, edition: Snapshot, coordinator: User
) -> None:
    job, _ = issue(edition, coordinator)
    assert "ditandatangani" not in client.get(page_of(job)).content.decode().lower()
    BookFile.objects.filter(pk=job.file.pk).update(signed_by="Pejabat Contoh", signed_at=timezone.now())
    assert "Ditandatangani dengan sertifikat Pejabat Contoh" in text_of(client.get(page_of(job)))


def test_an_unknown_code_is_a_clear_404_that_keeps_what_was_typed(client: Client) -> None:
    response = client.get(reverse("verification_detail", args=["2222-3333-4444-5555"]))
    text = text_of(response)
    assert response.status_code == 404
    assert "Tidak ada buku dengan kode 2222-3333-4444-5555" in text
    assert 'value="2222-3333-4444-5555"' in response.content.decode()
    assert "<title>Galat: " in response.content.decode()


@pytest.mark.parametrize("typed", ["", "7F3A", "0O1I-2222-2222-2222", "x" * 400, "<script>alert(1)</script>"])
def test_what_can_be_no_code_is_asked_again(typed: str, client: Client) -> None:
    response = client.get(PLACE, {"kode": typed})
    assert response.status_code == 200
    assert "Ada 1 isian yang perlu diperbaiki" in text_of(response)
    assert "<script>alert" not in response.content.decode()


def test_whoever_tries_codes_has_to_wait_but_no_reader_of_a_book_does(
    client: Client, issued: tuple[BookJob, bytes], settings: Any
) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"unknown_code": "3/m/ip"}
    tries = [client.get(reverse("verification_detail", args=[f"2222-2222-2222-222{end}"])) for end in "2345"]
    assert [answer.status_code for answer in tries] == [404, 404, 404, 429]
    assert "Tunggu beberapa menit" in text_of(tries[-1])
    assert tries[-1].headers["Retry-After"] == "60"
    assert {client.get(page_of(issued[0])).status_code for _ in range(30)} == {200}


# By file ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("on_its_page", [True, False])
def test_the_issued_file_is_genuine(on_its_page: bool, client: Client, issued: tuple[BookJob, bytes]) -> None:
    job, data = issued
    text = text_of(drop(client, page_of(job) if on_its_page else PLACE, data))
    assert "Berkas ini asli" in text
    assert "buku yang lain" not in text
    assert f"Buku 2 edisi 1, Kabupaten Semarang Uji, kode {job.code}." in text


def test_a_genuine_file_on_the_page_of_another_book_says_so(
    client: Client, issued: tuple[BookJob, bytes], plan: MasterPlan, coordinator: User
) -> None:
    other, data = issue(editions.take_snapshot(plan, by=coordinator, label="Lain"), coordinator)
    text = text_of(drop(client, page_of(issued[0]), data))
    assert "Berkas ini asli, tetapi buku yang lain" in text
    assert other.code in text


@pytest.mark.parametrize("on_its_page", [True, False])
def test_a_changed_file_is_named_as_changed(on_its_page: bool, client: Client, issued: tuple[BookJob, bytes]) -> None:
    job, data = issued
    url = page_of(job) if on_its_page else PLACE
    text = text_of(drop(client, url, data.replace(b"%%EOF", b"%%EOG")))
    assert "Berkas ini sudah berubah" in text
    assert job.code in text
    assert "Berkas ini asli" not in text
    text = text_of(drop(client, url, data.replace(job.code.encode(), b"2222-2222-2222-2222")))
    assert "Berkas ini menyebut sidik isi edisi 1" in text


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n%%EOF", b"\x00" * 5000, b"PK\x03\x04" + b"x" * 100, b"<svg onload=alert(1)>", b"kode " * 5000]
)
def test_a_file_of_others_is_not_ours(data: bytes, client: Client, issued: tuple[BookJob, bytes]) -> None:
    response = drop(client, page_of(issued[0]), data, name="../../etc/<b>.pdf")
    assert "Berkas ini bukan terbitan portal ini" in text_of(response)
    assert "<b>.pdf" not in response.content.decode()


def test_a_file_is_compared_and_not_kept(
    client: Client, issued: tuple[BookJob, bytes], settings: Any, tmp_path: Path
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "lewat"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    before = sorted(tmp_path.rglob("*"))
    rows = BookFile.objects.count()
    drop(client, page_of(issued[0]), b"%PDF-1.7" + b"x" * 4_000_000)
    assert sorted(tmp_path.rglob("*")) == before
    assert BookFile.objects.count() == rows


def test_no_file_and_too_large_a_file_are_told_apart(
    client: Client, issued: tuple[BookJob, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(genuine, "MOST_BYTES", 100_000)
    for url in (PLACE, page_of(issued[0])):
        for answer in (client.post(url), drop(client, url, b"")):
            assert "Belum ada berkas yang dipilih" in text_of(answer)
            assert answer.content.decode().count("<title>Galat: ") == 1
        for size in (150_000, 3_000_000):
            assert "lebih besar dari 98 KB" in text_of(drop(client, url, b"x" * size))


def test_files_are_looked_at_only_so_often(client: Client, issued: tuple[BookJob, bytes], settings: Any) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"checked_file": "2/m/ip"}
    job, data = issued
    answers = [drop(client, page_of(job), data) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Tunggu beberapa menit" in text_of(answers[-1])
    assert job.code in text_of(answers[-1])
    assert drop(client, PLACE, data).status_code == 429


def test_a_file_needs_the_token_of_the_page(issued: tuple[BookJob, bytes]) -> None:
    strict = Client(enforce_csrf_checks=True)
    job, data = issued
    assert drop(strict, page_of(job), data).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', strict.get(page_of(job)).content.decode())
    assert token
    fields = {"csrfmiddlewaretoken": token[1], "berkas": SimpleUploadedFile("b.pdf", data)}
    assert "Berkas ini asli" in text_of(strict.post(page_of(job), fields))


def test_a_file_for_an_unknown_code_is_not_looked_at(client: Client) -> None:
    assert drop(client, reverse("verification_detail", args=["2222-2222-2222-2222"]), b"x").status_code == 404


def test_a_file_can_be_handed_over_where_a_code_was_unknown(client: Client, issued: tuple[BookJob, bytes]) -> None:
    lost = client.get(reverse("verification_detail", args=["2222-2222-2222-2222"])).content.decode()
    action = re.search(r'method="post"\s+action="([^"]*)"', lost)
    assert action
    assert "Berkas ini asli" in text_of(drop(client, action[1], issued[1]))
