"""A past for tests: acts that happened some time ago. Only here are rows of the audit log ever changed."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from smartcity.audit import log


@contextmanager
def history_open() -> Iterator[None]:
    """The guards of the log are away in the block."""
    with transaction.atomic():
        _check_what_waits()
        log.remove()
        yield
        _check_what_waits()
        log.install()


def _check_what_waits() -> None:
    """PostgreSQL takes no trigger from a table on which a check waits for the end of the transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
