"""The preview of one initiative's own pages: faults are named and lead to the question where they are mended."""

import pytest
from django.urls import reverse

from masterplan.books import actions as books
from tests.factories import finish_book, make_initiative


@pytest.fixture
def initiative(plan, agency, agency_head):
    return make_initiative(
        plan, agency=agency, by=agency_head, complete=True, risk="", problem="Antrean [sebutkan jumlah orang] orang."
    )


@pytest.fixture
def address(regency, initiative):
    return reverse("sheet_preview", args=[regency.slug, initiative.pk])


def test_faults_are_named_before_anything_is_printed(client_of, drafter, regency, initiative, address):
    html = client_of(drafter).get(address).content.decode()
    page = reverse("initiative_edit", args=[regency.slug, initiative.pk, "quick-win"])

    assert "2 hal perlu dibenahi pada lembar ini" in html
    assert f'href="{page}#id_risk"' in html
    assert "“[sebutkan jumlah orang]” belum diganti" in html


def test_what_the_press_reports_leads_to_its_question(client_of, drafter, regency, initiative, address):
    job = books.request_sheet(initiative, by=drafter)
    finish_book(
        job,
        pages=2,
        problems=[
            {"key": "evidence", "sentence": "Gambar terlalu kasar."},
            {"key": "x.mitigation", "sentence": "Terpotong."},
        ],
    )
    html = client_of(drafter).get(address).content.decode()
    page = reverse("initiative_edit", args=[regency.slug, initiative.pk, "quick-win"])

    assert "4 hal perlu dibenahi" in html
    pictures = reverse("initiative_edit", args=[regency.slug, initiative.pk, "bukti"])
    assert f'<a href="{pictures}#id_evidence">Gambar terlalu kasar.</a>' in html
    assert f'<a href="{page}#id_mitigation">Terpotong.</a>' in html
    assert "Buka lembar, 2 halaman" in html


def test_who_only_reads_gets_the_faults_without_links(client_of, executive, address):
    html = client_of(executive).get(address).content.decode()

    assert "2 hal perlu dibenahi" in html
    assert "#id_risk" not in html


def test_a_sheet_without_fault_says_so(client_of, drafter, regency, plan, agency, agency_head):
    whole = make_initiative(plan, agency=agency, by=agency_head, complete=True)
    html = client_of(drafter).get(reverse("sheet_preview", args=[regency.slug, whole.pk])).content.decode()

    assert "Tidak ada sel kosong, teks terpotong" in html


@pytest.mark.parametrize("person", ["outsider", "expert"])
def test_a_draft_is_not_found_by_who_may_not_know_of_it(client_of, request, address, person):
    assert client_of(request.getfixturevalue(person)).get(address).status_code == 404
