"""The first pages of the roles that speak for the whole regency: coordinator, expert, executive, administrator."""

from collections.abc import Callable
from typing import Any

from django.db.models import Case, Count, F, Q, When
from django.utils.timezone import localdate

from agencies.access import own_agency_ids
from agencies.actions import invitations, team
from agencies.models import Invitation
from agencies.roles import Home, Permission, Role, RoleSpec
from masterplan.books.views.state import book_state
from masterplan.home.views.agency import agency_home
from masterplan.home.views.agency_states import SENT
from masterplan.home.views.tasks import SHOWN, HomeContent, HomeContext, Task, TaskGroup, group, initiative_task
from masterplan.home.views.threads import about_books, assigned
from masterplan.models import MasterPlan, Snapshot, newest_books
from masterplan.models.thread import open_thread_count
from masterplan.pages.loading import visible_initiatives
from masterplan.reference import BookFormat, EditionStatus, InitiativeStatus, LinkState
from smartcity.common.formatting import format_age, format_date, format_size
from smartcity.common.jobs import JobState

S = InitiativeStatus
_NO_PLAN = "Rencana induk belum dibuka."


def home_content(home: HomeContext, spec: RoleSpec) -> HomeContent:
    """The page that `spec`, the widest role, declares; the initiatives of an own agency follow below."""
    content = HOMES[spec.home](home)
    if spec.home is not Home.AGENCY and own_agency_ids(home.user, home.regency):
        content.groups += agency_home(home).groups
    content.groups = [found for found in [assigned(home), *content.groups] if found.tasks]
    return content


# Coordinator --------------------------------------------------------------------------------------------------------


def _coordinator(home: HomeContext) -> HomeContent:
    if home.plan is None:
        return HomeContent(_NO_PLAN)
    rows = list(
        visible_initiatives(home.user, home.plan)
        .filter(status__in=(S.SUBMITTED, S.IN_REVIEW))
        .for_list()
        .annotate(
            open_threads=open_thread_count(own_agency_ids(home.user, home.regency)),
            undecided=Count("links", filter=Q(links__state=LinkState.PROPOSED), distinct=True),
        )
        .order_by(Case(When(reviewer=home.user, then=0), default=1), "submitted_at", "pk")
    )
    waiting = [row for row in rows if row.status == S.SUBMITTED]
    reading = [row for row in rows if row.status == S.IN_REVIEW]
    queue = home.url("review_queue")
    return HomeContent(
        f"{len(waiting)} inisiatif menunggu tinjauan Anda."
        if waiting
        else "Tidak ada inisiatif yang menunggu tinjauan.",
        [
            group("Menunggu tinjauan", waiting, lambda row: _to_review(home, row, "Tinjau"), more=queue),
            group("Sedang ditinjau", reading, lambda row: _to_review(home, row, "Putuskan"), more=queue),
            _undecided(home, rows),
            about_books(home, page="section_edit"),
            *_newest(home, home.plan),
        ],
        ("Buka tinjauan", queue, "eye"),
    )


def _to_review(home: HomeContext, row: Any, verb: str) -> Task:
    parts = [
        row.lead_agency.name,
        "Ditugaskan kepada Anda" if row.reviewer_id == home.user.pk else "",
        f"{row.undecided} tautan belum diputuskan" if row.undecided else "",
        f"{row.open_threads} catatan terbuka" if row.open_threads else "",
    ]
    return initiative_task(
        row,
        home.url("initiative_review", row.pk),
        f"{verb}: {row.name}",
        why=". ".join(filter(None, parts)),
        note=f"dikirim {format_age(row.submitted_at)}",
    )


def _undecided(home: HomeContext, rows: list[Any]) -> TaskGroup:
    """One task for all proposed links of what was sent: they are best decided side by side."""
    total = sum(row.undecided for row in rows)
    holders = sum(bool(row.undecided) for row in rows)
    tasks = [
        Task(
            home.url("alignment_matrix") + "?tampil=menunggu",
            "Putuskan usulan keselarasan",
            strong=f"{total} tautan",
            why=f"pada {holders} inisiatif menunggu keputusan",
        )
    ]
    return TaskGroup("Tautan menunggu keputusan", f"{total} tautan", tasks if total else [])


# Editions and books -------------------------------------------------------------------------------------------------


def _editions(plan: MasterPlan) -> list[Snapshot]:
    """The newest few, without their content."""
    return list(plan.snapshots.defer("content")[:SHOWN])


def _edition(home: HomeContext, edition: Snapshot, title: str) -> Task:
    return Task(
        home.url("edition_detail", edition.number),
        title,
        strong=edition.code,
        why=edition.label,
        status=edition.badge,
        label=edition.get_status_display(),
        note=f"dibekukan {format_date(localdate(edition.taken_at))}",
    )


def _newest(home: HomeContext, plan: MasterPlan) -> list[TaskGroup]:
    """What is wrong with the books of the newest edition, and the edition. Two queries."""
    rows = _editions(plan)
    if not rows:
        return []
    count = f"{len(rows)} edisi" if len(rows) < SHOWN else ""
    more = home.url("edition_list") if len(rows) > 1 else ""
    newest = TaskGroup("Edisi terakhir", count, [_edition(home, rows[0], f"Edisi {rows[0].number}")], more)
    return [_to_repair(home, plan, rows[0]), newest]


def _to_repair(home: HomeContext, plan: MasterPlan, newest: Snapshot) -> TaskGroup:
    """The books of the newest edition that failed or have problems, or that there is none yet."""
    jobs = list(newest_books(plan).order_by("book", "pk"))
    for job in jobs:
        job.snapshot = newest
    state = book_state(jobs)
    tasks = [
        Task(home.url("book_progress", book.job.pk), f"Perbaiki: {book.job}", why=book.words) for book in state.troubled
    ]
    if state.is_missing:
        page = home.url("edition_detail", newest.number) + "#buku-edisi"
        tasks.append(Task(page, f"Susun buku edisi {newest.number}", why="Belum ada buku edisi ini yang tercetak"))
    return TaskGroup("Buku yang perlu diperbaiki", f"{len(tasks)} hal", tasks)


def _books(home: HomeContext, editions: list[Snapshot]) -> TaskGroup:
    """The finished books of the newest edition."""
    tasks = []
    if editions:
        newest = editions[0]
        jobs = newest.book_jobs.filter(
            state=JobState.DONE, draft_mark=newest.is_draft, format=BookFormat.PDF, portion=""
        ).select_related("file")
        for job in jobs.order_by("book", "pk"):
            job.snapshot = newest
            size = f"{job.file.pages} halaman, {format_size(job.file.size)}" if job.file else ""
            tasks.append(Task(home.url("book_download", job.pk), f"Unduh {job}", strong=newest.code, why=size))
    return TaskGroup("Buku terbaru", f"{len(tasks)} buku", tasks, home.url("edition_list") if tasks else "")


# Expert and executive -----------------------------------------------------------------------------------------------


def _expert(home: HomeContext) -> HomeContent:
    if home.plan is None:
        return HomeContent(_NO_PLAN)
    rows = list(
        visible_initiatives(home.user, home.plan)
        .filter(status__in=sorted(SENT))
        .for_list()
        .order_by(F("submitted_at").desc(nulls_last=True), "pk")[:SHOWN]
    )
    total = home.overview.sent
    count = f"{total} inisiatif" + (f", {SHOWN} terbaru tampil di sini" if total > SHOWN else "")
    to_read = [_to_read(home, row) for row in rows]
    more = home.url("initiative_list") if total > SHOWN else ""
    return HomeContent(
        f"{total} inisiatif sudah dikirim dan dapat Anda baca.",
        [_books(home, _editions(home.plan)[:1]), TaskGroup("Untuk dibaca", count, to_read, more)],
        empty=("Belum ada inisiatif yang dikirim", "Inisiatif muncul di sini begitu perangkat daerah mengirimnya."),
    )


def _to_read(home: HomeContext, row: Any) -> Task:
    return initiative_task(
        row,
        home.url("initiative_review", row.pk),
        f"Baca: {row.name}",
        why=row.lead_agency.name,
        note=f"dikirim {format_age(row.submitted_at)}" if row.submitted_at else "",
    )


def _executive(home: HomeContext) -> HomeContent:
    if home.plan is None:
        return HomeContent(_NO_PLAN)
    editions = _editions(home.plan)
    may_adopt = home.may(Permission.ADOPT_EDITION)
    to_adopt = [row for row in editions if may_adopt and row.status == EditionStatus.REVIEWED]
    groups = [
        group("Menunggu penetapan", to_adopt, lambda row: _edition(home, row, f"Tetapkan: {row}"), unit="edisi"),
        _books(home, editions[:1]),
    ]
    if editions and editions[0] not in to_adopt:
        newest = _edition(home, editions[0], str(editions[0]))
        groups.append(TaskGroup("Edisi terakhir", "", [newest], home.url("edition_list")))
    progress = home.overview.progress
    lead = (
        f"{progress['sent']} dari {progress['total']} perangkat daerah sudah mengirim {home.overview.sent} inisiatif."
    )
    return HomeContent(lead, groups, empty=("Belum ada edisi", "Edisi yang siap ditetapkan muncul di sini."))


# Administrator ------------------------------------------------------------------------------------------------------


def _administrator(home: HomeContext) -> HomeContent:
    offers = list(invitations.open_invitations(home.regency).select_related("agency").order_by("expires_at", "pk"))
    empty_agencies = list(team.agencies_without_members(home.regency))
    people = home.url("team_list")
    told = [
        f"{len(offers)} undangan belum diterima" if offers else "",
        f"{len(empty_agencies)} perangkat daerah belum punya anggota" if empty_agencies else "",
    ]
    sentence = ", ".join(filter(None, told)) or "Semua undangan diterima, dan semua perangkat daerah punya anggota"
    return HomeContent(
        f"{sentence}.",
        [
            group("Undangan menunggu", offers, lambda row: _to_follow(home, row), unit="undangan", more=people),
            group(
                "Belum punya anggota",
                empty_agencies,
                lambda row: _to_staff(home, row),
                unit="perangkat daerah",
                more=people,
            ),
        ],
        ("Undang anggota", home.url("invitation_create"), "person-plus"),
    )


def _to_follow(home: HomeContext, invitation: Invitation) -> Task:
    day = format_date(localdate(invitation.expires_at))
    return Task(
        home.url("invitation_detail", invitation.pk),
        f"Ingatkan: {invitation.email}" if invitation.is_open else f"Undang lagi: {invitation.email}",
        why=invitations.describe(invitation.role, invitation.agency),
        note=f"berlaku sampai {day}" if invitation.is_open else f"kedaluwarsa {day}",
    )


def _to_staff(home: HomeContext, agency: Any) -> Task:
    url = home.url("invitation_create") + f"?opd={agency.pk}&peran={Role.AGENCY_STAFF}"
    return Task(url, f"Undang untuk {agency.short_name}", why=agency.name)


# The first page of each kind; `masterplan.checks` refuses a role whose home is not here.
HOMES: dict[Home, Callable[[HomeContext], HomeContent]] = {
    Home.AGENCY: agency_home,
    Home.REVIEW: _coordinator,
    Home.READING: _expert,
    Home.ADOPTION: _executive,
    Home.PEOPLE: _administrator,
}
