"""Reminder letters: what they say, that they are printed whole under the letterhead, and who gets the file."""

from datetime import date, timedelta

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from masterplan.books import jobs
from masterplan.models import DeadlineExtension, LetterJob, Workshop
from masterplan.overview.actions.letters import request_letters
from smartcity.common.jobs import JobState
from smartcity.common.storage.files import private_storage
from smartcity.press.checking.extract import TextReader
from tests.factories import finish_book, make_initiative
from tests.masterplan.page_form import form_of

ROW = {
    "id": "surat-1", "day": "Ungaran, 1 September 2026", "number": "", "subject": "Pengingat",
    "recipient": "Yth. Pimpinan Dinas Pariwisata", "opening": ["Isian ditunggu."], "state": [], "closing": ["Terima kasih."],
    "signer": "Sekretaris Daerah", "name": "", "note": "",
}  # fmt: skip


def squeezed(text):
    return "".join(text.split())


@pytest.fixture
def address(regency):
    return reverse("regency_letters", args=[regency.slug])


@pytest.fixture
def filled(plan, agency, agency_head, other_agency, coordinator):
    second = Workshop.objects.create(
        regency=plan.regency, stage="II", title="II", deadline=timezone.now() - timedelta(days=2)
    )
    make_initiative(plan, agency=agency, by=agency_head)
    more = {"reason": "Pindah kantor.", "granted_by": coordinator}
    DeadlineExtension.objects.create(
        workshop=second, agency=agency, deadline=timezone.now() + timedelta(days=5), **more
    )
    return second


def test_a_letter_to_everybody_is_printed_whole(client_of, coordinator, regency, agency, other_agency, filled, address):
    regency.letterhead = "PEMERINTAH KABUPATEN SEMARANG UJI\nSEKRETARIAT DAERAH"
    regency.save()
    client = client_of(coordinator)
    typed = {"number": "005/0412/2026", "day": "1 September 2026", "name": "Penanda Tangan Contoh", "note": "NIP 1"}
    assert client.post(address, form_of(client.get(address)) | typed).status_code == 302
    job = LetterJob.objects.get()
    client.post(address, form_of(client.get(address)) | typed)
    assert jobs.produce_letters(job.pk)
    job.refresh_from_db()

    assert job.title == "Surat pengingat untuk 2 perangkat daerah"
    assert (job.state, job.report["problems"]) == (JobState.DONE, [])
    assert job.file is not None
    with private_storage().open(job.file.storage_name) as file, pikepdf.open(file) as book:
        assert len(book.pages) == 2
        read = [TextReader().read(page) for page in book.pages]
    assert [page.artifacts for page in read] == ["", ""]
    pages = [squeezed(page.text) for page in read]
    extended, late = (next(page for page in pages if squeezed(other.name) in page) for other in (agency, other_agency))
    for page in pages:
        assert page.startswith(squeezed("PEMERINTAH KABUPATEN SEMARANG UJI SEKRETARIAT DAERAH"))
        for words in ("005/0412/2026", ", 1 September 2026", "Penanda Tangan Contoh NIP 1"):
            assert squeezed(words) in page
    assert squeezed("1 inisiatif masih berupa draf dan belum dikirim.") in extended
    assert squeezed("(sudah diperpanjang).") in extended
    assert squeezed("Belum ada inisiatif yang diisi.") in late
    assert squeezed("sudah lewat.") in late
    download = client.get(reverse("regency_letter_download", args=[regency.slug, job.pk]))
    assert download.headers["Content-Type"] == "application/pdf"
    download.close()


def test_a_letter_to_one_agency(client_of, coordinator, regency, agency, filled, address):
    client = client_of(coordinator)
    client.post(address, form_of(client.get(f"{address}?opd={agency.pk}")))
    job = LetterJob.objects.get()

    assert job.title == "Surat pengingat untuk Dinas Pariwisata"
    assert [row["recipient"] for row in job.content["letters"]] == ["Yth. Pimpinan Dinas Pariwisata"]
    assert "sedang disusun" in client.get(address).content.decode()
    download = reverse("regency_letter_download", args=[regency.slug, job.pk])
    assert client.get(download).status_code == 404, "while there is no file"
    finish_book(job, pages=1)
    assert "Unduh PDF, 1 halaman" in client.get(address).content.decode()


def test_what_was_typed_stays_beside_what_is_missing(client_of, coordinator, filled, address):
    sent = {"agency": "", "number": "005/0412", "day": "besok", "signer": "", "name": "", "note": ""}
    html = client_of(coordinator).post(address, sent).content.decode()

    assert "Tulis jabatan penanda tangan" in html
    assert 'value="besok"' in html
    assert 'value="005/0412"' in html
    assert not LetterJob.objects.exists()


def test_without_anybody_to_write_to_nothing_is_asked(client_of, coordinator, regency, plan, address):
    client = client_of(coordinator)
    html = client.post(address, form_of(client.get(address))).content.decode()
    assert "Tidak ada perangkat daerah yang masih ditunggu" in html
    with pytest.raises(ValidationError):
        request_letters(plan, letters=[], title="-", day=date(2026, 9, 1), by=coordinator)


def test_the_same_letters_are_the_same_job(plan, coordinator, executive):
    first, again = (
        request_letters(plan, letters=[ROW], title="Surat", day=date(2026, 9, 1), by=coordinator) for _ in range(2)
    )
    assert first == again
    with pytest.raises(PermissionDenied):
        request_letters(plan, letters=[ROW], title="Surat", day=date(2026, 9, 1), by=executive)
