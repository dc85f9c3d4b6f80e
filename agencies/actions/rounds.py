"""Rounds of the programme: their deadlines, their clusters, and the regencies that take part. For managers alone."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet

from agencies.access import is_manager
from agencies.models import Cluster, Grant, Participation, ProgrammeRound, RoundStageKind, SecurityEventKind, User
from agencies.record import note_event
from agencies.regions import find_region
from smartcity.common.formatting import format_date


@transaction.atomic
def save_round(
    found: ProgrammeRound | None,
    *,
    by: User,
    name: str,
    year: int,
    deadlines: Mapping[RoundStageKind, date | None],
    priority_areas: str = "",
    results_are_public: bool = False,
) -> ProgrammeRound:
    """Make a round, or change one; `deadlines` holds the last day of each stage, None where it has none.

    Raises PermissionDenied unless `by` is a manager, and ValidationError for a name that another round has and for
    deadlines that do not follow each other in the order of the stages.
    """
    _require_manager(by)
    namesake = ProgrammeRound.objects.filter(name__iexact=name).first()
    if namesake is not None and namesake != found:
        raise ValidationError({"name": "Putaran dengan nama ini sudah ada. Tambahkan tahun atau tahapnya."})
    _check_order(deadlines)
    is_new = found is None
    saved = found or ProgrammeRound()
    saved.name, saved.year, saved.priority_areas, saved.results_are_public = (
        name,
        year,
        priority_areas,
        results_are_public,
    )
    saved.save()
    saved.stages.all().delete()
    saved.stages.bulk_create(
        saved.stages.model(round=saved, kind=kind, deadline=day) for kind, day in deadlines.items() if day
    )
    _record(saved, by, "dibuat" if is_new else "keterangan dan tenggat diubah")
    return saved


@transaction.atomic
def take_in(found: ProgrammeRound, *, by: User, codes: Iterable[str], cluster: str = "") -> int:
    """Let the regencies with these official codes take part, in the cluster of that name if one is given.

    A cluster that does not exist yet is made; a regency that takes part already is only moved there. Returns how many
    are new. Raises PermissionDenied, and ValidationError for a code that is not in the catalogue.
    """
    _require_manager(by)
    wanted = list(dict.fromkeys(codes))
    unknown = [code for code in wanted if find_region(code) is None]
    if unknown:
        raise ValidationError({"regions": f"Tidak ada dalam daftar wilayah: {', '.join(unknown)}."})
    locked = ProgrammeRound.objects.select_for_update().get(pk=found.pk)
    place = locked.clusters.get_or_create(name=cluster)[0] if cluster else None
    known = set(locked.participations.values_list("region_code", flat=True))
    if place:
        locked.participations.filter(region_code__in=wanted).update(cluster=place)
    new = [code for code in wanted if code not in known]
    Participation.objects.bulk_create(Participation(round=locked, region_code=code, cluster=place) for code in new)
    where = f", klaster {cluster}" if cluster else ""
    _record(locked, by, f"{len(new)} wilayah ditambahkan, {len(wanted) - len(new)} sudah ikut{where}")
    return len(new)


@transaction.atomic
def take_out(participation: Participation, *, by: User) -> None:
    """Let a regency take part no longer; its plan stays as it is. Raises PermissionDenied."""
    _require_manager(by)
    code = participation.region_code
    region = find_region(code)
    _record(participation.round, by, f"{region.full_name if region else code} dikeluarkan")
    participation.delete()


@transaction.atomic
def remove_cluster(cluster: Cluster, *, by: User) -> None:
    """Remove a cluster; its regencies stay in the round. Raises PermissionDenied, and ValidationError while a grant of
    somebody, of today or before, names it.
    """
    _require_manager(by)
    if Grant.objects.filter(cluster=cluster).exists():
        raise ValidationError(
            f"Klaster {cluster} pernah ditugaskan kepada tenaga ahli, jadi tercatat dan tidak dapat dihapus. "
            "Keluarkan wilayahnya saja."
        )
    _record(cluster.round, by, f"klaster {cluster} dihapus")
    cluster.delete()


def participants(found: ProgrammeRound) -> QuerySet[Participation]:
    """The regencies of a round in the order of their codes, with their clusters."""
    return found.participations.select_related("cluster").order_by("region_code")


def _check_order(deadlines: Mapping[RoundStageKind, date | None]) -> None:
    """Stages follow each other as `RoundStageKind` lists them."""
    given = [(kind, day) for kind in RoundStageKind if (day := deadlines.get(kind))]
    for (earlier, before), (later, day) in pairwise(given):
        if day < before:
            earliest = f"tulis {format_date(before)} atau sesudahnya."
            raise ValidationError({later.value: f"Tahap {later.label} sesudah {earlier.label}: {earliest}"})


def _require_manager(by: User) -> None:
    if not is_manager(by):
        raise PermissionDenied


def _record(found: ProgrammeRound, by: User, detail: str) -> None:
    note_event(None, kind=SecurityEventKind.ROUND_CHANGED, by=by, subject=found.name, detail=detail)
