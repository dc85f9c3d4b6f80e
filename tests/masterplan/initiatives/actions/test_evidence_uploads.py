"""A file in chunks: nothing that arrived is sent twice, nothing beyond its size is taken, what is abandoned goes."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from agencies.models import Agency, User
from masterplan.editing.actions.locking import NotEditable
from masterplan.initiatives.actions import evidence_uploads as uploads
from masterplan.models import EvidenceUpload, Initiative, MasterPlan, forget_abandoned_uploads
from smartcity.common.storage.file_kinds import FileRefused
from smartcity.common.storage.files import private_storage
from tests.factories import files, make_initiative

DATA = files.pdf(b"/N " + b"1" * 900)


@pytest.fixture
def draft(plan: MasterPlan, agency: Agency, agency_head: User) -> Initiative:
    """A draft of the agency."""
    return make_initiative(plan, agency=agency, by=agency_head)


def begin(
    draft: Initiative, by: User, name: str = "surat.pdf", size: int = len(DATA), key: str = "k"
) -> EvidenceUpload:
    return uploads.begin(draft, by=by, key=key, name=name, size=size)


def part(upload: EvidenceUpload) -> Path:
    return Path(private_storage().path(upload.part))


def test_chunks_become_a_file(draft: Initiative, agency_head: User, django_capture_on_commit_callbacks) -> None:
    upload = begin(draft, agency_head)
    for start in range(0, len(DATA), 300):
        upload = uploads.receive(upload, by=agency_head, offset=start, chunk=DATA[start : start + 300])
    with django_capture_on_commit_callbacks(execute=True):
        added = uploads.finish(upload, by=agency_head)
    with added.row.file.stored.open("rb") as stored:
        assert stored.read() == DATA
    assert not EvidenceUpload.objects.exists()
    assert not part(upload).exists()


def test_whoever_was_cut_off_goes_on_where_it_stopped(draft: Initiative, agency_head: User) -> None:
    upload = uploads.receive(begin(draft, agency_head), by=agency_head, offset=0, chunk=DATA[:300])
    again = begin(draft, agency_head)
    assert (again.pk, again.received) == (upload.pk, 300)


def test_a_chunk_that_is_sent_twice_or_early_is_left_alone(draft: Initiative, agency_head: User) -> None:
    upload = uploads.receive(begin(draft, agency_head), by=agency_head, offset=0, chunk=DATA[:300])
    for offset in (0, 600):
        upload = uploads.receive(upload, by=agency_head, offset=offset, chunk=b"x" * 300)
        assert upload.received == 300
    assert part(upload).read_bytes() == DATA[:300]


def test_what_a_crash_left_beyond_the_row_is_written_over(draft: Initiative, agency_head: User) -> None:
    upload = uploads.receive(begin(draft, agency_head), by=agency_head, offset=0, chunk=DATA[:300])
    with part(upload).open("ab") as file:
        file.write(b"half a chunk")
    upload = uploads.receive(upload, by=agency_head, offset=300, chunk=DATA[300:])
    assert part(upload).read_bytes() == DATA


def test_a_lost_part_begins_anew(draft: Initiative, agency_head: User) -> None:
    upload = uploads.receive(begin(draft, agency_head), by=agency_head, offset=0, chunk=DATA[:300])
    part(upload).unlink()
    assert begin(draft, agency_head).received == 0


def test_more_than_was_said_is_refused(draft: Initiative, agency_head: User) -> None:
    upload = begin(draft, agency_head, size=200)
    with pytest.raises(FileRefused, match="lebih besar"):
        uploads.receive(upload, by=agency_head, offset=0, chunk=b"x" * 201)
    large = begin(draft, agency_head, size=5_000_000, key="besar")
    with pytest.raises(FileRefused, match="lebih besar"):
        uploads.receive(large, by=agency_head, offset=0, chunk=b"x" * (uploads.CHUNK_BYTES + 1))
    assert not part(upload).exists()


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [("surat.pdf", 0, "kosong"), ("film.mp4", 900, "tidak diterima"), ("surat.pdf", 11 * 2**20, "batasnya 10 MB"),
     ("foto.jpg", 11 * 2**20, "Kecilkan gambarnya")],
)  # fmt: skip
def test_what_can_come_to_nothing_is_refused_before_a_byte_is_sent(
    draft: Initiative, agency_head: User, name: str, size: int, words: str
) -> None:
    with pytest.raises(FileRefused, match=words):
        begin(draft, agency_head, name, size)
    assert not EvidenceUpload.objects.exists()


def test_a_file_that_is_refused_at_the_end_is_over(
    draft: Initiative, agency_head: User, django_capture_on_commit_callbacks
) -> None:
    upload = uploads.receive(begin(draft, agency_head, size=300), by=agency_head, offset=0, chunk=b"x" * 300)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(FileRefused, match="bukan PDF"):
        uploads.finish(upload, by=agency_head)
    assert not EvidenceUpload.objects.exists()
    assert not part(upload).exists()


def test_uploads_belong_to_whoever_began_them(draft: Initiative, agency_head: User, drafter: User) -> None:
    upload = uploads.receive(begin(draft, agency_head), by=agency_head, offset=0, chunk=DATA[:300])
    assert begin(draft, drafter).pk != upload.pk
    with pytest.raises(EvidenceUpload.DoesNotExist):
        uploads.receive(upload, by=drafter, offset=300, chunk=DATA[300:])
    uploads.cancel(upload, by=drafter)
    assert EvidenceUpload.objects.filter(pk=upload.pk).exists()


def test_nobody_keeps_any_number_open(draft: Initiative, agency_head: User, monkeypatch) -> None:
    monkeypatch.setattr(uploads, "_MOST_OPEN", 2)
    begin(draft, agency_head, key="a")
    begin(draft, agency_head, key="b")
    with pytest.raises(FileRefused, match="belum selesai"):
        begin(draft, agency_head, key="c")


def test_sent_and_foreign_initiatives_take_nothing(
    plan: MasterPlan, draft: Initiative, agency: Agency, agency_head: User, outsider: User
) -> None:
    sent = make_initiative(plan, agency=agency, by=agency_head, status="submitted")
    with pytest.raises(NotEditable):
        begin(sent, agency_head)
    with pytest.raises(PermissionDenied):
        begin(draft, outsider)


def test_an_abandoned_upload_goes_after_a_week(
    draft: Initiative, agency_head: User, django_capture_on_commit_callbacks
) -> None:
    upload = uploads.receive(begin(draft, agency_head), by=agency_head, offset=0, chunk=DATA[:300])
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        assert forget_abandoned_uploads() == 0
    later = time_machine.travel(timezone.now() + timedelta(days=8))
    with later, django_capture_on_commit_callbacks(execute=True):
        assert forget_abandoned_uploads() == 1
    assert not part(upload).exists()
