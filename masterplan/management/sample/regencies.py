"""Regencies, districts, agencies and the people of the sample. Accounts are invented; nobody real is among them."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from agencies.models import Agency, AgencyKind, District, Membership, Regency, RegencyFact, User
from agencies.roles import Role
from masterplan.models import Workshop

from .files import reference, reference_rows

DOMAIN = "contoh.test"
# When offices close on the day something is due.
_CLOSING = time(16)
_THURSDAY, _FRIDAY = 3, 4

# Local part, name, role, short name of the agency, whether staff may send in the head's place.
ACCOUNTS: tuple[tuple[str, str, Role, str, bool], ...] = (
    ("petugas", "Petugas Contoh", Role.AGENCY_STAFF, "DINPAR", True),
    ("kepala", "Kepala Contoh", Role.AGENCY_HEAD, "DINPAR", False),
    ("koordinator", "Koordinator Contoh", Role.COORDINATOR, "DISKOMINFO", False),
    ("bupati", "Pimpinan Contoh", Role.EXECUTIVE, "", False),
    ("admin", "Admin Contoh", Role.ADMINISTRATOR, "", False),
)


@dataclass
class SampleRegency:
    """A loaded regency with what the other loaders look up by name."""

    regency: Regency
    agencies: dict[str, Agency]
    districts: dict[str, District]
    heads: dict[int, User] = field(default_factory=dict)

    def agency(self, name: str) -> Agency:
        """By short name, or "Kecamatan X"."""
        return self.agencies[name]

    def head_of(self, agency: Agency) -> User:
        """The head who fills in and sends for `agency`: made when first needed, without a password."""
        if agency.pk not in self.heads:
            address = f"kepala.{agency.pk}@{DOMAIN}"
            user = User.objects.create_user(address, name=f"Kepala {agency.name}"[:150])
            Membership.objects.create(user=user, regency=self.regency, agency=agency, role=Role.AGENCY_HEAD)
            self.heads[agency.pk] = user
        return self.heads[agency.pk]


def load_regency(data: dict[str, Any]) -> Regency:
    """The regency with its facts."""
    columns = ("name", "kind", "code", "slug", "province", "capital", "time_zone", "strategic_area")
    texts = ("programme_round", "programme_source")
    values = {key: data[key] for key in (*columns, *texts)} | {"government_name": data["government"]}
    regency = Regency.objects.create(**values, is_sample=True)
    RegencyFact.objects.bulk_create(RegencyFact(regency=regency, **fact) for fact in data["facts"])
    return regency


def load_semarang() -> SampleRegency:
    """Kabupaten Semarang with its 27 OPD and 19 kecamatan as 46 working units."""
    data = reference("kabupaten-semarang.json")
    regency = load_regency(data["regency"])
    agencies: dict[str, Agency] = {}
    for row in reference_rows("kabupaten-semarang-agencies.csv"):
        aliases = [alias.strip() for alias in row["aliases"].split(";") if alias.strip()]
        agencies[row["short_name"]] = Agency.objects.create(
            regency=regency,
            order=int(row["order"]),
            name=row["name"],
            short_name=row["short_name"],
            kind=AgencyKind(row["kind"]),
            aliases=aliases,
        )
    districts: dict[str, District] = {}
    for number, row in enumerate(reference_rows("kabupaten-semarang-districts.csv"), start=len(agencies) + 1):
        district = District.objects.create(
            regency=regency,
            code=row["code"],
            bps_code=row["bps_code"],
            name=row["name"],
            villages=int(row["villages"]),
            urban_villages=int(row["urban_villages"]),
            tile_column=int(row["tile_column"]),
            tile_row=int(row["tile_row"]),
        )
        districts[district.name] = district
        name = f"Kecamatan {district.name}"
        agencies[name] = Agency.objects.create(
            regency=regency,
            order=number,
            name=name,
            short_name=f"KEC. {district.name.upper()}",
            kind=AgencyKind.DISTRICT,
            district=district,
        )
    _load_workshops(regency, data["workshops"])
    _name_secretariat(regency, agencies)
    return SampleRegency(regency, agencies, districts)


def load_other(data: dict[str, Any]) -> SampleRegency:
    """The second regency, with a few rows, so that isolation can be seen."""
    regency = load_regency(data["regency"])
    agencies = {
        row["short_name"]: Agency.objects.create(regency=regency, **{**row, "kind": AgencyKind(row["kind"])})
        for row in data["agencies"]
    }
    districts = {row["name"]: District.objects.create(regency=regency, **row) for row in data["districts"]}
    _name_secretariat(regency, agencies)
    return SampleRegency(regency, agencies, districts)


def _name_secretariat(regency: Regency, agencies: dict[str, Agency]) -> None:
    regency.secretariat = agencies["DISKOMINFO"]
    regency.save(update_fields=["secretariat"])


def _load_workshops(regency: Regency, rows: list[dict[str, Any]]) -> None:
    """Stage I took place in September 2021 and keeps its facts; it is over and nothing is due.

    The others are invented, and lie around the day of loading (`begins_in`, `due_in` in days, moved to a working day),
    so that home, overview and reminders look as in a regency at work: one deadline is just past, one soon, one later.
    """
    today = regency.today()
    for order, row in enumerate(rows, start=1):
        deadline = None
        if row["is_sample"]:
            start = _not_after(_THURSDAY, today + timedelta(row["begins_in"]))
            end = start + timedelta(1)
            due = _not_after(_FRIDAY, today + timedelta(row["due_in"]))
            deadline = datetime.combine(due, _CLOSING, regency.zone)
        else:
            start, end = date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"])
        Workshop.objects.create(
            regency=regency,
            stage=row["stage"],
            title=row["title"],
            start_date=start,
            end_date=end,
            place=f"{row['place']}, {row['town']}",
            is_hybrid=row["mode"] == "hybrid",
            agenda=f"{row['content']}\nNarasumber: {row['speakers_institution']}.",
            expected_output="\n".join(f"- {output}" for output in row["outputs"]),
            deadline=deadline,
            source=row["source"],
            is_sample=row["is_sample"],
            order=order,
        )


def _not_after(weekday: int, day: date) -> date:
    """`day`, or that weekday before it where it falls later in its week (Monday is 0)."""
    return day - timedelta(max(0, day.weekday() - weekday))


def load_accounts(place: SampleRegency, other: SampleRegency, password: str) -> dict[str, User]:
    """One account per role in the first regency and one coordinator in the second, all with `password`."""
    people: dict[str, User] = {}
    for local, name, role, agency, may_submit in ACCOUNTS:
        user = User.objects.create_user(f"{local}@{DOMAIN}", password, name=name)
        Membership.objects.create(
            user=user, regency=place.regency, agency=place.agencies.get(agency), role=role, may_submit=may_submit
        )
        people[local] = user
    stranger = User.objects.create_user(f"luar@{DOMAIN}", password, name="Koordinator Luar Contoh")
    Membership.objects.create(user=stranger, regency=other.regency, role=Role.COORDINATOR)
    people["luar"] = stranger
    place.heads[place.agency("DINPAR").pk] = people["kepala"]
    return people
