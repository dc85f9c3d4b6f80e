"""The other shapes on the edition's page: offered to who may ask, taken by who may read, recorded like a book."""

import pytest
from django.urls import reverse
from django.utils import timezone

from masterplan.books import actions as documents
from masterplan.editions import actions as editions
from masterplan.models import BookDownload, BookJob
from tests.factories import finish_book, make_initiative


@pytest.fixture
def edition(plan, agency, coordinator):
    make_initiative(plan, agency=agency, status="approved", complete=True)
    return editions.take_snapshot(plan, by=coordinator)


@pytest.fixture
def address(regency, edition):
    return reverse("edition_detail", args=[regency.slug, edition.number])


def ask(client, regency, edition, shape, **data):
    return client.post(reverse("format_request", args=[regency.slug, edition.number, shape]), data)


def test_the_coordinator_and_the_expert_ask_and_everybody_reads(client_of, coordinator, expert, drafter, address):
    people = (coordinator, expert, drafter)
    asked, also_asked, read = (client_of(person).get(address).content.decode() for person in people)

    assert "Bentuk lain" in read
    assert "Buku 2 sebagai Word" in read
    assert "Per bab" in read
    assert asked.count("/bentuk/") == also_asked.count("/bentuk/") == 6
    assert read.count("/bentuk/") == 0
    assert "Belum disusun" in read


@pytest.mark.parametrize(
    ("shape", "data", "title"),
    [
        ("docx", {"book": "buku-2"}, "Buku 2 (Word) edisi 1"),
        ("docx", {"book": "buku-2", "chapter": "bagian-pendahuluan"}, "Buku 2 bagian pendahuluan (Word) edisi 1"),
        ("xlsx", {}, "Tabel Excel edisi 1"),
        ("json", {}, "Data terbuka edisi 1"),
    ],
)
def test_asking_leads_to_the_page_that_waits_and_then_to_the_file(
    client_of, coordinator, expert, regency, edition, address, shape, data, title
):
    answer = ask(client_of(coordinator), regency, edition, shape, **data)
    job = edition.book_jobs.get()
    assert answer.url == reverse("book_progress", args=[regency.slug, job.pk])
    waiting = client_of(expert).get(answer.url).content.decode()
    assert title in waiting
    finish_book(job, data=b"{}")
    done = client_of(expert).get(answer.url).content.decode()
    assert f"Unduh {job.get_format_display()}" in done
    assert "halaman, " not in done
    response = client_of(expert).get(reverse("book_download", args=[regency.slug, job.pk]))
    assert f"_edisi-1_{timezone.localdate(edition.taken_at)}" in response["Content-Disposition"]
    assert response["Content-Disposition"].rstrip('"').endswith(f".{shape}")
    assert b"".join(response.streaming_content) == b"{}"
    assert "pdf" not in response["Content-Type"]
    assert BookDownload.objects.get().by == expert
    if not data.get("chapter"):
        assert f"{job.get_format_display()}, 1\xa0KB" in client_of(expert).get(address).content.decode()


def test_a_zip_of_nothing_is_refused_in_words(client_of, coordinator, regency, edition):
    client = client_of(coordinator)
    answer = ask(client, regency, edition, "zip")

    assert answer.url == reverse("edition_detail", args=[regency.slug, edition.number])
    assert "Belum ada berkas yang selesai" in client.get(answer.url).content.decode()


def test_a_zip_that_lacks_a_newer_file_is_offered_again(client_of, coordinator, regency, edition, address):
    finish_book(documents.request_book(edition, format="json", by=coordinator))
    finish_book(documents.request_book(edition, format="zip", by=coordinator))
    assert "Kumpulkan lagi" not in client_of(coordinator).get(address).content.decode()
    finish_book(documents.request_book(edition, format="xlsx", by=coordinator))
    assert "Kumpulkan lagi" in client_of(coordinator).get(address).content.decode()


def test_every_chapter_is_listed_with_its_file(client_of, coordinator, regency, edition):
    address = reverse("book_chapters", args=[regency.slug, edition.number, "buku-2"])
    html = client_of(coordinator).get(address).content.decode()
    assert "BAB IV Rencana Aksi" in html
    assert "Lampiran 1" in html
    assert html.count("/bentuk/docx/") == html.count("/bentuk/pdf/") > 8
    finish_book(
        documents.request_book(edition, book="buku-2", format="docx", chapter="bagian-rencana-aksi", by=coordinator)
    )
    assert (
        client_of(coordinator).get(address).content.decode().count("/bentuk/docx/") == html.count("/bentuk/docx/") - 1
    )


def test_whoever_reads_an_edition_has_one_chapter_printed(client_of, coordinator, expert, drafter, regency, edition):
    address = reverse("book_chapters", args=[regency.slug, edition.number, "buku-2"])
    html = client_of(drafter).get(address).content.decode()
    assert html.count("/bentuk/pdf/") > 8
    assert "/bentuk/docx/" not in html
    answer = ask(client_of(expert), regency, edition, "pdf", book="buku-2", chapter="bagian-rencana-aksi")
    job = edition.book_jobs.get()
    assert answer.url == reverse("book_progress", args=[regency.slug, job.pk])
    waiting = client_of(expert).get(answer.url).content.decode()
    assert "Buku 2 bagian rencana aksi edisi 1" in waiting
    assert "Batalkan" in waiting
    assert "Batalkan" not in client_of(drafter).get(answer.url).content.decode()
    BookJob.objects.filter(pk=job.pk).update(state="failed", attempts=3, error="Rusak.", finished_at=job.requested_at)
    assert 'name="chapter" value="bagian-rencana-aksi"' in client_of(drafter).get(answer.url).content.decode()
    assert ask(client_of(drafter), regency, edition, "pdf", book="buku-2", chapter=job.portion).url == answer.url
    finish_book(BookJob.objects.get(pk=job.pk))
    assert "PDF, 1\xa0KB" in client_of(drafter).get(address).content.decode()
    books = client_of(expert).get(reverse("edition_detail", args=[regency.slug, edition.number])).context["books"]
    assert [book["prints"] for book in books] == [[], [], []], "a chapter is not the book"
    assert "Unduh Buku" not in client_of(expert).get(reverse("home")).content.decode()


@pytest.mark.parametrize(("shape", "book"), [("pdf", "buku-2"), ("exe", "buku-2"), ("docx", "buku-9")])
def test_what_there_is_not(client_of, coordinator, regency, edition, shape, book):
    answer = ask(client_of(coordinator), regency, edition, shape, book=book)

    assert answer.status_code == (302 if shape == "docx" else 404)
    assert not edition.book_jobs.exists()
    assert client_of(coordinator).get(f"/{regency.slug}/buku/1/bab/buku-9/").status_code == 404


def test_a_failed_shape_can_be_asked_for_again(client_of, coordinator, regency, edition):
    job = documents.request_book(edition, book="buku-2", format="docx", chapter="bagian-pendahuluan", by=coordinator)
    BookJob.objects.filter(pk=job.pk).update(
        state="failed", attempts=3, error="Terlalu besar.", finished_at=job.requested_at
    )
    html = client_of(coordinator).get(reverse("book_progress", args=[regency.slug, job.pk])).content.decode()

    assert 'name="chapter" value="bagian-pendahuluan"' in html
    assert (
        ask(client_of(coordinator), regency, edition, "docx", book="buku-2", chapter="bagian-pendahuluan").status_code
        == 302
    )
    job.refresh_from_db()
    assert job.state == "queued"
