"""Creating, renaming and ending agencies (perangkat daerah). None is deleted, because plans and books name them."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max

from agencies.access import require
from agencies.models import Agency, Regency, User
from agencies.roles import Permission

# What the form offers, and so all that these actions write.
COLUMNS = ("name", "short_name", "kind", "code", "parent", "order", "aliases", "valid_from", "valid_to", "successor")


@transaction.atomic
def create_agency(regency: Regency, *, by: User, data: dict[str, Any]) -> Agency:
    """A new agency from the values of `COLUMNS`. Raises PermissionDenied, and ValidationError by column."""
    require(by, Permission.MANAGE_AGENCIES, regency)
    Regency.objects.select_for_update().get(pk=regency.pk)
    agency = Agency(regency=regency)
    _write(agency, data)
    return agency


@transaction.atomic
def change_agency(agency: Agency, *, by: User, data: dict[str, Any]) -> Agency:
    """Store the values of `COLUMNS`; a name that is given up stays as an alias, so that old papers are still found.

    Raises PermissionDenied, and ValidationError by column.
    """
    require(by, Permission.MANAGE_AGENCIES, agency.regency)
    Regency.objects.select_for_update().get(pk=agency.regency_id)
    locked = Agency.objects.select_related("regency").get(pk=agency.pk)
    given_up = [getattr(locked, name) for name in ("name", "short_name") if getattr(locked, name) != data[name]]
    _write(locked, {**data, "aliases": [*data["aliases"], *given_up]})
    return locked


def _write(agency: Agency, data: dict[str, Any]) -> None:
    for column in COLUMNS:
        setattr(agency, column, data[column])
    if agency.order is None:
        last = agency.regency.agencies.exclude(pk=agency.pk).aggregate(last=Max("order"))["last"]
        agency.order = (last or 0) + 1
    agency.aliases = _distinct(agency.aliases, but=(agency.name, agency.short_name))
    _check_names(agency)
    _check_end(agency)
    _check_parent(agency)
    agency.save()


def _distinct(names: list[str], *, but: tuple[str, str]) -> list[str]:
    """Each name once, in order, without the present names."""
    return [name for name in dict.fromkeys(names) if name and name not in but]


def _check_names(agency: Agency) -> None:
    """Two agencies that exist at the same time do not share a name."""
    if agency.valid_to:
        return
    others = agency.regency.agencies.filter(valid_to=None).exclude(pk=agency.pk)
    errors = {
        column: f"Nama ini sudah dipakai perangkat daerah lain: {getattr(agency, column)}."
        for column in ("name", "short_name")
        if others.filter(**{f"{column}__iexact": getattr(agency, column)}).exists()
    }
    if agency.code and others.filter(code=agency.code).exists():
        errors["code"] = f"Kode ini sudah dipakai perangkat daerah lain: {agency.code}."
    if errors:
        raise ValidationError(errors)


def _check_parent(agency: Agency) -> None:
    """The parent is a unit of the same regency, and going up from it never comes back to the agency."""
    if agency.parent is None:
        return
    if agency.parent.regency_id != agency.regency_id:
        raise PermissionDenied
    above = dict(agency.regency.agencies.values_list("pk", "parent")) | {agency.pk: None}
    following: int | None = agency.parent_id
    while following is not None:
        if following == agency.pk:
            raise ValidationError({"parent": "Unit induk ini berada di bawah unit yang sama. Pilih yang lain."})
        following = above[following]


def _check_end(agency: Agency) -> None:
    """An agency ends after it began, and only one that ends has a successor, which does not lead back to it."""
    if agency.valid_from and agency.valid_to and agency.valid_to < agency.valid_from:
        raise ValidationError({"valid_to": "Tanggal berakhir lebih awal dari tanggal mulai."})
    successor = agency.successor
    if successor is None:
        return
    if successor.regency_id != agency.regency_id:
        raise PermissionDenied
    if agency.valid_to is None:
        raise ValidationError({"valid_to": "Tulis tanggal berakhirnya, karena penggantinya sudah dipilih."})
    following: int | None = successor.pk
    while following is not None:
        if following == agency.pk:
            raise ValidationError({"successor": "Pengganti ini kembali ke unit yang sama. Pilih yang lain."})
        following = Agency.objects.values_list("successor", flat=True).get(pk=following)
