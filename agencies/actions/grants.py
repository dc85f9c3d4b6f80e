"""Giving and ending the grants of experts. Who is an expert lives in `ministry`, what a round holds in `rounds`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from agencies.access import is_manager
from agencies.actions.ministry import lock_ministry
from agencies.models import (
    Cluster,
    Grant,
    Membership,
    MinistryMember,
    NoticeKind,
    Participation,
    ProgrammeRound,
    SecurityEventKind,
    User,
)
from agencies.notices import notify_member
from agencies.record import note_event
from agencies.regions import find_region
from agencies.roles import Role
from smartcity.common.formatting import format_date


@dataclass(frozen=True)
class Scope:
    """What a grant reaches: a round, a cluster or one regency by its official code; exactly one of them is given."""

    round: ProgrammeRound | None = None
    cluster: Cluster | None = None
    region_code: str = ""

    def __str__(self) -> str:
        if self.round:
            return f"Semua wilayah {self.round.name}"
        if self.cluster:
            return f"Klaster {self.cluster.name}, {self.cluster.round.name}"
        region = find_region(self.region_code)
        return region.full_name if region else self.region_code

    def region_codes(self) -> list[str]:
        """The official codes of the regencies in it today."""
        if self.region_code:
            return [self.region_code]
        taking_part = Participation.objects.all()
        found = taking_part.filter(round=self.round) if self.round else taking_part.filter(cluster=self.cluster)
        return list(found.values_list("region_code", flat=True))


def scope_of(grant: Grant) -> Scope:
    """The scope of a grant; loads round and cluster."""
    return Scope(grant.round, grant.cluster, grant.region_code)


@transaction.atomic
def assign(
    member: MinistryMember,
    *,
    scope: Scope,
    by: User,
    dimensions: Sequence[str] = (),
    is_lead: bool = False,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Grant:
    """Let an expert read what is in `scope`, for all dimensions or those with the given codes; they are told.

    Raises PermissionDenied unless `by` is a manager, and ValidationError for somebody who is no active expert, for a
    scope given already, for dates in the wrong order, and for an expert who holds a role in a regency of the scope:
    nobody looks after the plan that they help to write.
    """
    if not is_manager(by):
        raise PermissionDenied
    lock_ministry()
    today = timezone.localdate()
    first = valid_from or today
    if member.role != Role.EXPERT or not member.is_active_on(today):
        raise ValidationError("Penugasan hanya untuk tenaga ahli yang aktif. Pilih orang lain, atau aktifkan dulu.")
    if scope.region_code and find_region(scope.region_code) is None:
        raise ValidationError({"region": "Wilayah ini tidak ada dalam daftar. Pilih dari daftar kabupaten/kota."})
    if valid_to and valid_to < first:
        raise ValidationError({"valid_to": f"Tulis {format_date(first)} atau sesudahnya."})
    same = {"round": scope.round, "cluster": scope.cluster, "region_code": scope.region_code}
    if member.grants.active_on(today).filter(**same).exists():
        raise ValidationError(f"{member.user} sudah ditugaskan untuk {scope}. Cabut penugasan itu dulu.")
    _refuse_own_regency(member, scope)
    grant = Grant.objects.create(
        member=member,
        **same,
        dimensions=list(dimensions),
        is_lead=is_lead,
        valid_from=first,
        valid_to=valid_to,
        given_by=by,
    )
    words = _spell(grant, scope)
    note_event(None, kind=SecurityEventKind.GRANTED, by=by, subject=member.user.email, detail=words)
    subject = f"Penugasan Anda: {scope}"
    context = {"grant": grant, "words": words, "by": by}
    notify_member(member, NoticeKind.ASSIGNED, subject, "granted", context, path=reverse("national_desk"))
    return grant


@transaction.atomic
def end_grant(grant: Grant, *, by: User) -> Grant:
    """End a grant from the next request on; doing it twice changes nothing. Raises PermissionDenied."""
    if not is_manager(by):
        raise PermissionDenied
    lock_ministry()
    locked = Grant.objects.select_related("member__user", "round", "cluster__round").get(pk=grant.pk)
    if locked.ended_at is None:
        locked.ended_at, locked.ended_by = timezone.now(), by
        locked.save(update_fields=["ended_at", "ended_by"])
        words = _spell(locked, scope_of(locked))
        note_event(None, kind=SecurityEventKind.GRANT_ENDED, by=by, subject=locked.member.user.email, detail=words)
    return locked


def _refuse_own_regency(member: MinistryMember, scope: Scope) -> None:
    """Refuse somebody who holds a role in a regency of the scope."""
    held = Membership.objects.active_on(timezone.localdate()).filter(user=member.user_id)
    own = held.filter(regency__code__in=scope.region_codes()).select_related("regency").first()
    if own is not None:
        raise ValidationError(
            f"{member.user} memegang peran di {own.regency.full_name}, jadi tidak dapat menelaah wilayah itu. "
            "Pilih tenaga ahli lain, atau lingkup tanpa wilayah itu."
        )


def _spell(grant: Grant, scope: Scope) -> str:
    parts = [
        str(scope),
        f"dimensi {', '.join(grant.dimensions)}" if grant.dimensions else "semua dimensi",
        "pendamping utama" if grant.is_lead else "",
        f"sampai {format_date(grant.valid_to)}" if grant.valid_to else "",
    ]
    return ", ".join(filter(None, parts))
