"""Every row is sealed once: whoever writes beside the sealer, commits late or is killed, and however many seal at once."""

import threading
from collections import Counter
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Max
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.models import SecurityEvent, User
from agencies.roles import Role
from smartcity.audit import sealing
from smartcity.audit.digests import ids_of
from smartcity.audit.log import LOG
from smartcity.audit.sealing import BATCH, LATE, seal_new
from smartcity.models import AuditSeal
from smartcity.tasks import seal_audit_log
from tests.at_once import in_threads
from tests.factories import history_open, make_person, make_regency
from tests.smartcity.audit.acts import act, found, misdate, note


def sealed_ids(table: str = "agencies.SecurityEvent") -> Counter[int]:
    return Counter(pk for seal in AuditSeal.objects.filter(table=table) for pk in ids_of(seal.rows))


def each_once(table: str = "agencies.SecurityEvent") -> bool:
    return sealed_ids(table) == Counter(apps.get_model(table)._base_manager.values_list("pk", flat=True))


@pytest.fixture
def somebody(transactional_db: None) -> User:
    return make_person(make_regency(), Role.COORDINATOR)


def one(by: User, **fields: Any) -> SecurityEvent:
    return note(by, by.memberships.get().regency, **fields)[0]


def test_the_clock_seals_what_is_new_and_nothing_twice(
    plan: Any, agency: Any, agency_head: User, coordinator: User, administrator: User
) -> None:
    act(plan, agency, agency_head, coordinator, administrator)
    seal_audit_log()
    assert AuditSeal.objects.count() == len(LOG)
    assert all(each_once(table) for table in LOG)
    seal_audit_log()
    assert AuditSeal.objects.count() == len(LOG)
    note(coordinator, plan.regency)
    assert seal_new() == 1
    assert each_once()
    assert found() == []


def test_the_statements_of_a_seal_are_as_many_for_one_row_as_for_a_full_batch(coordinator: User, regency: Any) -> None:
    def statements(count: int) -> int:
        note(coordinator, regency, count=count)
        with CaptureQueriesContext(connection) as asked:
            assert seal_new(most=1) == count
        return len(asked)

    statements(1)  # numbers that other tests have used up are looked for from the next seal on
    assert statements(1) == statements(BATCH) <= 7
    with CaptureQueriesContext(connection) as asked:
        assert seal_new() == 0
    assert len(asked) <= 4 * len(LOG)


def test_a_long_log_is_sealed_in_batches_and_no_stroke_lasts_for_ever(coordinator: User, regency: Any) -> None:
    note(coordinator, regency, count=2 * BATCH + 7)
    assert seal_new(most=BATCH) == BATCH
    assert seal_new() == BATCH + 7
    assert [seal.number for seal in AuditSeal.objects.all()] == [1, 2, 3]
    assert each_once()
    assert found() == []


def test_a_sealer_that_was_overtaken_gives_way(
    coordinator: User, regency: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has read the end of the chain, and another adds to it before it does."""
    note(coordinator, regency, count=3)
    value_of = sealing.value_of

    def overtaken(seal: AuditSeal) -> str:
        monkeypatch.setattr(sealing, "value_of", value_of)
        assert seal_new() == 3
        return value_of(seal)

    monkeypatch.setattr(sealing, "value_of", overtaken)
    assert seal_new() == 0
    assert AuditSeal.objects.count() == 1
    assert each_once()


def test_a_sealer_that_is_killed_leaves_what_was_there(
    coordinator: User, regency: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(coordinator, regency, count=3)

    class Killed(Exception):
        pass

    def die(seal: AuditSeal, **options: Any) -> None:
        super(AuditSeal, seal).save(**options)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(AuditSeal, "save", die)
        with pytest.raises(Killed):
            seal_new()
    assert not AuditSeal.objects.exists()
    assert seal_new() == 3
    assert found() == []


def test_a_row_that_cannot_be_read_holds_no_seal_up(
    coordinator: User, regency: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = note(coordinator, regency, count=3)
    with history_open():
        assert misdate(rows[1]) is (connection.vendor == "sqlite")
    assert seal_new() == 3
    assert each_once()
    assert found() == []


# At the same moment ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_sealers_and_many_writers_at_once_seal_each_row_once(somebody: User) -> None:
    turn = iter(range(6))

    def work() -> None:
        if next(turn) % 3 == 0:
            for _ in range(10):
                seal_new()
        else:
            for number in range(10):
                with transaction.atomic():
                    one(somebody)
                    if connection.vendor == "postgresql" and number % 4 == 3:
                        transaction.set_rollback(True)

    in_threads(6, work)
    seal_new()
    assert SecurityEvent.objects.count() >= 32
    assert each_once()
    assert found() == []


@pytest.mark.needs("postgres")  # SQLite has one writer at a time
@pytest.mark.django_db(transaction=True)
def test_a_row_that_commits_late_is_sealed_late_and_never_taken_for_an_intruder(somebody: User) -> None:
    written, go_on = threading.Event(), threading.Event()

    def late() -> None:
        try:
            with transaction.atomic():
                one(somebody)
                written.set()
                assert go_on.wait(60)
        finally:
            connection.close()

    thread = threading.Thread(target=late)
    thread.start()
    assert written.wait(60)
    early = one(somebody)
    assert seal_new() == 1
    assert list(sealed_ids()) == [early.pk]
    go_on.set()
    thread.join()
    assert SecurityEvent.objects.filter(pk__lt=early.pk).count() == 1
    assert found() == []
    assert seal_new() == 1
    assert each_once()
    assert found() == []


def test_a_number_that_stays_away_for_long_belongs_to_nobody(coordinator: User, regency: Any) -> None:
    """What a rolled back transaction leaves: for hours a late row is waited for, later it has slipped in."""
    first = note(coordinator, regency)[0].pk
    with time_machine.travel(timezone.now(), tick=False) as clock:
        note(coordinator, regency, id=first + 10)
        assert seal_new() == 2
        note(coordinator, regency, id=first + 4)
        assert found() == []
        assert seal_new() == 1
        clock.shift(LATE + LATE)
        note(coordinator, regency, id=first + 5)  # the sealer slept: this one is still seen
        assert seal_new() == 1
        note(coordinator, regency, id=first + 6)
        assert seal_new() == 0
        assert [(each.kind, each.id) for each in found()] == [("row_slipped_in", first + 6)]
    assert AuditSeal.objects.aggregate(Max("last_id"))["last_id__max"] == first + 10
