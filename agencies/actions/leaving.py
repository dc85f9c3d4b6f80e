"""A person leaves everything at once, because their account is being emptied. Other changes: `team`, `ministry`.

Nobody in a regency or at the ministry asks for it, so the account stands for the act, by the address that it bears.
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from agencies.actions.invitations import revoke_offer
from agencies.actions.ministry import keep_a_manager, lock_ministry
from agencies.actions.team import holders, lock_people
from agencies.models import Grant, Invitation, Membership, MinistryMember, Regency, SecurityEventKind, User
from agencies.record import note_event
from agencies.roles import FIRST_ROLES

ACCOUNT_ERASED = "Akunnya dihapus atas permintaan."


@transaction.atomic
def leave_everywhere(person: User, *, by: None = None) -> int:
    """End all roles of a person in regencies, and close the links they have given out. Returns how many roles.

    Raises ValidationError where a regency would lose its last administrator or coordinator.
    """
    for pk in sorted(set(person.memberships.values_list("regency", flat=True))):
        lock_people(Regency(pk=pk))
    rows = list(person.memberships.select_related("regency").order_by("pk"))
    for membership in rows:
        _keep_somebody(membership)
    for membership in rows:
        if _end(membership, person):
            _note(membership.regency, person)
    given = Invitation.objects.filter(invited_by=person, accepted_at=None, revoked_at=None)
    for invitation in given.select_related("regency", "agency"):
        revoke_offer(invitation, by=person)
    return len(rows)


@transaction.atomic
def leave_ministry(person: User, *, by: None = None) -> int:
    """End the role of a person at the ministry and all their grants. Returns how many roles: 1 or 0.

    Raises ValidationError where the programme would lose its last manager.
    """
    lock_ministry()
    member = MinistryMember.objects.filter(user=person).first()
    if member is None:
        return 0
    keep_a_manager(member)
    Grant.objects.filter(member=member, ended_at=None).update(ended_at=timezone.now(), ended_by=person)
    if _end(member, person):
        _note(None, person)
    return 1


def _end(role: Membership | MinistryMember, person: User) -> bool:
    """Let a role count no longer; whether it had counted until now."""
    end = max(role.valid_from, timezone.localdate() - timedelta(days=1))
    role.valid_to = min(role.valid_to or end, end)
    is_new = role.suspended_at is None
    if is_new:
        role.suspended_at, role.suspended_by = timezone.now(), person
    role.suspended_reason = ACCOUNT_ERASED
    role.save(update_fields=["valid_to", "suspended_at", "suspended_by", "suspended_reason"])
    return is_new


def _note(regency: Regency | None, person: User) -> None:
    note_event(regency, kind=SecurityEventKind.SUSPENDED, by=person, subject=person.email, detail=ACCOUNT_ERASED)


def _keep_somebody(membership: Membership) -> None:
    """Refuse to remove the last administrator or coordinator of a regency."""
    if membership.role not in FIRST_ROLES:
        return
    here = holders(membership.regency, membership.role)
    others = here.exclude(user=membership.user_id)
    if here.filter(pk=membership.pk).exists() and not others.exists():
        who = f"{membership.get_role_display().lower()} terakhir di {membership.regency.full_name}"
        raise ValidationError(f"Orang ini {who}. Angkat penggantinya lebih dulu.")
