"""Who belongs to a regency and as what. What each role may do lives in `agencies.roles`, links in `invitations`.

Every act is written down as a SecurityEvent in the same transaction. Nobody gives or takes a role beyond the `grants`
of their own, nobody acts on their own membership, and a regency keeps an administrator. The people of the ministry live
in `agencies.actions.ministry`.
"""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from agencies.access import memberships, require
from agencies.actions.invitations import (
    describe,
    end_offer,
    lock_invitation,
    open_invitations,
    revoke_offer,
    send_offer,
)
from agencies.models import (
    Agency,
    Invitation,
    Membership,
    Regency,
    SecurityEventKind,
    User,
)
from agencies.record import note_event
from agencies.roles import AGENCY_ROLES, FIRST_ROLES, ROLES, Permission, Role
from smartcity.common.formatting import format_date

REASON_LIMIT = 300


def grantable_roles(user: User, regency: Regency) -> frozenset[Role]:
    """The roles `user` may give and take away in `regency`; those of the ministry are never among them."""
    held = (m.spec for m in memberships(user, regency))
    return frozenset().union(*(spec.grants for spec in held if not spec.of_the_ministry))


def may_manage(user: User, membership: Membership) -> bool:
    """Whether `user` may change this membership: its role is one they may give, and it is not their own."""
    return membership.user_id != user.pk and membership.role in grantable_roles(user, membership.regency)


def has_holder(regency: Regency, role: Role) -> bool:
    """Whether somebody holds `role` in `regency` today."""
    return holders(regency, role).exists()


@transaction.atomic
def invite(
    regency: Regency, *, by: User, email: str, role: Role, agency: Agency | None = None, may_submit: bool = False
) -> Invitation:
    """Offer a role to an address and mail the link. The same open offer is renewed, not doubled.

    Raises PermissionDenied when `by` may not give `role`, ValidationError when the address or the terms are not valid.
    """
    _require_grantable(by, regency, role)
    if email.strip().lower() == by.email:
        raise ValidationError("Anda tidak dapat mengundang diri sendiri. Minta administrator lain melakukannya.")
    return _offer(regency, by=by, email=email, role=role, agency=agency, may_submit=may_submit)


@transaction.atomic
def invite_first(regency: Regency, *, by: User, email: str, role: Role) -> Invitation:
    """Offer a role of `FIRST_ROLES`: for whoever installs the portal, and only while nobody in `regency` holds it.

    A role that sits in the secretariat is invited for that agency. Raises PermissionDenied, and ValidationError for an
    address that is not valid or a role that somebody holds.
    """
    if not (by.is_active and by.is_superuser) or role not in FIRST_ROLES:
        raise PermissionDenied
    if has_holder(regency, role):
        name = role.label.lower()
        raise ValidationError(f"{regency.full_name} sudah punya {name}. Mintalah {name} mengundang lewat halaman Tim.")
    agency = regency.secretariat if ROLES[role].sits_in_secretariat else None
    return _offer(regency, by=by, email=email, role=role, agency=agency, may_submit=False)


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: User) -> Invitation:
    """Make the link invalid; doing it twice changes nothing. Raises PermissionDenied, and ValidationError once used."""
    locked = lock_invitation(invitation)
    if locked.regency is None:
        raise PermissionDenied  # `agencies.actions.ministry` revokes what the ministry offers
    _require_grantable(by, locked.regency, Role(locked.role))
    end_offer(locked, by=by)
    return locked


@transaction.atomic
def suspend_membership(membership: Membership, *, by: User, reason: str) -> Membership:
    """Take the access away from the next request on, and close the links the person has given out here.

    Raises PermissionDenied, and ValidationError without a reason or for the last holder of a role that a regency keeps.
    """
    locked = _lock_managed(membership, by)
    if locked.suspended_at:
        return locked
    text = " ".join(reason.split())
    if not text:
        raise ValidationError("Tulis alasan singkat, misalnya: pindah tugas sejak 1 Maret 2026.")
    _keep_a_holder(locked)
    locked.suspended_at, locked.suspended_by, locked.suspended_reason = timezone.now(), by, text[:REASON_LIMIT]
    locked.save(update_fields=["suspended_at", "suspended_by", "suspended_reason"])
    _record(locked, SecurityEventKind.SUSPENDED, by=by, detail=text)
    for invitation in open_invitations(locked.regency).filter(invited_by=locked.user_id):
        revoke_offer(invitation, by=by)
    return locked


@transaction.atomic
def reinstate_membership(membership: Membership, *, by: User) -> Membership:
    """Give the access back; doing it twice changes nothing. Raises PermissionDenied and ValidationError."""
    locked = _lock_managed(membership, by)
    if locked.suspended_at:
        locked.suspended_at = locked.suspended_by = None
        locked.suspended_reason = ""
        locked.save(update_fields=["suspended_at", "suspended_by", "suspended_reason"])
        _record(locked, SecurityEventKind.REINSTATED, by=by)
    return locked


@transaction.atomic
def change_membership(
    membership: Membership,
    *,
    by: User,
    role: Role,
    agency: Agency | None = None,
    may_submit: bool = False,
    valid_to: date | None = None,
) -> Membership:
    """Give the membership other terms. Raises PermissionDenied when `by` may not give the old or the new role, and
    ValidationError when the terms are not valid or the regency would lose its last holder of a role.
    """
    locked = _lock_managed(membership, by)
    _require_grantable(by, locked.regency, role)
    may_submit = _checked_terms(locked.regency, role, agency, may_submit, kept=locked.agency)
    if valid_to and valid_to < locked.valid_from:
        raise ValidationError({"valid_to": f"Tulis {format_date(locked.valid_from)} atau sesudahnya."})
    same = Membership.objects.filter(user=locked.user_id, regency=locked.regency_id, role=role, agency=agency)
    if same.exclude(pk=locked.pk).exists():
        raise ValidationError("Orang ini sudah memegang peran itu di perangkat daerah yang sama.")
    if role != locked.role or (valid_to and (locked.valid_to is None or valid_to < locked.valid_to)):
        _keep_a_holder(locked)
    before = _spell(locked)
    locked.role, locked.agency, locked.may_submit, locked.valid_to = role, agency, may_submit, valid_to
    if _spell(locked) != before:
        locked.save(update_fields=["role", "agency", "may_submit", "valid_to"])
        _record(locked, SecurityEventKind.MEMBERSHIP_CHANGED, by=by, detail=f"{before} → {_spell(locked)}")
    return locked


def agencies_without_members(regency: Regency) -> QuerySet[Agency]:
    """Agencies of today for which nobody can fill in."""
    today = timezone.localdate()
    active = Membership.objects.active_on(today).filter(regency=regency, role__in=sorted(AGENCY_ROLES))
    return regency.agencies.valid_on(today).exclude(pk__in=active.values("agency"))


def _offer(
    regency: Regency, *, by: User, email: str, role: Role, agency: Agency | None, may_submit: bool
) -> Invitation:
    address = email.strip().lower()
    validate_email(address)
    may_submit = _checked_terms(regency, role, agency, may_submit)
    lock_people(regency)
    _refuse_member(regency, address, role, agency)
    return send_offer(
        regency, by=by, address=address, role=role, agency=agency, may_submit=may_submit, place=regency.full_name
    )


def _refuse_member(regency: Regency, address: str, role: Role, agency: Agency | None) -> None:
    held = regency.memberships.filter(user__email=address, role=role, agency=agency).first()
    if held is None:
        return
    if held.suspended_at:
        raise ValidationError("Orang ini sudah terdaftar, tetapi dinonaktifkan. Aktifkan kembali lewat halaman Tim.")
    if held.valid_to and held.valid_to < timezone.localdate():
        raise ValidationError("Masa tugas orang ini sudah berakhir. Ubah tanggalnya lewat halaman Tim.")
    raise ValidationError("Alamat ini sudah memegang peran itu.")


def _checked_terms(
    regency: Regency, role: Role, agency: Agency | None, may_submit: bool, kept: Agency | None = None
) -> bool:
    """Refuse terms that contradict each other; returns whether the delegation to send applies to this role at all."""
    if agency is None and role in AGENCY_ROLES:
        raise ValidationError({"agency": "Peran ini bekerja untuk satu perangkat daerah: pilih yang mana."})
    if agency is not None and agency.regency_id != regency.pk:
        raise PermissionDenied
    if agency is not None and agency != kept and agency.valid_to and agency.valid_to < timezone.localdate():
        raise ValidationError({"agency": "Perangkat daerah ini sudah tidak ada. Pilih penggantinya."})
    return may_submit and bool(ROLES[role].delegable)


def _require_grantable(by: User, regency: Regency, role: Role) -> None:
    require(by, Permission.MANAGE_TEAM, regency)
    if role not in grantable_roles(by, regency):
        raise PermissionDenied


def lock_people(regency: Regency) -> None:
    """Allow one change of a regency's people at a time, so that checks hold until the change is stored."""
    Regency.objects.select_for_update().get(pk=regency.pk)


def _lock_managed(membership: Membership, by: User) -> Membership:
    """The membership as it is now, once `by` may act on it."""
    lock_people(membership.regency)
    locked = Membership.objects.select_related("user", "regency", "agency").get(pk=membership.pk)
    _require_grantable(by, locked.regency, Role(locked.role))
    if locked.user_id == by.pk:
        raise ValidationError("Anda tidak dapat mengubah peran Anda sendiri. Minta administrator lain melakukannya.")
    return locked


def holders(regency: Regency, role: str) -> QuerySet[Membership]:
    """Who holds `role` in `regency` today, with an open account."""
    active = Membership.objects.active_on(timezone.localdate())
    return active.filter(regency=regency, role=role, user__is_active=True)


def _keep_a_holder(membership: Membership) -> None:
    """Refuse to remove the last holder of a role that every regency keeps, or one whom no other holder outlasts."""
    if not membership.spec.outlasts_changes:
        return
    here = holders(membership.regency, membership.role)
    if not here.filter(pk=membership.pk).exists():
        return
    as_long = Q(valid_to__isnull=True)
    if membership.valid_to:
        as_long |= Q(valid_to__gte=membership.valid_to)
    if not here.filter(as_long).exclude(user=membership.user_id).exists():
        name = membership.get_role_display().lower()
        raise ValidationError(f"Ini {name} terakhir di sini. Angkat {name} lain lebih dulu.")


def _spell(membership: Membership) -> str:
    until = f", sampai {format_date(membership.valid_to)}" if membership.valid_to else ""
    return describe(membership.role, membership.agency, membership.may_submit) + until


def _record(membership: Membership, kind: SecurityEventKind, *, by: User, detail: str = "") -> None:
    words = detail or _spell(membership)
    note_event(membership.regency, kind=kind, by=by, subject=membership.user.email, detail=words)
