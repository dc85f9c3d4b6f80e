"""A confirmed plan import, made and worked on inside the processes of a portal under test.

Called through `Portal.ask` or a shell, where there is no pytest: each function returns something JSON can say.
"""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from agencies.roles import Role
from masterplan.models import PlanElement, PlanImport
from masterplan.plans.importing import tasks
from masterplan.plans.importing.actions import imports, store
from tests.factories import make_person, make_regency, make_rpjmd
from tests.masterplan.plans.importing.samples import sample
from tests.masterplan.plans.importing.uploads import read_upload


def confirm() -> int:
    """An RPJMD without nodes, and a workbook of it that somebody has agreed to. Returns how many nodes it brings."""
    regency = make_regency("Semarang", "kabupaten-semarang")  # the place that the workbook names
    by = make_person(regency, Role.COORDINATOR)
    job = read_upload(make_rpjmd(regency), by, sample("basic/nested").data)
    assert imports.confirm_plan_import(job, by=by)
    added: int = job.result["counts"]["added"]
    return added


def store_until_killed(written: str) -> None:
    """Begin to store; when the nodes are written, write how many into the file `written`, and wait for what does not come."""
    create = store.create_elements

    def create_and_stay(*arguments: Any, **options: Any) -> list[PlanElement]:
        made = create(*arguments, **options)
        Path(written).write_text(str(PlanElement.objects.count()))
        threading.Event().wait()
        return made

    store.create_elements = create_and_stay
    tasks.run_plan(PlanImport.objects.get().pk)


def store_again() -> bool:
    """What the sweep and a worker do once the lease of the one that fell silent has run out."""
    PlanImport.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    (pk,) = PlanImport.objects.claimable(timezone.now()).values_list("pk", flat=True)
    return tasks.run_plan(pk)
