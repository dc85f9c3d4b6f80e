"""Many links decided at once, each through `alignment.decide`; every link says for itself what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from agencies.models import User
from masterplan.alignment.actions import links as alignment
from masterplan.models import AlignmentLink
from masterplan.reference import LinkState
from smartcity.common.formatting import format_moment

MOST = 200


@dataclass(frozen=True)
class LinkOutcome:
    """What became of one link; `obstacle` is a sentence when it was left as it is."""

    link: AlignmentLink
    obstacle: str = ""


def decide_many(links: Iterable[AlignmentLink], *, accept: bool, by: User, reason: str = "") -> list[LinkOutcome]:
    """Accept or reject every one of `links` that still waits; what somebody decided meanwhile stays as it is.

    Each is a transaction of its own, so one that cannot be decided keeps no other. Raises PermissionDenied.
    """
    return [_decide(link, accept=accept, by=by, reason=reason) for link in links]


def _decide(link: AlignmentLink, *, accept: bool, by: User, reason: str) -> LinkOutcome:
    try:
        with transaction.atomic():
            alignment.lock_initiative(link.initiative)
            current = AlignmentLink.objects.select_for_update(of=("self",)).filter(pk=link.pk).first()
            if current is None:
                return LinkOutcome(link, "Usulan ini sudah ditarik.")
            if current.state != LinkState.PROPOSED and current.decided_at is not None:
                return LinkOutcome(
                    link, f"Sudah {current.get_state_display().lower()} {format_moment(current.decided_at)}."
                )
            alignment.decide(link, accept=accept, by=by, reason=reason)
    except ValidationError as error:
        return LinkOutcome(link, error.messages[0])
    return LinkOutcome(link)
