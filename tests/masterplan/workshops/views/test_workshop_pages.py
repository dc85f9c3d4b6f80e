"""The page of a stage and those on which it is run: what stands there, who may do what, nothing typed is lost."""

from datetime import date, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from masterplan.books import jobs
from masterplan.models import Workshop
from masterplan.workshops.actions import attendance, workshops
from masterplan.workshops.actions.papers import request_paper
from masterplan.workshops.actions.workshops import content_of, mark_of
from smartcity.common.storage.files import private_storage
from tests.factories import files, make_initiative, make_workshop, propose_program
from tests.masterplan.page_text import text_of

SLUG = "kabupaten-semarang-uji"


def url(name, *more):
    return reverse(name, args=[SLUG, *more])


@pytest.fixture
def workshop(regency, agency, other_agency, coordinator) -> Workshop:
    """A stage of today to which both agencies are invited, with one item of the agenda and one output."""
    today = regency.today()
    made = make_workshop(regency, start_date=today, end_date=today, online_link="https://contoh.test/rapat")
    made.agenda_items.create(day=1, start=time(8), end=time(9, 30), topic="Pembukaan", speaker="Kampus Contoh")
    made.outputs.create(title="Data dukung", kind="ticked")
    attendance.invite_all(made, by=coordinator)
    return made


def test_everybody_sees_the_stage_and_nobody_else_the_names(
    client_of, workshop, drafter, expert, coordinator, administrator, agency
):
    page = attendance.open_page(workshop, by=coordinator, day=workshop.start_date)
    attendance.register(page, by=attendance.Person("Peserta Rahasia", "Staf", agency, "", "online"))
    for person in (drafter, expert, coordinator, administrator):
        text = text_of(client_of(person).get(url("workshop_detail", workshop.pk)))
        assert "08.00–09.30" in text
        assert "https://contoh.test/rapat" in text
        assert "Data dukung" in text
        assert "1 orang" in text
        assert "Peserta Rahasia" not in text
    own = url("workshop_attendance_list", workshop.pk)
    assert "Peserta Rahasia" in text_of(client_of(coordinator).get(own))
    for person in (drafter, expert, administrator):
        assert client_of(person).get(own).status_code == 403


def test_an_agency_ticks_its_own_output_on_the_page(client_of, workshop, drafter, agency, other_agency):
    client, output = client_of(drafter), workshop.outputs.get()
    page = url("workshop_detail", workshop.pk)
    text = client.get(page).content.decode()
    assert text.count("Tandai diserahkan") == 1

    client.post(url("workshop_output_tick", output.pk), {"opd": agency.pk})
    assert output.deliveries.get().agency == agency
    assert "Staf perangkat daerah, Dinas Pariwisata" in text_of(client.get(page))
    assert client.post(url("workshop_output_tick", output.pk), {"opd": other_agency.pk}).status_code == 403
    client.post(url("workshop_output_tick", output.pk), {"opd": agency.pk, "batal": "1"})
    assert not output.deliveries.exists()


def test_attendance_is_saved_where_it_changed_only(client_of, workshop, coordinator, agency, other_agency):
    client = client_of(coordinator)
    shown = {f"semula-{a.pk}": "invited" for a in (agency, other_agency)}
    # Meanwhile somebody else notes the other agency.
    attendance.note_attendance(workshop, by=coordinator, modes={other_agency.pk: "absent"})

    sent = shown | {f"mode-{agency.pk}": "on_site", f"mode-{other_agency.pk}": "invited"}
    client.post(url("workshop_attendance", workshop.pk), sent)

    assert dict(workshop.attendances.values_list("agency", "mode")) == {agency.pk: "on_site", other_agency.pk: "absent"}


def test_a_stage_is_made_with_what_people_type(client_of, regency, coordinator):
    client = client_of(coordinator)
    answers = {
        "stage": "V", "title": "Klinik", "start_date": "30 Nov 2026", "end_date": "1/12/2026", "place": "Aula",
        "online_link": "http://contoh.test/", "deadline_day": "5 Desember 2026", "deadline_time": "24.00",
    }  # fmt: skip

    page = client.post(url("workshop_create"), answers)
    text = text_of(page)
    assert "berawalan https://" in text
    assert "jam sampai 23" in text
    assert 'value="Klinik"' in text  # nothing typed is lost

    client.post(url("workshop_create"), answers | {"online_link": "https://contoh.test/", "deadline_time": ""})
    made = regency.workshops.get()
    assert (made.start_date, made.end_date) == (date(2026, 11, 30), date(2026, 12, 1))
    assert made.deadline.isoformat() == "2026-12-05T09:00:00+00:00"  # 16.00 in Jakarta


def test_dates_that_do_not_go_together_are_said_at_their_field(client_of, regency, coordinator):
    client = client_of(coordinator)
    answers = {"stage": "V", "title": "Klinik", "deadline_time": "10.00"}

    for more, sentence in (
        ({"start_date": "5/12/2026", "end_date": "4/12/2026"}, "lebih awal"),
        ({"end_date": "4/12/2026"}, "tanggal mulainya"),
        ({"start_date": "1/12/2026", "end_date": "30/12/2026"}, "paling lama 14 hari"),
        ({}, "tanggal batas kirimnya"),
    ):
        assert sentence in text_of(client.post(url("workshop_create"), answers | more))
    assert not regency.workshops.exists()


def rows(prefix, *given):
    sent = {f"{prefix}-TOTAL_FORMS": str(len(given)), f"{prefix}-INITIAL_FORMS": "0"}
    for number, row in enumerate(given):
        sent |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return sent


def test_an_agenda_is_written_in_rows_and_sorted_by_time(client_of, workshop, coordinator):
    client = client_of(coordinator)
    late = {"day": "1", "start": "13.00", "end": "14.00", "topic": "Klinik", "speaker": ""}
    early = {"day": "1", "start": "8", "end": "9.30", "topic": "Pembukaan", "speaker": "Kampus"}
    seen = mark_of(content_of(workshop, "agenda"))

    faulty = client.post(
        url("workshop_agenda", workshop.pk), rows("acara", late | {"end": "12.00"}, early) | {"seen": seen}
    )
    assert "tidak sesudah jam mulai" in text_of(faulty)
    client.post(url("workshop_agenda", workshop.pk), rows("acara", late, early) | {"seen": seen})

    assert [item.topic for item in workshop.agenda_items.all()] == ["Pembukaan", "Klinik"]


def test_a_row_more_without_javascript_saves_nothing(client_of, workshop, coordinator):
    page = client_of(coordinator).post(
        url("workshop_agenda", workshop.pk), rows("acara", {"topic": "Setengah"}) | {"add_row": "acara"}
    )

    assert 'name="acara-1-topic"' in page.content.decode()
    assert workshop.agenda_items.get().topic == "Pembukaan"


def test_two_who_write_the_minutes_see_both_texts(client_of, workshop, coordinator, administrator):
    address = url("workshop_minutes", workshop.pk)
    seen = mark_of("")
    client_of(coordinator).post(address, {"minutes": "Dari koordinator.", "seen": seen})

    page = client_of(administrator).post(address, {"minutes": "Dari administrator.", "seen": seen})

    text = text_of(page)
    assert "diubah orang lain" in text
    assert text.count("Dari koordinator.") == 1
    assert "Dari administrator." in text
    newer = page.context["seen"]
    client_of(administrator).post(address, {"minutes": "Keduanya.", "seen": newer})
    workshop.refresh_from_db()
    assert workshop.minutes == "Keduanya."


def test_files_and_links_are_handed_out_inert(
    client_of, workshop, coordinator, expert, django_capture_on_commit_callbacks
):
    client = client_of(coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            url("workshop_material_add", workshop.pk),
            {
                "title": "Paparan",
                "link": "https://contoh.test/p",
                "files": [SimpleUploadedFile("bahan.pdf", files.pdf())],
            },
        )
    refused = client.post(
        url("workshop_material_add", workshop.pk), {"files": [SimpleUploadedFile("x.pdf", b"MZ kosong")]}
    )
    assert "x.pdf" in text_of(refused)

    link, file = workshop.materials.all()
    assert (link.title, link.link, file.title) == ("Paparan", "https://contoh.test/p", "Bahan")
    got = client_of(expert).get(url("workshop_material_download", file.pk))
    assert got["Content-Disposition"] == 'attachment; filename="bahan.pdf"'
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got.getvalue() == files.pdf()
    assert client_of(expert).get(url("workshop_material_download", link.pk)).status_code == 404
    client.post(url("workshop_material_remove", file.pk))
    assert workshop.materials.count() == 1


def test_the_calendar_says_when_and_where(client_of, workshop, expert, regency):
    make_workshop(regency, "II", start_date=None, end_date=None, order=1)
    client = client_of(expert)
    for address in (url("workshop_calendar", workshop.pk), url("workshop_round_calendar")):
        got = client.get(address)
        text = got.content.decode().replace("\r\n ", "")
        assert got["Content-Type"] == "text/calendar; charset=utf-8"
        assert f"DTSTART;TZID=Asia/Jakarta:{workshop.start_date:%Y%m%d}T080000" in text
        assert f"UID:bimtek-{workshop.pk}-1@" in text
        assert text.count("BEGIN:VEVENT") == 1  # a stage without days has no entry


def test_closing_says_what_is_left_and_opening_again_why(
    client_of, workshop, coordinator, plan, agency, agency_head, other_agency
):
    initiative = make_initiative(plan, agency=agency, by=agency_head)
    propose_program(initiative, agency_head)
    client = client_of(coordinator)

    text = text_of(client.get(url("workshop_close", workshop.pk)))
    assert f"{initiative.code}: 1 usulan" in text
    assert "DINKES: Data dukung" in text
    client.post(url("workshop_close", workshop.pk), {"note": "Menyusul pekan depan."})

    text = text_of(client.get(url("workshop_detail", workshop.pk)))
    assert "Menyusul pekan depan." in text
    assert "Tandai diserahkan" not in text
    assert "alasannya" in text_of(client.post(url("workshop_reopen", workshop.pk), {"reason": ""}))
    client.post(url("workshop_reopen", workshop.pk), {"reason": "Salah tutup."})
    assert "Salah tutup." in text_of(client.get(url("workshop_detail", workshop.pk)))
    assert workshops.closing_of(Workshop.objects.get(pk=workshop.pk)) is None


def test_a_removed_person_takes_the_printed_file_along(
    client_of, workshop, coordinator, agency, django_capture_on_commit_callbacks
):
    page = attendance.open_page(workshop, by=coordinator, day=workshop.start_date)
    person = attendance.register(page, by=attendance.Person("Peserta Contoh", "Staf", agency, "", "online"))
    job = request_paper(workshop, by=coordinator, kind="attendance")
    jobs.produce_paper(job.pk)
    job.refresh_from_db()
    name = job.file.storage_name
    download = url("workshop_paper_download", workshop.pk, "daftar-hadir")
    client = client_of(coordinator)
    assert client.get(download).getvalue().startswith(b"%PDF-")

    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("workshop_attendee_remove", person.pk))

    assert not private_storage().exists(name)
    assert client.get(download).status_code == 404


def test_the_round_is_offered_where_there_is_none(client_of, regency, coordinator, expert):
    assert "Mulai dari putaran" in text_of(client_of(coordinator).get(url("workshop_list")))
    assert "Mulai dari putaran" not in text_of(client_of(expert).get(url("workshop_list")))

    client_of(coordinator).post(url("workshop_begin"), {"round": "tiga-tahap"})

    assert regency.workshops.count() == 3
    assert timezone.now() - regency.workshops.first().changed_at < timedelta(minutes=1)
