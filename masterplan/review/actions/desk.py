"""Bulk actions of the review desk: what prevents an action at each initiative, and carrying it out at each.

Not all or nothing: each initiative is handled in a transaction of its own and has an outcome of its own. A second
attempt finds the state that the first one left, and changes nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from agencies.access import can
from agencies.models import Membership, Regency, User
from agencies.roles import Permission
from masterplan.discussion.actions import reminders, threads
from masterplan.models import Initiative
from masterplan.models.thread import readable
from masterplan.review.actions import reviews
from masterplan.workflow import INITIATIVE_TRANSITIONS, TransitionRefused, find

# Rows at a time: each is a transaction, and somebody waits.
MOST_AT_ONCE = 50
ASSIGN, REVIEWER, REMIND = "assign", "reviewer", "remind"
ACTS: dict[str, str] = {
    "start_review": "Mulai meninjau",
    "return": "Kembalikan dengan catatan",
    "approve": "Setujui",
    REVIEWER: "Tentukan peninjau",
    ASSIGN: "Tugaskan catatan terbuka",
    REMIND: "Ingatkan perangkat daerah",
}
# Who deals with open conversations, instead of one person: the head of the agency that answers for each.
HEADS = "kepala"
_NOT_REVIEWER = "Anda tidak meninjau inisiatif ini."
_DATABASE_ERROR = "Basis data tidak menjawab, jadi dibiarkan. Coba lagi untuk inisiatif ini."


@dataclass(frozen=True)
class BulkAction:
    """What is done, and with which comment, person or day."""

    act: str
    comment: str = ""
    to: str = ""
    due: date | None = None


@dataclass(frozen=True)
class DeskOutcome:
    """The result at one initiative: a sentence in `done`, or in `obstacle` the reason why nothing changed."""

    initiative: Initiative
    done: str = ""
    obstacle: str = ""


@dataclass(frozen=True)
class DeskContext:
    """What is read once for all rows: `unassigned` open threads by initiative, who was reminded, staffed agencies."""

    by: User
    regency: Regency
    unassigned: Mapping[int, int] = field(default_factory=dict)
    staffed: frozenset[int] = frozenset()
    reminded: frozenset[int] = frozenset()

    @classmethod
    def open(cls, regency: Regency, by: User, unassigned: Mapping[int, int]) -> "DeskContext":
        """The context with the present state."""
        staffed = frozenset(reminders.agencies_with_people(regency))
        reminded = frozenset(reminders.reminded_on(regency, regency.today()))
        return cls(by, regency, unassigned, staffed, reminded)

    def obstacle(self, initiative: Initiative, act: str) -> str:
        """The reason why `act` is not possible at an initiative (read with its links), or "". Writes nothing."""
        if act == REMIND:
            return reminders.obstacle_to_reminding(initiative, staffed=self.staffed, reminded=self.reminded)
        if act == ASSIGN:
            return "" if self.unassigned.get(initiative.pk) else "Tidak ada catatan terbuka tanpa penanggung jawab."
        if act == REVIEWER:
            if initiative.master_plan.is_locked:
                return initiative.master_plan.lock_sentence
            return reviews.obstacle_to_assigning(initiative)
        move = find(INITIATIVE_TRANSITIONS, act)
        if move is None or not can(self.by, move.permission, self.regency, initiative.lead_agency_id):
            return _NOT_REVIEWER
        if initiative.master_plan.is_locked:
            return initiative.master_plan.lock_sentence
        if initiative.status not in move.sources:
            return f"Tidak berlaku untuk keadaan ini: {initiative.get_status_display().lower()}."
        return move.guard(initiative, self.by)


_Act = Callable[[Initiative, BulkAction, User], str]


def carry_out(rows: Iterable[Initiative], action: BulkAction, *, by: User) -> list[DeskOutcome]:
    """Apply the action to each of `rows`, one after the other. A failure at one row raises nothing."""
    return [_one(initiative, action, by) for initiative in rows]


def _one(initiative: Initiative, action: BulkAction, by: User) -> DeskOutcome:
    own: dict[str, _Act] = {ASSIGN: _assign, REVIEWER: _assign_reviewer, REMIND: _remind}
    try:
        with transaction.atomic():
            return DeskOutcome(initiative, done=own.get(action.act, _move)(initiative, action, by))
    except TransitionRefused as refused:
        return DeskOutcome(initiative, obstacle=str(refused).removesuffix(" Muat ulang halaman."))
    except ValidationError as error:
        return DeskOutcome(initiative, obstacle=" ".join(error.messages))
    except PermissionDenied:
        return DeskOutcome(initiative, obstacle=_NOT_REVIEWER)
    except DatabaseError:
        return DeskOutcome(initiative, obstacle=_DATABASE_ERROR)


def _move(initiative: Initiative, action: BulkAction, by: User) -> str:
    change = reviews.transition(initiative, name=action.act, by=by, comment=action.comment)
    return f"Sekarang {change.to_label.lower()}."


def _remind(initiative: Initiative, action: BulkAction, by: User) -> str:
    reminders.remind(initiative, by=by, message=action.comment)
    return f"{initiative.lead_agency.name} diingatkan."


def _assign_reviewer(initiative: Initiative, action: BulkAction, by: User) -> str:
    person = next((row.user for row in reviews.reviewers_of(initiative.regency) if str(row.user_id) == action.to), None)
    if action.to and person is None:
        raise ValidationError(reviews.NO_REVIEWER)
    if not reviews.assign_reviewer(initiative, to=person, by=by):
        return "Tidak berubah."
    return f"Ditinjau oleh {person.name}." if person else "Tidak ditugaskan kepada siapa pun."


def _assign(initiative: Initiative, action: BulkAction, by: User) -> str:
    """Assign every open conversation that has no assignee; those that have one stay with that person."""
    if not can(by, Permission.REVIEW_INITIATIVE, initiative.regency):
        raise PermissionDenied
    waiting = initiative.threads.filter(readable(()), resolved_at=None, assigned_to=None)
    found = list(waiting.order_by("pk"))
    if not found:
        raise ValidationError("Tidak ada catatan terbuka tanpa penanggung jawab.")
    for thread in found:
        thread.subject = initiative
        person = _assignee(threads.assignable(thread), action.to, initiative)
        threads.assign(thread, to=person, due=action.due, by=by)
    return f"{len(found)} catatan ditugaskan."


def _assignee(people: Iterable[Membership], to: str, initiative: Initiative) -> User:
    """The assignee among `people`. Raises ValidationError if nobody fits."""
    for row in people:
        if row.spec.heads_agency if to == HEADS else str(row.user_id) == to:
            return row.user
    if to == HEADS:
        raise ValidationError(f"{initiative.lead_agency.name} belum punya kepala yang terdaftar.")
    raise ValidationError("Orang ini tidak dapat ditugasi catatan inisiatif ini.")
