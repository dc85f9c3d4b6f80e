"""The pages of an import: who gets in, columns as said, doubts answered, stored once, nothing typed lost."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from agencies.models import Regency, User
from masterplan.models import DevelopmentPlan, PlanImport
from masterplan.plans.importing import tasks
from masterplan.plans.importing.views import preview
from tests.factories import make_rpjmd
from tests.masterplan.plans.importing.samples import sample

NESTED, NUMBERS = sample("basic/nested").data, sample("basic/numbers_as_codes").data
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def rpjmd(regency: Regency) -> DevelopmentPlan:
    """A plan without nodes, of the place that the workbooks name."""
    Regency.objects.filter(pk=regency.pk).update(name="Semarang")
    return make_rpjmd(Regency.objects.get(pk=regency.pk))


def url(plan: DevelopmentPlan, tail: str) -> str:
    """An address of the plans."""
    return f"/wilayah/{plan.regency.slug}/rpjmd/{tail}"


def sent(client: Client, plan: DevelopmentPlan, data: bytes) -> PlanImport:
    """Send a file, and let a worker look."""
    client.post(url(plan, f"{plan.pk}/impor/"), {"file": SimpleUploadedFile("rpjmd.xlsx", data)})
    job = PlanImport.objects.latest("pk")
    tasks.run_plan(job.pk)
    return job


def as_shown(client: Client, plan: DevelopmentPlan, job: PlanImport, **changed: str) -> dict[str, str]:
    """What the page of columns would send as it is, some of it changed."""
    context = client.get(url(plan, f"impor/{job.pk}/kolom/")).context
    data = {}
    for table in context["tables"]:
        place = table["place"]
        data |= {f"baris-{place}": str(table["row"]), f"uang-{place}": table["unit"]}
        data |= {f"baca-{place}": "ya"} if table["is_read"] else {}
        for column in table["columns"]:
            data |= {f"arti-{column['id']}": column["kind"], f"tahun-{column['id']}": str(column["year"])}
    return data | {name.replace("_", "-"): value for name, value in changed.items()}


def page(client: Client, plan: DevelopmentPlan, job: PlanImport, query: str = "") -> str:
    """The page of an upload."""
    return client.get(url(plan, f"impor/{job.pk}/{query}")).content.decode()


def read(client: Client, plan: DevelopmentPlan, data: bytes) -> PlanImport:
    """A file sent and read as proposed."""
    job = sent(client, plan, data)
    response = client.post(url(plan, f"impor/{job.pk}/kolom/"), as_shown(client, plan, job))
    assert response.headers["Location"] == url(plan, f"impor/{job.pk}/")
    assert "Menunggu giliran" in page(client, plan, job)
    tasks.run_plan(job.pk)
    return job


def test_from_the_file_to_the_tree_and_again(rpjmd: DevelopmentPlan, coordinator: User, client_of: Any) -> None:
    client = client_of(coordinator)
    job = read(client, rpjmd, NESTED)
    shown = page(client, rpjmd, job)
    assert "4 baru, 0 berubah, 0 tetap" in shown and "Program Pengelolaan Pendidikan" in shown
    assert "Perangkat daerah “DISDIKBUDPORA” tidak dikenal" in shown and not rpjmd.elements.exists()
    for _ in range(2):
        client.post(url(rpjmd, f"impor/{job.pk}/simpan/"))
        tasks.run_plan(job.pk)
    assert "4 unsur baru, 0 berubah, 0 dihapus" in page(client, rpjmd, job)
    assert rpjmd.elements.count() == 4
    out = client.get(url(rpjmd, f"{rpjmd.pk}/excel/"))
    assert out["Content-Type"] == XLSX and out["Cache-Control"] == "private, no-store"
    assert 'filename="Rencana_RPJMD' in out["Content-Disposition"]
    again = read(client, rpjmd, out.content)
    assert "Isi berkas ini sama dengan yang ada di portal" in page(client, rpjmd, again)
    assert "4 tetap" in page(client, rpjmd, again)


def test_what_is_wrong_with_the_columns_is_said_and_kept(
    rpjmd: DevelopmentPlan, coordinator: User, client_of: Any
) -> None:
    client = client_of(coordinator)
    job = sent(client, rpjmd, NESTED)
    assert client.get(url(rpjmd, f"impor/{job.pk}/")).headers["Location"] == url(rpjmd, f"impor/{job.pk}/kolom/")
    data = as_shown(client, rpjmd, job, tahun_0_6="tahun depan", arti_0_4="baseline")
    response = client.post(url(rpjmd, f"impor/{job.pk}/kolom/"), data)
    text = response.content.decode()
    assert "Galat: Arti kolom" in text and "tulis tahunnya dengan empat angka" in text
    kept = response.context["tables"][0]["columns"]
    assert (kept[3]["kind"], kept[5]["year"]) == ("baseline", "tahun depan")
    none = {key: value for key, value in as_shown(client, rpjmd, job).items() if not key.startswith("baca")}
    assert "sedikitnya satu lembar" in client.post(url(rpjmd, f"impor/{job.pk}/kolom/"), none).content.decode()


def test_a_doubt_is_answered_on_the_page(rpjmd: DevelopmentPlan, coordinator: User, client_of: Any) -> None:
    client = client_of(coordinator)
    job = read(client, rpjmd, NUMBERS)
    context = client.get(url(rpjmd, f"impor/{job.pk}/")).context
    doubt = next(each for each in context["doubts"] if each["cell"] == "G16")
    assert (doubt["chosen"], doubt["where"]) == ("1,25", "Cetak G16")
    assert doubt["about"] == "1.02.03 Program Pengelolaan Pendidikan"
    client.post(url(rpjmd, f"impor/{job.pk}/jawab/"), {f"ragu-{doubt['place']}": "1.250"})
    tasks.run_plan(job.pk)
    client.post(url(rpjmd, f"impor/{job.pk}/simpan/"))
    tasks.run_plan(job.pk)
    program = rpjmd.elements.get(level="program")
    assert program.indicators.get(name="Angka partisipasi").targets.get(year=2022).text == "1.250"


def test_many_doubts_are_answered_page_by_page(
    rpjmd: DevelopmentPlan, coordinator: User, client_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What must be answered comes first, on whichever page it stands; else one goes on where one was."""
    monkeypatch.setattr(preview, "DOUBTS_A_PAGE", 1)
    Regency.objects.filter(pk=rpjmd.regency_id).update(kind="kota")
    client = client_of(coordinator)
    job = read(client, rpjmd, NESTED)
    job.refresh_from_db()
    doubts = job.result["doubts"]
    (must,) = [place for place, doubt in enumerate(doubts) if not doubt["proposed"]]
    assert must == 0 < len(doubts) - 1

    def answered(place: int) -> str:
        data = {f"ragu-{place}": doubts[place]["choices"][0][0]}
        response = client.post(url(rpjmd, f"impor/{job.pk}/jawab/"), data)
        waiting = page(client, rpjmd, job, response.headers["Location"].removeprefix(url(rpjmd, f"impor/{job.pk}/")))
        assert f'hx-get="{response.headers["Location"].partition("#")[0]}"' in waiting
        tasks.run_plan(job.pk)
        return str(response.headers["Location"])

    here = url(rpjmd, f"impor/{job.pk}/")
    assert answered(1) == here
    assert answered(0) == here
    assert answered(1) == f"{here}?ragu=2#ragu"
    assert [doubt["place"] for doubt in client.get(f"{here}?ragu=2").context["doubts"]] == [1]


def test_hidden_sheets_and_repeated_heads_are_said_on_the_page_of_columns(
    rpjmd: DevelopmentPlan, coordinator: User, client_of: Any
) -> None:
    client = client_of(coordinator)
    job = sent(client, rpjmd, sample("office/a_sheet_an_agency").data)
    shown = client.get(url(rpjmd, f"impor/{job.pk}/kolom/"))
    assert [table["is_open"] for table in shown.context["tables"]] == [True, False]
    assert "8 dari 8 kolom dikenali, judulnya sama dengan lembar Dinkes" in " ".join(shown.content.decode().split())
    assert "tersembunyi" not in shown.content.decode()
    job = sent(client, rpjmd, sample("regulation/indicators_beside").data)
    shown = client.get(url(rpjmd, f"impor/{job.pk}/kolom/"))
    assert [table["is_read"] for table in shown.context["tables"]] == [True, False]
    assert "Lembar ini tersembunyi di Excel" in shown.content.decode()


def test_a_correction_of_a_row_is_made_and_taken_back_in_the_preview(
    rpjmd: DevelopmentPlan, coordinator: User, agency_head: User, outsider: User, client_of: Any
) -> None:
    client = client_of(coordinator)
    job = read(client, rpjmd, NESTED)
    nodes = client.get(url(rpjmd, f"impor/{job.pk}/")).context["nodes"]
    link, above = nodes[-1]["correction_url"], nodes[0]["address"]
    assert client_of(agency_head).get(link).status_code == 403 and client_of(outsider).get(link).status_code == 404
    assert client.get(link.replace("/baris/0/", "/baris/9/")).status_code == 404
    wrong = client.post(link, {"what": "goal", "parent": nodes[-2]["address"]}).content.decode()
    assert "Tujuan tidak dapat berada di bawah unsur itu" in wrong
    assert client.post(link, {"what": "goal", "parent": above}).status_code == 302
    tasks.run_plan(job.pk)
    client.post(url(rpjmd, f"impor/{job.pk}/kolom/"), as_shown(client, rpjmd, job))
    tasks.run_plan(job.pk)
    last = client.get(url(rpjmd, f"impor/{job.pk}/")).context["nodes"][-1]
    assert (last["level"], last["depth"], last["is_corrected"]) == ("goal", 1, True)
    assert "1 baris Anda perbaiki" in page(client, rpjmd, job)
    client.post(last["correction_url"], {"what": "skip"})
    tasks.run_plan(job.pk)
    shown = client.get(url(rpjmd, f"impor/{job.pk}/")).context
    assert shown["nodes"][-1]["row"] != last["row"]
    (skipped,) = [row for row in shown["skipped"] if row["row"] == last["row"]]
    assert skipped["reason"] == "Dilewati menurut jawaban Anda"
    client.post(skipped["correction_url"], {"batalkan": "ya"})
    tasks.run_plan(job.pk)
    assert client.get(url(rpjmd, f"impor/{job.pk}/")).context["nodes"][-1]["level"] == nodes[-1]["level"]


def test_what_must_be_answered_holds_the_rest(rpjmd: DevelopmentPlan, coordinator: User, client_of: Any) -> None:
    Regency.objects.filter(pk=rpjmd.regency_id).update(kind="kota")
    client = client_of(coordinator)
    job = read(client, rpjmd, NESTED)
    shown = page(client, rpjmd, job)
    assert "1 pertanyaan harus dijawab dulu" in shown and "menyebut Kabupaten Semarang" in shown
    response = client.post(url(rpjmd, f"impor/{job.pk}/simpan/"), follow=True)
    assert "Jawab dulu 1 pertanyaan" in response.content.decode() and not rpjmd.elements.exists()


def test_only_some_nodes_are_shown_when_wanted(rpjmd: DevelopmentPlan, coordinator: User, client_of: Any) -> None:
    client = client_of(coordinator)
    job = read(client, rpjmd, NESTED)
    assert "Tidak ada unsur yang cocok" in page(client, rpjmd, job, "?tampil=changed")
    assert "Program Pengelolaan Pendidikan" in page(client, rpjmd, job, "?tampil=added&page=99&ragu=99")


def test_a_file_that_is_none_is_said(rpjmd: DevelopmentPlan, coordinator: User, client_of: Any) -> None:
    client = client_of(coordinator)
    response = client.post(url(rpjmd, f"{rpjmd.pk}/impor/"), {"file": SimpleUploadedFile("a.xlsx", b"tidak")})
    assert "bukan buku kerja Excel" in response.content.decode() and not PlanImport.objects.exists()
    job = sent(client, rpjmd, b"PK\x03\x04 hampir")
    assert "Berkas tidak dapat dibaca" in page(client, rpjmd, job)
    assert client.get(url(rpjmd, f"impor/{job.pk}/kolom/")).status_code == 302


def test_a_document_begins_as_a_draft(regency: Regency, coordinator: User, client_of: Any, agency: Any) -> None:
    client, address = client_of(coordinator), f"/wilayah/{regency.slug}/rpjmd/tambah/"
    data = {"kind": "renstra", "title": "Renstra 2025–2029", "start_year": "2025", "end_year": "2024", "agency": ""}
    text = client.post(address, data).content.decode()
    assert "Pilih perangkat daerah pemilik" in text and "Tulis 2025 atau sesudahnya" in text
    data |= {"end_year": "2029", "agency": str(agency.pk)}
    made = client.post(address, data)
    plan = DevelopmentPlan.objects.get()
    assert made.headers["Location"] == f"/wilayah/{regency.slug}/rpjmd/{plan.pk}/impor/"
    assert (plan.status, plan.agency) == ("draft", agency)
    assert "sudah ada" in client.post(address, data).content.decode()
    assert "RPJMD milik seluruh daerah" in client.post(address, data | {"kind": "rpjmd"}).content.decode()


def test_others_find_nothing(
    rpjmd: DevelopmentPlan, coordinator: User, agency_head: User, outsider: User, client_of: Any
) -> None:
    job = sent(client_of(coordinator), rpjmd, NESTED)
    for tail in (f"{rpjmd.pk}/impor/", f"impor/{job.pk}/", f"impor/{job.pk}/kolom/", "tambah/"):
        assert client_of(agency_head).get(url(rpjmd, tail)).status_code == 403
        assert client_of(outsider).get(url(rpjmd, tail)).status_code == 404
    assert client_of(agency_head).get(url(rpjmd, f"{rpjmd.pk}/excel/")).status_code == 200
    assert client_of(outsider).get(url(rpjmd, f"{rpjmd.pk}/excel/")).status_code == 404


def test_the_page_asks_a_fixed_number_of_questions(
    rpjmd: DevelopmentPlan, coordinator: User, client_of: Any, django_assert_num_queries: Any
) -> None:
    client = client_of(coordinator)
    small, large = read(client, rpjmd, NESTED), read(client, rpjmd, NUMBERS)
    for job in (small, large):
        with django_assert_num_queries(5):
            page(client, rpjmd, job)
