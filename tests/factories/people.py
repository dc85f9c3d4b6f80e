"""Regencies, agencies, districts and people."""

from collections.abc import Iterable
from itertools import count

from agencies.models import Agency, AgencyKind, District, Grant, Membership, MinistryMember, Regency, User
from agencies.roles import MINISTRY_ROLES, Role

_number = count(1)
PASSWORD = "sandi-untuk-uji-coba"


def make_regency(name: str = "", slug: str = "", **fields: object) -> Regency:
    """A regency; every call gives another one."""
    n = next(_number)
    name = name or f"Uji {n}"
    values = {"province": "Jawa Tengah", "capital": "Ungaran", "code": f"{10 + n // 90}.{10 + n % 90}"} | fields
    return Regency.objects.create(name=name, slug=slug or f"kabupaten-uji-{n}", **values)


def make_agency(regency: Regency, name: str = "", short_name: str = "", **fields: object) -> Agency:
    """An agency (a dinas unless told otherwise)."""
    n = next(_number)
    values = {"kind": AgencyKind.OFFICE, "order": n} | fields
    return Agency.objects.create(
        regency=regency, name=name or f"Dinas Uji {n}", short_name=short_name or f"DINUJI{n}", **values
    )


def make_district(regency: Regency, name: str = "") -> District:
    """A district."""
    n = next(_number)
    return District.objects.create(
        regency=regency, name=name or f"Kecamatan Uji {n}", code=f"{regency.code}.{n % 100:02d}"
    )


def make_person(regency: Regency, role: Role, agency: Agency | None = None, **fields: object) -> User:
    """A user with one role in `regency`: a membership, or at the ministry with a grant for it."""
    if role in MINISTRY_ROLES:
        return make_member(role, [regency] if role == Role.EXPERT else []).user
    n = next(_number)
    user = User.objects.create(email=f"{role}-{n}@contoh.test", name=f"{role.label} {n}")
    Membership.objects.create(user=user, regency=regency, agency=agency, role=role, **fields)
    return user


def make_member(
    role: Role = Role.PROGRAMME_MANAGER, regencies: Iterable[Regency] = (), **fields: object
) -> MinistryMember:
    """Somebody of the ministry, with a grant for each of `regencies`; `fields` are those of the grants."""
    n = next(_number)
    user = User.objects.create(email=f"{role}-{n}@contoh.test", name=f"{role.label} {n}")
    member = MinistryMember.objects.create(user=user, role=role)
    for regency in regencies:
        Grant.objects.create(member=member, region_code=regency.code, **fields)
    return member
