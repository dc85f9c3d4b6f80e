"""The first page of a regency, for each role: what waits, in which order, and nothing that is not their business."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.actions import team
from agencies.models import Membership, Regency
from agencies.roles import Role
from masterplan.books import actions as books
from masterplan.discussion.actions import threads
from masterplan.editions import actions as editions
from masterplan.home.views.agency_states import AgencyStates, overview
from masterplan.models import BookFile, BookJob, Workshop
from masterplan.reference import QuickWinAspect
from masterplan.registry import FIELDS
from smartcity.common.jobs import claim, publish
from tests.factories import make_agency, make_initiative, make_person

WORKSHEET = {
    "quick_win": True,
    "worksheet": {
        "deliverable": "Loket nontunai",
        "due_date": "2022-11-30",
        "aspects": [{"aspect": aspect, "score": 4, "note": "Baik"} for aspect in QuickWinAspect.values],
    },
}


def home(regency):
    return reverse("regency_home", args=[regency.slug])


def read(client, regency):
    answer = client.get(home(regency))
    assert answer.status_code == 200
    return answer.content.decode()


def headings(text):
    """The headed groups of the main column with their counts."""
    main = text.split('class="aside"')[0]
    return re.findall(r'<h2 id="kelompok-\d+">([^<]+)</h2>(?:<span class="count">([^<]+)</span>)?', main)


def titles(text):
    return re.findall(r'<a class="task-title" href="[^"]*">([^<]+)</a>', text)


def target(text, title):
    return re.search(rf'<a class="task-title" href="([^"]*)">{re.escape(title)}</a>', text)[1]


# Who comes in -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("persona", ["drafter", "agency_head", "coordinator", "executive", "expert", "administrator"])
@pytest.mark.parametrize("planned", [True, False])
def test_every_role_has_a_first_page_also_before_there_is_a_plan(persona, planned, client_of, regency, request):
    user = request.getfixturevalue(persona)
    if planned:
        request.getfixturevalue("plan")

    text = read(client_of(user), regency)

    assert "Tugas Anda" in text
    prepares = persona in ("coordinator", "administrator")
    assert ("Isian dibuka sesudah koordinator di sekretariat" in text) is (not planned and not prepares)
    assert ("Langkah memulai" in text) is (not planned and prepares)
    assert text.count("btn-primary") <= 1


# An agency ----------------------------------------------------------------------------------------------------------


def test_an_agency_without_initiatives_is_told_how_to_begin(client_of, drafter, regency, plan):
    text = read(client_of(drafter), regency)

    assert "Dinas Pariwisata belum punya inisiatif." in text
    assert "Mulai dari satu, isi sedikit demi sedikit." in text
    assert reverse("initiative_create", args=[regency.slug]) in text


def test_an_agency_sees_what_to_mend_first_then_drafts_then_what_was_sent(
    client_of, drafter, agency_head, coordinator, regency, plan, agency, other_agency
):
    for status in ("approved", "draft", "returned", "in_review", "withdrawn", "submitted"):
        make_initiative(plan, status=status, agency=agency, by=agency_head, coordinator=coordinator, name=status)
    make_initiative(plan, agency=other_agency, status="submitted", name="Kiriman lain")

    text = read(client_of(drafter), regency)

    assert headings(text) == [
        ("Perlu diperbaiki", "1 inisiatif"),
        ("Lanjutkan mengisi", "1 inisiatif"),
        ("Sudah dikirim", "3 inisiatif, tidak ada yang perlu Anda lakukan"),
    ]
    assert titles(text)[:2] == ["Perbaiki: returned", "Lanjutkan: draft"]
    assert set(titles(text)[2:]) == {"Lihat: approved", "Lihat: in_review", "Lihat: submitted"}
    assert "Dinas Pariwisata punya 5 inisiatif. Satu di antaranya menunggu perbaikan dari Anda." in text


def test_a_returned_initiative_says_how_many_notes_are_open(
    client_of, drafter, agency_head, coordinator, regency, plan, agency
):
    row = make_initiative(plan, status="returned", agency=agency, by=agency_head, coordinator=coordinator)
    assert "Baca pesan pengembaliannya" in read(client_of(drafter), regency)
    for field in ("problem", "benefit_citizens"):
        threads.open_thread(row, field=field, body="Mohon dilengkapi.", by=coordinator)

    assert "<b>2 catatan</b> belum selesai" in read(client_of(drafter), regency)


def test_a_draft_says_how_far_it_is_and_leads_to_the_next_section(client_of, drafter, regency, plan, agency):
    row = make_initiative(
        plan, agency=agency, by=drafter, beneficiaries="a", benefit_citizens="b", benefit_business="c"
    )
    text = read(client_of(drafter), regency)

    assert "<b>1 dari 8 bagian</b> selesai. Berikutnya: Identitas dan masalah" in text
    assert target(text, f"Lanjutkan: {row.name}") == reverse(
        "initiative_edit", args=[regency.slug, row.pk, "identitas"]
    )


@pytest.mark.parametrize(
    ("persona", "title", "why"),
    [
        ("agency_head", "Kirim: Layanan terpadu", "Periksa, lalu kirim"),
        ("drafter", "Siap dikirim: Layanan terpadu", "Menunggu dikirim kepala"),
    ],
)
def test_a_finished_draft_waits_for_whoever_may_send_it(persona, title, why, client_of, regency, plan, agency, request):
    user = request.getfixturevalue(persona)
    row = make_initiative(plan, agency=agency, by=user, complete=True, **WORKSHEET)
    text = read(client_of(user), regency)

    assert f"<b>8 dari 8 bagian</b> selesai. {why}" in text
    assert target(text, title) == reverse("initiative_check", args=[regency.slug, row.pk])


def test_answers_that_the_page_does_not_read_decide_nothing():
    """It leaves supporters and partners out to stay quick; that holds while no section waits for them."""
    assert not FIELDS["supporting_agencies"].required
    assert not FIELDS["partners"].required


def test_a_long_list_is_cut_and_leads_on(client_of, drafter, regency, plan, agency):
    for number in range(11):
        make_initiative(plan, agency=agency, by=drafter, name=f"Inisiatif {number}")
    text = read(client_of(drafter), regency)

    assert len(titles(text)) == 10
    assert headings(text) == [("Lanjutkan mengisi", "11 inisiatif")]
    assert f'<a class="end" href="{reverse("initiative_list", args=[regency.slug])}">Lihat semua</a>' in text


# The whole regency --------------------------------------------------------------------------------------------------


def test_a_coordinator_sees_what_waits_and_who_is_silent(client_of, coordinator, agency_head, regency, plan, agency):
    make_agency(regency, "Dinas Sunyi", "DINSUNYI")
    first = make_initiative(plan, status="submitted", agency=agency, by=agency_head, name="Satu")
    make_initiative(plan, status="in_review", agency=agency, by=agency_head, coordinator=coordinator, name="Dua")
    make_initiative(plan, status="draft", agency=agency, by=agency_head, name="Belum")
    text = read(client_of(coordinator), regency)

    assert "1 inisiatif menunggu tinjauan Anda." in text
    assert [title for title, _ in headings(text)] == [
        "Menunggu tinjauan",
        "Sedang ditinjau",
        "Tautan menunggu keputusan",
    ]
    assert titles(text) == ["Tinjau: Satu", "Putuskan: Dua", "Putuskan usulan keselarasan"]
    assert "<b>2 tautan</b> pada 2 inisiatif" in text
    assert target(text, "Tinjau: Satu") == reverse("initiative_review", args=[regency.slug, first.pk])
    silent = text.split('id="judul-belum"')[1].split("</section>")[0]
    assert "DINSUNYI" in silent
    assert "DINPAR" not in silent


def test_a_coordinator_who_works_for_an_agency_finds_its_drafts_below(client_of, coordinator, regency, plan, agency):
    Membership.objects.create(user=coordinator, regency=regency, agency=agency, role=Role.AGENCY_STAFF)
    make_initiative(plan, agency=agency, name="Draf sendiri")

    assert titles(read(client_of(coordinator), regency)) == ["Lanjutkan: Draf sendiri"]


def test_an_expert_reads_what_was_sent_and_nothing_else(client_of, expert, coordinator, regency, plan, agency):
    make_initiative(plan, agency=agency, name="Rahasia draf")
    make_initiative(plan, agency=agency, status="withdrawn", name="Rahasia tarik")
    for status in ("submitted", "returned", "approved"):
        make_initiative(plan, status=status, agency=agency, coordinator=coordinator, name=status)
    text = read(client_of(expert), regency)

    assert "Rahasia" not in text
    assert set(titles(text)) == {"Baca: submitted", "Baca: returned", "Baca: approved"}
    assert "3 inisiatif sudah dikirim" in text


@pytest.fixture
def book(plan, agency, coordinator):
    """A finished Buku 2 of the newest edition."""
    make_initiative(plan, status="submitted", agency=agency)
    edition = editions.take_snapshot(plan, by=coordinator)
    requested = books.request_book(edition, book="buku-2", by=coordinator)
    job = claim(BookJob, requested.pk, lease_seconds=60)
    publish(job, file=BookFile.objects.create(sha256="a" * 64, stored="buku/a.pdf", size=3_200_000, pages=208))
    return job


@pytest.mark.parametrize("persona", ["expert", "executive"])
def test_the_newest_book_is_one_click_away(persona, client_of, book, regency, request):
    text = read(client_of(request.getfixturevalue(persona)), regency)

    assert target(text, "Unduh Buku 2 edisi 1") == reverse("book_download", args=[regency.slug, book.pk])
    assert "208 halaman, 3,1 MB" in text


def test_an_executive_adopts_what_was_reviewed(client_of, executive, coordinator, regency, plan, agency):
    make_initiative(plan, status="approved", agency=agency, coordinator=coordinator)
    edition = editions.take_snapshot(plan, by=coordinator, label="Untuk DPRD")
    assert [title for title, _ in headings(read(client_of(executive), regency))] == ["Edisi terakhir"]
    editions.change_edition(edition, name="review", by=coordinator)
    text = read(client_of(executive), regency)

    assert headings(text) == [("Menunggu penetapan", "1 edisi")]
    assert target(text, "Tetapkan: Edisi 1") == reverse("edition_detail", args=[regency.slug, 1])
    assert "1 dari 1 perangkat daerah sudah mengirim 1 inisiatif." in text


def test_an_administrator_sees_invitations_and_agencies_without_members(
    client_of, administrator, regency, plan, agency
):
    team.invite(regency, by=administrator, email="baru@contoh.test", role=Role.EXECUTIVE)
    text = read(client_of(administrator), regency)

    assert titles(text) == ["Ingatkan: baru@contoh.test", "Undang untuk DINPAR"]
    assert "1 undangan belum diterima, 1 perangkat daerah belum punya anggota." in text
    assert target(text, "Undang untuk DINPAR").endswith(f"?opd={agency.pk}&amp;peran=agency_staff")


# How far the regency is ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statuses", "kind"),
    [
        ([], "none"),
        (["draft", "withdrawn"], "none"),
        (["approved", "approved", "draft"], "approved"),
        (["approved", "submitted"], "submitted"),
        (["submitted"], "submitted"),
        (["submitted", "in_review"], "in_review"),
        (["returned"], "in_review"),
        (["approved", "returned"], "in_review"),
    ],
)
def test_a_unit_falls_into_one_segment(statuses, kind):
    assert AgencyStates("Dinas", "DIN", statuses).kind == kind


def test_units_and_dimensions_are_counted(regency, plan, agency, other_agency, coordinator):
    make_agency(regency, valid_to=timezone.localdate() - timedelta(days=1))
    make_initiative(plan, status="approved", agency=agency, coordinator=coordinator)
    make_initiative(plan, status="submitted", agency=agency, sub_dimension="tourism")
    make_initiative(plan, status="draft", agency=other_agency)

    found = overview(regency, plan)

    assert found.progress["total"] == 2
    assert found.progress["sent"] == 1
    assert [(row["kind"], row["start"], row["count"]) for row in found.progress["segments"]] == [
        ("approved", 0, 0),
        ("in_review", 0, 0),
        ("submitted", 0, 1),
        ("none", 1, 1),
    ]
    assert {row["code"]: row["count"] for row in found.dimensions if row["count"]} == {"GO": 1, "BR": 1}
    assert [unit.short_name for unit in found.silent] == ["DINKES"]


def test_another_regency_does_not_count(regency, plan, agency, outsider):
    elsewhere = Membership.objects.get(user=outsider).regency
    make_agency(elsewhere)

    assert overview(elsewhere, None).progress["total"] == 1
    assert overview(regency, plan).progress["total"] == 1


# The deadline -------------------------------------------------------------------------------------------------------


def workshop(regency, stage, deadline):
    Workshop.objects.create(regency=regency, stage=stage, title=f"Tahap {stage}", deadline=deadline)


def at(day, hour, zone):
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("days", "words"), [(9, "9 hari lagi"), (1, "besok"), (-1, "sudah lewat"), (-400, "sudah lewat")]
)
def test_the_deadline_is_told_in_days(days, words, client_of, drafter, regency, plan):
    workshop(regency, "II", timezone.now() + timedelta(days=days))

    assert f"<li><b>{words}</b></li>" in read(client_of(drafter), regency)


def test_the_next_deadline_is_told_in_the_time_of_the_place(client_of, drafter, regency, plan):
    Regency.objects.update(time_zone="Asia/Makassar")
    workshop(regency, "I", at(datetime(2021, 9, 7), 16, "Asia/Makassar"))
    workshop(regency, "III", at(datetime(2096, 10, 1), 16, "Asia/Makassar"))
    workshop(regency, "II", at(datetime(2095, 10, 1), 16, "Asia/Makassar"))
    text = read(client_of(drafter), regency)

    assert "Batas kirim <b>Sabtu, 1 Oktober 2095 pukul 16.00 WITA</b>" in text
    assert "Bimtek Tahap <b>II</b>" in text


def test_without_a_deadline_nothing_is_said(client_of, drafter, regency, plan):
    workshop(regency, "I", None)

    assert "Batas kirim" not in read(client_of(drafter), regency)


# What it costs ------------------------------------------------------------------------------------------------------


@pytest.fixture
def filled(regency, plan, agency, agency_head, coordinator, administrator):
    """Fills every list of every role with as many rows as asked."""

    def fill(count):
        for number in range(count):
            values = {"agency": agency, "by": agency_head, "coordinator": coordinator}
            make_initiative(plan, complete=True, **values, **WORKSHEET)
            for status in ("returned", "submitted", "in_review", "approved"):
                make_initiative(plan, status=status, **values)
            edition = editions.take_snapshot(plan, by=coordinator)
            editions.change_edition(edition, name="review", by=coordinator)
            make_person(regency, Role.AGENCY_STAFF, make_agency(regency))
            make_agency(regency)
            team.invite(regency, by=administrator, email=f"x{number}@contoh.test", role=Role.EXECUTIVE)

    return fill


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("persona", "queries"),
    [("drafter", 14), ("agency_head", 14), ("coordinator", 9), ("expert", 11), ("executive", 7), ("administrator", 7)],
)
def test_the_page_costs_the_same_however_long(
    persona, queries, count, client_of, filled, regency, request, django_assert_num_queries
):
    client = client_of(request.getfixturevalue(persona))
    filled(count)
    read(client, regency)

    with django_assert_num_queries(queries):
        text = read(client, regency)
    assert len(titles(text)) >= count


# Conversations handed to the person ---------------------------------------------------------------------------------


def test_notes_handed_to_the_person_come_first_the_most_urgent_on_top(
    client_of, plan, regency, agency, agency_head, coordinator, drafter
):
    today = timezone.localdate()
    initiative = make_initiative(plan, status="in_review", agency=agency, by=agency_head, coordinator=coordinator)
    for field, due in (("risk", None), ("problem", today + timedelta(days=9)), ("strategy", today - timedelta(days=1))):
        thread = threads.open_thread(initiative, field=field, body="?", by=coordinator)
        threads.assign(thread, to=drafter, due=due, by=coordinator)
    done = threads.open_thread(initiative, field="description", body="?", by=coordinator)
    threads.assign(done, to=drafter, by=coordinator)
    threads.resolve(done, by=coordinator)

    text = read(client_of(drafter), regency)
    assert headings(text)[0] == ("Catatan ditugaskan kepada Anda", "3 catatan")
    first, second, third = titles(text)[:3]
    assert (first, second) == ("Tanggapi: Strategi", "Tanggapi: Masalah yang dijawab")
    assert third.startswith("Tanggapi: ")
    assert "Terlambat" in text[: text.index("Tanggapi: Masalah")]
    strategy = initiative.threads.get(field="strategy")
    assert target(text, first) == reverse("thread_detail", args=[regency.slug, strategy.pk])
    assert "Catatan ditugaskan" not in read(client_of(agency_head), regency)


def test_a_coordinator_is_told_too_and_no_longer_once_the_initiative_is_out_of_sight(
    client_of, plan, regency, agency, agency_head, coordinator, expert
):
    initiative = make_initiative(plan, status="in_review", agency=agency, by=agency_head, coordinator=coordinator)
    thread = threads.open_thread(initiative, field="risk", body="?", by=agency_head)
    threads.assign(thread, to=coordinator, by=agency_head)

    assert ("Catatan ditugaskan kepada Anda", "1 catatan") in headings(read(client_of(coordinator), regency))
    plan.is_current = False
    plan.save()
    assert "Catatan ditugaskan" not in read(client_of(coordinator), regency)
