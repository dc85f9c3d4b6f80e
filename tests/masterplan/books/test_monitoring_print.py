"""Reports in the annex of monitoring: what is frozen of them and up to when, how they are printed, and without any."""

from copy import deepcopy
from datetime import date

import pytest
from django.utils import timezone

from agencies.models import Membership
from masterplan.books.blueprint import book_parts
from masterplan.books.formats.tables import tables_of
from masterplan.books.render import render_part
from masterplan.editions.comparison.compare import compare
from masterplan.editions.snapshot import compose
from masterplan.sections.actions import outline
from smartcity.press.parts import REFERENCE_PREFIX as REFERENCE
from tests.factories import begin_reporting, make_initiative, make_report
from tests.masterplan.books.monitored_content import told_of
from tests.masterplan.books.plan_content import generate

ANNEX = "bagian-lampiran-pemantauan"


@pytest.fixture
def told(plan, agency, agency_head, coordinator):
    """Two approved initiatives; of one there are reports of several quarters, one of them only begun."""
    outline.complete_outline(plan, bodies={}, by=coordinator)
    people = {"agency": agency, "by": agency_head, "coordinator": coordinator}
    made = make_initiative(plan, status="approved", **people)
    make_initiative(plan, status="approved", name="Yang diam", **people)
    begin_reporting(made, coordinator, "2022-2")
    for quarter, day in (("2022-1", date(2022, 4, 9)), ("2022-2", date(2022, 7, 20)), ("2022-3", date(2022, 10, 9))):
        make_report(made, agency_head, quarter, on=day, output=f"Yang dihasilkan {quarter}.")
    make_report(made, agency_head, "2022-4", deliver=False, output="Masih ditulis.")
    Membership.objects.update(valid_from=date(2020, 1, 1))
    return plan


def frozen(plan, day: date):
    return compose(plan, number=1, label="", day=day, scope="approved")


def annex_of(content):
    return next((part for part in book_parts(content) if part.key == ANNEX), None)


def test_an_edition_freezes_what_was_handed_in_up_to_its_day(told):
    held = frozen(told, date(2022, 10, 8))["monitoring"]
    assert [(row["year"], row["number"], row["days_late"]) for row in held["reports"]] == [(2022, 1, 0), (2022, 2, 5)]
    later = frozen(told, date(2023, 1, 2))["monitoring"]
    assert [row["number"] for row in later["reports"]] == [1, 2, 3], "what is only begun is not frozen"
    codes = sorted(row["id"] for row in frozen(told, date(2023, 1, 2))["initiatives"])
    assert [(row["number"], sorted(row["awaited"])) for row in later["quarters"]] == [
        (1, []), (2, codes[1:]), (3, codes[1:]), (4, codes),
    ], "reports were asked for from the second quarter on"  # fmt: skip


def test_it_tells_of_the_last_four_quarters_and_of_none_behind_the_plan(told):
    assert [row["number"] for row in frozen(told, date(2023, 5, 1))["monitoring"]["reports"]] == [2, 3]
    assert frozen(told, date(2024, 5, 1))["monitoring"]["reports"] == []
    late = frozen(told, date(2029, 5, 1))["monitoring"]
    assert [(row["year"], row["number"]) for row in late["quarters"]] == [(2026, n) for n in (1, 2, 3, 4)]


def test_the_annex_prints_each_report_and_who_did_not_report():
    content = generate(3)
    content["monitoring"] = told_of(content)
    page = render_part(annex_of(content), content=content)
    first, second, _ = content["initiatives"]
    for words in (
        "Laporan kemajuan Triwulan III 2026", "Berjalan, tertinggal dari rencana", "Dilaporkan 18 Oktober 2026, terlambat 3 hari",
        "Modul pendaftaran dipakai di 12 kecamatan.", "<li>Panduan terbit</li>", "Lelang diulang.", "Perangkat dipinjam.",
        "Keluaran: Loket terhubung, 17,5 persen", "APBD Kabupaten/Kota: 1.234.567.891", "Realisasi anggaran (rupiah)",
        "Bukti: Berita acara (PDF, sidik 3FA2-91C0)",
    ):  # fmt: skip
        assert words in page
    assert page.count(f'<a href="{REFERENCE}{first["id"]}">') == 1
    assert page.count(f'<a href="{REFERENCE}{second["id"]}">') == 1, "awaited"


def test_without_reports_there_is_no_annex(told):
    content = frozen(told, date(2022, 4, 8))
    assert content["monitoring"]["reports"] == []
    assert annex_of(content) is None


def test_an_edition_of_before_still_prints_compares_and_leaves():
    old = generate(3)
    assert "monitoring" not in old
    new = deepcopy(old)
    new["monitoring"] = told_of(new)
    assert annex_of(old) is None
    found = compare(old, new)
    groups = {group.title: [item.title for item in group.items] for group in found.groups}
    code = new["initiatives"][0]["code"]
    assert groups == {"Pemantauan pelaksanaan": ["Triwulan III 2026", f"Laporan {code}, Triwulan III 2026"]}
    sheets = [{table.title: table for table in tables_of(content)}["Laporan kemajuan"] for content in (old, new)]
    assert [len(sheet.rows) for sheet in sheets] == [0, 1]
    assert sheets[1].rows[0][:6] == [code, new["initiatives"][0]["name"], "Triwulan III 2026", "2026-10-18", 3,
                                     "Berjalan, tertinggal dari rencana"]  # fmt: skip


def test_many_reports_go_on_in_further_parts():
    content = generate(3)
    own = told_of(content, output="Panjang sekali. " * 90)
    content["monitoring"] = own | {"reports": own["reports"] * 60}
    parts = [part for part in book_parts(content) if part.key.startswith(ANNEX)]
    assert len(parts) > 3
    assert sum(len(group["rows"]) for part in parts for group in part.context["groups"]) == 60
    assert [bool(part.captions) for part in parts] == [True, *[False] * (len(parts) - 1)]
    assert "Lampiran ini memuat" not in render_part(parts[1], content=content)


def test_today_is_frozen_like_any_day(told):
    assert frozen(told, timezone.localdate())["monitoring"]["quarters"]
