"""Taking part: attendance, outputs, and signing in on the day."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from agencies.models import Notice, NoticeKind, OutgoingMail
from agencies.notices import QUIET, mail_waiting
from agencies.roles import Role
from masterplan.models import Attendee, WorkshopPaper
from masterplan.reference_bimtek import OutputKind
from masterplan.workshops.actions import attendance, workshops
from masterplan.workshops.actions.attendance import Person, find_open_page
from masterplan.workshops.actions.papers import request_paper
from smartcity.common.formatting import format_days, format_weekday
from tests.factories import make_agency, make_person, make_workshop

# Ten in the evening of the 5th in London is the 6th in Jakarta.
ON_THE_DAY = datetime(2021, 9, 5, 22, 0, tzinfo=UTC)
BEFORE = datetime(2021, 9, 5, 16, 0, tzinfo=UTC)  # 23.00 of the 5th
AFTER = datetime(2021, 9, 6, 17, 30, tzinfo=UTC)  # 00.30 of the 7th


def person(agency, name="Peserta Contoh", mode="online", institution=""):
    return Person(name, "Staf", agency, institution, mode)


def ticked(workshop, kind=OutputKind.TICKED):
    return workshop.outputs.create(title="Formulir", kind=kind)


def test_noting_attendance_invites_and_takes_back(regency, agency, other_agency, coordinator):
    workshop = make_workshop(regency)

    assert attendance.invite_all(workshop, by=coordinator) == 2
    assert attendance.invite_all(workshop, by=coordinator) == 0
    assert attendance.note_attendance(workshop, by=coordinator, modes={agency.pk: "on_site", other_agency.pk: ""}) == 2
    assert attendance.note_attendance(workshop, by=coordinator, modes={agency.pk: "on_site"}) == 0

    assert list(workshop.attendances.values_list("agency", "mode")) == [(agency.pk, "on_site")]


# Who is told -----------------------------------------------------------------------------------------------------------


def ahead(regency, **fields):
    days = {"start_date": regency.today() + timedelta(9), "end_date": regency.today() + timedelta(10)}
    return make_workshop(regency, **(days | {"online_link": "https://rapat.contoh.test/satu"} | fields))


def told(user):
    return list(Notice.objects.filter(user=user).order_by("pk"))


def test_the_people_of_invited_agencies_are_told_once_when_and_where(
    regency, agency, drafter, agency_head, coordinator, client_of
):
    other = make_person(regency, Role.AGENCY_STAFF, make_agency(regency))
    workshop = ahead(regency)
    workshop.agenda_items.create(day=1, start=time(8), end=time(9), topic="Pembukaan")
    workshop.agenda_items.create(day=1, start=time(13), end=time(15, 30), topic="Diskusi")

    attendance.note_attendance(workshop, by=coordinator, modes={agency.pk: "invited"})
    attendance.note_attendance(workshop, by=coordinator, modes={agency.pk: "invited"})
    assert [len(told(person)) for person in (drafter, agency_head, other, coordinator)] == [1, 1, 0, 0]
    attendance.invite_all(workshop, by=coordinator)
    attendance.invite_all(workshop, by=coordinator)

    assert [len(told(person)) for person in (drafter, agency_head, other, coordinator)] == [1, 1, 1, 0]
    (notice,) = told(drafter)
    first, last = workshop.days
    assert notice.kind == NoticeKind.INVITED
    assert notice.subject == f"Undangan Bimtek Tahap I: {format_days(first, last)}"
    hours = f"{format_weekday(first)} pukul 08.00–15.30 WIB; {format_weekday(last)}"
    for line in (
        f"Hari: {hours}",
        "Tempat: Gedung Dharma Satya, Ungaran",
        "Tautan daring: https://rapat.contoh.test/satu",
    ):
        assert f"\n{line}\n" in notice.text
    client = client_of(drafter)
    assert client.get(notice.path).status_code == 200
    calendar = notice.text.rpartition(settings.BASE_URL)[2]
    assert client.get(calendar).headers["Content-Type"].startswith("text/calendar")


def test_who_was_told_of_an_invitation_is_told_that_it_was_taken_back(regency, agency, drafter, coordinator, client_of):
    workshop = ahead(regency)
    attendance.invite_all(workshop, by=coordinator)
    newcomer = make_person(regency, Role.AGENCY_STAFF, agency)

    assert attendance.note_attendance(workshop, by=coordinator, modes={agency.pk: ""}) == 1
    assert attendance.note_attendance(workshop, by=coordinator, modes={agency.pk: ""}) == 0

    assert told(newcomer) == []
    _, notice = told(drafter)
    days = format_days(*workshop.days)
    assert (notice.kind, notice.waits) == (NoticeKind.INVITED, "now")
    assert notice.subject == f"Undangan ditarik kembali, Bimtek Tahap I: {days}"
    assert "Undangan untuk perangkat daerah Anda ditarik kembali" in notice.text
    assert "Tempat: Gedung Dharma Satya, Ungaran" in notice.text
    assert client_of(drafter).get(notice.path).status_code == 200


def test_who_came_uninvited_is_not_told_that_they_are_not_invited(regency, agency, drafter, coordinator):
    """Nor where an invitation of before was taken back already, nor of what is over by now."""
    workshop = ahead(regency)
    for mode in ("invited", "", "on_site", ""):
        attendance.note_attendance(workshop, by=coordinator, modes={agency.pk: mode})
    assert [notice.subject.partition(" ")[2][:7] for notice in told(drafter)] == ["Bimtek ", "ditarik"]

    attendance.note_attendance(workshop, by=coordinator, modes={agency.pk: "invited"})
    with time_machine.travel(timezone.now() + timedelta(20)):
        attendance.note_attendance(workshop, by=coordinator, modes={agency.pk: ""})
    assert len(told(drafter)) == 3


def test_a_mail_of_an_invitation_leaves_once_and_at_once(regency, drafter, coordinator):
    workshop = ahead(regency)
    attendance.invite_all(workshop, by=coordinator)
    assert [mail_waiting(timezone.now() + QUIET) for _ in range(2)] == [1, 0]

    (mail,) = OutgoingMail.objects.all()
    assert (mail.recipient, mail.news) == (drafter, "invited")
    assert "berkas .ics" in mail.body


@pytest.mark.parametrize(("fields", "notices"), [({}, 1), ({"is_sample": True}, 0), ({"start_date": None}, 1)])
def test_a_stage_without_dates_is_told_and_a_sample_is_not(regency, agency, drafter, coordinator, fields, notices):
    fields |= {"end_date": None} if "start_date" in fields else {}
    attendance.invite_all(ahead(regency, **fields), by=coordinator)

    assert len(told(drafter)) == notices


def test_nobody_is_told_of_what_is_over_or_of_how_they_came(regency, agency, drafter, coordinator):
    over = make_workshop(
        regency, "0", start_date=regency.today() - timedelta(2), end_date=regency.today() - timedelta(1)
    )
    last_day = make_workshop(regency, "I", start_date=regency.today() - timedelta(1), end_date=regency.today())
    attendance.invite_all(over, by=coordinator)
    attendance.note_attendance(last_day, by=coordinator, modes={agency.pk: "on_site"})
    assert told(drafter) == []

    attendance.note_attendance(last_day, by=coordinator, modes={agency.pk: ""})
    attendance.note_attendance(last_day, by=coordinator, modes={agency.pk: "invited"})
    assert len(told(drafter)) == 1


@pytest.mark.parametrize("person", ["suspended", "outsider", "expert"])
def test_who_is_not_of_the_agency_is_not_told(request, regency, agency, coordinator, person):
    stranger = request.getfixturevalue(person)
    attendance.invite_all(ahead(regency), by=coordinator)

    assert told(stranger) == []


@pytest.mark.parametrize(
    ("who", "may"), [("drafter", True), ("agency_head", True), ("coordinator", True), ("expert", False)]
)
def test_an_output_is_ticked_by_its_agency_or_the_coordinator(request, regency, agency, coordinator, who, may):
    workshop, by = make_workshop(regency), request.getfixturevalue(who)
    attendance.invite_all(workshop, by=coordinator)
    output = ticked(workshop)

    if not may:
        with pytest.raises(PermissionDenied):
            attendance.tick_output(output, by=by, agency=agency, delivered=True)
        return
    attendance.tick_output(output, by=by, agency=agency, delivered=True)
    attendance.tick_output(output, by=by, agency=agency, delivered=True)
    delivery = output.deliveries.get()
    assert delivery.ticked_by == by
    assert delivery.ticked_as
    attendance.tick_output(output, by=by, agency=agency, delivered=False)
    assert not output.deliveries.exists()


def test_no_agency_ticks_for_another_or_what_the_portal_sees(regency, agency, other_agency, drafter, coordinator):
    workshop = make_workshop(regency)
    output, seen = ticked(workshop), workshop.outputs.create(title="Inisiatif", kind=OutputKind.INITIATIVES)

    with pytest.raises(ValidationError, match="tidak diundang"):
        attendance.tick_output(output, by=drafter, agency=agency, delivered=True)
    attendance.invite_all(workshop, by=coordinator)
    with pytest.raises(PermissionDenied):
        attendance.tick_output(output, by=drafter, agency=other_agency, delivered=True)
    with pytest.raises(ValidationError, match="diketahui portal"):
        attendance.tick_output(seen, by=coordinator, agency=agency, delivered=True)


def test_a_page_is_open_only_on_its_day_where_the_regency_lies(regency, coordinator):
    workshop = make_workshop(regency)
    page = attendance.open_page(workshop, by=coordinator, day=workshop.start_date)
    assert attendance.open_page(workshop, by=coordinator, day=workshop.start_date).code == page.code

    for moment, is_open in ((BEFORE, False), (ON_THE_DAY, True), (AFTER, False)):
        with time_machine.travel(moment, tick=False):
            assert (find_open_page(page.code) is not None) is is_open
    with time_machine.travel(ON_THE_DAY, tick=False):
        assert find_open_page("2222-2222-2222-2222") is None
        attendance.close_page(page, by=coordinator)
        assert find_open_page(page.code) is None
    with pytest.raises(ValidationError, match="bukan hari tahap ini"):
        attendance.open_page(workshop, by=coordinator, day=workshop.start_date - timedelta(1))


def test_closing_a_stage_shuts_its_pages(regency, coordinator):
    workshop = make_workshop(regency)
    page = attendance.open_page(workshop, by=coordinator, day=workshop.start_date)

    workshops.close(workshop, by=coordinator, note="")

    with time_machine.travel(ON_THE_DAY, tick=False):
        assert find_open_page(page.code) is None
        with pytest.raises(ValidationError, match="sudah ditutup"):
            attendance.register(page, by=person(None, institution="Kampus"))


def test_who_signs_in_twice_stays_one_row_and_counts_for_the_agency(regency, agency, coordinator):
    workshop = make_workshop(regency)
    page = attendance.open_page(workshop, by=coordinator, day=workshop.start_date)
    attendance.note_attendance(workshop, by=coordinator, modes={agency.pk: "invited"})

    with time_machine.travel(ON_THE_DAY, tick=False):
        attendance.register(page, by=person(agency))
        assert workshop.attendances.get().mode == "online"
        attendance.register(page, by=person(agency, name="PESERTA CONTOH"))
        attendance.register(page, by=person(agency, name="Peserta Lain", mode="on_site"))
        attendance.register(page, by=person(agency, name="Peserta Ketiga"))
        attendance.register(page, by=person(None, name="Tamu", institution="Kampus Contoh"))

    assert workshop.attendances.get().mode == "on_site"
    assert sorted(page.attendees.values_list("name", flat=True)) == [
        *("Peserta Contoh", "Peserta Ketiga", "Peserta Lain", "Tamu"),
    ]


def test_a_list_that_is_full_says_so(regency, agency, coordinator, monkeypatch):
    monkeypatch.setattr(attendance, "MOST_ATTENDEES", 1)
    workshop = make_workshop(regency)
    page = attendance.open_page(workshop, by=coordinator, day=workshop.start_date)

    with time_machine.travel(ON_THE_DAY, tick=False):
        attendance.register(page, by=person(agency))
        with pytest.raises(ValidationError, match="penuh"):
            attendance.register(page, by=person(agency, name="Satu lagi"))


@pytest.fixture
def signed(regency, agency, coordinator):
    """Somebody who signed in, with a printed list that names them."""
    workshop = make_workshop(regency)
    page = attendance.open_page(workshop, by=coordinator, day=workshop.start_date)
    with time_machine.travel(ON_THE_DAY, tick=False):
        attendee = attendance.register(page, by=person(agency))
    request_paper(workshop, by=coordinator, kind="attendance")
    return attendee


def test_only_the_coordinator_has_the_names(signed, administrator, drafter):
    workshop = signed.page.workshop
    for by in (administrator, drafter):
        for act in (
            lambda by=by: attendance.open_page(workshop, by=by, day=workshop.start_date),
            lambda by=by: attendance.close_page(signed.page, by=by),
            lambda by=by: attendance.correct_attendee(signed, by=by, person=person(None, institution="X")),
            lambda by=by: attendance.remove_attendee(signed, by=by),
            lambda by=by: attendance.forget_attendees(workshop, by=by),
            lambda by=by: request_paper(workshop, by=by, kind="attendance"),
        ):
            with pytest.raises(PermissionDenied):
                act()


def test_a_correction_and_a_removal_take_the_printed_list_along(signed, coordinator, agency):
    workshop = signed.page.workshop
    attendance.correct_attendee(signed, by=coordinator, person=person(None, name="Nama Benar", institution="Kampus"))
    signed.refresh_from_db()
    assert (signed.name, signed.agency, signed.institution) == ("Nama Benar", None, "Kampus")
    assert not WorkshopPaper.objects.exists()

    request_paper(workshop, by=coordinator, kind="attendance")
    workshops.close(workshop, by=coordinator, note="")
    attendance.remove_attendee(signed, by=coordinator)  # whoever asks to be forgotten need not wait
    assert not Attendee.objects.exists()
    assert not WorkshopPaper.objects.exists()
    assert workshop.attendances.get().agency == agency


def test_lists_are_forgotten_by_time(signed):
    assert attendance.forget_old_attendees() == 1  # the day is in 2021
    assert not Attendee.objects.exists()
    assert not WorkshopPaper.objects.exists()
    assert signed.page.workshop.attendances.exists()


def test_a_list_of_this_year_is_kept(regency, agency, coordinator):
    today = regency.today()
    workshop = make_workshop(regency, start_date=today, end_date=today)
    attendance.register(attendance.open_page(workshop, by=coordinator, day=today), by=person(agency))

    assert attendance.forget_old_attendees() == 0
    assert Attendee.objects.count() == 1
