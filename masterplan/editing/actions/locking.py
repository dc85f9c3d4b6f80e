"""The one look that every action takes before it changes what an adopted edition may hold.

It gives people a sentence; what holds when two things happen at once, or when something writes past the actions, is the
database (`models.lock`).
"""

from django.core.exceptions import ValidationError

from masterplan.models import MasterPlan


def lock_sentence(plan_id: int) -> str:
    """What is locked, by which decree, and who can open it; "" while the plan is open. As it is at this moment."""
    return MasterPlan.objects.get(pk=plan_id).lock_sentence


class PlanLocked(ValidationError):
    """The plan was adopted; the sentence says by which decree, and who can open it. Nothing was written."""


def refuse_locked(plan_id: int) -> None:
    """Raise PlanLocked while the plan is locked."""
    if sentence := lock_sentence(plan_id):
        raise PlanLocked(sentence)


class NotEditable(Exception):
    """The initiative has been sent, or an adopted edition holds the plan: it is frozen. The sentence is for people."""
