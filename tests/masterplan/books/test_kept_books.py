"""A finished book is kept for ever: whatever changes later, the same bytes come back, and damaged ones never do."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.actions.agencies import change_agency
from agencies.models import Agency, User
from masterplan.books import actions as books
from masterplan.books import jobs, render
from masterplan.editions import actions as editions
from masterplan.initiatives.actions import initiatives
from masterplan.models import BookDownload, BookFile, BookJob, Initiative, MasterPlan, Snapshot
from masterplan.review.actions import reviews
from smartcity.common.jobs import JobState
from smartcity.common.storage.files import private_storage
from tests.factories import DECREE_NUMBER, make_edition, make_initiative, print_book


@pytest.fixture
def adopted(plan: MasterPlan, agency: Agency, agency_head: User, coordinator: User) -> Snapshot:
    """An adopted edition whose book tells what changed since the draft before it."""
    plan.regency.facts.create(label="Penduduk", value="1.088.729", unit="jiwa", year=2025, source="BPS")
    made = make_initiative(plan, agency=agency, by=agency_head, coordinator=coordinator, status="approved")
    make_edition(plan, by=coordinator)
    reviews.transition(made, name="return", by=coordinator, comment="Perbaiki.")
    fresh = Initiative.objects.get(pk=made.pk)
    initiatives.save(fresh, by=agency_head, data={"risk": "Listrik padam."}, version=fresh.edit_version)
    for name, who in (("submit", agency_head), ("start_review", coordinator), ("approve", coordinator)):
        reviews.transition(Initiative.objects.complete().get(pk=made.pk), name=name, by=who)
    return make_edition(plan, status="adopted", by=coordinator)


@pytest.fixture
def job(adopted: Snapshot, coordinator: User) -> BookJob:
    """Its Buku 2, printed."""
    made = books.request_book(adopted, book="buku-2", by=coordinator)
    print_book(made)
    made.refresh_from_db()
    assert made.state == JobState.DONE, made.error
    return made


def taken(client: Client, job: BookJob) -> bytes:
    """The bytes a person gets."""
    response = client.get(reverse("book_download", args=[job.regency.slug, job.pk]))
    assert response.status_code == 200
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def print_again(job: BookJob) -> None:
    """What would happen if a finished job were ever made anew."""
    BookJob.objects.filter(pk=job.pk).update(state=JobState.QUEUED, attempts=0, finished_at=None, file=None)
    assert print_book(job)


def test_the_same_file_for_ever(
    job: BookJob, adopted: Snapshot, client_of: Any, coordinator: User, executive: User, administrator: User,
    agency: Agency, other_agency: Agency, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any,
) -> None:  # fmt: skip
    client = client_of(executive)
    first = taken(client, job)
    assert first.startswith(b"%PDF")
    # Agencies are joined and renamed, the plan goes on, a template changes, the parts are gone.
    values = {"kind": agency.kind, "order": agency.order, "code": "", "parent": None, "aliases": [], "valid_from": None}
    renamed = values | {"name": "Badan Gabungan", "short_name": "BARU", "valid_to": None, "successor": None}
    ended = {"valid_to": timezone.localdate(), "successor": change_agency(other_agency, by=administrator, data=renamed)}
    joined = values | {"name": "Dinas Yang Bergabung", "short_name": "LAMA"} | ended
    change_agency(agency, by=administrator, data=joined)
    editions.change_edition(adopted, name="unlock", by=coordinator, comment="RPJMD berubah.")
    MasterPlan.objects.filter(pk=adopted.master_plan_id).update(title="Judul lain")
    other = tmp_path / "templates"
    shutil.copytree(render.TEMPLATES / "print", other / "print")
    cover = other / "print" / "cover.html"
    cover.write_text(cover.read_text().replace("Ditetapkan dengan", "Disahkan dengan"))
    monkeypatch.setattr(render, "TEMPLATES", other)
    render.engine.cache_clear()
    shutil.rmtree(settings.PARTS_DIR)
    try:
        again = books.request_book(adopted, book="buku-2", by=coordinator)
        assert (again.pk, again.state) == (job.pk, JobState.DONE)
        assert not print_book(job), "a finished job is nobody's to make again"
        assert taken(client, again) == first
        # The negative control: printed anew it would be another file now.
        print_again(job)
        assert taken(client, BookJob.objects.get(pk=job.pk)) != first
    finally:
        monkeypatch.undo()
        render.engine.cache_clear()


def test_the_same_adopted_edition_gives_the_same_bytes(job: BookJob, coordinator: User, settings: Any) -> None:
    first = job.file
    editions.change_edition(job.snapshot, name="unlock", by=coordinator, comment="RPJMD berubah.")
    make_initiative(job.snapshot.master_plan, status="approved", name="Bank sampah")
    make_edition(job.snapshot.master_plan, status="adopted", by=coordinator)
    shutil.rmtree(settings.PARTS_DIR)
    print_again(job)
    assert BookJob.objects.get(pk=job.pk).file == first
    assert BookFile.objects.count() == 1


def test_decree_and_changes_are_in_the_adopted_book_only(
    adopted: Snapshot, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A draft that was asked for before the adoption and is printed after it says nothing of the decree."""
    seen: dict[bool, str] = {}

    def keep(content: Any, *, parts_of: Any, draft: bool, **more: Any) -> Any:
        parts = parts_of(content, "buku-2")
        seen[draft] = "".join(render.render_part(part, content=content) for part in parts)
        raise jobs.Overtaken

    monkeypatch.setattr(jobs, "build", keep)
    for draft in (True, False):
        made = BookJob.objects.create(snapshot=adopted, book="buku-2", draft_mark=draft, requested_by=coordinator)
        print_book(made)
        BookJob.objects.filter(pk=made.pk).delete()  # whoever overtook it would have ended it
    assert seen[False].count(f"Ditetapkan dengan {DECREE_NUMBER}") == 2, "cover and imprint"
    assert DECREE_NUMBER not in seen[True]
    assert all("Perubahan sejak edisi sebelumnya" in html and "Listrik" in html for html in seen.values())


def test_a_file_that_is_not_what_was_made_is_not_served(job: BookJob, client_of: Any, executive: User) -> None:
    assert job.file is not None
    client = client_of(executive)
    path = Path(private_storage().path(job.file.storage_name))
    data = path.read_bytes()
    for fault in (data[:-1] + b"!", data[:-100], b"", None):
        if fault is None:
            path.unlink()
        else:
            path.write_bytes(fault)
        response = client.get(reverse("book_download", args=[job.regency.slug, job.pk]))
        text = response.content.decode()
        assert response.status_code == 410
        assert "tidak utuh" in text
        assert job.file.sha256[:12] in text
    assert not BookDownload.objects.exists()
    # Where the same bytes are made once more, they take the place of the damaged ones.
    path.write_bytes(b"rusak")
    print_again(job)
    assert path.read_bytes() == data
