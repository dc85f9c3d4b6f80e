"""Quarterly reports: writing one, handing it in, its evidence, and from when on they are asked for.

`editing.actions.written` saves and records a row; a report asks about each source of money and each
indicator on its own, so that two people who fill in different ones meet no conflict.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from agencies.access import byline, require
from agencies.models import User
from agencies.roles import Permission
from masterplan import notifications
from masterplan.editing.actions import written
from masterplan.editing.actions.behalf import is_on_behalf
from masterplan.editing.actions.columns import WrittenColumn, choice, text
from masterplan.editing.actions.files import Added, Arrival, add_once, named
from masterplan.editing.actions.kinds import WrittenKind
from masterplan.editing.actions.prerender import books_changed
from masterplan.editing.history import SESSION_GAP
from masterplan.models import (
    PROGRESS_TEXT_LIMIT,
    VALUE_LIMIT,
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

    def clean(report: Any, value: Any) -> Any:
        found = column.clean(report, value)
        if not found and report.reported_at:
            raise ValidationError(_SENT.format(sentence))
        return found

    return WrittenColumn(column.read, clean, column.write)


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

    def clean(report: Any, value: Any) -> int | None:
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

    return WrittenColumn(read, clean, write)


def _value(indicator: Measured) -> WrittenColumn:
    def read(report: Any) -> str:
        rows = report.values.all() if report.pk else ()
        return next((row.text for row in rows if row.key == indicator.key), "")

    def write(report: Any, value: str) -> None:
        if not value:
            report.values.filter(key=indicator.key).delete()
            return
        columns: dict[str, Any] = {"kind": indicator.kind, "name": indicator.name, "unit": indicator.unit}
        columns |= {"text": value, "value": exact_target(value)}
        ProgressValue.objects.update_or_create(report=report, key=indicator.key, defaults=columns)

    return WrittenColumn(read, lambda report, value: clean_text(" ".join(str(value).split()), VALUE_LIMIT), write)


class ReportKind(WrittenKind):
    """The agency writes reports, whether the plan is locked or not; a report is created by its first save.

    One that was handed in may be corrected: the record keeps what it said.
    """

    def columns_of(self, row: ProgressReport) -> Mapping[str, WrittenColumn]:
        """The texts, an amount for each source of money, and a value for each indicator."""
        amounts = {AMOUNT + source: _amount(source) for source in FundingSource.values}
        return _TEXTS | amounts | {VALUE + indicator.key: _value(indicator) for indicator in measured(row)}

    def check_access(self, row: ProgressReport, *, by: User) -> None:
        """Whether `by` may report on this quarter of this initiative; the initiative stays as it is until the end.

        Raises PermissionDenied, and ValidationError when the initiative is not approved, or for another's quarter.
        """
        initiative = Initiative.objects.select_for_update(of=("self",)).get(pk=row.initiative_id)
        require(by, Permission.EDIT_INITIATIVE, row.regency, initiative.lead_agency_id)
        if initiative.status != InitiativeStatus.APPROVED:
            raise ValidationError("Kemajuan dilaporkan sesudah inisiatif disetujui.")
        if not reports_on(row.initiative, row.quarter):
            raise ValidationError(f"{row.quarter.label} belum dimulai atau berada di luar tahun inisiatif ini.")

    def lock_row(self, row: ProgressReport, *, by: User) -> ProgressReport:
        """With the initiative of `row`, which may have been read with its indicators and budgets."""
        stored: ProgressReport = super().lock_row(row, by=by)
        stored.initiative = row.initiative
        return stored

    def apply(self, row: ProgressReport, changes: Content, *, by: User) -> None:
        """Raises ValidationError when a report that was handed in would lack something."""
        super().apply(row, changes, by=by)
        if row.reported_at and (lacks := missing(row)):
            raise ValidationError(_SENT.format(lacks[0]))

    def record(self, row: ProgressReport, *, by: User, **change: Any) -> None:
        """Also notify the agency when somebody else begins to write its report."""
        since = timezone.now() - SESSION_GAP
        begins = is_on_behalf(row.initiative, by) and not row.changes.filter(by=by, at__gte=since).exists()
        super().record(row, by=by, **change)
        if begins:
            notifications.report_on_behalf(row, by=by, by_role=byline(by, row.regency), is_sent=False)


REPORT = ReportKind(identity=("initiative", "year", "number"))


# Writing a report -----------------------------------------------------------------------------------------------------


# Saves a report, as `written.save` does.
save = partial(written.save, kind=REPORT)


@transaction.atomic
def deliver(report: ProgressReport, *, by: User) -> ProgressReport:
    """Hand a report in. Doing so twice keeps the first day.

    Raises PermissionDenied, and ValidationError with what is missing or before the quarter is over.
    """
    stored = REPORT.lock_row(report, by=by)
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


def too_early(quarter: Quarter) -> str:
    """Why the report of a quarter that is not over cannot be handed in."""
    return (
        f"{quarter.label} berakhir {format_date(quarter.end)}. Laporannya dapat dikirim mulai hari itu; "
        "yang sudah diisi tetap tersimpan."
    )


def missing(report: ProgressReport) -> list[str]:
    """What a report lacks before it can be handed in, in sentences."""
    found = []
    if not report.state:
        found.append(_NO_STATE)
    if not report.output:
        found.append(_NO_OUTPUT)
    if report.state in (ProgressState.BEHIND, ProgressState.HALTED) and not report.problem:
        found.append("Tulis masalah yang membuat inisiatif tertinggal atau terhenti.")
    if planned(report) and report.spent is None:
        found.append(f"Tulis realisasi anggaran {report.year}; tulis 0 bila belum ada yang terpakai.")
    reached = report.reached
    absent = [row.name for row in measured(report) if row.row is not None and row.key not in reached]
    if absent:
        found.append(f"Tulis capaian {len(absent)} indikator, misalnya {absent[0]}; tulis - bila belum terukur.")
    return found


def reports_on(initiative: Initiative, quarter: Quarter) -> bool:
    """Whether a quarter has begun and lies within the years of an initiative."""
    first, last = years_of(initiative)
    return first <= quarter.year <= last and quarter <= Quarter.of(timezone.localdate())


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
        lock=partial(REPORT.lock_row, report),
        rows_of=lambda locked: locked.evidence.all(),
        attach=partial(_attach, by=by, title=title),
    )


def _attach(report: ProgressReport, arrival: Arrival, *, by: User, title: str) -> ProgressEvidence:
    row = ProgressEvidence.objects.create(
        report=report, uploaded_by=by, uploaded_as=byline(by, report.regency), **named(arrival, title)
    )
    written.record_change(report, kind=REPORT, by=by, before={"evidence": ""}, after={"evidence": row.title})
    return row


@transaction.atomic
def remove_evidence(evidence: ProgressEvidence, *, by: User) -> None:
    """Take a file away from its report; its bytes stay where something else needs them, and the record its title.

    Raises what `save` raises.
    """
    report = REPORT.lock_row(evidence.report, by=by)
    EvidenceFile.objects.filter(pk=evidence.file_id).update(used_at=timezone.now())
    written.record_change(report, kind=REPORT, by=by, before={"evidence": evidence.title}, after={"evidence": ""})
    ProgressEvidence.objects.filter(pk=evidence.pk).delete()


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
