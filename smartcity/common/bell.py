"""Rings a worker after the transaction. The row is the truth: a bell nobody hears is rung again by the sweep."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)
_silent: ContextVar[bool] = ContextVar("silent", default=False)


class Ringable(Protocol):
    """A Celery task, as far as the bell is concerned."""

    name: str

    def delay(self, *args: Any) -> Any:
        """Send the message."""


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


@contextmanager
def silence() -> Iterator[None]:
    """Ring nothing inside the block: for many rows at once, which the sweep then finds by itself."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)
