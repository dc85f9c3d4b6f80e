"""Who belongs to the ministry and as what. Which regencies an expert may read is in `grants`, regencies are in `team`.

The operator invites the first manager of the programme, managers invite all others. Every act is written down as a
SecurityEvent without a regency, nobody acts on their own role, and the programme keeps a manager.
"""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from agencies.access import is_manager, is_operator
from agencies.actions.invitations import end_offer, lock_invitation, revoke_offer, send_offer
from agencies.actions.team import REASON_LIMIT
from agencies.models import Invitation, Ministry, MinistryMember, SecurityEventKind, User
from agencies.record import note_event
from agencies.roles import ROLES, Role
from smartcity.common.formatting import format_date


def get_ministry() -> Ministry:
    """The ministry that runs the programme on this portal."""
    return Ministry.objects.current()


def managers() -> QuerySet[MinistryMember]:
    """Who manages the programme today, with an open account."""
    active = MinistryMember.objects.active_on(timezone.localdate())
    return active.filter(role=Role.PROGRAMME_MANAGER, user__is_active=True)


def open_offers() -> QuerySet[Invitation]:
    """Invitations to the ministry that were neither accepted nor revoked; some may have expired."""
    return Invitation.objects.filter(regency=None, accepted_at=None, revoked_at=None)


@transaction.atomic
def name_ministry(*, by: User, name: str, unit: str = "") -> Ministry:
    """Set the name of the ministry and of the unit that runs the programme. Raises PermissionDenied."""
    _require_manager(by)
    found = lock_ministry()
    found.name, found.unit = name, unit
    found.save(update_fields=["name", "unit"])
    return found


@transaction.atomic
def invite_member(*, by: User, email: str, role: Role) -> Invitation:
    """Offer a role at the ministry to an address and mail the link. The same open offer is renewed, not doubled.

    Raises PermissionDenied when `by` may not give `role`, ValidationError for an address that is not valid or is taken.
    """
    _require_manager(by)
    if role not in ROLES[Role.PROGRAMME_MANAGER].grants:
        raise PermissionDenied
    if email.strip().lower() == by.email:
        raise ValidationError("Anda tidak dapat mengundang diri sendiri. Minta pengelola program lain melakukannya.")
    return _offer(by, email, role)


@transaction.atomic
def invite_first_manager(*, by: User, email: str) -> Invitation:
    """Offer the management of the programme: for whoever installs the portal, and only while nobody manages it.

    Raises PermissionDenied, and ValidationError for an address that is not valid or where somebody manages already.
    """
    if not is_operator(by):
        raise PermissionDenied
    if managers().exists():
        raise ValidationError("Program sudah punya pengelola. Mintalah pengelola program mengundang orang lain.")
    return _offer(by, email, Role.PROGRAMME_MANAGER)


@transaction.atomic
def revoke_member_invitation(invitation: Invitation, *, by: User) -> Invitation:
    """Make the link of an offer of the ministry invalid. Raises PermissionDenied, and ValidationError once used."""
    _require_manager(by)
    locked = lock_invitation(invitation)
    if locked.regency is not None:
        raise PermissionDenied
    end_offer(locked, by=by)
    return locked


@transaction.atomic
def suspend_member(member: MinistryMember, *, by: User, reason: str) -> MinistryMember:
    """Take the access away from the next request on, and close the links the person has given out.

    Raises PermissionDenied, and ValidationError without a reason or for the last manager.
    """
    locked = _lock_managed(member, by)
    if locked.suspended_at:
        return locked
    text = " ".join(reason.split())
    if not text:
        raise ValidationError("Tulis alasan singkat, misalnya: selesai bertugas pada putaran ini.")
    keep_a_manager(locked)
    locked.suspended_at, locked.suspended_by, locked.suspended_reason = timezone.now(), by, text[:REASON_LIMIT]
    locked.save(update_fields=["suspended_at", "suspended_by", "suspended_reason"])
    _record(locked, SecurityEventKind.SUSPENDED, by, text)
    for invitation in open_offers().filter(invited_by=locked.user_id):
        revoke_offer(invitation, by=by)
    return locked


@transaction.atomic
def reinstate_member(member: MinistryMember, *, by: User) -> MinistryMember:
    """Give the access back; doing it twice changes nothing. Raises PermissionDenied and ValidationError."""
    locked = _lock_managed(member, by)
    if locked.suspended_at:
        locked.suspended_at = locked.suspended_by = None
        locked.suspended_reason = ""
        locked.save(update_fields=["suspended_at", "suspended_by", "suspended_reason"])
        _record(locked, SecurityEventKind.REINSTATED, by, locked.get_role_display())
    return locked


@transaction.atomic
def change_member(member: MinistryMember, *, by: User, role: Role, valid_to: date | None = None) -> MinistryMember:
    """Give somebody another role or last day. Raises PermissionDenied, and ValidationError for the last manager."""
    locked = _lock_managed(member, by)
    if role not in ROLES[Role.PROGRAMME_MANAGER].grants:
        raise PermissionDenied
    if valid_to and valid_to < locked.valid_from:
        raise ValidationError({"valid_to": f"Tulis {format_date(locked.valid_from)} atau sesudahnya."})
    if role != locked.role or (valid_to and (locked.valid_to is None or valid_to < locked.valid_to)):
        keep_a_manager(locked)
    before = _spell(locked)
    locked.role, locked.valid_to = role, valid_to
    if _spell(locked) != before:
        locked.save(update_fields=["role", "valid_to"])
        _record(locked, SecurityEventKind.MEMBERSHIP_CHANGED, by, f"{before} → {_spell(locked)}")
    return locked


def keep_a_manager(member: MinistryMember) -> None:
    """Refuse to remove the last manager of the programme, or one whom no other manager outlasts."""
    here = managers()
    if not here.filter(pk=member.pk).exists():
        return
    as_long = Q(valid_to__isnull=True)
    if member.valid_to:
        as_long |= Q(valid_to__gte=member.valid_to)
    if not here.filter(as_long).exclude(pk=member.pk).exists():
        raise ValidationError("Ini pengelola program terakhir. Angkat pengelola lain lebih dulu.")


def lock_ministry() -> Ministry:
    """The ministry, for one change of its people at a time, so that checks hold until the change is stored."""
    return Ministry.objects.lock()


def _offer(by: User, email: str, role: Role) -> Invitation:
    address = email.strip().lower()
    validate_email(address)
    ministry = lock_ministry()
    held = MinistryMember.objects.filter(user__email=address).first()
    if held is not None:
        raise ValidationError(
            "Orang ini sudah terdaftar, tetapi dinonaktifkan. Aktifkan kembali di halaman Orang."
            if held.suspended_at
            else "Alamat ini sudah terdaftar di kementerian. Ubah perannya di halaman Orang."
        )
    return send_offer(None, by=by, address=address, role=role, place=ministry.name)


def _require_manager(by: User) -> None:
    if not is_manager(by):
        raise PermissionDenied


def _lock_managed(member: MinistryMember, by: User) -> MinistryMember:
    """The row as it is now, once `by` may act on it."""
    _require_manager(by)
    lock_ministry()
    locked = MinistryMember.objects.select_related("user").get(pk=member.pk)
    if locked.user_id == by.pk:
        raise ValidationError(
            "Anda tidak dapat mengubah peran Anda sendiri. Minta pengelola program lain melakukannya."
        )
    return locked


def _spell(member: MinistryMember) -> str:
    until = f", sampai {format_date(member.valid_to)}" if member.valid_to else ""
    return Role(member.role).label + until


def _record(member: MinistryMember, kind: SecurityEventKind, by: User, detail: str) -> None:
    note_event(None, kind=kind, by=by, subject=member.user.email, detail=detail)
