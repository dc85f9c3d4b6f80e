"""Reminding an agency of an initiative that waits for it: its people are notified, at most once a day."""

from collections.abc import Container
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from agencies.access import byline, require
from agencies.models import Membership, Regency, User
from agencies.roles import AGENCY_ROLES, Permission
from masterplan import notifications
from masterplan.models import REMINDER_LIMIT, Initiative, InitiativeReminder
from masterplan.reference import InitiativeStatus
from masterplan.registry.completeness import missing_for_submission
from smartcity.common.text import clean_text

TODAY = "Sudah diingatkan hari ini."


def agencies_with_people(regency: Regency) -> set[int]:
    """The agencies in which somebody can be reminded."""
    active = Membership.objects.active_on(timezone.localdate())
    people = active.filter(regency=regency, role__in=sorted(AGENCY_ROLES), user__is_active=True)
    return {pk for pk in people.values_list("agency", flat=True) if pk}


def reminded_on(regency: Regency, day: date) -> set[int]:
    """The initiatives of which somebody was reminded on that day."""
    rows = InitiativeReminder.objects.filter(initiative__master_plan__regency=regency, day=day)
    return set(rows.values_list("initiative", flat=True))


def obstacle_to_reminding(initiative: Initiative, *, staffed: Container[int], reminded: Container[int]) -> str:
    """Why nobody is reminded of it, or ""; `staffed` are agencies with people, `reminded` initiatives of today."""
    if initiative.master_plan.is_locked:
        return initiative.master_plan.lock_sentence
    if not initiative.is_open:
        if initiative.status == InitiativeStatus.WITHDRAWN:
            return "Sudah ditarik, jadi tidak ada yang ditunggu."
        return f"Tidak menunggu perangkat daerah: {initiative.get_status_display().lower()}."
    if initiative.lead_agency_id not in staffed:
        return "Perangkat daerah ini belum punya anggota. Undang seseorang lewat halaman Tim."
    return TODAY if initiative.pk in reminded else ""


@transaction.atomic
def remind(initiative: Initiative, *, by: User, message: str = "") -> InitiativeReminder:
    """Remind the people of its agency of `initiative`, as it is now: it may have been sent since the page was drawn.

    Raises PermissionDenied, and ValidationError with the reason where nobody is reminded.
    """
    regency = initiative.regency
    require(by, Permission.REVIEW_INITIATIVE, regency)
    Initiative.objects.select_for_update(of=("self",)).get(pk=initiative.pk)
    now = Initiative.objects.complete().select_related("master_plan__regency").get(pk=initiative.pk)
    if sentence := obstacle_to_reminding(now, staffed=agencies_with_people(regency), reminded=()):
        raise ValidationError(sentence)
    reminder, made = InitiativeReminder.objects.get_or_create(
        initiative=now,
        day=regency.today(),
        defaults={"message": clean_text(message, REMINDER_LIMIT), "by": by, "by_role": byline(by, regency)},
    )
    if not made:
        raise ValidationError(TODAY)
    notifications.reminded(reminder, missing=len(missing_for_submission(now)))
    return reminder
