"""The night of a deadline: people read, write and send at once while two books are being printed on the same machine (R9).

Arrivals do not wait for each other: what takes long is counted from the moment at which it was due, so that a portal
which stands still is seen as one that lets people wait.
"""

import json
import queue
import random
import re
import statistics
import sys
import time
import uuid
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

import pytest
from django.conf import settings as django_settings

from tests.processes import PASSWORD, SERVICES, Portal, free_port, wait_for
from tests.samples import Samples
from tests.services.writers import Visitor

pytestmark = pytest.mark.needs("postgres", "redis")

REPORT = Path(django_settings.BASE_DIR) / "var" / "benchmarks" / "deadline_night.json"
PER_SECOND, SECONDS = 40, 60
# Wanted are 400 ms for a page and 500 ms for a save; nineteen of twenty must stay below the bound on any machine.
ERROR_RATE, SLOWEST_MS = 0.001, 2_000
# Of a hundred people who come, so many read and so many save; the others send.
READS, SAVES = 62, 35
PADS, DRAFTS = 40, PER_SECOND * SECONDS * 5 // 100
HOME = "/wilayah/kabupaten-semarang/"
QUESTION, SECTION = "risk", "quick-win"
PAPER_FORMATS = ["jilid", "layar", "arsip", "a3", "hemat"]
PAGES = {
    "petugas": ["", "inisiatif/", "{draft}isian/identitas/", "{draft}isian/anggaran/"],
    "kepala": ["", "inisiatif/", "{draft}"],
    "koordinator": ["", "inisiatif/", "ikhtisar/", "tinjauan/", "keselarasan/", "rpjmd/"],
    "ahli": ["", "inisiatif/", "buku/"],
    "bupati": ["", "ikhtisar/", "buku/"],
}


@dataclass
class Pad:
    """A draft that one person at a time writes in."""

    pk: int
    version: int


@dataclass
class Night:
    """What is asked of the portal, and how long each answer took in milliseconds, by its kind."""

    address: str
    pads: "queue.Queue[Pad]"
    drafts: "queue.Queue[int]"
    shown: list[int]
    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)
    _people: dict[str, Visitor] = field(default_factory=dict)

    def let_in(self) -> None:
        """Everybody signs in before the rush."""
        for login in PAGES:
            self._people[login] = Visitor(self.address)
            self._people[login].sign_in(f"{login}@contoh.test", PASSWORD)

    def come(self, kind: str, due: float, chance: random.Random) -> None:
        """One person does one thing; `due` is when they wanted to."""
        try:
            {"read": self._read, "save": self._save, "send": self._send}[kind](chance)
        except (OSError, ValueError, AssertionError) as error:
            with self._lock:
                self.wrong.append(f"{kind}: {error!r}"[:300])
        with self._lock:
            self.took[kind].append((time.monotonic() - due) * 1000)

    def _read(self, chance: random.Random) -> None:
        who = chance.choice([*PAGES])
        page = chance.choice(PAGES[who]).format(draft=f"inisiatif/{chance.choice(self.shown)}/")
        where, _ = self._people[who].open(HOME + page)
        assert "/login/" not in where, where

    def _save(self, chance: random.Random) -> None:
        pad = self.pads.get()
        try:
            text = "Jaringan di desa lereng lemah. " * chance.randint(1, 20)
            packet = {"changed": QUESTION, QUESTION: text, "edit_version": pad.version, "key": uuid.uuid4().hex}
            path = f"{HOME}inisiatif/{pad.pk}/isian/{SECTION}/simpan/"
            answer = json.loads(self._people["petugas"].open(path, packet, "application/json")[1])
            assert answer["state"] == "saved" and not answer["errors"], answer
            pad.version = answer["version"]
        finally:
            self.pads.put(pad)

    def _send(self, chance: random.Random) -> None:
        where, page = self._people["kepala"].open(f"{HOME}inisiatif/{self.drafts.get_nowait()}/langkah/submit/", {})
        assert not where.endswith("/submit/"), re.sub(r"<[^>]+>|\s+", " ", page)[:300]


@pytest.fixture
def portal(samples: Samples, tmp_path: Path) -> Iterator[Portal]:
    with samples.portal(tmp_path, SERVICES) as portal:
        portal.environment["BOOKS_AT_ONCE"] = "2"
        yield portal


def asked(portal: Portal, call: str) -> Any:
    """What a function of `deadline_drafts` says."""
    return portal.ask(f"__import__('tests.benchmarks.deadline_drafts', fromlist=['x']).{call}")


def filled(values: list[Any]) -> "queue.Queue[Any]":
    """A queue that holds them."""
    line: queue.Queue[Any] = queue.Queue()
    for value in values:
        line.put(value)
    return line


def rush(night: Night) -> float:
    """Let people come at their moments, whatever becomes of those before them. Returns the seconds it took."""
    chance = random.Random(20261128)
    began = time.monotonic()
    with ThreadPoolExecutor(max_workers=200) as hall:
        for number in range(PER_SECOND * SECONDS):
            due = began + number / PER_SECOND
            time.sleep(max(0.0, due - time.monotonic()))
            lot = chance.randrange(100)
            kind = "read" if lot < READS else "save" if lot < READS + SAVES else "send"
            hall.submit(night.come, kind, due, random.Random(number))
    return time.monotonic() - began


def watch_books(portal: Portal, over: Event, running: list[int]) -> None:
    """Count once a second how many books are in the press."""
    with closing(portal._connection()) as connection:
        connection.autocommit = True
        while not over.wait(1):
            with closing(connection.cursor()) as cursor:
                cursor.execute("SELECT count(*) FROM masterplan_bookjob WHERE state = 'running'")
                running.append(cursor.fetchone()[0])


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of all lie, in whole milliseconds."""
    return round(statistics.quantiles(values, n=1000, method="inclusive")[round(share * 1000) - 1])


def test_deadline_night(portal: Portal) -> None:
    pads = [Pad(*row) for row in asked(portal, f"drafts({PADS}, False)")]
    drafts = [pk for pk, _ in asked(portal, f"drafts({DRAFTS + DRAFTS // 2}, True)")]
    port, over, running = free_port(), Event(), list[int]()
    night = Night(f"http://127.0.0.1:{port}", filled(pads), filled(drafts), [pad.pk for pad in pads])
    with portal.process("run", sys.executable, "manage.py", "run", "--port", str(port), "--no-demo"):
        wait_for(lambda: "Portal berjalan" in portal.log("run"), "the portal", 180)
        night.let_in()
        asked(portal, f"ask_for_books({PAPER_FORMATS})")
        state = "SELECT 1 FROM masterplan_bookjob WHERE state = 'running' HAVING count(*) > 1"
        wait_for(lambda: portal.rows(state), "two books in the press", 60)
        watcher = Thread(target=watch_books, args=(portal, over, running))
        watcher.start()
        took = rush(night)
        over.set()
        watcher.join()
    count = sum(len(times) for times in night.took.values())
    report = {
        "requests": count,
        "per_second": round(count / took, 1),
        "errors": len(night.wrong),
        "error_rate": len(night.wrong) / count,
        "books_in_the_press": round(statistics.mean(running), 2),
        **{
            f"{kind}_{name}_ms": percentile(times, share)
            for kind, times in sorted(night.took.items())
            for name, share in (("median", 0.5), ("p95", 0.95))
        },
        "wrong": night.wrong[:10],
    }
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    assert report["books_in_the_press"] > 1.5, report
    assert report["error_rate"] < ERROR_RATE, report
    assert report["per_second"] > PER_SECOND * 0.9, report
    assert max(report["read_p95_ms"], report["save_p95_ms"]) <= SLOWEST_MS, report
