"""Asking for letters to agencies. What they say is composed in `overview.letters`, printed by `books.jobs`."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from agencies.access import require
from agencies.models import User
from agencies.roles import Permission
from masterplan import tasks
from masterplan.editions import snapshot as freezing
from masterplan.models import LetterJob, MasterPlan
from smartcity.common.jobs import reopen
from smartcity.common.task_queue import enqueue


@transaction.atomic
def request_letters(
    plan: MasterPlan, *, letters: Sequence[dict[str, Any]], title: str, day: date, by: User
) -> LetterJob:
    """The job that prints these letters into one file; the same letters are the same job.

    Raises ValidationError where nobody is to be written to.
    """
    require(by, Permission.REVIEW_INITIATIVE, plan.regency)
    if not letters:
        raise ValidationError("Tidak ada perangkat daerah yang masih ditunggu, jadi tidak ada surat yang disusun.")
    content = freezing.compose_letters(plan, list(letters), day=day)
    job, created = LetterJob.objects.get_or_create(
        regency=plan.regency,
        sha256=freezing.fingerprint(content),
        defaults={"title": title, "content": content, "requested_by": by},
    )
    if created or reopen(LetterJob, job.pk, report={}):
        enqueue(tasks.produce_letters, job.pk)
    return job
