"""The life of an invitation: offered, renewed, taken up, revoked, run out; and who may offer what."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from agencies.actions import invitations, team
from agencies.models import INVITATION_SALT, Invitation, Membership, OutgoingMail, SecurityEvent, User
from agencies.roles import Role
from tests.factories import make_agency, make_person, make_regency

EMAIL = "baru@contoh.test"
PASSWORD = "kata-sandi-panjang"


@pytest.fixture
def offer(regency, agency, coordinator):
    """An open invitation for staff of the agency."""
    return team.invite(regency, by=coordinator, email=EMAIL, role=Role.AGENCY_STAFF, agency=agency, may_submit=True)


def run_out(invitation):
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() - timedelta(minutes=1))


def accept(invitation, by=None):
    return invitations.accept_invitation(invitation, by=by, name="Orang Baru", password=PASSWORD)


# Offering -----------------------------------------------------------------------------------------------------------


def test_an_invitation_lasts_fourteen_days_and_is_mailed(offer, regency, coordinator):
    assert offer.is_open
    assert timedelta(days=13, hours=23) < offer.expires_at - timezone.now() <= timedelta(days=14)
    mail = OutgoingMail.objects.get()
    assert mail.to == EMAIL
    assert regency.full_name in mail.subject
    assert "Staf perangkat daerah, Dinas Pariwisata, boleh mengirim" in mail.body
    token = mail.body.split("/undangan/")[1].split("/")[0]
    assert invitations.find_invitation(token) == offer


def test_an_invitation_is_written_down(offer, regency, coordinator):
    event = SecurityEvent.objects.get()

    assert (event.kind, event.actor, event.subject, event.regency) == ("invited", coordinator, EMAIL, regency)
    assert event.detail == "Staf perangkat daerah, Dinas Pariwisata, boleh mengirim"


def test_the_token_is_not_stored_with_the_invitation(offer):
    stored = [str(value) for value in Invitation.objects.filter(pk=offer.pk).values_list()[0]]

    assert offer.token not in stored


def test_the_same_open_invitation_is_renewed_and_not_doubled(offer, regency, agency, administrator):
    run_out(offer)
    again = team.invite(
        regency, by=administrator, email=f" {EMAIL.upper()} ", role=Role.AGENCY_STAFF, agency=agency, may_submit=False
    )

    assert again.pk == offer.pk
    assert again.is_open
    assert (again.invited_by, again.may_submit) == (administrator, False)
    assert OutgoingMail.objects.count() == 2


def test_a_revoked_invitation_is_not_renewed(offer, regency, agency, coordinator):
    team.revoke_invitation(offer, by=coordinator)

    again = team.invite(regency, by=coordinator, email=EMAIL, role=Role.AGENCY_STAFF, agency=agency)

    assert again.pk != offer.pk


def test_the_delegation_is_for_staff_only(regency, agency, coordinator):
    head = team.invite(regency, by=coordinator, email=EMAIL, role=Role.AGENCY_HEAD, agency=agency, may_submit=True)

    assert head.may_submit is False


def test_nobody_gives_a_role_that_they_may_not_grant(regency, coordinator):
    with pytest.raises(PermissionDenied):
        team.invite(regency, by=coordinator, email=EMAIL, role=Role.ADMINISTRATOR)
    assert not Invitation.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_nobody_else_can_invite(regency, agency, agency_head, outsider, suspended):
    for by in (agency_head, outsider, suspended):
        with pytest.raises(PermissionDenied):
            team.invite(regency, by=by, email=EMAIL, role=Role.AGENCY_STAFF, agency=agency)


def test_nobody_invites_themselves(regency, administrator):
    with pytest.raises(ValidationError):
        team.invite(regency, by=administrator, email=administrator.email.upper(), role=Role.COORDINATOR)


def test_an_agency_role_needs_an_agency_of_this_regency_that_still_exists(regency, coordinator):
    foreign = make_agency(make_regency())
    ended = make_agency(regency, valid_to=timezone.localdate() - timedelta(days=1))
    with pytest.raises(ValidationError):
        team.invite(regency, by=coordinator, email=EMAIL, role=Role.AGENCY_STAFF)
    with pytest.raises(PermissionDenied):
        team.invite(regency, by=coordinator, email=EMAIL, role=Role.AGENCY_STAFF, agency=foreign)
    with pytest.raises(ValidationError):
        team.invite(regency, by=coordinator, email=EMAIL, role=Role.AGENCY_STAFF, agency=ended)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "sudah memegang"),
        ({"suspended": True}, "dinonaktifkan"),
        ({"valid_from": -9, "valid_to": -1}, "sudah berakhir"),
    ],
)
def test_somebody_who_is_here_already_is_not_invited_again(fields, words, regency, administrator, executive):
    today = timezone.localdate()
    values = {name: today + timedelta(days=days) for name, days in fields.items() if name != "suspended"}
    if fields.get("suspended"):
        values = {"suspended_at": timezone.now(), "suspended_by": administrator}
    Membership.objects.filter(user=executive).update(**values)

    with pytest.raises(ValidationError, match=words):
        team.invite(regency, by=administrator, email=executive.email, role=Role.EXECUTIVE)


# Taking up ----------------------------------------------------------------------------------------------------------


def test_a_newcomer_gets_an_account_and_the_role(offer, regency, agency):
    membership = accept(offer)

    user = User.objects.get(email=EMAIL)
    assert membership.user == user
    assert (membership.role, membership.agency, membership.may_submit) == (Role.AGENCY_STAFF, agency, True)
    assert user.name == "Orang Baru"
    assert user.check_password(PASSWORD)
    assert not user.is_staff
    assert EmailAddress.objects.filter(user=user, email=EMAIL, primary=True, verified=True).exists()
    offer.refresh_from_db()
    assert (offer.accepted_by, offer.is_open) == (user, False)
    event = SecurityEvent.objects.get(kind="invitation_accepted")
    assert (event.actor, event.subject) == (user, EMAIL)


def test_somebody_with_an_account_keeps_it(regency, administrator, outsider):
    offer = team.invite(regency, by=administrator, email=outsider.email, role=Role.EXECUTIVE)

    membership = invitations.accept_invitation(offer, by=outsider)

    assert membership.user == outsider
    assert User.objects.filter(email=outsider.email).count() == 1
    assert outsider.memberships.count() == 2


def test_only_the_invited_person_takes_it_up(offer, outsider, drafter):
    for stranger in (outsider, drafter):
        with pytest.raises(PermissionDenied):
            invitations.accept_invitation(offer, by=stranger)


def test_an_existing_account_is_never_taken_over_by_a_link(regency, administrator, outsider):
    offer = team.invite(regency, by=administrator, email=outsider.email, role=Role.EXECUTIVE)

    with pytest.raises(PermissionDenied):
        accept(offer)
    assert not User.objects.get(pk=outsider.pk).check_password(PASSWORD)


def test_an_address_proved_by_another_account_belongs_to_that_account(offer, outsider):
    EmailAddress.objects.create(user=outsider, email=EMAIL, verified=True)

    assert invitations.account_of(offer) == outsider
    with pytest.raises(PermissionDenied):
        accept(offer)


def test_an_unproved_address_claims_nothing(offer, outsider):
    EmailAddress.objects.create(user=outsider, email=EMAIL, verified=False)

    assert invitations.account_of(offer) is None
    assert accept(offer).user.email == EMAIL


def test_a_role_that_is_held_already_is_not_doubled(offer, regency, agency):
    user = make_person(regency, Role.AGENCY_STAFF, agency)
    User.objects.filter(pk=user.pk).update(email=EMAIL)
    user.refresh_from_db()

    with pytest.raises(ValidationError):
        invitations.accept_invitation(offer, by=user)
    assert user.memberships.count() == 1


def test_a_role_taken_away_does_not_come_back_through_an_old_invitation(offer, regency, agency, administrator):
    user = make_person(regency, Role.AGENCY_STAFF, agency, suspended_at=timezone.now(), suspended_by=administrator)
    User.objects.filter(pk=user.pk).update(email=EMAIL)
    user.refresh_from_db()

    with pytest.raises(ValidationError):
        invitations.accept_invitation(offer, by=user)
    assert user.memberships.get().suspended_at is not None


# Revoking -----------------------------------------------------------------------------------------------------------


def test_a_revoked_invitation_is_closed(offer, coordinator):
    team.revoke_invitation(offer, by=coordinator)
    team.revoke_invitation(offer, by=coordinator)

    assert invitations.find_invitation(offer.token) is None
    with pytest.raises(invitations.InvitationClosed):
        accept(offer)
    assert SecurityEvent.objects.filter(kind="invitation_revoked", subject=EMAIL).count() == 1


def test_a_coordinator_cannot_revoke_what_they_could_not_offer(regency, administrator, coordinator):
    offer = team.invite(regency, by=administrator, email=EMAIL, role=Role.ADMINISTRATOR)

    with pytest.raises(PermissionDenied):
        team.revoke_invitation(offer, by=coordinator)


# Links --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "forge",
    [
        lambda token, pk: "",
        lambda token, pk: "x",
        lambda token, pk: token[:-1],
        lambda token, pk: token + "A",
        lambda token, pk: token.swapcase(),
        lambda token, pk: signing.dumps(pk, salt="another salt"),
        lambda token, pk: signing.dumps(pk),
        lambda token, pk: signing.dumps(pk + 999, salt=INVITATION_SALT),
        lambda token, pk: signing.dumps(pk, salt=INVITATION_SALT, key="another key"),
        lambda token, pk: "../" * 9,
        lambda token, pk: "\x00" * 40,
        lambda token, pk: "9" * 5000,
    ],
)
def test_a_forged_link_opens_nothing(forge, offer):
    assert invitations.find_invitation(forge(offer.token, offer.pk)) is None


# The first administrator --------------------------------------------------------------------------------------------


def test_nobody_else_makes_an_administrator_that_way(regency, coordinator):
    with pytest.raises(PermissionDenied):
        team.invite_first(regency, by=coordinator, email=EMAIL, role=Role.ADMINISTRATOR)
