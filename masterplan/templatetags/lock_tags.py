"""The strip above a page that says that the plan is locked, to those who would write. What holds it: `models.lock`."""

from typing import Any

from django import template
from django.urls import reverse

from agencies.access import can
from agencies.roles import Permission
from masterplan.models import Initiative, MasterPlan

register = template.Library()

_WRITES = (Permission.EDIT_INITIATIVE, Permission.EDIT_SECTIONS, Permission.DECIDE_ALIGNMENT, Permission.UNLOCK_PLAN)


@register.inclusion_tag("masterplan/plans/plan/lock_strip.html", takes_context=True)
def lock_strip(context: dict[str, Any]) -> dict[str, Any]:
    """The strip for the plan that the page is about, as far as its view has loaded it; else nothing."""
    plan, regency, user = _plan_of(context), context.get("regency"), context.get("user")
    if plan is None or regency is None or user is None or not plan.is_locked or plan.regency_id != regency.pk:
        return {"sentence": ""}
    if not any(can(user, permission, regency) for permission in _WRITES):
        return {"sentence": ""}
    number = plan.locking_edition.number if plan.locking_edition else 0
    may_unlock = can(user, Permission.UNLOCK_PLAN, regency)
    return {
        "sentence": plan.lock_sentence,
        "edition_url": reverse("edition_detail", args=[regency.slug, number]),
        "number": number,
        "unlock_url": reverse("edition_transition", args=[regency.slug, number, "unlock"]) if may_unlock else "",
    }


def _plan_of(context: dict[str, Any]) -> MasterPlan | None:
    plan = context.get("plan")
    if isinstance(plan, MasterPlan):
        return plan
    initiative = context.get("initiative")
    if isinstance(initiative, Initiative) and Initiative._meta.get_field("master_plan").is_cached(initiative):
        return initiative.master_plan
    return None
