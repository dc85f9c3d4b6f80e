"""News on real services: workers and clocks that come and go mail each piece once, also what was told while all were down."""

import email
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.processes import SERVICES, Portal, kill, wait_for
from tests.samples import Samples

pytestmark = pytest.mark.needs("postgres", "redis")

PEOPLE, EACH = 12, 4
# Told some minutes ago, at once and for the digest, while no worker ran; Monday morning is made by the test's own clock.
TELL = f"""
from datetime import timedelta
from django.utils import timezone
from agencies.models import Membership, Notice
from agencies.roles import Role
from agencies.notices import notify
from tests.factories import make_agency, make_person, make_regency
regency = make_regency()
agency = make_agency(regency)
people = [make_person(regency, Role.AGENCY_STAFF, agency) for _ in range({PEOPLE})]
rows = Membership.objects.filter(user__in=people).select_related("user")
for number in range({EACH}):
    for kind in ("returned", "commented"):
        notify(rows, kind, f"Kabar {{number}}", "filled_in_on_behalf", {{"by_role": "Koordinator"}}, path="/x/")
Notice.objects.update(created_at=timezone.now() - timedelta(minutes=5))
print(Notice.objects.count())
"""
# What the clock rings, as it would be on a Monday morning; several of them run at one moment.
MORNING = """
from datetime import datetime
from zoneinfo import ZoneInfo
from agencies.notices import mail_waiting
print(mail_waiting(datetime(2040, 1, 2, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))))
"""
SWEEP = "__import__('masterplan.tasks').tasks.sweep_jobs()"
# A minute passes.
LEASES_RUN_OUT = "OutgoingMail.objects.filter(state='running').update(lease_until='2026-01-01T00:00Z')"
OPEN = "OutgoingMail.objects.exclude(state='done').count() + Notice.objects.exclude(waits='').count()"


@pytest.fixture
def portal(samples: Samples, tmp_path: Path) -> Iterator[Portal]:
    """A portal without a regency."""
    with samples.portal(tmp_path, SERVICES, "empty") as portal:
        yield portal


def letters(portal: Portal) -> list[Any]:
    """The mails that left, as their readers' programs see them."""
    files = sorted((portal.folder / "var" / "mail").glob("*"))
    return [email.message_from_string(part) for file in files for part in file.read_text().split(f"{'-' * 79}\n")[:-1]]


def test_each_mail_leaves_once_whoever_dies(portal: Portal) -> None:
    """Two senders make the digests at one moment; workers are killed and the queue is emptied while mails leave."""
    assert json.loads(portal.manage("shell", "--no-imports", "-c", TELL).splitlines()[-1]) == PEOPLE * EACH * 2
    shell = ("manage.py", "shell", "--no-imports", "-c", MORNING)
    with (
        portal.process("sender-1", sys.executable, *shell) as one,
        portal.process("sender-2", sys.executable, *shell) as two,
    ):
        assert (one.wait(timeout=120), two.wait(timeout=120)) == (0, 0)
    made = [int(portal.log(name).split()[-1]) for name in ("sender-1", "sender-2")]
    assert sum(made) == portal.ask("OutgoingMail.objects.count()") == 2 * PEOPLE
    assert portal.ask("Digest.objects.count()") == PEOPLE
    portal.forget_messages()
    portal.ask(SWEEP)
    with portal.worker("first") as first:
        wait_for(lambda: portal.ask("OutgoingMail.objects.filter(state='done').count()"), "the first mail", every=0.1)
        kill(first)
    portal.ask(LEASES_RUN_OUT)
    portal.ask(SWEEP)
    with portal.worker("second"), portal.worker("third"):
        wait_for(lambda: portal.ask(OPEN) == 0, f"all mails\n{portal.folder}", 120)
    sent = letters(portal)
    ids = Counter(letter["Message-ID"] for letter in sent)
    assert len(ids) == 2 * PEOPLE
    # Only the one in the hands of a killed worker may come again, and is then known by its id.
    assert sum(ids.values()) <= len(ids) + 1
