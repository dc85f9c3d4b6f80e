"""The broker of files: a reader never meets half a message, and none is lost between two readers."""

import multiprocessing
import time
from pathlib import Path
from typing import Any

from kombu import Connection, Queue

from smartcity.broker import Transport

MESSAGES = 300
QUEUE = Queue("books", routing_key="books")


def connect(folder: Path) -> Connection:
    options = {
        "data_folder_in": str(folder),
        "data_folder_out": str(folder),
        "control_folder": str(folder / "control"),
        "store_processed": True,
        "processed_folder": str(folder / "done"),
        "polling_interval": 0.0005,
    }
    return Connection("filesystem://localhost", transport=Transport, transport_options=options)


def consume(folder: Path, seconds: float, results: Any) -> None:
    found: list[int] = []
    deadline = time.monotonic() + seconds
    with connect(folder) as broker, broker.SimpleQueue(QUEUE) as queue:
        while time.monotonic() < deadline:
            try:
                message = queue.get(timeout=0.2)
            except queue.Empty:
                continue
            found.append(message.payload["number"])
            message.ack()
    results.put(found)


def test_every_message_arrives_whole_and_once(tmp_path: Path) -> None:
    for name in ("control", "done"):
        (tmp_path / name).mkdir()
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    readers = [context.Process(target=consume, args=(tmp_path, 4, results)) for _ in range(2)]
    for reader in readers:
        reader.start()
    with connect(tmp_path) as broker, broker.SimpleQueue(QUEUE) as queue:
        for number in range(MESSAGES):
            queue.put({"number": number})
            time.sleep(0.001)
    found = [number for _ in readers for number in results.get(timeout=30)]
    for reader in readers:
        reader.join()
    assert [reader.exitcode for reader in readers] == [0, 0]
    assert sorted(found) == list(range(MESSAGES))
