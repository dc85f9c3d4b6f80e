"""What the checks find, as people of different roles read it, and setting a finding aside."""

import re

import pytest
from django.urls import reverse

from masterplan.alignment.actions import inspection
from masterplan.editions import actions as editions
from masterplan.models import CheckWaiver, Initiative
from masterplan.reasoning.inspection import CHECK_BY_CODE
from masterplan.reasoning.inspection.facts import load
from tests.factories import make_agency, make_district, make_edition, make_initiative, make_program

CODE = "program_without_initiative"


@pytest.fixture
def program(plan, agency):
    return make_program(plan.development_plan, agency, code="2.11.03", text="Program Pengendalian Pencemaran")


@pytest.fixture
def loose(plan, agency, agency_head):
    return make_initiative(plan, agency=agency, by=agency_head, name="Kebun kota")


def listing(regency, query=""):
    return reverse("inspection_list", args=[regency.slug]) + query


def aside(regency, program, code=CODE):
    return reverse("finding_set_aside", args=[regency.slug, code, program.pk])


def text(response):
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def facts(plan):
    return load(plan, plan.initiatives.all())


def test_a_plan_is_read_as_it_is(plan, agency, other_agency, agency_head, program):
    initiative = make_initiative(plan, agency=agency, by=agency_head, complete=True)
    initiative.supporting_agencies.add(other_agency)
    district = make_district(plan.regency)
    initiative.districts.add(district)
    indicator = initiative.indicators.first()

    (found,) = facts(plan).initiatives

    assert (found.lead, found.supporting, found.districts >= {district.pk}) == (agency.pk, {other_agency.pk}, True)
    assert {(row.year, row.source): row.amount for row in initiative.budgets.all()} == found.budgets
    assert [row.name for row in found.indicators] == [row.name for row in initiative.indicators.all()]
    assert found.indicators[0].targets == {
        row.year: row.value for row in indicator.targets.all() if row.value is not None
    }
    assert [link.element for link in found.links] == [link.element_id for link in initiative.links.all()]
    assert facts(plan).elements[program.pk].name == str(program)


def test_the_regents_question(client_of, coordinator, regency, plan, program, loose, agency):
    """Which missions have no initiative, which initiatives stand outside the RPJMD, and whose business is it?"""
    page = text(client_of(coordinator).get(listing(regency)))
    mission = program.parent.parent.parent
    assert (
        f"{mission} Belum ada inisiatif smart city yang mendukung misi ini. Programnya dipimpin {agency.name}." in page
    )
    assert f"{loose.code} Kebun kota Belum terhubung ke program RPJMD. {agency.name}" in page


def test_it_is_narrowed_by_check_severity_and_agency(client_of, coordinator, regency, plan, program, loose):
    other = make_agency(regency, "Dinas Lain", "DL")
    client = client_of(coordinator)
    assert "Kebun kota" not in text(client.get(listing(regency, f"?opd={other.pk}")))
    assert "Kebun kota" not in text(client.get(listing(regency, "?tingkat=note")))
    only = text(client.get(listing(regency, "?cek=initiative_without_program")))
    assert "Kebun kota" in only
    assert "Program Pengendalian" not in only
    assert "Kebun kota" in text(client.get(listing(regency, "?cek=tidak-ada&tingkat=x&opd=y")))


def test_drafts_of_others_are_not_known_here(client_of, expert, regency, plan, program, loose):
    page = text(client_of(expert).get(listing(regency)))
    assert "Kebun kota" not in page
    assert "Draf perangkat daerah lain tidak diperiksa" in page
    assert "Kesampingkan" not in page


def test_a_finding_is_set_aside_and_counts_again(client_of, coordinator, regency, plan, program):
    client = client_of(coordinator)
    page = client.get(aside(regency, program))
    assert "Belum ada inisiatif yang melaksanakan program ini." in text(page)

    client.post(aside(regency, program), {"reason": "Urusan rutin."})
    waiver = CheckWaiver.objects.get()
    assert (waiver.check_code, waiver.subject_id, waiver.reason) == (CODE, program.pk, "Urusan rutin.")
    assert (waiver.subject_name, waiver.waived_by) == (str(program), coordinator)
    client.get(listing(regency))  # the page that thanks for it names it once more
    assert "Program Pengendalian" not in text(client.get(listing(regency, f"?cek={CODE}")))
    assert "Urusan rutin." in text(client.get(listing(regency, "?tingkat=dikesampingkan")))

    client.post(aside(regency, program), {"cabut": "1"})
    assert not CheckWaiver.objects.exists()
    assert "Program Pengendalian" in text(client.get(listing(regency, f"?cek={CODE}")))


def test_without_a_reason_nothing_is_set_aside(client_of, coordinator, regency, plan, program):
    page = client_of(coordinator).post(aside(regency, program), {"reason": " "})
    assert "Tulis alasan mengapa temuan ini dikesampingkan." in text(page)
    assert not CheckWaiver.objects.exists()


def test_a_program_is_waived_on_its_own_page(client_of, coordinator, regency, plan, loose):
    page = client_of(coordinator).get(aside(regency, loose, "initiative_without_program"))
    assert page.url == reverse("alignment_waive", args=[regency.slug, loose.pk])


def test_doing_without_a_program_is_one_decision(coordinator, plan, loose):
    (finding,) = CHECK_BY_CODE["initiative_without_program"].look(facts(plan))
    inspection.set_aside(
        plan, check_code="initiative_without_program", finding=finding, reason="Amanat.", by=coordinator
    )
    assert Initiative.objects.get(pk=loose.pk).waiver_reason == "Amanat."
    assert list(CHECK_BY_CODE["initiative_without_program"].look(facts(plan))) == []


def test_what_no_check_finds_has_no_page(client_of, coordinator, regency, plan, agency, program):
    client = client_of(coordinator)
    assert client.get(aside(regency, program, "tidak-ada")).status_code == 404
    assert client.get(aside(regency, program, "years_outside")).status_code == 404


def test_a_locked_plan_keeps_its_findings(client_of, coordinator, regency, plan, agency, program):
    empty = make_program(plan.development_plan, agency, text="Program Arsip")
    make_edition(plan, status="adopted")
    client = client_of(coordinator)
    assert "Kesampingkan" not in text(client.get(listing(regency)))
    page = client.post(aside(regency, empty), {"reason": "Ya."})
    assert "ditetapkan dengan" in text(page)
    assert not CheckWaiver.objects.exists()
    editions.change_edition(plan.snapshots.get(), name="unlock", by=coordinator, comment="Untuk uji.")
    client.post(aside(regency, empty), {"reason": "Ya."})
    assert CheckWaiver.objects.exists()
