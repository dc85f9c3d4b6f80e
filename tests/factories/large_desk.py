"""What happens at the desk of the large regency beside its initiatives: a round of bimtek, quarterly reports, notes,
reminders, saved replies, a successor RPJMD and an upload of it. Single things go through the actions; what comes in
hundreds is written in bulk as those leave it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from agencies.access import byline
from agencies.models import Agency, User
from masterplan.discussion.actions import snippets
from masterplan.models import (
    Attendance,
    Attendee,
    Comment,
    DevelopmentPlan,
    InitiativeIndicator,
    InitiativeReminder,
    OutputDelivery,
    PlanElement,
    PlanImport,
    ProgressAmount,
    ProgressCalendar,
    ProgressReport,
    ProgressValue,
    ReplySnippet,
    Thread,
    Workshop,
    calendar_of,
    owed_by,
)
from masterplan.overview.actions import deadlines
from masterplan.plans.importing.actions import imports
from masterplan.plans.importing.export import plan_workbook
from masterplan.plans.importing.tasks import run_plan
from masterplan.progress.measures import indicator_key
from masterplan.progress.states import ProgressState
from masterplan.reference import InitiativeStatus, PlanKind
from masterplan.reference_bimtek import AttendanceMode, OutputKind
from masterplan.workshops import rounds
from masterplan.workshops.actions import attendance, materials, workshops

from .large_regency import LargeRegency, moment, rpjmd_programs, turning
from .plans import make_rpjmd

# Days from today to the first day of each stage: two are over, one is near, one has no date yet.
_STAGES = (-120, -45, 12, None)
_STAGE_DAYS = 2
_CAME = (AttendanceMode.ON_SITE, AttendanceMode.ON_SITE, AttendanceMode.ONLINE, AttendanceMode.ABSENT)
_GUESTS = ("Kementerian Komunikasi dan Digital", "Universitas di Jawa Tengah", "Bappeda Provinsi Jawa Tengah")
_JUDGED = (ProgressState.ON_TRACK, ProgressState.BEHIND, ProgressState.ON_TRACK, ProgressState.HALTED)
_SAID = "Sasaran warga di desa yang belum terjangkau jaringan belum tampak. Tambahkan cara menjangkaunya."
_ANSWERED = "Sudah ditambahkan pada strategi, lengkap dengan tahapannya."
_ASKED_AT = ("problem", "strategy", "beneficiaries", "risk")


@dataclass(frozen=True)
class LargeDesk:
    """What pages of single things are measured and looked at with."""

    stage: Workshop
    upload: PlanImport
    successor: DevelopmentPlan
    snippet: ReplySnippet
    report: ProgressReport


def fill_desk(made: LargeRegency) -> LargeDesk:
    """Let things happen in a large regency that has just been made. The same regency gives the same things."""
    stages = _bimtek(made)
    _reports(made)
    _notes(made)
    _reminders(made)
    successor = make_rpjmd(
        made.regency, 2025, 2029, predecessor=made.plan.development_plan, legal_basis="Rancangan akhir"
    )
    rpjmd_programs(successor, made.agencies, len(made.programs))
    _later_renstra(made)
    return LargeDesk(
        stage=stages[1],
        upload=_upload(made),
        successor=successor,
        snippet=_replies(made),
        report=ProgressReport.objects.select_related("initiative").order_by("-year", "-number", "pk")[0],
    )


def _later_renstra(made: LargeRegency) -> None:
    """What every third agency wrote for the new period, with the same programs."""
    earlier = DevelopmentPlan.objects.filter(regency=made.regency, kind=PlanKind.RENSTRA, agency__in=made.agencies[::3])
    later = DevelopmentPlan.objects.bulk_create(
        DevelopmentPlan(
            regency=made.regency, kind=PlanKind.RENSTRA, agency_id=plan.agency_id, predecessor=plan,
            title=f"{plan.title} 2025–2029", start_year=2025, end_year=2029,
        )
        for plan in earlier
    )  # fmt: skip
    by_earlier = {plan.predecessor_id: plan for plan in later}
    PlanElement.objects.bulk_create(
        PlanElement(
            plan=by_earlier[row.plan_id], level=row.level, code=row.code, sort_key=row.sort_key, text=row.text,
            agency_id=row.agency_id,
        )
        for row in PlanElement.objects.filter(plan__in=by_earlier)
    )  # fmt: skip


# Bimtek ---------------------------------------------------------------------------------------------------------------


def _bimtek(made: LargeRegency) -> list[Workshop]:
    by = made.coordinator
    stages = workshops.begin_round(made.regency, by=by, round=rounds.rounds()["empat-tahap"])
    for stage, days in zip(stages, _STAGES, strict=True):
        if days is None:
            continue
        _schedule(stage, made.regency.today() + timedelta(days))
        attendance.invite_all(stage, by=by)
        materials.add_link(stage, by=by, title="Bahan paparan pendamping", link="https://contoh.test/bimtek/paparan")
        for agency in made.agencies[::12]:
            until = timezone.now() + timedelta(days=40)
            deadlines.extend(stage, agency=agency, deadline=until, reason="Menunggu data kecamatan.", by=by)
        if days < 0:
            _hold(stage, made)
    workshops.close(stages[0], by=by, note="Semua perangkat daerah sudah menyerahkan hasilnya atau diberi waktu.")
    return stages


def _schedule(stage: Workshop, first: date) -> None:
    stage.start_date, stage.end_date = first, first + timedelta(_STAGE_DAYS - 1)
    stage.place, stage.online_link = "Gedung Serbaguna, Besar", "https://contoh.test/ruang-bimtek"
    stage.deadline = timezone.make_aware(datetime.combine(first + timedelta(14), time(16)))
    stage.minutes = "\n\n".join([_SAID, _ANSWERED] * 6) if first < date.today() else ""
    stage.save()


def _hold(stage: Workshop, made: LargeRegency) -> None:
    """How the agencies came, who signed in, and what they delivered."""
    for n, row in enumerate(stage.attendances.order_by("agency__order")):
        Attendance.objects.filter(pk=row.pk).update(mode=turning(_CAME, n))
    for day in stage.days:
        page = attendance.open_page(stage, by=made.coordinator, day=day)
        Attendee.objects.bulk_create(_attendees(page.pk, made.agencies, page.opened_at or timezone.now()))
        attendance.close_page(page, by=made.coordinator)
    OutputDelivery.objects.bulk_create(
        OutputDelivery(output=output, agency=agency, ticked_by=made.coordinator, ticked_as="Koordinator, Diskominfo")
        for output in stage.outputs.filter(kind=OutputKind.TICKED)
        for n, agency in enumerate(made.agencies)
        if turning(_CAME, n) != AttendanceMode.ABSENT
    )


def _attendees(page: int, agencies: Sequence[Agency], at: datetime) -> Iterator[Attendee]:
    for n, agency in enumerate(agencies * 2):
        mode = turning(_CAME, n % len(agencies))
        if mode != AttendanceMode.ABSENT:
            yield Attendee(
                page_id=page, name=f"Peserta {n + 1}", position="Kepala Subbagian Perencanaan dan Keuangan",
                agency=agency, mode=mode, agreed_at=at,
            )  # fmt: skip
    for n, institution in enumerate(_GUESTS):
        yield Attendee(
            page_id=page, name=f"Tamu {n + 1}", position="Narasumber", institution=institution,
            mode=AttendanceMode.ONLINE, agreed_at=at,
        )  # fmt: skip


# Guarding -------------------------------------------------------------------------------------------------------------


def _reports(made: LargeRegency) -> None:
    """Reports of all quarters but the last ones, which some agencies are late with."""
    first = moment(3).date()
    ProgressCalendar.objects.create(
        master_plan=made.plan, first_year=first.year, first_number=(first.month + 2) // 3, set_by=made.coordinator
    )
    today, calendar = made.regency.today(), calendar_of(made.plan)
    reports = ProgressReport.objects.bulk_create(
        ProgressReport(
            master_plan=made.plan, initiative=row, year=quarter.year, number=quarter.number,
            state=turning(_JUDGED, n + place), output="Pelatihan petugas selesai di dua belas desa.",
            problem=_SAID if turning(_JUDGED, n + place) == ProgressState.HALTED else "",
            follow_up=_ANSWERED if turning(_JUDGED, n + place) == ProgressState.HALTED else "",
            reported_at=timezone.make_aware(datetime.combine(quarter.end + timedelta(5), time(9))),
            reported_by=row.created_by, reported_as=byline(row.created_by, made.regency),
            updated_at=timezone.now(), updated_by=row.created_by,
        )
        for n, row in enumerate(row for row in made.initiatives if row.status == InitiativeStatus.APPROVED)
        for place, quarter in enumerate(owed_by(row, calendar, today)[: -1 - n % 3])
    )  # fmt: skip
    ProgressAmount.objects.bulk_create(
        ProgressAmount(report=report, source="apbd_regency", amount=20_000_000 * report.number + 1_000_000 * (n % 30))
        for n, report in enumerate(reports)
    )
    measured: dict[int, list[InitiativeIndicator]] = {}
    for row in InitiativeIndicator.objects.filter(initiative__in={report.initiative_id for report in reports}):
        measured.setdefault(row.initiative_id, []).append(row)
    ProgressValue.objects.bulk_create(
        ProgressValue(
            report=report, key=indicator_key(row.kind, row.name), kind=row.kind, name=row.name, unit=row.unit,
            text=str(value := 8 + 4 * report.number + n % 9), value=value,
        )
        for n, report in enumerate(reports)
        for row in measured[report.initiative_id]
    )  # fmt: skip


# Words between the sides ----------------------------------------------------------------------------------------------


def _notes(made: LargeRegency) -> None:
    """Two conversations at most initiatives; the second is dealt with, some of the first are somebody's task."""
    asked = [row for n, row in enumerate(made.initiatives) if n % 5]
    role = byline(made.coordinator, made.regency)
    threads = Thread.objects.bulk_create(
        Thread(
            initiative=row, field=turning(_ASKED_AT, n + place), opened_by=made.coordinator, opened_at=moment(n),
            **_task(n, row.created_by) if not place else {"resolved_by": made.coordinator, "resolved_at": moment(n)},
        )
        for n, row in enumerate(asked)
        for place in range(2)
    )  # fmt: skip
    Comment.objects.bulk_create(
        Comment(thread=thread, author=author, author_role=as_role, body=body, created_at=thread.opened_at)
        for thread in threads
        for author, as_role, body in (
            (made.coordinator, role, _SAID),
            *([(made.head, "Kepala perangkat daerah", _ANSWERED)] if thread.resolved_at else []),
        )
    )


def _task(n: int, to: User) -> dict[str, object]:
    if n % 3:
        return {}
    due = timezone.localdate() + timedelta(n % 20 - 10)
    return {"assigned_to": to, "assigned_as": "Kepala perangkat daerah", "assigned_at": moment(n), "due_date": due}


def _reminders(made: LargeRegency) -> None:
    role, day = byline(made.coordinator, made.regency), timezone.localdate() - timedelta(days=3)
    InitiativeReminder.objects.bulk_create(
        InitiativeReminder(initiative=row, day=day, by=made.coordinator, by_role=role)
        for row in made.initiatives
        if row.status == InitiativeStatus.DRAFT
    )


def _replies(made: LargeRegency) -> ReplySnippet:
    """As many saved replies as a desk keeps; the last is returned."""
    for n in range(24):
        snippet = snippets.save_snippet(
            ReplySnippet(regency=made.regency),
            title=f"Balasan {n + 1:02d}: lengkapi isian",
            text=_SAID,
            by=made.coordinator,
        )
    return snippet


def _upload(made: LargeRegency) -> PlanImport:
    """The RPJMD of the regency sent in again after some of it was changed, read and waiting for agreement."""
    rpjmd, by = made.plan.development_plan, made.coordinator
    data = plan_workbook(rpjmd)
    for program in made.programs[::40]:
        rpjmd.elements.filter(pk=program.pk).update(text=f"{program.text} (semula)")
    job = imports.upload_plan(rpjmd, by=by, data=data, filename="rpjmd-perubahan.xlsx")
    assert run_plan(job.pk)
    job.refresh_from_db()
    tables = {
        table["sheet"]: {
            "is_read": table["is_read"], "first_row": table["first_row"], "money_unit": table["money_unit"], "roles": {},
        }
        for table in job.tables
    }  # fmt: skip
    imports.map_columns(job, by=by, tables=tables)
    assert run_plan(job.pk)
    job.refresh_from_db()
    return job
