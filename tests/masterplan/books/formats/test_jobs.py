"""A request for another shape is a job like a book's: one row, one file under its kind, a ZIP of what was finished."""

import hashlib
import json
import re
import zipfile
from io import BytesIO

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from agencies.models import Agency, User
from masterplan.books import actions as books
from masterplan.books.blueprint import book_parts
from masterplan.books.chapter_list import chapters_of
from masterplan.books.file_names import CONTENT_TYPES, file_name
from masterplan.books.formats import make
from masterplan.editions import actions as editions
from masterplan.models import BookFile, BookJob, MasterPlan, Snapshot
from masterplan.reference import BookFormat
from masterplan.workflow import may_cancel
from smartcity.common.jobs import JobState
from smartcity.common.storage.files import private_storage
from tests.factories import finish_book, make_decree, make_initiative, print_book


@pytest.fixture
def edition(plan: MasterPlan, agency: Agency, coordinator: User) -> Snapshot:
    """An edition with one full initiative."""
    make_initiative(plan, agency=agency, status="approved", complete=True)
    return editions.take_snapshot(plan, by=coordinator)


def finished(job: BookJob) -> bytes:
    """The file of a job, made now."""
    assert print_book(job), job.error
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert job.file is not None
    with private_storage().open(job.file.storage_name) as file:
        data = file.read()
    assert (job.file.size, job.file.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    return bytes(data)


def printed(edition: Snapshot, by: User) -> BookJob:
    """A finished PDF of a few bytes."""
    return finish_book(books.request_book(edition, book="buku-2", by=by))


@pytest.mark.parametrize("shape", [BookFormat.WORD, BookFormat.EXCEL, BookFormat.OPEN_DATA])
def test_a_shape_is_made_and_kept_under_its_kind(edition: Snapshot, coordinator: User, shape: BookFormat) -> None:
    book = "buku-2" if shape == BookFormat.WORD else ""
    job = books.request_book(edition, book=book, format=shape, by=coordinator)
    data = finished(job)
    assert job.file is not None
    assert (job.file.format, job.file.pages) == (shape, None)
    assert job.file.storage_name.endswith(f".{shape}")
    assert re.fullmatch(rf"\w[\w-]*_Kab-Semarang-Uji_edisi-1_\d{{4}}-\d\d-\d\d\.{shape}", file_name(job))
    assert data[:1] == (b"{" if shape == BookFormat.OPEN_DATA else b"P")
    again = books.request_book(edition, book=book, format=shape, by=coordinator)
    assert again.pk == job.pk
    assert shape in CONTENT_TYPES


def test_each_chapter_is_a_file_of_its_own(edition: Snapshot, coordinator: User) -> None:
    anchors = [chapter.heading.anchor for chapter in chapters_of(book_parts(edition.content))][:2]
    jobs = [books.request_book(edition, book="buku-2", format="docx", chapter=each, by=coordinator) for each in anchors]
    whole = books.request_book(edition, book="buku-2", format="docx", by=coordinator)
    assert len({job.pk for job in (*jobs, whole)}) == 3
    assert file_name(jobs[1]).startswith("Buku-2_bagian-visi_Kab-")
    assert str(jobs[1]) == "Buku 2 bagian visi (Word) edisi 1"
    finished(jobs[0])


@pytest.mark.parametrize(
    "wanted",
    [
        {"format": "docx"}, {"book": "buku-9", "format": "docx"}, {"book": "buku-2", "format": "xlsx"}, {"format": "pdf"},
        {"book": "buku-2", "format": "exe"}, {"book": "buku-2", "format": "docx", "chapter": "bagian-tidak-ada"},
        {"book": "buku-2", "chapter": "bagian-pendahuluan", "variant": "arsip"}, {"book": "buku-2", "chapter": "bagian-tidak-ada"}, {"format": "json", "chapter": "bagian-pendahuluan"},
    ],
)  # fmt: skip
def test_what_there_is_not_is_refused(edition: Snapshot, coordinator: User, wanted: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        books.request_book(edition, by=coordinator, **wanted)
    assert not edition.book_jobs.exists()


def test_who_may_not_ask_for_books_may_not_ask_for_shapes(edition: Snapshot, agency_head: User, drafter: User) -> None:
    chapter = {"book": "buku-2", "chapter": "bagian-visi"}
    for person in (agency_head, drafter):
        for wanted in ({"format": "json"}, {"book": "buku-2"}, {"format": "docx", **chapter}):
            with pytest.raises(PermissionDenied):
                books.request_book(edition, by=person, **wanted)
        assert books.request_book(edition, by=person, **chapter).pk == edition.book_jobs.get().pk


def test_a_chapter_to_read_is_printed_once_for_everybody(
    edition: Snapshot, coordinator: User, expert: User, administrator: User
) -> None:
    asked = books.request_book(edition, book="buku-2", chapter="bagian-visi", by=expert)
    assert books.request_book(edition, book="buku-2", chapter="bagian-visi", by=coordinator).pk == asked.pk
    assert (str(asked), set(asked.askers.all())) == ("Buku 2 bagian visi edisi 1", {expert, coordinator})
    assert file_name(asked).startswith("Buku-2_bagian-visi_Kab-")
    with pytest.raises(PermissionDenied):
        books.request_book(edition, book="buku-2", chapter="bagian-visi", by=administrator)
    data = finished(asked)
    with pikepdf.open(BytesIO(data)) as pdf:
        assert str(pdf.docinfo["/Title"]).startswith("BAB II Visi Smart City Daerah · Buku 2 · ")
        assert asked.file is not None
        assert len(pdf.pages) == asked.file.pages
    assert asked.code.encode() in data


def test_who_asked_for_a_chapter_may_call_it_off(edition: Snapshot, expert: User, agency_head: User) -> None:
    job = books.request_book(edition, book="buku-2", chapter="bagian-visi", by=expert)
    assert not may_cancel(job, agency_head)
    assert may_cancel(job, expert)
    assert books.cancel_book(job, by=expert)


def test_a_zip_holds_what_is_finished_with_its_manifest(edition: Snapshot, coordinator: User) -> None:
    with pytest.raises(ValidationError, match="Belum ada berkas yang selesai"):
        books.request_book(edition, format="zip", by=coordinator)
    book = printed(edition, coordinator)
    data = books.request_book(edition, format="json", by=coordinator)
    finished(data)
    bundle = books.request_book(edition, format="zip", by=coordinator)
    # Finished after the request: it belongs in the next ZIP.
    tables = books.request_book(edition, format="xlsx", by=coordinator)
    finish_book(tables)
    raw = finished(bundle)
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        names = archive.namelist()
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for row in manifest["files"]:
            content = archive.read(row["file"])
            assert (len(content), hashlib.sha256(content).hexdigest()) == (row["size"], row["sha256"])
    assert names == ["manifest.json", *sorted([file_name(book), file_name(data)])]
    assert [row["file"] for row in manifest["files"]] == names[1:]
    assert (manifest["content_sha256"], manifest["draft"]) == (edition.sha256, True)
    fuller = books.request_book(edition, format="zip", by=coordinator)
    assert fuller.pk != bundle.pk
    assert books.request_book(edition, format="zip", by=coordinator).pk == fuller.pk
    BookJob.objects.filter(pk=bundle.pk).update(state=JobState.QUEUED, file=None, finished_at=None, attempts=0)
    assert finished(BookJob.objects.get(pk=bundle.pk)) == raw


def test_a_zip_whose_file_is_gone_is_tried_again_and_then_fails(edition: Snapshot, coordinator: User) -> None:
    book = printed(edition, coordinator)
    book.refresh_from_db()
    bundle = books.request_book(edition, format="zip", by=coordinator)
    assert book.file is not None
    private_storage().delete(book.file.storage_name)
    assert [print_book(bundle) for _ in range(3)] == [False] * 3
    bundle.refresh_from_db()
    assert bundle.state == JobState.FAILED
    assert bundle.error.startswith("Penyusunan terhenti")


def test_a_format_that_cannot_be_made_fails_with_its_reason(
    edition: Snapshot, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = books.request_book(edition, book="buku-2", format="docx", by=coordinator)
    narrow = make.FormatLimits(memory_mb=16)
    monkeypatch.setattr(make, "FormatLimits", lambda: narrow)
    assert not print_book(job)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "terlalu besar untuk disusun sekaligus. Minta satu bab saja" in job.error


def test_an_adopted_edition_is_shaped_anew_without_the_mark(
    edition: Snapshot, coordinator: User, executive: User
) -> None:
    draft = books.request_book(edition, format="json", by=coordinator)
    editions.change_edition(edition, name="review", by=coordinator)
    editions.change_edition(edition, name="adopt", by=executive, decree=make_decree())
    adopted = books.request_book(Snapshot.objects.get(pk=edition.pk), format="json", by=coordinator)
    assert json.loads(finished(draft))["draft"] is True
    assert json.loads(finished(adopted))["draft"] is False


def test_the_file_of_a_kind_says_its_kind(db: None) -> None:
    from django.db import IntegrityError, transaction

    for wrong in ({"format": "pdf", "pages": None}, {"format": "docx", "pages": 3}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BookFile.objects.create(sha256="b" * 64, stored="x", size=1, **wrong)
