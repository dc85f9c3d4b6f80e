"""Lists of a regency as Excel files."""

from datetime import date
from io import BytesIO

from django.urls import reverse
from openpyxl import load_workbook

from agencies.models import Agency, User
from agencies.roles import Role
from masterplan.models import DevelopmentPlan
from masterplan.reference import PlanKind
from tests.factories import make_person, make_program, make_rpjmd


def sheets(client, name, regency, query=""):
    """Each sheet below its heads, and all that the first one says."""
    page, file = (reverse(f"{base}_{kind}", args=[regency.slug]) for base, kind in ((name, "list"), (name, "export")))
    assert f'href="{file}{query.replace("&", "&amp;")}' in client.get(page + query).content.decode()
    response = client.get(file + query)
    assert response.status_code == 200 and response["Cache-Control"] == "private, no-store"
    about, *tables = load_workbook(BytesIO(response.content))
    rows = {
        table.title: [dict(zip(_values(table)[0], row, strict=True)) for row in _values(table)[1:]] for table in tables
    }
    return rows, " ".join(str(cell) for row in _values(about) for cell in row if cell)


def _values(sheet):
    return [[cell.value for cell in row] for row in sheet]


def test_the_team_leaves_as_its_page_shows_it(client_of, coordinator, drafter, expert, regency, agency):
    person = make_person(regency, Role.AGENCY_HEAD, agency, valid_from=date(2020, 1, 1), valid_to=date(2020, 1, 31))
    User.objects.filter(pk=person.pk).update(name="=1+1 Kepala")

    rows, about = sheets(client_of(coordinator), "team", regency)
    (ended,) = [row for row in rows["Tim"] if row["Nama"] == "=1+1 Kepala"]
    assert len(rows["Tim"]) == regency.memberships.count() and "Disaring" not in about
    assert (ended["Keadaan"], ended["Sampai"].date(), ended["Perangkat daerah"]) == (
        "Berakhir", date(2020, 1, 31), agency.name,
    )  # fmt: skip
    rows, about = sheets(client_of(coordinator), "team", regency, "?peran=agency_staff")
    assert {row["Peran"] for row in rows["Tim"]} == {"Staf perangkat daerah"} and "Disaring" in about
    assert client_of(expert).get(reverse("team_export", args=[regency.slug])).status_code == 403


def test_the_agencies_leave_with_those_that_ended(client_of, administrator, regency, agency, other_agency, drafter):
    old = Agency.objects.create(
        regency=regency, name="Dinas Lama", short_name="LAMA", kind="dinas", valid_to=date(2020, 12, 31),
        successor=other_agency, aliases=["Kantor Lama", "Bagian Lama"],
    )  # fmt: skip

    rows, _ = sheets(client_of(administrator), "agency", regency)
    assert {row["Nama"]: row["Anggota"] for row in rows["Perangkat daerah"]}[agency.name] == 1
    rows, about = sheets(client_of(administrator), "agency", regency, "?q=Kantor+Lama")
    (row,) = rows["Perangkat daerah"]
    assert (row["Nama"], row["Nama lain"], row["Pengganti"]) == (
        old.name,
        "Kantor Lama; Bagian Lama",
        other_agency.name,
    )
    assert row["Sampai"].date() == date(2020, 12, 31) and "Disaring" in about


def test_the_plans_leave_with_the_agencies_that_have_none(client_of, expert, plan, regency, agency, other_agency):
    new = make_rpjmd(regency, 2027, 2031, predecessor=plan.development_plan)
    renstra = DevelopmentPlan.objects.create(
        regency=regency, kind=PlanKind.RENSTRA, agency=agency, title="Renstra uji", start_year=2021, end_year=2026
    )
    make_program(renstra, carries_out=make_program(plan.development_plan))
    make_program(renstra)

    rows, about = sheets(client_of(expert), "development_plan", regency)
    assert [(row["Dokumen"], row["Pendahulu"]) for row in rows["RPJMD"]] == [
        (new.title, plan.development_plan.title),
        (plan.development_plan.title, None),
    ]
    found = {row["Perangkat daerah"]: row for row in rows["Renstra"]}
    told = found[agency.name]
    assert (told["Dokumen"], told["Program"], told["Melaksanakan RPJMD"]) == ("Renstra uji", 2, 1)
    assert (found[other_agency.name]["Dokumen"], found[other_agency.name]["Program"]) == ("Belum ada Renstra", None)
    rows, about = sheets(client_of(expert), "development_plan", regency, "?tampil=belum")
    assert agency.name not in {row["Perangkat daerah"] for row in rows["Renstra"]} and "Disaring" in about
