"""Several threads that do the same thing at the same moment, each with a database connection of its own."""

import threading
from typing import Any

from django.db import connection


def in_threads(count: int, work: Any) -> list[Any]:
    """Let `count` threads begin `work` at one moment; their results."""
    results: list[Any] = []
    gate = threading.Barrier(count)

    def run() -> None:
        gate.wait()
        try:
            results.append(work())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
