"""An uploaded workbook is read and stored by a real worker, and a killed one costs time and no row."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.processes import EMBEDDED, SERVICES, Portal, kill, wait_for
from tests.samples import Samples

STATE = "[[j.phase, j.state, j.error, len(j.result.get('stored', []))] for j in WorkbookImport.objects.all()]"
UPLOAD = """
from masterplan.initiatives.workbook.actions import imports
from masterplan.models import MasterPlan
from agencies.models import User
from tests.masterplan.initiatives.workbook.books import Book, exported
plan = MasterPlan.objects.get(regency__slug='kabupaten-semarang', is_current=True)
rows = plan.initiatives.filter(status__in=('draft', 'returned')).complete()
book = Book(exported(plan, rows))
for row in range(1, len(rows) + 1):
    book.put('Inisiatif', row, Risiko=f'Risiko {row} dari berkas')
by = User.objects.get(email='koordinator@contoh.test')
imports.upload_workbook(plan, by=by, data=book.bytes, filename='isian.xlsx')
print(len(rows))
"""
CONFIRM = """
from masterplan.initiatives.workbook.actions import imports
from masterplan.models import WorkbookImport
from agencies.models import User
job = WorkbookImport.objects.get()
print(imports.confirm_import(job, by=User.objects.get(email='koordinator@contoh.test')))
"""
RISKS = "Initiative.objects.filter(risk__endswith='dari berkas').count()"


@pytest.fixture(params=[EMBEDDED, pytest.param(SERVICES, marks=pytest.mark.needs("postgres", "redis"))])
def portal(request: pytest.FixtureRequest, samples: Samples, tmp_path: Path) -> Iterator[Portal]:
    """A portal with the sample regency."""
    with samples.portal(tmp_path, request.param) as portal:
        yield portal


def shell(portal: Portal, code: str) -> Any:
    """The last line that a piece of code prints."""
    output = portal.manage("shell", "--no-imports", "-c", code).strip().splitlines()[-1]
    return json.loads(output.lower())


def job(portal: Portal, phase: str) -> Any:
    """The one upload once it has ended that phase well."""
    (row,) = portal.ask(STATE)
    assert row[1] != "failed", row
    return row if row[:2] == [phase, "done"] else None


def test_an_upload_survives_its_worker(portal: Portal) -> None:
    count = shell(portal, UPLOAD)
    portal.forget_messages()
    with portal.worker("first") as first, portal.clock():
        wait_for(lambda: job(portal, "read"), "the workbook is read though its message was lost", 240, every=1)
        kill(first)
    assert shell(portal, CONFIRM) is True
    assert portal.ask(RISKS) == 0
    with portal.worker("second"), portal.clock():
        row = wait_for(lambda: job(portal, "store"), "the workbook is stored", 240, every=1)
    assert row[3] == count == portal.ask(RISKS)
