"""Evidence comes in, is named, put in its place and in order, and goes; history shows each step; no byte is lost."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from agencies.models import Agency, User
from agencies.roles import Role
from masterplan.books import actions as books
from masterplan.books.jobs import images_of
from masterplan.editing.actions import files as taking
from masterplan.editing.actions.locking import NotEditable
from masterplan.editions import actions as editions
from masterplan.initiatives.actions import evidence
from masterplan.models import Evidence, EvidenceFile, Initiative, MasterPlan, forget_unused_files
from masterplan.registry import FIELDS
from masterplan.registry.reading import read_field
from masterplan.review.actions import reviews
from masterplan.templatetags.registry_tags import ValueNames, display_text
from smartcity.common.storage.file_kinds import FileRefused
from smartcity.common.storage.files import private_storage
from tests.factories import files, make_initiative, make_person


@pytest.fixture
def draft(plan: MasterPlan, agency: Agency, agency_head: User) -> Initiative:
    """A draft of the agency."""
    return make_initiative(plan, agency=agency, by=agency_head)


def add(initiative: Initiative, by: User, data: bytes | None = None, name: str = "foto_loket.jpg") -> Evidence:
    return evidence.add(initiative, by=by, name=name, data=data or files.picture()).row


def stored_files(settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_file_gets_a_title_a_place_and_a_byline(draft: Initiative, agency_head: User) -> None:
    row = add(draft, agency_head, name="../foto_antrean-loket.jpg")
    assert (row.title, row.original_name) == ("Foto antrean loket", "foto_antrean-loket.jpg")
    assert (row.placement, row.order, row.uploaded_by) == ("annex", 0, agency_head)
    assert row.uploaded_as == "Kepala perangkat daerah, Dinas Pariwisata"
    assert (row.file.kind, row.file.width, row.file.height) == ("jpeg", 1200, 800)
    for name in row.file.names:
        assert private_storage().exists(name)
    assert len(row.file.names) == 3


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [(files.pdf(), "a.pdf", "pdf"), (files.docx(), "a.docx", "docx"), (files.xlsx(), "a.xlsx", "xlsx")],
)
def test_a_document_is_kept_as_it_came(draft: Initiative, agency_head: User, data: bytes, name: str, kind: str) -> None:
    row = add(draft, agency_head, data, name)
    assert (row.file.kind, row.file.width, row.file.names) == (kind, None, [row.file.stored.name])
    with row.file.stored.open("rb") as stored:
        assert stored.read() == data


def test_history_says_what_became_of_the_answer(draft: Initiative, agency_head: User) -> None:
    row = add(draft, agency_head)
    evidence.revise(row, by=agency_head, title="  Antrean   loket ", placement="figure")
    evidence.remove(row, by=agency_head)
    draft.refresh_from_db()
    changes = list(draft.changes.order_by("version"))[-3:]
    names = ValueNames(draft.regency)
    words = [display_text(change.after["evidence"], FIELDS["evidence"], names) for change in changes]
    assert "Foto loket (Gambar JPEG, " in words[0]
    assert words[0].endswith("), daftar lampiran")
    assert words[1].startswith("- Antrean loket (")
    assert words[1].endswith("gambar pada lembar")
    assert words[2] == ""
    assert changes[2].before == changes[1].after
    assert [change.version for change in changes] == [2, 3, 4]
    assert draft.edit_version == 4
    assert draft.updated_as == "Kepala perangkat daerah, Dinas Pariwisata"


def test_a_change_that_changes_nothing_leaves_no_trace(draft: Initiative, agency_head: User) -> None:
    row = add(draft, agency_head)
    evidence.revise(row, by=agency_head, title=row.title, placement=row.placement)
    evidence.move(row, by=agency_head, step=1)
    evidence.move(row, by=agency_head, step=-1)
    assert draft.changes.count() == 2


def test_the_same_file_twice_is_one_row(draft: Initiative, agency_head: User) -> None:
    first = evidence.add(draft, by=agency_head, name="foto.jpg", data=files.picture())
    again = evidence.add(draft, by=agency_head, name="lain.jpg", data=files.picture())
    assert first.is_new
    assert not again.is_new
    assert again.row == first.row
    assert draft.evidence.count() == 1
    assert draft.changes.count() == 2


def test_the_same_file_of_two_initiatives_is_stored_once(
    plan: MasterPlan, draft: Initiative, agency: Agency, agency_head: User, settings
) -> None:
    other = make_initiative(plan, agency=agency, by=agency_head)
    assert add(draft, agency_head).file == add(other, agency_head).file
    assert len(stored_files(settings)) == 3


def test_order(draft: Initiative, agency_head: User) -> None:
    one, two, three = (add(draft, agency_head, files.pdf(b"/N %d" % n), f"{n}.pdf") for n in range(3))
    evidence.move(three, by=agency_head, step=-1)
    evidence.move(one, by=agency_head, step=1)
    assert [row.title for row in draft.evidence.all()] == ["2", "0", "1"]
    assert [row["title"] for row in read_field(draft, FIELDS["evidence"])] == ["2", "0", "1"]
    assert two.pk


@pytest.mark.parametrize(
    ("title", "placement", "words"),
    [("", "annex", "Judul masih kosong"), ("x" * 161, "annex", "batasnya 160"), ("Surat", "cover", "tidak dikenal"),
     ("Surat", "figure", "Hanya gambar")],
)  # fmt: skip
def test_a_title_and_a_place_are_judged(
    draft: Initiative, agency_head: User, title: str, placement: str, words: str
) -> None:
    row = add(draft, agency_head, files.pdf(), "surat.pdf")
    with pytest.raises(ValidationError, match=words):
        evidence.revise(row, by=agency_head, title=title, placement=placement)
    row.refresh_from_db()
    assert (row.title, row.placement) == ("Surat", "annex")


@pytest.mark.parametrize("status", ["submitted", "in_review", "approved", "withdrawn"])
def test_what_was_sent_is_frozen(plan: MasterPlan, agency: Agency, agency_head: User, status: str) -> None:
    sent = make_initiative(plan, agency=agency, by=agency_head, status="draft", complete=True)
    row = add(sent, agency_head)
    Initiative.objects.filter(pk=sent.pk).update(
        status=status, **dict.fromkeys(("submitted_at", "review_started_at", "approved_at", "withdrawn_at"), timezone.now()),
        submitted_by=agency_head, approved_by=make_person(plan.regency, Role.COORDINATOR),
    )  # fmt: skip
    with pytest.raises(NotEditable):
        add(sent, agency_head, files.pdf(), "surat.pdf")
    with pytest.raises(NotEditable):
        evidence.revise(row, by=agency_head, title="Lain", placement="none")
    with pytest.raises(NotEditable):
        evidence.move(row, by=agency_head, step=1)
    with pytest.raises(NotEditable):
        evidence.remove(row, by=agency_head)
    assert sent.evidence.get().title == row.title


def test_others_may_not(draft: Initiative, agency_head: User, executive: User, expert: User, outsider: User) -> None:
    row = add(draft, agency_head)
    for person in (executive, expert, outsider):
        with pytest.raises(PermissionDenied):
            add(draft, person, files.pdf(), "surat.pdf")
        with pytest.raises(PermissionDenied):
            evidence.remove(row, by=person)


# Limits ------------------------------------------------------------------------------------------------------------------


def test_a_refused_file_leaves_nothing_behind(draft: Initiative, agency_head: User, settings) -> None:
    with pytest.raises(FileRefused, match="terpotong"):
        add(draft, agency_head, files.picture()[:500])
    assert stored_files(settings) == []
    assert EvidenceFile.objects.count() == draft.evidence.count() == 0
    assert draft.changes.count() == 1


def test_a_file_that_is_too_large_is_told_its_size(draft: Initiative, agency_head: User) -> None:
    large = files.pdf(b"/N " + b"1" * (14 * taking.MEGABYTE))
    with pytest.raises(FileRefused) as refused:
        add(draft, agency_head, large, "surat.pdf")
    assert str(refused.value) == "Berkas ini 14 MB, batasnya 10 MB. Simpan ulang sebagai PDF."


def test_an_initiative_has_room_for_so_many_files(draft: Initiative, agency_head: User, monkeypatch) -> None:
    monkeypatch.setattr(taking, "MOST_FILES", 2)
    for number in range(2):
        add(draft, agency_head, files.pdf(b"/N %d" % number), f"{number}.pdf")
    with pytest.raises(FileRefused, match="batas untuk satu inisiatif"):
        add(draft, agency_head)
    assert draft.evidence.count() == 2


def test_an_initiative_has_room_for_so_many_bytes(draft: Initiative, agency_head: User, monkeypatch, settings) -> None:
    monkeypatch.setattr(taking, "MOST_BYTES_TOGETHER", 300)
    add(draft, agency_head, files.pdf(), "surat.pdf")
    with pytest.raises(FileRefused, match="Semua berkas menjadi"):
        add(draft, agency_head)
    assert draft.evidence.count() == 1
    assert len(stored_files(settings)) == 1


# What is kept, and what goes -------------------------------------------------------------------------------------------


def test_removed_bytes_go_a_day_later(
    draft: Initiative, agency_head: User, settings, django_capture_on_commit_callbacks
) -> None:
    row = add(draft, agency_head)
    evidence.remove(row, by=agency_head)
    assert forget_unused_files() == 0, "a print that is under way may need it"
    assert len(stored_files(settings)) == 3
    later = time_machine.travel(timezone.now() + timedelta(hours=25))
    with later, django_capture_on_commit_callbacks(execute=True):
        assert forget_unused_files() == 1
    assert stored_files(settings) == []
    assert EvidenceFile.objects.count() == 0


def test_bytes_that_are_still_shown_stay(
    plan: MasterPlan, draft: Initiative, agency: Agency, agency_head: User
) -> None:
    other = make_initiative(plan, agency=agency, by=agency_head)
    row, twin = add(draft, agency_head), add(other, agency_head)
    evidence.remove(row, by=agency_head)
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert forget_unused_files() == 0
    assert private_storage().exists(twin.file.stored.name)


def test_an_edition_keeps_its_pictures_when_the_agency_takes_them_away(
    plan: MasterPlan, agency: Agency, agency_head: User, coordinator: User, tmp_path: Path
) -> None:
    initiative = make_initiative(plan, agency=agency, by=agency_head, complete=True)
    row = add(initiative, agency_head)
    evidence.revise(row, by=agency_head, title="Antrean", placement="figure")
    with row.file.printed.open("rb") as picture:
        printed = picture.read()
    reviews.transition(initiative, name="submit", by=agency_head)
    edition = editions.take_snapshot(plan, by=coordinator)
    reviews.transition(initiative, name="start_review", by=coordinator)
    reviews.transition(initiative, name="return", by=coordinator, comment="Ganti gambarnya.")
    evidence.remove(row, by=agency_head)
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        assert forget_unused_files() == 0
    frozen = edition.content["initiatives"][0]["evidence"]
    folder = images_of(edition.content, tmp_path / "gambar")
    assert [each["title"] for each in frozen] == ["Antrean"]
    assert (folder / frozen[0]["image"]["file"]).read_bytes() == printed


def test_what_is_not_printed_is_not_frozen(
    plan: MasterPlan, agency: Agency, agency_head: User, coordinator: User
) -> None:
    initiative = make_initiative(plan, agency=agency, by=agency_head, complete=True)
    row = add(initiative, agency_head)
    evidence.revise(row, by=agency_head, title="Antrean", placement="none")
    sheet = books.request_sheet(Initiative.objects.complete().get(pk=initiative.pk), by=coordinator)
    assert sheet.content["initiatives"][0]["evidence"] == []


def test_a_transaction_that_is_undone_leaves_no_file(
    draft: Initiative, agency_head: User, settings, monkeypatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(evidence, "record_change", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        add(draft, agency_head)
    assert stored_files(settings) == []
    assert EvidenceFile.objects.count() == 0
