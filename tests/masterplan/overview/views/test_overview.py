"""The regency at one look: who is told what, narrowed and sorted, at the size of a real regency."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from agencies.roles import Role
from masterplan.models import Workshop
from tests.factories import make_agency, make_initiative, make_person


def page(client, regency, query=""):
    return client.get(reverse("regency_overview", args=[regency.slug]) + query)


def text(response):
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def names(response):
    return [row["agency"].name for row in response.context["rows"]]


@pytest.fixture
def second(regency):
    """A stage that ended on the day before yesterday, at whatever hour this runs."""
    noon = timezone.localtime().replace(hour=12)
    return Workshop.objects.create(regency=regency, stage="II", title="II", deadline=noon - timedelta(days=2))


@pytest.fixture
def filled(plan, agency, other_agency, agency_head, coordinator, second):
    make_initiative(plan, agency=agency, by=agency_head, name="Rancangan kebun")
    make_initiative(plan, agency=agency, by=agency_head, coordinator=coordinator, status="returned")
    head = make_person(plan.regency, Role.AGENCY_HEAD, other_agency)
    make_initiative(plan, agency=other_agency, by=head, coordinator=coordinator, status="approved")
    return make_agency(plan.regency, "Dinas Sosial", "DINSOS")


def test_coordinators_see_every_agency_on_every_step(client_of, coordinator, regency, filled):
    response = page(client_of(coordinator), regency)
    said = text(response)

    assert names(response) == ["Dinas Sosial", "Dinas Pariwisata", "Dinas Kesehatan"]
    assert "Dinas Sosial Belum mengisi" in said
    assert "lewat 2 hari" in said
    assert re.search(r"Batas kirim Tahap II \w+, \d+ \w+ \d{4} pukul \d\d\.\d\d WIB", said)
    assert response.context["steps"] == [
        ("Draf", 1), ("Perlu perbaikan", 1), ("Diajukan", 0), ("Sedang ditinjau", 0), ("Disetujui", 1),
    ]  # fmt: skip


def test_experts_see_only_what_was_sent(client_of, expert, regency, filled):
    response = page(client_of(expert), regency)
    said = text(response)

    assert [label for label, _ in response.context["steps"]] == [
        "Perlu perbaikan",
        "Diajukan",
        "Sedang ditinjau",
        "Disetujui",
    ]
    assert response.context["known"] == 2
    assert "Draf perangkat daerah tidak dihitung" in said
    assert "Belum mengisi" not in said
    assert names(page(client_of(expert), regency, "?saring=belum-mengisi")) == names(response)


def test_it_is_narrowed_and_sorted(client_of, coordinator, regency, filled):
    client = client_of(coordinator)

    assert names(page(client, regency, "?saring=belum-mengisi")) == ["Dinas Sosial"]
    assert names(page(client, regency, "?saring=perbaikan")) == ["Dinas Pariwisata"]
    assert names(page(client, regency, "?saring=terlambat")) == ["Dinas Sosial", "Dinas Pariwisata"]
    assert names(page(client, regency, "?q=sehat")) == ["Dinas Kesehatan"]
    assert names(page(client, regency, "?urut=opd")) == [row.name for row in regency.agencies.all()]
    assert "Hapus saringan untuk melihat semua 3" in text(page(client, regency, "?q=tidak+ada"))
    assert len(names(page(client, regency, "?saring=x&urut=y&tahap=z&q="))) == 3


def test_the_rows_of_the_page_come_as_excel(client_of, coordinator, expert, regency, agency_head, filled):
    url = reverse("regency_overview_export", args=[regency.slug])
    response = client_of(coordinator).get(url + "?saring=terlambat")
    book = load_workbook(BytesIO(response.content))
    heads, *rows = (tuple(cell.value for cell in row) for row in book["Ikhtisar"].iter_rows())

    assert [row[0] for row in rows] == ["Dinas Sosial", "Dinas Pariwisata"]
    told = dict(zip(heads, rows[1], strict=True))
    assert (told["Draf"], told["Perlu perbaikan"], told["Disetujui"], told["Sisa hari"]) == (1, 1, 0, -2)
    assert told["Keterangan"] == "terlambat"
    assert told["Batas kirim"].endswith("WIB")
    sent = load_workbook(BytesIO(client_of(expert).get(url).content))["Ikhtisar"]
    assert "Draf" not in [cell.value for cell in sent[1]]
    assert client_of(agency_head).get(url).status_code == 403


def test_the_home_leads_here(client_of, coordinator, regency, filled):
    home = client_of(coordinator).get(reverse("regency_home", args=[regency.slug])).content.decode()
    assert f'href="{reverse("regency_overview", args=[regency.slug])}?saring=belum-mengirim"' in home
