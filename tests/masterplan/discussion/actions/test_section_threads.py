"""Conversations about sections of the books: who takes part in which state, who is asked, who is told."""

from datetime import date
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from agencies.models import Notice
from agencies.roles import Role
from masterplan.discussion.actions import threads
from masterplan.models import Section, Thread
from masterplan.models.thread import conversations
from masterplan.sections.actions import outline, sections
from tests.factories import make_initiative, make_person

# Whom each act lets in, whatever the state of the conversation: roles by whether their agency answers for the section.
GRID = {
    "coordinator": {"own": True, "other": True, "nobody": True},
    "expert": {"own": True, "other": True, "nobody": True},
    "executive": {"own": True, "other": True, "nobody": True},
    "drafter": {"own": True, "other": False, "nobody": False},
    "agency_head": {"own": True, "other": False, "nobody": False},
    "administrator": {"own": False, "other": False, "nobody": False},
    "suspended": {"own": False, "other": False, "nobody": False},
    "outsider": {"own": False, "other": False, "nobody": False},
}
ACTS = {
    "reply": lambda thread, by: threads.reply(thread, body=f"Sudah ditulis, {thread.comments.count()}.", by=by),
    "resolve": lambda thread, by: threads.resolve(thread, by=by),
    "reopen": lambda thread, by: threads.reopen(thread, by=by),
    "assign": lambda thread, by: threads.assign(thread, to=None, by=by),
}


@pytest.fixture
def section(plan, coordinator, agency):
    outline.complete_outline(plan, bodies={}, by=coordinator)
    section = plan.sections.get(key="pendahuluan.latar-belakang")
    answers = {"body": "Latar belakang lama.", "owner_agency": agency.pk}
    return sections.save_section(section, by=coordinator, data=answers, version=1)


@pytest.fixture
def thread(section, expert):
    return threads.open_thread(section, body="Sebut dasar hukumnya.", quote="Latar belakang", by=expert)


def told():
    return sorted(Notice.objects.values_list("user__email", flat=True))


def hand_to(section, owner):
    Section.objects.filter(pk=section.pk).update(owner_agency=owner)
    section.refresh_from_db()


@pytest.mark.parametrize("whose", ["own", "other", "nobody"])
def test_who_takes_part_in_every_state(whose, request, section, thread, agency, other_agency):
    """Role x whose section it is x state x act, beginning included; a literal grid, so that it is the documentation."""
    hand_to(section, {"own": agency, "other": other_agency, "nobody": None}[whose])
    acts = {"begin": lambda thread, by: threads.open_thread(section, body=f"Tanya {whose}", by=by), **ACTS}
    for person, may in ((person, row[whose]) for person, row in GRID.items()):
        by = request.getfixturevalue(person)
        for is_open, (name, act) in product((True, False), acts.items()):
            mark = {} if is_open else {"resolved_by": by, "resolved_at": section.updated_at}
            Thread.objects.filter(pk=thread.pk).update(**({"resolved_by": None, "resolved_at": None} | mark))
            thread.refresh_from_db()
            thread.section = section
            if may:
                act(thread, by)
            else:
                with pytest.raises(PermissionDenied):
                    act(thread, by)
            thread.refresh_from_db()
            ends_open = {"resolve": False, "reply": True, "reopen": True}.get(name, is_open) if may else is_open
            assert thread.is_open is ends_open, (person, name, is_open)


def test_a_contribution_keeps_the_quote_and_the_version_it_was_made_at(section, thread, coordinator):
    sections.save_section(section, by=coordinator, data={"body": "Baru."}, version=section.edit_version)
    threads.reply(thread, body="Sudah diganti.", by=coordinator)

    first, second = thread.comments.all()
    assert first.quote == "Latar belakang"
    assert second.edit_version == first.edit_version + 1


def test_the_agency_that_answers_and_the_coordinators_are_told(section, expert, drafter, agency_head, coordinator):
    threads.open_thread(section, body="Sebut dasar hukumnya.", by=expert)

    assert told() == sorted([drafter.email, agency_head.email, coordinator.email])
    notice = Notice.objects.first()
    assert notice.subject == "Catatan pada Buku 2, Latar belakang"
    assert "Sebut dasar hukumnya." in notice.text
    assert "Isian:" not in notice.text


def test_without_an_agency_the_coordinators_alone_are_told(section, expert, drafter, coordinator):
    hand_to(section, None)
    threads.open_thread(section, body="Siapa yang menulis?", by=expert)

    assert told() == [coordinator.email]


def test_people_of_the_agency_and_coordinators_can_be_asked(
    section, thread, regency, other_agency, drafter, agency_head, coordinator, executive
):
    make_person(regency, Role.AGENCY_HEAD, other_agency)
    assert {row.user for row in threads.assignable(thread)} == {drafter, agency_head, coordinator}

    Notice.objects.all().delete()
    threads.assign(thread, to=drafter, due=date(2026, 12, 3), by=coordinator)
    notice = Notice.objects.get()
    assert (notice.user, notice.subject) == (drafter, "Catatan untuk Anda pada Buku 2, Latar belakang")
    assert "menugaskan catatan pada naskah ini" in notice.text

    hand_to(section, None)
    thread.refresh_from_db()
    assert {row.user for row in threads.assignable(thread)} == {coordinator}, "nobody works for no agency"
    with pytest.raises(ValidationError):
        threads.assign(thread, to=executive, by=coordinator)


def test_an_agency_may_keep_a_note_to_itself(section, agency, agency_head, coordinator, expert):
    note = threads.open_thread(section, body="Tanya bagian keuangan.", private=True, by=agency_head)

    assert conversations(section, set()) == []
    assert conversations(section, {agency.pk}) == [note]
    for person in (coordinator, expert):
        with pytest.raises(PermissionDenied):
            threads.open_thread(section, body="x", private=True, by=person)


def test_a_section_has_no_fields_and_an_initiative_has_nothing_else(plan, section, coordinator):
    with pytest.raises(ValidationError):
        threads.open_thread(section, field="risk", body="x", by=coordinator)
    with pytest.raises(ValidationError):
        threads.open_thread(make_initiative(plan), body="x", by=coordinator)


def test_saying_it_twice_is_one_conversation(section, thread, expert):
    assert threads.open_thread(section, body="Sebut dasar hukumnya.", by=expert) == thread


@pytest.mark.parametrize("what", ["both", "neither", "a section with a field", "an initiative without"])
def test_the_database_knows_one_subject(what, plan, section, expert):
    initiative = make_initiative(plan)
    columns = {
        "both": {"section": section, "initiative": initiative, "field": "risk"},
        "neither": {"field": "risk"},
        "a section with a field": {"section": section, "field": "risk"},
        "an initiative without": {"initiative": initiative},
    }[what]
    with pytest.raises(IntegrityError), transaction.atomic():
        Thread.objects.create(opened_by=expert, **columns)
