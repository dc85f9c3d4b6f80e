"""Asking for the minutes or the attendance list of a stage as a printed paper."""

from django.db import transaction

from agencies.access import require
from agencies.models import User
from agencies.roles import Permission
from masterplan import tasks
from masterplan.editions.snapshot import fingerprint
from masterplan.models import Workshop, WorkshopPaper
from masterplan.reference_bimtek import PaperKind
from masterplan.workshops.papers import compose_paper
from smartcity.common.jobs import reopen
from smartcity.common.task_queue import enqueue


def needed_to_print(kind: str) -> Permission:
    """What somebody needs to ask for a paper: names of people are for the coordinator alone."""
    return Permission.SEE_ATTENDEES if kind == PaperKind.ATTENDANCE else Permission.MANAGE_WORKSHOPS


@transaction.atomic
def request_paper(workshop: Workshop, *, by: User, kind: str) -> WorkshopPaper:
    """The job that prints this paper as the stage now is; the same content is the same job. Raises PermissionDenied."""
    require(by, needed_to_print(kind), workshop.regency)
    content = compose_paper(workshop, kind, day=workshop.regency.today())
    # One after the other with whoever forgets somebody, so that no list is printed of people just forgotten.
    Workshop.objects.select_for_update(no_key=True, of=("self",)).get(pk=workshop.pk)
    job, created = WorkshopPaper.objects.get_or_create(
        workshop=workshop, kind=kind, sha256=fingerprint(content), defaults={"content": content, "requested_by": by}
    )
    if created or reopen(WorkshopPaper, job.pk, report={}):
        job.refresh_from_db()
        enqueue(tasks.produce_workshop_paper, job.pk)
    return job
