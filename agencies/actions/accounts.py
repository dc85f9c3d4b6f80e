"""What people change about their own account, and where they were refused, written down as security events."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from agencies.models import Regency, SecurityEvent, SecurityEventKind, User

REFUSALS_PER_HOUR = 60


@transaction.atomic
def record_account_change(kind: SecurityEventKind, *, by: User, subject: str, detail: str) -> SecurityEvent:
    """Write down that `by` changed the account known by the address `subject`; `detail` is cut at 400 characters."""
    return SecurityEvent.objects.create(kind=kind, actor=by, subject=subject, detail=detail[:400])


@transaction.atomic
def record_refused_access(*, by: User, slug: str, path: str) -> SecurityEvent | None:
    """Write down that `by` asked for `path`, below the address of the regency `slug`, where they hold no role.

    Written once per person, path and hour, and REFUSALS_PER_HOUR times per person and hour in all; otherwise None. The
    event belongs to the regency if there is one of that name. `path` is cut at 400 characters.
    """
    detail = path[:400]
    User.objects.select_for_update().get(pk=by.pk)
    recent = SecurityEvent.objects.filter(
        kind=SecurityEventKind.ACCESS_REFUSED, actor=by, at__gt=timezone.now() - timedelta(hours=1)
    )
    known = list(recent.values_list("detail", flat=True)[:REFUSALS_PER_HOUR])
    if detail in known or len(known) >= REFUSALS_PER_HOUR:
        return None
    regency = Regency.objects.filter(slug=slug).first()
    kind = SecurityEventKind.ACCESS_REFUSED
    return SecurityEvent.objects.create(regency=regency, kind=kind, actor=by, subject=by.email, detail=detail)
