"""Background work of the bimtek: forgetting names when their time is over."""

from celery import shared_task

from masterplan.workshops.actions import attendance


@shared_task
def forget_attendees() -> None:
    """Forget who signed in at workshops of the year before last."""
    attendance.forget_old_attendees()
