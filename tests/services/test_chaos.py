"""What the page called saved is saved, whatever dies meanwhile (R1), and everything asked for comes in the end (R2)."""

import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Collection
from pathlib import Path

import pytest

from tests.processes import PASSWORD, SERVICES, wait_for
from tests.samples import Samples
from tests.services.engines import Engines, running_engines
from tests.services.writers import Visitor, Writer

pytestmark = pytest.mark.needs("postgres", "redis")

KILLS = 20
LEAST_SAVES = 10  # of each writer
VICTIMS = ("web", "worker", "redis", "postgres")
HOME = "/wilayah/kabupaten-semarang/inisiatif"
# Questions that two people write at the same time into the same initiative; different questions never disturb.
QUESTIONS = (("identitas", "problem"), ("manfaat", "beneficiaries"))
DRAFTS = """
    SELECT i.id, i.edit_version FROM masterplan_initiative i
    JOIN masterplan_masterplan p ON p.id = i.master_plan_id JOIN agencies_regency r ON r.id = p.regency_id
    WHERE i.status = 'draft' AND r.slug = 'kabupaten-semarang' AND p.is_current ORDER BY i.id LIMIT 3
"""
SAVES = "SELECT request_key, initiative_id, after FROM masterplan_initiativechange WHERE request_key <> ''"
OPEN_SHEETS = "SELECT id FROM masterplan_sheetjob WHERE state NOT IN ('done', 'failed')"
SILENT_SHEETS = "SELECT id FROM masterplan_sheetjob WHERE state = 'failed' AND error = ''"
SAID = "SELECT attempts, error FROM masterplan_sheetjob"
SHEETS = "SELECT state, count(*) FROM masterplan_sheetjob GROUP BY state"


def signed_in(engines: Engines) -> Visitor:
    """The coordinator, with a session of their own."""
    visitor = Visitor(engines.address)
    visitor.sign_in("koordinator@contoh.test", PASSWORD)
    return visitor


def writers(engines: Engines, stop: threading.Event) -> dict[Writer, tuple[int, str]]:
    """Two for each of a few drafts, each signed in by themselves, with what they write into."""
    found = {}
    for initiative, version in engines.rows(DRAFTS):
        for section, question in QUESTIONS:
            path = f"{HOME}/{initiative}/isian/{section}/simpan/"
            found[Writer(signed_in(engines), path, question, version, stop)] = (initiative, question)
    return found


def kill_at_random(engines: Engines, people: Collection[Writer]) -> Counter[str]:
    """kill -9 for one after the other, each at least its share; what is down is started again a moment later.

    However slow the machine is, everybody writes something between two rounds.
    """
    order = [victim for victim in VICTIMS for _ in range(KILLS // len(VICTIMS))]
    random.shuffle(order)
    for number, victim in enumerate(order, 1):
        time.sleep(random.uniform(0.3, 1.5))
        engines.all[victim].kill()
        time.sleep(random.uniform(0.1, 0.8))
        engines.restart_stopped()
        if number % len(VICTIMS) == 0:
            wanted = number * LEAST_SAVES // KILLS
            wait_for(
                lambda wanted=wanted: everybody_wrote(engines, people, wanted), f"{wanted} saves of each writer", 180
            )
    return Counter({name: engine.kills for name, engine in engines.all.items()})


def everybody_wrote(engines: Engines, people: Collection[Writer], wanted: int) -> bool:
    """Whether each had so many saves acknowledged; what is down meanwhile is started again."""
    engines.restart_stopped()
    return min(len(writer.ledger.saved) for writer in people) >= wanted


def ask_for_sheets(visitor: Visitor, initiative: int, stop: threading.Event) -> None:
    """Somebody who wants to see the printed pages, again and again, and at last gets an answer."""
    answered = False
    while not (answered and stop.wait(3)):
        try:
            visitor.open(f"{HOME}/{initiative}/lembar/", {})
            answered = True
        except OSError:  # asked in vain is asked again
            answered = False
            time.sleep(0.5)


def test_ledger_equals_database(samples: Samples, tmp_path: Path) -> None:
    with samples.portal(tmp_path, SERVICES) as portal, running_engines(portal) as engines:
        stop = threading.Event()
        people = writers(engines, stop)
        reader = threading.Thread(
            target=ask_for_sheets, args=(signed_in(engines), next(iter(people.values()))[0], stop)
        )
        for thread in (*people, reader):
            thread.start()
        kills = kill_at_random(engines, people)
        engines.wait_until_whole()
        stop.set()
        for thread in (*people, reader):
            thread.join(60)
            assert not thread.is_alive(), thread.name

        saves = {key: (initiative, after) for key, initiative, after in engines.rows(SAVES)}
        acknowledged = {key: (answer, text) for w, answer in people.items() for key, text in w.ledger.saved.items()}
        _tell(kills, len(acknowledged), sum(writer.ledger.retries for writer in people))
        assert sum(kills.values()) >= KILLS
        assert [complaint for w in people for complaint in w.ledger.wrong] == []
        assert saves == {
            key: (initiative, {question: text}) for key, ((initiative, question), text) in acknowledged.items()
        }
        for writer, (initiative, question) in people.items():
            (stored,) = engines.rows(f"SELECT {question} FROM masterplan_initiative WHERE id = {initiative}")[0]
            assert stored == list(writer.ledger.saved.values())[-1]
            assert len(writer.ledger.saved) >= LEAST_SAVES, "hardly anything was written"
        wait_for(lambda: not engines.rows(OPEN_SHEETS), f"every sheet comes or fails\n{engines.logs()}", 180, every=1)
        assert engines.rows(SILENT_SHEETS) == []
        assert dict(engines.rows(SHEETS)).get("done"), f"no sheet came at all: {engines.rows(SAID)}\n{engines.logs()}"


def _tell(kills: Counter[str], saves: int, retries: int) -> None:
    """The figures, for whoever runs it with -rP."""
    sys.stdout.write(f"{kills.total()} kills {dict(kills)}, {saves} saves acknowledged, {retries} packets sent again\n")
