"""Writing the narrative of the books."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from masterplan.actions.outline import complete_outline
from masterplan.actions.sections import SECTION_LIMIT, SectionConflict, save_section


@pytest.fixture
def section(plan, coordinator):
    complete_outline(plan, bodies={}, by=coordinator)
    return plan.sections.get(key="pendahuluan.latar-belakang")


def test_a_text_is_stored_with_who_and_when(section, coordinator):
    saved = save_section(section, by=coordinator, body="Satu\r\n\r\n- dua ", version=1)

    assert (saved.body, saved.edit_version, saved.updated_by) == ("Satu\n\n- dua", 2, coordinator)
    assert saved.updated_at is not None


def test_saving_the_same_text_changes_nothing(section, coordinator):
    assert save_section(section, by=coordinator, body=section.body, version=0).updated_at is None


def test_a_stale_version_holds_both_texts_and_writes_nothing(section, coordinator):
    save_section(section, by=coordinator, body="Pertama", version=1)

    with pytest.raises(SectionConflict) as conflict:
        save_section(section, by=coordinator, body="Kedua", version=1)

    assert (conflict.value.current, conflict.value.mine, conflict.value.version) == ("Pertama", "Kedua", 2)
    section.refresh_from_db()
    assert section.body == "Pertama"


def test_a_text_that_is_too_long_says_the_limit(section, coordinator):
    with pytest.raises(ValidationError, match=r"batasnya 20\.000"):
        save_section(section, by=coordinator, body="x" * (SECTION_LIMIT + 1), version=1)


@pytest.mark.parametrize("person", ["drafter", "agency_head", "executive", "expert", "administrator", "outsider"])
def test_only_the_coordinator_writes(request, plan, section, person):
    by = request.getfixturevalue(person)

    with pytest.raises(PermissionDenied):
        save_section(section, by=by, body="Lain", version=1)
