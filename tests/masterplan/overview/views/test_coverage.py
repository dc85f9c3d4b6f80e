"""Coverage and forecast, and the screen of the plenary: who is shown what, and that the screen goes on by itself."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from masterplan.models import StatusChange, Workshop
from tests.factories import history_open, make_district, make_initiative, make_program


def page(client, regency, name="regency_coverage", query=""):
    return client.get(reverse(name, args=[regency.slug]) + query)


def text(response):
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def filled(plan, agency, other_agency, agency_head):
    """Three initiatives sent on different days, a draft, and a deadline in thirty days."""
    now = timezone.now()
    Workshop.objects.create(regency=plan.regency, stage="II", title="II", deadline=now + timedelta(days=30))
    make_program(plan.development_plan, agency)
    make_district(plan.regency, "Ambarawa")
    for days in (1, 3, 5):
        made = make_initiative(plan, agency=agency, by=agency_head, status="submitted")
        with history_open():
            StatusChange.objects.filter(initiative=made).update(at=now - timedelta(days=days))
    make_initiative(plan, agency=agency, by=agency_head)


def test_what_is_covered_and_what_can_be_expected(client_of, coordinator, regency, filled):
    said = text(page(client_of(coordinator), regency))

    assert "3 inisiatif terkirim dalam 14 hari terakhir, 1 belum" in said
    assert "Dinas Pariwisata Sekitar sepekan lagi, kemungkinan sebelum batas kirim" in said
    assert "1 perangkat daerah yang masih ditunggu belum punya cukup pengiriman" in said
    assert "5 dimensi tanpa inisiatif" in said
    assert "3 inisiatif berlaku di seluruh wilayah" in said
    assert "APBD Kabupaten/Kota" in said


def test_too_little_to_tell_is_said(client_of, coordinator, regency, plan, agency):
    said = text(page(client_of(coordinator), regency))
    assert "Belum cukup pengiriman dalam 14 hari terakhir" in said
    assert "Belum ada inisiatif yang menyebut anggaran." in said


def test_experts_see_no_drafts_and_no_forecast(client_of, expert, agency_head, regency, filled):
    said = text(page(client_of(expert), regency))
    assert "3 inisiatif terkirim" in said
    assert "Perkiraan" not in said
    assert page(client_of(agency_head), regency).status_code == 403


def test_the_screen_goes_from_slide_to_slide_by_itself(client_of, executive, agency_head, regency, filled):
    client, seen = client_of(executive), []
    query = ""
    for _ in range(3):
        response = page(client, regency, "regency_plenary", query)
        html = response.content.decode()
        assert '<nav class="masthead' not in html
        assert f'href="{reverse("regency_overview", args=[regency.slug])}" data-leave' in html
        query = response.headers["Refresh"].removeprefix("30; url=")
        seen.append(query)
    assert seen == ["?bagian=perangkat-daerah", "?bagian=cakupan", "?bagian=kemajuan"]

    paused = page(client, regency, "regency_plenary", "?bagian=cakupan&jeda=1")
    assert paused.headers["Refresh"] == "60; url=?bagian=cakupan&jeda=1"
    assert page(client_of(agency_head), regency, "regency_plenary").status_code == 403


def test_the_screen_tells_the_deadline_and_how_far_everybody_is(client_of, coordinator, expert, regency, filled):
    said = text(page(client_of(coordinator), regency, "regency_plenary"))
    assert re.search(r"Batas kirim Tahap II .* WIB , 30 hari lagi", said)
    assert "1 dari 2 perangkat daerah sudah mengirim 3 inisiatif terkirim 0 inisiatif disetujui" in said
    names = text(page(client_of(coordinator), regency, "regency_plenary", "?bagian=perangkat-daerah"))
    assert "Belum mengirim 1 DINKES" in names
    assert "Sebagian masih draf 1 DINPAR" in names
    assert "Menunggu tinjauan 1 DINPAR" in text(
        page(client_of(expert), regency, "regency_plenary", "?bagian=perangkat-daerah")
    )
