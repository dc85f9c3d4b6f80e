"""Sends Celery tasks after the transaction. The row is the truth: a message that is lost is sent again by the sweep."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)
# An optional message expires after so long; after a broker did not answer, none is sent for so long.
_OPTIONAL_SECONDS, _PAUSE_SECONDS = 900, 60
_paused_until = 0.0
_disabled: ContextVar[bool] = ContextVar("disabled", default=False)


class QueueableTask(Protocol):
    """What this module needs of a Celery task."""

    name: str

    def delay(self, *args: Any) -> Any:
        """Send the message."""

    def apply_async(self, args: tuple[Any, ...], *, countdown: float, expires: float) -> Any:
        """Send the message with a delay."""


def enqueue(task: QueueableTask, *ids: int) -> None:
    """Send `task` once the transaction is committed; a broker that is away never fails the act."""

    if _disabled.get():
        return

    def send() -> None:
        try:
            task.delay(*ids)
        except (OperationalError, OSError) as error:
            logger.warning("%s%s is queued; the broker did not answer: %s", task.name, ids, error)

    transaction.on_commit(send)


def enqueue_optional(task: QueueableTask, pk: int, *, after: float) -> None:
    """Send work that may be left undone, `after` seconds from now; the task gets `pk` and the time of the commit.

    After a broker did not answer nothing is sent for a minute, so that nobody who saves waits for it again and again.
    """
    if _disabled.get():
        return

    def send() -> None:
        global _paused_until
        if time.monotonic() < _paused_until:
            return
        try:
            task.apply_async((pk, time.time()), countdown=after, expires=_OPTIONAL_SECONDS)
        except (OperationalError, OSError) as error:
            _paused_until = time.monotonic() + _PAUSE_SECONDS
            logger.info("%s(%s) is left undone; the broker did not answer: %s", task.name, pk, error)

    transaction.on_commit(send)


@contextmanager
def without_enqueueing() -> Iterator[None]:
    """Send nothing inside the block: for many rows at once, which the sweep then finds by itself."""
    token = _disabled.set(True)
    try:
        yield
    finally:
        _disabled.reset(token)
