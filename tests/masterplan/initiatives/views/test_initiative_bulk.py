"""One answer for many initiatives: choose, look, confirm; nothing changes before, and every row says what became of it."""

import re

import pytest
from django.urls import reverse

from masterplan.initiatives.actions import initiatives
from masterplan.models import Initiative
from tests.factories import make_district, make_initiative


@pytest.fixture
def address(regency, plan):
    return reverse("initiative_bulk_edit", args=[regency.slug])


@pytest.fixture
def rows(plan, agency, agency_head):
    return [make_initiative(plan, agency=agency, by=agency_head, name=f"Draf {n}", horizon="short") for n in range(3)]


def picked(rows, **more):
    return {"pilih": [row.pk for row in rows], **more}


def hidden(response):
    found = re.findall(r'type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"', response.content.decode())
    sent = {}
    for name, value in found:
        sent.setdefault(name, []).append(value)
    return sent


def test_the_list_offers_boxes_only_to_who_fills_in(client_of, drafter, expert, regency, rows, address):
    url = reverse("initiative_list", args=[regency.slug])

    assert client_of(drafter).get(url).content.decode().count("data-pick-row") == 3
    assert "data-pick" not in client_of(expert).get(url).content.decode()


def test_nothing_chosen_says_what_to_do(client_of, drafter, address):
    html = client_of(drafter).get(address).content.decode()

    assert "Belum ada inisiatif yang dipilih." in html


def test_three_steps_lead_to_the_change(client_of, drafter, rows, address):
    client = client_of(drafter)
    assert "Isian yang diubah" in client.get(address, picked(rows)).content.decode()
    assert "Panjang (10 tahun)" in client.get(address, picked(rows, isian="horizon")).content.decode()
    preview = client.get(address, picked(rows, isian="horizon", nilai="long", lihat="1"))
    html = preview.content.decode()
    assert html.count("<del>Pendek (1 tahun)</del>") == html.count("<ins>Panjang (10 tahun)</ins>") == 3
    assert set(Initiative.objects.values_list("horizon", flat=True)) == {"short"}

    done = client.post(address, hidden(preview)).content.decode()

    assert "3 inisiatif diubah." in done
    assert set(Initiative.objects.values_list("horizon", flat=True)) == {"long"}


def test_what_cannot_change_is_named_before_and_after(client_of, drafter, plan, agency, agency_head, rows, address):
    sent = make_initiative(plan, agency=agency, by=agency_head, status="submitted", name="Sudah dikirim")
    client = client_of(drafter)
    preview = client.get(address, picked([*rows, sent], isian="horizon", nilai="long", lihat="1"))
    assert "Isiannya terkunci: diajukan." in preview.content.decode()
    initiatives.save(rows[0], by=agency_head, data={"horizon": "medium"}, version=rows[0].edit_version)

    done = client.post(address, hidden(preview)).content.decode()

    assert "2 inisiatif diubah." in done
    assert "diubah orang lain sejak Anda membuka halaman" in done
    assert "Sekarang: <b>Menengah (5 tahun)</b>. Jawaban Anda: <b>Panjang (10 tahun)</b>." in done
    assert Initiative.objects.get(pk=rows[0].pk).horizon == "medium"


@pytest.mark.parametrize(("question", "answer"), [("horizon", "abc"), ("start_year", "tahun depan"), ("quick_win", "")])
def test_a_bad_answer_is_said_and_kept(client_of, drafter, rows, address, question, answer):
    html = client_of(drafter).get(address, picked(rows, isian=question, nilai=answer, lihat="1")).content.decode()

    assert "Ada 1 isian yang perlu diperbaiki" in html
    assert answer != "tahun depan" or 'value="tahun depan"' in html


def test_a_question_that_is_none_is_asked_again(client_of, drafter, rows, address):
    html = client_of(drafter).get(address, picked(rows, isian="problem", nilai="x", lihat="1")).content.decode()

    assert "Langkah 1 dari 3" in html


def test_places_are_added(client_of, drafter, regency, rows, address):
    place, foreign = make_district(regency, "Bandungan"), "999999"
    client = client_of(drafter)
    assert (
        "Pilihan ini tidak ada"
        in client.get(
            address, picked(rows, isian="districts", nilai=[foreign], cara="tambah", lihat="1")
        ).content.decode()
    )
    preview = client.get(address, picked(rows, isian="districts", nilai=[place.pk], cara="tambah", lihat="1"))

    client.post(address, hidden(preview))

    assert all(list(row.districts.all()) == [place] for row in Initiative.objects.all())


def test_drafts_of_other_agencies_are_never_among_the_chosen(client_of, drafter, plan, other_agency, rows, address):
    foreign = make_initiative(plan, agency=other_agency, name="Rahasia dinas lain")

    html = client_of(drafter).get(address, picked([foreign, *rows], isian="horizon", nilai="long", lihat="1"))

    assert "Rahasia dinas lain" not in html.content.decode()


def test_all_that_fit_a_filter_are_chosen(client_of, coordinator, plan, other_agency, rows, address):
    make_initiative(plan, agency=other_agency, name="Lain")
    client = client_of(coordinator)

    assert len(client.get(address, {"semua": "1", "opd": "semua"}).context["rows"]) == 4
    assert len(client.get(address, {"semua": "1", "q": "draf"}).context["rows"]) == 3
