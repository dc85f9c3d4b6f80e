"""Agencies brought in as a table: what each row would do, and writing all of them or none.

Inviting the people of a row goes by the rules of `team.invite`.
"""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from agencies.access import require
from agencies.actions.agencies import COLUMNS, change_agency, create_agency
from agencies.actions.team import invite, open_invitations
from agencies.models import Agency, AgencyKind, District, Regency, User
from agencies.roles import Permission, Role

MOST_ROWS = 300
_LIMITS = {"name": 160, "short_name": 40, "code": 40}
_HEADS = {"name": "Nama", "short_name": "Singkatan", "code": "Kode"}
_KIND_WORDS = (
    ("kecamatan", AgencyKind.DISTRICT), ("rsud", AgencyKind.HOSPITAL), ("rumah sakit", AgencyKind.HOSPITAL),
    ("sekretariat", AgencyKind.SECRETARIAT), ("bagian", AgencyKind.SECRETARIAT),
    ("inspektorat", AgencyKind.INSPECTORATE),
    ("badan", AgencyKind.BOARD), ("satuan", AgencyKind.UNIT), ("satpol", AgencyKind.UNIT), ("uptd", AgencyKind.UNIT),
    ("kantor", AgencyKind.UNIT), ("puskesmas", AgencyKind.UNIT), ("dinas", AgencyKind.OFFICE),
)  # fmt: skip
_SMALL_WORDS = {"dan", "di", "serta", "dr.", "drg.", "daerah"}
_EMPTY: dict[str, Any] = {
    "parent": None,
    "order": None,
    "aliases": [],
    "valid_from": None,
    "valid_to": None,
    "successor": None,
}


@dataclass(frozen=True)
class AgencyRow:
    """A row as it was written; texts are "" where nothing stood. `line` counts the rows of the table from 1."""

    line: int
    name: str
    short_name: str = ""
    kind: str = ""
    code: str = ""
    parent: str = ""
    heads: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()


class Outcome(StrEnum):
    """What writing a row does to the agency."""

    NEW = "baru"
    CHANGED = "diperbarui"
    SAME = "sama"


@dataclass
class PlannedRow:
    """What a row would do. `values` are the columns to write, `invited` the (address, role) pairs not yet offered."""

    row: AgencyRow
    agency: Agency | None
    outcome: Outcome
    values: dict[str, str]
    invited: list[tuple[str, Role]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Imported:
    """How many agencies were added and changed, and how many invitations were written."""

    added: int
    changed: int
    invited: int


@transaction.atomic
def import_agencies(regency: Regency, *, by: User, rows: list[AgencyRow]) -> Imported:
    """Add and change the agencies of `rows`, set their parents, and invite their people; all of it or nothing.

    The same rows a second time change nothing. Raises PermissionDenied, and ValidationError with the sentences of the
    rows that cannot be written.
    """
    require(by, Permission.MANAGE_AGENCIES, regency)
    Regency.objects.select_for_update().get(pk=regency.pk)
    planned = plan_import(regency, by=by, rows=rows)
    errors = [f"Baris {plan.row.line}: {error}" for plan in planned for error in plan.errors]
    if errors:
        raise ValidationError(errors)
    districts = {row.name.casefold(): row for row in regency.districts.filter(agency=None)}
    for plan in planned:
        plan.agency = _written(plan, regency, by, districts)
    named = _by_name([*regency.agencies.filter(valid_to=None)])
    for plan in planned:
        _set_parent(plan, named, by)
    for plan in planned:
        for address, role in plan.invited:
            invite(regency, by=by, email=address, role=role, agency=plan.agency)
    outcomes = Counter(plan.outcome for plan in planned)
    return Imported(outcomes[Outcome.NEW], outcomes[Outcome.CHANGED], sum(len(plan.invited) for plan in planned))


def plan_import(regency: Regency, *, by: User, rows: list[AgencyRow]) -> list[PlannedRow]:
    """What writing `rows` would do, with what is wrong in each; writes nothing."""
    existing = [*regency.agencies.filter(valid_to=None).select_related("parent")]
    named, coded = _by_name(existing), {agency.code: agency for agency in existing if agency.code}
    taken = {agency.short_name.casefold() for agency in existing} | {row.short_name.casefold() for row in rows}
    offered = _offered(regency)
    planned = [_planned(row, named, coded, taken) for row in rows]
    for plan in planned:
        _plan_people(plan, offered, by)
    _check_doubles(planned)
    _check_clashes(planned, existing)
    _check_parents(planned, named)
    return planned


def _planned(row: AgencyRow, named: dict[str, Agency], coded: dict[str, Agency], taken: set[str]) -> PlannedRow:
    agency = coded.get(row.code) or named.get(row.name.casefold())
    if agency is None:
        kind = _kind_of(row.kind) or _kind_of(row.name) or AgencyKind.UNIT
        short_name = row.short_name or _proposed(row.name, taken)
        taken.add(short_name.casefold())
        values = {"name": row.name, "short_name": short_name, "kind": kind, "code": row.code}
        outcome = Outcome.NEW
    else:
        known = {name.casefold() for name in (agency.name, agency.short_name, *agency.aliases)}
        values = {
            "name": agency.name if row.name.casefold() in known else row.name,
            "short_name": row.short_name or agency.short_name,
            "kind": _kind_of(row.kind) or agency.kind,
            "code": row.code or agency.code,
        }
        moves = bool(row.parent) and named.get(row.parent.casefold(), agency) != agency.parent
        is_same = not moves and all(getattr(agency, column) == value for column, value in values.items())
        outcome = Outcome.SAME if is_same else Outcome.CHANGED
    plan = PlannedRow(row, agency, outcome, values)
    if not row.name:
        plan.errors.append("Nama masih kosong: tulis nama perangkat daerah di kolom Nama.")
    if row.kind and _kind_of(row.kind) is None:
        plan.errors.append(f"Jenis “{row.kind[:40]}” tidak dikenal. Tulis {', '.join(AgencyKind.labels)}.")
    for column, limit in _LIMITS.items():
        if len(values[column]) > limit:
            plan.errors.append(f"{_HEADS[column]} {len(values[column])} karakter, batasnya {limit}: ringkas.")
    return plan


def _plan_people(plan: PlannedRow, offered: set[tuple[str, str, int | None]], by: User) -> None:
    for role, addresses in ((Role.AGENCY_HEAD, plan.row.heads), (Role.AGENCY_STAFF, plan.row.staff)):
        for address in dict.fromkeys(text.lower() for text in addresses):
            try:
                validate_email(address)
            except ValidationError:
                plan.errors.append(
                    f"“{address[:60]}” bukan alamat surel. Tulis satu alamat lengkap dengan tanda @, tanpa spasi."
                )
                continue
            if address == by.email:
                plan.errors.append(f"{address} alamat Anda sendiri: hapus, karena Anda tidak dapat mengundang diri.")
            elif plan.agency is None or (address, role.value, plan.agency.pk) not in offered:
                plan.invited.append((address, role))


def _offered(regency: Regency) -> set[tuple[str, str, int | None]]:
    """Who holds or was offered which role for which agency."""
    held = regency.memberships.exclude(agency=None).values_list("user__email", "role", "agency")
    return {*held, *open_invitations(regency).exclude(agency=None).values_list("email", "role", "agency")}


def _check_doubles(planned: list[PlannedRow]) -> None:
    """No two rows share a name, a short name, a code or the agency that they change."""
    changed: dict[int, int] = {}
    for plan in planned:
        first = changed.setdefault(plan.agency.pk, plan.row.line) if plan.agency else plan.row.line
        if first != plan.row.line:
            plan.errors.append(f"Perangkat daerah yang sama sudah ada di baris {first}: hapus salah satu.")
    for column, head in _HEADS.items():
        lines: dict[str, int] = {}
        for plan in planned:
            text = plan.values[column].casefold()
            first = lines.setdefault(text, plan.row.line) if text else plan.row.line
            if first != plan.row.line:
                plan.errors.append(
                    f"{head} “{plan.values[column][:80]}” sudah ada di baris {first}: bedakan atau hapus."
                )


def _check_clashes(planned: list[PlannedRow], existing: list[Agency]) -> None:
    """No row takes a name, short name or code of an agency that the table leaves as it is."""
    touched = {plan.agency.pk for plan in planned if plan.agency}
    for column, head in _HEADS.items():
        theirs = {getattr(agency, column).casefold(): agency for agency in existing if agency.pk not in touched}
        for plan in planned:
            text = plan.values[column]
            if text and text.casefold() in theirs:
                plan.errors.append(
                    f"{head} “{text[:80]}” sudah dipakai {theirs[text.casefold()].name}: tulis yang lain."
                )


def _check_parents(planned: list[PlannedRow], named: dict[str, Agency]) -> None:
    """Every parent is an agency or a row, and none is below its own unit."""
    own = {name: plan for plan in planned for name in _names_of(plan)}
    above = {agency.name: agency.parent.name if agency.parent else "" for agency in named.values()}
    for plan in planned:
        text = plan.row.parent.casefold()
        if text and text not in own and text not in named:
            plan.errors.append(
                f"Unit induk “{plan.row.parent[:80]}” tidak ada: tambahkan barisnya atau perbaiki namanya."
            )
        elif text:
            current = plan.agency.name if plan.agency else plan.row.name
            parent = own.get(text)
            above[current] = (parent.agency.name if parent.agency else parent.row.name) if parent else named[text].name
    for plan in planned:
        start = plan.agency.name if plan.agency else plan.row.name
        seen, following = {start}, above.get(start, "")
        while following and following not in seen:
            seen.add(following)
            following = above.get(following, "")
        if plan.row.parent and following == start:
            plan.errors.append("Unit induk ini berada di bawah unit yang sama: pilih unit induk yang lain.")


def _names_of(plan: PlannedRow) -> set[str]:
    """What another row may call this one."""
    texts = {plan.row.name, plan.row.code, *(plan.values[column] for column in _HEADS)}
    return {text.casefold() for text in texts if text}


def _by_name(agencies: list[Agency]) -> dict[str, Agency]:
    """Agencies by every name they go by, the present ones before the old ones."""
    found: dict[str, Agency] = {}
    present = [(name, agency) for agency in agencies for name in (agency.name, agency.short_name, agency.code)]
    old = [(name, agency) for agency in agencies for name in agency.aliases]
    for name, agency in (*present, *old):
        if name:
            found.setdefault(name.casefold(), agency)
    return found


def _kind_of(text: str) -> str | None:
    """The kind that a text names, or begins with."""
    folded = text.casefold().strip()
    exact = {name.casefold(): value for value, label in AgencyKind.choices for name in (value, label)}
    return exact.get(folded) or next((kind for word, kind in _KIND_WORDS if folded.startswith(word)), None)


def _proposed(name: str, taken: set[str]) -> str:
    """A short name that is free: initials, or the name itself where it is of one or two words."""
    words = [word for word in name.replace(",", " ").split() if word.casefold() not in _SMALL_WORDS]
    short = "".join(word[0] for word in words).upper() if len(words) > 2 else " ".join(words).upper()
    short = short[:36]
    choices = [short, *(f"{short} {number}" for number in range(2, MOST_ROWS + 2))]
    return next((choice for choice in choices if choice.casefold() not in taken), short)


def _written(plan: PlannedRow, regency: Regency, by: User, districts: dict[str, District]) -> Agency:
    data = {column: getattr(plan.agency, column) for column in COLUMNS} if plan.agency else dict(_EMPTY)
    if plan.outcome is Outcome.NEW:
        agency = create_agency(regency, by=by, data={**data, **plan.values})
        district = districts.pop(agency.name.casefold().removeprefix("kecamatan ").strip(), None)
        if district is not None and agency.kind == AgencyKind.DISTRICT:
            agency.district = district
            agency.save(update_fields=["district"])
        return agency
    assert plan.agency is not None
    return (
        change_agency(plan.agency, by=by, data={**data, **plan.values})
        if plan.outcome is Outcome.CHANGED
        else plan.agency
    )


def _set_parent(plan: PlannedRow, named: dict[str, Agency], by: User) -> None:
    parent = named.get(plan.row.parent.casefold()) if plan.row.parent else None
    agency = plan.agency
    if agency is None or parent is None or agency.parent_id == parent.pk:
        return
    change_agency(agency, by=by, data={**{column: getattr(agency, column) for column in COLUMNS}, "parent": parent})
