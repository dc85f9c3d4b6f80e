"""Both ways to the tables of `masterplan` lead to the same place: step by step, and the one step of a new database."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.questioner import MigrationQuestioner

from masterplan.models import Dimension, PlanImport, SubDimension
from masterplan.reference import DIMENSIONS
from tests.factories import make_rpjmd


def test_the_squashed_migration_makes_what_its_predecessors_made():
    short, long = (MigrationLoader(None, replace_migrations=replaced) for replaced in (True, False))
    assert {name for app, name in short.graph.nodes if app == "masterplan"} == {"0001_squashed_0025_reviewers"} | {
        name for app, name in long.graph.nodes if app == "masterplan" and name > "0025_reviewers"
    }
    for one, other in ((short, long), (long, short)):
        detector = MigrationAutodetector(one.project_state(), other.project_state(), MigrationQuestioner())
        assert detector.changes(graph=one.graph) == {}


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
