"""Packets of changed answers: what is understood is stored, what is not comes back, and nobody overwrites anybody."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import User
from masterplan.initiatives.actions import initiatives
from masterplan.models import Initiative
from masterplan.registry.reading import read
from tests.factories import make_initiative
from tests.masterplan.page_form import form_of

Send = Callable[..., dict[str, Any]]


@pytest.fixture
def initiative(plan, agency, agency_head) -> Initiative:
    return make_initiative(plan, agency=agency, by=agency_head, complete=True)


def address(initiative: Initiative, section: str = "identitas") -> str:
    return reverse("initiative_autosave", args=[initiative.regency.slug, initiative.pk, section])


def fresh(initiative: Initiative) -> Initiative:
    return Initiative.objects.get(pk=initiative.pk)


@pytest.fixture
def send(client_of, drafter, initiative) -> Send:
    """Send a packet as the drafter and give the answer."""
    client = client_of(drafter)

    def packet(section: str = "identitas", version: int | None = None, **data: Any) -> dict[str, Any]:
        data = {name.replace("__", "-"): value for name, value in data.items()}
        data |= {"edit_version": version if version is not None else fresh(initiative).edit_version}
        response = client.post(address(initiative, section), data, headers={"Accept": "application/json"})
        assert response.status_code == 200
        return response.json()

    return packet


def test_changed_answers_are_stored_and_nothing_else(send, initiative, drafter):
    before = read(initiative)

    answer = send(problem="Antrean panjang.")

    assert answer["state"] == "saved"
    assert answer["version"] == fresh(initiative).edit_version == initiative.edit_version + 1
    assert read(fresh(initiative)) == before | {"problem": "Antrean panjang."}
    assert fresh(initiative).updated_by == drafter


def test_the_time_is_that_of_the_regency(send, initiative, regency):
    regency.time_zone = "Asia/Jayapura"
    regency.save()

    assert send(problem="Antrean panjang.")["time"].endswith(" WIT")


def test_what_is_not_understood_comes_back_and_the_rest_is_stored(send, initiative):
    answer = send("kegiatan", start_year="dua ribu", horizon="short")

    assert answer["state"] == "saved"
    assert answer["unread"] == ["start_year"]
    assert answer["errors"] == {"id_start_year": ["Tulis tahun dengan empat angka, misalnya 2027."]}
    assert (fresh(initiative).horizon, fresh(initiative).start_year) == ("short", initiative.start_year)


@pytest.mark.parametrize(
    ("sent", "control"),
    [({"end_year": "2001"}, "id_end_year"), ({"start_year": "2040"}, "id_start_year")],
)
def test_a_year_is_judged_against_the_other_that_is_stored(send, initiative, sent, control):
    answer = send("kegiatan", **sent)

    assert list(answer["errors"]) == [control]
    assert answer["version"] == initiative.edit_version


def test_two_years_that_contradict_each_other_are_both_left(send, initiative):
    answer = send("kegiatan", start_year="2026", end_year="2025", horizon="short")

    assert list(answer["errors"]) == ["id_end_year"]
    assert answer["unread"] == ["start_year", "end_year"]
    assert fresh(initiative).horizon == "short"


def test_errors_of_a_table_stand_at_their_control(send, initiative, client_of, drafter):
    page = form_of(
        client_of(drafter).get(reverse("initiative_edit", args=[initiative.regency.slug, initiative.pk, "anggaran"]))
    )
    table = {name: values for name, values in page.items() if name.startswith("budgets-")}

    answer = send("anggaran", **table | {"budgets-0-amount_2023": "1,250"})

    assert "kami baca sebagai" in answer["errors"]["id_budgets-0-amount_2023"][0]
    assert answer["unread"] == ["budgets"]


def test_a_list_that_was_emptied_is_stored_empty(send, initiative, coordinator, other_agency):
    data = {"supporting_agencies": [other_agency.pk]}
    initiatives.save(initiative, by=coordinator, data=data, version=initiative.edit_version)

    assert send("pelaksana", changed=["supporting_agencies"])["state"] == "saved"
    assert read(fresh(initiative), ["supporting_agencies"]) == {"supporting_agencies": []}


def test_a_row_that_was_saved_before_is_not_lost_by_the_next_packet(send, initiative):
    """A row added on the page equals what is stored in its place once it has been saved; it is no empty row for that."""
    initiatives.save(initiative, by=initiative.updated_by, data={"partners": []}, version=initiative.edit_version)
    table = {
        "partners-TOTAL_FORMS": "1", "partners-INITIAL_FORMS": "0",
        "partners-0-kind": "campus", "partners-0-name": "Universitas Contoh", "partners-0-contribution": "Riset",
    }  # fmt: skip
    more = table | {"partners-TOTAL_FORMS": "2", "partners-1-kind": "business", "partners-1-name": "Bank daerah"}

    send("pelaksana", **table)
    send("pelaksana", **more)

    assert [row["name"] for row in read(fresh(initiative))["partners"]] == ["Universitas Contoh", "Bank daerah"]


def test_a_packet_that_says_nothing_changes_nothing(send, initiative):
    assert send()["version"] == initiative.edit_version
    assert send(description=initiative.description, kosong="x")["version"] == initiative.edit_version


# Several people -------------------------------------------------------------------------------------------------------


def change(initiative: Initiative, by: User, **data: Any) -> Initiative:
    return initiatives.save(initiative, by=by, data=data, version=fresh(initiative).edit_version)


def test_what_others_changed_meanwhile_is_named(send, initiative, agency_head):
    change(initiative, agency_head, strategy="Strategi menurut kepala.")

    answer = send(problem="Menurut staf.", version=initiative.edit_version)

    assert answer["state"] == "saved"
    [other] = answer["others"]
    assert (other["key"], other["label"]) == ("strategy", "Strategi")
    assert other["by"].startswith("Kepala perangkat daerah")
    assert other["when"].endswith(" WIB")
    assert fresh(initiative).strategy == "Strategi menurut kepala."


def test_ones_own_other_window_is_called_so(send, initiative, drafter):
    change(initiative, drafter, strategy="Dari jendela lain.")

    assert send(problem="Di sini.", version=initiative.edit_version)["others"][0]["by"] == "Anda di jendela lain"


def test_a_conflict_stays_one_when_the_packet_is_sent_again(send, initiative, agency_head):
    """The first time the rest was stored under the packet's name; that must not make the clash look saved."""
    change(initiative, agency_head, problem="Menurut kepala.")
    data = {"problem": "Menurut staf.", "strategy": "Strategi baru.", "key": "satu", "version": initiative.edit_version}
    send(**data)

    again = send(**data)

    assert again["state"] == "conflict"
    assert [clash["key"] for clash in again["clashes"]] == ["problem"]
    assert fresh(initiative).problem == "Menurut kepala."


# Refusals -------------------------------------------------------------------------------------------------------------


def test_after_sending_the_packet_is_refused(client_of, plan, agency, agency_head):
    sent = make_initiative(plan, agency=agency, by=agency_head, status="submitted")

    answer = client_of(agency_head).post(address(sent), {"edit_version": "99", "problem": "Terlambat."}).json()

    assert answer["state"] == "frozen"
    assert fresh(sent).problem == sent.problem


def test_an_expired_session_is_said_in_json(initiative):
    response = Client().post(address(initiative), {"problem": "x"}, headers={"Accept": "application/json"})

    assert (response.status_code, response.json()) == (401, {"state": "signed_out"})


def test_a_token_that_went_stale_comes_back_renewed(client_of, drafter, initiative):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client_of(drafter).cookies
    json = {"Accept": "application/json"}
    data = {"problem": "Dikirim lagi.", "edit_version": str(initiative.edit_version)}

    refused = strict.post(address(initiative), data, headers=json)
    assert (refused.status_code, refused.json()["state"]) == (403, "stale_token")
    again = strict.post(address(initiative), data, headers=json | {"X-CSRFToken": refused.json()["token"]})

    assert again.json()["state"] == "saved"


def test_too_much_is_said_in_a_sentence(client_of, drafter, initiative, settings, caplog):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2000
    client = client_of(drafter)
    body = "problem=" + "x" * 3000
    kind = "application/x-www-form-urlencoded"

    response = client.post(address(initiative), body, content_type=kind, headers={"Accept": "application/json"})
    page = client.post(address(initiative).removesuffix("simpan/"), body, content_type=kind)

    assert response.status_code == page.status_code == 413
    assert "Teks Anda masih ada di peramban ini" in response.json()["message"]
    assert "Teks Anda masih ada di peramban ini" in page.content.decode()
