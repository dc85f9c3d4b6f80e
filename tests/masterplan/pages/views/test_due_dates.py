"""When answers are due: the workshops' real deadlines, where there are any."""

from datetime import timedelta

import pytest
from django.utils import timezone

from masterplan.models import Workshop
from masterplan.pages.due_dates import DueDates
from masterplan.reference import Phase
from masterplan.registry.completeness import missing_for_submission
from smartcity.common.formatting import format_date
from tests.factories import make_initiative


@pytest.fixture
def second(regency):
    deadline = timezone.now() + timedelta(days=9)
    return Workshop.objects.create(regency=regency, stage="II", title="Tahap II", deadline=deadline)


def test_a_phase_is_due_at_the_deadline_of_its_workshop(regency, second):
    dates = DueDates(regency, None)

    assert dates.of(Phase.FORMS) == second.deadline
    assert dates.words(Phase.FORMS) == f"Bimtek II, {format_date(timezone.localdate(second.deadline))}"
    assert dates.words(Phase.ROADMAP) == "Bimtek III"


def test_what_is_missing_is_grouped_by_phase(regency, plan, agency, agency_head, second):
    missing = missing_for_submission(make_initiative(plan, agency=agency, by=agency_head))
    Workshop.objects.create(regency=regency, stage="III", title="III", deadline=timezone.now() - timedelta(days=1))

    now, later = DueDates(regency, None).grouped(missing)

    assert (now.phase, later.phase) == (Phase.FORMS, Phase.ROADMAP)
    assert (now.is_past, later.is_past) == (False, True)
    assert [*now.missing, *later.missing] != []
    assert {gap.field for gap in later.missing} >= {"horizon", "start_year", "budgets"}
    assert "problem" in {gap.field for gap in now.missing}
