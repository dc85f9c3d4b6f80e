"""The alignment as an Excel file."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from masterplan.alignment.actions import links
from tests.factories import make_initiative, make_program


@pytest.fixture
def tied(plan, agency, agency_head, coordinator):
    """An initiative with a proposed program; another program and another initiative stand alone."""
    program = make_program(plan.development_plan, agency, code="3.26.02", text="=1+1 Program wisata")
    initiative = make_initiative(plan, agency=agency, by=agency_head, name="+Karcis")
    links.propose(initiative, element=program, by=coordinator)
    make_program(plan.development_plan, agency, code="3.26.03", text="Program kosong")
    make_initiative(plan, agency=agency, by=agency_head, name="Di luar")
    return initiative


def sheets(client, regency, query=""):
    response = client.get(reverse("alignment_export", args=[regency.slug]) + query)
    assert response.status_code == 200
    book = load_workbook(BytesIO(response.content))
    return {sheet.title: [[cell.value for cell in row] for row in sheet] for sheet in book}, book, response


def test_the_file_holds_what_the_page_shows(client_of, coordinator, regency, tied):
    found, book, response = sheets(client_of(coordinator), regency)

    assert list(found) == ["Tentang", "Matriks", "Sasaran dan dimensi", "Tautan", "Yang masih kosong"]
    assert found["Matriks"][0][-2:] == ["Inisiatif", tied.code]
    assert [[row[0], row[-2], row[-1]] for row in found["Matriks"][1:]] == [
        ["3.26.02", 1, "diusulkan"],
        ["3.26.03", 0, None],
    ]
    assert [row[-1] for row in found["Sasaran dan dimensi"][1:]] == [1, 0]
    assert found["Tautan"][1][:2] == [tied.code, "+Karcis"]
    gaps = {(row[0], row[2]) for row in found["Yang masih kosong"][1:]}
    assert {("Program RPJMD tanpa inisiatif", "Dinas Pariwisata"), ("Dimensi tanpa inisiatif", "Diskominfo")} <= gaps
    assert 'filename="Keselarasan_' in response["Content-Disposition"]
    assert response["Cache-Control"] == "private, no-store"
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}


def test_filters_narrow_all_but_what_is_missing(client_of, coordinator, expert, regency, tied):
    found, *_ = sheets(client_of(coordinator), regency, "?q=kosong")

    assert [row[0] for row in found["Matriks"][1:]] == ["3.26.03"]
    assert len(found["Tautan"]) == 1
    assert any("Disaring" in str(cell) for row in found["Tentang"] for cell in row)
    assert [row[0] for row in found["Yang masih kosong"] if row[1] and row[1].endswith("Di luar")] == [
        "Inisiatif di luar RPJMD"
    ]
    seen, *_ = sheets(client_of(expert), regency)
    assert len(seen["Tautan"]) == 1  # a draft is not an expert's business
    assert any("Draf perangkat daerah lain" in str(cell) for row in seen["Tentang"] for cell in row)
