"""Attendance of a stage: inviting agencies and recording how they attended, ticking outputs, the attendance list.

The names on that list are personal data: only `SEE_ATTENDEES` reads or changes them, and papers that print them go
with them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from agencies.access import byline, can, require
from agencies.models import Agency, Regency, User
from agencies.roles import Permission
from masterplan import notifications
from masterplan.models import (
    Attendance,
    Attendee,
    OutputDelivery,
    SignInPage,
    Workshop,
    WorkshopOutput,
    WorkshopPaper,
    stages_to_forget,
)
from masterplan.reference_bimtek import AttendanceMode, OutputKind, PaperKind
from masterplan.workshops.actions.workshops import closing_of, lock_open_stage
from smartcity.common.storage.files import discard

# More people than any hall holds; a limit for whoever fills a list by machine.
MOST_ATTENDEES = 600


@dataclass(frozen=True)
class Person:
    """A participant as they entered themselves; `agency` or, for guests, `institution`."""

    name: str
    position: str
    agency: Agency | None
    institution: str
    mode: str


# Agencies ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def note_attendance(workshop: Workshop, *, by: User, modes: Mapping[int, str]) -> int:
    """How each agency (by id) takes part: a mode invites it where it was not, "" takes the invitation back.

    Agencies that `modes` does not name stay as they are. The people of agencies that are now invited are notified, not
    of those that came uninvited, and again when the invitation is taken back. Returns how many changed. Raises
    ValidationError while the stage is closed, and KeyError for an agency of another regency.
    """
    require(by, Permission.MANAGE_WORKSHOPS, workshop.regency)
    held = lock_open_stage(workshop)
    agencies = {agency.pk: agency for agency in held.regency.agencies.filter(pk__in=modes)}
    stored = {row.agency_id: row for row in held.attendances.filter(agency_id__in=modes)}
    changed, invited = 0, []
    taken_back: dict[int, datetime] = {}
    for agency, mode in modes.items():
        row = stored.get(agency)
        if mode == (row.mode if row else ""):
            continue
        changed += 1
        if not mode and row:
            taken_back[agency] = row.invited_at
            row.delete()
        elif row:
            Attendance.objects.filter(pk=row.pk).update(mode=AttendanceMode(mode))
        else:
            row = Attendance.objects.create(workshop=held, agency=agencies[agency], mode=AttendanceMode(mode))
            invited += [agency] if row.mode == AttendanceMode.INVITED else []
    if invited:
        notifications.workshop_invited(held, agencies=invited, by=by)
    if taken_back:
        notifications.workshop_uninvited(held, invited=taken_back, by=by)
    return changed


@transaction.atomic
def invite_all(workshop: Workshop, *, by: User) -> int:
    """Invite every agency that exists and is not invited yet, and tell its people. Returns how many agencies.

    Raises ValidationError while the stage is closed.
    """
    require(by, Permission.MANAGE_WORKSHOPS, workshop.regency)
    held = lock_open_stage(workshop)
    invited = set(held.attendances.values_list("agency_id", flat=True))
    wanted = [a for a in held.regency.agencies.valid_on(held.regency.today()) if a.pk not in invited]
    Attendance.objects.bulk_create(Attendance(workshop=held, agency=agency) for agency in wanted)
    if wanted:
        notifications.workshop_invited(held, agencies=[agency.pk for agency in wanted], by=by)
    return len(wanted)


def may_tick(user: User, regency: Regency, agency: int) -> bool:
    """Whether `user` may say that the agency delivered: its own people, or whoever runs the workshops."""
    return can(user, Permission.MANAGE_WORKSHOPS, regency) or can(user, Permission.EDIT_INITIATIVE, regency, agency)


@transaction.atomic
def tick_output(output: WorkshopOutput, *, by: User, agency: Agency, delivered: bool) -> None:
    """Record that an agency delivered, or did not after all, with who recorded it and when.

    Raises ValidationError while the stage is closed, for what the portal sees by itself, and for an agency that was
    not invited.
    """
    regency = output.workshop.regency
    if not may_tick(by, regency, agency.pk):
        raise PermissionDenied
    held = lock_open_stage(output.workshop)
    if output.kind != OutputKind.TICKED:
        raise ValidationError("Hasil ini diketahui portal sendiri dari inisiatif yang dikirim, jadi tidak ditandai.")
    if not held.attendances.filter(agency=agency).exists():
        raise ValidationError(f"{agency} tidak diundang pada tahap ini. Undang dulu, lalu tandai.")
    if not delivered:
        output.deliveries.filter(agency=agency).delete()
        return
    OutputDelivery.objects.get_or_create(
        output=output, agency=agency, defaults={"ticked_by": by, "ticked_as": byline(by, regency)}
    )


# The attendance list -------------------------------------------------------------------------------------------------


@transaction.atomic
def open_page(workshop: Workshop, *, by: User, day: date) -> SignInPage:
    """Open the attendance page of a day of the stage; the same day keeps its code. Raises ValidationError."""
    require(by, Permission.SEE_ATTENDEES, workshop.regency)
    held = lock_open_stage(workshop)
    if day not in held.days:
        raise ValidationError("Hari itu bukan hari tahap ini. Atur dulu tanggal mulai dan selesainya.")
    page, _ = SignInPage.objects.get_or_create(workshop=held, day=day)
    if page.opened_at is None:
        SignInPage.objects.filter(pk=page.pk).update(opened_at=timezone.now(), opened_by=by)
    page.refresh_from_db()
    return page


@transaction.atomic
def close_page(page: SignInPage, *, by: User) -> None:
    """Close an attendance page; its list stays."""
    require(by, Permission.SEE_ATTENDEES, page.workshop.regency)
    SignInPage.objects.filter(pk=page.pk).update(opened_at=None, opened_by=None)


def find_open_page(code: str) -> SignInPage | None:
    """The attendance page with this code, if it is open and this is its day where the regency lies; else None."""
    pages = SignInPage.objects.select_related("workshop__regency").filter(opened_at__isnull=False)
    page = pages.filter(code=code).first()
    if page is None or page.day != page.workshop.regency.today() or closing_of(page.workshop):
        return None
    return page


@transaction.atomic
def register(page: SignInPage, *, by: Person) -> Attendee:
    """Put a person on the list of the day; a second entry changes nothing. The agency counts as present.

    Raises ValidationError when the page was closed meanwhile or the list is full.
    """
    Workshop.objects.select_for_update(no_key=True, of=("self",)).get(pk=page.workshop_id)
    current = find_open_page(page.code)
    if current is None:
        raise ValidationError("Daftar hadir sudah ditutup. Hubungi panitia untuk dicatat.")
    place = {"agency": by.agency, "institution": "" if by.agency else by.institution}
    known = current.attendees.filter(name__iexact=by.name, **place).first()
    if known is None and current.attendees.count() >= MOST_ATTENDEES:
        raise ValidationError("Daftar hadir hari ini sudah penuh. Hubungi panitia untuk dicatat.")
    if by.agency is not None:
        _record_presence(current.workshop, by.agency, by.mode)
    # An entry of the same name stays as it is; a coordinator can correct it.
    return known or Attendee.objects.create(page=current, name=by.name, position=by.position, mode=by.mode, **place)


def _record_presence(workshop: Workshop, agency: Agency, mode: str) -> None:
    """Note an agency's first person; on site outweighs online, and what a coordinator noted otherwise stays."""
    row, created = Attendance.objects.get_or_create(workshop=workshop, agency=agency, defaults={"mode": mode})
    weaker = (AttendanceMode.INVITED, AttendanceMode.ONLINE)
    if not created and row.mode in weaker and row.mode != mode:
        Attendance.objects.filter(pk=row.pk).update(mode=mode)


@transaction.atomic
def correct_attendee(attendee: Attendee, *, by: User, person: Person) -> None:
    """Correct the entry of a participant. Raises ValidationError while the stage is closed."""
    workshop = attendee.page.workshop
    require(by, Permission.SEE_ATTENDEES, workshop.regency)
    lock_open_stage(workshop)
    Attendee.objects.filter(pk=attendee.pk).update(
        name=person.name,
        position=person.position,
        agency=person.agency,
        institution="" if person.agency else person.institution,
        mode=person.mode,
    )
    _forget_lists(workshop)


@transaction.atomic
def remove_attendee(attendee: Attendee, *, by: User) -> None:
    """Forget one person, also after the stage was closed: who asks to be forgotten need not wait."""
    workshop = attendee.page.workshop
    require(by, Permission.SEE_ATTENDEES, workshop.regency)
    attendee.delete()
    _forget_lists(workshop)


@transaction.atomic
def forget_attendees(workshop: Workshop, *, by: User) -> int:
    """Forget everybody on the lists of a stage, with the printed lists; how agencies came stays. Returns how many."""
    require(by, Permission.SEE_ATTENDEES, workshop.regency)
    return _forget(workshop)


@transaction.atomic
def forget_old_attendees(*, by: None = None) -> int:
    """The same for stages whose lists have been kept long enough; nobody asks, time does. Returns how many people."""
    return sum(_forget(workshop) for workshop in stages_to_forget())


@transaction.atomic
def forget_person(rows: QuerySet[Attendee], *, by: None = None) -> int:
    """Forget one person on the lists of all stages, for whoever runs the portal and was asked to. Returns how often."""
    attendees = list(rows.select_related("page__workshop"))
    rows.delete()
    for workshop in {attendee.page.workshop for attendee in attendees}:
        _forget_lists(workshop)
    return len(attendees)


def _forget(workshop: Workshop) -> int:
    rows = Attendee.objects.filter(page__workshop=workshop)
    count = rows.count()
    rows.delete()
    _forget_lists(workshop)
    return count


def _forget_lists(workshop: Workshop) -> None:
    """Printed lists name people who are not on the list any more."""
    for paper in WorkshopPaper.objects.filter(workshop=workshop, kind=PaperKind.ATTENDANCE).select_related("file"):
        file = paper.file
        paper.delete()
        if file is not None:
            discard(file.storage_name)
            file.delete()
