"""Models, migrations and the registry of fields say the same."""

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

from masterplan.models import (
    Activity,
    Initiative,
    InitiativeIndicator,
    InitiativeTarget,
    Partner,
    QuickWinScore,
    QuickWinWorksheet,
    YearBudget,
)
from masterplan.registry import FIELDS, Kind
from tests.architecture.source import SOURCE_FOLDERS

# Columns of an initiative that nobody fills in: identity, state, who, when. A new one belongs here or in the registry.
NOT_ASKED = {
    *("id", "master_plan", "code", "status", "edit_version", "based_on", "model_key", "reviewer"),
    *("created_at", "created_by", "updated_at", "updated_by", "updated_as"),
    *("submitted_at", "submitted_by", "review_started_at", "returned_at"),
    *("approved_at", "approved_by", "withdrawn_at"),
    *("waiver_reason", "waived_at", "waived_by"),
    *("behalf_version", "behalf_at", "behalf_as"),
    *("behalf_confirmed_version", "behalf_confirmed_at", "behalf_confirmed_by", "behalf_confirmed_as"),
}

# What the registry reads from each table of an initiative. A new column is entered here and in `registry.reading`.
TABLES = {
    Partner: {"kind", "name", "contribution"},
    Activity: {"name", "start", "end", "output"},
    InitiativeIndicator: {"kind", "name", "unit", "baseline", "direction", "end_condition"},
    InitiativeTarget: {"year", "text", "value"},
    YearBudget: {"year", "source", "amount"},
    QuickWinWorksheet: {"deliverable", "due_date"},
    QuickWinScore: {"aspect", "score", "note"},
}
ORDER_AND_OWNER = {"id", "order", "initiative", "indicator", "worksheet"}


def columns(model: type[models.Model]) -> set[str]:
    return {field.name for field in [*model._meta.concrete_fields, *model._meta.many_to_many]}


def pending(now: ProjectState) -> dict[str, list[str]]:
    """What migrations would have to be written for `now`, by app."""
    loader = MigrationLoader(None)
    found = MigrationAutodetector(loader.project_state(), now).changes(loader.graph)
    return {app: [str(op) for migration in made for op in migration.operations] for app, made in found.items()}


def test_migrations_are_in_step():
    with translation.override(None):
        found = pending(ProjectState.from_apps(apps))

    assert {app: operations for app, operations in found.items() if app in SOURCE_FOLDERS} == {}


def test_a_missing_migration_is_found():
    state = ProjectState.from_apps(apps)
    state.add_field("masterplan", "initiative", "forgotten", models.TextField(default=""), preserve_default=True)

    assert "masterplan" in pending(state)


def test_every_column_of_an_initiative_is_asked_or_bookkeeping():
    assert columns(Initiative) - set(FIELDS) == NOT_ASKED


def test_every_question_has_a_place_in_the_model():
    relations = {relation.get_accessor_name() for relation in Initiative._meta.related_objects}

    assert set(FIELDS) - columns(Initiative) - relations == set()


@pytest.mark.parametrize("model", TABLES)
def test_every_column_of_a_table_is_read(model):
    assert columns(model) - ORDER_AND_OWNER == TABLES[model]


@pytest.mark.parametrize("key", FIELDS)
def test_every_question_has_words_that_help(key):
    field = FIELDS[key]

    assert field.label
    assert field.help.endswith(".")
    assert field.example or field.kind is Kind.YES_NO
    assert field.sentence.endswith(".")
