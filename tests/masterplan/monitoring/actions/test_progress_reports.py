"""Reports of progress: who writes when, what must be told, what is kept, and that an adopted plan stops nobody."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from agencies.models import Notice, NoticeKind, User
from agencies.roles import Role
from masterplan.models import (
    EvidenceFile,
    Initiative,
    MasterPlan,
    ProgressReport,
    calendar_of,
    forget_unused_files,
)
from masterplan.monitoring import actions as monitoring
from masterplan.progress.quarters import Quarter
from masterplan.progress.reporting_due import Calendar
from masterplan.review.actions import reviews
from tests.factories import (
    files,
    history_open,
    make_edition,
    make_initiative,
    make_person,
    make_report,
    new_report,
    report_answers,
)
from tests.factories.progress import value_key


@pytest.fixture
def approved(plan, agency, agency_head, coordinator) -> Initiative:
    return make_initiative(plan, status="approved", agency=agency, by=agency_head, coordinator=coordinator)


def save(report: ProgressReport, by: User, version: int = 1, **data) -> ProgressReport:
    return monitoring.save(report, by=by, data=data, version=version)


# Who, and when ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.AGENCY_STAFF, Role.AGENCY_HEAD, Role.COORDINATOR])
def test_the_agency_and_the_coordinator_write(approved, agency, role):
    by = make_person(approved.regency, role, agency if role != Role.COORDINATOR else None)
    stored = save(new_report(approved), by, output="Berjalan.")
    assert (stored.output, stored.updated_by, stored.quarter) == ("Berjalan.", by, Quarter(2022, 1))


@pytest.mark.parametrize("role", [Role.EXECUTIVE, Role.EXPERT, Role.ADMINISTRATOR])
def test_nobody_else_does(approved, role):
    with pytest.raises(PermissionDenied):
        save(new_report(approved), make_person(approved.regency, role), output="Berjalan.")
    assert not ProgressReport.objects.exists()


def test_another_agency_does_not(approved, other_agency):
    other = make_person(approved.regency, Role.AGENCY_HEAD, other_agency)
    report = make_report(approved, make_person(approved.regency, Role.COORDINATOR))
    for act in (
        lambda: save(report, other, output="Lain."),
        lambda: monitoring.deliver(report, by=other),
        lambda: monitoring.add_evidence(report, by=other, name="a.pdf", data=files.pdf()),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_an_agency_is_told_what_others_report_for_it(approved, drafter, coordinator):
    """Once a sitting, whatever is done in it, and when it is handed in; saving what is stored tells nothing."""

    def told():
        rows = Notice.objects.filter(user=drafter, kind=NoticeKind.FILLED_IN).order_by("pk")
        return [row.subject.partition(": ")[2] for row in rows]

    report = make_report(approved, coordinator, deliver=False)
    monitoring.add_evidence(report, by=coordinator, name="a.pdf", data=files.pdf())
    assert told() == ["laporan Triwulan I 2022 diisi atas nama DINPAR"]
    monitoring.deliver(report, by=coordinator)
    monitoring.deliver(report, by=coordinator)
    assert told()[1:] == ["laporan Triwulan I 2022 dikirim atas nama DINPAR"]

    with history_open():
        report.changes.update(at=timezone.now() - timedelta(minutes=31))
    save(report, coordinator, report.edit_version, output=report.output)
    assert len(told()) == 2
    save(report, coordinator, ProgressReport.objects.get().edit_version, output="Dibetulkan.")
    assert told()[2:] == ["laporan Triwulan I 2022 diisi atas nama DINPAR"]
    notice = Notice.objects.filter(user=drafter).latest("pk")
    assert notice.path.endswith(f"/inisiatif/{approved.pk}/kemajuan/2022-1/")
    assert "Koordinator sedang mengisi laporan kemajuan Triwulan I 2022" in notice.text


def test_an_agency_that_reports_itself_is_told_nothing(approved, agency_head, drafter, coordinator):
    make_report(approved, agency_head)

    assert not Notice.objects.filter(kind=NoticeKind.FILLED_IN, subject__contains="laporan").exists()


@pytest.mark.parametrize("status", ["draft", "submitted", "in_review", "returned", "withdrawn"])
def test_only_approved_initiatives_are_reported_on(plan, agency, agency_head, coordinator, status):
    made = make_initiative(plan, status=status, agency=agency, by=agency_head, coordinator=coordinator)
    with pytest.raises(ValidationError, match="sesudah inisiatif disetujui"):
        save(new_report(made), agency_head, output="Berjalan.")


def test_a_returned_initiative_keeps_its_reports_and_gets_no_more(approved, agency_head, coordinator):
    report = make_report(approved, agency_head)
    reviews.transition(approved, name="return", by=coordinator, comment="Perbaiki target.")
    with pytest.raises(ValidationError, match="sesudah inisiatif disetujui"):
        save(report, agency_head, report.edit_version, output="Lain.")
    assert approved.progress_reports.get().output == report.output


@pytest.mark.parametrize("quarter", ["2021-4", "2027-1"])
def test_quarters_outside_its_years_are_none_of_its(approved, agency_head, quarter):
    with time_machine.travel("2030-01-01"), pytest.raises(ValidationError, match="di luar tahun"):
        save(new_report(approved, quarter), agency_head, output="Berjalan.")


def test_a_quarter_is_written_once_it_has_begun_and_handed_in_once_it_is_over(approved, agency_head):
    report = new_report(approved, "2026-3")
    with time_machine.travel("2026-06-30"), pytest.raises(ValidationError, match="belum dimulai"):
        save(report, agency_head, output="Berjalan.")
    with time_machine.travel("2026-07-01T03:00:00Z"):
        report = monitoring.save(report, by=agency_head, data=report_answers(report), version=1)
    with (
        time_machine.travel("2026-09-29T03:00:00Z"),
        pytest.raises(ValidationError, match="berakhir 30 September 2026"),
    ):
        monitoring.deliver(report, by=agency_head)
    with time_machine.travel("2026-09-30T03:00:00Z"):
        assert monitoring.deliver(report, by=agency_head).reported_at.date() == date(2026, 9, 30)


def test_an_adopted_plan_goes_on_being_reported_on(approved, agency_head, coordinator):
    make_edition(approved.master_plan, status="adopted", by=coordinator)
    approved.master_plan.refresh_from_db()
    assert approved.master_plan.is_locked
    report = make_report(approved, agency_head)
    monitoring.remove_evidence(
        monitoring.add_evidence(report, by=agency_head, name="a.pdf", data=files.pdf()).row, by=agency_head
    )
    monitoring.set_calendar(approved.master_plan, first=Quarter(2022, 1), days=10, by=coordinator)
    assert report.reported_by == agency_head


# What must be told ------------------------------------------------------------------------------------------------------


def test_what_is_missing_is_said_and_nothing_is_handed_in(approved, agency_head):
    report = save(new_report(approved), agency_head, state="behind")
    with pytest.raises(ValidationError) as refused:
        monitoring.deliver(report, by=agency_head)
    told = " ".join(refused.value.messages)
    for words in ("realisasi keluaran", "masalah", "realisasi anggaran 2022", "capaian 2 indikator"):
        assert words in told
    report.refresh_from_db()
    assert report.reported_at is None


def test_handing_in_twice_keeps_the_first_day(approved, agency_head, coordinator):
    report = make_report(approved, agency_head)
    again = monitoring.deliver(report, by=coordinator)
    assert (again.reported_by, again.reported_at) == (agency_head, report.reported_at)


def test_a_correction_keeps_the_day_and_the_record_what_was_said(approved, agency_head, coordinator):
    report = make_report(approved, agency_head)
    corrected = save(report, coordinator, report.edit_version, output="Sepuluh kecamatan saja.")
    assert (corrected.reported_at, corrected.reported_as) == (report.reported_at, report.reported_as)
    change = corrected.changes.first()
    assert change.before == {"output": report.output}
    assert change.after == {"output": "Sepuluh kecamatan saja."}
    assert change.by_role.startswith("Koordinator")
    with pytest.raises(ValidationError, match="sudah dikirim"):
        save(corrected, agency_head, corrected.edit_version, output="")
    corrected.refresh_from_db()
    assert corrected.output == "Sepuluh kecamatan saja."


# Conflicts --------------------------------------------------------------------------------------------------------------


def test_two_people_at_different_questions_meet_no_conflict(approved, agency_head, coordinator):
    report = save(new_report(approved), agency_head, output="Berjalan.")
    save(report, coordinator, report.edit_version, amount_apbd_regency=5_000_000)
    stored = save(report, agency_head, report.edit_version, amount_other=7)
    assert {row.source: row.amount for row in stored.amounts.all()} == {"apbd_regency": 5_000_000, "other": 7}


# Figures ----------------------------------------------------------------------------------------------------------------


def test_values_are_kept_as_written_and_as_understood(approved, agency_head):
    first, second = value_key("output", "Loket terhubung"), value_key("outcome", "Kepuasan warga")
    report = save(new_report(approved), agency_head, **{first: "1.250,5", second: "-"})
    assert [(row.name, row.unit, row.text, row.value) for row in report.values.all()] == [
        ("Loket terhubung", "persen", "1.250,5", 1250.5),
        ("Kepuasan warga", "persen", "-", None),
    ]
    report = save(report, agency_head, report.edit_version, **{first: ""})
    assert [row.name for row in report.values.all()] == ["Kepuasan warga"]


def test_values_outlive_the_rows_of_their_indicators(approved, agency_head, coordinator):
    """Every save of the indicators makes their rows anew; one that is renamed is still told of by its old name."""
    report = make_report(approved, agency_head, values={"Loket terhubung": "17"})
    approved.indicators.filter(name="Loket terhubung").delete()
    report = ProgressReport.objects.complete().get(pk=report.pk)
    asked = {row.name: row.row is None for row in monitoring.measured(report)}
    assert asked == {"Kepuasan warga": False, "Loket terhubung": True}
    assert "Loket terhubung" not in " ".join(monitoring.missing(report))


@pytest.mark.parametrize("amount", [-1, 10**15, "banyak", 1.5])
def test_money_is_whole_rupiah(approved, agency_head, amount):
    with pytest.raises(ValidationError, match="jumlah rupiah"):
        save(new_report(approved), agency_head, amount_other=amount)


# Evidence ---------------------------------------------------------------------------------------------------------------


def test_the_same_file_is_kept_once_and_let_go_when_nobody_names_it(approved, agency_head):
    report = make_report(approved, agency_head)
    first = monitoring.add_evidence(report, by=agency_head, name="foto_uji.png", data=files.picture("PNG", (60, 40)))
    again = monitoring.add_evidence(report, by=agency_head, name="lain.png", data=files.picture("PNG", (60, 40)))
    assert (first.is_new, again.is_new, first.row) == (True, False, again.row)
    assert first.row.title == "Foto uji"
    assert report.changes.first().after == {"evidence": "Foto uji"}
    with time_machine.travel("2040-01-01"):
        forget_unused_files()
        assert EvidenceFile.objects.exists(), "a report names it"
    monitoring.remove_evidence(first.row, by=agency_head)
    with time_machine.travel("2040-01-01"):
        forget_unused_files()
    assert not EvidenceFile.objects.exists()


# The calendar -----------------------------------------------------------------------------------------------------------


def test_the_coordinator_sets_the_calendar(plan: MasterPlan, coordinator, agency_head):
    assert calendar_of(plan) == Calendar()
    monitoring.set_calendar(plan, first=Quarter(2023, 1), days=10, by=coordinator)
    monitoring.set_calendar(plan, first=Quarter(2023, 2), days=20, by=coordinator)
    assert calendar_of(plan) == Calendar(Quarter(2023, 2), 20)
    with pytest.raises(PermissionDenied):
        monitoring.set_calendar(plan, first=Quarter(2023, 1), days=10, by=agency_head)
    for first, days in ((Quarter(2021, 4), 10), (Quarter(2023, 1), 0), (Quarter(2023, 1), 91)):
        with pytest.raises(ValidationError):
            monitoring.set_calendar(plan, first=first, days=days, by=coordinator)
    assert calendar_of(plan) == Calendar(Quarter(2023, 2), 20)
