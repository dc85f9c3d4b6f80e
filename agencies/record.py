"""Writing down acts on people: who did what to whom. The rows are `SecurityEvent`; nothing else is recorded here."""

from agencies.models import Regency, SecurityEvent, SecurityEventKind, User


def note_event(
    regency: Regency | None, *, kind: SecurityEventKind, by: User | None, subject: str, detail: str
) -> SecurityEvent:
    """Write down an act on people; `regency` is None for one at the ministry. `detail` is cut at 400 characters."""
    return SecurityEvent.objects.create(regency=regency, kind=kind, actor=by, subject=subject, detail=detail[:400])
