"""Telling that one has the form of an initiative open, and that one has left it."""

from django.db import transaction
from django.utils import timezone

from agencies.access import byline, require
from agencies.models import User
from agencies.roles import Permission
from masterplan.models import Initiative, InitiativePresence
from masterplan.registry import SECTION_BY_KEY


@transaction.atomic
def announce(initiative: Initiative, *, by: User, section: str) -> None:
    """Note that `by` has `section` open now. An unknown section is ignored.

    Raises PermissionDenied when `by` may not fill in.
    """
    require(by, Permission.EDIT_INITIATIVE, initiative.regency, initiative.lead_agency_id)
    if section not in SECTION_BY_KEY:
        return
    now = timezone.now()
    here = {"section": section, "seen_at": now, "by_role": byline(by, initiative.regency)}
    if not initiative.presences.now().filter(user=by).update(**here):
        InitiativePresence.objects.update_or_create(initiative=initiative, user=by, defaults=here | {"opened_at": now})


@transaction.atomic
def leave(initiative: Initiative, *, by: User, section: str) -> None:
    """Note that `by` has left `section`; whoever has gone on to another section is still there."""
    initiative.presences.filter(user=by, section=section).delete()
