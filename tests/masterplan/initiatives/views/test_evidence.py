"""The pages of evidence: who gets in, what stands there, how files are handed out (S1, S4, S5)."""

import contextlib
from typing import Any

import pytest
from django.urls import reverse

from masterplan.initiatives.actions import evidence as actions
from masterplan.models import Evidence, Initiative
from tests.factories import files, make_initiative

HOSTILE = '"><script>alert(1)</script>\u202efdp.pdf'


@pytest.fixture
def draft(plan, agency, agency_head) -> Initiative:
    """A draft of the agency."""
    return make_initiative(plan, agency=agency, by=agency_head)


@pytest.fixture
def row(draft, agency_head) -> Evidence:
    """A picture of the draft."""
    return actions.add(draft, by=agency_head, name="foto.jpg", data=files.picture()).row


def url(name: str, pk: int, *more: Any) -> str:
    return reverse(name, args=["kabupaten-semarang-uji", pk, *more])


def page_of(client, initiative: Initiative) -> str:
    return client.get(url("initiative_edit", initiative.pk, "bukti")).content.decode()


def test_the_page_says_beforehand_what_is_taken(client_of, drafter, draft):
    text = page_of(client_of(drafter), draft)
    assert "PDF, DOCX, XLSX, PNG, atau JPEG. Paling besar 10 MB tiap berkas" in text
    assert "paling banyak 20 berkas dan 60 MB" in text
    assert "Belum ada berkas" in text
    assert "Boleh kosong." in text


def test_the_page_lists_the_files_with_title_place_and_size(client_of, drafter, draft, row):
    text = page_of(client_of(drafter), draft)
    assert 'value="Foto"' in text
    assert "foto.jpg" in text
    assert "Gambar JPEG, " in text
    assert url("evidence_thumbnail", row.pk) in text
    assert "1 dari 20 berkas" in text


def test_a_document_is_not_offered_as_a_figure(client_of, drafter, agency_head, draft):
    actions.add(draft, by=agency_head, name="surat.pdf", data=files.pdf())
    text = page_of(client_of(drafter), draft)
    assert "Gambar pada lembar" not in text
    assert "Daftar lampiran" in text


def test_title_and_place_are_stored(client_of, drafter, draft, row):
    response = client_of(drafter).post(url("evidence_edit", row.pk), {"title": "Antrean loket", "placement": "figure"})
    assert response.url == url("initiative_edit", draft.pk, "bukti") + f"#bukti-{row.pk}"
    row.refresh_from_db()
    assert (row.title, row.placement) == ("Antrean loket", "figure")


def test_a_bad_title_keeps_the_input(client_of, drafter, row):
    response = client_of(drafter).post(url("evidence_edit", row.pk), {"title": "x" * 200, "placement": "none"})
    text = response.content.decode()
    assert "<title>Galat: " in text
    assert "batasnya 160" in text
    assert "x" * 200 in text
    row.refresh_from_db()
    assert row.placement == "annex"


def test_order_is_changed_by_buttons(client_of, drafter, agency_head, draft, row):
    actions.add(draft, by=agency_head, name="surat.pdf", data=files.pdf())
    client_of(drafter).post(url("evidence_move", row.pk), {"arah": "turun"})
    assert [each.title for each in draft.evidence.all()] == ["Surat", "Foto"]
    client_of(drafter).post(url("evidence_move", row.pk), {"arah": "entah"})
    assert [each.title for each in draft.evidence.all()] == ["Surat", "Foto"]


def test_removing_asks_first_and_says_what_goes(client_of, drafter, draft, row):
    client = client_of(drafter)
    text = client.get(url("evidence_remove", row.pk)).content.decode()
    assert "Hapus berkas ini?" in text
    assert "foto.jpg (Gambar JPEG, " in text
    assert draft.evidence.count() == 1
    client.post(url("evidence_remove", row.pk))
    assert draft.evidence.count() == 0


def test_what_was_sent_is_not_changed_and_says_so(client_of, plan, agency, agency_head):
    sent = make_initiative(plan, agency=agency, by=agency_head, complete=True)
    row = actions.add(sent, by=agency_head, name="foto.jpg", data=files.picture()).row
    from masterplan.review.actions import reviews

    reviews.transition(sent, name="submit", by=agency_head)
    client = client_of(agency_head)
    for name, data in (
        ("evidence_edit", {"title": "Lain", "placement": "none"}), ("evidence_move", {"arah": "naik"}), ("evidence_remove", {})
    ):  # fmt: skip
        response = client.post(url(name, row.pk), data, follow=True)
        assert "jadi isiannya tidak dapat diubah" in response.content.decode()
    assert sent.evidence.get().title == "Foto"


# Handing out -----------------------------------------------------------------------------------------------------------


def test_a_file_is_saved_and_never_opened_inside(client_of, executive, row):
    response = client_of(executive).get(url("evidence_download", row.pk))
    body = b"".join(response.streaming_content)
    assert body.startswith(b"\xff\xd8\xff")
    assert response["Content-Disposition"] == 'attachment; filename="foto.jpg"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "image/jpeg"
    assert "private" in response["Cache-Control"]


def test_a_thumbnail_is_shown_inside(client_of, executive, agency_head, draft, row):
    client = client_of(executive)
    response = client.get(url("evidence_thumbnail", row.pk))
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8\xff")
    assert response["Content-Disposition"].startswith("inline")
    assert response["X-Content-Type-Options"] == "nosniff"
    letter = actions.add(draft, by=agency_head, name="surat.pdf", data=files.pdf()).row
    assert client.get(url("evidence_thumbnail", letter.pk)).status_code == 404


def test_the_server_in_front_may_send_the_file(client_of, executive, row, settings):
    settings.X_ACCEL_PREFIX = "/lindung"
    response = client_of(executive).get(url("evidence_download", row.pk))
    assert response["X-Accel-Redirect"] == f"/lindung/{row.file.stored.name}"
    assert response.content == b""


def test_hostile_names_are_shown_as_text(client_of, agency_head, draft):
    row = actions.add(draft, by=agency_head, name=HOSTILE, data=files.pdf()).row
    client = client_of(agency_head)
    for page in (url("initiative_edit", draft.pk, "bukti"), url("initiative_check", draft.pk),
                 url("initiative_review", draft.pk), url("evidence_remove", row.pk), url("evidence_edit", row.pk),
                 url("initiative_history", draft.pk)):  # fmt: skip
        text = client.get(page).content.decode()
        assert "<script>alert(1)" not in text
        assert "\u202e" not in text
    with contextlib.closing(client.get(url("evidence_download", row.pk))) as download:
        header = download["Content-Disposition"]
    assert header.startswith("attachment; filename")
    assert "\n" not in header


@pytest.mark.parametrize("shown_on", ["initiative_check", "initiative_review"])
def test_answers_show_the_files(client_of, agency_head, draft, row, shown_on):
    text = client_of(agency_head).get(url(shown_on, draft.pk)).content.decode()
    assert url("evidence_download", row.pk) in text
    assert "Daftar lampiran" in text
