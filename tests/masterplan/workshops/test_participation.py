"""Who took part, contributed and delivered, from what the portal knows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from masterplan.models import InitiativeChange, StatusChange
from masterplan.overview.actions import deadlines
from masterplan.reference_bimtek import OutputKind
from masterplan.review.actions import reviews
from masterplan.workshops.actions import attendance
from masterplan.workshops.participation import shares_of, summary_of
from tests.factories import history_open, make_initiative, make_workshop


@pytest.fixture
def workshop(regency, agency, other_agency, coordinator):
    today = regency.today()
    made = make_workshop(regency, start_date=today, end_date=today, deadline=timezone.now() + timedelta(2))
    attendance.invite_all(made, by=coordinator)
    return made


def states(workshop):
    return {
        share.agency.short_name: [(state.key, state.is_late) for state in share.outputs]
        for share in shares_of(workshop)
    }


def sent(plan, agency, agency_head):
    return make_initiative(plan, agency=agency, by=agency_head, status="submitted")


def test_sent_initiatives_are_delivered_by_themselves(workshop, plan, agency, agency_head):
    workshop.outputs.create(title="Formulir", kind=OutputKind.INITIATIVES)
    assert states(workshop) == {"DINKES": [("open", False)], "DINPAR": [("open", False)]}

    sent(plan, agency, agency_head)
    assert states(workshop) == {"DINKES": [("open", False)], "DINPAR": [("delivered", False)]}

    make_initiative(plan, agency=agency, by=agency_head)  # one more that is not sent
    assert states(workshop)["DINPAR"] == [("open", False)]


def test_whoever_was_given_longer_is_late_only_after_that(workshop, agency, coordinator):
    workshop.outputs.create(title="Formulir", kind=OutputKind.INITIATIVES)
    now = timezone.now()
    deadlines.extend(workshop, agency=agency, deadline=now + timedelta(9), reason="Pindah kantor.", by=coordinator)
    workshop.deadline = now - timedelta(1)
    assert states(workshop) == {"DINKES": [("late", True)], "DINPAR": [("open", False)]}


def test_late_is_counted_from_the_first_time_it_was_sent(workshop, plan, agency, agency_head, coordinator):
    workshop.outputs.create(title="Formulir", kind=OutputKind.INITIATIVES)
    initiative = sent(plan, agency, agency_head)
    now = timezone.now()
    workshop.deadline = now - timedelta(days=2)
    assert states(workshop) == {"DINKES": [("late", True)], "DINPAR": [("delivered", True)]}

    # Returned and sent again after the deadline: it had been there in time.
    with history_open():
        StatusChange.objects.filter(initiative=initiative).update(at=now - timedelta(days=3))
    reviews.transition(initiative, name="start_review", by=coordinator)
    reviews.transition(initiative, name="return", by=coordinator, comment="Perbaiki.")
    reviews.transition(initiative, name="submit", by=agency_head)
    assert states(workshop)["DINPAR"] == [("delivered", False)]


def test_a_quick_win_counts_when_it_is_sent(workshop, plan, agency, agency_head):
    workshop.outputs.create(title="Quick win", kind=OutputKind.QUICK_WIN)
    initiative = sent(plan, agency, agency_head)
    assert states(workshop)["DINPAR"] == [("open", False)]

    type(initiative).objects.filter(pk=initiative.pk).update(quick_win=True)
    assert states(workshop)["DINPAR"] == [("delivered", False)]


def test_the_summary_counts_who_came_contributed_and_delivered(workshop, plan, agency, agency_head, coordinator):
    output = workshop.outputs.create(title="Data", kind=OutputKind.TICKED)
    attendance.note_attendance(workshop, by=coordinator, modes={agency.pk: "online"})
    attendance.tick_output(output, by=agency_head, agency=agency, delivered=True)
    sent(plan, agency, agency_head)

    found = summary_of(shares_of(workshop))

    assert (found.invited, found.present, found.online, found.unknown) == (2, 1, 1, 1)
    assert (found.contributed, found.delivered, found.people, found.asked) == (1, 1, 0, True)


def test_what_was_written_at_another_time_or_for_the_agency_is_no_contribution(workshop, plan, agency, agency_head):
    sent(plan, agency, agency_head)
    contributed = [share.contributed for share in shares_of(workshop) if share.agency == agency]
    assert contributed == [True]

    with history_open():
        InitiativeChange.objects.update(on_behalf=True)
    assert not any(share.contributed for share in shares_of(workshop))
    with history_open():
        InitiativeChange.objects.update(on_behalf=False, at=timezone.now() - timedelta(days=2))
    assert not any(share.contributed for share in shares_of(workshop))
