"""The one door to quarterly reports: writing at one, handing it in, its evidence, and from when on they are asked for.

How a row is saved, judged and recorded is `editing.actions.written`; a report asks about each source of money and each
indicator on its own, so that two people who fill in different ones meet no conflict.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from agencies.access import byline, require
from agencies.models import User
from agencies.roles import Permission
from masterplan import notifications
from masterplan.editing.actions import written
from masterplan.editing.actions.ahead import books_changed
from masterplan.editing.actions.behalf import is_on_behalf
from masterplan.editing.actions.files import Added, Arrival, add_once, named
from masterplan.editing.actions.written import WrittenColumn, WrittenKind, choice, text
from masterplan.editing.history import SITTING_GAP
from masterplan.models import (
    PROGRESS_TEXT_LIMIT,
    VALUE_LIMIT,
    ChangeSource,
    EvidenceFile,
    Initiative,
    InitiativeIndicator,
    MasterPlan,
    ProgressAmount,
    ProgressCalendar,
    ProgressEvidence,
    ProgressReport,
    ProgressValue,
    years_of,
)
from masterplan.progress.measures import indicator_key
from masterplan.progress.quarters import Quarter
from masterplan.progress.reporting_due import MOST_DAYS
from masterplan.progress.states import ProgressState
from masterplan.reference import FundingSource, InitiativeStatus
from masterplan.registry import Content
from smartcity.common.formatting import format_date
from smartcity.common.numbers import exact_target
from smartcity.common.storage.file_kinds import true_kind
from smartcity.common.text import clean_text

# What a limit of files is for, in words.
WHOLE = "satu laporan"
AMOUNT, VALUE = "amount_", "value_"
_NO_STATE = "Pilih keadaan inisiatif pada akhir triwulan."
_NO_OUTPUT = "Tulis realisasi keluaran, juga bila belum ada yang dihasilkan."
_SENT = "Laporan ini sudah dikirim. {}"


def _kept(column: WrittenColumn, sentence: str) -> WrittenColumn:
    """A column that a report that was handed in may not empty."""

    def judge(report: Any, value: Any) -> Any:
        found = column.judge(report, value)
        if not found and report.reported_at:
            raise ValidationError(_SENT.format(sentence))
        return found

    return WrittenColumn(column.read, judge, column.write)


_TEXTS = {
    "state": _kept(choice("state", lambda report: ProgressState.values, needed=False), _NO_STATE),
    "output": _kept(text("output", PROGRESS_TEXT_LIMIT), _NO_OUTPUT),
    "problem": text("problem", PROGRESS_TEXT_LIMIT),
    "follow_up": text("follow_up", PROGRESS_TEXT_LIMIT),
}
_MOST = 10**15 - 1


# What a report asks ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Measured:
    """An indicator that a report asks about: one of the initiative's, or one that an earlier answer still names."""

    key: str
    kind: str
    name: str
    unit: str
    row: InitiativeIndicator | None = None


def measured(report: ProgressReport) -> list[Measured]:
    """The indicators of the initiative in their order, then those that only the report still knows."""
    found: dict[str, Measured] = {}
    for row in report.initiative.indicators.all():
        key = indicator_key(row.kind, row.name)
        found.setdefault(key, Measured(key, row.kind, row.name, row.unit, row))
    if report.pk:
        for value in report.values.all():
            found.setdefault(value.key, Measured(value.key, value.kind, value.name, value.unit))
    return list(found.values())


def planned(report: ProgressReport) -> dict[str, int]:
    """What the initiative planned for the year, by source."""
    return {row.source: row.amount for row in report.initiative.budgets.all() if row.year == report.year}


def _amount(source: str) -> WrittenColumn:
    def read(report: Any) -> int | None:
        rows = report.amounts.all() if report.pk else ()
        return next((row.amount for row in rows if row.source == source), None)

    def judge(report: Any, value: Any) -> int | None:
        if value is None:
            return None
        if not isinstance(value, int) or not 0 <= value <= _MOST:
            raise ValidationError("Tulis jumlah rupiah bulat, misalnya 1.250.000.")
        return value

    def write(report: Any, value: int | None) -> None:
        if value is None:
            report.amounts.filter(source=source).delete()
        else:
            ProgressAmount.objects.update_or_create(report=report, source=source, defaults={"amount": value})

    return WrittenColumn(read, judge, write)


def _value(indicator: Measured) -> WrittenColumn:
    def read(report: Any) -> str:
        rows = report.values.all() if report.pk else ()
        return next((row.text for row in rows if row.key == indicator.key), "")

    def write(report: Any, value: str) -> None:
        if not value:
            report.values.filter(key=indicator.key).delete()
            return
        columns = {"kind": indicator.kind, "name": indicator.name, "unit": indicator.unit}
        told = {"text": value, "value": exact_target(value)}
        ProgressValue.objects.update_or_create(report=report, key=indicator.key, defaults=columns | told)

    return WrittenColumn(read, lambda report, value: clean_text(" ".join(str(value).split()), VALUE_LIMIT), write)


def writing_of(report: ProgressReport) -> WrittenKind:
    """The questions of one report, and that the agency writes, whether the plan is locked or not."""
    columns = dict(_TEXTS)
    columns |= {AMOUNT + source: _amount(source) for source in FundingSource.values}
    columns |= {VALUE + indicator.key: _value(indicator) for indicator in measured(report)}
    return WrittenKind(
        columns,
        permission=Permission.EDIT_INITIATIVE,
        agency=lambda row: row.initiative.lead_agency_id,
        while_locked=True,
    )


# Writing at a report --------------------------------------------------------------------------------------------------


@transaction.atomic
def save(
    report: ProgressReport, *, by: User, data: Content, version: int, source: str = ChangeSource.FORM, key: str = ""
) -> ProgressReport:
    """Store what differs, as `written.save` does; a report is made by its first save.

    One that was handed in may be corrected: the record keeps what it said. Raises ValidationError when the initiative
    is not approved, when the quarter is none of its own, and when the correction would leave nothing to read.
    """
    _hold(report, by=by)
    if report.pk is None:
        report.pk = _begun(report).pk
    begins = _begins_on_behalf(report, by)
    stored = written.save(report, writing=writing_of(report), by=by, data=data, version=version, source=source, key=key)
    if stored.reported_at and (lacks := missing(stored)):
        raise ValidationError(_SENT.format(lacks[0]))
    if begins and not _begins_on_behalf(report, by):  # something was stored
        notifications.report_on_behalf(report, by=by, by_role=byline(by, report.regency), is_sent=False)
    return stored


@transaction.atomic
def deliver(report: ProgressReport, *, by: User) -> ProgressReport:
    """Hand a report in. Doing so twice keeps the first day.

    Raises PermissionDenied, and ValidationError with what is missing or before the quarter is over.
    """
    _hold(report, by=by)
    stored = ProgressReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    stored.initiative, stored.master_plan = report.initiative, report.master_plan
    if stored.reported_at:
        return stored
    if timezone.localdate() < stored.quarter.end:
        raise ValidationError(too_early(stored.quarter))
    if lacks := missing(stored):
        raise ValidationError(lacks)
    stored.reported_at, stored.reported_by = timezone.now(), by
    stored.reported_as = byline(by, stored.regency)
    stored.save(update_fields=["reported_at", "reported_by", "reported_as"])
    books_changed(stored.master_plan)
    if is_on_behalf(stored.initiative, by):
        notifications.report_on_behalf(stored, by=by, by_role=stored.reported_as, is_sent=True)
    return stored


def _begins_on_behalf(report: ProgressReport, by: User) -> bool:
    """Whether what `by` writes now begins a sitting at the report of an agency that is not theirs."""
    since = timezone.now() - SITTING_GAP
    return is_on_behalf(report.initiative, by) and not report.changes.filter(by=by, at__gte=since).exists()


def too_early(quarter: Quarter) -> str:
    """Why the report of a quarter that is not over cannot be handed in."""
    return (
        f"{quarter.label} berakhir {format_date(quarter.end)}. Laporannya dapat dikirim mulai hari itu; "
        "yang sudah diisi tetap tersimpan."
    )


def missing(report: ProgressReport) -> list[str]:
    """What a report must tell before it is handed in, in sentences."""
    found = []
    if not report.state:
        found.append(_NO_STATE)
    if not report.output:
        found.append(_NO_OUTPUT)
    if report.state in (ProgressState.BEHIND, ProgressState.HALTED) and not report.problem:
        found.append("Tulis masalah yang membuat inisiatif tertinggal atau terhenti.")
    if planned(report) and report.spent is None:
        found.append(f"Tulis realisasi anggaran {report.year}; tulis 0 bila belum ada yang terpakai.")
    told = report.reached
    absent = [row.name for row in measured(report) if row.row is not None and row.key not in told]
    if absent:
        found.append(f"Tulis capaian {len(absent)} indikator, misalnya {absent[0]}; tulis - bila belum terukur.")
    return found


def _hold(report: ProgressReport, *, by: User) -> None:
    """Whether `by` may report on this quarter of this initiative; the initiative stays as it is until the end.

    Raises PermissionDenied and ValidationError.
    """
    initiative = Initiative.objects.select_for_update(of=("self",)).get(pk=report.initiative_id)
    require(by, Permission.EDIT_INITIATIVE, report.regency, initiative.lead_agency_id)
    if initiative.status != InitiativeStatus.APPROVED:
        raise ValidationError("Kemajuan dilaporkan sesudah inisiatif disetujui.")
    if not reports_on(report.initiative, report.quarter):
        raise ValidationError(f"{report.quarter.label} belum dimulai atau berada di luar tahun inisiatif ini.")


def reports_on(initiative: Initiative, quarter: Quarter) -> bool:
    """Whether a quarter has begun and lies within the years of an initiative."""
    first, last = years_of(initiative)
    return first <= quarter.year <= last and quarter <= Quarter.of(timezone.localdate())


def _begun(report: ProgressReport) -> ProgressReport:
    place = {"initiative": report.initiative, "year": report.year, "number": report.number}
    return ProgressReport.objects.get_or_create(**place, defaults={"master_plan": report.master_plan})[0]


# Evidence -------------------------------------------------------------------------------------------------------------


def add_evidence(
    report: ProgressReport, *, by: User, name: str, data: bytes, title: str = ""
) -> Added[ProgressEvidence]:
    """Take a file in under `title` (made from its name when empty); the same bytes again are the row there is.

    Raises FileRefused with a sentence, and what `save` raises.
    """
    return add_once(
        data,
        by=by,
        name=name,
        kind_of=true_kind,
        whole=WHOLE,
        hold=partial(_hold_begun, report),
        rows_of=lambda held: held.evidence.all(),
        attach=partial(_attach, by=by, title=title),
    )


def _hold_begun(report: ProgressReport, *, by: User) -> ProgressReport:
    """The report under lock; its first file begins one that nobody has written at."""
    _hold(report, by=by)
    if report.pk is None:
        report.pk = _begun(report).pk
    return report


def _attach(report: ProgressReport, arrival: Arrival, *, by: User, title: str) -> ProgressEvidence:
    row = ProgressEvidence.objects.create(
        report=report, uploaded_by=by, uploaded_as=byline(by, report.regency), **named(arrival, title)
    )
    _evidence_changed(report, by=by, before={"evidence": ""}, after={"evidence": row.title})
    return row


@transaction.atomic
def remove_evidence(evidence: ProgressEvidence, *, by: User) -> None:
    """Take a file away from its report; its bytes stay where something else needs them, and the record its title.

    Raises what `save` raises.
    """
    _hold(evidence.report, by=by)
    EvidenceFile.objects.filter(pk=evidence.file_id).update(used_at=timezone.now())
    _evidence_changed(evidence.report, by=by, before={"evidence": evidence.title}, after={"evidence": ""})
    ProgressEvidence.objects.filter(pk=evidence.pk).delete()


def _evidence_changed(report: ProgressReport, *, by: User, before: Content, after: Content) -> None:
    begins, now = _begins_on_behalf(report, by), timezone.now()
    rows = ProgressReport.objects.filter(pk=report.pk)
    rows.update(edit_version=F("edit_version") + 1, updated_at=now, updated_by=by)
    report.edit_version = rows.values_list("edit_version", flat=True).get()
    written.note(report, by=by, before=before, after=after)
    books_changed(report.master_plan)
    if begins:
        notifications.report_on_behalf(report, by=by, by_role=byline(by, report.regency), is_sent=False)


# The calendar ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def set_calendar(plan: MasterPlan, *, first: Quarter, days: int, by: User) -> ProgressCalendar:
    """Say from which quarter on initiatives report, and within how many days after its end.

    Raises PermissionDenied, and ValidationError for a quarter outside the plan or a term that is no term.
    """
    require(by, Permission.REVIEW_INITIATIVE, plan.regency)
    if first.year not in plan.years:
        raise ValidationError(f"Pilih triwulan dalam tahun rencana induk, {plan.start_year} sampai {plan.end_year}.")
    if not 1 <= days <= MOST_DAYS:
        raise ValidationError(f"Tulis jumlah hari dari 1 sampai {MOST_DAYS}, misalnya 15.")
    terms = {"first_year": first.year, "first_number": first.number, "days": days}
    row, _ = ProgressCalendar.objects.update_or_create(
        master_plan=plan, defaults={**terms, "set_by": by, "set_at": timezone.now()}
    )
    plan.progress_calendar = row
    return row


def quarters_to_choose(plan: MasterPlan) -> Iterable[Quarter]:
    """The quarters with which reporting may begin."""
    return (Quarter(year, number) for year in plan.years for number in range(1, 5))
