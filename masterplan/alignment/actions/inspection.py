"""Setting a finding of the checks aside with a reason, and taking that back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from agencies.access import require
from agencies.models import User
from agencies.roles import Permission
from masterplan.alignment.actions import links
from masterplan.editing.actions.locking import refuse_locked
from masterplan.editing.actions.prerender import books_changed
from masterplan.models import WAIVER_LIMIT, CheckWaiver, Initiative, MasterPlan
from masterplan.reasoning.inspection import CHECK_BY_CODE, Finding
from smartcity.common.text import clean_text

# A reason of its own stands on the initiative: it decides whether the initiative can be approved.
WITHOUT_PROGRAM = "initiative_without_program"


@transaction.atomic
def set_aside(plan: MasterPlan, *, check_code: str, finding: Finding, reason: str, by: User) -> None:
    """Let `finding` stand, with a reason that the review annex prints. A second reason takes the place of the first.

    Raises ValidationError without a reason, while the plan is locked, and for an approved initiative without program.
    """
    require(by, Permission.DECIDE_ALIGNMENT, plan.regency)
    if check_code == WITHOUT_PROGRAM:
        links.waive(Initiative.objects.get(pk=finding.subject, master_plan=plan), reason=reason, by=by)
        return
    refuse_locked(plan.pk)
    text = clean_text(reason, WAIVER_LIMIT)
    if not text:
        raise ValidationError("Tulis alasan mengapa temuan ini dikesampingkan.")
    CheckWaiver.objects.update_or_create(
        master_plan=plan,
        check_code=CHECK_BY_CODE[check_code].code,
        subject_id=finding.subject,
        defaults={
            "subject_name": finding.name[:400],
            "reason": text,
            "waived_by": by,
            "waived_at": timezone.now(),
        },
    )
    books_changed(plan)


@transaction.atomic
def reinstate(waiver: CheckWaiver, *, by: User) -> None:
    """Let the finding count again. Raises ValidationError while the plan is locked."""
    require(by, Permission.DECIDE_ALIGNMENT, waiver.regency)
    refuse_locked(waiver.master_plan_id)
    plan = waiver.master_plan
    waiver.delete()
    books_changed(plan)
