"""Who is told of what, by mail. Called inside actions; the mail is written down there and leaves after the commit."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from agencies.access import can
from agencies.mail import post
from agencies.models import Membership, User
from agencies.roles import AGENCY_ROLES, Permission, Role
from masterplan.discussed import asked_of, kind_of, name_of
from masterplan.models import AlignmentLink, BookJob, Comment, DeadlineExtension, Initiative, StatusChange, Thread
from masterplan.models.thread import Subject
from masterplan.reference import InitiativeStatus
from smartcity.common.formatting import format_deadline
from smartcity.common.jobs import JobState


def _addresses(memberships: Iterable[Membership], but: User) -> list[str]:
    return [m.user.email for m in memberships if m.user.is_active and m.user_id != but.pk]


def _of_agency(subject: Subject, but: User) -> list[str]:
    """The people of the agency that answers for it; nobody where a section has none."""
    return _people_of(subject.answering_agency_id, but) if subject.answering_agency_id else []


def _people_of(agency_id: int, but: User) -> list[str]:
    active = Membership.objects.active_on(timezone.localdate()).select_related("user")
    return _addresses(active.filter(agency_id=agency_id, role__in=sorted(AGENCY_ROLES)), but)


def _coordinators(subject: Subject, but: User) -> list[str]:
    active = Membership.objects.active_on(timezone.localdate()).select_related("user")
    return _addresses(active.filter(regency_id=subject.master_plan.regency_id, role=Role.COORDINATOR), but)


def initiative_url(initiative: Initiative, name: str = "initiative_detail") -> str:
    """Full address of a page about `initiative`, for mails."""
    return settings.BASE_URL + reverse(name, args=[initiative.regency.slug, initiative.pk])


# Where each piece of news leads: to the reviewer's desk, or to the first thing to mend.
_NEXT_PAGE = {
    InitiativeStatus.SUBMITTED: "initiative_review",
    InitiativeStatus.RETURNED: "initiative_mend",
    InitiativeStatus.APPROVED: "initiative_detail",
}


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
            "url": initiative_url(initiative, _NEXT_PAGE[InitiativeStatus(change.to_status)]),
        },
    )


def thread_url(thread: Thread, comment: Comment | None = None) -> str:
    """Full address of a conversation, or of one contribution to it; it leads every reader to the right page."""
    place = settings.BASE_URL + reverse("thread_detail", args=[thread.regency.slug, thread.pk])
    return f"{place}?tanggapan={comment.pk}" if comment else place


def _place(thread: Thread) -> dict[str, object]:
    """What mails about a conversation say of it. The words of a private one stay in the portal."""
    subject = thread.subject
    about = {"name": name_of(subject), "kind": kind_of(subject), "asked": asked_of(thread) if thread.field else ""}
    return {"thread": thread, **about}


def commented(comment: Comment) -> None:
    """Tell both sides that somebody wrote at a field or a section; of a private note only the agency that keeps it."""
    thread = comment.thread
    subject = thread.subject
    told = _of_agency(subject, comment.author)
    if not thread.is_private:
        told += _coordinators(subject, comment.author)
    kind = "Catatan internal" if thread.is_private else "Catatan"
    post(
        told,
        f"{kind} pada {name_of(subject)}",
        "commented",
        {"comment": comment, "url": thread_url(thread, comment), **_place(thread)},
    )


def assigned(thread: Thread, *, to: User, by_role: str) -> None:
    """Tell a person that a conversation waits for them."""
    post(
        [to.email] if to.is_active else [],
        f"Catatan untuk Anda pada {name_of(thread.subject)}",
        "assigned",
        {"by_role": by_role, "url": thread_url(thread), **_place(thread)},
    )


def filled_in_on_behalf(initiative: Initiative, *, by: User, by_role: str) -> None:
    """Tell the agency that somebody began to fill in for it; called once a sitting."""
    post(
        _of_agency(initiative, by),
        f"{initiative.code} {initiative.name}: diisi atas nama {initiative.lead_agency.short_name}",
        "filled_in_on_behalf",
        {"initiative": initiative, "by_role": by_role, "url": initiative_url(initiative, "initiative_confirm")},
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


def deadline_extended(extension: DeadlineExtension) -> None:
    """Tell the agency that it has more time, until when and why."""
    regency, workshop = extension.regency, extension.workshop
    post(
        _people_of(extension.agency_id, extension.granted_by),
        f"Batas kirim Tahap {workshop.stage} diperpanjang untuk {extension.agency.short_name}",
        "deadline_extended",
        {
            "extension": extension,
            "until": format_deadline(regency.local(extension.deadline)),
            "url": settings.BASE_URL + reverse("regency_home", args=[regency.slug]),
        },
    )


def book_ended(job: BookJob) -> None:
    """Tell everybody who asked that their book is there, unless they hardly had to wait, or why there is none."""
    assert job.finished_at is not None
    is_done = job.state == JobState.DONE
    if is_done and job.finished_at - job.requested_at < timedelta(seconds=settings.BOOK_MAIL_SECONDS):
        return
    outcome = "siap diunduh" if is_done else "gagal disusun"
    context = {"job": job, "is_done": is_done, "url": settings.BASE_URL + job.get_absolute_url()}
    post(_who_asked(job), f"{job}: {outcome}", "book_ended", context)


def book_cancelled(job: BookJob, *, by: User) -> None:
    """Tell the others who asked that somebody called it off."""
    context = {"job": job, "url": settings.BASE_URL + job.get_absolute_url()}
    post(_who_asked(job, but=by), f"{job}: dibatalkan", "book_cancelled", context)


def _who_asked(job: BookJob, but: User | None = None) -> list[str]:
    """Addresses of those who wait for a book and may still have it."""
    askers = [user for user in job.askers.all() if user != but]
    return [user.email for user in askers if can(user, Permission.DOWNLOAD_BOOK, job.regency)]
