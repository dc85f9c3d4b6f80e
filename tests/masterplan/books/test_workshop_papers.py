"""Minutes and attendance lists as files: valid, whole, and without anything of people where it does not belong."""

from datetime import time, timedelta
from pathlib import Path

import page
import pypdf
import pytest
from django.utils import timezone

from masterplan.books import jobs
from masterplan.models import Attendee, WorkshopPaper
from masterplan.workshops.actions import attendance, workshops
from masterplan.workshops.actions.papers import request_paper
from masterplan.workshops.actions.workshops import content_of, mark_of
from smartcity.common.jobs import JobState
from smartcity.common.storage.files import private_storage
from tests.factories import make_agency, make_workshop

PEOPLE = 340  # more than one part of the list holds


@pytest.fixture
def workshop(regency, coordinator):
    """A stage of today with agenda, outputs, minutes, sixty agencies and people."""
    today = regency.today()
    made = make_workshop(regency, start_date=today, end_date=today, deadline=timezone.now() + timedelta(1))
    agencies = [make_agency(regency, f"Dinas Contoh Nomor {n} dengan Nama yang Panjang", f"DC{n}") for n in range(60)]
    attendance.invite_all(made, by=coordinator)
    page_of_day = attendance.open_page(made, by=coordinator, day=today)
    Attendee.objects.bulk_create(
        Attendee(
            page=page_of_day,
            name=f"Peserta {n:03d} Contoh",
            position="Staf perencanaan",
            agency=agencies[n % 60],
            mode="online",
        )
        for n in range(PEOPLE)
    )
    for part, data in (
        ("agenda", [{"day": 1, "start": time(8), "end": time(9), "topic": "Pembukaan <b>resmi", "speaker": "Kampus"}]),
        ("outputs", [{"id": None, "title": f"Hasil {n} {{{{ x }}}}", "kind": "ticked"} for n in range(3)]),
        ("minutes", "**Kesepakatan**\n\n- Satu & dua\n- Tiga\n\n| a | b |\n| --- | --- |\n| sel 1 | sel 2 |"),
    ):
        workshops.save_part(made, by=coordinator, part=part, data=data, seen=mark_of(content_of(made, part)))
        made.refresh_from_db()
    return made


def text_of(path: Path) -> str:
    """The text of all pages, in one line."""
    return " ".join(" ".join(each.extract_text() for each in pypdf.PdfReader(path).pages).split())


def printed(workshop, by, kind, tmp_path) -> tuple[WorkshopPaper, Path]:
    job = request_paper(workshop, by=by, kind=kind)
    assert request_paper(workshop, by=by, kind=kind).pk == job.pk  # the same content is the same job
    assert jobs.produce_paper(job.pk)
    job.refresh_from_db()
    assert (job.state, job.report["problems"]) == (JobState.DONE, [])
    path = tmp_path / f"{kind}.pdf"
    with private_storage().open(job.file.storage_name) as stored:
        path.write_bytes(stored.read())
    assert page.validate_pdf(path, profile="ua1").is_compliant
    return job, path


def test_the_minutes_are_whole_and_a_draft_until_the_stage_is_closed(workshop, coordinator, tmp_path):
    job, path = printed(workshop, coordinator, "minutes", tmp_path)
    text = text_of(path)

    for words in ("Pembukaan <b>resmi", "Hasil 2 {{ x }}", "Satu & dua", "sel 2", "Dinas Contoh Nomor 59", "DRAF"):
        assert words in text
    assert "Peserta 000" not in text

    workshops.close(workshop, by=coordinator, note="Sisanya menyusul.")
    workshop._prefetched_objects_cache = {}
    other, path = printed(workshop, coordinator, "minutes", tmp_path)
    assert other.pk != job.pk
    text = text_of(path)
    assert "Sisanya menyusul." in text
    assert "DRAF" not in text


def test_people_forgotten_while_their_list_is_printed_leave_no_file(
    regency, agency, coordinator, monkeypatch, settings
):
    today = regency.today()
    small = make_workshop(regency, start_date=today, end_date=today)
    page_of_day = attendance.open_page(small, by=coordinator, day=today)
    attendance.register(page_of_day, by=attendance.Person("Peserta Contoh", "Staf", agency, "", "online"))
    job, publish = request_paper(small, by=coordinator, kind="attendance"), jobs._publish

    def forgotten_at_the_last_moment(*made):
        attendance.forget_attendees(small, by=coordinator)
        return publish(*made)

    monkeypatch.setattr(jobs, "_publish", forgotten_at_the_last_moment)

    assert not jobs.produce_paper(job.pk)
    assert list(Path(settings.MEDIA_ROOT).rglob("*.pdf")) == []


def test_the_list_names_everybody_and_leaves_nothing_of_them_in_the_cache(workshop, coordinator, tmp_path, settings):
    settings.PARTS_DIR = tmp_path / "parts"
    _, path = printed(workshop, coordinator, "attendance", tmp_path)

    text = text_of(path)
    assert [n for n in range(PEOPLE) if f"Peserta {n:03d} Contoh" not in text] == []
    assert not [found for found in settings.PARTS_DIR.rglob("*") if found.is_file()]

    attendance.forget_attendees(workshop, by=coordinator)
    assert not WorkshopPaper.objects.filter(kind="attendance").exists()
