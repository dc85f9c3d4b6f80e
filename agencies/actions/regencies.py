"""Opening a regency on this portal, and what the operator sees of the regencies that are open.

The operator invites the first people of a regency and has no access to its content.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.access import is_operator
from agencies.actions.team import invite_first
from agencies.models import (
    Agency,
    AgencyKind,
    District,
    Invitation,
    Membership,
    Regency,
    SecurityEvent,
    SecurityEventKind,
    User,
)
from agencies.regions import Region
from agencies.roles import FIRST_ROLES, Role

# What the form asks about the regency itself; code, province and districts come from the catalogue.
COLUMNS = ("kind", "name", "slug", "time_zone", "capital", "government_name")

# What the first word of an agency's name says about its kind; all others count as a Dinas.
_KINDS = {"badan": AgencyKind.BOARD, "sekretariat": AgencyKind.SECRETARIAT, "bagian": AgencyKind.SECRETARIAT}


@dataclass(frozen=True)
class FirstRole:
    """How one of the roles that a regency begins with is filled: held by somebody, offered to somebody, or neither."""

    role: Role
    is_held: bool
    invitations: list[Invitation]

    @property
    def open_invitation(self) -> Invitation | None:
        """The newest invitation whose link still works."""
        return next((each for each in self.invitations if each.is_open), None)


@dataclass(frozen=True)
class OpenedRegency:
    """A regency on this portal with the state of its first roles."""

    regency: Regency
    roles: list[FirstRole]

    @property
    def free_roles(self) -> list[Role]:
        """The roles that nobody holds today."""
        return [each.role for each in self.roles if not each.is_held]


def opened_regencies(slug: str = "") -> list[OpenedRegency]:
    """All regencies on this portal in the order of their codes, or the one with this slug.

    Only invitations written by an operator are among them: the link of any other is the business of the regency.
    """
    rows = Regency.objects.select_related("secretariat").filter(**({"slug": slug} if slug else {}))
    held = set(
        Membership.objects.active_on(timezone.localdate())
        .filter(role__in=FIRST_ROLES, user__is_active=True)
        .values_list("regency", "role")
    )
    offers: dict[tuple[int, str], list[Invitation]] = {}
    waiting = Invitation.objects.filter(
        role__in=FIRST_ROLES, accepted_at=None, revoked_at=None, invited_by__is_superuser=True
    )
    for invitation in waiting.select_related("regency", "agency"):
        if invitation.regency is not None:
            offers.setdefault((invitation.regency.pk, invitation.role), []).append(invitation)
    return [
        OpenedRegency(
            regency,
            [FirstRole(role, (regency.pk, role) in held, offers.get((regency.pk, role), [])) for role in FIRST_ROLES],
        )
        for regency in rows
    ]


def opened_codes() -> frozenset[str]:
    """The official codes of the regencies on this portal."""
    return frozenset(Regency.objects.values_list("code", flat=True))


@transaction.atomic
def open_regency(region: Region, *, by: User, data: dict[str, Any]) -> Regency:
    """Open a regency of the catalogue: with its districts and its secretariat, and invite its first people.

    `data` holds the values of `COLUMNS`, `secretariat_name`, `secretariat_short_name`, and the mail addresses of the
    first `administrator` and `coordinator`, each of which may be empty. Raises PermissionDenied unless `by` is an
    operator, and ValidationError when it is open already or a value is taken, by the name of the value.
    """
    if not is_operator(by):
        raise PermissionDenied
    _refuse_taken(region, data)
    regency = Regency(code=region.code, province=region.province.name, **{name: data[name] for name in COLUMNS})
    try:
        with transaction.atomic():
            regency.save()
            District.objects.bulk_create(
                District(regency=regency, code=district.code, name=district.name) for district in region.districts
            )
    except IntegrityError as error:  # somebody else was quicker, or a district is kept under another regency
        raise ValidationError(
            f"{region.full_name} atau salah satu kecamatannya sudah ada di portal ini. Periksa daftar wilayah."
        ) from error
    regency.secretariat = _make_secretariat(regency, data["secretariat_name"], data["secretariat_short_name"])
    regency.save(update_fields=["secretariat"])
    SecurityEvent.objects.create(
        regency=regency, kind=SecurityEventKind.REGENCY_OPENED, actor=by, detail=f"{regency.full_name}, {regency.code}"
    )
    invite_first_people(regency, by=by, addresses={role: data[role] for role in FIRST_ROLES})
    return regency


@transaction.atomic
def invite_first_people(regency: Regency, *, by: User, addresses: dict[Role, str]) -> list[Invitation]:
    """Invite the people of the first roles whose address is given.

    Raises PermissionDenied, and ValidationError by the name of the role.
    """
    invitations = []
    for role, address in addresses.items():
        if not address:
            continue
        try:
            invitations.append(invite_first(regency, by=by, email=address, role=role))
        except ValidationError as error:
            raise ValidationError({role.value: error.messages}) from error
    return invitations


def _make_secretariat(regency: Regency, name: str, short_name: str) -> Agency:
    kind = _KINDS.get(name.split(" ", 1)[0].casefold(), AgencyKind.OFFICE)
    return Agency.objects.create(regency=regency, name=name, short_name=short_name, kind=kind)


def _refuse_taken(region: Region, data: dict[str, Any]) -> None:
    """Refuse values that another regency uses, before the database does."""
    if Regency.objects.filter(code=region.code).exists():
        raise ValidationError(f"{region.full_name} sudah dibuka di portal ini. Buka halamannya dari daftar wilayah.")
    errors = {}
    if Regency.objects.filter(slug=data["slug"]).exists():
        errors["slug"] = "Alamat ini sudah dipakai wilayah lain. Tulis alamat yang berbeda."
    if Regency.objects.filter(kind=data["kind"], name=data["name"], province=region.province.name).exists():
        errors["name"] = "Wilayah dengan jenis dan nama ini sudah ada di provinsi yang sama."
    if errors:
        raise ValidationError(errors)
