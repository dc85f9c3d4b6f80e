"""One act of the desk on many initiatives: each says what became of it, one obstacle stops only its own row."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from agencies.models import Notice, NoticeKind
from agencies.roles import Role
from masterplan.discussion.actions import reminders, threads
from masterplan.discussion.actions.reminders import remind
from masterplan.models import Initiative, InitiativeReminder, StatusChange
from masterplan.review.actions import desk, reviews
from masterplan.review.actions.desk import ACTS, HEADS, BulkAction, DeskContext, carry_out
from tests.at_once import in_threads
from tests.factories import make_agency, make_initiative, make_person


@pytest.fixture
def make(plan, agency, agency_head, coordinator):
    """An initiative of the agency in a state."""
    return lambda status="draft", **more: make_initiative(
        plan, status=status, agency=agency, by=agency_head, coordinator=coordinator, **more
    )


def loaded(*rows):
    found = Initiative.objects.complete().select_related("master_plan__regency").filter(pk__in=[r.pk for r in rows])
    return list(found.order_by("pk"))


def statuses(*rows):
    return [row.status for row in loaded(*rows)]


# Moving -----------------------------------------------------------------------------------------------------------------


def test_each_row_is_moved_by_the_action_that_moves_one(make, coordinator):
    rows = [make("submitted") for _ in range(3)]
    outcomes = carry_out(loaded(*rows), BulkAction("start_review"), by=coordinator)

    assert [outcome.done for outcome in outcomes] == ["Sekarang sedang ditinjau."] * 3
    assert statuses(*rows) == ["in_review"] * 3
    assert StatusChange.objects.filter(transition="start_review", by=coordinator).count() == 3


def test_one_obstacle_stops_only_its_own_row(make, coordinator):
    rows = [make("submitted"), make("approved"), make("draft"), make("submitted")]
    outcomes = carry_out(loaded(*rows), BulkAction("start_review"), by=coordinator)

    assert [bool(outcome.done) for outcome in outcomes] == [True, False, False, True]
    assert [outcome.obstacle for outcome in outcomes[1:3]] == [
        "Inisiatif ini sekarang disetujui.",
        "Inisiatif ini sekarang draf.",
    ]
    assert statuses(*rows) == ["in_review", "approved", "draft", "in_review"]


def test_a_fault_of_the_database_at_one_row_keeps_the_others(make, coordinator, monkeypatch):
    rows = [make("submitted") for _ in range(3)]
    move = reviews.transition

    def faulty(initiative, **more):
        change = move(initiative, **more)
        if initiative.pk == rows[1].pk:
            raise DatabaseError("lock timeout")
        return change

    monkeypatch.setattr(reviews, "transition", faulty)
    outcomes = carry_out(loaded(*rows), BulkAction("start_review"), by=coordinator)

    assert [bool(outcome.done) for outcome in outcomes] == [True, False, True]
    assert "Coba lagi" in outcomes[1].obstacle
    assert statuses(*rows) == ["in_review", "submitted", "in_review"]


@pytest.mark.parametrize(
    ("act", "status", "again"),
    [
        ("start_review", "submitted", "in_review"),
        ("return", "in_review", "returned"),
        ("approve", "in_review", "approved"),
    ],
)
def test_pressing_twice_changes_nothing_more(make, coordinator, agency_head, act, status, again):
    row = make(status)
    if act == "approve":
        from masterplan.alignment.actions import links

        links.decide(row.links.get(), accept=True, by=coordinator)
    action = BulkAction(act, comment="Lengkapi." if act == "return" else "")
    Notice.objects.all().delete()
    first, second = (carry_out(loaded(row), action, by=coordinator)[0] for _ in range(2))

    assert (bool(first.done), bool(second.done)) == (True, False)
    assert second.obstacle.startswith("Inisiatif ini sekarang")
    assert statuses(row) == [again]
    assert Notice.objects.filter(user=agency_head).count() == (act != "start_review")


def test_what_the_guard_says_is_said_before_and_after(make, coordinator):
    row = make("in_review")
    desk_now = DeskContext.open(row.regency, coordinator, {})
    (before,), (after,) = (
        [desk_now.obstacle(loaded(row)[0], "approve")],
        carry_out(loaded(row), BulkAction("approve"), by=coordinator),
    )

    assert before == after.obstacle == "Masih ada 1 tautan yang belum diputuskan: terima atau tolak lebih dulu."


def test_nobody_approves_what_they_sent(plan, agency, coordinator):
    row = make_initiative(plan, agency=agency, by=coordinator, status="in_review")

    assert (
        "orang lain yang harus menyetujuinya"
        in carry_out(loaded(row), BulkAction("approve"), by=coordinator)[0].obstacle
    )


def test_who_does_not_review_does_nothing(make, coordinator, agency_head, outsider):
    rows = [make("submitted"), make("draft")]
    threads.open_thread(rows[0], field="risk", body="Kapan?", by=coordinator)
    for act in ACTS:
        for by in (agency_head, outsider):
            outcomes = carry_out(loaded(*rows), BulkAction(act, comment="Lengkapi.", to=HEADS), by=by)
            assert not any(outcome.done for outcome in outcomes), act

    assert statuses(*rows) == ["submitted", "draft"]
    assert not InitiativeReminder.objects.exists()


# Assigning -------------------------------------------------------------------------------------------------------------


def test_open_conversations_go_to_the_head_of_each_agency(plan, make, regency, agency_head, coordinator):
    other = make_agency(regency)
    other_head = make_person(regency, Role.AGENCY_HEAD, other)
    rows = [make("submitted"), make_initiative(plan, agency=other, by=other_head, status="submitted")]
    made = [
        threads.open_thread(row, field=field, body="Kapan?", by=coordinator)
        for row in rows
        for field in ("risk", "problem")
    ]
    threads.resolve(made[1], by=coordinator)
    outcomes = carry_out(loaded(*rows), BulkAction("assign", to=HEADS, due=date(2027, 1, 5)), by=coordinator)

    assert [outcome.done for outcome in outcomes] == ["1 catatan ditugaskan.", "2 catatan ditugaskan."]
    for thread in made:
        thread.refresh_from_db()
    assert [thread.assigned_to for thread in made] == [agency_head, None, other_head, other_head]
    assert made[0].due_date == date(2027, 1, 5)
    assert Notice.objects.filter(user=other_head, kind=NoticeKind.ASSIGNED).count() == 2


def test_what_somebody_deals_with_stays_with_them_and_what_is_private_is_not_touched(
    make, drafter, agency_head, coordinator
):
    row = make("submitted")
    taken = threads.open_thread(row, field="risk", body="Kapan?", by=coordinator)
    threads.assign(taken, to=drafter, by=coordinator)
    private = threads.open_thread(row, field="risk", body="Kita.", private=True, by=agency_head)
    (outcome,) = carry_out(loaded(row), BulkAction("assign", to=str(coordinator.pk)), by=coordinator)

    assert outcome.obstacle == "Tidak ada catatan terbuka tanpa penanggung jawab."
    for thread, person in ((taken, drafter), (private, None)):
        thread.refresh_from_db()
        assert thread.assigned_to == person


@pytest.mark.parametrize("to", [HEADS, "999999", ""])
def test_a_person_who_cannot_be_asked_leaves_the_row_as_it_is(plan, regency, coordinator, to):
    agency = make_agency(regency, "Dinas Tanpa Kepala")
    row = make_initiative(plan, agency=agency, by=coordinator)
    for field in ("risk", "problem"):
        threads.open_thread(row, field=field, body="Kapan?", by=coordinator)
    (outcome,) = carry_out(loaded(row), BulkAction("assign", to=to), by=coordinator)

    assert ("belum punya kepala" if to == HEADS else "tidak dapat ditugasi") in outcome.obstacle
    assert not row.threads.exclude(assigned_to=None).exists()


# Reviewers --------------------------------------------------------------------------------------------------------------


def test_a_reviewer_is_told_once_and_others_may_still_review(make, regency, coordinator):
    second = make_person(regency, Role.COORDINATOR)
    rows = [make("submitted"), make("approved"), make("draft")]
    action = BulkAction(desk.REVIEWER, to=str(second.pk))
    outcomes = [carry_out(loaded(*rows), action, by=coordinator) for _ in range(2)]

    assert [each.done or each.obstacle for each in outcomes[0]] == [
        f"Ditinjau oleh {second.name}.",
        "Tidak ditinjau lagi: disetujui.",
        f"Ditinjau oleh {second.name}.",
    ]
    assert [each.done for each in outcomes[1]] == ["Tidak berubah.", "", "Tidak berubah."]
    assert [row.reviewer for row in loaded(*rows)] == [second, None, second]
    told = Notice.objects.filter(user=second, kind=NoticeKind.ASSIGNED)
    assert sorted(told.values_list("subject", flat=True)) == sorted(
        f"Anda diminta meninjau {row.code} {row.name}" for row in (rows[0], rows[2])
    )
    reviews.transition(loaded(rows[0])[0], name="start_review", by=coordinator)
    carry_out(loaded(rows[0]), BulkAction(desk.REVIEWER, to=""), by=coordinator)
    assert loaded(rows[0])[0].reviewer is None


def test_only_who_reviews_can_be_asked_to(make, coordinator, agency_head, outsider):
    row = make("submitted")
    for person in (agency_head, outsider):
        (outcome,) = carry_out(loaded(row), BulkAction(desk.REVIEWER, to=str(person.pk)), by=coordinator)
        assert outcome.obstacle == reviews.NO_REVIEWER
    assert loaded(row)[0].reviewer is None


def test_who_takes_a_review_themselves_is_told_nothing(make, coordinator):
    (outcome,) = carry_out(loaded(make("submitted")), BulkAction(desk.REVIEWER, to=str(coordinator.pk)), by=coordinator)

    assert outcome.done
    assert not Notice.objects.filter(user=coordinator, kind=NoticeKind.ASSIGNED).exists()


# Reminding --------------------------------------------------------------------------------------------------------------


def test_the_people_of_the_agency_are_told_what_is_missing(make, drafter, agency_head, coordinator):
    row = make("draft")
    (outcome,) = carry_out(loaded(row), BulkAction("remind", comment=" Besok\x00 rapat. "), by=coordinator)

    assert outcome.done == "Dinas Pariwisata diingatkan."
    notices = Notice.objects.filter(kind=NoticeKind.REMINDED)
    assert {notice.user for notice in notices} == {drafter, agency_head}
    assert notices[0].subject == f"Pengingat: {row.code} {row.name}"
    assert notices[0].path == f"/wilayah/{row.regency.slug}/inisiatif/{row.pk}/"
    assert "Masih ada" in notices[0].text
    assert "Pesan dari Koordinator:\nBesok rapat." in notices[0].text


def test_what_was_returned_leads_to_the_first_thing_to_mend(make, coordinator):
    remind(loaded(make("returned"))[0], by=coordinator)
    assert Notice.objects.filter(kind=NoticeKind.REMINDED)[0].path.endswith("/perbaiki/")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("submitted", "Tidak menunggu perangkat daerah: diajukan."),
        ("approved", "Tidak menunggu perangkat daerah: disetujui."),
        ("withdrawn", "Sudah ditarik, jadi tidak ada yang ditunggu."),
    ],
)
def test_nobody_is_reminded_of_what_does_not_wait_for_them(make, coordinator, status, said):
    row = loaded(make(status))[0]
    assert DeskContext.open(row.regency, coordinator, {}).obstacle(row, "remind") == said
    with pytest.raises(ValidationError, match=said):
        remind(row, by=coordinator)


def test_an_agency_without_people_is_named(plan, regency, coordinator):
    row = make_initiative(plan, agency=make_agency(regency), by=coordinator)
    with pytest.raises(ValidationError, match="belum punya anggota"):
        remind(loaded(row)[0], by=coordinator)


def test_once_a_day_in_the_time_zone_of_the_regency(make, coordinator):
    row = loaded(make("draft"))[0]
    type(row.regency).objects.update(time_zone="Asia/Jayapura")
    row = loaded(row)[0]
    tomorrow = timezone.localtime() + timedelta(days=1)
    for hour, made in ((20, 1), (21, 1), (22, 2)):  # in Jayapura it is two hours later: past midnight
        with time_machine.travel(tomorrow.replace(hour=hour, minute=30), tick=False):
            carry_out([row], BulkAction("remind"), by=coordinator)
            known = DeskContext.open(row.regency, coordinator, {}).obstacle(row, "remind")
        assert (InitiativeReminder.objects.count(), known) == (made, reminders.TODAY)


def test_the_database_knows_one_reminder_a_day(make, coordinator):
    remind(loaded(make("draft"))[0], by=coordinator)
    reminder = InitiativeReminder.objects.get()
    reminder.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        reminder.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_one_moment_are_one_act(make, coordinator, agency_head):
    draft, sent = make("draft"), make("submitted")
    Notice.objects.all().delete()

    def press():
        return [
            *carry_out(loaded(draft), BulkAction("remind"), by=coordinator),
            *carry_out(loaded(sent), BulkAction("return", comment="Lengkapi."), by=coordinator),
        ]

    outcomes = [outcome for pressed in in_threads(3, press) for outcome in pressed]
    assert sum(bool(outcome.done) for outcome in outcomes) == 2
    assert sorted(notice.kind for notice in Notice.objects.filter(user=agency_head)) == ["reminded", "returned"]
