"""Pages of the pictures of a text: upload without a script, one picture, order, removal, the files; who may come in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from masterplan.editions import actions as editions
from masterplan.editions.figures import picture_anchor
from masterplan.models import Section
from masterplan.sections.actions.outline import complete_outline
from masterplan.sections.actions.sections import save_section
from tests.factories import files, make_edition, make_initiative, make_picture
from tests.masterplan.page_form import form_of
from tests.masterplan.page_text import text_of

PERSONS = ["drafter", "agency_head", "executive", "expert", "administrator"]


@pytest.fixture
def page(client_of, coordinator):
    return client_of(coordinator)


@pytest.fixture
def section(plan, coordinator) -> Section:
    complete_outline(plan, bodies={}, by=coordinator)
    return plan.sections.get(key="pendahuluan.latar-belakang")


def at(name, row):
    return reverse(name, args=[row.regency.slug, row.pk])


def sending(*payloads):
    return {"files": [SimpleUploadedFile(name, data) for name, data in payloads]}


# Who may come in ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["pendahuluan", "ringkasan.radar"])
def test_a_place_without_a_text_has_no_such_page(page, plan, section, key):
    assert page.get(at("section_picture_list", plan.sections.get(key=key))).status_code == 404
    assert b"Tambah gambar" not in page.get(at("section_edit", plan.sections.get(key=key))).content


# Upload ---------------------------------------------------------------------------------------------------------------


def test_one_picture_leads_to_the_page_that_asks_what_it_shows(page, section):
    answer = page.post(at("section_picture_list", section), sending(("peta desa.jpg", files.picture())), follow=True)
    picture = section.pictures.get()
    assert answer.redirect_chain[-1][0] == at("section_picture_edit", picture)
    text = text_of(answer)
    assert "1 gambar tersimpan. Tulis keterangan dan teks penggantinya." in text
    assert "Tulis apa yang terlihat dan apa artinya" in text
    assert form_of(answer)["caption"] == ["Peta desa"]


def test_of_several_the_bad_ones_are_told_and_the_good_ones_stay(page, section):
    answer = page.post(
        at("section_picture_list", section),
        sending(("a.png", files.picture("PNG", (90, 60))), ("b.svg", b"<svg/>"), ("c.jpg", files.picture())),
    )
    text = text_of(answer)
    assert answer.content.decode().count("<title>Galat: ") == 1
    assert "b.svg: Berkas ini bukan gambar PNG atau JPEG" in text
    assert [picture.caption for picture in section.pictures.all()] == ["A", "C"]
    assert text.count("Belum ada teks pengganti") == 2
    again = page.post(at("section_picture_list", section), sending(("lain.jpg", files.picture())))
    assert "Gambar yang sama sudah ada dengan keterangan “C”" in text_of(again)


def test_nothing_chosen_and_a_file_beyond_the_limit_are_said(page, section):
    address = at("section_picture_list", section)
    assert "Belum ada berkas yang dipilih" in text_of(page.post(address, {}))
    large = ("besar.jpg", b"\xff\xd8\xff" + b"1" * (14 * 2**20))
    assert "besar.jpg: Berkas ini 14 MB, batasnya 10 MB. Kecilkan" in text_of(page.post(address, sending(large)))


# One picture ----------------------------------------------------------------------------------------------------------


def test_what_it_shows_is_stored_and_the_handle_is_told(page, section, coordinator):
    picture = make_picture(section, coordinator)
    sent = form_of(page.get(at("section_picture_edit", picture))) | {
        "alt": "Titik  rapat\ndi utara",
        "source": "BPS, 2021",
    }
    answer = page.post(at("section_picture_edit", picture), sent, follow=True)
    picture.refresh_from_db()
    assert (picture.alt, picture.source) == ("Titik rapat di utara", "BPS, 2021")
    text = text_of(answer)
    assert f"[Gambar](rujuk:gambar-{picture.pk})" in text
    assert "Sumber: BPS, 2021" in text


def test_what_is_needed_is_asked_for_at_its_field_and_nothing_typed_is_lost(page, section, coordinator):
    picture = make_picture(section, coordinator)
    sent = form_of(page.get(at("section_picture_edit", picture))) | {"alt": " ", "source": "Baru"}
    answer = page.post(at("section_picture_edit", picture), sent)
    assert "Teks pengganti masih kosong. Tulis apa yang terlihat" in text_of(answer)
    assert form_of(answer)["source"] == ["Baru"]
    picture.refresh_from_db()
    assert picture.alt == "Yang terlihat pada Peta titik layanan"


def test_removal_asks_and_says_which_texts_name_it(page, plan, section, coordinator):
    picture = make_picture(section, coordinator)
    body = f"Lihat [Gambar](rujuk:{picture_anchor(picture.pk)})."
    save_section(section, by=coordinator, data={"body": body}, version=section.edit_version)
    make_initiative(plan, by=coordinator, status="submitted", coordinator=coordinator)
    editions.take_snapshot(plan, by=coordinator)
    text = text_of(page.get(at("section_picture_remove", picture)))
    assert "Disebut dalam naskah Latar belakang" in text
    assert "Edisi buku yang sudah dibekukan tetap memuatnya." in text
    answer = page.post(at("section_picture_remove", picture), follow=True)
    assert "Gambar “Peta titik layanan” dihapus dari Latar belakang." in text_of(answer)
    assert section.pictures.count() == 0


def test_order_is_changed_by_buttons(page, section, coordinator):
    one, two = make_picture(section, coordinator, "Satu"), make_picture(section, coordinator, "Dua", size=(90, 60))
    answer = page.post(at("section_picture_move", two), {"arah": "naik"})
    assert answer.headers["Location"].endswith(f"#gambar-{two.pk}")
    assert list(section.pictures.all()) == [two, one]
    assert page.post(at("section_picture_move", two), {"arah": "ke mana"}).status_code == 302


def test_files_are_served_inert(page, section, coordinator):
    picture = make_picture(section, coordinator)
    kept, small = page.get(at("section_picture_download", picture)), page.get(at("section_picture_thumbnail", picture))
    assert kept.headers["Content-Disposition"].startswith("attachment")
    assert (kept.headers["Content-Type"], small.headers["Content-Type"]) == ("image/png", "image/jpeg")
    for answer in (kept, small):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert b"".join(answer.streaming_content)


def test_a_locked_plan_is_told_on_every_way(page, plan, section, agency, agency_head, coordinator):
    picture = make_picture(section, coordinator)
    make_initiative(plan, agency=agency, by=agency_head, status="approved", coordinator=coordinator)
    make_edition(plan, status="adopted")
    ways = (
        (at("section_picture_list", section), sending(("a.jpg", files.picture()))),
        (at("section_picture_move", picture), {"arah": "naik"}),
        (at("section_picture_remove", picture), {}),
        (at("section_picture_edit", picture), {"alt": "Lain", "edit_version": picture.edit_version}),
    )
    for address, sent in ways:
        assert "Rencana induk terkunci" in text_of(page.post(address, sent, follow=True)), address
    assert section.pictures.get().alt == picture.alt


# Beside the text ------------------------------------------------------------------------------------------------------


def test_the_page_of_the_text_shows_pictures_where_the_book_has_them(page, section, coordinator):
    named, other = make_picture(section, coordinator, "Peta"), make_picture(section, coordinator, "Foto", size=(90, 60))
    body = f"Awal, lihat [Gambar](rujuk:{picture_anchor(named.pk)}).\n\nAkhir."
    save_section(section, by=coordinator, data={"body": body}, version=section.edit_version)
    html = page.get(at("section_edit", section)).content.decode()
    preview = html[html.index("judul-pratinjau") :]
    first, end, last = (
        preview.index(words) for words in (f'id="gambar-{named.pk}"', "Akhir.", f'id="gambar-{other.pk}"')
    )
    assert first < end < last
    assert f'href="{at("section_edit", section)}#gambar-{named.pk}"' in preview
    assert 'alt="Yang terlihat pada Peta"' in preview
    assert "keterangan gambar “Peta” menjadi “Foto”" in preview


def test_pictures_are_offered_at_the_sign_for_references(page, section, coordinator):
    picture = make_picture(section, coordinator, "Peta titik layanan")
    address = reverse("section_references", args=[section.regency.slug])
    for query in ("gambar", "Gambar titik", "layanan peta"):
        found = page.get(address, {"q": query}).json()["targets"]
        assert found[0] == {
            "anchor": f"gambar-{picture.pk}", "words": "Peta titik layanan", "kind": "Gambar", "text": "Gambar"
        }  # fmt: skip
    assert all(target["kind"] != "Gambar" for target in page.get(address, {"q": "tidak ada"}).json()["targets"])
