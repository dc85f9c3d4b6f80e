"""Moves an initiative from state to state. The table of moves is in `masterplan.workflow`."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from agencies.access import byline, can, require
from agencies.models import Membership, Regency, User
from agencies.roles import Permission
from masterplan import notifications, workflow
from masterplan.editing.actions.locking import refuse_locked
from masterplan.editing.actions.prerender import books_changed
from masterplan.models import Initiative, StatusChange
from masterplan.reference import InitiativeStatus
from masterplan.workflow import TransitionRefused

NO_REVIEWER = "Orang ini tidak meninjau di daerah ini. Pilih orang lain dari daftar."


@transaction.atomic
def transition(initiative: Initiative, *, name: str, by: User, comment: str = "") -> StatusChange:
    """Carry out the transition `name`, with its history row, and notify the other side.

    Raises TransitionRefused when the state or the guard does not allow it or a required comment is missing, and
    PermissionDenied when `by` may not.
    """
    move = workflow.find(workflow.INITIATIVE_TRANSITIONS, name)
    if move is None:
        raise TransitionRefused("Langkah ini tidak dikenal. Muat ulang halaman.")
    Initiative.objects.select_for_update(of=("self",)).get(pk=initiative.pk)
    locked = Initiative.objects.complete().select_related("master_plan__regency").get(pk=initiative.pk)
    if not can(by, move.permission, locked.regency, locked.lead_agency_id):
        raise PermissionDenied
    if locked.master_plan.is_locked:
        raise TransitionRefused(locked.master_plan.lock_sentence)
    if locked.status not in move.sources:
        raise TransitionRefused(f"Inisiatif ini sekarang {locked.get_status_display().lower()}. Muat ulang halaman.")
    if move.needs_comment and not comment.strip():
        raise TransitionRefused("Tulis pesan untuk perangkat daerah: apa yang perlu diperbaiki.")
    if sentence := move.guard(locked, by):
        raise TransitionRefused(sentence)
    change = StatusChange.objects.create(
        initiative=locked,
        transition=name,
        from_status=locked.status,
        to_status=move.target,
        comment=comment.strip(),
        by=by,
        by_role=byline(by, locked.regency),
    )
    _enter(locked, move.target, by=by, at=change.at)
    notifications.status_changed(change)
    books_changed(locked.master_plan)
    initiative.refresh_from_db()
    return change


def reviewers_of(regency: Regency) -> list[Membership]:
    """Who can be asked to review: the regency's coordinators of today, by name."""
    return list(Membership.objects.desk_of(regency))


def obstacle_to_assigning(initiative: Initiative) -> str:
    """Why no reviewer can be assigned, or ""."""
    if initiative.status in (InitiativeStatus.APPROVED, InitiativeStatus.WITHDRAWN):
        return f"Tidak ditinjau lagi: {initiative.get_status_display().lower()}."
    return ""


@transaction.atomic
def assign_reviewer(initiative: Initiative, *, to: User | None, by: User) -> bool:
    """Ask one person of the desk to review it, or (`to=None`) nobody in particular. Returns whether that is new.

    The person is notified, unless it is `by`. Raises PermissionDenied, PlanLocked, and ValidationError for somebody who
    does not review and for what is not reviewed any more.
    """
    require(by, Permission.REVIEW_INITIATIVE, initiative.regency)
    refuse_locked(initiative.master_plan_id)
    locked = Initiative.objects.select_for_update(of=("self",)).get(pk=initiative.pk)
    if sentence := obstacle_to_assigning(locked):
        raise ValidationError(sentence)
    if to is not None and to.pk not in {row.user_id for row in reviewers_of(initiative.regency)}:
        raise ValidationError(NO_REVIEWER)
    if locked.reviewer_id == (to.pk if to else None):
        return False
    Initiative.objects.filter(pk=initiative.pk).update(reviewer=to)
    initiative.reviewer = to
    if to is not None and to != by:
        notifications.review_assigned(initiative, to=to, by_role=byline(by, initiative.regency))
    return True


def _enter(initiative: Initiative, status: str, *, by: User, at: Any) -> None:
    """State, timestamp and actor change together; an approval does not survive leaving its state."""
    columns: dict[str, Any] = {"status": status}
    if status == InitiativeStatus.SUBMITTED:
        columns |= {"submitted_at": at, "submitted_by": by, "review_started_at": None}
    elif status == InitiativeStatus.IN_REVIEW:
        columns |= {"review_started_at": at}
    elif status == InitiativeStatus.RETURNED:
        columns |= {"returned_at": at}
    elif status == InitiativeStatus.APPROVED:
        columns |= {"approved_at": at}
    elif status == InitiativeStatus.WITHDRAWN:
        columns |= {"withdrawn_at": at}
    if status != InitiativeStatus.APPROVED:
        columns["approved_at"] = None
    columns["approved_by"] = by if status == InitiativeStatus.APPROVED else None
    Initiative.objects.filter(pk=initiative.pk).update(**columns)
