"""Rings a worker after the transaction. The row is the truth: a bell nobody hears is rung again by the sweep."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)
# A hint nobody heard for so long is forgotten; after a broker did not answer, none is sent for so long.
_HINT_SECONDS, _DEAF_SECONDS = 900, 60
_deaf_until = 0.0
_silent: ContextVar[bool] = ContextVar("silent", default=False)


class Ringable(Protocol):
    """A Celery task, as far as the bell is concerned."""

    name: str

    def delay(self, *args: Any) -> Any:
        """Send the message."""

    def apply_async(self, args: tuple[Any, ...], *, countdown: float, expires: float) -> Any:
        """Send the message to be heard later."""


def ring(task: Ringable, *ids: int) -> None:
    """Wake a worker for `task` once the transaction is committed; a broker that is away never fails the act."""

    if _silent.get():
        return

    def send() -> None:
        try:
            task.delay(*ids)
        except (OperationalError, OSError) as error:
            logger.warning("%s%s is queued; the broker did not answer: %s", task.name, ids, error)

    transaction.on_commit(send)


def hint(task: Ringable, pk: int, *, after: float) -> None:
    """Tell a worker, `after` seconds from now, of work that may as well be left undone; it gets the time of the commit.

    A broker that is away is left in peace for a minute, so that nobody who saves waits for it again and again.
    """
    if _silent.get():
        return

    def send() -> None:
        global _deaf_until
        if time.monotonic() < _deaf_until:
            return
        try:
            task.apply_async((pk, time.time()), countdown=after, expires=_HINT_SECONDS)
        except (OperationalError, OSError) as error:
            _deaf_until = time.monotonic() + _DEAF_SECONDS
            logger.info("%s(%s) is left undone; the broker did not answer: %s", task.name, pk, error)

    transaction.on_commit(send)


@contextmanager
def silence() -> Iterator[None]:
    """Ring nothing inside the block: for many rows at once, which the sweep then finds by itself."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)
