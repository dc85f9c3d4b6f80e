"""How far each agency is: the same completeness as the form tells, and who is behind."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from masterplan.models import DeadlineExtension, Initiative, Workshop
from masterplan.overview.progress import FILTERS, ORDERS, AgencyProgress, load, totals
from masterplan.overview.stages import DueStage, dated_stages, stage_of
from masterplan.reasoning.completeness import completeness_of
from masterplan.registry.completeness import completeness
from tests.factories import make_initiative

STATES = ("draft", "submitted", "in_review", "returned", "approved", "withdrawn")
WORKSHEET = {
    "deliverable": "Loket daring",
    "due_date": "2027-01-31",
    "aspects": [{"aspect": "benefit", "score": 4, "note": ""}],
}
ANSWERS = (
    {},
    {"problem": "Antre lama.", "horizon": "short", "start_year": 2022},
    {"complete": True},
    {"complete": True, "quick_win": True, "worksheet": WORKSHEET},
    {"complete": True, "activities": [{"name": "Uji coba", "start": "2022-01-01", "end": None, "output": ""}]},
    {"complete": True, "budgets": [], "whole_regency": False},
    {"complete": True, "risk": "", "mitigation": ""},
)


@pytest.fixture
def now():
    return timezone.now()


def of(rows, agency):
    return next(row for row in rows if row.agency == agency)


def test_completeness_is_the_same_as_in_the_form(plan, agency, agency_head, coordinator, django_assert_num_queries):
    made = [make_initiative(plan, agency=agency, by=agency_head, **answers) for answers in ANSWERS]
    made.append(make_initiative(plan, agency=agency, by=agency_head, coordinator=coordinator, status="approved"))
    Initiative.objects.filter(pk=made[0].pk).update(
        waived_at=timezone.now(), waived_by=coordinator, waiver_reason="Amanat undang-undang."
    )
    with django_assert_num_queries(4):
        found = completeness_of(plan.initiatives.all())

    assert found == {row.pk: completeness(row) for row in plan.initiatives.complete()}
    assert len(set(found.values())) >= 6


def test_each_agency_with_what_it_has_on_each_step(plan, agency, other_agency, agency_head, coordinator, now):
    regency = plan.regency
    for state in STATES:
        make_initiative(plan, agency=agency, by=agency_head, coordinator=coordinator, status=state)
    rows = load(regency, plan.initiatives.all(), stage=DueStage(), now=now)
    busy, idle = of(rows, agency), of(rows, other_agency)

    assert dict(busy.counts) == dict.fromkeys(STATES[:-1], 1)
    assert (busy.total, busy.sent, busy.owes, busy.is_done) == (5, 4, True, False)
    assert (idle.total, idle.sent, idle.owes, idle.completeness, idle.last_change) == (0, 0, True, None, None)
    assert busy.last_change == max(plan.initiatives.exclude(status="withdrawn").values_list("updated_at", flat=True))
    assert busy.since["submitted"] == plan.initiatives.get(status="submitted").submitted_at
    assert totals(rows) == busy.counts


def test_an_agency_that_ended_is_listed_while_it_leads_something(plan, agency, other_agency, agency_head, now):
    make_initiative(plan, agency=agency, by=agency_head)
    yesterday = plan.regency.today() - timedelta(days=1)
    for ended in (agency, other_agency):
        ended.valid_to = yesterday
        ended.save()

    assert [row.agency for row in load(plan.regency, plan.initiatives.all(), stage=DueStage(), now=now)] == [agency]


def test_more_time_counts_for_that_agency_alone(plan, agency, other_agency, coordinator, now):
    regency = plan.regency
    workshop = Workshop.objects.create(regency=regency, stage="II", title="II", deadline=now - timedelta(hours=1))
    given = {"agency": agency, "reason": "Pindah kantor.", "granted_by": coordinator}
    own = DeadlineExtension.objects.create(workshop=workshop, deadline=now + timedelta(days=3), **given)
    rows = load(regency, plan.initiatives.all(), stage=stage_of(dated_stages(regency), now), now=now)
    first, second = of(rows, agency), of(rows, other_agency)

    assert (first.due, first.days_left, first.is_extended, first.is_late) == (own.deadline, 3, True, False)
    assert (second.due, second.is_extended, second.is_late) == (workshop.deadline, False, True)

    workshop.deadline = now + timedelta(days=9)  # for everybody, later than what was given
    workshop.save()
    rows = load(regency, plan.initiatives.all(), stage=stage_of(dated_stages(regency), now), now=now)
    assert (of(rows, agency).days_left, of(rows, agency).is_extended) == (9, False)


def test_days_are_counted_where_the_regency_lies(plan, agency, now):
    regency = plan.regency
    regency.time_zone = "Asia/Jayapura"
    # 22.30 in Jayapura, and still 20.30 in Jakarta: three hours later it is the next day only there.
    late = datetime(2026, 9, 1, 13, 30, tzinfo=UTC)
    Workshop.objects.create(regency=regency, stage="II", title="II", deadline=late + timedelta(hours=3))
    rows = load(regency, plan.initiatives.all(), stage=stage_of(dated_stages(regency), late), now=late)

    assert of(rows, agency).days_left == 1


@pytest.mark.parametrize(("days", "expected"), [((-9, 2, 8), "2"), ((-9, -2), "-2"), ((), None)])
def test_the_stage_is_the_next_one_due_else_the_last(regency, now, days, expected):
    for day in days:
        Workshop.objects.create(regency=regency, stage=str(day), title="-", deadline=now + timedelta(days=day))
    Workshop.objects.create(regency=regency, stage="tanpa batas", title="-")
    workshops = dated_stages(regency)

    found = stage_of(workshops, now).workshop
    assert (found and found.stage) == expected
    if workshops:
        assert stage_of(workshops, now, str(workshops[0].pk)).workshop == workshops[0]


def test_who_is_most_behind_comes_first(agency):
    def row(completeness=50, **counts):
        return AgencyProgress(agency, counts=Counter(counts), percents=[completeness] if counts else [])

    nothing, begun, nearly = row(), row(10, draft=1), row(90, draft=2)
    mending, waiting, done = row(100, returned=1, approved=1), row(100, submitted=1), row(100, approved=3)
    mixed = [done, waiting, mending, nearly, begun, nothing]
    assert row(approved=1, draft=1).is_done  # not everybody may know of the draft, and all read one figure

    assert sorted(mixed, key=ORDERS["tertinggal"][1]) == [nothing, begun, nearly, mending, waiting, done]
    kept = {each.key: [row for row in mixed if each.keeps(row)] for each in FILTERS}
    assert kept["belum-mengisi"] == [nothing]
    assert kept["belum-mengirim"] == [nearly, begun, nothing]
    assert (kept["perbaikan"], kept["selesai"], kept["terlambat"]) == ([mending], [done], [])
