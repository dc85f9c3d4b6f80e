"""What a backup and a restore take when a portal has grown: their memory stays what it is with an empty one."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.processes import EMBEDDED, ROOT, SERVICES, Portal
from tests.samples import EMPTY, Samples

REPORT = Path(settings.BASE_DIR) / "var" / "benchmarks" / "backup.json"
FILE_MB, FILES, ROWS = 300, 2, 300_000
MORE_MB = 40
# Runs a command and tells the most memory that it held, in KB.
MEASURED = """
import resource, subprocess, sys
subprocess.run([sys.executable, "manage.py", *sys.argv[1:]], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
MAILS = """OutgoingMail.objects.bulk_create(
    (OutgoingMail(to="a@contoh.test", subject=f"Kabar {n}", body="Kabar. " * 40) for n in range(%d)), batch_size=1000
) and None"""


@pytest.fixture(params=[EMBEDDED, pytest.param(SERVICES, marks=pytest.mark.needs("postgres", "redis"))])
def portal(request: pytest.FixtureRequest, samples: Samples, tmp_path: Path) -> Iterator[Portal]:
    with samples.portal(tmp_path, request.param, EMPTY) as portal:
        yield portal


def measured(portal: Portal, *command: str) -> dict[str, Any]:
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *command], cwd=ROOT, env=portal.environment, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    return {"seconds": round(time.monotonic() - started, 1), "peak_mb": int(done.stdout.split()[-1]) // 1024}


def there_and_back(portal: Portal, name: str) -> dict[str, Any]:
    path = portal.folder / f"{name}.zip"
    out = measured(portal, "backup", "--out", str(path))
    back = measured(portal, "restore", str(path), "--replace")
    return {"backup": out, "restore": back, "mb": path.stat().st_size // 1_000_000}


def test_memory_stays_while_the_portal_grows(portal: Portal) -> None:
    empty = there_and_back(portal, "kosong")
    portal.ask(MAILS % ROWS)
    portal.ask_no_more()
    media = portal.folder / "var" / "media" / "books"
    media.mkdir(parents=True, exist_ok=True)
    for number in range(FILES):
        (media / f"{number}.pdf").write_bytes(os.urandom(1_000_000) * FILE_MB)
    full = there_and_back(portal, "penuh")
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    report = json.loads(REPORT.read_text()) if REPORT.exists() else {}
    REPORT.write_text(json.dumps(report | {portal.backend: {"empty": empty, "full": full}}, indent=1))
    assert full["mb"] > FILE_MB * FILES
    for part in ("backup", "restore"):
        assert full[part]["peak_mb"] <= empty[part]["peak_mb"] + MORE_MB, full
