"""The stages of the bimtek: rounds, parts saved apart, order, closing."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from agencies.models import Notice
from masterplan.models import OutputDelivery, Workshop
from masterplan.reference_bimtek import OutputKind
from masterplan.workshops.actions import attendance, materials, workshops
from masterplan.workshops.actions.workshops import WorkshopConflict, content_of, mark_of
from masterplan.workshops.rounds import rounds
from smartcity.common.formatting import format_date, format_weekday
from tests.factories import make_workshop

OPENING = {"day": 1, "start": time(8), "end": time(9), "topic": "Pembukaan", "speaker": "Kementerian"}


def save(workshop, part, data, by, seen=None):
    mark = mark_of(content_of(workshop, part)) if seen is None else seen
    workshops.save_part(workshop, by=by, part=part, data=data, seen=mark)
    workshop.refresh_from_db()
    workshop._prefetched_objects_cache = {}


def facts(workshop, **changes):
    return content_of(workshop, "facts") | changes


@pytest.mark.parametrize(
    ("key", "stages"), [("empat-tahap", ["I", "II", "III", "IV"]), ("tiga-tahap", ["I", "II", "III"])]
)
def test_a_regency_begins_from_a_round(regency, administrator, key, stages):
    made = workshops.begin_round(regency, by=administrator, round=rounds()[key])

    assert [workshop.stage for workshop in regency.workshops.all()] == stages
    for workshop in made:
        assert workshop.start_date is None
        assert {item.day for item in workshop.agenda_items.all()} == {1, 2}
        assert workshop.outputs.exists()
        assert workshop.expected_output.startswith("- ")


def test_a_round_adds_only_the_stages_that_are_missing(regency, coordinator):
    make_workshop(regency, "II", title="Yang ada")

    workshops.begin_round(regency, by=coordinator, round=rounds()["tiga-tahap"])

    assert sorted(regency.workshops.values_list("stage", flat=True)) == ["I", "II", "III"]
    assert regency.workshops.get(stage="II").title == "Yang ada"
    with pytest.raises(ValidationError, match="sudah ada"):
        workshops.begin_round(regency, by=coordinator, round=rounds()["tiga-tahap"])


def test_only_whoever_runs_the_workshops_writes(regency, executive):
    by, workshop = executive, make_workshop(regency)

    for act in (
        lambda: workshops.create_stage(regency, by=by, data=facts(workshop, stage="X")),
        lambda: save(workshop, "minutes", "Notulen.", by),
        lambda: workshops.move(workshop, by=by, step=1),
        lambda: workshops.remove(workshop, by=by),
        lambda: workshops.close(workshop, by=by, note=""),
        lambda: attendance.invite_all(workshop, by=by),
        lambda: materials.add_link(workshop, by=by, title="Materi", link="https://contoh.test/"),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(regency, coordinator, administrator):
    workshop = make_workshop(regency)
    seen = mark_of("")
    save(workshop, "minutes", "Dari koordinator.", coordinator)

    with pytest.raises(WorkshopConflict) as conflict:
        save(workshop, "minutes", "Dari administrator.", administrator, seen)

    assert conflict.value.current == "Dari koordinator."
    assert Workshop.objects.get(pk=workshop.pk).minutes == "Dari koordinator."
    # The same text twice, and another part, are no conflict.
    save(workshop, "minutes", "Dari koordinator.", administrator, seen)
    save(workshop, "agenda", [OPENING], administrator)


def test_calendars_learn_of_changed_dates_and_agenda_only(regency, coordinator):
    workshop = make_workshop(regency)

    save(workshop, "minutes", "Notulen.", coordinator)
    save(workshop, "outputs", [{"id": None, "title": "Formulir", "kind": OutputKind.TICKED}], coordinator)
    assert workshop.sequence == 0

    before = workshop.changed_at
    deadline = datetime(2021, 10, 1, 16, tzinfo=ZoneInfo("Asia/Jakarta"))
    for _ in range(2):  # the second time as the database gives it back: nothing has changed
        save(workshop, "facts", facts(workshop, deadline=deadline), coordinator)
    assert workshop.sequence == 1
    save(workshop, "facts", facts(workshop, place="Aula"), coordinator)
    save(workshop, "agenda", [OPENING], coordinator)
    assert workshop.sequence == 3
    assert workshop.changed_at > before


def test_the_invited_hear_of_another_schedule_and_of_nothing_else(regency, agency, drafter, coordinator):
    day = regency.today() + timedelta(9)
    workshop = make_workshop(regency, start_date=day, end_date=day)

    def told():
        return list(Notice.objects.filter(user=drafter).order_by("pk").values_list("subject", "text"))

    save(workshop, "facts", facts(workshop, place="Aula"), coordinator)
    assert told() == []  # nobody is invited yet
    attendance.note_attendance(workshop, by=coordinator, modes={agency.pk: "invited"})
    save(workshop, "facts", facts(workshop, source="Surat undangan", expected_output="Formulir"), coordinator)
    save(workshop, "minutes", "Notulen.", coordinator)
    save(workshop, "agenda", [], coordinator)
    assert len(told()) == 1

    later = facts(workshop, start_date=day + timedelta(1), end_date=day + timedelta(1), place="")
    for _ in range(2):
        save(workshop, "facts", later, coordinator)
    save(workshop, "agenda", [OPENING], coordinator)
    save(workshop, "agenda", [OPENING | {"topic": "Sambutan"}], coordinator)

    _, (subject, text), (_, hours) = told()
    assert subject == f"Perubahan Bimtek Tahap I: {format_date(day + timedelta(1))}"
    assert f"Hari: {format_weekday(day + timedelta(1))} (semula {format_weekday(day)})" in text
    assert "Tempat: belum ditetapkan (semula Aula)" in text
    assert "pukul 08.00–09.00 WIB (semula" in hours


@pytest.mark.parametrize("changes", [{"is_sample": True}, {"start_date": date(2021, 9, 1), "end_date": None}])
def test_nobody_hears_of_changes_of_samples_or_of_what_is_over(regency, agency, drafter, coordinator, changes):
    day = regency.today() + timedelta(9)
    workshop = make_workshop(regency, start_date=day, end_date=day)
    attendance.note_attendance(workshop, by=coordinator, modes={agency.pk: "invited"})
    save(workshop, "facts", facts(workshop, place="Aula", **changes), coordinator)

    assert Notice.objects.filter(user=drafter).count() == 1


def test_an_agenda_fits_the_days_of_its_stage(regency, coordinator):
    workshop = make_workshop(regency)

    with pytest.raises(ValidationError, match="2 hari"):
        save(workshop, "agenda", [OPENING | {"day": 3}], coordinator)
    save(workshop, "agenda", [OPENING | {"day": 2}], coordinator)
    with pytest.raises(ValidationError, match="Agenda tahap ini 2 hari"):
        save(workshop, "facts", facts(workshop, end_date=date(2021, 9, 6)), coordinator)


def test_a_name_of_a_stage_is_given_once(regency, coordinator):
    make_workshop(regency, "I")
    second = make_workshop(regency, "II", order=1)

    with pytest.raises(ValidationError, match="Sudah ada tahap I"):
        save(second, "facts", facts(second, stage="I"), coordinator)
    with pytest.raises(ValidationError, match="Sudah ada tahap I"):
        workshops.create_stage(regency, by=coordinator, data=facts(second, stage="I"))


def test_an_output_that_is_renamed_or_moved_keeps_its_deliveries(regency, agency, coordinator):
    workshop = make_workshop(regency)
    rows = [{"id": None, "title": title, "kind": OutputKind.TICKED} for title in ("Satu", "Dua")]
    save(workshop, "outputs", rows, coordinator)
    attendance.note_attendance(workshop, by=coordinator, modes={agency.pk: "on_site"})
    first, second = workshop.outputs.all()
    attendance.tick_output(first, by=coordinator, agency=agency, delivered=True)

    swapped = [
        {"id": second.pk, "title": "Satu", "kind": OutputKind.TICKED},
        {"id": first.pk, "title": "Dua", "kind": OutputKind.TICKED},
    ]
    save(workshop, "outputs", swapped, coordinator)
    assert [str(row) for row in workshop.outputs.all()] == ["Satu", "Dua"]
    assert OutputDelivery.objects.get().output.title == "Dua"

    save(workshop, "outputs", swapped[:1], coordinator)
    assert not OutputDelivery.objects.exists()


def test_an_id_of_another_stage_makes_a_new_row(regency, coordinator):
    workshop, other = make_workshop(regency), make_workshop(regency, "II")
    save(other, "outputs", [{"id": None, "title": "Milik lain", "kind": OutputKind.TICKED}], coordinator)
    foreign = other.outputs.get()

    save(workshop, "outputs", [{"id": foreign.pk, "title": "Ambil", "kind": OutputKind.TICKED}], coordinator)

    foreign.refresh_from_db()
    assert (foreign.title, foreign.workshop) == ("Milik lain", other)
    assert workshop.outputs.get().title == "Ambil"


def test_stages_change_places(regency, coordinator):
    rows = [make_workshop(regency, stage, order=0) for stage in ("I", "II", "III")]

    workshops.move(rows[2], by=coordinator, step=-1)
    workshops.move(rows[0], by=coordinator, step=-1)  # at the edge

    assert [workshop.stage for workshop in regency.workshops.all()] == ["I", "III", "II"]


def test_only_a_stage_at_which_nothing_happened_is_removed(regency, agency, coordinator):
    workshop = make_workshop(regency)
    attendance.note_attendance(workshop, by=coordinator, modes={agency.pk: "absent"})
    with pytest.raises(ValidationError, match="diundang"):
        workshops.remove(workshop, by=coordinator)

    attendance.note_attendance(workshop, by=coordinator, modes={agency.pk: ""})
    workshops.remove(workshop, by=coordinator)
    assert not regency.workshops.exists()


def test_a_closed_stage_changes_in_nothing_until_it_is_opened_with_a_reason(regency, agency, coordinator):
    workshop = make_workshop(regency)
    save(workshop, "outputs", [{"id": None, "title": "Formulir", "kind": OutputKind.TICKED}], coordinator)
    attendance.note_attendance(workshop, by=coordinator, modes={agency.pk: "online"})
    output = workshop.outputs.get()
    closing = workshops.close(workshop, by=coordinator, note="Sisanya menyusul.")

    for act in (
        lambda: save(workshop, "minutes", "Notulen.", coordinator),
        lambda: attendance.note_attendance(workshop, by=coordinator, modes={agency.pk: "absent"}),
        lambda: attendance.tick_output(output, by=coordinator, agency=agency, delivered=True),
        lambda: attendance.open_page(workshop, by=coordinator, day=date(2021, 9, 6)),
        lambda: materials.add_link(workshop, by=coordinator, title="M", link="https://contoh.test/"),
        lambda: workshops.close(workshop, by=coordinator, note="Lagi."),
    ):
        with pytest.raises(ValidationError, match="sudah ditutup"):
            act()
    with pytest.raises(ValidationError, match="alasannya"):
        workshops.reopen(workshop, by=coordinator, reason="")

    workshops.reopen(workshop, by=coordinator, reason="Daftar hadir kurang.")
    save(workshop, "minutes", "Notulen.", coordinator)
    closing.refresh_from_db()
    assert (closing.reason, closing.reopened_as) == ("Daftar hadir kurang.", "Koordinator")
    with pytest.raises(ValidationError, match="sedang terbuka"):
        workshops.reopen(workshop, by=coordinator, reason="Lagi.")


@pytest.mark.parametrize(
    "link",
    [
        *("http://contoh.test/", "javascript:alert(1)", "https://", "https://lokal/", "https://a@contoh.test/"),
        *("https://contoh.test/a b", "https://contoh.test/\x00", "https://contoh.test:0x/", "contoh.test"),
        "https://contoh.test/" + "a" * 300,
    ],
)
def test_only_https_addresses_are_taken(regency, coordinator, link):
    with pytest.raises(ValidationError):
        materials.add_link(make_workshop(regency), by=coordinator, title="Materi", link=link)
