"""Filling in for another agency: recorded with every save, notified once an edit session, then confirmed."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from agencies.access import byline, own_agency_ids, require
from agencies.models import User
from agencies.roles import Permission
from masterplan import notifications
from masterplan.editing.history import SESSION_GAP
from masterplan.models import Initiative


def is_on_behalf(initiative: Initiative, by: User) -> bool:
    """Whether what `by` fills in is filled in for an agency that is not theirs."""
    return initiative.lead_agency_id not in own_agency_ids(by, initiative.regency)


@transaction.atomic
def note_on_behalf(initiative: Initiative, *, by: User) -> None:
    """Note a save for the agency before it is recorded, and notify the agency when it begins an edit session.

    The agency is notified with the first save, because nobody knows which save is the last, and because it can then
    still object; the page that the e-mail leads to always shows everything. Permissions are not checked here: only
    `initiatives.actions.initiatives`, which has checked them, calls this.
    """
    since = timezone.now() - SESSION_GAP
    if not initiative.changes.filter(on_behalf=True, by=by, at__gte=since).exists():
        notifications.filled_in_on_behalf(initiative, by=by, by_role=byline(by, initiative.regency))
    initiative.behalf_version = initiative.edit_version
    initiative.behalf_at, initiative.behalf_as = initiative.updated_at, initiative.updated_as
    initiative.save(update_fields=["behalf_version", "behalf_at", "behalf_as"])


@transaction.atomic
def confirm(initiative: Initiative, *, version: int, by: User) -> None:
    """The agency says that what was filled in for it up to `version` is right; what came later waits for another time.

    Raises PermissionDenied unless `by` may fill in and works for the agency. Confirming twice changes nothing.
    """
    locked = (
        Initiative.objects.select_for_update(of=("self",)).select_related("master_plan__regency").get(pk=initiative.pk)
    )
    require(by, Permission.EDIT_INITIATIVE, locked.regency, locked.lead_agency_id)
    if is_on_behalf(locked, by):
        raise PermissionDenied
    seen = min(version, locked.behalf_version)
    if seen <= locked.behalf_confirmed_version:
        return
    Initiative.objects.filter(pk=locked.pk).update(
        behalf_confirmed_version=seen,
        behalf_confirmed_at=timezone.now(),
        behalf_confirmed_by=by,
        behalf_confirmed_as=byline(by, locked.regency),
    )
