"""The desk of all regencies: whose rows, which states, what narrows them, and that figures equal a fresh count."""

from io import BytesIO

import openpyxl
import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from agencies.access import load_user, ministry_member
from agencies.actions import grants, rounds
from agencies.actions.grants import Scope
from agencies.regions import regions
from agencies.roles import Role
from masterplan import tasks
from masterplan.models import DeskView, PlanFigures
from masterplan.national.actions.desk_views import MOST_VIEWS
from masterplan.national.desk import ORDERS, DeskFilter, load_desk
from masterplan.national.tiles import tile_letters
from masterplan.reasoning import plan_figures
from masterplan.reference_ministry import PlanState
from tests.factories import (
    make_agency,
    make_initiative,
    make_master_plan,
    make_member,
    make_regency,
)

SEMARANG, MAGELANG, KENDAL = "33.22", "33.08", "33.24"


@pytest.fixture
def manager(db):
    return make_member().user


@pytest.fixture
def three(manager):
    """A round of Semarang (at work), Magelang (preparing) and Kendal (not begun)."""
    semarang = make_regency("Semarang", "kabupaten-semarang", code=SEMARANG)
    make_regency("Magelang", "kabupaten-magelang", code=MAGELANG)
    made = rounds.save_round(None, by=manager, name="Putaran uji", year=2026, deadlines={})
    rounds.take_in(made, by=manager, codes=[SEMARANG, MAGELANG, KENDAL], cluster="Jawa Tengah")
    return make_master_plan(semarang)


@pytest.fixture
def reader(manager, three):
    """An expert of the round."""
    member = make_member(Role.EXPERT)
    grants.assign(member, scope=Scope(round=member_round()), by=manager, is_lead=True)
    return member.user


def member_round():
    from agencies.models import ProgrammeRound

    return ProgrammeRound.objects.get()


def desk(user, query=""):
    return load_desk(ministry_member(load_user(user.pk)), DeskFilter.read(QueryDict(query)))


def states(user):
    return {row.region.code: row.state for row in desk(user).rows}


def test_an_expert_sees_their_round_and_a_manager_all_514(reader, manager, db):
    assert states(reader) == {
        SEMARANG: PlanState.DRAFTING,
        MAGELANG: PlanState.PREPARING,
        KENDAL: PlanState.NOT_OPENED,
    }
    assert len(desk(manager).rows) == len(regions()) == 514
    assert desk(make_member(Role.EXPERT).user).rows == []


def test_states_follow_what_was_done(reader, three):
    plan, agency = three, make_agency(three.regency)
    found = []
    for step in ("draft", "submitted", "in_review"):
        make_initiative(plan, agency=agency, status=step)
        plan_figures.refresh(plan)
        found.append(states(reader)[SEMARANG])
    assert found == [PlanState.DRAFTING, PlanState.SENT, PlanState.REVIEWED]
    PlanFigures.objects.update(adopted_at=timezone.now())
    assert states(reader)[SEMARANG] == PlanState.ADOPTED
    PlanFigures.objects.update(reports=1)
    assert states(reader)[SEMARANG] == PlanState.MONITORED


def test_stored_figures_equal_a_fresh_count_and_the_night_mends_them(three):
    make_initiative(three, agency=make_agency(three.regency), status="approved")
    figures = plan_figures.refresh(three)
    fresh = plan_figures.count(three)
    assert {name: getattr(figures, name) for name in fresh} == fresh
    assert (figures.initiatives, figures.sent, figures.approved, figures.agencies_sent) == (1, 1, 1, 1)
    assert plan_figures.refresh_all() == []
    PlanFigures.objects.update(sent=99, budget=1)
    assert plan_figures.refresh_all() == [three.pk]
    figures.refresh_from_db()
    assert figures.sent == 1


def test_one_count_serves_for_many_changes(three, django_assert_num_queries):
    tasks.refresh_plan_figures(three.pk, timezone.now().timestamp())
    counted = PlanFigures.objects.get().counted_at
    tasks.refresh_plan_figures(three.pk, counted.timestamp() - 1)
    assert PlanFigures.objects.get().counted_at == counted
    tasks.refresh_plan_figures(three.pk, timezone.now().timestamp())
    assert PlanFigures.objects.get().counted_at > counted
    tasks.refresh_plan_figures(10**9, 0.0)


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("q=kendal", [KENDAL]),
        ("q=33.08", [MAGELANG]),
        ("q=jawa+tengah", [MAGELANG, SEMARANG, KENDAL]),
        ("keadaan=belum-dibuka", [KENDAL]),
        ("keadaan=menyusun&urut=keadaan", [SEMARANG]),
        ("urut=keadaan", [SEMARANG, MAGELANG, KENDAL]),
        ("urut=terlambat", [KENDAL, MAGELANG, SEMARANG]),
        ("provinsi=33", [MAGELANG, SEMARANG, KENDAL]),
        ("provinsi=11", []),
        ("milik=utama", [MAGELANG, SEMARANG, KENDAL]),
        ("klaster=999999", []),
        ("putaran=x&klaster=-1&keadaan=raja&urut=acak&milik=semua&q=", [MAGELANG, SEMARANG, KENDAL]),
    ],
)
def test_the_desk_is_narrowed_and_in_order(query, codes, reader):
    assert [row.region.code for row in desk(reader, query).found] == codes


def test_those_that_have_begun_come_first_among_all(manager, three):
    assert {row.region.code for row in desk(manager, "").found[:2]} == {SEMARANG, MAGELANG}


def test_every_order_holds_for_rows_without_figures(manager, three):
    for order in ORDERS:
        assert len(desk(manager, f"urut={order}").found) == 514


def test_the_desk_asks_as_little_for_514_as_for_one(client_of, manager, reader, three, django_assert_max_num_queries):
    for person in (reader, manager):
        client = client_of(person)
        client.get("/panduan/")
        for page in ("national_desk", "national_map", "national_export"):
            with django_assert_max_num_queries(12):
                assert client.get(reverse(page)).status_code == 200


def test_the_pages_name_every_region_with_its_state(client_of, manager, reader, three):
    browser = client_of(reader)
    listed, drawn = browser.get(reverse("national_desk")), browser.get(reverse("national_map"))
    for text in (listed.content.decode(), drawn.content.decode()):
        assert "Kabupaten Kendal" in text
        assert reverse("regency_home", args=["kabupaten-semarang"]) in text
        assert "Belum dibuka" in text
    everything = client_of(manager).get(reverse("national_map")).content.decode()
    assert everything.count('title="') == 514


def test_the_excel_file_holds_the_rows_of_the_page(client_of, reader, three):
    plan_figures.refresh(three)
    answer = client_of(reader).get(reverse("national_export") + "?urut=keadaan")
    book = openpyxl.load_workbook(BytesIO(answer.content))
    rows = [[cell.value for cell in row] for row in book.worksheets[-1].iter_rows()]
    heads = next(row for row in rows if "Kode" in row)
    found = [dict(zip(heads, row, strict=True)) for row in rows[rows.index(heads) + 1 :] if row[0]]
    assert [row["Kode"] for row in found] == [SEMARANG, MAGELANG, KENDAL]
    assert [row["Keadaan"] for row in found] == ["Menyusun", "Menyiapkan", "Belum dibuka"]
    assert found[0]["Inisiatif"] == 0
    assert found[2]["Inisiatif"] is None


def test_a_view_is_kept_under_a_name_and_opened_again(client_of, reader):
    browser = client_of(reader)
    browser.post(
        reverse("national_view_keep"), {"nama": "Belum mulai", "saringan": "keadaan=belum-dibuka&jahat=%3Cscript"}
    )
    view = DeskView.objects.get()
    assert view.query == "keadaan=belum-dibuka"
    page = browser.get(reverse("national_desk") + f"?{view.query}").content.decode()
    assert "Belum mulai" in page
    for sent, sentence in (
        ({"nama": "", "saringan": "keadaan=dikirim"}, "Tulis nama tampilan"),
        ({"nama": "Semua", "saringan": ""}, "Pilih saringan"),
    ):
        answer = browser.post(reverse("national_view_keep"), sent, follow=True)
        assert sentence in answer.content.decode()
    DeskView.objects.bulk_create(DeskView(user=reader, name=f"T{n}", query="q=a") for n in range(MOST_VIEWS - 1))
    answer = browser.post(reverse("national_view_keep"), {"nama": "Satu lagi", "saringan": "q=b"}, follow=True)
    assert f"Paling banyak {MOST_VIEWS}" in answer.content.decode()
    assert DeskView.objects.count() == MOST_VIEWS


def test_no_two_tiles_of_a_province_bear_the_same_letters():
    letters = tile_letters()
    assert len(letters) == 514
    assert len({(code[:2], shown) for code, shown in letters.items()}) == 514
    assert {len(shown) for shown in letters.values()} == {3}
    assert letters[SEMARANG] == "SEM"
