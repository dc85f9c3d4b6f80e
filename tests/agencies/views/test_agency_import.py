"""Agencies from a pasted table: how it is read, what is refused, and that all of it or nothing is stored."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from agencies.actions.team import suspend_membership
from agencies.forms.agency_table import AgencyImportForm
from agencies.models import Agency, Invitation
from agencies.roles import Role
from tests.factories import make_agency, make_district, make_person, make_regency

TABLE = (
    "Daftar OPD\nKode\tNama OPD\tInduk\tEmail Kepala\tEmail Staf\n(1)\t(2)\t(3)\t(4)\t(5)\n"
    "1.02.1\tRSUD Contoh\tDinas Kesehatan Kota\trsud@contoh.test\t\n\n"
    '1.02\tDinas Kesehatan Kota\t\tkepala@contoh.test\t"a@contoh.test;\nb@contoh.test"\nJUMLAH\t2\n'
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (TABLE, ["RSUD Contoh", "Dinas Kesehatan Kota"]),
        ("Dinas A, B dan C\n\n Badan D ", ["Dinas A, B dan C", "Badan D"]),
        ("1\tDinas A\n2\tBadan B\n", ["Dinas A", "Badan B"]),
        (
            "No;Perangkat Daerah;Akronim\n1;Dinas A;DA\nNo;Perangkat Daerah;Akronim\n2;Badan B;BB",
            ["Dinas A", "Badan B"],
        ),
        ('Dinas "A\nBadan B', ['Dinas "A', "Badan B"]),
        ("\tNama\tKode\n1\tDinas A\t1.1", ["Dinas A"]),
        (".\nDinas A", [".", "Dinas A"]),
        ("Nama\tKepala\nDinas A\tNama", ["Dinas A"]),
        ("1\n2\nTotal 2", []),
    ],
)
def test_a_table_is_read(text, names):
    form = AgencyImportForm({"table": text})

    assert form.is_valid() == bool(names)
    assert [row.name for row in form.cleaned_data.get("table", [])] == names


def address(regency):
    return reverse("agency_import", args=[regency.slug])


def stored(client, regency, table):
    text = client.post(address(regency), {"table": table}).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', text)[1]
    return client.post(address(regency), {"table": table, "seen": seen})


def test_names_that_two_agencies_exchange_are_refused_in_words(client_of, administrator, regency):
    for name in ("Dinas A", "Dinas B"):
        make_agency(regency, name=name, code=name[-1])
    answer = stored(client_of(administrator), regency, "Kode\tNama\nA\tDinas B\nB\tDinas A")

    assert "sudah dipakai perangkat daerah lain" in answer.content.decode()
    assert [*Agency.objects.order_by("code").values_list("name", flat=True)] == ["Dinas A", "Dinas B"]


def test_a_previewed_table_is_stored_once(client_of, coordinator, regency):
    client = client_of(coordinator)
    client.post(address(regency), {"table": TABLE, "seen": "x"})
    assert not Agency.objects.exists()

    assert stored(client, regency, TABLE).url == reverse("team_list", args=[regency.slug])
    hospital, office = Agency.objects.order_by("order")
    assert (hospital.kind, hospital.parent, office.kind, office.code) == ("rsud", office, "dinas", "1.02")
    assert sorted(Invitation.objects.values_list("email", "role", "agency")) == [
        ("a@contoh.test", "agency_staff", office.pk),
        ("b@contoh.test", "agency_staff", office.pk),
        ("kepala@contoh.test", "agency_head", office.pk),
        ("rsud@contoh.test", "agency_head", hospital.pk),
    ]
    before = [*Agency.objects.values()], [*Invitation.objects.values()]
    stored(client, regency, TABLE)
    assert before == ([*Agency.objects.values()], [*Invitation.objects.values()])


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("", "masih kosong"),
        ("1\n2", "Tidak ada nama"),
        ("\n".join(f"Dinas {n}" for n in range(301)), "batasnya 300"),
        ("Dinas A\ndinas a", "Kolom Nama: “dinas a” sudah ada di baris 1"),
        ("Nama\tInduk\nDinas A\tEntah", "Kolom Unit induk: “Entah” tidak ada"),
        ("Nama\tInduk\nDinas A\tDinas B\nDinas B\tDinas A", "di bawah unit yang sama"),
        ("Nama\tSurel kepala\nDinas A\tbukan-surel", "Kolom Surel kepala: “bukan-surel” bukan alamat surel"),
        ("Nama\tSingkatan\nDinas A\tDINPAR", "sudah dipakai Dinas Pariwisata"),
        ("Nama\tJenis\nDinas A\tKerajaan", "tidak dikenal"),
        ("Nama\tSingkatan\nDinas Pariwisata\tX\nDINPAR\tY", "perangkat daerah yang sama sudah ada di baris 1"),
    ],
)
def test_a_wrong_table_is_refused_and_kept(table, words, client_of, administrator, regency, agency):
    make_agency(make_regency(), name="Entah")
    text = client_of(administrator).post(address(regency), {"table": table}).content.decode()

    assert "<title>Galat: " in text
    assert words in text
    assert "Simpan semua" not in text
    assert Agency.objects.filter(regency=regency).count() == 1


def test_a_preview_warns_of_what_is_stored_otherwise_than_expected(client_of, administrator, regency):
    make_district(regency, name="Bawen")
    table = "No\tNama\tKepala\tJenis\n1\tLabkesda\tX\t\n2\tLaboratorium\tY\tDinas\n3\tKecamatan Bawen\tZ\t\n4\tKecamatan Bawn"
    page = client_of(administrator).post(address(regency), {"table": table})
    text = page.content.decode()

    assert "Kolom “Kepala” tidak dibaca." in text
    assert [plan.kind_label for plan in page.context["planned"]] == [
        "Satuan", "Dinas", "Kecamatan (dari nama)", "Kecamatan (dari nama)",
    ]  # fmt: skip
    assert [[warning[:30] for warning in plan.warnings] for plan in page.context["planned"]] == [
        ["Jenis tidak dikenali, dicatat "], [], [], ["Kolom Nama: tidak ada kecamata"],
    ]  # fmt: skip
    assert "Simpan semua" in text


def test_a_kecamatan_that_is_there_is_tied_and_people_who_may_not_work_are_named(
    client_of, administrator, regency, agency
):
    district = make_district(regency, name="Bawen")
    office = make_agency(regency, name="Kecamatan Bawen", kind="kecamatan")
    person = make_person(regency, Role.AGENCY_STAFF, agency=office)
    suspend_membership(person.memberships.get(), by=administrator, reason="Pindah tugas")
    late = Invitation.objects.create(
        regency=regency, agency=office, email="b@contoh.test", role=Role.AGENCY_HEAD, invited_by=administrator,
        expires_at=timezone.now() - timedelta(days=1),
    )  # fmt: skip
    table = f"Nama\tSurel kepala\tSurel staf\nKecamatan Bawen\tb@contoh.test\t{person.email}"
    client = client_of(administrator)
    answer = stored(client, regency, table)
    said = client.get(answer.url).content.decode()

    office.refresh_from_db()
    late.refresh_from_db()
    assert (office.district, late.is_open, Invitation.objects.count()) == (district, True, 1)
    assert "0 perangkat daerah ditambahkan, 1 diperbarui, 0 tidak berubah. 1 undangan dibuat" in said
    assert f"Tidak diundang karena dinonaktifkan atau berakhir: {person.email}" in said
    again = client.post(address(regency), {"table": table}).context["planned"]
    assert [(plan.outcome.value, plan.invited, plan.left_out) for plan in again] == [("sama", [], [person.email])]


def workbook(rows, sheet="Daftar"):
    """A workbook whose second sheet holds `rows`."""
    book = Workbook()
    book.active["A1"] = "Perangkat daerah"
    table = book.create_sheet(sheet)
    for row in rows:
        table.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def uploaded(client, regency, name, data):
    return client.post(address(regency), {"table": "", "file": SimpleUploadedFile(name, data)})


LIST = [["Lampiran"], ["No", "Nama OPD", "Kode"], [1, "Dinas A, B", "1.10"], [2, 'Badan "C"', "2.5"]]
CSV = 'No{0}Nama OPD{0}Kode\n1{0}"Dinas A, B"{0}1.10\n2{0}"Badan ""C"""{0}2.5\n'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", workbook(LIST)),
        ("a.csv", CSV.format(";").encode("utf-8-sig")),
        ("a.CSV", CSV.format(",").encode("cp1252")),
        ("a.csv", CSV.format("\t").encode("utf-16")),
    ],
)
def test_a_file_becomes_the_pasted_table(name, data, client_of, administrator, regency):
    page = uploaded(client_of(administrator), regency, name, data)

    assert [(plan.row.name, plan.row.code) for plan in page.context["planned"]] == [
        ("Dinas A, B", "1.10"), ('Badan "C"', "2.5"),
    ]  # fmt: skip
    again = AgencyImportForm({"table": page.context["form"]["table"].value()})
    assert again.is_valid()
    assert again.cleaned_data["table"] == [plan.row for plan in page.context["planned"]]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(99), "Simpan sebagai, jenis Excel Workbook (.xlsx)"),
        ("a.pdf", b"%PDF-1.7", "bukan .xlsx atau .csv"),
        ("a.xlsx", workbook(LIST)[:900], "bukan buku kerja|rusak"),
        ("a.xlsx", bytes(2 * 1024 * 1024 + 1), "batasnya 2 MB"),
        ("a.xlsx", workbook([*LIST, [3, "=A1&B2", "=1/0"]]), "Sel B5 pada lembar Daftar: rumusnya belum punya hasil"),
        ("a.xlsx", workbook([["Nama"], *([f"Dinas {n}"] for n in range(301))]), "batasnya 300"),
        ("a.xlsx", workbook([["Nama"], *([f"Dinas {n}"] for n in range(2001))]), "lebih dari 2.000 baris"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_its_field(name, data, words, client_of, administrator, regency):
    page = uploaded(client_of(administrator), regency, name, data)

    errors = " ".join(" ".join(found) for found in page.context["form"].errors.values())
    assert any(part in errors for part in words.split("|")), errors
    assert "Galat: " in page.content.decode()


def test_the_list_goes_out_and_comes_back_without_a_change(client_of, administrator, regency, agency):
    old = make_agency(regency, name="Dinas Lama", valid_to="2020-01-01")
    unit = make_agency(regency, name="UPTD =1+1", code="1.10", parent=old, kind="satuan", aliases=["Balai"])
    make_person(regency, Role.AGENCY_STAFF, agency=unit)
    make_person(regency, Role.AGENCY_HEAD, agency=agency)
    client = client_of(administrator)
    page = uploaded(client, regency, "a.xlsx", client.get(reverse("agency_export", args=[regency.slug])).content)

    found = {plan.row.name: (plan.outcome.value, plan.invited, plan.errors) for plan in page.context["planned"]}
    assert found == {agency.name: ("sama", [], []), unit.name: ("sama", [], [])}
    assert [bool(plan.row.heads or plan.row.staff) for plan in page.context["planned"]] == [True, True]


def test_the_template_is_read_once_it_is_filled_in(client_of, administrator, regency):
    client = client_of(administrator)
    data = client.get(reverse("agency_template", args=[regency.slug])).content
    assert "Tidak ada nama perangkat daerah" in uploaded(client, regency, "a.xlsx", data).content.decode()
    book = load_workbook(BytesIO(data))
    book["Perangkat daerah"].append(
        ["Dinas A", "DA", "Dinas", "1.1", "", "a@contoh.test", "b@contoh.test; c@contoh.test"]
    )
    out = BytesIO()
    book.save(out)
    page = uploaded(client, regency, "a.xlsx", out.getvalue())

    (plan,) = page.context["planned"]
    assert (plan.row.name, len(plan.invited), page.context["form"].notes) == (
        "Dinas A",
        3,
        ["1 baris contoh dilewati."],
    )
