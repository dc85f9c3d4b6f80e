"""The preview of an import of agencies: what each row would change, and its errors. Writes nothing."""

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from agencies.actions.invitations import open_invitations
from agencies.models import Agency, AgencyKind, District, Regency, User
from agencies.roles import Role

MOST_ROWS = 300
# The columns of a table by what they fill, in the order of the template.
HEADS = {
    "name": "Nama",
    "short_name": "Singkatan",
    "kind": "Jenis",
    "code": "Kode",
    "parent": "Unit induk",
    "heads": "Surel kepala",
    "staff": "Surel staf",
}
_LIMITS = {"name": 160, "short_name": 40, "code": 40}
_ONCE = ("name", "short_name", "code")
_KIND_WORDS = (
    ("kecamatan", AgencyKind.DISTRICT), ("rsud", AgencyKind.HOSPITAL), ("rumah sakit", AgencyKind.HOSPITAL),
    ("sekretariat", AgencyKind.SECRETARIAT), ("bagian", AgencyKind.SECRETARIAT),
    ("inspektorat", AgencyKind.INSPECTORATE),
    ("badan", AgencyKind.BOARD), ("satuan", AgencyKind.UNIT), ("satpol", AgencyKind.UNIT), ("uptd", AgencyKind.UNIT),
    ("kantor", AgencyKind.UNIT), ("puskesmas", AgencyKind.UNIT), ("dinas", AgencyKind.OFFICE),
)  # fmt: skip
_SMALL_WORDS = {"dan", "di", "serta", "dr.", "drg.", "daerah"}


@dataclass(frozen=True)
class AgencyRow:
    """A row as it was typed; empty cells are "". `line` counts the rows of the table from 1."""

    line: int
    name: str
    short_name: str = ""
    kind: str = ""
    code: str = ""
    parent: str = ""
    heads: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()


class RowOutcome(StrEnum):
    """What writing a row does to the agency."""

    NEW = "baru"
    CHANGED = "diperbarui"
    SAME = "sama"


@dataclass
class PlannedRow:
    """What a row would do. `values` are the columns to write, `invited` the (address, role) pairs not yet offered.

    `district` is the kecamatan that the agency is tied to, `left_out` the addresses that are known and may not work.
    `warnings` do not keep a row from being written, `errors` do.
    """

    row: AgencyRow
    agency: Agency | None
    outcome: RowOutcome
    values: dict[str, str]
    invited: list[tuple[str, Role]] = field(default_factory=list)
    district: District | None = None
    left_out: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def kind_label(self) -> str:
        """The kind in words, which tell when it was guessed from the name."""
        is_guessed = self.agency is None and not self.row.kind and _kind_of(self.row.name) is not None
        return f"{AgencyKind(self.values['kind']).label}{' (dari nama)' if is_guessed else ''}"


def plan_import(regency: Regency, *, by: User, rows: list[AgencyRow]) -> list[PlannedRow]:
    """What writing `rows` would do, with what is wrong in each; writes nothing."""
    existing = [*regency.agencies.filter(valid_to=None).select_related("parent")]
    named, coded = by_name(existing), {agency.code: agency for agency in existing if agency.code}
    taken = {agency.short_name.casefold() for agency in existing} | {row.short_name.casefold() for row in rows}
    people = _people(regency)
    planned = [_planned(row, named, coded, taken) for row in rows]
    _plan_districts(planned, regency)
    for plan in planned:
        _plan_people(plan, people, by)
    _check_doubles(planned)
    _check_clashes(planned, existing)
    _check_parents(planned, named)
    return planned


def addresses_by_agency(regency: Regency) -> dict[tuple[int | None, str], list[str]]:
    """Who works for an agency or is invited to, by its id and the role; for all others the list is empty.

    Left out are people who are suspended or whose time is over, and invitations that ran out.
    """
    found: defaultdict[tuple[int | None, str], list[str]] = defaultdict(list)
    for address, role, agency in sorted(_people(regency).known):
        found[agency, role].append(address)
    return found


def _planned(row: AgencyRow, named: dict[str, Agency], coded: dict[str, Agency], taken: set[str]) -> PlannedRow:
    agency = coded.get(row.code) or named.get(row.name.casefold())
    plan = _planned_new(row, taken) if agency is None else _planned_change(row, agency, named)
    if not row.name:
        plan.errors.append("Kolom Nama: masih kosong. Tulis nama perangkat daerah.")
    if row.kind and _kind_of(row.kind) is None:
        plan.errors.append(f"Kolom Jenis: “{row.kind[:40]}” tidak dikenal. Tulis {', '.join(AgencyKind.labels)}.")
    for column, limit in _LIMITS.items():
        if len(plan.values[column]) > limit:
            plan.errors.append(
                f"Kolom {HEADS[column]}: {len(plan.values[column])} karakter, batasnya {limit}. Ringkas."
            )
    return plan


def _planned_new(row: AgencyRow, taken: set[str]) -> PlannedRow:
    kind = _kind_of(row.kind) or _kind_of(row.name)
    short_name = row.short_name or _proposed(row.name, taken)
    taken.add(short_name.casefold())
    values = {"name": row.name, "short_name": short_name, "kind": kind or AgencyKind.UNIT, "code": row.code}
    plan = PlannedRow(row, None, RowOutcome.NEW, values)
    if kind is None and not row.kind:
        plan.warnings.append(f"Jenis tidak dikenali, dicatat sebagai {AgencyKind.UNIT.label}; tulis kolom Jenis.")
    return plan


def _planned_change(row: AgencyRow, agency: Agency, named: dict[str, Agency]) -> PlannedRow:
    values = {
        "name": agency.name if row.name.casefold() in _names_of(agency) else row.name,
        "short_name": row.short_name or agency.short_name,
        "kind": _kind_of(row.kind) or agency.kind,
        "code": row.code or agency.code,
    }
    moves = bool(row.parent) and not _keeps_parent(row, agency, named)
    is_same = not moves and all(getattr(agency, column) == value for column, value in values.items())
    return PlannedRow(row, agency, RowOutcome.SAME if is_same else RowOutcome.CHANGED, values)


def _keeps_parent(row: AgencyRow, agency: Agency, named: dict[str, Agency]) -> bool:
    """Whether the parent in the row is the present one, which may have ended."""
    text = row.parent.casefold()
    if text in named:
        return named[text] == agency.parent
    return agency.parent is not None and text in _names_of(agency.parent)


def _plan_districts(planned: list[PlannedRow], regency: Regency) -> None:
    """Tie each kecamatan as an agency to the district of its name, and warn of those without one."""
    districts = {_bare(district.name): district for district in regency.districts.select_related("agency")}
    taken = {key: own.name for key, district in districts.items() if (own := getattr(district, "agency", None))}
    for plan in planned:
        is_tied = plan.agency is not None and plan.agency.district_id is not None
        if plan.values["kind"] != AgencyKind.DISTRICT or is_tied:
            continue
        name = _bare(plan.values["name"])
        if name not in districts:
            plan.warnings.append(
                f"Kolom Nama: tidak ada kecamatan bernama ini di {regency.full_name}, jadi belum terhubung dengan "
                "wilayahnya. Periksa ejaannya."
            )
        elif name in taken:
            plan.warnings.append(f"Kolom Nama: wilayah kecamatan ini sudah terhubung dengan {taken[name]}.")
        else:
            plan.district, taken[name] = districts[name], plan.values["name"]
            plan.outcome = RowOutcome.CHANGED if plan.outcome is RowOutcome.SAME else plan.outcome


def _bare(name: str) -> str:
    """The name of a kecamatan without that word, for comparison."""
    return name.casefold().removeprefix("kecamatan ").strip()


# Address, role and agency.
_Terms = tuple[str, str, int | None]


@dataclass
class _People:
    """The roles that people hold or were offered, and those that are no longer valid, with the reason."""

    known: set[_Terms]
    gone: dict[_Terms, str]


def _people(regency: Regency) -> _People:
    today = timezone.localdate()
    gone: dict[_Terms, str] = {}
    open_now = open_invitations(regency).filter(expires_at__gt=timezone.now())  # one that ran out is offered again
    known: set[_Terms] = {*open_now.exclude(agency=None).values_list("email", "role", "agency")}
    members = regency.memberships.exclude(agency=None)
    for email, role, agency, suspended_at, valid_to in members.values_list(
        "user__email", "role", "agency", "suspended_at", "valid_to"
    ):
        key = (email, role, agency)
        if suspended_at:
            gone[key] = "dinonaktifkan, jadi tidak diundang. Aktifkan kembali lewat halaman Tim."
        elif valid_to and valid_to < today:
            gone[key] = "berakhir masa tugasnya, jadi tidak diundang. Ubah tanggalnya lewat halaman Tim."
        else:
            known.add(key)
    return _People(known, gone)


def _plan_people(plan: PlannedRow, people: _People, by: User) -> None:
    for column, role in (("heads", Role.AGENCY_HEAD), ("staff", Role.AGENCY_STAFF)):
        head = f"Kolom {HEADS[column]}"
        for address in dict.fromkeys(text.lower() for text in getattr(plan.row, column)):
            key = (address, role.value, plan.agency.pk if plan.agency else None)
            if not _is_address(address):
                plan.errors.append(
                    f"{head}: “{address[:60]}” bukan alamat surel. Tulis alamat lengkap dengan tanda @, tanpa spasi."
                )
            elif key in people.gone:
                plan.warnings.append(f"{head}: {address} {people.gone[key]}")
                plan.left_out.append(address)
            elif key not in people.known and address == by.email:
                plan.errors.append(f"{head}: {address} alamat Anda sendiri. Hapus: Anda tidak dapat mengundang diri.")
            elif key not in people.known:
                plan.invited.append((address, role))


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _check_doubles(planned: list[PlannedRow]) -> None:
    """No two rows share a name, a short name, a code or the agency that they change."""
    changed: dict[int, int] = {}
    for plan in planned:
        first = changed.setdefault(plan.agency.pk, plan.row.line) if plan.agency else plan.row.line
        if first != plan.row.line:
            plan.errors.append(f"Kolom Nama: perangkat daerah yang sama sudah ada di baris {first}. Hapus salah satu.")
    for column in _ONCE:
        lines: dict[str, int] = {}
        for plan in planned:
            text = plan.values[column].casefold()
            first = lines.setdefault(text, plan.row.line) if text else plan.row.line
            if first != plan.row.line:
                written = f"Kolom {HEADS[column]}: “{plan.values[column][:80]}”"
                plan.errors.append(f"{written} sudah ada di baris {first}. Bedakan atau hapus.")


def _check_clashes(planned: list[PlannedRow], existing: list[Agency]) -> None:
    """No row takes a name, short name or code of an agency that the table leaves as it is."""
    touched = {plan.agency.pk for plan in planned if plan.agency}
    for column in _ONCE:
        theirs = {getattr(agency, column).casefold(): agency for agency in existing if agency.pk not in touched}
        for plan in planned:
            text = plan.values[column]
            if text and text.casefold() in theirs:
                written, owner = f"Kolom {HEADS[column]}: “{text[:80]}”", theirs[text.casefold()].name
                plan.errors.append(f"{written} sudah dipakai {owner}. Tulis yang lain.")


def _check_parents(planned: list[PlannedRow], named: dict[str, Agency]) -> None:
    """Every parent is an agency or a row, and none is below its own unit."""
    own = {name: plan for plan in planned for name in _called(plan)}
    above = {agency.name: agency.parent.name if agency.parent else "" for agency in named.values()}
    for plan in planned:
        text = plan.row.parent.casefold()
        if text and text not in own and text not in named:
            if plan.agency is None or not _keeps_parent(plan.row, plan.agency, named):
                plan.errors.append(
                    f"Kolom Unit induk: “{plan.row.parent[:80]}” tidak ada. Tambahkan barisnya atau perbaiki namanya."
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
            plan.errors.append("Kolom Unit induk: unit ini berada di bawah unit yang sama. Tulis unit induk yang lain.")


def _called(plan: PlannedRow) -> set[str]:
    """The names by which another row may refer to this one."""
    texts = {plan.row.name, plan.row.code, *(plan.values[column] for column in _ONCE)}
    return {text.casefold() for text in texts if text}


def _names_of(agency: Agency) -> set[str]:
    """The names by which a table may refer to an existing agency."""
    return {name.casefold() for name in (agency.name, agency.short_name, *agency.aliases)}


def by_name(agencies: list[Agency]) -> dict[str, Agency]:
    """Agencies by each of their names, present names before former ones."""
    found: dict[str, Agency] = {}
    present = [(name, agency) for agency in agencies for name in (agency.name, agency.short_name, agency.code)]
    old = [(name, agency) for agency in agencies for name in agency.aliases]
    for name, agency in (*present, *old):
        if name:
            found.setdefault(name.casefold(), agency)
    return found


def _kind_of(text: str) -> str | None:
    """The kind that a text names or starts with."""
    folded = text.casefold().strip()
    exact = {name.casefold(): value for value, label in AgencyKind.choices for name in (value, label)}
    return exact.get(folded) or next((kind for word, kind in _KIND_WORDS if folded.startswith(word)), None)


def _proposed(name: str, taken: set[str]) -> str:
    """A short name that is not in use: the initials, or a name of one or two words itself."""
    words = [word for word in name.replace(",", " ").split() if word.casefold() not in _SMALL_WORDS]
    short = "".join(word[0] for word in words).upper() if len(words) > 2 else " ".join(words).upper()
    short = short[:36]
    choices = [short, *(f"{short} {number}" for number in range(2, MOST_ROWS + 2))]
    return next((choice for choice in choices if choice.casefold() not in taken), short)
