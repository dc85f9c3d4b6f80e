"""What an initiative was: edit sessions, one question through time, and the way back to an earlier text."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.roles import Role
from masterplan.editing.views import edit_sessions
from masterplan.initiatives.actions import initiatives
from masterplan.models import ChangeSource, Initiative, InitiativeChange
from masterplan.registry import FIELDS
from tests.factories import history_open, make_initiative, make_person


@pytest.fixture
def initiative(plan, agency, agency_head):
    return make_initiative(plan, agency=agency, by=agency_head, complete=True)


def address(initiative, query=""):
    return reverse("initiative_history", args=[initiative.regency.slug, initiative.pk]) + query


def restore(initiative, version, field):
    return reverse("initiative_restore", args=[initiative.regency.slug, initiative.pk, version, field])


def save(initiative, by, *, minutes_ago=0, source=ChangeSource.FORM, **data):
    """Save now, and let it have been some minutes ago."""
    version = Initiative.objects.get(pk=initiative.pk).edit_version
    done = initiatives.save(initiative, by=by, data=data, version=version, source=source)
    at = timezone.now() - timedelta(minutes=minutes_ago)
    with history_open():
        InitiativeChange.objects.filter(initiative=initiative, version=done.edit_version).update(at=at)
    return done


def html(response):
    assert response.status_code == 200
    return response.content.decode()


def test_every_save_shows_what_it_changed_word_by_word(client_of, drafter, agency, agency_head, initiative):
    save(initiative, drafter, problem="Warga mengisi dua formulir.", novelty="continuing", risk="")

    text = html(client_of(agency_head).get(address(initiative)))

    assert "Warga mengisi <del>satu formulir" in text
    assert "<del>Baru</del> <ins>Lanjutan</ins>" in text
    assert "(dikosongkan)" in text
    assert f"Staf perangkat daerah, {agency.name}" in text
    assert drafter.name not in text


def test_steps_stand_beside_the_saves(client_of, plan, agency, agency_head, executive):
    initiative = make_initiative(plan, agency=agency, by=agency_head, status="returned")
    text = html(client_of(executive).get(address(initiative)))

    assert "Perlu perbaikan: Kembalikan dengan catatan" in text
    assert "Lengkapi target tahun terakhir." in text


def test_saves_of_people_who_left_keep_their_role(client_of, agency_head, drafter, initiative):
    save(initiative, drafter, risk="Lain.")
    drafter.memberships.update(valid_to=timezone.localdate() - timedelta(days=1), valid_from="2020-01-01")

    assert "Staf perangkat daerah" in html(client_of(agency_head).get(address(initiative)))


# Sittings --------------------------------------------------------------------------------------------------------------


def test_many_small_saves_are_one_entry_with_first_old_and_last_new(client_of, plan, agency, agency_head, drafter):
    initiative = make_initiative(plan, agency=agency, by=agency_head, risk="Awal.")
    with history_open():
        InitiativeChange.objects.update(at=timezone.now() - timedelta(days=1))
    for number in range(9):
        save(initiative, drafter, minutes_ago=60 - number * 5, risk=f"Ketikan {number}.")
    save(initiative, drafter, minutes_ago=14, problem="Masalah.")

    response = client_of(drafter).get(address(initiative))
    newest = response.context["saves"][0]
    assert newest["count"] == 10
    assert newest["until"]
    assert [(f["key"], f["old"], f["new"]) for f in newest["fields"]] == [
        ("problem", "", "Masalah."),
        ("risk", "Awal.", "Ketikan 8."),
    ]
    assert "10 kali tersimpan" in html(response)


def test_a_pause_of_half_an_hour_another_person_or_another_way_begins_another(initiative, drafter, agency_head):
    with history_open():
        InitiativeChange.objects.update(at=timezone.now() - timedelta(days=1))
    save(initiative, drafter, minutes_ago=100, risk="1")
    save(initiative, drafter, minutes_ago=71, risk="2")
    save(initiative, agency_head, minutes_ago=70, problem="3")
    save(initiative, drafter, minutes_ago=69, risk="4")
    save(initiative, drafter, minutes_ago=68, risk="5", source=ChangeSource.WORKBOOK)
    save(initiative, drafter, minutes_ago=39, risk="6")

    found = edit_sessions.group(edit_sessions.light_rows(initiative))
    assert [len(session.versions) for session in found] == [1, 1, 3, 1, 2]
    edit_sessions.fill(initiative, found, FIELDS)
    assert (found[2].edits["risk"].old, found[2].edits["risk"].new) != ("2", "4")
    assert found[2].edits["risk"].new == "4"
    assert [session.way for session in found[:2]] == ["", "Excel"]


def test_what_was_filled_in_for_the_agency_says_so(client_of, drafter, coordinator, initiative):
    save(initiative, coordinator, risk="Oleh Diskominfo.")

    assert "(atas nama perangkat daerah)" in html(client_of(drafter).get(address(initiative)))


def test_one_question_alone(client_of, drafter, agency_head, initiative):
    save(initiative, drafter, risk="Angin.", problem="Lain lagi.")
    response = client_of(drafter).get(address(initiative, "?isian=risk"))
    text = html(response)

    assert "Riwayat isian risiko" in text
    assert "Lain lagi." not in text
    assert [[f["key"] for f in entry["fields"]] for entry in response.context["saves"]] == [["risk"], ["risk"]]
    assert '<option value="risk" selected>' in text
    assert "Belum pernah diubah" in html(client_of(drafter).get(address(initiative, "?isian=spbe_application")))
    assert "Riwayat perubahan" in html(client_of(drafter).get(address(initiative, "?isian=password")))


@pytest.mark.parametrize("saves", [30, 3000])
def test_thousands_of_saves_ask_no_more_than_a_few(
    client_of, drafter, coordinator, initiative, saves, django_assert_max_num_queries
):
    begun = timezone.now() - timedelta(days=400)
    people = (drafter, coordinator)
    InitiativeChange.objects.bulk_create(
        InitiativeChange(
            initiative=initiative,
            version=10 + number,
            before={"risk": f"r{number}"},
            after={"risk": f"r{number + 1}"},
            by=people[number % 2],
            by_role="Staf",
            at=begun + timedelta(minutes=12 * number) + timedelta(days=number // 50),
        )
        for number in range(saves)
    )
    client = client_of(drafter)
    client.get(address(initiative))

    with django_assert_max_num_queries(8):
        response = client.get(address(initiative))
    assert len(response.context["saves"]) <= 20
    if saves > 1000:
        with django_assert_max_num_queries(8):
            later = client.get(address(initiative, "?page=3&isian=risk"))
        assert 'href="?isian=risk&amp;page=2"' in html(later)


def test_each_question_of_the_form_leads_to_its_history(client_of, drafter, initiative):
    page = reverse("initiative_edit", args=[initiative.regency.slug, initiative.pk, "identitas"])

    assert address(initiative, "?isian=problem") in html(client_of(drafter).get(page))


# The way back ----------------------------------------------------------------------------------------------------------


def test_an_earlier_text_is_put_back_after_both_were_shown(client_of, drafter, initiative):
    old_version = initiative.edit_version
    old = initiative.problem
    save(initiative, drafter, problem="Naskah baru yang keliru.")
    client = client_of(drafter)

    link = restore(initiative, old_version, "problem")
    assert link in html(client.get(address(initiative)))
    page = html(client.get(link))
    assert "Naskah baru yang keliru." in page and "formulir" in page
    seen = re.search(r'name="edit_version" value="(\d+)"', page)[1]
    assert client.post(link, {"edit_version": seen}).url == address(initiative, "?isian=problem")

    stored = Initiative.objects.get(pk=initiative.pk)
    assert stored.problem == old
    assert stored.changes.first().source == ChangeSource.RESTORE
    assert "dipulihkan dari riwayat" in html(client.get(address(initiative)))


def test_a_table_is_put_back_too(client_of, drafter, initiative):
    version = initiative.edit_version
    save(initiative, drafter, indicators=[], budgets=[])
    client = client_of(drafter)
    for field in ("indicators", "budgets"):
        seen = Initiative.objects.get(pk=initiative.pk).edit_version
        assert client.post(restore(initiative, version, field), {"edit_version": seen}).status_code == 302

    stored = Initiative.objects.complete().get(pk=initiative.pk)
    assert [row.name for row in stored.indicators.all()] == ["Loket terhubung", "Kepuasan warga"]
    assert stored.budgets.get().amount == 150_000_000


def test_somebody_elses_newer_text_is_shown_before_it_is_replaced(client_of, drafter, agency_head, initiative):
    version = initiative.edit_version
    seen = save(initiative, drafter, problem="Satu.").edit_version
    save(initiative, agency_head, problem="Naskah kepala.")
    client = client_of(drafter)

    page = html(client.post(restore(initiative, version, "problem"), {"edit_version": seen}))
    assert "Isian ini diubah orang lain" in page
    assert "Naskah kepala." in page
    assert Initiative.objects.get(pk=initiative.pk).problem == "Naskah kepala."
    again = re.search(r'name="edit_version" value="(\d+)"', page)[1]
    assert client.post(restore(initiative, version, "problem"), {"edit_version": again}).status_code == 302
    assert Initiative.objects.get(pk=initiative.pk).problem == initiative.problem


def test_the_text_of_today_offers_no_way_back(client_of, drafter, initiative):
    page = html(client_of(drafter).get(restore(initiative, initiative.edit_version, "problem")))

    assert "Kedua naskah sama" in page
    assert "Pulihkan naskah ini" not in page
    assert restore(initiative, initiative.edit_version, "problem") not in html(
        client_of(drafter).get(address(initiative))
    )


@pytest.mark.parametrize(
    ("version", "field"),
    [(999, "problem"), (10**30, "problem"), (1, "problem"), (2, "password"), (2, "links"), (0, "name")],
)
def test_versions_and_fields_that_were_never_saved_do_not_exist(client_of, drafter, initiative, version, field):
    client = client_of(drafter)

    assert client.get(restore(initiative, version, field)).status_code == 404
    assert client.post(restore(initiative, version, field), {"edit_version": 2}).status_code == 404


def test_a_version_of_another_initiative_does_not_exist(client_of, plan, agency, agency_head, drafter, initiative):
    other = make_initiative(plan, agency=agency, by=agency_head)
    save(initiative, drafter, risk="Lain.")
    last = Initiative.objects.get(pk=initiative.pk).edit_version

    assert client_of(drafter).get(restore(initiative, last, "risk")).status_code == 200
    assert client_of(drafter).get(restore(other, last, "risk")).status_code == 404


def test_what_was_sent_stays_as_it_was_sent(client_of, plan, agency, agency_head):
    sent = make_initiative(plan, agency=agency, by=agency_head, status="submitted")
    client = client_of(agency_head)

    page = html(client.post(restore(sent, 1, "name"), {"edit_version": sent.edit_version}))
    assert "tidak dapat dipulihkan sekarang" in page
    assert "Pulihkan naskah ini" not in page
    assert "Pulihkan<" not in html(client.get(address(sent)))


def test_the_agency_is_not_handed_back_by_its_own_people(client_of, initiative, other_agency, coordinator, regency):
    save(initiative, coordinator, lead_agency=other_agency.pk)
    head = make_person(regency, Role.AGENCY_HEAD, other_agency)

    assert restore(initiative, 1, "lead_agency") not in html(client_of(head).get(address(initiative)))
    assert restore(initiative, 1, "lead_agency") in html(client_of(coordinator).get(address(initiative)))
    seen = Initiative.objects.get(pk=initiative.pk).edit_version
    link = restore(initiative, 1, "lead_agency")
    assert client_of(head).post(link, {"edit_version": seen}).status_code == 403
