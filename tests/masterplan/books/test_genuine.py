"""A file is genuine only byte for byte; one that says it is ours and is not is called altered; all else is unknown."""

import hashlib
from io import BytesIO

import pikepdf
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.models import Agency, User
from agencies.roles import Role
from masterplan.books import actions as books
from masterplan.books.genuine import FileReading, Judgement, Verdict, edition_in_force, find_issued, judge
from masterplan.editions import actions as editions
from masterplan.models import BookFile, BookJob, MasterPlan, Snapshot
from smartcity.common.jobs import claim, publish
from smartcity.press.assembling.metadata import Imprint, add_metadata
from tests.factories import make_decree, make_initiative, make_master_plan, make_person, make_regency

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(plan: MasterPlan, agency: Agency, coordinator: User) -> Snapshot:
    make_initiative(plan, agency=agency, status="approved")
    return editions.take_snapshot(plan, by=coordinator)


@pytest.fixture
def job(edition: Snapshot, coordinator: User) -> BookJob:
    return books.request_book(edition, book="buku-2", by=coordinator)


def pdf_of(job: BookJob, code: str = "") -> bytes:
    """A small book that says of itself what every book says."""
    with pikepdf.new() as made:
        made.add_blank_page()
        imprint = Imprint(f"Buku {job.pk}", "Pemerintah", "2021-09-20", job.snapshot.sha256, code or job.code)
        add_metadata(made, imprint)
        out = BytesIO()
        made.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def issue(job: BookJob) -> bytes:
    """End the job with a file."""
    data = pdf_of(job)
    file = BookFile.objects.create(
        sha256=hashlib.sha256(data).hexdigest(), stored=f"books/{job.pk}.pdf", size=len(data), pages=1
    )
    taken = claim(BookJob, job.pk, lease_seconds=60)
    assert taken is not None
    assert publish(taken, file=file)
    return data


def look(data: bytes, piece: int = 4096) -> Judgement:
    reading = FileReading()
    for start in range(0, len(data), piece):
        reading.take(data[start : start + piece])
    assert reading.sha256 == hashlib.sha256(data).hexdigest()
    return judge(reading)


def another(regency_slug: str = "kabupaten-lain-uji") -> BookJob:
    """A book of another regency."""
    regency = make_regency("Lain Uji", regency_slug)
    plan, coordinator = make_master_plan(regency), make_person(regency, Role.COORDINATOR)
    make_initiative(plan, status="approved")
    return books.request_book(editions.take_snapshot(plan, by=coordinator), book="buku-2", by=coordinator)


# Codes -----------------------------------------------------------------------------------------------------------------


def test_the_same_request_keeps_its_code_and_no_other_has_it(edition: Snapshot, coordinator: User) -> None:
    first = books.request_book(edition, book="buku-2", by=coordinator)
    assert books.request_book(edition, book="buku-2", by=coordinator).code == first.code
    with pytest.raises(IntegrityError), transaction.atomic():
        BookJob.objects.create(
            snapshot=edition, book="buku-2", variant="lain", draft_mark=True, requested_by=coordinator, code=first.code
        )
    assert another().code != first.code


def test_a_code_is_known_once_its_file_is_issued(job: BookJob) -> None:
    assert find_issued(job.code) is None
    issue(job)
    for typed in (job.code, job.code.lower().replace("-", " "), job.check_url):
        assert find_issued(typed) == job
    for typed in ("", "2222-2222-2222-2222", job.code[:-1], job.snapshot.code):
        assert find_issued(typed) is None


# Files -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("piece", [1, 7, 64, 65536])
def test_the_issued_file_is_genuine(piece: int, job: BookJob) -> None:
    """However it arrives, its marks are found, also those across two pieces."""
    data = issue(job)
    assert look(data, piece) == Judgement(Verdict.GENUINE, job)
    assert look(data + b"\n", piece) == Judgement(Verdict.ALTERED, job)


def test_one_byte_makes_it_another_file(job: BookJob) -> None:
    data = issue(job)
    for place in (20, len(data) // 2, len(data) - 3):
        changed = bytearray(data)
        changed[place] ^= 1
        assert look(bytes(changed)).verdict == Verdict.ALTERED


def test_cut_off_it_is_altered_as_long_as_it_says_what_it_was(job: BookJob) -> None:
    data = issue(job)
    assert look(data[:-1]) == Judgement(Verdict.ALTERED, job)
    assert look(data[:12]).verdict == Verdict.UNKNOWN


def test_saved_anew_it_is_altered(job: BookJob) -> None:
    """Metadata stay readable in every way that a library offers to write a PDF."""
    data = issue(job)
    for options in ({}, {"linearize": True}, {"compress_streams": True, "recompress_flate": True}, {"qdf": True}):
        out = BytesIO()
        with pikepdf.open(BytesIO(data)) as book:
            book.save(out, **options)
        assert look(out.getvalue()) == Judgement(Verdict.ALTERED, job), options


def test_another_code_does_not_hide_where_the_content_is_from(job: BookJob) -> None:
    issue(job)
    assert look(pdf_of(job, "2222-2222-2222-2222")) == Judgement(Verdict.ALTERED, job, by_code=False)


def test_a_genuine_file_of_another_regency_is_that_other_book(job: BookJob) -> None:
    issue(job)
    other = another()
    assert look(issue(other)) == Judgement(Verdict.GENUINE, other)


def test_a_code_of_ours_counts_more_than_a_fingerprint_of_ours(job: BookJob) -> None:
    issue(job)
    other = another()
    issue(other)
    assert look(pdf_of(job, other.code)) == Judgement(Verdict.ALTERED, other)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7\n%%EOF\n",
        b"kode 2222-2222-2222-2222 sha256:" + b"ab" * 32,
        b"kode " * 20_000,
        b"sha256:" * 20_000,
        b"".join(b"sha256:%064x kode %04d-AAAA-BBBB-CCCC " % (number, number + 2000) for number in range(5000)),
        bytes(range(256)) * 400,
    ],
)
def test_what_is_not_ours_is_unknown(data: bytes, job: BookJob, django_assert_max_num_queries: object) -> None:
    """Whatever it claims, it is asked about in two questions at most."""
    issue(job)
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        assert look(data) == Judgement(Verdict.UNKNOWN)


def test_a_file_that_waits_to_be_printed_is_not_issued(job: BookJob) -> None:
    assert look(pdf_of(job)).verdict == Verdict.UNKNOWN


def test_the_edition_in_force_is_named(job: BookJob, executive: User, coordinator: User) -> None:
    assert edition_in_force(job) is None
    editions.change_edition(job.snapshot, name="review", by=coordinator)
    editions.change_edition(job.snapshot, name="adopt", by=executive, decree=make_decree())
    assert edition_in_force(job) == job.snapshot.number


def test_a_signer_is_kept_with_the_time_or_not_at_all() -> None:
    facts = {"sha256": "ab" * 32, "stored": "x", "size": 1, "pages": 1}
    for half in ({"signed_by": "Seseorang"}, {"signed_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BookFile.objects.create(**facts, **half)
