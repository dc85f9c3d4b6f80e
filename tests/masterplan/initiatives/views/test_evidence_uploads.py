"""Uploading: several files without a script, and in fragments with one; each refused file says why, the others stay."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from masterplan.initiatives.actions import evidence_uploads as uploads
from masterplan.models import EvidenceUpload, Initiative
from tests.factories import files, make_initiative

DATA = files.pdf(b"/N " + b"1" * 900)


@pytest.fixture
def draft(plan, agency, agency_head) -> Initiative:
    """A draft of the agency."""
    return make_initiative(plan, agency=agency, by=agency_head)


def url(name: str, draft: Initiative) -> str:
    return reverse(name, args=["kabupaten-semarang-uji", draft.pk])


def several(*given: tuple[str, bytes]) -> dict[str, Any]:
    return {"files": [SimpleUploadedFile(name, data) for name, data in given]}


def test_several_files_are_taken_at_once(client_of, drafter, draft):
    response = client_of(drafter).post(
        url("evidence_add", draft), several(("foto.jpg", files.picture()), ("surat.pdf", DATA))
    )
    assert response.url.endswith("/isian/bukti/")
    assert [row.title for row in draft.evidence.all()] == ["Foto", "Surat"]


def test_one_that_is_refused_says_why_and_the_others_stay(client_of, drafter, draft):
    response = client_of(drafter).post(
        url("evidence_add", draft),
        several(("foto.jpg", files.picture()), ("palsu.pdf", b"bukan pdf"), ("foto lagi.jpg", files.picture())),
    )
    text = response.content.decode()
    assert "<title>Galat: " in text
    assert "palsu.pdf: Berkas ini bukan PDF" in text
    assert "Berkas yang sama sudah ada dengan judul “Foto”" in text
    assert [row.title for row in draft.evidence.all()] == ["Foto"]


def test_nothing_chosen_is_said(client_of, drafter, draft):
    text = client_of(drafter).post(url("evidence_add", draft), {}).content.decode()
    assert "Belum ada berkas yang dipilih" in text


def test_a_file_beyond_the_limit_never_reaches_the_disk(client_of, drafter, draft):
    """Its size is told exactly although none of it was kept, and the file behind it is taken."""
    response = client_of(drafter).post(
        url("evidence_add", draft), several(("besar.pdf", b"%PDF-" + b"1" * (14 * 2**20)), ("surat.pdf", DATA))
    )
    assert "besar.pdf: Berkas ini 14 MB, batasnya 10 MB. Simpan ulang sebagai PDF." in response.content.decode()
    assert [row.title for row in draft.evidence.all()] == ["Surat"]


def test_together_they_have_a_limit_too(client_of, drafter, draft, monkeypatch):
    monkeypatch.setattr("masterplan.editing.actions.files.MOST_BYTES_TOGETHER", len(DATA) + 10)
    text = (
        client_of(drafter)
        .post(url("evidence_add", draft), several(("satu.pdf", DATA), ("dua.pdf", DATA[:-7] + b"x%%EOF\n")))
        .content.decode()
    )
    assert "dua.pdf: Kiriman ini melebihi batas" in text
    assert draft.evidence.count() == 1


# In fragments ---------------------------------------------------------------------------------------------------------------


def send(client, draft: Initiative, chunk: bytes | None = None, offset: int = 0, **more: Any) -> dict[str, Any]:
    data = {"key": "k", "name": "surat.pdf", "size": len(DATA)} | more
    if chunk is not None:
        data |= {"offset": offset, "chunk": SimpleUploadedFile("chunk", chunk)}
    response = client.post(url("evidence_upload", draft), data, headers={"accept": "application/json"})
    assert response.status_code == 200
    found: dict[str, Any] = json.loads(response.content)
    return found


def test_chunks_with_a_cut_and_a_reload(client_of, drafter, draft):
    client = client_of(drafter)
    assert send(client, draft) == {"state": "part", "received": 0}
    assert send(client, draft, DATA[:500]) == {"state": "part", "received": 500}
    page = client.get(reverse("initiative_edit", args=["kabupaten-semarang-uji", draft.pk, "bukti"])).content.decode()
    assert "Unggahan yang terputus" in page
    assert 'data-key="k"' in page
    assert send(client, draft) == {"state": "part", "received": 500}
    done = send(client, draft, DATA[500:], 500)
    assert done["state"] == "done"
    assert f'id="bukti-{done["id"]}"' in done["row"]
    assert draft.evidence.get().file.size == len(DATA)


def test_the_same_file_again_says_so(client_of, drafter, draft):
    client = client_of(drafter)
    send(client, draft, DATA)
    again = send(client, draft, DATA, key="lain")
    assert (again["state"], again["row"]) == ("done", "")
    assert "sudah ada dengan judul “Surat”" in again["note"]


@pytest.mark.parametrize(
    ("more", "words"),
    [({"size": "0"}, "kosong"), ({"size": "99999999"}, "batasnya 10 MB"), ({"name": "a.exe"}, "tidak diterima"),
     ({"key": ""}, "tidak dikenal"), ({"key": "x" * 65}, "tidak dikenal"), ({"size": "-1"}, "kosong"),
     ({"size": "banyak"}, "kosong")],
)  # fmt: skip
def test_what_is_refused_says_why(client_of, drafter, draft, more, words):
    answer = send(client_of(drafter), draft, **more)
    assert answer["state"] == "refused"
    assert words in answer["sentence"]


def test_a_chunk_that_is_too_large_is_refused(client_of, drafter, draft):
    answer = send(client_of(drafter), draft, b"x" * (uploads.CHUNK_BYTES + 1), size=5_000_000)
    assert answer["state"] == "refused"


def test_a_false_file_is_refused_at_its_end(client_of, drafter, draft):
    answer = send(client_of(drafter), draft, b"x" * 100, size=100)
    assert answer["state"] == "refused"
    assert "bukan PDF" in answer["sentence"]
    assert not EvidenceUpload.objects.exists()


def test_calling_off(client_of, drafter, draft):
    client = client_of(drafter)
    send(client, draft, DATA[:500])
    assert send(client, draft, cancel="1") == {"state": "cancelled"}
    assert not EvidenceUpload.objects.exists()
    send(client, draft, DATA[:500])
    response = client.post(url("evidence_upload", draft), {"key": "k", "cancel": "1"}, headers={"accept": "text/html"})
    assert response.url.endswith("/isian/bukti/")
    assert not EvidenceUpload.objects.exists()


def test_an_initiative_that_was_sent_takes_no_more(client_of, plan, agency, agency_head):
    sent = make_initiative(plan, agency=agency, by=agency_head, status="submitted")
    client = client_of(agency_head)
    answer = send(client, sent, DATA)
    assert answer["state"] == "frozen"
    assert "tidak dapat diubah" in answer["sentence"]
    response = client.post(url("evidence_add", sent), several(("surat.pdf", DATA)), follow=True)
    assert "tidak dapat diubah" in response.content.decode()
    assert sent.evidence.count() == 0
