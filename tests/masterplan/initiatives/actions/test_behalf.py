"""Filling in for an agency: noted, told once a sitting, confirmed by the agency and nobody else."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from agencies.models import Notice
from masterplan.editing.actions.behalf import confirm
from masterplan.initiatives.actions import initiatives
from masterplan.models import Initiative, InitiativeChange, SubDimension
from masterplan.review.actions.reviews import transition
from tests.factories import history_open, make_initiative


@pytest.fixture
def initiative(plan, agency, drafter):
    return make_initiative(plan, agency=agency, by=drafter)


def fill_in(initiative, by, text):
    version = Initiative.objects.get(pk=initiative.pk).edit_version
    return initiatives.save(initiative, by=by, data={"risk": text}, version=version)


def letters():
    return Notice.objects.filter(subject__contains="diisi atas nama")


def test_the_agency_filling_in_itself_awaits_nothing(initiative, agency_head):
    done = fill_in(initiative, agency_head, "Sendiri.")

    assert (done.behalf_version, done.awaits_confirmation) == (0, False)
    assert not letters().exists()


def test_a_save_for_the_agency_is_noted_with_role_and_told_to_its_people(
    initiative, coordinator, drafter, agency_head, expert
):
    done = fill_in(initiative, coordinator, "Oleh Diskominfo.")

    assert done.awaits_confirmation
    assert (done.behalf_version, done.behalf_as) == (done.edit_version, "Koordinator")
    assert {letter.user.email for letter in letters()} == {drafter.email, agency_head.email}
    assert f"/inisiatif/{initiative.pk}/atas-nama/" in letters()[0].path


def test_many_saves_of_one_sitting_are_one_mail(initiative, coordinator, drafter):
    for number in range(5):
        fill_in(initiative, coordinator, f"Naskah {number}.")

    assert letters().filter(user=drafter).count() == 1


def test_another_sitting_or_another_person_is_told_again(initiative, coordinator, drafter, regency):
    fill_in(initiative, coordinator, "Pagi.")
    with history_open():
        InitiativeChange.objects.filter(by=coordinator).update(at=timezone.now() - timedelta(minutes=31))
    fill_in(initiative, coordinator, "Siang.")

    assert letters().filter(user=drafter).count() == 2


def test_beginning_one_for_an_agency_is_told_too(plan, agency, coordinator, drafter):
    kind = SubDimension.objects.get(key="public_service")
    made = initiatives.create(plan=plan, by=coordinator, name="Baru", sub_dimension=kind, lead_agency=agency)

    assert Initiative.objects.get(pk=made.pk).awaits_confirmation
    assert letters().filter(user=drafter).count() == 1


def test_the_agency_confirms_what_it_has_seen(initiative, coordinator, drafter, agency):
    seen = fill_in(initiative, coordinator, "Satu.")
    fill_in(initiative, coordinator, "Dua, sementara itu.")
    confirm(initiative, version=seen.edit_version, by=drafter)
    stored = Initiative.objects.get(pk=initiative.pk)

    assert stored.awaits_confirmation
    confirm(initiative, version=10**9, by=drafter)
    stored.refresh_from_db()
    assert not stored.awaits_confirmation
    assert (stored.behalf_confirmed_by, stored.behalf_confirmed_version) == (drafter, stored.behalf_version)
    assert stored.behalf_confirmed_as == f"Staf perangkat daerah, {agency.name}"


def test_confirming_again_or_less_changes_nothing(initiative, coordinator, drafter, agency_head):
    seen = fill_in(initiative, coordinator, "Satu.")
    confirm(initiative, version=seen.edit_version, by=drafter)
    for version in (seen.edit_version, 1, 0):
        confirm(initiative, version=version, by=agency_head)

    assert Initiative.objects.get(pk=initiative.pk).behalf_confirmed_by == drafter


@pytest.mark.parametrize("person", ["coordinator", "executive", "administrator", "outsider", "suspended"])
def test_nobody_confirms_for_the_agency(request, initiative, coordinator, person):
    seen = fill_in(initiative, coordinator, "Satu.")

    with pytest.raises(PermissionDenied):
        confirm(initiative, version=seen.edit_version, by=request.getfixturevalue(person))
    assert Initiative.objects.get(pk=initiative.pk).awaits_confirmation


def test_it_does_not_hold_up_sending(plan, agency, agency_head, coordinator):
    initiative = make_initiative(plan, agency=agency, by=agency_head, complete=True)
    fill_in(initiative, coordinator, "Oleh Diskominfo.")

    assert transition(initiative, name="submit", by=agency_head).to_status == "submitted"
