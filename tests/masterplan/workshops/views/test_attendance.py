"""The public sign-in page: found by its code, open on its day, the same for everybody, told once."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from masterplan.models import Attendee
from masterplan.workshops.actions import attendance
from tests.factories import make_workshop
from tests.masterplan.page_text import text_of

_TOKEN = re.compile(rb'<meta name="csrf-token"[^>]*>')


@pytest.fixture
def page(regency, coordinator):
    """Today's page of a stage, open."""
    today = regency.today()
    workshop = make_workshop(regency, start_date=today, end_date=today + timedelta(1))
    return attendance.open_page(workshop, by=coordinator, day=today)


def address(code):
    return reverse("attendance", args=[code])


def answers(place, **more):
    sent = {"name": "Peserta Contoh", "position": "Staf", "agency": place.pk, "mode": "on_site", "agrees": "on"}
    return sent | more


def test_anybody_with_the_code_signs_in(client, page, agency):
    text = text_of(client.get(address(page.code)))
    assert "Dinas Pariwisata" in text
    assert "Bimtek tahap I, Kabupaten Semarang Uji" in text

    text = text_of(client.post(address(page.code.lower().replace("-", "")), answers(agency)))
    assert "Kehadiran Anda tercatat" in text
    attendee = page.attendees.get()
    assert (attendee.name, attendee.position, attendee.agency, attendee.mode) == (
        *("Peserta Contoh", "Staf", agency, "on_site"),
    )
    assert page.workshop.attendances.get().mode == "on_site"


def test_a_guest_says_from_where_and_everybody_agrees(client, page, agency):
    guest = answers(agency, agency="tamu")
    text = text_of(client.post(address(page.code), guest | {"name": "Tamu Contoh"}))
    assert "Tulis nama instansi Anda" in text
    assert 'value="Tamu Contoh"' in text

    without = answers(agency)
    del without["agrees"]
    assert "Centang persetujuan" in text_of(client.post(address(page.code), without))
    assert not page.attendees.exists()

    client.post(address(page.code), guest | {"institution": "Kampus Contoh"})
    assert page.attendees.get().comes_from == "Kampus Contoh"


def test_an_agency_of_elsewhere_is_not_taken(client, page, agency, outsider):
    foreign = outsider.memberships.get().regency.agencies.create(name="Dinas Luar", short_name="DL", kind="dinas")

    text = text_of(client.post(address(page.code), answers(foreign)))

    assert "Pilihan ini tidak ada" in text
    assert not Attendee.objects.exists()


def test_shut_unknown_and_of_another_day_are_the_same_answer(client, client_of, page, coordinator):
    tomorrow = attendance.open_page(page.workshop, by=coordinator, day=page.day + timedelta(1))
    attendance.close_page(page, by=coordinator)

    for person in (client, client_of(coordinator)):
        found = [person.get(address(code)) for code in (page.code, tomorrow.code, "2222-2222-2222-2222", "x")]
        assert {each.status_code for each in found} == {404}
        assert len({_TOKEN.sub(b"", each.content) for each in found}) == 1
    assert "Semarang Uji" not in found[0].content.decode()


def test_whoever_tries_codes_or_fills_by_machine_has_to_wait(client, page, agency, settings):
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"unknown_code": "2/m/ip", "attendance": "1/m/ip"}

    assert [client.get(address("2222-2222-2222-2222")).status_code for _ in range(3)] == [404, 404, 429]
    client.post(address(page.code), answers(agency))
    late = client.post(address(page.code), answers(agency, name="Yang Kedua"))
    assert late.status_code == 429
    assert late["Retry-After"] == "60"
    assert 'value="Yang Kedua"' in late.content.decode()  # nothing typed is lost
    assert page.attendees.count() == 1


def test_the_screen_shows_the_code_to_the_coordinator_alone(client_of, page, coordinator, administrator):
    screen = reverse("workshop_projector", args=[page.workshop.regency.slug, page.pk])

    text = client_of(coordinator).get(screen).content.decode()
    assert page.code in text
    assert "<svg" in text
    assert client_of(administrator).get(screen).status_code == 403


def test_the_coordinator_opens_shuts_mends_and_forgets(client_of, page, coordinator, agency):
    slug, workshop = page.workshop.regency.slug, page.workshop
    client = client_of(coordinator)
    person = attendance.register(page, by=attendance.Person("Peserta Cotnoh", "Staf", agency, "", "online"))

    edit = reverse("workshop_attendee_edit", args=[slug, person.pk])
    client.post(edit, answers(agency, mode="online"))
    person.refresh_from_db()
    assert person.name == "Peserta Contoh"

    toggle = reverse("workshop_attendance_open", args=[slug, workshop.pk])
    client.post(toggle, {"hari": page.day.isoformat(), "tutup": "1"})
    page.refresh_from_db()
    assert page.opened_at is None
    for nonsense in ("kemarin", (page.day - timedelta(9)).isoformat()):
        client.post(toggle, {"hari": nonsense})
    assert workshop.sign_in_pages.count() == 1

    client.post(reverse("workshop_attendee_forget", args=[slug, workshop.pk]))
    assert not page.attendees.exists()
