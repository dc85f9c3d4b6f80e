"""Background work of the bimtek: forgetting names when their time is over."""

from celery import shared_task

from masterplan.workshops.actions import taking_part


@shared_task
def forget_attendees() -> None:
    """Forget who signed in at workshops of the year before last."""
    taking_part.forget_old_attendees()
