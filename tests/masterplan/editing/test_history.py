"""What a field held at a version or a moment, read back from the record of changes."""

import pytest
from django.utils import timezone

from masterplan.editing.history import values_since
from masterplan.initiatives.actions import initiatives
from masterplan.models import Initiative
from tests.factories import make_initiative


@pytest.fixture
def initiative(plan, agency, drafter):
    return make_initiative(plan, agency=agency, by=drafter, risk="Satu.", problem="Masalah.")


def save(initiative, by, **data):
    version = Initiative.objects.get(pk=initiative.pk).edit_version
    return initiatives.save(initiative, by=by, data=data, version=version)


def test_each_version_gives_what_stood_there_and_what_stands_now(initiative, drafter):
    begun = initiative.edit_version
    save(initiative, drafter, risk="Dua.")
    save(initiative, drafter, problem="Masalah lain.")
    now = save(initiative, drafter, risk="Tiga.")

    _, past = values_since(
        now, None, [("risk", begun), ("risk", begun + 1), ("risk", now.edit_version), ("problem", begun)]
    )

    assert past == {
        ("risk", begun): ("Satu.", "Tiga."),
        ("risk", begun + 1): ("Dua.", "Tiga."),
        ("problem", begun): ("Masalah.", "Masalah lain."),
    }


def test_a_text_that_came_back_has_not_changed(initiative, drafter):
    begun = initiative.edit_version
    save(initiative, drafter, risk="Dua.")
    now = save(initiative, drafter, risk="Satu.")

    assert values_since(now, None, [("risk", begun)]) == ({}, {})


def test_nothing_is_asked_where_nothing_was_saved_since(initiative, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert values_since(initiative, None, [("risk", initiative.edit_version), ("unknown", 1)]) == ({}, {})


def test_moment_and_versions_come_from_one_question(initiative, drafter, django_assert_num_queries):
    begun, moment = initiative.edit_version, timezone.now()
    now = save(initiative, drafter, risk="Dua.")

    with django_assert_num_queries(1):
        changed, past = values_since(now, moment, [("risk", begun)])
    assert changed == {"risk": "Satu."}
    assert past == {("risk", begun): ("Satu.", "Dua.")}


def test_what_changed_since_a_moment(initiative, drafter):
    save(initiative, drafter, problem="Dulu.")
    moment = timezone.now()
    save(initiative, drafter, risk="Dua.")
    now = save(initiative, drafter, risk="Tiga.")

    assert values_since(now, moment, ())[0] == {"risk": "Satu."}
