"""`audit_verify` names each alteration with its table and id, and nothing else."""

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.conf import settings as django_settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from agencies.models import SecurityEvent, User
from masterplan.models import InitiativeChange
from smartcity.audit.digests import columns_of, digests, value_of
from smartcity.audit.log import LOG, RHYTHM
from smartcity.audit.sealing import seal_new
from smartcity.models import AuditSeal
from tests.factories import history_open, make_initiative
from tests.smartcity.audit.acts import act, found, misdate, note

EVENTS = "agencies.SecurityEvent"


@pytest.fixture
def chain(coordinator: User, regency: Any) -> list[SecurityEvent]:
    """Five seals on two rows each."""
    rows = []
    for _ in range(5):
        rows += note(coordinator, regency, count=2)
        assert seal_new() == 2
    assert found() == []
    return rows


@pytest.fixture
def tampering() -> Iterator[None]:
    """Somebody has taken the guards away."""
    with history_open():
        yield


def named(**options: Any) -> list[tuple[str, Any]]:
    """What is named: of a row its id, of a seal its number."""
    return [(each.kind, each.id or each.seal) for each in found(**options)]


def seals(number: int) -> Any:
    return AuditSeal.objects.filter(number=number)


def test_a_changed_row_of_any_table_is_named_and_nothing_else(
    plan: Any, agency: Any, agency_head: User, coordinator: User, administrator: User, tampering: None
) -> None:
    act(plan, agency, agency_head, coordinator, administrator)
    seal_new()
    assert found() == []
    changed = []
    for table in LOG:
        row = apps.get_model(table)._base_manager.order_by("pk").last()
        type(row)._base_manager.filter(pk=row.pk).update(at=timezone.now())
        changed.append((table, row.pk))
    told = found()
    assert [(each.kind, each.table, each.id) for each in told] == [("row_changed", *row) for row in changed]
    assert {each.regency for each in told} == {plan.regency.full_name}
    assert all("diubah sesudah disegel (segel" in each.sentence for each in told)


def test_one_letter_of_an_answer_is_seen(plan: Any, agency: Any, agency_head: User, tampering: None) -> None:
    make_initiative(plan, agency=agency, by=agency_head, risk="Anggaran terlambat.")
    seal_new()
    change = InitiativeChange.objects.get(after__risk="Anggaran terlambat.")
    change.after["risk"] = change.after["risk"].replace("terlambat", "Terlambat")
    change.save()
    assert [(each.kind, each.table, each.id) for each in found()] == [
        ("row_changed", "masterplan.InitiativeChange", change.pk)
    ]


def test_a_removed_row_and_one_that_took_another_number_are_named(chain: list[SecurityEvent], tampering: None) -> None:
    gone, moved = chain[2].pk, chain[5].pk
    SecurityEvent.objects.filter(pk=gone).delete()
    SecurityEvent.objects.filter(pk=moved).update(id=moved + 1000)
    assert named() == [("row_gone", gone), ("row_gone", moved)]


def test_a_row_that_slipped_in_is_named(coordinator: User, regency: Any) -> None:
    first = note(coordinator, regency)[0].pk
    with time_machine.travel(timezone.now(), tick=False) as clock:
        note(coordinator, regency, id=first + 2)
        seal_new()
        clock.shift(8 * RHYTHM)
        note(coordinator, regency)[0] if connection.vendor == "sqlite" else note(coordinator, regency, id=first + 3)
        seal_new()
        note(coordinator, regency, id=first + 1)
        assert named() == [("row_slipped_in", first + 1)]


def test_rows_that_exchanged_their_contents_are_both_named(chain: list[SecurityEvent], tampering: None) -> None:
    SecurityEvent.objects.filter(pk=chain[3].pk).update(subject="lain@contoh.test")
    SecurityEvent.objects.filter(pk=chain[4].pk).update(detail="Lain")
    assert named() == [("row_changed", chain[3].pk), ("row_changed", chain[4].pk)]


@pytest.mark.parametrize(
    "change",
    [
        {"digests": b"\0" * 64}, {"rows": [[1, 1]]}, {"table": "masterplan.StatusChange"}, {"columns": ["id"]},
        {"previous": "0" * 64}, {"value": "0" * 64}, {"made_at": "2020-01-01T00:00Z"}, {"open_gaps": [[1, 99, 0]]},
        {"last_id": 999}, {"after_id": 0},
    ],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_a_changed_seal_is_named_and_no_other(chain: list[SecurityEvent], tampering: None, change: Any) -> None:
    seals(3).update(**change)
    assert named() == [("seal_changed", 3)]


def test_a_seal_that_cannot_be_read_is_named(chain: list[SecurityEvent], tampering: None) -> None:
    is_unreadable = misdate(seals(3).get())
    assert named() == [("seal_changed", 3)] * is_unreadable


def test_a_seal_made_without_the_key_is_named(chain: list[SecurityEvent], tampering: None) -> None:
    """Whoever can only write to the database changes a row and makes its digest anew, but not the value."""
    seal = seals(3).get()
    seal.digests = bytes(seal.digests)[::-1]
    seal.value = value_of(seal, key="a guess")
    seal.save()
    assert named() == [("seal_changed", 3)]


@pytest.mark.parametrize(("gone", "first"), [([1], 1), ([3], 3), ([2, 3, 4], 2)])
def test_removed_seals_are_named(chain: list[SecurityEvent], tampering: None, gone: list[int], first: int) -> None:
    AuditSeal.objects.filter(number__in=gone).delete()
    assert named() == [("seal_gone", first)]


def test_seals_in_another_order_are_named(chain: list[SecurityEvent], tampering: None) -> None:
    for old, new in ((2, 99), (3, 2), (99, 3)):
        seals(old).update(number=new)
    assert named() == [("seal_changed", 2), ("seal_changed", 3)]


def test_a_link_of_another_chain_of_the_same_portal_is_named(chain: list[SecurityEvent], tampering: None) -> None:
    """What somebody finds in an old copy of the database: made with the right key, for another place."""
    seal = seals(3).get()
    seal.previous = "1" * 64
    seal.value = value_of(seal)
    seal.save()
    assert named() == [("seal_order", 3), ("seal_order", 4)]


def test_a_chain_that_was_cut_off_is_noticed(chain: list[SecurityEvent], tampering: None) -> None:
    last = seals(5).get()
    noted = (last.number, last.value)
    assert named(noted=noted) == []
    seals(5).delete()
    assert named(noted=noted) == [("noted_seal_gone", 5)]
    with time_machine.travel(timezone.now() + 2 * RHYTHM):
        assert [(each.kind, each.table) for each in found()] == [("unsealed", EVENTS)]
        assert seal_new() == 2  # who cuts and has it sealed again is known by the noted value alone
        assert named() == []
        assert named(noted=noted) == [("noted_seal_gone", 5)]


def test_an_older_key_still_holds_and_a_lost_one_is_said(chain: list[SecurityEvent], settings: Any) -> None:
    old = django_settings.SECRET_KEY
    settings.SECRET_KEY = "kunci-baru-" * 6
    told = found()
    assert [each.kind for each in told] == ["seal_changed"] * 5 + ["key"]
    assert "SECRET_KEY_FALLBACKS" in told[-1].sentence
    settings.SECRET_KEY_FALLBACKS = [old]
    assert found() == []
    note(chain[0].actor, chain[0].regency)
    assert seal_new() == 1
    settings.SECRET_KEY_FALLBACKS = []
    assert named() == [("seal_changed", number) for number in range(1, 6)]


def test_a_column_that_came_later_changes_no_seal_and_one_that_went_is_said(
    chain: list[SecurityEvent], tampering: None
) -> None:
    names = [name for name in columns_of(SecurityEvent) if name != "detail"]
    earlier = seals(5).get()
    of_rows = digests(SecurityEvent, names, Q(pk__gt=earlier.after_id, pk__lte=earlier.last_id))
    earlier.columns, earlier.digests = names, b"".join(dict(of_rows).values())
    earlier.value = value_of(earlier)
    earlier.save()
    assert named() == []
    earlier.columns = [*names, "gone"]
    earlier.value = value_of(earlier)
    earlier.save()
    assert named() == [("columns_gone", 5)]


# The command ----------------------------------------------------------------------------------------------------------


def told(*arguments: str) -> tuple[int, str]:
    out, code = StringIO(), 0
    try:
        call_command("audit_verify", *arguments, stdout=out, no_color=True)
    except SystemExit as ended:
        code = int(str(ended.code))
    return code, out.getvalue()


def test_a_whole_log_is_told_with_figures(chain: list[SecurityEvent], coordinator: User, regency: Any) -> None:
    note(coordinator, regency, count=3)
    value = seals(5).get().value
    assert told() == (
        0,
        f"10 catatan dalam 5 segel utuh; 3 belum disegel.\nSegel terakhir, untuk dicatat di luar portal: 5:{value}\n",
    )
    assert told("--seal")[1].startswith("13 catatan dalam 6 segel utuh; 0 belum disegel.\n")
    assert told("--expect", f"5:{value}")[0] == 0
    assert told("--expect", f"5:{'0' * 64}")[0] == 1
    with pytest.raises(CommandError, match="nomor dan nilai segel"):
        told("--expect", "lima")


def test_what_was_altered_is_told_a_line_each(chain: list[SecurityEvent], regency: Any, tampering: None) -> None:
    SecurityEvent.objects.filter(pk=chain[0].pk).update(detail="Lain")
    SecurityEvent.objects.filter(pk=chain[9].pk).delete()
    code, text = told()
    lines = text.splitlines()
    assert code == 1
    assert lines[0].startswith(
        f"Kejadian akses {chain[0].pk} [{EVENTS}, {regency.full_name}] diubah sesudah disegel (segel 1, "
    )
    assert lines[1].startswith(f"Kejadian akses {chain[9].pk} [{EVENTS}] dihapus sesudah disegel (segel 5, ")
    assert lines[2] == "2 perubahan ditemukan pada 9 catatan dalam 5 segel."

    code, text = told("--json")
    data = json.loads(text)
    assert (code, data["ok"], data["rows"], data["seals"]) == (1, False, 9, 5)
    assert [(each["kind"], each["id"], each["seal"]) for each in data["alterations"]] == [
        ("row_changed", chain[0].pk, 1), ("row_gone", chain[9].pk, 5),
    ]  # fmt: skip
