"""The ministry of the sample: a manager, three experts, and a round with a regency that has not begun.

Accounts are invented; nobody real is among them. The round is an example and not one of the ministry's.
"""

from datetime import timedelta

from django.utils import timezone

from agencies.actions import grants, ministry, rounds
from agencies.actions.grants import Scope
from agencies.models import MinistryMember, ProgrammeRound, RoundStageKind, User
from agencies.roles import Role

from .regencies import DOMAIN, SampleRegency

# Local part, name, role.
MINISTRY_ACCOUNTS: tuple[tuple[str, str, Role], ...] = (
    ("pengelola", "Pengelola Program Contoh", Role.PROGRAMME_MANAGER),
    ("ahli", "Tenaga Ahli Contoh", Role.EXPERT),
    ("ahli2", "Tenaga Ahli Dua Contoh", Role.EXPERT),
    ("ahli3", "Tenaga Ahli Tiga Contoh", Role.EXPERT),
)
# Kabupaten Kendal takes part and has not begun.
NOT_BEGUN = "33.24"
_CLUSTER = "Jawa Tengah (contoh)"
# Days from loading until each stage is due, so that one deadline is soon.
_DUE = {
    RoundStageKind.DRAFTING: -20,
    RoundStageKind.SUBMISSION: 12,
    RoundStageKind.BOOKS: 40,
    RoundStageKind.ADOPTION: 90,
}


def load_ministry(place: SampleRegency, other: SampleRegency, password: str) -> dict[str, User]:
    """The people of the ministry with their grants, and a round of three regencies. All sign in with `password`."""
    people: dict[str, User] = {}
    members: dict[str, MinistryMember] = {}
    for local, name, role in MINISTRY_ACCOUNTS:
        people[local] = User.objects.create_user(f"{local}@{DOMAIN}", password, name=name)
        members[local] = MinistryMember.objects.create(user=people[local], role=role)
    manager = people["pengelola"]
    ministry.name_ministry(by=manager, name="Kementerian (contoh)", unit="Direktorat contoh")
    found = _load_round(manager, [place.regency.code, other.regency.code, NOT_BEGUN])
    grants.assign(members["ahli"], scope=Scope(round=found), by=manager, is_lead=True)
    grants.assign(members["ahli2"], scope=Scope(cluster=found.clusters.get()), by=manager)
    grants.assign(members["ahli3"], scope=Scope(region_code=place.regency.code), by=manager, dimensions=["GO", "EC"])
    return people


def _load_round(manager: User, codes: list[str]) -> ProgrammeRound:
    today = timezone.localdate()
    found = rounds.save_round(
        None,
        by=manager,
        name=f"Putaran contoh {today.year}",
        year=today.year,
        deadlines={kind: today + timedelta(days) for kind, days in _DUE.items()},
        priority_areas="Kawasan contoh: bukan penetapan resmi",
    )
    rounds.take_in(found, by=manager, codes=codes, cluster=_CLUSTER)
    return found
