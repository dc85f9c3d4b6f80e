"""The one door for writes to an initiative: what is stored, what is refused, and that nobody overwrites anybody."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from agencies.models import Agency, User
from agencies.roles import Role
from masterplan.editing.actions.locking import NotEditable
from masterplan.editing.history import values_since
from masterplan.initiatives.actions import initiatives
from masterplan.models import ChangeSource, Initiative, InitiativeTarget, MasterPlan, SubDimension
from masterplan.registry import FIELDS, STORED_APART
from masterplan.registry.reading import read
from tests.answers import answers_to
from tests.factories import (
    complete_answers,
    history_open,
    make_agency,
    make_district,
    make_initiative,
    make_person,
    make_regency,
)


@pytest.fixture
def draft(plan: MasterPlan, agency: Agency, agency_head: User) -> Initiative:
    """A draft of the agency."""
    return make_initiative(plan, agency=agency, by=agency_head)


def save(initiative: Initiative, by: User, version: int | None = None, **data: Any) -> Initiative:
    """Save as a person who saw `version` (the newest unless given)."""
    return initiatives.save(initiative, by=by, data=data, version=version or initiative.edit_version)


def test_codes_are_given_once_and_never_again(plan: MasterPlan, agency: Agency, agency_head: User) -> None:
    first, second = (make_initiative(plan, agency=agency, by=agency_head) for _ in range(2))
    assert (first.code, second.code) == ("GO-01", "GO-02")
    with history_open():
        second.changes.all().delete()
    second.delete()
    assert make_initiative(plan, agency=agency, by=agency_head).code == "GO-03"


def test_code_survives_a_change_of_dimension(draft: Initiative, agency_head: User) -> None:
    other = SubDimension.objects.get(key="tourism")
    saved = save(draft, agency_head, sub_dimension=other.pk)
    assert (saved.code, saved.sub_dimension) == ("GO-01", other)


def test_every_answer_comes_back_as_it_was_given(draft: Initiative, plan: MasterPlan, agency_head: User) -> None:
    answers = answers_to(FIELDS.values()) | complete_answers(plan) | {
        "districts": [make_district(plan.regency).pk],
        "supporting_agencies": [make_agency(plan.regency).pk],
        "partners": [{"kind": "campus", "name": "Universitas Contoh", "contribution": "Pendampingan"}],
        "quick_win": True,
        "worksheet": {
            "deliverable": "Loket bersama", "due_date": "2022-11-30",
            "aspects": [{"aspect": "benefit", "score": 4, "note": "Antrean berkurang."}],
        },
        "budget_fallback": "Dua loket lebih dulu.", "nomenclature_code": "2.16.03.2.02", "spbe_application": "Portal",
        "data_needs": "Data antrean.", "integration_needs": "Kas daerah.",
    }  # fmt: skip
    saved = save(draft, agency_head, **answers)
    content = read(saved)
    assert {key: content[key] for key in answers} == answers
    untouched = {"name", "sub_dimension", "lead_agency", "links", "evidence"}
    assert set(answers) == set(FIELDS) - untouched, "a field of the registry is missing from this test"


def test_indicators_are_read_once_each_with_their_targets(plan: MasterPlan, agency: Agency, agency_head: User) -> None:
    """They come in one query, one row a target: none is doubled, none without a target is lost."""
    bare = {"kind": "output", "unit": "", "baseline": "", "direction": "up", "end_condition": ""}
    rows = [
        bare | {"name": "Tanpa target", "targets": {}},
        bare | {"name": "Dua target", "targets": {"2022": "1.000,5", "2023": "-"}},
        bare | {"name": "Satu target", "targets": {"2024": "3"}},
    ]
    for chosen in (rows, rows[::-1]):
        save(make_initiative(plan, agency=agency, by=agency_head), agency_head, indicators=chosen)
    found = list(Initiative.objects.order_by("pk").complete())
    assert [read(initiative, ["indicators"])["indicators"] for initiative in found] == [rows, rows[::-1]]
    values = InitiativeTarget.objects.filter(indicator__initiative=found[0], indicator__name="Dua target")
    assert list(values.values_list("value", flat=True)) == [Decimal("1000.5"), None]


def test_saving_the_same_changes_nothing(draft: Initiative, plan: MasterPlan, agency_head: User) -> None:
    saved = save(draft, agency_head, **complete_answers(plan))
    data = {key: value for key, value in read(saved).items() if FIELDS[key].kind not in STORED_APART}
    again = save(saved, agency_head, **data)
    assert (again.edit_version, again.changes.count()) == (saved.edit_version, saved.changes.count())


@pytest.mark.parametrize("status", ["submitted", "in_review", "approved", "withdrawn"])
def test_what_was_sent_is_frozen(plan: MasterPlan, agency: Agency, agency_head: User, status: str) -> None:
    initiative = make_initiative(plan, agency=agency, by=agency_head, status=status)
    with pytest.raises(NotEditable):
        save(initiative, agency_head, problem="Diubah diam-diam.")


def test_returned_may_be_mended_and_shows_what_changed(plan: MasterPlan, agency: Agency, agency_head: User) -> None:
    initiative = make_initiative(plan, agency=agency, by=agency_head, status="returned")
    old = initiative.problem
    saved = save(initiative, agency_head, problem="Antrean tiga jam di loket.")
    assert saved.returned_at is not None
    assert values_since(saved, saved.returned_at, ())[0] == {"problem": old}


def test_other_agency_and_readers_may_not_write(
    draft: Initiative, plan: MasterPlan, other_agency: Agency, expert: User, executive: User, outsider: User
) -> None:
    stranger = make_person(plan.regency, Role.AGENCY_HEAD, other_agency)
    for person in (stranger, expert, executive, outsider):
        with pytest.raises(PermissionDenied):
            save(draft, person, problem="Bukan milik saya.")


def test_handing_over_is_for_the_coordinator(
    draft: Initiative, agency_head: User, coordinator: User, other_agency: Agency
) -> None:
    with pytest.raises(PermissionDenied):
        save(draft, agency_head, lead_agency=other_agency.pk)
    assert save(draft, coordinator, lead_agency=other_agency.pk).lead_agency == other_agency


def test_on_behalf_is_recorded(draft: Initiative, coordinator: User) -> None:
    saved = save(draft, coordinator, problem="Ditulis koordinator.")
    newest = saved.changes.first()
    assert newest is not None
    assert (newest.source, newest.on_behalf) == (ChangeSource.FORM, True)


@pytest.mark.parametrize("key", ["supporting_agencies", "districts", "lead_agency"])
def test_ids_from_elsewhere_are_refused(draft: Initiative, coordinator: User, key: str) -> None:
    elsewhere = make_regency()
    foreign = make_district(elsewhere).pk if key == "districts" else make_agency(elsewhere).pk
    with pytest.raises(ValidationError, match="tidak ada di wilayah Anda"):
        save(draft, coordinator, **{key: foreign if key == "lead_agency" else [foreign]})
    draft.refresh_from_db()
    assert draft.edit_version == 1
