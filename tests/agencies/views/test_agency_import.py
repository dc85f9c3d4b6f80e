"""Agencies from a pasted table: how it is read, what is refused, and that all of it or nothing is stored."""

import re

import pytest
from django.urls import reverse

from agencies.forms.agency_table import AgencyImportForm
from agencies.models import Agency, Invitation
from tests.factories import make_agency, make_regency

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

    assert stored(client, regency, TABLE).url == reverse("agency_list", args=[regency.slug])
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
        ("Dinas A\ndinas a", "sudah ada di baris 1"),
        ("Nama\tInduk\nDinas A\tEntah", "tidak ada: tambahkan"),
        ("Nama\tInduk\nDinas A\tDinas B\nDinas B\tDinas A", "di bawah unit yang sama"),
        ("Nama\tSurel kepala\nDinas A\tbukan-surel", "bukan alamat surel"),
        ("Nama\tSingkatan\nDinas A\tDINPAR", "sudah dipakai Dinas Pariwisata"),
        ("Nama\tJenis\nDinas A\tKerajaan", "tidak dikenal"),
        ("Nama\tSingkatan\nDinas Pariwisata\tX\nDINPAR\tY", "Perangkat daerah yang sama sudah ada di baris 1"),
    ],
)
def test_a_wrong_table_is_refused_and_kept(table, words, client_of, administrator, regency, agency):
    make_agency(make_regency(), name="Entah")
    text = client_of(administrator).post(address(regency), {"table": table}).content.decode()

    assert "<title>Galat: " in text
    assert words in text
    assert "Simpan semua" not in text
    assert Agency.objects.filter(regency=regency).count() == 1
