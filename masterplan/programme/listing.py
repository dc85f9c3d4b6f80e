"""What managers may look up: everybody and every round of the programme, not of one regency. Read only.

Views ask here, after `require_ministry(..., manager=True)`, and never a manager of rows themselves.
"""

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from agencies.models import Cluster, Grant, Invitation, MinistryMember, Participation, ProgrammeRound, SecurityEvent
from agencies.models.ministry import GrantQuerySet


def members() -> QuerySet[MinistryMember]:
    """Everybody at the ministry, with their account."""
    return MinistryMember.objects.select_related("user")


def members_with_grants() -> QuerySet[MinistryMember]:
    """Everybody, managers first, each with `active_grants`: what they look after today."""
    active = grants().active_on(timezone.localdate()).order_by("pk")
    given = Prefetch("grants", queryset=active, to_attr="active_grants")
    return members().prefetch_related(given).order_by("-role", "user__name", "pk")


def offers() -> QuerySet[Invitation]:
    """All invitations to the ministry, those used or revoked too."""
    return Invitation.objects.select_related("invited_by", "agency").filter(regency=None)


def grants() -> GrantQuerySet:
    """All grants with their scope and their person, ended ones too."""
    return Grant.objects.select_related("member__user", "round", "cluster__round")


def grants_in(found: ProgrammeRound) -> QuerySet[Grant]:
    """The grants for a round or one of its clusters that have not been ended, by name."""
    scopes = Q(round=found) | Q(cluster__round=found)
    return grants().filter(scopes, ended_at=None).order_by("member__user__name", "pk")


def events_about(member: MinistryMember) -> QuerySet[SecurityEvent]:
    """What was recorded at the ministry about somebody's access, the latest first."""
    return SecurityEvent.objects.filter(regency=None, subject=member.user.email).select_related("actor")


def rounds() -> QuerySet[ProgrammeRound]:
    """All rounds in their own order."""
    return ProgrammeRound.objects.all()


def rounds_with_counts() -> QuerySet[ProgrammeRound]:
    """All rounds with their stages, and with `regencies` and `groups`: how many take part, in how many clusters."""
    counted = rounds().annotate(
        regencies=Count("participations", distinct=True), groups=Count("clusters", distinct=True)
    )
    return counted.prefetch_related("stages")


def participations() -> QuerySet[Participation]:
    """The places of regencies in rounds."""
    return Participation.objects.select_related("round")


def clusters() -> QuerySet[Cluster]:
    """The clusters of all rounds."""
    return Cluster.objects.select_related("round")
