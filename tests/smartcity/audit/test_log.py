"""The tables of the audit log take no change and no removal, whoever tries, on either database."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction

from agencies.models import Agency, SecurityEvent, User
from agencies.roles import Role
from masterplan.models import MasterPlan
from smartcity.audit import log
from smartcity.audit.digests import columns_of
from smartcity.audit.sealing import seal_new
from smartcity.common import triggers
from tests.factories import make_person, make_regency
from tests.smartcity.audit.acts import act, note

SEALED = {
    "agencies.SecurityEvent": "id regency_id kind actor_id subject detail at",
    "masterplan.InitiativeChange": "id initiative_id version source on_behalf request_key before after by_id by_role at",
    "masterplan.WritingChange": "id master_plan_id kind subject_id version source request_key before after by_id by_role at",
    "masterplan.StatusChange": "id initiative_id snapshot_id transition from_status to_status comment by_id by_role at",
    "masterplan.BookDownload": "id job_id by_id at",
    "masterplan.InitiativeReminder": "id initiative_id day message by_id by_role at",
}


@pytest.fixture
def busy(plan: MasterPlan, agency: Agency, agency_head: User, coordinator: User, administrator: User) -> None:
    """Rows in every table of the log, and seals on them."""
    act(plan, agency, agency_head, coordinator, administrator)
    assert seal_new()


def attempts(model: Any) -> dict[str, Callable[[], Any]]:
    """Ways to change what is there: each alone would succeed without a guard."""
    row, table = model._base_manager.first(), model._meta.db_table
    column = next(field for field in model._meta.concrete_fields if not field.primary_key)
    rows = model._base_manager.filter(pk=row.pk)

    def raw(sql: str) -> Callable[[], Any]:
        return lambda: connection.cursor().execute(sql)

    return {
        "save": row.save,
        "update": lambda: rows.update(**{column.attname: getattr(row, column.attname)}),
        "delete": row.delete,
        "delete many": lambda: rows._raw_delete("default"),
        "raw update": raw(f'UPDATE "{table}" SET id = id + 100000 WHERE id = {row.pk}'),
        "raw delete": raw(f'DELETE FROM "{table}"'),
    } | (
        {"truncate": raw(f'SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE "{table}"')}
        if connection.vendor == "postgresql"
        else {}
    )


def test_no_row_is_changed_or_removed_past_any_door(busy: None) -> None:
    for model in log.guarded():
        before = list(model._base_manager.order_by("pk").values())
        for name, attempt in attempts(model).items():
            with pytest.raises(IntegrityError, match=log.MESSAGE), transaction.atomic():
                attempt()
                pytest.fail(f"{model.__name__}: {name}")
        assert list(model._base_manager.order_by("pk").values()) == before


def test_what_acts_are_about_is_not_removed_either(plan: MasterPlan, busy: None) -> None:
    """A cascade ends at the log."""
    initiative = plan.initiatives.filter(status="returned").first()
    assert initiative is not None
    with pytest.raises(IntegrityError, match=log.MESSAGE), transaction.atomic():
        initiative.delete()


def only_added(found: list[type[models.Model]]) -> set[str]:
    return {
        model._meta.label
        for model in found
        if re.search(r"rows\s+are\s+only\s+ever\s+added", model.__doc__ or "", re.IGNORECASE)
    }


def test_every_table_that_says_so_is_guarded() -> None:
    """A new one fails here until it is in the log; so does one of the log that does not tell its readers."""
    assert only_added(apps.get_models()) == {model._meta.label for model in log.guarded()}
    assert {*log.LOG, "smartcity.AuditSeal"} == {model._meta.label for model in log.guarded()}


def test_every_table_of_the_log_says_when_and_where(db: None) -> None:
    for table, ways in log.LOG.items():
        model = apps.get_model(table)
        assert isinstance(model._meta.get_field("at"), models.DateTimeField), table
        list(model._base_manager.values_list(*ways))  # a way that does not exist is refused here


def test_no_column_that_was_ever_sealed_goes() -> None:
    """Seals on it could not be looked at any more. A new column is entered here; it is sealed from then on."""
    today = {table: sorted(columns_of(apps.get_model(table))) for table in log.LOG}
    assert today == {table: sorted(columns.split()) for table, columns in SEALED.items()}


def test_guards_survive_a_migration_and_are_away_during_one(busy: None) -> None:
    connection.check_constraints()
    if connection.vendor == "postgresql":
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    log.before_migrate("default", plan=[("a migration", False)])
    try:
        assert SecurityEvent.objects.update(detail="Lain") >= 2
    finally:
        log.after_migrate("default", plan=[], apps=apps)
    with pytest.raises(IntegrityError, match=log.MESSAGE), transaction.atomic():
        SecurityEvent.objects.update(detail="Lain lagi")


def test_tables_of_an_earlier_release_get_no_guards() -> None:
    class Earlier:
        @staticmethod
        def get_model(label: str) -> Any:
            raise LookupError(label)

    assert not triggers.are_current(Earlier, log.guarded())
    assert triggers.are_current(apps, log.guarded())


@pytest.mark.django_db(transaction=True)
def test_flush_empties_the_log_once_somebody_has_agreed_and_the_guards_stand_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def one() -> None:
        note(make_person(regency := make_regency(), Role.COORDINATOR), regency)

    one()
    monkeypatch.setattr("builtins.input", lambda question: "tidak")
    call_command("flush")
    assert SecurityEvent.objects.exists()
    monkeypatch.setattr("builtins.input", lambda question: "ya")
    call_command("flush", verbosity=0, reset_sequences=False)  # the tests after this one go on with their numbers
    assert not SecurityEvent.objects.exists()
    one()
    with pytest.raises(IntegrityError, match=log.MESSAGE), transaction.atomic():
        SecurityEvent.objects.all().delete()
