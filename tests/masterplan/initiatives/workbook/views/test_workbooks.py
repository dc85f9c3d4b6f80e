"""The pages of Excel in and out: who gets which file, what the preview says, and that pressing twice stores once."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from agencies.models import Agency, Regency, User
from agencies.roles import Role
from masterplan.initiatives.workbook import tasks
from masterplan.models import Initiative, MasterPlan, WorkbookImport
from tests.factories import make_initiative, make_person
from tests.masterplan.initiatives.workbook.books import Book, exported


@pytest.fixture
def draft(plan: MasterPlan, agency: Agency, agency_head: User) -> Initiative:
    """A draft of the agency."""
    return make_initiative(plan, agency=agency, by=agency_head, complete=True, name="Tiket nontunai")


def url(regency: Regency, tail: str = "") -> str:
    """An address of the workbook pages."""
    return f"/wilayah/{regency.slug}/inisiatif/excel/{tail}"


def send(client: Client, regency: Regency, data: bytes, name: str = "isian.xlsx") -> Any:
    """Upload a file."""
    return client.post(url(regency, "unggah/"), {"file": SimpleUploadedFile(name, data)})


def read_upload(client: Client, regency: Regency, data: bytes) -> tuple[WorkbookImport, str]:
    """Upload, let a worker read, and look at the page."""
    response = send(client, regency, data)
    job = WorkbookImport.objects.latest("pk")
    assert response.headers["Location"] == url(regency, f"{job.pk}/")
    tasks.run_workbook(job.pk)
    return job, client.get(url(regency, f"{job.pk}/")).content.decode()


def codes(response: Any) -> list[str]:
    """The codes in a downloaded workbook."""
    sheet = load_workbook(BytesIO(response.content))["Inisiatif"]
    return [row[1].value for row in sheet.iter_rows(min_row=3)]


def test_everybody_gets_what_they_may_see(
    regency: Regency, plan: MasterPlan, draft: Initiative, drafter: User, expert: User, other_agency: Agency,
    client_of: Any,
) -> None:  # fmt: skip
    make_initiative(plan, agency=other_agency)
    sent = make_initiative(plan, status="submitted", agency=other_agency)
    assert codes(client_of(drafter).get(url(regency))) == [draft.code, sent.code]
    assert codes(client_of(expert).get(url(regency))) == [sent.code]
    response = client_of(drafter).get(f"{url(regency)}?opd={draft.lead_agency_id}")
    assert codes(response) == [draft.code]
    assert response.headers["Content-Disposition"].startswith('attachment; filename="Inisiatif_DINPAR_')
    assert client_of(drafter).get(f"{url(regency)}?opd=999999").status_code == 404


def test_one_initiative_as_excel_and_word(regency: Regency, draft: Initiative, drafter: User, client_of: Any) -> None:
    client, place = client_of(drafter), f"/wilayah/{regency.slug}/inisiatif/{draft.pk}/"
    assert codes(client.get(f"{place}excel/")) == [draft.code]
    response = client.get(f"{place}word/")
    assert response.content.startswith(b"PK")
    assert f"Formulir_{draft.code}_" in response.headers["Content-Disposition"]
    page = client.get(place).content.decode()
    assert f"{place}excel/" in page
    assert f"{place}word/" in page


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Berkas ini kosong"),
        (b"Kode,Nama\n", "bukan buku kerja Excel"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 99, "dilindungi kata sandi"),
        (b"PK\x03\x04" + b"\x00" * (11 * 1024 * 1024), "batasnya 10 MB"),
    ],
)
def test_what_is_no_workbook_is_said_at_the_field(
    regency: Regency, draft: Initiative, drafter: User, client_of: Any, data: bytes, said: str
) -> None:
    response = send(client_of(drafter), regency, data)
    page = response.content.decode()
    assert response.status_code == 200
    assert said in page
    assert "<title>Galat: " in page
    assert not WorkbookImport.objects.exists()


def test_preview_then_store_and_pressing_twice_stores_once(
    regency: Regency, plan: MasterPlan, draft: Initiative, drafter: User, client_of: Any
) -> None:
    client = client_of(drafter)
    book = Book(exported(plan)).put("Inisiatif", 1, Risiko="Sinyal lemah di <b>hulu</b>")
    book.put("Mitra", 1, Kode=draft.code, Jenis_mitra="Media", Nama_mitra="Radio contoh")
    job, page = read_upload(client, regency, book.bytes)
    assert "Sinyal lemah di &lt;b&gt;hulu&lt;/b&gt;" in page
    assert "Baru, lembar Mitra baris 3" in page
    assert "Simpan semua perubahan ini" in page
    for _ in range(2):
        assert client.post(url(regency, f"{job.pk}/simpan/")).status_code == 302
    tasks.run_workbook(job.pk)
    tasks.run_workbook(job.pk)
    after = Initiative.objects.complete().get(pk=draft.pk)
    assert (after.risk, after.partners.count()) == ("Sinyal lemah di <b>hulu</b>", 1)
    assert after.changes.filter(source="workbook").count() == 1
    assert "1 inisiatif tersimpan" in client.get(url(regency, f"{job.pk}/")).content.decode()


def test_errors_are_shown_and_nothing_can_be_stored(
    regency: Regency, plan: MasterPlan, draft: Initiative, drafter: User, client_of: Any
) -> None:
    client = client_of(drafter)
    book = Book(exported(plan)).put("Inisiatif", 1, Tahun_mulai="kapan", Risiko="Lain")
    job, page = read_upload(client, regency, book.bytes)
    assert "Ada 1 sel yang perlu diperbaiki" in page
    assert "Simpan semua" not in page
    client.post(url(regency, f"{job.pk}/simpan/"))
    job.refresh_from_db()
    assert (job.phase, Initiative.objects.get(pk=draft.pk).risk) == ("read", draft.risk)
    copy = b"".join(client.get(url(regency, f"{job.pk}/salinan/")).streaming_content)
    place = Book(copy).place("Inisiatif", "Tahun mulai")
    assert "empat angka" in load_workbook(BytesIO(copy))["Inisiatif"].cell(3, place).comment.text
    mended = Book(copy).put("Inisiatif", 1, Tahun_mulai=2023)
    _, page = read_upload(client, regency, mended.bytes)
    assert "Simpan semua perubahan ini" in page


def test_an_upload_is_nobody_elses_business(
    regency: Regency, plan: MasterPlan, draft: Initiative, drafter: User, coordinator: User, client_of: Any
) -> None:
    job, _ = read_upload(client_of(drafter), regency, exported(plan))
    for tail in ("", "salinan/"):
        assert client_of(coordinator).get(url(regency, f"{job.pk}/{tail}")).status_code == 404
    assert client_of(coordinator).post(url(regency, f"{job.pk}/simpan/")).status_code == 404


def test_the_waiting_page_asks_again_and_says_so_without_javascript(
    regency: Regency, plan: MasterPlan, draft: Initiative, drafter: User, client_of: Any
) -> None:
    client = client_of(drafter)
    place = send(client, regency, exported(plan)).headers["Location"]
    page = client.get(place).content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert f'<a href="{place}">Muat ulang</a>' in page
    part = client.get(place, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="kartu"')


def test_a_refused_file_says_why(regency: Regency, draft: Initiative, drafter: User, client_of: Any) -> None:
    _, page = read_upload(client_of(drafter), regency, b"PK\x03\x04" + b"\x00" * 99)
    assert "bukan buku kerja Excel" in page


def test_a_disputed_answer_is_offered(
    regency: Regency, plan: MasterPlan, draft: Initiative, drafter: User, agency: Agency, client_of: Any
) -> None:
    from masterplan.initiatives.actions import initiatives

    data = Book(exported(plan)).put("Inisiatif", 1, Risiko="Dari berkas").bytes
    colleague = make_person(regency, Role.AGENCY_STAFF, agency)
    initiatives.save(draft, by=colleague, data={"risk": "Dari rekan"}, version=draft.edit_version)
    client = client_of(drafter)
    job, page = read_upload(client, regency, data)
    assert f'name="pakai" value="{draft.pk}:risk"' in page.replace("\n", " ").replace("  ", " ")
    client.post(url(regency, f"{job.pk}/simpan/"), {"pakai": f"{draft.pk}:risk"})
    tasks.run_workbook(job.pk)
    assert Initiative.objects.get(pk=draft.pk).risk == "Dari berkas"
