"""Storing a workbook: all of it or nothing, once, and never over somebody else's words."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from agencies.models import Agency, Membership, User
from masterplan.initiatives.actions import initiatives
from masterplan.initiatives.workbook import preview, tasks
from masterplan.initiatives.workbook.actions import imports
from masterplan.models import Initiative, MasterPlan, WorkbookImport
from masterplan.review.actions import reviews
from smartcity.common.jobs import JobState
from tests.factories import make_initiative
from tests.masterplan.initiatives.workbook.books import Book, exported, uploaded


@pytest.fixture
def drafts(plan: MasterPlan, agency: Agency, agency_head: User) -> list[Initiative]:
    """Two drafts."""
    return [make_initiative(plan, agency=agency, by=agency_head, complete=True) for _ in range(2)]


@pytest.fixture
def job(plan: MasterPlan, drafts: list[Initiative], agency_head: User) -> WorkbookImport:
    """An upload that changes both, read."""
    book = Book(exported(plan)).put("Inisiatif", 1, Risiko="Satu").put("Inisiatif", 2, Risiko="Dua")
    return uploaded(plan, agency_head, book.bytes)


def store(job: WorkbookImport, by: User) -> WorkbookImport:
    """Confirm, and let a worker store."""
    imports.confirm_import(job, by=by)
    tasks.run_workbook(job.pk)
    job.refresh_from_db()
    return job


def risks(drafts: list[Initiative]) -> list[str]:
    """What is stored."""
    return [Initiative.objects.get(pk=row.pk).risk for row in drafts]


def test_all_is_stored_once(job: WorkbookImport, drafts: list[Initiative], agency_head: User) -> None:
    assert imports.confirm_import(job, by=agency_head)
    assert not imports.confirm_import(job, by=agency_head)
    assert tasks.run_workbook(job.pk)
    assert not tasks.run_workbook(job.pk)
    assert risks(drafts) == ["Satu", "Dua"]
    assert not imports.confirm_import(job, by=agency_head)


def changed_meanwhile(drafts: list[Initiative], by: User) -> None:
    fresh = Initiative.objects.get(pk=drafts[1].pk)
    initiatives.save(fresh, by=by, data={"risk": "Orang lain"}, version=fresh.edit_version)


def sent_meanwhile(drafts: list[Initiative], by: User) -> None:
    reviews.transition(Initiative.objects.complete().get(pk=drafts[1].pk), name="submit", by=by)


def left_meanwhile(drafts: list[Initiative], by: User) -> None:
    Membership.objects.filter(user=by).delete()
    by.memberships_today = None


@pytest.mark.parametrize(
    ("meanwhile", "said"),
    [
        (changed_meanwhile, "Risiko diubah orang lain"),
        (sent_meanwhile, "diajukan"),
        (left_meanwhile, "tidak lagi berwenang"),
    ],
)
def test_what_happened_meanwhile_undoes_all_of_it(
    job: WorkbookImport, drafts: list[Initiative], agency_head: User, meanwhile: Any, said: str
) -> None:
    before = risks(drafts)
    imports.confirm_import(job, by=agency_head)
    meanwhile(drafts, agency_head)
    tasks.run_workbook(job.pk)
    job.refresh_from_db()
    assert (job.state, risks(drafts)[0]) == (JobState.FAILED, before[0])
    assert said in job.error
    assert "Tidak ada yang disimpan" in job.error


def test_only_who_uploaded_confirms(job: WorkbookImport, coordinator: User, outsider: User) -> None:
    with pytest.raises(WorkbookImport.DoesNotExist):
        imports.confirm_import(job, by=coordinator)
    with pytest.raises(PermissionDenied):
        imports.confirm_import(job, by=outsider)


def test_an_unchanged_file_cannot_be_confirmed(plan: MasterPlan, drafts: list[Initiative], agency_head: User) -> None:
    with pytest.raises(ValidationError, match="Belum ada yang dapat disimpan"):
        imports.confirm_import(uploaded(plan, agency_head, exported(plan)), by=agency_head)


def test_who_may_not_fill_in_may_not_upload(plan: MasterPlan, executive: User) -> None:
    with pytest.raises(PermissionDenied):
        imports.upload_workbook(plan, by=executive, data=b"x", filename="x.xlsx")


def test_on_behalf_is_recorded(plan: MasterPlan, drafts: list[Initiative], coordinator: User) -> None:
    book = Book(exported(plan)).put("Inisiatif", 1, Risiko="Dari Diskominfo")
    store(uploaded(plan, coordinator, book.bytes), coordinator)
    change = drafts[0].changes.first()
    assert change is not None
    assert (change.source, change.on_behalf, change.by) == ("workbook", True, coordinator)


def test_a_worker_that_was_overtaken_publishes_nothing(
    plan: MasterPlan, drafts: list[Initiative], agency_head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = imports.upload_workbook(plan, by=agency_head, data=exported(plan), filename="x.xlsx")
    compare = preview.compare

    def overtaken(*args: Any) -> Any:
        WorkbookImport.objects.filter(pk=job.pk).update(token=99)
        return compare(*args)

    monkeypatch.setattr(preview, "compare", overtaken)
    assert not tasks.run_workbook(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.RUNNING, {})


def test_the_sweep_rings_for_what_waits(
    plan: MasterPlan, drafts: list[Initiative], agency_head: User, monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    job = imports.upload_workbook(plan, by=agency_head, data=exported(plan), filename="x.xlsx")
    rung: list[int] = []
    monkeypatch.setattr(tasks.work_on_workbook, "delay", rung.append)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.sweep_workbooks()
    assert rung == [job.pk]


def test_an_upload_is_forgotten_with_its_files_after_a_month(
    job: WorkbookImport, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    """What it stored stays: that is in the initiatives and their history."""

    def files() -> list[Any]:
        return [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]

    assert files()
    assert WorkbookImport.forget_old() == 0
    with time_machine.travel(timezone.now() + timedelta(days=31)), django_capture_on_commit_callbacks(execute=True):
        assert WorkbookImport.forget_old() == 1
    assert files() == []
