"""Invitations: the link that is mailed, taking it up, and making it useless, for regencies and the ministry alike.

Who may offer which role is decided before, in `agencies.actions.team` and `agencies.actions.ministry`.
"""

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from agencies.mail import queue_template
from agencies.models import (
    INVITATION_SALT,
    Agency,
    Invitation,
    Membership,
    MinistryMember,
    Regency,
    SecurityEventKind,
    User,
)
from agencies.record import note_event
from agencies.roles import Role

INVITATION_DAYS = 14


class InvitationClosed(Exception):
    """The invitation was used, was revoked or has expired."""


def describe(role: str, agency: Agency | None, may_submit: bool = False) -> str:
    """The text for a role, as in "Staf perangkat daerah, Dinas Pariwisata, boleh mengirim"."""
    parts = [Role(role).label, agency.name if agency else "", "boleh mengirim" if may_submit else ""]
    return ", ".join(filter(None, parts))


def invitation_url(invitation: Invitation) -> str:
    """The full address at which the invitation is accepted. Whoever has it can enter in its role."""
    return settings.BASE_URL + reverse("invitation_accept", args=[invitation.token])


def find_invitation(token: str) -> Invitation | None:
    """The open invitation with this token; None for a forged, unknown, used, revoked or expired one."""
    try:
        pk = signing.loads(token, salt=INVITATION_SALT)
    except signing.BadSignature:
        return None
    invitation = Invitation.objects.select_related("regency", "agency", "invited_by").filter(pk=pk).first()
    return invitation if invitation is not None and invitation.is_open else None


def account_of(invitation: Invitation) -> User | None:
    """The account that proved the invited address, if there is one."""
    proved = Q(emailaddress__email=invitation.email, emailaddress__verified=True)
    return User.objects.filter(Q(email=invitation.email) | proved).distinct().first()


def open_invitations(regency: Regency) -> QuerySet[Invitation]:
    """Invitations that were neither accepted nor revoked; some may have expired."""
    return regency.invitations.filter(accepted_at=None, revoked_at=None)


@transaction.atomic
def accept_invitation(
    invitation: Invitation, *, by: User | None, name: str = "", password: str = ""
) -> Membership | MinistryMember:
    """Accept the invitation: `by` is the signed-in account of the invited address, or None to make that account.

    Raises InvitationClosed when it no longer works, PermissionDenied when `by` is somebody else (or None although the
    address has an account), ValidationError when the role is held already.
    """
    locked = lock_invitation(invitation)
    if not locked.is_open:
        raise InvitationClosed
    account = account_of(locked)
    if account != by:
        raise PermissionDenied
    taken: Membership | MinistryMember
    if locked.regency is None:
        taken = _enter_ministry(locked, account, name, password)
    else:
        taken = _enter_regency(locked, locked.regency, account, name, password)
    locked.accepted_at, locked.accepted_by = timezone.now(), taken.user
    locked.save(update_fields=["accepted_at", "accepted_by"])
    words = describe(locked.role, locked.agency, locked.may_submit)
    kind = SecurityEventKind.INVITATION_ACCEPTED
    note_event(locked.regency, kind=kind, by=taken.user, subject=taken.user.email, detail=words)
    return taken


@transaction.atomic
def send_offer(
    regency: Regency | None,
    *,
    by: User,
    address: str,
    role: Role,
    place: str,
    agency: Agency | None = None,
    may_submit: bool = False,
) -> Invitation:
    """Store the invitation and mail its link; the same open offer is renewed. The caller has checked everything.

    `place` names in the mail where the role is held; `regency` is None for a role of the ministry.
    """
    now = timezone.now()
    same = Invitation.objects.filter(accepted_at=None, revoked_at=None, regency=regency)
    offer = same.filter(email=address, role=role, agency=agency).first()
    offer = offer or Invitation(regency=regency, email=address, role=role, agency=agency)
    offer.may_submit, offer.invited_by, offer.invited_at = may_submit, by, now
    offer.expires_at = now + timedelta(days=INVITATION_DAYS)
    offer.save()
    words = describe(role, agency, may_submit)
    note_event(regency, kind=SecurityEventKind.INVITED, by=by, subject=address, detail=words)
    context = {"invitation": offer, "role": words, "inviter": by, "url": invitation_url(offer)}
    queue_template(address, f"Undangan ke portal Rencana Induk Smart City {place}", "invitation", context)
    return offer


def end_offer(offer: Invitation, *, by: User) -> None:
    """Revoke a locked invitation that `by` may revoke; doing it twice changes nothing. ValidationError once used."""
    if offer.accepted_at:
        raise ValidationError("Undangan ini sudah diterima. Nonaktifkan keanggotaannya bila perlu.")
    if offer.revoked_at is None:
        revoke_offer(offer, by=by)


@transaction.atomic
def revoke_offer(invitation: Invitation, *, by: User) -> None:
    """Make the link of an open invitation useless, and write that down."""
    invitation.revoked_at, invitation.revoked_by = timezone.now(), by
    invitation.save(update_fields=["revoked_at", "revoked_by"])
    words = describe(invitation.role, invitation.agency)
    kind = SecurityEventKind.INVITATION_REVOKED
    note_event(invitation.regency, kind=kind, by=by, subject=invitation.email, detail=words)


def lock_invitation(invitation: Invitation) -> Invitation:
    """The invitation as it is now, for one act at a time."""
    return Invitation.objects.select_for_update(of=("self",)).select_related("regency", "agency").get(pk=invitation.pk)


def _enter_regency(offer: Invitation, regency: Regency, account: User | None, name: str, password: str) -> Membership:
    """The membership that `offer` promised."""
    terms: dict[str, Any] = {"regency": regency, "role": offer.role, "agency": offer.agency}
    if account is None:
        account = _make_account(offer.email, name, password)
    elif account.memberships.filter(**terms).exists():
        raise ValidationError("Peran ini sudah Anda miliki.")
    membership = Membership.objects.create(user=account, may_submit=offer.may_submit, **terms)
    account.memberships_today = None  # asked anew, now that there is one more
    return membership


def _enter_ministry(offer: Invitation, account: User | None, name: str, password: str) -> MinistryMember:
    """The place at the ministry that `offer` promised; a person has one role there."""
    if account is None:
        account = _make_account(offer.email, name, password)
    elif MinistryMember.objects.filter(user=account).exists():
        raise ValidationError("Anda sudah terdaftar di kementerian. Minta pengelola program mengubah peran Anda.")
    return MinistryMember.objects.create(user=account, role=offer.role)


def _make_account(email: str, name: str, password: str) -> User:
    """An account whose address counts as proved: the link to it was sent there."""
    user = User.objects.create_user(email, password, name=name)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user
