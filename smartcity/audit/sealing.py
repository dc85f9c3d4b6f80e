"""Seals the new rows of the audit log: in the background, without a lock, and never twice.

Ids may become visible out of order on PostgreSQL: a number that was missing when the rows around it were sealed is kept
in view as a gap, and a row that appears there within hours is sealed by the next seal.
"""

import logging
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Count, Min, Model, Q
from django.utils import timezone

from smartcity.models import AuditSeal

from .digests import columns_of, digests, runs_of, value_of
from .log import LOG, RHYTHM

BATCH = 500
# Rows sealed by one stroke of the clock; what is left waits for the next.
MOST = 20_000
# Longer than any transaction of the portal lasts: a number still missing then belongs to none.
LATE = timedelta(hours=6)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Unsealed:
    """Rows of a table that wait for a seal: how many, and of when the oldest is."""

    table: str
    count: int
    oldest: datetime | None


def seal_new(most: int = MOST) -> int:
    """Seal rows that no seal covers, at most about `most`; returns how many. Of two at once, one gives way."""
    total = 0
    for table in LOG:
        while total < most:
            sealed = _seal_batch(table)
            total += sealed
            if sealed < BATCH:
                break
    return total


def _seal_batch(table: str) -> int:
    """The next seal of a table. It is one INSERT, whose number only one sealer can have: who read the chain before
    another added to it is refused, and so needs no lock.
    """
    number, value = AuditSeal.objects.order_by("-number").values_list("number", "value").first() or (0, "")
    before = AuditSeal.objects.filter(table=table).order_by("-number").values_list("last_id", "open_gaps").first()
    after_id, gaps = before or (0, [])
    model = apps.get_model(table)
    columns = columns_of(model)
    late = _late(model, columns, gaps)
    new = dict(digests(model, columns, Q(pk__gt=after_id), BATCH - len(late)))
    if not late and not new:
        return 0
    found = {**late, **new}
    seal = AuditSeal(number=number + 1, previous=value, table=table, columns=columns, after_id=after_id)
    seal.last_id, seal.rows, seal.digests = max(new, default=after_id), runs_of(found), b"".join(found.values())
    seal.open_gaps = [*_still_open(gaps, late), *_new_gaps(after_id, new)]
    return len(found) if _add(seal) else 0


def _add(seal: AuditSeal) -> bool:
    """Make it the end of the chain; False when another sealer was faster."""
    seal.made_at = timezone.now()
    seal.value = value_of(seal)
    try:
        with transaction.atomic():
            seal.save(force_insert=True)
    except IntegrityError:
        return False
    # Outside the database, so that a chain whose end was cut off can be told from what the log of the worker says.
    logger.info("Segel %s: %s", seal.number, seal.value)
    return True


def _late(model: type[Model], columns: list[str], gaps: list[list[int]]) -> dict[int, bytes]:
    """Rows that became visible below what is sealed."""
    if not gaps:
        return {}
    wanted = Q(pk__in=[])
    for first, last, _ in gaps:
        wanted |= Q(pk__range=(first, last))
    return dict(digests(model, columns, wanted, BATCH))


def _still_open(gaps: list[list[int]], late: dict[int, bytes]) -> list[list[int]]:
    """What remains of gaps, but for those that have been looked at for long enough."""
    oldest = time.time() - LATE.total_seconds()
    left = []
    for first, last, since in gaps:
        if since < oldest and len(late) < BATCH:
            continue
        inside = [pk for pk in sorted(late) if first <= pk <= last]
        edges = [first - 1, *inside, last + 1]
        left += [[low + 1, high - 1, since] for low, high in pairwise(edges) if high - low > 1]
    return left


def _new_gaps(after_id: int, new: dict[int, bytes]) -> list[list[int]]:
    now, edges = int(time.time()), [after_id, *new]
    return [[low + 1, high - 1, now] for low, high in pairwise(edges) if high - low > 1]


# What waits -----------------------------------------------------------------------------------------------------------


def unsealed() -> list[Unsealed]:
    """What stands behind the last seal of each table."""
    found = []
    for table in LOG:
        last = AuditSeal.objects.filter(table=table).order_by("-number").values_list("last_id", flat=True).first() or 0
        rows = apps.get_model(table)._base_manager.filter(pk__gt=last)
        counted = rows.aggregate(count=Count("pk"), oldest=Min("at"))
        found.append(Unsealed(table, counted["count"], counted["oldest"]))
    return found


def overdue(waiting: list[Unsealed]) -> list[Unsealed]:
    """Those that wait longer than the clock allows; none while it strikes, for what was just added may be of old."""
    limit = timezone.now() - RHYTHM
    if AuditSeal.objects.filter(made_at__gte=limit).exists():
        return []
    return [each for each in waiting if each.oldest is not None and each.oldest < limit]
