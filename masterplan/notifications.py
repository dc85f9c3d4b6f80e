"""Who is told of what, by mail. Called inside actions; the mail is written down there and leaves after the commit."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from agencies.mail import post
from agencies.models import Membership, User
from agencies.roles import AGENCY_ROLES, Role
from masterplan.models import AlignmentLink, Comment, Initiative, StatusChange
from masterplan.reference import InitiativeStatus


def _addresses(memberships: Iterable[Membership], but: User) -> list[str]:
    return [m.user.email for m in memberships if m.user.is_active and m.user_id != but.pk]


def _of_agency(initiative: Initiative, but: User) -> list[str]:
    active = Membership.objects.active_on(timezone.localdate()).select_related("user")
    return _addresses(active.filter(agency_id=initiative.lead_agency_id, role__in=sorted(AGENCY_ROLES)), but)


def _coordinators(initiative: Initiative, but: User) -> list[str]:
    active = Membership.objects.active_on(timezone.localdate()).select_related("user")
    return _addresses(active.filter(regency_id=initiative.master_plan.regency_id, role=Role.COORDINATOR), but)


def initiative_url(initiative: Initiative, name: str = "initiative_detail") -> str:
    """Full address of a page about `initiative`, for mails."""
    return settings.BASE_URL + reverse(name, args=[initiative.regency.slug, initiative.pk])


def status_changed(change: StatusChange) -> None:
    """Tell the other side: Diskominfo when something is sent, the agency when something is decided."""
    initiative = change.initiative
    if initiative is None:
        return
    sent = change.to_status == InitiativeStatus.SUBMITTED
    if change.to_status not in (InitiativeStatus.SUBMITTED, InitiativeStatus.RETURNED, InitiativeStatus.APPROVED):
        return
    addresses = _coordinators(initiative, change.by) if sent else _of_agency(initiative, change.by)
    label = InitiativeStatus(change.to_status).label.lower()
    post(
        addresses,
        f"{initiative.code} {initiative.name}: {label}",
        "status_changed",
        {
            "initiative": initiative,
            "change": change,
            "label": label,
            "url": initiative_url(initiative, "initiative_review" if sent else "initiative_detail"),
        },
    )


def commented(comment: Comment) -> None:
    """Tell the other side that somebody wrote at a field."""
    initiative = comment.thread.initiative
    from_agency = _of_agency(initiative, comment.author)
    from_desk = _coordinators(initiative, comment.author)
    post(
        [*from_agency, *from_desk],
        f"Catatan pada {initiative.code} {initiative.name}",
        "commented",
        {"initiative": initiative, "comment": comment, "url": initiative_url(initiative, "initiative_review")},
    )


def link_decided(link: AlignmentLink) -> None:
    """Tell the agency what Diskominfo decided about its link."""
    if link.decided_by is None:
        return
    post(
        _of_agency(link.initiative, link.decided_by),
        f"Tautan {link.element.code} pada {link.initiative.code}: {link.get_state_display().lower()}",
        "link_decided",
        {"link": link, "url": initiative_url(link.initiative)},
    )
