"""Suspending, reinstating and changing memberships, and the ways in which somebody might try to gain by it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from agencies.access import can
from agencies.actions import invitations, team
from agencies.models import Invitation, Membership, SecurityEvent, User
from agencies.roles import Permission, Role
from tests.factories import make_agency, make_person, make_regency

REASON = "Pindah tugas"


def membership_of(user):
    return Membership.objects.select_related("regency", "user", "agency").get(user=user)


def suspend(user, by, reason=REASON):
    return team.suspend_membership(membership_of(user), by=by, reason=reason)


def change(user, by, **terms):
    membership = membership_of(user)
    given = {"role": Role(membership.role), "agency": membership.agency, "valid_to": membership.valid_to} | terms
    return team.change_membership(membership, by=by, **given)


# Suspending ---------------------------------------------------------------------------------------------------------


def test_a_suspended_person_loses_access(drafter, coordinator, regency):
    suspend(drafter, coordinator)

    assert not can(User.objects.get(pk=drafter.pk), Permission.VIEW_REGENCY, regency)
    event = SecurityEvent.objects.get()
    assert (event.kind, event.actor, event.subject, event.detail) == ("suspended", coordinator, drafter.email, REASON)


def test_suspending_twice_keeps_the_first_reason(drafter, coordinator, administrator):
    suspend(drafter, coordinator)
    suspend(drafter, administrator, "Alasan lain")

    assert membership_of(drafter).suspended_reason == REASON
    assert SecurityEvent.objects.count() == 1


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_a_suspension_needs_a_reason(reason, drafter, coordinator):
    with pytest.raises(ValidationError):
        suspend(drafter, coordinator, reason)
    assert membership_of(drafter).suspended_at is None


def test_a_suspension_closes_the_links_the_person_gave_out(coordinator, administrator, regency, agency):
    mine = team.invite(regency, by=coordinator, email="satu@contoh.test", role=Role.AGENCY_STAFF, agency=agency)
    other = team.invite(regency, by=administrator, email="dua@contoh.test", role=Role.AGENCY_STAFF, agency=agency)
    used = team.invite(regency, by=coordinator, email="tiga@contoh.test", role=Role.AGENCY_HEAD, agency=agency)
    invitations.accept_invitation(used, by=None, name="Tiga", password="kata-sandi-panjang")

    suspend(coordinator, administrator)

    assert Invitation.objects.get(pk=mine.pk).revoked_by == administrator
    assert Invitation.objects.get(pk=other.pk).is_open
    assert Invitation.objects.get(pk=used.pk).revoked_at is None


def test_a_reinstated_person_is_back(drafter, coordinator, regency):
    suspend(drafter, coordinator)
    team.reinstate_membership(membership_of(drafter), by=coordinator)
    team.reinstate_membership(membership_of(drafter), by=coordinator)

    membership = membership_of(drafter)
    assert (membership.suspended_at, membership.suspended_by, membership.suspended_reason) == (None, None, "")
    assert can(User.objects.get(pk=drafter.pk), Permission.VIEW_REGENCY, regency)
    assert SecurityEvent.objects.filter(kind="reinstated", subject=drafter.email).count() == 1


def test_nobody_suspends_or_changes_themselves(administrator, coordinator, regency):
    make_person(regency, Role.ADMINISTRATOR)
    with pytest.raises(ValidationError):
        suspend(administrator, administrator)
    with pytest.raises(ValidationError):
        change(administrator, administrator, role=Role.COORDINATOR)
    with pytest.raises((PermissionDenied, ValidationError)):
        change(coordinator, coordinator, role=Role.ADMINISTRATOR)


# Who may act on whom ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("persona", ["administrator", "executive"])
def test_a_coordinator_cannot_touch_roles_they_cannot_give(persona, coordinator, regency, request):
    make_person(regency, Role.ADMINISTRATOR)
    other = request.getfixturevalue(persona)
    with pytest.raises(PermissionDenied):
        suspend(other, coordinator)
    with pytest.raises(PermissionDenied):
        change(other, coordinator, role=Role.EXECUTIVE)


def test_a_coordinator_cannot_touch_another_coordinator(coordinator, regency):
    with pytest.raises(PermissionDenied):
        suspend(make_person(regency, Role.COORDINATOR), coordinator)


def test_a_coordinator_cannot_raise_anybody(drafter, coordinator):
    with pytest.raises(PermissionDenied):
        change(drafter, coordinator, role=Role.COORDINATOR, agency=None)
    assert membership_of(drafter).role == Role.AGENCY_STAFF


def test_nobody_else_touches_anybody(drafter, agency_head, outsider, suspended, expert):
    for by in (agency_head, outsider, suspended, expert):
        for act in (
            lambda by=by: suspend(drafter, by),
            lambda by=by: change(drafter, by, role=Role.EXECUTIVE),
            lambda by=by: team.reinstate_membership(membership_of(drafter), by=by),
        ):
            with pytest.raises(PermissionDenied):
                act()


def test_the_pages_know_what_the_actions_allow(coordinator, administrator, drafter):
    assert team.may_manage(coordinator, membership_of(drafter))
    assert not team.may_manage(coordinator, membership_of(administrator))
    assert team.may_manage(administrator, membership_of(coordinator))
    assert not team.may_manage(administrator, membership_of(administrator))


# The last administrator ---------------------------------------------------------------------------------------------


def test_the_last_administrator_is_not_suspended_demoted_or_given_an_end(administrator, regency):
    """Two administrators at once: the second acts on what was true before the first had acted."""
    second = make_person(regency, Role.ADMINISTRATOR)
    can(administrator, Permission.MANAGE_TEAM, regency)
    suspend(administrator, second)

    for act in (
        lambda: suspend(second, administrator),
        lambda: change(second, administrator, role=Role.COORDINATOR),
        lambda: change(second, administrator, valid_to=timezone.localdate() + timedelta(days=9)),
    ):
        with pytest.raises(ValidationError, match="administrator terakhir"):
            act()
    assert membership_of(second).suspended_at is None


def test_an_administrator_who_leaves_first_does_not_count(administrator, regency):
    tomorrow = timezone.localdate() + timedelta(days=1)
    leaving = make_person(regency, Role.ADMINISTRATOR, valid_to=tomorrow)

    with pytest.raises(ValidationError):
        suspend(administrator, leaving)
    suspend(leaving, administrator)


def test_a_closed_account_is_no_administrator(administrator, regency):
    second = make_person(regency, Role.ADMINISTRATOR)
    User.objects.filter(pk=administrator.pk).update(is_active=False)

    with pytest.raises(ValidationError):
        suspend(second, administrator)


def test_one_of_two_administrators_can_go(administrator, regency):
    second = make_person(regency, Role.ADMINISTRATOR)

    suspend(second, administrator)

    assert membership_of(second).suspended_at is not None


# Changing -----------------------------------------------------------------------------------------------------------


def test_a_change_is_written_down_in_words(drafter, coordinator, other_agency):
    last = timezone.localdate() + timedelta(days=30)
    change(drafter, coordinator, role=Role.AGENCY_STAFF, agency=other_agency, may_submit=True, valid_to=last)

    membership = membership_of(drafter)
    assert (membership.agency, membership.may_submit, membership.valid_to) == (other_agency, True, last)
    event = SecurityEvent.objects.get()
    assert event.kind == "membership_changed"
    assert event.detail.startswith("Staf perangkat daerah, Dinas Pariwisata → Staf perangkat daerah, Dinas Kesehatan")


def test_a_change_of_nothing_leaves_no_trace(drafter, coordinator):
    change(drafter, coordinator)

    assert not SecurityEvent.objects.exists()


def test_a_delegation_ends_with_the_role(drafter, coordinator):
    change(drafter, coordinator, may_submit=True)
    change(drafter, coordinator, role=Role.AGENCY_HEAD, may_submit=True)

    assert membership_of(drafter).may_submit is False


def test_terms_must_fit(drafter, coordinator, regency):
    first = membership_of(drafter).valid_from
    with pytest.raises(ValidationError):
        change(drafter, coordinator, agency=None)
    with pytest.raises(PermissionDenied):
        change(drafter, coordinator, agency=make_agency(make_regency()))
    with pytest.raises(ValidationError):
        change(drafter, coordinator, valid_to=first - timedelta(days=1))


def test_nobody_holds_the_same_role_twice(drafter, coordinator, regency, agency, other_agency):
    Membership.objects.create(user=drafter, regency=regency, agency=other_agency, role=Role.AGENCY_STAFF)
    first = Membership.objects.get(user=drafter, agency=agency)

    with pytest.raises(ValidationError):
        team.change_membership(first, by=coordinator, role=Role.AGENCY_STAFF, agency=other_agency)


def test_somebody_of_an_agency_that_ended_can_still_be_changed(drafter, coordinator, agency):
    agency.valid_to = timezone.localdate() - timedelta(days=1)
    agency.save()

    assert change(drafter, coordinator, may_submit=True).may_submit


def test_agencies_without_members_are_named(regency, agency, other_agency, drafter, coordinator):
    make_agency(regency, valid_to=timezone.localdate() - timedelta(days=1))

    assert list(team.agencies_without_members(regency)) == [other_agency]
    suspend(drafter, coordinator)
    assert set(team.agencies_without_members(regency)) == {agency, other_agency}
