"""Opening a plan from nothing, the plan after it, and what keeps a plan from being bent around its initiatives."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from masterplan.editing.actions.locking import NotEditable
from masterplan.initiatives.actions import initiatives
from masterplan.master_plans import actions as master_plans
from masterplan.models import MasterPlan, SubDimension
from masterplan.models.initiatives.initiative import current_initiatives, initiatives_of_every_period
from masterplan.reference import FundingSource, Level, LinkState
from masterplan.sections.actions.outline import missing_places
from tests.factories import make_element, make_regency, make_rpjmd

RPJMD = {"title": "RPJMD Semarang Uji 2025–2029", "start_year": 2025, "end_year": 2029, "legal_basis": "Perda 1/2025"}


def opened(regency, coordinator, start_year=2026, end_year=2030, **more) -> MasterPlan:
    values = {"development_plan": None, "new_rpjmd": RPJMD} | more
    return master_plans.open_master_plan(
        regency, by=coordinator, start_year=start_year, end_year=end_year, **values
    )  # fmt: skip


def begun(plan, by, agency):
    sub_dimension = SubDimension.objects.available_to(plan.regency).first()
    return initiatives.create(plan=plan, by=by, name="Bus kota", sub_dimension=sub_dimension, lead_agency=agency)


def test_a_plan_begins_with_its_rpjmd_and_the_outline_of_its_books(regency, coordinator):
    plan = opened(regency, coordinator)

    assert (plan.title, plan.is_current) == (f"Master Plan Smart City {regency.full_name}", True)
    assert (plan.development_plan.title, plan.development_plan.legal_basis) == (RPJMD["title"], "Perda 1/2025")
    assert plan.sections.count() > 20
    assert missing_places(plan) == 0


def test_the_next_plan_takes_over_and_the_initiatives_of_the_first_stay(regency, agency, coordinator):
    first = opened(regency, coordinator)
    kept = begun(first, coordinator, agency)
    later = make_rpjmd(regency, 2030, 2034)
    second = opened(regency, coordinator, 2031, 2035, development_plan=later)

    assert [plan.pk for plan in regency.master_plans.filter(is_current=True)] == [second.pk]
    assert (list(current_initiatives(regency)), list(initiatives_of_every_period(regency))) == ([], [kept])
    assert master_plans.make_current(first, by=coordinator)
    assert list(current_initiatives(regency)) == [kept]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"start_year": 2031, "end_year": 2030}, "end_year", "Tulis 2031 atau sesudahnya"),
        ({"start_year": 2026, "end_year": 2036}, "end_year", "Tulis 2035 atau sebelumnya"),
        ({"new_rpjmd": RPJMD | {"title": ""}}, "rpjmd_title", "Tulis judul RPJMD"),
        ({"new_rpjmd": RPJMD | {"end_year": 2024}}, "rpjmd_end_year", "Tulis 2025 atau sesudahnya"),
        ({"new_rpjmd": RPJMD | {"start_year": 2011, "end_year": 2016}}, "development_plan", "tidak memuat satu pun"),
        ({"elsewhere": True}, "development_plan", "tidak ada di wilayah Anda"),
        ({"before": (2026, 2030)}, "start_year", "sudah ada"),
        ({"before": (2027, 2031)}, "start_year", "sesudah 2027"),
        ({"before": (2021, 2025)}, "development_plan", "sudah terdaftar"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field_and_nothing_is_stored(regency, coordinator, changes, field, sentence):
    if before := changes.pop("before", None):
        opened(regency, coordinator, *before)
    if changes.pop("elsewhere", False):
        changes = {"development_plan": make_rpjmd(make_regency(), 2025, 2029)}
    if before and field == "start_year":
        changes |= {"new_rpjmd": RPJMD | {"start_year": 2024}}
    count = regency.development_plans.count()

    with pytest.raises(ValidationError) as refused:
        opened(regency, coordinator, **changes)
    assert list(refused.value.message_dict) == [field]
    assert sentence in refused.value.message_dict[field][0]
    assert regency.master_plans.count() == bool(before)
    assert regency.development_plans.count() == count


def test_only_the_coordinator_opens_changes_and_lets_fill_in(regency, coordinator, administrator):
    by, plan = administrator, opened(regency, coordinator)
    change = {
        "start_year": 2026,
        "end_year": 2031,
        "development_plan": plan.development_plan,
        "vision": "",
        "title": "",
    }
    acts = [
        partial(opened, regency, by, 2031, 2035),
        partial(master_plans.change_master_plan, plan, by=by, **change),
        partial(master_plans.make_current, plan, by=by),
        partial(master_plans.open_filling, plan, by=by),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()


def test_agencies_begin_only_once_filling_is_open(regency, agency, coordinator, drafter):
    plan = opened(regency, coordinator)
    with pytest.raises(NotEditable, match="Pengisian belum dibuka oleh sekretariat"):
        begun(plan, drafter, agency)
    begun(plan, coordinator, agency)

    assert master_plans.open_filling(plan, by=coordinator)
    assert not master_plans.open_filling(plan, by=coordinator)
    plan.refresh_from_db()
    assert (plan.filling_opened_by, begun(plan, drafter, agency).code[-2:]) == (coordinator, "02")


def test_a_change_leaves_out_no_year_or_program_that_initiatives_use(regency, agency, coordinator):
    plan = opened(regency, coordinator)
    initiative = begun(plan, coordinator, agency)
    initiative.budgets.create(year=2030, source=FundingSource.values[0], amount=1)
    program = make_element(plan.development_plan, Level.MISSION)
    initiative.links.create(element=program, proposed_by=coordinator, state=LinkState.PROPOSED)
    other = make_rpjmd(regency, 2029, 2033)
    same = {
        "start_year": 2026, "end_year": 2030, "development_plan": plan.development_plan, "vision": "", "title": plan.title,
    }  # fmt: skip
    change = partial(master_plans.change_master_plan, plan, by=coordinator)

    assert not change(**same)
    for changed, field in (({"end_year": 2029}, "end_year"), ({"development_plan": other}, "development_plan")):
        with pytest.raises(ValidationError, match="Ada 1 inisiatif") as refused:
            change(**same | changed)
        assert list(refused.value.message_dict) == [field]
    assert change(**same | {"end_year": 2031, "vision": "Kota yang melayani"})
    plan.refresh_from_db()
    assert (plan.end_year, plan.vision) == (2031, "Kota yang melayani")
