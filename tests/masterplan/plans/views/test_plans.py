"""The pages of development plans: all of them, one as a tree, two periods side by side."""

import re

import pytest
from django.urls import reverse

from masterplan.alignment.actions import links
from masterplan.models import DevelopmentPlan
from masterplan.reference import Level, PlanKind
from tests.factories import make_agency, make_element, make_indicator, make_initiative, make_program, make_rpjmd
from tests.masterplan.page_text import text_of

EVERYBODY = ["drafter", "agency_head", "coordinator", "executive", "expert", "administrator"]
# Session, person, membership with its regency; then what the page itself asks.
LIST_QUERIES, TREE_QUERIES, COMPARE_QUERIES = 5, 9, 8


@pytest.fixture
def rpjmd(plan) -> DevelopmentPlan:
    return plan.development_plan


@pytest.fixture
def program(rpjmd, agency):
    """A program with an indicator and money, below mission, goal and objective."""
    program = make_program(rpjmd, agency, code="2.11.11", text="Program Pengelolaan Persampahan")
    make_indicator(program, "Sampah terkelola")
    program.ceilings.create(year=2022, amount=1_500_000_000)
    program.ceilings.create(year=2023, amount=250_000_000)
    return program


def make_renstra(regency, agency) -> DevelopmentPlan:
    return DevelopmentPlan.objects.create(
        regency=regency, kind=PlanKind.RENSTRA, agency=agency, title="Renstra uji", start_year=2021, end_year=2026
    )


def listing(regency, query=""):
    return reverse("development_plan_list", args=[regency.slug]) + query


def tree(plan, query=""):
    return reverse("development_plan_detail", args=[plan.regency.slug, plan.pk]) + query


def comparison(regency, query=""):
    return reverse("development_plan_compare", args=[regency.slug]) + query


def opened(text):
    """The anchors of the branches that stand open."""
    return re.findall(r'<li id="(el-\d+)"><details open', text)


def shown(text):
    return set(re.findall(r'id="(el-\d+)"', text))


def anchors(*elements):
    return {f"el-{element.pk}" for element in elements}


# Who may come in -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", EVERYBODY)
def test_everybody_of_the_regency_reads(request, client_of, person, regency, rpjmd, program):
    client = client_of(request.getfixturevalue(person))

    for url in (listing(regency), tree(rpjmd), comparison(regency)):
        assert client.get(url).status_code == 200


def test_outsiders_and_suspended_find_nothing(client_of, outsider, suspended, regency, rpjmd):
    for person in (outsider, suspended):
        for url in (listing(regency), tree(rpjmd), comparison(regency)):
            assert client_of(person).get(url).status_code == 404


def test_a_plan_of_another_regency_is_not_found(client_of, coordinator, regency, outsider):
    foreign = make_rpjmd(outsider.memberships.get().regency)

    assert (
        client_of(coordinator).get(reverse("development_plan_detail", args=[regency.slug, foreign.pk])).status_code
        == 404
    )
    assert client_of(coordinator).get(comparison(regency, f"?lama={foreign.pk}")).status_code == 404


def test_only_the_coordinator_is_offered_to_edit(client_of, coordinator, expert, rpjmd, program):
    edit = reverse("plan_element_edit", args=[rpjmd.regency.slug, program.pk])

    assert edit in text_of(client_of(coordinator).get(tree(rpjmd)))
    assert edit not in text_of(client_of(expert).get(tree(rpjmd)))


# The list ------------------------------------------------------------------------------------------------------------


def test_the_list_counts_and_names_agencies_without_a_plan(
    client_of, expert, regency, rpjmd, program, agency, other_agency
):
    renstra = make_renstra(regency, agency)
    make_element(renstra, Level.PROGRAM, carries_out=program)
    make_element(renstra, Level.PROGRAM)

    text = text_of(client_of(expert).get(listing(regency)))

    assert "<b>1</b>dari 2 perangkat daerah sudah ada Renstra" in text
    assert "1 dari 2</td>" in text
    assert text.count("Belum ada Renstra</span>") == 1
    assert "Acuan rencana induk yang sedang disusun" in text


def test_the_list_is_narrowed(client_of, expert, regency, agency, other_agency):
    make_renstra(regency, agency)
    client = client_of(expert)

    without = client.get(listing(regency, "?tampil=belum"))
    searched = client.get(listing(regency, "?cari=kesehatan"))

    assert [row["agency"] for row in without.context["rows"]] == [other_agency]
    assert [row["agency"] for row in searched.context["rows"]] == [other_agency]
    assert [pill["count"] for pill in searched.context["pills"]] == [1, 0, 1]
    assert "Tidak ada yang cocok." in text_of(client.get(listing(regency, "?cari=zzz")))


def test_an_agency_that_has_ended_shows_only_with_a_plan(client_of, expert, regency):
    gone = make_agency(regency, "Badan Lama", valid_to="2020-12-31")
    kept = make_agency(regency, "Badan Lain", valid_to="2020-12-31")
    make_renstra(regency, kept)

    rows = client_of(expert).get(listing(regency)).context["rows"]

    assert [(row["agency"], row["ended"]) for row in rows] == [(kept, True)]
    assert gone not in [row["agency"] for row in rows]


def test_a_regency_without_plans_is_told_what_is_missing(client_of, expert, regency):
    assert "Belum ada RPJMD." in text_of(client_of(expert).get(listing(regency)))


# The tree ------------------------------------------------------------------------------------------------------------


def test_the_tree_shows_indicators_targets_and_money(client_of, expert, rpjmd, program):
    text = text_of(client_of(expert).get(tree(rpjmd)))

    assert shown(text) == anchors(*rpjmd.elements.all())
    assert '<td class="num" data-label="Awal">40</td>' in text
    assert '<td class="num" data-label="2022">55</td>' in text
    assert '<td class="num" data-label="2022">1.500</td><td class="num" data-label="2023">250</td>' in text
    assert opened(text) == []


def test_a_large_tree_comes_branch_by_branch(client_of, expert, rpjmd, program, monkeypatch):
    monkeypatch.setattr("masterplan.plans.views.tree.WHOLE_AT_ONCE", 2)
    mission, other = program.parent.parent.parent, make_element(rpjmd, Level.MISSION)
    make_element(rpjmd, Level.GOAL, other, text="Tujuan lain")
    client = client_of(expert)

    folded, branch = (client.get(tree(rpjmd, query)) for query in ("", f"?cabang={mission.pk}"))

    assert shown(text_of(folded)) == anchors(mission, other)
    assert f'href="?cabang={mission.pk}#el-{mission.pk}"' in text_of(folded)
    assert shown(text_of(branch)) == anchors(mission, program.parent.parent, program.parent, program, other)
    assert f'<summary id="buka-{mission.pk}">' in text_of(branch)
    for query in ("?buka=semua", "?cari=sampah", f"?misi={mission.pk}"):
        assert anchors(program) <= shown(text_of(client.get(tree(rpjmd, query))))
    assert folded.context["tree"].programs == 1


def test_missions_are_summed(client_of, expert, rpjmd, program):
    second = make_program(rpjmd)
    second.ceilings.create(year=2022, amount=500_000_000)

    shown_tree = client_of(expert).get(tree(rpjmd)).context["tree"]

    assert [(row.programs, row.total) for row in shown_tree.totals] == [(1, 1_750_000_000), (1, 500_000_000)]
    assert shown_tree.year_totals[1] == ("2022", 2_000_000_000)
    assert shown_tree.grand_total == 2_250_000_000


def test_a_program_outside_any_mission_has_a_row_of_its_own(client_of, expert, rpjmd, program):
    make_element(rpjmd, Level.PROGRAM).ceilings.create(year=2022, amount=3_000_000)

    totals = client_of(expert).get(tree(rpjmd)).context["tree"].totals

    assert [(bool(row.element), row.total) for row in totals] == [(True, 1_750_000_000), (False, 3_000_000)]


def test_a_search_opens_the_branches_and_marks_the_words(client_of, expert, rpjmd, program):
    elsewhere = make_program(rpjmd, text="Program Pariwisata")

    text = text_of(client_of(expert).get(tree(rpjmd, "?cari=SAMPAH+persampahan")))

    above = [program.parent.parent.parent, program.parent.parent, program.parent]
    assert "<mark>Persampahan</mark>" in text
    assert "<mark>Sampah</mark>terkelola" in text
    assert opened(text) == [f"el-{element.pk}" for element in [*above, program]]
    assert not shown(text) & anchors(elsewhere, elsewhere.parent)
    assert "<b>1</b>dari 8 unsur cocok" in text


def test_what_stands_below_a_match_stays_but_closed(client_of, expert, rpjmd, program):
    objective = program.parent
    objective.text = "Kota bersih"
    objective.save()

    text = text_of(client_of(expert).get(tree(rpjmd, "?cari=bersih")))

    assert anchors(program) <= shown(text)
    assert opened(text) == [f"el-{objective.parent.parent_id}", f"el-{objective.parent_id}"]


def test_a_search_is_escaped(client_of, expert, rpjmd, program):
    program.text = "Program <b>Sampah</b>"
    program.save()

    text = text_of(client_of(expert).get(tree(rpjmd, "?cari=%3Cb%3E")))

    assert "Program<mark>&lt;b&gt;</mark>Sampah&lt;/b&gt;" in text


@pytest.mark.parametrize("query", ["jenjang=program", "opd={agency}", "misi={mission}", "cari=2.11.11"])
def test_each_filter_keeps_the_way_to_what_it_finds(client_of, expert, rpjmd, program, agency, other_agency, query):
    elsewhere = make_program(rpjmd, other_agency, text="Program Kesehatan")
    mission = program.parent.parent.parent
    query = "?" + query.format(agency=agency.pk, mission=mission.pk)

    text = text_of(client_of(expert).get(tree(rpjmd, query)))

    assert anchors(program, program.parent, mission) <= shown(text)
    assert (anchors(elsewhere) <= shown(text)) is ("jenjang" in query)


def test_unknown_filters_narrow_nothing(client_of, expert, rpjmd, program):
    text = text_of(client_of(expert).get(tree(rpjmd, "?jenjang=x&opd=-1&misi=%00&cabang=9999999999999999999")))

    assert shown(text) == anchors(*rpjmd.elements.all())


def test_nothing_found_says_so_and_keeps_the_sums(client_of, expert, rpjmd, program):
    response = client_of(expert).get(tree(rpjmd, "?cari=zzz"))

    assert "Tidak ada yang cocok." in response.content.decode()
    assert response.context["tree"].grand_total == 1_750_000_000


def test_all_branches_open_without_script(client_of, expert, rpjmd, program):
    text = text_of(client_of(expert).get(tree(rpjmd, "?buka=semua")))

    assert set(opened(text)) == anchors(*rpjmd.elements.all())
    assert "Tutup semua" in text


def test_a_branch_named_in_the_address_is_open(client_of, expert, rpjmd, program):
    make_program(rpjmd)

    text = text_of(client_of(expert).get(tree(rpjmd, f"?cabang={program.pk}")))

    above = [program.parent.parent.parent, program.parent.parent, program.parent, program]
    assert opened(text) == [f"el-{element.pk}" for element in above]


def test_children_stand_by_level_and_code(client_of, expert, rpjmd, program):
    objective = program.parent
    later = make_element(rpjmd, Level.PROGRAM, objective, code="2.9.1")
    strategy = make_element(rpjmd, Level.STRATEGY, objective, code="9.9.9.9")

    text = text_of(client_of(expert).get(tree(rpjmd)))

    places = [text.index(f'id="el-{element.pk}"') for element in (strategy, later, program)]
    assert places == sorted(places)


def test_invented_nodes_say_so_once(client_of, expert, rpjmd, program):
    rpjmd.elements.exclude(level=Level.MISSION).update(is_sample=True)

    text = text_of(client_of(expert).get(tree(rpjmd)))

    assert text.count(">contoh</span>") == 1


def test_a_renstra_names_the_program_it_carries_out(client_of, expert, regency, agency, rpjmd, program):
    renstra = make_renstra(regency, agency)
    planned = make_element(renstra, Level.PROGRAM, carries_out=program)
    planned.ceilings.create(year=2022, amount=1_000_000)

    text = text_of(client_of(expert).get(tree(renstra)))

    assert f"{tree(rpjmd)}?cabang={program.pk}#el-{program.pk}" in text
    assert "Semua program" in text


def test_initiatives_are_counted_as_far_as_one_may_know_of_them(client_of, expert, coordinator, plan, rpjmd, program):
    sent = make_initiative(plan, status="in_review", coordinator=coordinator)
    draft = make_initiative(plan)
    withdrawn = make_initiative(plan, status="withdrawn")
    refused = make_initiative(plan, status="in_review", coordinator=coordinator)
    for initiative in (draft, withdrawn):
        initiative.links.create(element=program, proposed_by=coordinator)
    links.decide(refused.links.get(), accept=False, by=coordinator, reason="Bukan program ini.")

    seen = {person: client_of(person).get(tree(rpjmd)).context["tree"] for person in (expert, coordinator)}

    assert sent.links.get().element == program
    assert seen[expert].initiatives == 1
    assert seen[coordinator].initiatives == 2
    assert seen[coordinator].totals[0].initiatives == 2


def test_a_regency_without_a_master_plan_still_reads_its_rpjmd(client_of, expert, regency):
    alone = make_rpjmd(regency)
    make_program(alone)

    assert client_of(expert).get(tree(alone)).context["tree"].initiatives == 0


def test_the_predecessor_of_a_renstra_is_chosen_on_its_page(client_of, coordinator, expert, regency, agency):
    old = make_renstra(regency, agency)
    new = DevelopmentPlan.objects.create(
        regency=regency, kind=PlanKind.RENSTRA, agency=agency, title="Renstra baru", start_year=2027, end_year=2031
    )
    choice = reverse("development_plan_predecessor", args=[regency.slug, new.pk])
    client = client_of(coordinator)
    assert f'href="{choice}"' in client.get(tree(new)).content.decode()

    form = client.get(choice).context["form"]
    assert form.fields["predecessor"].choices == [("", "Tidak ada"), (agency.name, [(str(old.pk), old.title)])]
    response = client.post(choice, {"predecessor": old.pk}, follow=True)

    page = response.content.decode()
    assert f'<a href="{tree(old)}">{old.title}</a>' in page and "ganti" in page
    wrong = client.post(choice, {"predecessor": new.pk})
    assert wrong.context["form"].error_links
    text = client_of(expert).get(tree(new)).content.decode()
    assert old.title in text and choice not in text


def test_an_empty_plan_says_so(client_of, expert, rpjmd):
    assert "Dokumen ini belum punya isi." in text_of(client_of(expert).get(tree(rpjmd)))


# Two periods ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def successor(regency, rpjmd) -> DevelopmentPlan:
    return make_rpjmd(regency, 2027, 2031, predecessor=rpjmd)


def changes(response):
    return [
        (pair.old and pair.old.element.text, pair.new and pair.new.element.text, pair.change)
        for pair in response.context["pairs"]
    ]


def test_programs_meet_by_what_they_replace_then_by_code(client_of, expert, regency, rpjmd, successor, agency):
    renamed = make_program(rpjmd, agency, code="1.01", text="Lama")
    make_program(rpjmd, agency, code="1.02", text="Sama")
    make_program(rpjmd, agency, code="1.03", text="Berhenti")
    make_program(successor, agency, code="1.09", text="Nama baru", replaces=renamed)
    make_program(successor, agency, code="1.02", text="Sama")
    make_program(successor, agency, code="1.01", text="Kode lama, program lain")

    response = client_of(expert).get(comparison(regency))

    assert changes(response) == [
        (None, "Kode lama, program lain", "baru"),
        ("Sama", "Sama", "tetap"),
        ("Berhenti", None, "hilang"),
        ("Lama", "Nama baru", "berubah"),
    ]
    text = text_of(response)
    assert "<del>Lama</del><ins>Nama baru</ins>" in text
    assert text.count("Tidak dilanjutkan</span>") == 1


def test_indicators_and_money_stand_in_both_columns(client_of, expert, regency, program, successor, agency):
    after = make_program(successor, agency, code=program.code, text=program.text)
    make_indicator(after, "Bank sampah aktif")

    text = text_of(client_of(expert).get(comparison(regency)))

    assert "Sampah terkelola: 40 menjadi 90 persen<b>(tidak dilanjutkan)</b>" in text
    assert "Bank sampah aktif: 40 menjadi 90 persen<b>(baru)</b>" in text
    assert "Pagu 1.750 juta rupiah" in text


def test_many_programs_stand_on_several_pages(client_of, expert, regency, rpjmd, successor, monkeypatch):
    monkeypatch.setattr("masterplan.plans.views.plans.PAIRS_PER_PAGE", 2)
    for _ in range(3):
        make_program(successor)

    response = client_of(expert).get(comparison(regency, "?tampil=baru&page=2"))

    assert len(response.context["pairs"]) == 1
    assert response.context["page"].paginator.count == 3
    assert f"?lama={rpjmd.pk}&amp;baru={successor.pk}&amp;tampil=baru&amp;page=1" in text_of(response)


def test_one_state_alone_can_be_shown(client_of, expert, regency, program, successor):
    make_program(successor, text="Program baru")

    response = client_of(expert).get(comparison(regency, "?tampil=baru"))

    assert [pair.change for pair in response.context["pairs"]] == ["baru"]
    assert [pill["count"] for pill in response.context["pills"]] == [2, 1, 0, 0, 1]


def test_periods_are_chosen_in_the_address(client_of, expert, regency, rpjmd, successor):
    client = client_of(expert)

    turned = client.get(comparison(regency, f"?lama={successor.pk}&baru={rpjmd.pk}"))
    same = client.get(comparison(regency, f"?lama={rpjmd.pk}&baru={rpjmd.pk}"))

    assert (turned.context["old"], turned.context["new"]) == (successor, rpjmd)
    assert "Pilih dua periode yang berbeda." in same.content.decode()


@pytest.mark.parametrize("value", ["0", "x", "-1", "99999999999999999999", "1 "])
def test_a_period_that_does_not_exist_is_not_found(client_of, expert, regency, rpjmd, successor, value):
    assert client_of(expert).get(comparison(regency, f"?baru={value}")).status_code == 404


def test_one_period_alone_is_not_compared(client_of, expert, regency, rpjmd):
    assert "Baru ada satu periode RPJMD." in text_of(client_of(expert).get(comparison(regency)))


# Queries -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_one_as_for_three(
    client_of, executive, regency, plan, count, django_assert_num_queries
):
    for n in range(count):
        make_renstra(regency, make_agency(regency))
        make_rpjmd(regency, 2030 + 5 * n, 2034 + 5 * n)
    client = client_of(executive)
    client.get(listing(regency))  # the first page of a session also notes when it began

    with django_assert_num_queries(LIST_QUERIES):
        client.get(listing(regency))


@pytest.mark.parametrize("count", [1, 3])
def test_the_tree_asks_as_much_for_one_as_for_three(
    client_of, coordinator, plan, rpjmd, agency, count, django_assert_num_queries
):
    for n in range(count):
        program = make_program(rpjmd, agency)
        program.ceilings.create(year=2022, amount=n)
        for name in ("Satu", "Dua"):
            indicator = make_indicator(program, name)
            indicator.agency = agency
            indicator.save()
        make_initiative(plan).links.create(element=program, proposed_by=coordinator)
    client = client_of(coordinator)
    client.get(tree(rpjmd, "?buka=semua"))  # the first page of a session also notes when it began

    with django_assert_num_queries(TREE_QUERIES):
        client.get(tree(rpjmd, "?buka=semua"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_comparison_asks_as_much_for_one_as_for_three(
    client_of, executive, regency, rpjmd, successor, agency, count, django_assert_num_queries
):
    for _ in range(count):
        for period in (rpjmd, successor):
            make_indicator(make_program(period, agency))
    client = client_of(executive)
    client.get(comparison(regency))  # the first page of a session also notes when it began

    with django_assert_num_queries(COMPARE_QUERIES):
        client.get(comparison(regency))
