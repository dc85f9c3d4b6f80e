"""Editions freeze and move along; adopting needs a decree and locks the plan, unlocking needs a reason."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.models import Agency, User
from masterplan.editions import actions as editions
from masterplan.editions.actions import AdoptionDecree
from masterplan.editions.snapshot import fingerprint
from masterplan.initiatives.actions import initiatives
from masterplan.models import EditionReading, MasterPlan, Snapshot, SnapshotIsFrozen, StatusChange
from masterplan.reference import EditionScope, EditionStatus
from masterplan.review.actions import reviews
from masterplan.workflow import TransitionRefused
from tests.factories import DECREE_NUMBER, make_decree, make_edition, make_initiative


@pytest.fixture
def edition(plan: MasterPlan, agency: Agency, coordinator: User) -> Snapshot:
    """An edition with one approved initiative."""
    make_initiative(plan, agency=agency, status="approved")
    return editions.take_snapshot(plan, by=coordinator)


@pytest.fixture
def reviewed(edition: Snapshot, coordinator: User) -> Snapshot:
    """The same, ready to be adopted."""
    editions.change_edition(edition, name="review", by=coordinator)
    return Snapshot.objects.get(pk=edition.pk)


def test_edition_holds_what_was_sent_and_nothing_else(plan: MasterPlan, agency: Agency, coordinator: User) -> None:
    for status in ("draft", "submitted", "in_review", "returned", "approved", "withdrawn"):
        make_initiative(plan, agency=agency, status=status, name=f"Inisiatif {status}")
    sent = editions.take_snapshot(plan, by=coordinator)
    approved = editions.take_snapshot(plan, by=coordinator, scope=EditionScope.APPROVED)
    assert [row["status"] for row in sent.content["initiatives"]] == ["submitted", "in_review", "approved"]
    assert [row["status"] for row in approved.content["initiatives"]] == ["approved"]
    assert (sent.number, approved.number) == (1, 2)


def test_edition_does_not_follow_the_plan(edition: Snapshot, coordinator: User, agency: Agency) -> None:
    initiative = edition.master_plan.initiatives.get()
    before = edition.content["initiatives"][0]["problem"]
    reviews.transition(initiative, name="return", by=coordinator, comment="Perbaiki.")
    initiatives.save(initiative, by=coordinator, data={"problem": "Lain sama sekali."}, version=initiative.edit_version)
    stored = Snapshot.objects.get(pk=edition.pk)
    assert stored.content["initiatives"][0]["problem"] == before
    assert stored.sha256 == fingerprint(stored.content)


def test_frozen_content_cannot_be_saved_again(edition: Snapshot) -> None:
    edition.content["plan"]["vision"] = "Diubah"
    with pytest.raises(SnapshotIsFrozen):
        edition.save()


def test_an_empty_plan_gives_no_edition(plan: MasterPlan, coordinator: User) -> None:
    with pytest.raises(ValidationError, match="Belum ada inisiatif"):
        editions.take_snapshot(plan, by=coordinator)


def test_pressing_twice_freezes_once(edition: Snapshot, coordinator: User) -> None:
    assert editions.take_snapshot(edition.master_plan, by=coordinator).pk == edition.pk
    assert editions.take_snapshot(edition.master_plan, by=coordinator, label="Lain").number == 2


def test_only_the_coordinator_freezes(plan: MasterPlan, agency_head: User, expert: User, outsider: User) -> None:
    for person in (agency_head, expert, outsider):
        with pytest.raises(PermissionDenied):
            editions.take_snapshot(plan, by=person)


def test_adoption_needs_review_and_approved_initiatives(
    plan: MasterPlan, agency: Agency, coordinator: User, executive: User
) -> None:
    make_initiative(plan, agency=agency, status="submitted")
    edition = editions.take_snapshot(plan, by=coordinator)
    with pytest.raises(TransitionRefused, match="sekarang draf"):
        editions.change_edition(edition, name="adopt", by=executive, decree=make_decree())
    editions.change_edition(edition, name="review", by=coordinator)
    with pytest.raises(TransitionRefused, match="1 inisiatif yang belum disetujui"):
        editions.change_edition(edition, name="adopt", by=executive, decree=make_decree())


def test_adopting_one_supersedes_the_other(edition: Snapshot, coordinator: User, executive: User) -> None:
    second = editions.take_snapshot(edition.master_plan, by=coordinator, label="Kedua")
    for each in (edition, second):
        editions.change_edition(each, name="review", by=coordinator)
        with pytest.raises(PermissionDenied):
            editions.change_edition(each, name="adopt", by=coordinator, decree=make_decree())
        editions.change_edition(each, name="adopt", by=executive, decree=make_decree())
    states = list(edition.master_plan.snapshots.order_by("number").values_list("status", flat=True))
    assert states == [EditionStatus.SUPERSEDED, EditionStatus.ADOPTED]
    assert not Snapshot.objects.get(pk=edition.pk).is_draft


# The reason and what an edition is compared with ---------------------------------------------------------------------


def test_the_reason_is_kept_beside_the_content(plan: MasterPlan, agency: Agency, coordinator: User) -> None:
    make_initiative(plan, agency=agency, status="approved")
    first = editions.take_snapshot(plan, by=coordinator, reason=" Rapat  dengan dewan ")
    assert first.reason == "Rapat  dengan dewan"
    assert editions.take_snapshot(plan, by=coordinator, reason="Rapat  dengan dewan").pk == first.pk
    other = editions.take_snapshot(plan, by=coordinator, reason="Perbaikan angka")
    assert (other.number, other.predecessor) == (2, first)
    assert "reason" not in other.content["edition"]


def test_a_new_edition_follows_the_adopted_one(edition: Snapshot, coordinator: User) -> None:
    plan = edition.master_plan
    adopted = make_edition(plan, status="adopted")
    make_edition(plan, label="Draf")
    assert make_edition(plan, label="Draf lagi").predecessor == adopted


# Adopting ------------------------------------------------------------------------------------------------------------


def test_adopting_needs_a_decree(reviewed: Snapshot, executive: User) -> None:
    for decree in (None, AdoptionDecree("  ", timezone.localdate())):
        with pytest.raises(TransitionRefused, match="nomor dan tanggal keputusan"):
            editions.change_edition(reviewed, name="adopt", by=executive, decree=decree)
    reviewed.refresh_from_db()
    assert (reviewed.status, reviewed.master_plan.is_locked) == (EditionStatus.REVIEWED, False)


def test_a_decree_is_of_no_day_to_come(reviewed: Snapshot, executive: User) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(TransitionRefused, match="belum tiba"):
        editions.change_edition(reviewed, name="adopt", by=executive, decree=AdoptionDecree(DECREE_NUMBER, tomorrow))


def test_a_decree_is_older_than_the_edition_only_when_that_is_meant(reviewed: Snapshot, executive: User) -> None:
    day = date(2021, 9, 20)
    with pytest.raises(TransitionRefused, match="20 September 2021 lebih awal dari pembekuan"):
        editions.change_edition(reviewed, name="adopt", by=executive, decree=AdoptionDecree(DECREE_NUMBER, day))
    decree = AdoptionDecree(DECREE_NUMBER, day, is_earlier=True)
    editions.change_edition(reviewed, name="adopt", by=executive, decree=decree)
    assert Snapshot.objects.get(pk=reviewed.pk).decree == f"{DECREE_NUMBER}, 20 September 2021"


def test_adopting_stores_the_decree_and_locks_the_plan(reviewed: Snapshot, executive: User) -> None:
    content = reviewed.sha256
    editions.change_edition(reviewed, name="adopt", by=executive, decree=make_decree())
    found = Snapshot.objects.get(pk=reviewed.pk)
    assert (found.decree_number, found.decree_date) == (DECREE_NUMBER, timezone.localdate())
    assert (found.sha256, fingerprint(found.content)) == (content, content)
    assert found.master_plan.locked_edition == found
    assert f"edisi 1 ditetapkan dengan {DECREE_NUMBER}" in found.master_plan.lock_sentence


def test_half_a_decree_is_refused_by_the_database(reviewed: Snapshot) -> None:
    for columns in ({"decree_number": "Keputusan"}, {"decree_date": timezone.localdate()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Snapshot.objects.filter(pk=reviewed.pk).update(**columns)


# Opening the plan again ----------------------------------------------------------------------------------------------


def test_unlocking_needs_a_reason(edition: Snapshot, executive: User) -> None:
    adopted = make_edition(edition.master_plan, status="adopted")
    with pytest.raises(TransitionRefused, match="Tulis alasannya"):
        editions.change_edition(adopted, name="unlock", by=executive, comment="  ")
    with pytest.raises(IntegrityError), transaction.atomic():
        StatusChange.objects.create(snapshot=adopted, transition="unlock", by=executive)


def test_unlocking_opens_the_plan_and_leaves_the_edition_adopted(
    edition: Snapshot, coordinator: User, executive: User
) -> None:
    plan = edition.master_plan
    adopted = make_edition(plan, status="adopted")
    change = editions.change_edition(adopted, name="unlock", by=coordinator, comment="RPJMD berubah.")
    assert (change.comment, change.to_label) == ("RPJMD berubah.", "Rencana induk dibuka")
    adopted.refresh_from_db()
    assert adopted.status == EditionStatus.ADOPTED
    assert not MasterPlan.objects.get(pk=plan.pk).is_locked
    with pytest.raises(TransitionRefused, match="sudah terbuka"):
        editions.change_edition(adopted, name="unlock", by=executive, comment="Sekali lagi.")


def test_the_next_adoption_locks_again_and_supersedes(edition: Snapshot, coordinator: User) -> None:
    plan = edition.master_plan
    first = make_edition(plan, status="adopted")
    editions.change_edition(first, name="unlock", by=coordinator, comment="RPJMD berubah.")
    second = make_edition(plan, status="adopted", label="Kedua")
    first.refresh_from_db()
    assert (first.status, first.decree_number) == (EditionStatus.SUPERSEDED, DECREE_NUMBER)
    assert plan.locked_edition == second
    with pytest.raises(TransitionRefused, match="sekarang digantikan"):
        editions.change_edition(first, name="unlock", by=coordinator, comment="Bukan yang ini.")


# Who has read what ---------------------------------------------------------------------------------------------------


def test_a_reading_is_kept_once_with_its_last_moment(edition: Snapshot, expert: User, outsider: User) -> None:
    editions.note_reading(edition, by=expert)
    before = EditionReading.objects.get().at
    editions.note_reading(edition, by=expert)
    assert EditionReading.objects.get().at > before
    with pytest.raises(PermissionDenied):
        editions.note_reading(edition, by=outsider)
