"""The pages of progress: who has not reported, what is late or stale, the curves, writing, handing in, evidence."""

import re
from contextlib import closing
from datetime import date
from html import unescape

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies.models import Membership
from agencies.roles import Role
from masterplan.models import Initiative, InitiativeTarget, ProgressReport, calendar_of
from masterplan.monitoring import actions as monitoring
from masterplan.progress.quarters import Quarter
from tests.factories import (
    begin_reporting,
    files,
    make_initiative,
    make_person,
    make_report,
    new_report,
    report_answers,
)
from tests.factories.progress import TOLD

SLUG = "kabupaten-semarang-uji"


@pytest.fixture
def approved(plan, agency, agency_head, coordinator) -> Initiative:
    made = make_initiative(plan, status="approved", agency=agency, by=agency_head, coordinator=coordinator)
    begin_reporting(made, coordinator)
    return made


@pytest.fixture
def other(plan, other_agency, coordinator) -> Initiative:
    return make_initiative(plan, status="approved", agency=other_agency, coordinator=coordinator, name="Antrean daring")


def page_text(response) -> str:
    """What a person reads of a page, with single spaces."""
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split()))


def at(moment: str) -> time_machine.travel:
    """A moment long past, at which everybody was already there."""
    Membership.objects.update(valid_from=date(2020, 1, 1))
    return time_machine.travel(moment)


def url(name: str, *args) -> str:
    return reverse(name, args=[SLUG, *args])


def listed(client, **query) -> str:
    return page_text(client.get(url("progress_list"), query))


# The list ---------------------------------------------------------------------------------------------------------------


def test_the_list_says_who_has_not_reported(client_of, executive, approved, other, agency_head):
    make_report(approved, agency_head, "2022-1", on=date(2022, 4, 10))
    with at("2022-05-01T03:00:00Z"):
        text = listed(client_of(executive))
    assert "Triwulan I 2022. Laporan ditunggu sampai 15 April 2022." in text
    assert "Dilaporkan 10 April 2022." in text
    assert "Terlambat 16 hari, batasnya 15 April 2022." in text
    assert "DINKES" in text.partition("Belum melapor Perangkat daerah")[2]
    assert "DINPAR" not in text.partition("Belum melapor Perangkat daerah")[2]


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ({"tampil": "belum"}, "Antrean daring", "Layanan terpadu"),
        ({"tampil": "sudah"}, "Layanan terpadu", "Antrean daring"),
        ({"q": "dinkes"}, "Antrean daring", "Layanan terpadu"),
        ({"q": "layanan terpadu"}, "Layanan terpadu", "Antrean daring"),
        ({"opd": "own"}, "Layanan terpadu", "Antrean daring"),
    ],
)
def test_filters_narrow_the_list(client_of, coordinator, agency, approved, other, agency_head, query, shown, hidden):
    make_report(approved, agency_head, "2022-1", on=date(2022, 4, 10))
    with at("2022-05-01T03:00:00Z"):
        text = listed(
            client_of(coordinator), **{key: agency.pk if value == "own" else value for key, value in query.items()}
        )
    assert shown in text
    assert hidden not in text


@pytest.mark.parametrize(
    "query", [{"triwulan": "2022-9"}, {"triwulan": "9999-1"}, {"opd": "x"}, {"tampil": "x"}, {"page": "99"}]
)
def test_nonsense_in_the_address_narrows_nothing_or_says_so(client_of, coordinator, approved, query):
    assert client_of(coordinator).get(url("progress_list"), query).status_code == 200


def test_flags_are_sentences(client_of, coordinator, approved, agency_head):
    same = {"output": "Uji coba berjalan.", "amount_apbd_regency": 1_000_000}
    make_report(approved, agency_head, "2022-1", on=date(2022, 4, 10), **same)
    make_report(approved, agency_head, "2022-2", on=date(2022, 7, 20), **same)
    client = client_of(coordinator)
    with at("2023-03-01T03:00:00Z"):
        second, fourth = listed(client, triwulan="2022-2"), listed(client, triwulan="2022-4")
    assert "Isinya sama dengan laporan triwulan sebelumnya." in second
    assert "Penyerapan rendah: 0,7 % sampai Triwulan II 2022." in second
    assert "Dilaporkan 20 Juli 2022, 5 hari sesudah batasnya." in second
    assert "Tidak ada laporan sejak Triwulan II 2022; 2 triwulan terlewat." in fourth


def test_indicators_are_counted_by_their_direction(client_of, coordinator, approved, agency_head):
    make_report(approved, agency_head, "2022-2", values={"Loket terhubung": "15", "Kepuasan warga": "14"})
    assert "1 dari 2 indikator sesuai arah" in listed(client_of(coordinator), triwulan="2022-2")


def test_what_is_only_begun_is_nobody_elses_business(client_of, expert, drafter, approved, agency_head):
    make_report(approved, agency_head, "2022-1", deliver=False, output="Masih ditulis.")
    for name in ("progress_list", "progress_detail"):
        args = [approved.pk] if name == "progress_detail" else []
        query = {} if args else {"triwulan": "2022-1"}
        seen, own = (page_text(client_of(who).get(url(name, *args), query)) for who in (expert, drafter))
        assert "Sedang diisi" in own
        assert "Sedang diisi" not in seen
        assert "Masih ditulis." not in seen


# One initiative ---------------------------------------------------------------------------------------------------------


def test_the_page_draws_what_was_reached_against_the_targets(client_of, expert, approved, agency_head):
    make_report(approved, agency_head, "2022-1", values={"Loket terhubung": "12", "Kepuasan warga": "WTP"})
    response = client_of(expert).get(url("progress_detail", approved.pk))
    text, source = page_text(response), response.content.decode()
    assert "Loket terhubung: kondisi awal: 10 persen; target 2022: 20 persen" in source
    assert "Triwulan I 2022: 12 persen" in source
    assert source.count('<circle class="reached-dot"') == 1, "a word is no dot"
    assert 'style="' not in source
    assert "Tertinggal" in text
    assert "Belum dapat dinilai" in text
    assert "Rp50.000.000 dari Rp150.000.000 sampai Triwulan I 2022" in text
    assert TOLD in text


def test_a_value_that_is_no_number_is_in_the_table_alone(client_of, expert, approved, agency_head):
    InitiativeTarget.objects.filter(indicator__initiative=approved).delete()
    approved.indicators.update(baseline="-")
    make_report(approved, agency_head, "2022-1", values={"Loket terhubung": "WTP"})
    source = client_of(expert).get(url("progress_detail", approved.pk)).content.decode()
    assert '<svg class="curve"' not in source
    assert "<td>WTP</td>" in source


# Writing and handing in -------------------------------------------------------------------------------------------------


def edit(approved: Initiative, quarter: str = "2022-1") -> str:
    return url("progress_edit", approved.pk, quarter)


def answers(approved: Initiative, client, **more) -> dict[str, str]:
    """What the page sends, with every question answered."""
    told = report_answers(new_report(approved))
    return {key: str(value) for key, value in told.items()} | {"edit_version": "1"} | more


def test_a_report_is_written_checked_and_handed_in(client_of, drafter, approved):
    client = client_of(drafter)
    sent = answers(approved, client, amount_apbd_regency="120 jt")
    assert client.post(edit(approved), sent)["Location"] == url("progress_deliver", approved.pk, "2022-1")
    page = page_text(client.get(url("progress_deliver", approved.pk, "2022-1")))
    assert "Rp120.000.000" in page
    assert "perlu dilengkapi" not in page
    assert client.post(url("progress_deliver", approved.pk, "2022-1"))["Location"] == url(
        "progress_detail", approved.pk
    )
    report = ProgressReport.objects.get()
    assert report.reported_by == drafter
    assert report.reported_as.startswith("Staf perangkat daerah")


def test_what_is_missing_stands_on_the_page_and_is_not_handed_in(client_of, drafter, approved):
    client = client_of(drafter)
    client.post(edit(approved), {"state": "halted", "output": "Berhenti.", "edit_version": "1"})
    client.post(url("progress_deliver", approved.pk, "2022-1"))
    assert ProgressReport.objects.get().reported_at is None
    page = page_text(client.get(url("progress_deliver", approved.pk, "2022-1")))
    assert "Ada 3 yang perlu dilengkapi" in page
    assert "Tulis masalah yang membuat inisiatif tertinggal atau terhenti." in page


def test_what_cannot_be_read_comes_back_as_it_was_typed(client_of, drafter, approved):
    client = client_of(drafter)
    sent = answers(approved, client, amount_apbd_regency="kira-kira", output="Sudah jalan.")
    response = client.post(edit(approved), sent)
    source = response.content.decode()
    assert 'value="kira-kira"' in source
    assert "Sudah jalan." in source
    assert "Tulis jumlah rupiah, misalnya 1.250.000" in page_text(response)
    assert not ProgressReport.objects.exists()


def test_autosave_says_what_was_understood(client_of, drafter, approved):
    packet = {"amount_apbd_regency": "1,25 miliar", "changed": ["amount_apbd_regency"], "tracked": "1",
              "edit_version": "1", "key": "satu"}  # fmt: skip
    answer = client_of(drafter).post(url("progress_autosave", approved.pk, "2022-1"), packet).json()
    assert (answer["state"], answer["unread"]) == ("saved", [])
    assert answer["echoes"] == {"id_amount_apbd_regency": "Rp1.250.000.000"}
    assert ProgressReport.objects.get().spent == 1_250_000_000


def test_the_record_is_read_and_put_back_by_the_agency(client_of, drafter, approved, agency_head):
    report = make_report(approved, agency_head)
    client = client_of(drafter)
    client.post(edit(approved), {"output": "Yang keliru.", "edit_version": report.edit_version})
    history = url("written_history", "progress", report.pk)
    assert "Yang keliru." in page_text(client.get(history, {"isian": "output"}))
    back = url("written_restore", "progress", report.pk, report.edit_version, "output")
    client.post(back, {"edit_version": report.edit_version + 1})
    report.refresh_from_db()
    assert report.output == TOLD


@pytest.mark.parametrize("quarter", ["2021-4", "2040-1", "2022-5", "x"])
def test_a_quarter_that_is_none_is_not_found(client_of, drafter, approved, quarter):
    assert client_of(drafter).get(edit(approved, quarter)).status_code == 404


def test_the_coordinator_is_told_for_whom_it_is(client_of, coordinator, approved):
    assert "Anda mengisi atas nama DINPAR" in page_text(client_of(coordinator).get(edit(approved)))


# Evidence ---------------------------------------------------------------------------------------------------------------


def test_files_come_in_and_go(client_of, drafter, approved, agency_head):
    make_report(approved, agency_head)
    client, page = client_of(drafter), url("progress_evidence_list", approved.pk, "2022-1")
    proof = SimpleUploadedFile("berita_acara.pdf", files.pdf(), "application/pdf")
    assert client.post(page, {"files": [proof]})["Location"] == page
    row = ProgressReport.objects.get().evidence.get()
    assert row.title == "Berita acara"
    assert client.post(url("progress_evidence_remove", row.pk))["Location"] == page
    assert client.get(url("progress_evidence_download", row.pk)).status_code == 404


def test_a_file_is_saved_and_never_opened(client_of, expert, approved, agency_head):
    report = make_report(approved, agency_head)
    row = monitoring.add_evidence(report, by=agency_head, name="a.pdf", data=files.pdf()).row
    with closing(client_of(expert).get(url("progress_evidence_download", row.pk))) as response:
        header = response.headers["Content-Disposition"]
    assert header.startswith("attachment")


def test_a_file_that_is_none_of_the_kinds_is_refused_by_name(client_of, drafter, approved, agency_head):
    make_report(approved, agency_head)
    fake = SimpleUploadedFile("virus.pdf", b"MZ\x90\x00", "application/pdf")
    page = url("progress_evidence_list", approved.pk, "2022-1")
    text = page_text(client_of(drafter).post(page, {"files": [fake]}))
    assert "virus.pdf" in text
    assert not ProgressReport.objects.get().evidence.exists()


# The calendar and the first page ----------------------------------------------------------------------------------------


def test_the_calendar_is_set_and_nonsense_is_sent_back(client_of, coordinator, plan):
    client, page = client_of(coordinator), url("progress_calendar")
    assert "Tulis jumlah hari dari 1 sampai 90" in page_text(client.post(page, {"first": "2023-1", "days": "0"}))
    assert "Tulis jumlah hari dengan angka" in page_text(client.post(page, {"first": "2023-1", "days": "dua"}))
    assert client.post(page, {"first": "2023-1", "days": "20"})["Location"] == url("progress_list")
    assert (calendar_of(plan).first, calendar_of(plan).days) == (Quarter(2023, 1), 20)


def test_the_first_page_of_an_agency_reminds_of_what_is_due(client_of, drafter, approved, agency_head):
    make_report(approved, agency_head, "2022-1", on=date(2022, 4, 10))
    with at("2022-10-05T03:00:00Z"):
        text = page_text(client_of(drafter).get(url("regency_home")))
    assert "Laporkan: Layanan terpadu" in text
    assert "Triwulan II 2022 Terlambat 82 hari, batasnya 15 Juli 2022. 1 triwulan berikutnya juga ditunggu." in text
    make_report(approved, agency_head, "2022-2")
    make_report(approved, agency_head, "2022-3")
    with at("2022-10-05T03:00:00Z"):
        assert "Laporan kemajuan" not in page_text(client_of(drafter).get(url("regency_home")))


def test_other_agencies_are_not_reminded(client_of, approved, other_agency):
    neighbour = make_person(approved.regency, Role.AGENCY_STAFF, other_agency)
    assert "Laporkan:" not in page_text(client_of(neighbour).get(url("regency_home")))
