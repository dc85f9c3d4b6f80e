"""Conversations: who may take part, what is kept with each contribution, whom a task goes to, who is told."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from agencies.models import Membership, Notice
from agencies.roles import Role
from masterplan.discussion.actions import threads
from masterplan.initiatives.actions import initiatives
from masterplan.models import Thread
from masterplan.models.thread import conversations
from tests.factories import make_initiative, make_person


@pytest.fixture
def initiative(plan, agency, agency_head, coordinator):
    return make_initiative(plan, status="in_review", agency=agency, by=agency_head, coordinator=coordinator)


@pytest.fixture
def note(initiative, agency_head):
    return threads.open_thread(initiative, field="risk", body="Tanya bagian keuangan.", private=True, by=agency_head)


def told():
    return sorted(Notice.objects.values_list("user__email", flat=True))


def test_a_contribution_keeps_the_quote_and_the_version_it_was_made_at(plan, agency, drafter, coordinator):
    initiative = make_initiative(plan, agency=agency, by=drafter, risk="Angin kencang.")
    thread = threads.open_thread(initiative, field="risk", body="Kapan?", quote=" Angin\x00 kencang ", by=coordinator)
    initiatives.save(initiative, by=drafter, data={"risk": "Hujan."}, version=initiative.edit_version)
    threads.reply(thread, body="Sudah diganti.", by=drafter)

    first, second = thread.comments.all()
    assert first.quote == "Angin kencang"
    assert second.quote == ""
    assert second.edit_version == first.edit_version + 1


# What an agency keeps to itself ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", ["coordinator", "executive", "expert"])
def test_only_people_of_the_agency_begin_a_private_note(request, initiative, person):
    with pytest.raises(PermissionDenied):
        threads.open_thread(initiative, field="risk", body="x", private=True, by=request.getfixturevalue(person))
    assert not Thread.objects.exists()


@pytest.mark.parametrize("act", [threads.resolve, threads.reopen])
def test_only_people_of_the_agency_take_part(act, note, coordinator, drafter):
    with pytest.raises(PermissionDenied):
        act(note, by=coordinator)
    act(note, by=drafter)


def test_nobody_else_answers_or_hands_it_on(note, coordinator, drafter):
    with pytest.raises(PermissionDenied):
        threads.reply(note, body="x", by=coordinator)
    with pytest.raises(PermissionDenied):
        threads.assign(note, to=drafter, by=coordinator)


def test_the_news_of_a_private_note_goes_to_the_agency_and_holds_none_of_its_words(drafter, note, agency):
    assert told().count(drafter.email) == 1
    notice = Notice.objects.get(subject__startswith="Catatan internal")
    assert (notice.user, notice.agency) == (drafter, agency)
    assert "keuangan" not in notice.text
    assert f"/catatan/{note.pk}/" in notice.path


def test_numbers_tell_nothing_of_what_one_may_not_read(initiative, note, agency, coordinator):
    threads.open_thread(initiative, field="risk", body="Mengapa?", by=coordinator)

    assert [thread.number for thread in conversations(initiative, set())] == [1]
    both = conversations(initiative, {agency.pk})
    assert [(thread.is_private, thread.number) for thread in both] == [(True, 1), (False, 1)]


def test_a_note_stays_with_its_agency_when_the_initiative_is_handed_on(
    plan, agency, other_agency, drafter, coordinator
):
    initiative = make_initiative(plan, agency=agency, by=drafter)
    threads.open_thread(initiative, field="risk", body="Hanya untuk kita.", private=True, by=drafter)
    data = {"lead_agency": other_agency.pk}
    handed = initiatives.save(initiative, by=coordinator, data=data, version=initiative.edit_version)

    assert conversations(handed, {other_agency.pk}) == []
    assert len(conversations(handed, {agency.pk})) == 1


def test_pressing_twice_gives_one_note_but_never_mixes_private_and_common(initiative, note, agency_head):
    again = threads.open_thread(initiative, field="risk", body="Tanya bagian keuangan.", private=True, by=agency_head)
    common = threads.open_thread(initiative, field="risk", body="Tanya bagian keuangan.", by=agency_head)

    assert again == note
    assert common != note


# Handing a conversation to somebody -----------------------------------------------------------------------------------


@pytest.fixture
def thread(initiative, coordinator):
    return threads.open_thread(initiative, field="risk", body="Bagaimana?", by=coordinator)


def test_a_person_is_asked_by_role_and_told_once(thread, coordinator, drafter, agency):
    Notice.objects.all().delete()
    for _ in range(2):
        threads.assign(thread, to=drafter, due=date(2026, 12, 3), by=coordinator)

    thread.refresh_from_db()
    assert (thread.assigned_to, thread.due_date) == (drafter, date(2026, 12, 3))
    assert thread.assigned_as == f"Staf perangkat daerah, {agency.name}"
    notice = Notice.objects.get()
    assert notice.user == drafter
    assert "Paling lambat 3 Desember 2026" in notice.text


def test_another_day_is_told_again_and_oneself_never(thread, coordinator, drafter):
    Notice.objects.all().delete()
    threads.assign(thread, to=coordinator, by=coordinator)
    assert told() == []
    threads.assign(thread, to=drafter, by=coordinator)
    threads.assign(thread, to=drafter, due=date(2026, 12, 9), by=coordinator)
    assert told() == [drafter.email] * 2


def test_a_task_is_taken_back_with_its_day(thread, coordinator, drafter):
    threads.assign(thread, to=drafter, due=date(2026, 12, 3), by=coordinator)
    threads.assign(thread, to=None, due=date(2026, 12, 3), by=coordinator)

    thread.refresh_from_db()
    assert (thread.assigned_to, thread.assigned_at, thread.assigned_as, thread.due_date) == (None, None, "", None)


def test_people_of_both_sides_can_be_asked_and_nobody_else(
    thread,
    regency,
    other_agency,
    drafter,
    agency_head,
    coordinator,
    executive,
    expert,
    administrator,
    suspended,
    outsider,
):
    make_person(regency, Role.AGENCY_HEAD, other_agency)

    assert {row.user for row in threads.assignable(thread)} == {drafter, agency_head, coordinator}
    for person in (executive, suspended, outsider):
        with pytest.raises(ValidationError):
            threads.assign(thread, to=person, by=coordinator)


def test_a_private_note_is_handed_to_people_of_the_agency_alone(
    note, regency, agency, drafter, agency_head, coordinator
):
    """Also not to a coordinator who sits in that agency, as Diskominfo's does."""
    Membership.objects.filter(user=coordinator).update(agency=agency)

    assert {row.user for row in threads.assignable(note)} == {drafter, agency_head}
    with pytest.raises(ValidationError):
        threads.assign(note, to=coordinator, by=agency_head)


def test_it_is_overdue_the_day_after_until_it_is_finished(thread, coordinator, drafter):
    due = date(2026, 12, 3)
    threads.assign(thread, to=drafter, due=due, by=coordinator)
    thread.refresh_from_db()

    assert not thread.is_overdue(due)
    assert thread.is_overdue(due + timedelta(days=1))
    threads.resolve(thread, by=drafter)
    thread.refresh_from_db()
    assert not thread.is_overdue(due + timedelta(days=1))


def test_the_database_knows_no_day_without_a_person(thread):
    with pytest.raises(IntegrityError), transaction.atomic():
        Thread.objects.filter(pk=thread.pk).update(due_date=date(2026, 12, 3))
