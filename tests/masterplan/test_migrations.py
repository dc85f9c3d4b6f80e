"""A database of the last release goes on with what came after it; a new one has all that the models ask for."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.exceptions import NodeNotFoundError
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from masterplan.models import Dimension, PlanImport, SubDimension
from masterplan.reference import DIMENSIONS
from tests.factories import make_rpjmd

FIRST = ("masterplan", "0001_squashed_0025_reviewers")


def planned(recorded):
    """What `migrate` would do in a database in which only these migrations of `masterplan` are recorded."""
    recorder = MigrationRecorder(connection)
    recorder.migration_qs.filter(app="masterplan").delete()
    for name in recorded:
        recorder.record_applied(*name)
    executor = MigrationExecutor(connection)
    return [step.name for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


@pytest.fixture
def replaced():
    return MigrationLoader(None).disk_migrations[FIRST].replaces


@pytest.mark.django_db
def test_a_database_of_the_last_release_goes_on_where_it_stands(replaced):
    assert len(replaced) == 25
    assert planned(replaced)[:2] == ["0026_plan_answers", "0027_opening"]
    assert planned([*replaced, ("masterplan", "0026_plan_answers")])[0] == "0027_opening"
    assert planned([])[0] == FIRST[1]


@pytest.mark.django_db
def test_a_database_from_before_it_is_refused(replaced):
    with pytest.raises(NodeNotFoundError, match="some of the replaced migrations are already applied"):
        planned(replaced[:20])


@pytest.mark.django_db
def test_a_new_database_has_the_dimensions_of_the_programme():
    assert list(Dimension.objects.filter(regency=None).values_list("code", flat=True)) == [d.code for d in DIMENSIONS]
    assert SubDimension.objects.count() == sum(len(dimension.sub_dimensions) for dimension in DIMENSIONS)


@pytest.mark.django_db
def test_every_constraint_of_a_model_is_in_the_database():
    """Constraints that stand in a table's definition are easily lost when a migration is written by hand."""
    missing = []
    with connection.cursor() as cursor:
        for model in apps.get_app_config("masterplan").get_models():
            found = connection.introspection.get_constraints(cursor, model._meta.db_table)
            missing += [each.name for each in model._meta.constraints if each.name not in found]
    assert missing == []


@pytest.mark.django_db
def test_answers_to_a_plan_get_their_sentences_and_lose_them_again(regency, coordinator):
    """One whose sentence is no longer known is asked again."""
    step = import_module("masterplan.migrations.0026_plan_answers")
    job = PlanImport.objects.create(
        plan=make_rpjmd(regency), requested_by=coordinator, filename="rpjmd.xlsx", file="plans/x.xlsx", size=1,
        answers={"Lembar!C5": "1,25", "Lembar!C9": "2"},
        result={"doubts": [{"key": "Lembar!C5", "sentence": "Berapa?"}, {"key": "Lembar!C6", "sentence": "Apa?"}]},
    )  # fmt: skip
    step.keep_sentences(apps, None)
    job.refresh_from_db()
    assert job.answers == {"Lembar!C5": {"answer": "1,25", "sentence": "Berapa?"}}
    step.keep_answers(apps, None)
    job.refresh_from_db()
    assert job.answers == {"Lembar!C5": "1,25"}
