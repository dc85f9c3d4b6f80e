"""Background work of the plan: thin wrappers that fetch nothing and decide nothing.

The PDF machinery is imported inside the tasks: the web processes ring these tasks and never need it.
"""

from pathlib import Path

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from agencies.models import OutgoingMail
from agencies.tasks import send_mail
from masterplan.models import BookJob, InitiativePresence, SheetJob
from smartcity.common.jobs import fail_exhausted

WORN_OUT = "Penyusunan terhenti tiga kali berturut-turut. Periksa isian yang disebut, lalu minta lagi."
UNUSED_DAYS = 30
MAIL_WORN_OUT = "Surel tidak terkirim setelah tiga kali dicoba."


@shared_task
def produce_book(pk: int) -> None:
    """Render one book."""
    from masterplan.documents import exports

    exports.produce_book(pk)


@shared_task
def produce_sheet_part(pk: int) -> None:
    """Render one initiative's own pages."""
    from masterplan.documents import exports

    exports.produce_sheet(pk)


@shared_task
def prune_parts() -> None:
    """Forget rendered parts that no book has used for a month, and what killed workers left behind."""
    from masterplan.documents.press import cache

    cache.prune(Path(settings.PARTS_DIR), unused_days=UNUSED_DAYS)


@shared_task
def prune_presence() -> None:
    """Forget whose page has fallen silent."""
    InitiativePresence.objects.gone().delete()


@shared_task
def sweep_jobs() -> None:
    """Ring again for every job that waits or whose worker fell silent; end those without an attempt left."""
    now = timezone.now()
    for model, task, sentence in (
        (BookJob, produce_book, WORN_OUT),
        (SheetJob, produce_sheet_part, WORN_OUT),
        (OutgoingMail, send_mail, MAIL_WORN_OUT),
    ):
        fail_exhausted(model, sentence)
        for pk in model.objects.claimable(now).order_by("requested_at").values_list("pk", flat=True)[:100]:
            task.delay(pk)
