"""Giving one agency more time at a stage, and taking that back. What is due when is asked in `overview.stages`."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from agencies.access import require
from agencies.models import Agency, User
from agencies.roles import Permission
from masterplan import notifications
from masterplan.models import EXTENSION_REASON_LIMIT, DeadlineExtension, Workshop
from smartcity.common.formatting import format_deadline
from smartcity.common.text import clean_text


@transaction.atomic
def extend(workshop: Workshop, *, agency: Agency, deadline: datetime, reason: str, by: User) -> DeadlineExtension:
    """Give `agency` until `deadline`; what it was given before is replaced. Its people are told by mail.

    Raises ValidationError naming the field where the time is not later than everybody's or already past, or where the
    reason is missing; and for a stage without deadline, or an agency of another regency.
    """
    regency = workshop.regency
    require(by, Permission.REVIEW_INITIATIVE, regency)
    if agency.regency_id != regency.pk:
        raise ValidationError({"agency": "Pilih perangkat daerah dari daftar."})
    if workshop.deadline is None:
        raise ValidationError("Tahap ini belum punya batas kirim, jadi belum ada yang diperpanjang.")
    if deadline <= workshop.deadline:
        general = format_deadline(regency.local(workshop.deadline))
        raise ValidationError({"day": f"Batas kirim semua perangkat daerah {general}. Tulis waktu sesudahnya."})
    if deadline <= timezone.now():
        raise ValidationError({"day": "Waktu ini sudah lewat. Tulis waktu sesudah sekarang."})
    text = clean_text(reason, EXTENSION_REASON_LIMIT)
    if not text:
        raise ValidationError({"reason": "Tulis alasan perpanjangan; perangkat daerah membacanya."})
    extension, _ = DeadlineExtension.objects.update_or_create(
        workshop=workshop,
        agency=agency,
        defaults={"deadline": deadline, "reason": text, "granted_by": by, "granted_at": timezone.now()},
    )
    notifications.deadline_extended(extension)
    return extension


@transaction.atomic
def withdraw(extension: DeadlineExtension, *, by: User) -> None:
    """Let the deadline of everybody count for that agency again."""
    require(by, Permission.REVIEW_INITIATIVE, extension.regency)
    extension.delete()
