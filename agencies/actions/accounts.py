"""What people change about their own account, written down as security events that belong to no regency."""

from django.db import transaction

from agencies.models import SecurityEvent, SecurityEventKind, User


@transaction.atomic
def record_account_change(kind: SecurityEventKind, *, by: User, subject: str, detail: str) -> SecurityEvent:
    """Write down that `by` changed the account known by the address `subject`; `detail` is cut at 400 characters."""
    return SecurityEvent.objects.create(kind=kind, actor=by, subject=subject, detail=detail[:400])
