"""Loads what a page is about, starting from the regency, and answers 404 where the person may not know of it."""

from django.db.models import Q
from django.http import Http404

from agencies.access import AnyUser, can, is_regency_wide, own_agency_ids
from agencies.models import Regency
from agencies.roles import Permission
from masterplan.models import Initiative, MasterPlan
from masterplan.models.initiative import InitiativeQuerySet
from masterplan.reference import InitiativeStatus

UNSENT = (InitiativeStatus.DRAFT, InitiativeStatus.WITHDRAWN)


def current_plan_or_404(regency: Regency) -> MasterPlan:
    """The master plan the regency is working on."""
    plan = regency.master_plans.select_related("development_plan").filter(is_current=True).first()
    if plan is None:
        raise Http404
    plan.regency = regency
    return plan


def visible_initiatives(user: AnyUser, plan: MasterPlan) -> InitiativeQuerySet:
    """The initiatives `user` may know of: all that were ever sent, and drafts of their own agency or of all.

    Experts read what was sent; a returned initiative stays visible, a draft or withdrawn one does not.
    """
    rows = plan.initiatives.all()
    if not can(user, Permission.VIEW_REGENCY, plan.regency):
        return rows.none()
    if not is_regency_wide(user, Permission.VIEW_DRAFTS, plan.regency):
        rows = rows.filter(~Q(status__in=UNSENT) | Q(lead_agency__in=own_agency_ids(user, plan.regency)))
    return rows


def get_initiative_or_404(user: AnyUser, regency: Regency, pk: int) -> Initiative:
    """One initiative with all its tables, of any plan of the regency, if `user` may know of it."""
    plan = current_plan_or_404(regency)
    initiative = visible_initiatives(user, plan).complete().filter(pk=pk).first()
    if initiative is None:
        raise Http404
    initiative.master_plan = plan
    return initiative
