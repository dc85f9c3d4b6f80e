"""How initiatives are distributed, and what was sent in the last days."""

from datetime import timedelta

import pytest
from django.utils import timezone

from masterplan.alignment.actions import links
from masterplan.models import StatusChange
from masterplan.overview.distribution import distribution_of
from masterplan.overview.progress import load
from masterplan.overview.stages import DueStage
from masterplan.overview.submissions import agency_forecasts, regency_forecast, submission_days
from masterplan.reference import Level
from tests.factories import history_open, make_district, make_element, make_initiative, make_program, propose_program


@pytest.fixture
def program(plan, agency):
    return make_program(plan.development_plan, agency, code="2.16.03", text="Program Aplikasi Informatika")


def test_missions_dimensions_districts_and_money(
    plan, agency, agency_head, coordinator, program, django_assert_num_queries
):
    empty = make_element(plan.development_plan, Level.MISSION, code="9", text="Misi tanpa program")
    spare = make_program(plan.development_plan, agency, code="2.16.04", text="Program lain")
    near, far = make_district(plan.regency, "Ambarawa"), make_district(plan.regency, "Bawen")
    year = str(plan.start_year)
    here = {"whole_regency": False, "districts": [near.pk]}
    apbn = {"budgets": [{"source": "apbn", "amounts": {year: 7}}, {"source": "apbd_regency", "amounts": {year: 5}}]}
    first = make_initiative(plan, agency=agency, by=agency_head, complete=True, **here, **apbn)
    second = make_initiative(plan, agency=agency, by=agency_head, complete=True, sub_dimension="tourism")
    bare = make_initiative(plan, agency=agency, by=agency_head)
    make_initiative(plan, agency=agency, by=agency_head, status="withdrawn")
    rejected = propose_program(bare, agency_head, spare)
    links.decide(rejected, accept=False, by=coordinator, reason="Bukan urusannya.")
    with django_assert_num_queries(7):
        found = distribution_of(plan, plan.initiatives.all())

    assert found.total == 3
    missions = {row.name.removeprefix("Misi "): (row.count, row.programs, row.carried) for row in found.missions}
    assert missions[f"9. {empty.text}"] == (0, 0, 0)
    assert sorted(missions.values())[1:] == [(0, 1, 0), (2, 1, 1)]
    assert {row.code: row.count for row in found.dimensions if row.count} == {"GO": 2, "BR": 1}
    assert len(found.dimensions) == 6
    assert {row.pk: row.count for row in found.districts} == {near.pk: 1, far.pk: 0}
    assert found.everywhere == 1
    assert [(row.name, row.total, row.initiatives) for row in found.funding] == [
        ("APBD Kabupaten/Kota", 150_000_005, 2), ("APBN", 7, 1),
    ]  # fmt: skip
    assert (found.unfunded, found.only_regency, found.money) == (1, 1, 150_000_012)
    assert {first.pk, second.pk} == {i.pk for i in plan.initiatives.filter(links__element=program)}


def test_a_plan_without_anything_spreads_over_nothing(plan):
    found = distribution_of(plan, plan.initiatives.all())
    assert (found.total, found.missions, found.funding, found.unfunded, found.money) == (0, [], [], 0, 0)


def test_what_was_sent_by_whom_in_the_last_days(plan, agency, other_agency, agency_head, coordinator):
    now = timezone.now()
    for days in (1, 3, 3, 40):
        made = make_initiative(plan, agency=agency, by=agency_head, status="submitted")
        with history_open():
            StatusChange.objects.filter(initiative=made).update(at=now - timedelta(days=days))
    make_initiative(plan, agency=agency, by=agency_head)
    rows = load(plan.regency, plan.initiatives.all(), stage=DueStage(), now=now)
    today = plan.regency.local(now).date()
    sent = submission_days(plan.regency, plan.initiatives.all(), now)
    told = {row.agency: found for row, found in agency_forecasts(rows, sent, today)}

    assert sent == {agency.pk: [today - timedelta(days=3)] * 2 + [today - timedelta(days=1)]}
    assert told[other_agency] is None
    assert (told[agency].done, told[agency].remaining, told[agency].span) == (3, 1, "sekitar sepekan lagi")
    assert regency_forecast(rows, sent, today) == told[agency]
