"""Background work of the plan: thin wrappers that fetch nothing and decide nothing.

The PDF machinery is imported inside the tasks: the web processes send these tasks and never need it.
"""

import logging
import os
import time
from pathlib import Path

from celery import current_app, shared_task
from celery.signals import worker_process_init
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from agencies.models import OutgoingMail
from agencies.notices import forget_old_news, mail_waiting
from agencies.tasks import send_mail
from masterplan import notifications
from masterplan.models import (
    BookJob,
    InitiativePresence,
    LetterJob,
    MasterPlan,
    PlanImport,
    SheetJob,
    WorkbookImport,
    WorkshopPaper,
    forget_abandoned_uploads,
    forget_old_sheets,
    forget_unused_files,
)
from smartcity.common.jobs import fail_exhausted
from smartcity.common.storage.files import sweep_drafts
from smartcity.common.storage.work_folders import sweep_work_folders
from smartcity.common.task_queue import enqueue

logger = logging.getLogger(__name__)

WORN_OUT = "Penyusunan terhenti tiga kali berturut-turut. Periksa isian yang disebut, lalu minta lagi."
UNUSED_DAYS, PRUNE_SECONDS = 30, 24 * 3600
# A message about books expires after so long, since the sweep has sent another. How many it sends at a time.
MESSAGE_SECONDS, MOST_MESSAGES = 300, 16
# The queue of single sheets: somebody looks at the page and waits, so no book may stand before them.
SHEETS = "sheets"
# The queue of parts that nobody waits for yet. A portal without a worker for it only prints its books later.
PARTS = "parts"
_PRINTING = frozenset({SHEETS, PARTS, "books"})
_NICE = 10
MAIL_WORN_OUT = "Surel tidak terkirim setelah tiga kali dicoba."


@shared_task(expires=MESSAGE_SECONDS)
def produce_next_book() -> None:
    """Print the book whose turn it is, and send a message for the one after it: a place in the press is free again."""
    from masterplan.books import jobs

    if jobs.produce_next_book() and BookJob.objects.claimable(timezone.now()).exists():
        enqueue(produce_next_book)
    _prune_parts()
    sweep_work_folders()


def _prune_parts() -> None:
    """Once a day on each machine that prints: forget rendered parts that no book has used for a month, and what killed
    workers left behind.
    """
    from smartcity.press import cache

    folder = Path(settings.PARTS_DIR)
    last = folder / "pruned"
    if not last.exists() or time.time() - last.stat().st_mtime > PRUNE_SECONDS:
        folder.mkdir(parents=True, exist_ok=True)
        last.touch()
        cache.prune(folder, unused_days=UNUSED_DAYS)


@shared_task
def produce_sheet_part(pk: int) -> None:
    """Render one initiative's own pages."""
    from masterplan.books import jobs

    jobs.produce_sheet(pk)


@shared_task
def produce_workshop_paper(pk: int) -> None:
    """Print the minutes or the attendance list of a workshop."""
    from masterplan.books import jobs

    jobs.produce_paper(pk)


@shared_task
def produce_letters(pk: int) -> None:
    """Render letters to agencies."""
    from masterplan.books import jobs

    jobs.produce_letters(pk)


@shared_task
def render_sheet_ahead(pk: int, sent_at: float) -> None:
    """Render one initiative's pages for the next book, unless that was done since."""
    from masterplan.books import prerendering

    if prerendering.is_due("sheet", pk, sent_at):
        prerendering.render_sheet_ahead(pk)


@shared_task
def render_books_ahead(pk: int, sent_at: float) -> None:
    """Render what the next books of a plan will hold, unless that was done since."""
    from masterplan.books import prerendering

    if prerendering.is_due("books", pk, sent_at):
        prerendering.render_books_ahead(pk)


@worker_process_init.connect
def warm_up(**kwargs: object) -> None:
    """A process that prints has its press ready before it is asked; one that nobody waits for lets others go first."""
    queues = set(current_app.amqp.queues.consume_from)
    if queues == {PARTS}:
        os.nice(_NICE)
    if queues & _PRINTING:
        from masterplan.books import jobs

        jobs.keep_renderer_warm()


@shared_task
def prune_evidence() -> None:
    """Forget files of evidence that nobody names any more, and uploads that nobody goes on with."""
    forget_abandoned_uploads()
    forget_unused_files()


@shared_task
def prune_workbooks() -> None:
    """Forget what people uploaded from Excel a month ago."""
    WorkbookImport.forget_old()
    PlanImport.forget_old()


@shared_task
def prune_presence() -> None:
    """Forget whose page has fallen silent."""
    InitiativePresence.objects.gone().delete()


@shared_task
def mail_notices() -> None:
    """Make the mails that are due: what comes at once, and in working hours the digest of the day."""
    mail_waiting(timezone.now())


@shared_task
def prune_news() -> None:
    """Forget news and mails that are long past."""
    forget_old_news()


@shared_task
def refresh_plan_figures(pk: int, sent_at: float) -> None:
    """Count the figures of MasterPlan `pk` anew, unless that was done since the change of `sent_at`."""
    from masterplan.reasoning import plan_figures

    plan = MasterPlan.objects.select_related("regency", "development_plan", "figures").filter(pk=pk).first()
    figures = getattr(plan, "figures", None)
    if plan is not None and (figures is None or figures.counted_at.timestamp() < sent_at):
        plan_figures.refresh(plan)


@shared_task
def refresh_all_figures() -> None:
    """Count the figures of all plans anew, once a night; what was wrong is told to whoever reads the log."""
    from masterplan.reasoning import plan_figures

    if wrong := plan_figures.refresh_all():
        logger.info("the figures of %d plans were counted anew and differ: %s", len(wrong), wrong[:20])


@shared_task
def prune_sheets() -> None:
    """Forget previews of sheets that nobody has asked for since, and files that no request names."""
    forget_old_sheets()


@shared_task
def sweep_jobs() -> None:
    """Ring again for every job that waits or whose worker fell silent; end those without an attempt left. Forget what
    killed workers left on this machine; one that only prints does so itself.
    """
    now = timezone.now()
    _end_worn_out_books()
    for _ in range(min(MOST_MESSAGES, BookJob.objects.claimable(now).count())):
        produce_next_book.delay()
    for model, task, sentence in (
        (SheetJob, produce_sheet_part, WORN_OUT),
        (LetterJob, produce_letters, WORN_OUT),
        (WorkshopPaper, produce_workshop_paper, WORN_OUT),
        (OutgoingMail, send_mail, MAIL_WORN_OUT),
    ):
        fail_exhausted(model, sentence)
        for pk in model.objects.claimable(now).order_by("requested_at").values_list("pk", flat=True)[:100]:
            task.delay(pk)
    sweep_work_folders()
    sweep_drafts()


def _end_worn_out_books() -> None:
    with transaction.atomic():
        for pk in fail_exhausted(BookJob, WORN_OUT):
            notifications.book_ended(BookJob.objects.get(pk=pk))
