"""Pages of readiness, gaps and SWOT: who gets in, what is stored, what becomes of two people at once."""

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from masterplan.analyses import actions as analyses
from masterplan.models import GapItem, ReadinessCell, SwotItem, SwotStrategy
from tests.factories import make_gap, make_initiative, make_swot_item, make_swot_strategy
from tests.masterplan.page_form import form_of

CELL = "sumber-daya-manusia"


@pytest.fixture
def client(client_of, coordinator):
    return client_of(coordinator)


@pytest.fixture
def gap(plan, coordinator) -> GapItem:
    return make_gap(plan, coordinator)


def words_of(response):
    """The words of a page as one reads them, separated by single spaces."""
    return " ".join(strip_tags(response.content.decode().replace("<", " <")).split())


def at(name, plan, *args):
    return reverse(name, args=[plan.regency.slug, *args])


def test_the_three_analyses_say_how_far_they_are(client, plan, coordinator):
    text = words_of(client.get(at("analysis_list", plan)))

    assert "0 dari 9 sel lengkap. 9 sel belum dinilai." in text
    assert "0 baris. 18 sub-dimensi belum punya baris." in text
    assert "0 butir dan 0 strategi. Belum ada butir kekuatan, kelemahan, peluang, ancaman" in text


def test_the_way_there_leads_over_the_books(client, plan):
    assert at("analysis_list", plan) in client.get(at("edition_list", plan)).content.decode()


# Readiness ------------------------------------------------------------------------------------------------------------


def test_a_cell_is_written_and_leads_to_the_next(client, plan):
    sent = form_of(client.get(at("readiness_edit", plan, CELL)))

    answer = client.post(at("readiness_edit", plan, CELL), sent | {"condition": "Cukup.", "score": "Sedang"})

    assert answer.url == at("readiness_edit", plan, "anggaran")
    cell = ReadinessCell.objects.get()
    assert (cell.aspect, cell.condition, cell.score) == ("people", "Cukup.", "Sedang")
    text = words_of(client.get(at("readiness_list", plan)))
    assert "Sumber daya manusia Sedang Belum ada bukti, saran" in text
    assert "8 sel belum dinilai" in text


def test_looking_at_a_cell_writes_nothing(client, plan):
    client.get(at("readiness_edit", plan, CELL))

    assert not ReadinessCell.objects.exists()


def test_what_is_too_long_is_kept_and_explained(client, plan):
    sent = form_of(client.get(at("readiness_edit", plan, CELL)))

    answer = client.post(at("readiness_edit", plan, CELL), sent | {"condition": "panjang " * 300})

    assert "batasnya 1.500" in words_of(answer)
    assert form_of(answer)["condition"][0].startswith("panjang panjang")
    assert "Galat:" in answer.content.decode()


def test_the_scale_is_changed_and_never_called_the_ministrys(client, plan):
    sent = form_of(client.get(at("readiness_scale", plan)))

    answer = client.post(at("readiness_scale", plan), sent | {"levels": "Siap\nCukup\nBelum"}, follow=True)

    text = words_of(answer)
    assert "bukan ketetapan kementerian" in text
    assert "Siap Cukup Belum" in text
    plan.refresh_from_db()
    assert plan.readiness_scale == ["Siap", "Cukup", "Belum"]


def test_a_scale_somebody_else_changed_is_shown_and_may_then_be_replaced(client, plan, coordinator):
    sent = form_of(client.get(at("readiness_scale", plan)))
    analyses.set_scale(plan, by=coordinator, levels=["Tinggi", "Rendah"], seen=plan.readiness_scale)

    answer = client.post(at("readiness_scale", plan), sent | {"levels": "Siap\nBelum"})

    assert "Tinggi, Rendah" in words_of(answer)
    again = form_of(answer)
    assert again["levels"] == ["Siap\nBelum"]
    client.post(at("readiness_scale", plan), again)
    plan.refresh_from_db()
    assert plan.readiness_scale == ["Siap", "Belum"]


def test_a_wrong_scale_is_kept_and_explained(client, plan):
    sent = form_of(client.get(at("readiness_scale", plan)))

    answer = client.post(at("readiness_scale", plan), sent | {"levels": "Hanya satu"})

    assert "Tulis 2 sampai 5" in words_of(answer)
    assert form_of(answer)["levels"] == ["Hanya satu"]


# Gaps -----------------------------------------------------------------------------------------------------------------


def test_a_row_is_begun_once_however_often_the_button_is_pressed(client, plan):
    sent = form_of(client.get(at("gap_create", plan)))
    sub = make_sub(plan)

    for _ in range(2):
        answer = client.post(at("gap_create", plan), sent | {"sub_dimension": sub, "indicator": "Waktu tunggu"})

    row = GapItem.objects.get()
    assert answer.url == at("gap_edit", plan, row.pk)
    assert row.changes.get().before == {}


def make_sub(plan) -> int:
    return analyses.sub_dimensions_to_name(plan)[0].pk


def test_a_row_without_an_indicator_is_not_begun(client, plan):
    sent = form_of(client.get(at("gap_create", plan) + f"?sub={make_sub(plan)}"))

    answer = client.post(at("gap_create", plan), sent | {"indicator": " "})

    assert "Isian ini masih kosong" in words_of(answer)
    assert form_of(answer)["sub_dimension"] == [str(make_sub(plan))]
    assert not GapItem.objects.exists()


def test_a_row_names_the_initiatives_that_answer_it(client, plan, agency, gap):
    initiative = make_initiative(plan, agency=agency)
    sent = form_of(client.get(at("gap_edit", plan, gap.pk)))

    client.post(at("gap_edit", plan, gap.pk), sent | {"initiatives": [initiative.pk], "gap": "Jauh."})

    assert list(gap.initiatives.all()) == [initiative]
    assert f"Dijawab {initiative.code}" in words_of(client.get(at("gap_list", plan)))
    without = form_of(client.get(at("gap_edit", plan, gap.pk)))
    del without["initiatives"]
    client.post(at("gap_edit", plan, gap.pk), without)
    assert not gap.initiatives.exists()


def test_rows_are_found_by_their_words_and_their_initiatives(client, plan, coordinator, agency, gap):
    initiative = make_initiative(plan, agency=agency)
    make_gap(plan, coordinator, "Waktu tunggu", initiatives=[initiative.pk])

    by_word = words_of(client.get(at("gap_list", plan), {"cari": "tunggu"}))
    by_code = words_of(client.get(at("gap_list", plan), {"cari": initiative.code}))
    nothing = words_of(client.get(at("gap_list", plan), {"cari": "zebra"}))

    for text in (by_word, by_code):
        assert "1 dari 2 baris cocok" in text
        assert "Waktu tunggu" in text and "Layanan daring" not in text
    assert "Tidak ada yang cocok" in nothing


def test_an_empty_list_says_how_to_begin(client, plan):
    text = words_of(client.get(at("gap_list", plan)))

    assert "Belum ada baris kesenjangan." in text
    assert "Tambah baris" in text


def test_rows_are_moved_by_a_button(client, plan, coordinator, gap):
    other = make_gap(plan, coordinator, "Waktu tunggu")

    answer = client.post(at("gap_move", plan, other.pk), {"arah": "naik"})

    assert answer.url.endswith(f"#gap-{other.pk}")
    assert [row.pk for row in plan.gap_items.all()] == [other.pk, gap.pk]


def test_removing_asks_first_and_tells_what_is_lost(client, plan, gap):
    asked = words_of(client.get(at("gap_remove", plan, gap.pk)))
    assert "Hapus baris ini?" in asked and "Layanan daring" in asked

    answer = client.post(at("gap_remove", plan, gap.pk), follow=True)

    assert "dihapus" in words_of(answer)
    assert not GapItem.objects.exists()
    assert client.get(at("gap_edit", plan, gap.pk)).status_code == 404


def test_the_page_tells_who_changed_what(client, plan, coordinator, gap):
    analyses.save(gap, by=coordinator, data={"cause": "Berkas berulang."}, version=1)

    text = words_of(client.get(at("gap_edit", plan, gap.pk)))

    assert "Koordinator: Penyebab" in text
    assert "Koordinator: baris dibuat" in text


# Saving while one types -----------------------------------------------------------------------------------------------


def packet(client, address, version, **data):
    answer = client.post(address, {"edit_version": version, **data}, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    return answer.json()


def test_a_packet_makes_a_cell_and_tells_its_version(client, plan):
    answer = packet(client, at("readiness_autosave", plan, CELL), 1, condition="Sedang ditulis.")

    assert (answer["state"], answer["version"]) == ("saved", 2)
    assert ReadinessCell.objects.get().condition == "Sedang ditulis."


def test_what_is_not_understood_comes_back_and_the_rest_is_stored(client, plan, gap):
    answer = packet(client, at("gap_autosave", plan, gap.pk), 1, indicator=" ", cause="Sebab.")

    assert answer["state"] == "saved"
    assert answer["unread"] == ["indicator"]
    assert answer["errors"] == {"id_indicator": ["Isian ini masih kosong."]}
    gap.refresh_from_db()
    assert (gap.indicator, gap.cause) == ("Layanan daring", "Sebab.")


def test_nothing_ticked_is_an_answer_too(client, plan, coordinator, agency, gap):
    initiative = make_initiative(plan, agency=agency)
    analyses.save(gap, by=coordinator, data={"initiatives": [initiative.pk]}, version=1)

    answer = packet(client, at("gap_autosave", plan, gap.pk), 2, changed="initiatives")

    assert answer["state"] == "saved"
    assert not gap.initiatives.exists()


def test_a_packet_for_a_removed_row_finds_nothing(client, plan, coordinator, gap):
    analyses.remove(gap, by=coordinator)

    answer = client.post(at("gap_autosave", plan, gap.pk), {"cause": "x"}, headers={"Accept": "application/json"})

    assert answer.status_code == 404


# SWOT -----------------------------------------------------------------------------------------------------------------


def test_items_and_strategies_are_added_and_numbered(client, plan):
    for kind, text in (("s", "Jaringan ada."), ("o", "Program nasional.")):
        sent = form_of(client.get(at("swot_item_create", plan, kind)))
        answer = client.post(at("swot_item_create", plan, kind), sent | {"text": text, "aspect": "structure"})
        assert answer.status_code == 302
    items = [item.pk for item in SwotItem.objects.all()]
    sent = form_of(client.get(at("swot_strategy_create", plan, "so")))

    client.post(at("swot_strategy_create", plan, "so"), sent | {"text": "Pakai keduanya.", "items": items})

    text = words_of(client.get(at("swot_list", plan)))
    assert "SO1 , ubah Pakai keduanya. Menjawab S1, O1" in text
    assert SwotStrategy.objects.get().kind == "SO"


def test_an_item_without_words_is_kept_and_explained(client, plan):
    sent = form_of(client.get(at("swot_item_create", plan, "t")))

    answer = client.post(at("swot_item_create", plan, "t"), sent | {"text": "", "aspect": "infrastructure"})

    assert "Uraian: Isian ini masih kosong." in words_of(answer)
    assert form_of(answer)["aspect"] == ["infrastructure"]
    assert not SwotItem.objects.exists()


def test_the_page_before_removing_shows_the_whole_text(client, plan, coordinator):
    item = make_swot_item(plan, coordinator, "S")
    item.text = "Jaringan serat optik menghubungkan sembilan belas kecamatan " * 3
    item.save()

    assert item.text.strip() in words_of(client.get(at("swot_item_remove", plan, item.pk)))
    assert str(item).endswith("…")


def test_removing_an_item_says_which_strategies_lose_it(client, plan, coordinator):
    item = make_swot_item(plan, coordinator, "S")
    strategy = make_swot_strategy(plan, coordinator, "SO", [item])

    assert "1 strategi yang menyebut butir ini" in words_of(client.get(at("swot_item_remove", plan, item.pk)))
    client.post(at("swot_item_remove", plan, item.pk))

    assert not strategy.items.exists()
    assert "1 strategi belum menyebut butir" in words_of(client.get(at("swot_list", plan)))


def test_items_and_strategies_are_edited_moved_and_removed(client, plan, coordinator):
    first, second = (make_swot_item(plan, coordinator, "S", text) for text in ("Satu.", "Dua."))
    strategy = make_swot_strategy(plan, coordinator, "ST", [first])
    sent = form_of(client.get(at("swot_item_edit", plan, first.pk)))
    client.post(at("swot_item_edit", plan, first.pk), sent | {"text": "Satu lagi."})
    client.post(at("swot_item_move", plan, second.pk), {"arah": "naik"})
    answer = packet(client, at("swot_strategy_autosave", plan, strategy.pk), 1, text="Strategi lain.")
    assert answer["state"] == "saved"
    assert packet(client, at("swot_item_autosave", plan, second.pk), 1, text="Dua lagi.")["state"] == "saved"

    text = words_of(client.get(at("swot_list", plan)))
    client.post(at("swot_strategy_move", plan, strategy.pk), {"arah": "naik"})
    client.post(at("swot_strategy_remove", plan, strategy.pk))

    assert "S1 , ubah Dua lagi." in text
    assert "S2 , ubah Satu lagi." in text
    assert "Strategi lain. Menjawab S2" in text
    assert not SwotStrategy.objects.exists()
