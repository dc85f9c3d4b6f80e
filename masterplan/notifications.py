"""Who is notified of what. Called inside actions: the notice is stored with the act and mailed as each person chose."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from agencies.access import can, experts_of, main_membership
from agencies.models import Membership, Notice, NoticeKind, User
from agencies.notices import notify
from agencies.roles import AGENCY_ROLES, Permission
from masterplan.models import (
    AlignmentLink,
    BookJob,
    Comment,
    DeadlineExtension,
    Initiative,
    InitiativeReminder,
    ProgressReport,
    StatusChange,
    Thread,
    Workshop,
)
from masterplan.models.thread import Subject
from masterplan.reference import InitiativeStatus
from masterplan.topics import field_label, subject_kind, subject_name
from smartcity.common.formatting import format_days, format_deadline
from smartcity.common.jobs import JobState


def _of_agency(subject: Subject, but: User) -> list[Membership]:
    """The people of the agency that answers for it; nobody where a section has none."""
    return _people_of([subject.answering_agency_id], but) if subject.answering_agency_id else []


def _people_of(agencies: Collection[int], but: User) -> list[Membership]:
    active = Membership.objects.active_on(timezone.localdate()).select_related("user").exclude(user=but)
    return list(active.filter(agency_id__in=agencies, role__in=sorted(AGENCY_ROLES)))


def _coordinators(subject: Subject, but: User) -> list[Membership]:
    return list(Membership.objects.desk_of(subject.regency).exclude(user=but))


def initiative_path(initiative: Initiative, name: str = "initiative_detail") -> str:
    """Address of a page about `initiative`."""
    return reverse(name, args=[initiative.regency.slug, initiative.pk])


# The kind of notice that each step causes, and the page it leads to.
_STEPS = {
    InitiativeStatus.SUBMITTED: (NoticeKind.SUBMITTED, "initiative_review"),
    InitiativeStatus.RETURNED: (NoticeKind.RETURNED, "initiative_next_correction"),
    InitiativeStatus.APPROVED: (NoticeKind.APPROVED, "initiative_detail"),
}


def review_assigned(initiative: Initiative, *, to: User, by_role: str) -> None:
    """Notify somebody of the desk that an initiative waits for their review."""
    notify(
        Membership.objects.desk_of(initiative.regency).filter(user=to),
        NoticeKind.ASSIGNED,
        f"Anda diminta meninjau {initiative.code} {initiative.name}",
        "review_assigned",
        {"initiative": initiative, "by_role": by_role},
        path=initiative_path(initiative, "initiative_review"),
    )


def status_changed(change: StatusChange) -> None:
    """Notify the other side: Diskominfo when something is sent, the agency when something is decided."""
    initiative, status = change.initiative, change.to_status
    if initiative is None or status not in _STEPS:
        return
    kind, page = _STEPS[InitiativeStatus(status)]
    people = (_coordinators if kind == NoticeKind.SUBMITTED else _of_agency)(initiative, change.by)
    label = InitiativeStatus(status).label.lower()
    notify(
        people,
        kind,
        f"{initiative.code} {initiative.name}: {label}",
        "status_changed",
        {"initiative": initiative, "change": change, "label": label},
        path=initiative_path(initiative, page),
    )


def thread_path(thread: Thread, comment: Comment | None = None) -> str:
    """Address of a conversation, or of one contribution to it; it leads every reader to the right page."""
    place = reverse("thread_detail", args=[thread.regency.slug, thread.pk])
    return f"{place}?tanggapan={comment.pk}" if comment else place


def _place(thread: Thread) -> dict[str, object]:
    """The context of a notice about a conversation; it holds no text of a private one."""
    return {
        "thread": thread,
        "kind": subject_kind(thread.subject),
        "asked": field_label(thread) if thread.field else "",
    }


def commented(comment: Comment) -> None:
    """Notify both sides of a comment and the experts who took part; of a private note only the agency that keeps it."""
    thread = comment.thread
    subject = thread.subject
    people = _of_agency(subject, comment.author)
    if not thread.is_private:
        people += _coordinators(subject, comment.author) + _experts_in(thread, comment.author)
    what = "Catatan internal" if thread.is_private else "Catatan"
    notify(
        people,
        NoticeKind.COMMENTED,
        f"{what} pada {subject_name(subject)}",
        "commented",
        {"comment": comment, **_place(thread)},
        path=thread_path(thread, comment),
    )


def _experts_in(thread: Thread, but: User) -> list[Membership]:
    """The experts who have taken part in a conversation and still look after the regency."""
    spoke = thread.speakers - {but.pk}
    return [row for row in experts_of(thread.regency) if row.user_id in spoke] if spoke else []


def assigned(thread: Thread, *, to: Membership, by_role: str) -> None:
    """Notify a person that a conversation was assigned to them."""
    notify(
        [to],
        NoticeKind.ASSIGNED,
        f"Catatan untuk Anda pada {subject_name(thread.subject)}",
        "assigned",
        {"by_role": by_role, **_place(thread)},
        path=thread_path(thread),
    )


def reminded(reminder: InitiativeReminder, *, missing: int) -> None:
    """Notify the people of the agency what is waited for; `missing` answers keep it from being sent."""
    initiative = reminder.initiative
    is_returned = initiative.status == InitiativeStatus.RETURNED
    notify(
        _of_agency(initiative, reminder.by),
        NoticeKind.REMINDED,
        f"Pengingat: {initiative.code} {initiative.name}",
        "reminded",
        {"reminder": reminder, "initiative": initiative, "missing": missing},
        path=initiative_path(initiative, "initiative_next_correction" if is_returned else "initiative_detail"),
    )


def filled_in_on_behalf(initiative: Initiative, *, by: User, by_role: str) -> None:
    """Notify the agency that somebody began to fill in for it; called once in an edit session."""
    notify(
        _of_agency(initiative, by),
        NoticeKind.FILLED_IN,
        f"{initiative.code} {initiative.name}: diisi atas nama {initiative.lead_agency.short_name}",
        "filled_in_on_behalf",
        {"by_role": by_role},
        path=initiative_path(initiative, "initiative_confirm"),
    )


def report_on_behalf(report: ProgressReport, *, by: User, by_role: str, is_sent: bool) -> None:
    """Notify the agency that somebody else began to write its report of a quarter, or has handed it in."""
    initiative = report.initiative
    done = "dikirim" if is_sent else "diisi"
    notify(
        _of_agency(initiative, by),
        NoticeKind.FILLED_IN,
        f"{initiative.code} {initiative.name}: laporan {report} {done} atas nama {initiative.lead_agency.short_name}",
        "report_on_behalf",
        {"by_role": by_role, "report": report, "is_sent": is_sent},
        path=reverse("progress_edit", args=[initiative.regency.slug, initiative.pk, report.quarter.slug]),
    )


def link_decided(link: AlignmentLink) -> None:
    """Notify the agency what Diskominfo decided about its link."""
    if link.decided_by is None:
        return
    notify(
        _of_agency(link.initiative, link.decided_by),
        NoticeKind.LINK_DECIDED,
        f"Tautan {link.element.code} pada {link.initiative.code}: {link.get_state_display().lower()}",
        "link_decided",
        {"link": link},
        path=initiative_path(link.initiative),
    )


def deadline_extended(extension: DeadlineExtension) -> None:
    """Notify the agency that it has more time, until when and why."""
    regency, workshop = extension.regency, extension.workshop
    notify(
        _people_of([extension.agency_id], extension.granted_by),
        NoticeKind.EXTENDED,
        f"Batas kirim Tahap {workshop.stage} diperpanjang untuk {extension.agency.short_name}",
        "deadline_extended",
        {"extension": extension, "until": format_deadline(regency.local(extension.deadline))},
        path=reverse("regency_home", args=[regency.slug]),
    )


def workshop_invited(workshop: Workshop, *, agencies: Collection[int], by: User) -> None:
    """Notify the people of the agencies (by id) that were just invited when and where it is."""
    if workshop.notifies_people:
        _notify_of(workshop, _people_of(agencies, by), f"Undangan {workshop}", "workshop_invited", {})


def workshop_uninvited(workshop: Workshop, *, invited: Mapping[int, datetime], by: User) -> None:
    """Notify who heard of an invitation that it was taken back; `invited` says by agency (its id) when it was made."""
    if not workshop.notifies_people:
        return
    news = Notice.objects.filter(kind=NoticeKind.INVITED, path=_workshop_path(workshop), agency__in=invited)
    informed = {
        (user, agency) for user, agency, at in news.values_list("user", "agency", "created_at") if at >= invited[agency]
    }
    people = [row for row in _people_of(invited, by) if (row.user_id, row.agency_id) in informed]
    _notify_of(workshop, people, f"Undangan ditarik kembali, {workshop}", "workshop_uninvited", {})


def workshop_changed(workshop: Workshop, *, before: dict[str, str], by: User) -> None:
    """Notify the people of all invited agencies what of the schedule is not as `before`, if anything."""
    now = workshop.schedule
    changed = [(label, now[label], before[label]) for label in now if now[label] != before[label]]
    if changed and workshop.notifies_people:
        agencies = workshop.attendances.values_list("agency", flat=True)
        people = _people_of(agencies, by)
        _notify_of(workshop, people, f"Perubahan {workshop}", "workshop_changed", {"changed": changed})


def _workshop_path(workshop: Workshop, name: str = "workshop_detail") -> str:
    return reverse(name, args=[workshop.regency.slug, workshop.pk])


def _notify_of(
    workshop: Workshop, people: Iterable[Membership], subject: str, template: str, context: dict[str, object]
) -> None:
    notify(
        people,
        NoticeKind.INVITED,
        f"{subject}: {format_days(workshop.start_date, workshop.end_date) or 'hari belum ditetapkan'}",
        template,
        {
            "workshop": workshop,
            "schedule": [(label, value) for label, value in workshop.schedule.items() if value],
            "calendar_url": settings.BASE_URL + _workshop_path(workshop, "workshop_calendar"),
            **context,
        },
        path=_workshop_path(workshop),
    )


def book_ended(job: BookJob) -> None:
    """Notify everybody who asked that their book is there, unless they hardly had to wait, or why there is none."""
    assert job.finished_at is not None
    is_done = job.state == JobState.DONE
    if is_done and job.finished_at - job.requested_at < timedelta(seconds=settings.BOOK_MAIL_SECONDS):
        return
    outcome = "siap diunduh" if is_done else "gagal disusun"
    _notify_askers(job, f"{job}: {outcome}", "book_ended", {"job": job, "is_done": is_done})


def book_cancelled(job: BookJob, *, by: User) -> None:
    """Notify the others who asked that somebody called it off."""
    _notify_askers(job, f"{job}: dibatalkan", "book_cancelled", {"job": job}, but=by)


def _notify_askers(
    job: BookJob, subject: str, template: str, context: dict[str, object], but: User | None = None
) -> None:
    """Notify those who wait for a book and may still have it."""
    askers = [user for user in job.askers.all() if user != but and can(user, Permission.DOWNLOAD_BOOK, job.regency)]
    people = [row for user in askers if (row := main_membership(user, job.regency))]
    notify(people, NoticeKind.BOOK, subject, template, context, path=job.get_absolute_url())
