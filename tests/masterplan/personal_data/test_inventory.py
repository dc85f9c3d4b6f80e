"""The inventory of personal data names every column that can hold some, and nothing that does not exist."""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.conf import settings
from django.db import models

from masterplan.personal_data.acts import ACTS
from masterplan.personal_data.inventory import MENTIONS, PERSON_TABLES, ErasureEffect
from masterplan.personal_data.texts import NOBODY, WRITTEN

TEXTS = (models.CharField, models.TextField, models.JSONField, models.FileField, models.GenericIPAddressField)
# The record of who was given access, which nobody can change.
KEPT = {"agencies.SecurityEvent"}


def wanted(everything: Iterable[type[models.Model]]) -> Iterator[str]:
    """Columns that lead to an account or can hold words; those with choices hold only ours."""
    for model in everything:
        for field in model._meta.concrete_fields:
            leads = field.is_relation and field.related_model._meta.label == settings.AUTH_USER_MODEL
            if leads or (isinstance(field, (*TEXTS, models.BinaryField)) and not field.choices):
                yield f"{model._meta.label}.{field.name}"


def spread(tables: dict[str, str]) -> list[str]:
    return [f"{table}.{column}" for table, columns in tables.items() for column in columns.split()]


ABOUT_PEOPLE = [f"{about.table}.{column}" for about in PERSON_TABLES for column in about.columns.split()]
MENTIONED = [f"{mention.table}.{column}" for mention in MENTIONS for column in mention.columns]
ACTING = [act.column for act in ACTS]
ABOUT_NOBODY = [column for tables in NOBODY.values() for column in spread(tables)]
DECLARED = {*ABOUT_PEOPLE, *MENTIONED, *ACTING, *spread(WRITTEN), *ABOUT_NOBODY}


def test_every_column_that_can_hold_something_of_a_person_is_declared() -> None:
    """A new one fails here until somebody has said what it is, how long it is kept and what erasing does to it."""
    assert set(wanted(apps.get_models(include_auto_created=True))) - DECLARED == set()


def test_a_column_that_nobody_declared_is_found() -> None:
    """The negative control: an account, an address, a free text and a table of a library."""
    some = {"masterplan.Comment.author", "agencies.User.email", "masterplan.Workshop.minutes", "mfa.Authenticator.data"}
    assert set(wanted(apps.get_models(include_auto_created=True))) - (DECLARED - some) == some


def test_what_is_declared_exists() -> None:
    for column in DECLARED:
        table, _, name = column.rpartition(".")
        assert apps.get_model(table)._meta.get_field(name), column


def test_a_column_is_declared_once() -> None:
    """What is about a person is not also said to be about nobody."""
    people = {*ABOUT_PEOPLE, *MENTIONED, *ACTING}
    texts = [*spread(WRITTEN), *ABOUT_NOBODY]
    assert len(texts) == len(set(texts))
    assert people & set(texts) == set()


def test_acts_name_columns_of_their_table() -> None:
    for act in ACTS:
        names = {field.name for field in apps.get_model(act.table)._meta.concrete_fields}
        assert {act.field, *act.words, *filter(None, [act.at])} <= names, act.column


def test_rows_about_a_person_are_found_somehow_and_only_the_record_of_access_is_kept() -> None:
    for about in PERSON_TABLES:
        assert about.account or about.address or about.name or about.table == "sessions.Session", about.table
        assert set(about.undisclosed) <= set(about.columns.split()), about.table
        assert about.purpose, about.table
        assert about.kept_until, about.table
    assert {about.table for about in PERSON_TABLES if about.effect is ErasureEffect.KEPT} == KEPT
