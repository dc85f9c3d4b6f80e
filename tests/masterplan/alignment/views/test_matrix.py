"""The matrix of programs and initiatives, its lists of gaps, and doing without a program."""

import pytest
from django.urls import reverse

from masterplan.alignment.actions import links
from masterplan.models import DevelopmentPlan
from masterplan.reference import PlanKind
from tests.factories import make_initiative, make_program


@pytest.fixture
def linked(plan, agency, agency_head, coordinator):
    """An initiative in review with one proposed program."""
    make_program(plan.development_plan, agency, code="3.26.02", text="Program Daya Tarik Wisata")
    return make_initiative(plan, status="in_review", agency=agency, by=agency_head, coordinator=coordinator)


@pytest.fixture
def idle(plan, other_agency):
    """A program nobody carries out."""
    return make_program(plan.development_plan, other_agency, code="1.02.02", text="Program Upaya Kesehatan")


def matrix(regency, query=""):
    return reverse("alignment_matrix", args=[regency.slug]) + query


def waive(initiative):
    return reverse("alignment_waive", args=[initiative.regency.slug, initiative.pk])


def test_the_matrix_shows_programs_and_initiatives(client_of, coordinator, regency, linked, idle):
    text = client_of(coordinator).get(matrix(regency)).content.decode()

    link = linked.links.get()
    assert "Keselarasan dengan RPJMD 2021–2026" in text
    assert f'aria-label="{linked.code} dan 3.26.02: diusulkan"' in text
    assert reverse("link_decide", args=[regency.slug, link.pk]) in text
    assert idle.text in text
    assert text.count('class="total-zero"') == 1


def test_the_views_and_what_waits_stand_at_the_top(client_of, coordinator, regency, plan, linked, idle):
    make_initiative(plan, name="Tanpa program")

    response = client_of(coordinator).get(matrix(regency))

    assert [pill["count"] for pill in response.context["pills"]][:3] == [None, None, 1]
    text = response.content.decode()
    for words in (
        "<b>1</b> menunggu keputusan",
        "<b>1</b> program tanpa inisiatif",
        "<b>1</b> inisiatif tanpa program",
    ):
        assert words in text


def test_what_waits_is_a_list(client_of, coordinator, expert, regency, linked, idle):
    text = client_of(coordinator).get(matrix(regency, "?tampil=menunggu")).content.decode()

    assert f"Putuskan: {linked.code} {linked.name}" in text
    assert "3.26.02 Program Daya Tarik Wisata" in text
    assert 'value="tolak"' in text
    seen = client_of(expert).get(matrix(regency, "?tampil=menunggu")).content.decode()
    assert linked.name in seen
    assert "Putuskan:" not in seen
    assert 'value="tolak"' not in seen


def test_objectives_stand_against_all_dimensions(client_of, coordinator, regency, linked, idle):
    response = client_of(coordinator).get(matrix(regency, "?tampil=sasaran"))

    rows = {row.objective: row for block in response.context["blocks"] for row in block.rows}
    served, empty = (rows[program.objective] for program in response.context["coverage"].programs)
    assert [(share.code, share.count) for share in served.shares if share.count] == [("GO", 1)]
    assert len(empty.shares) == 6
    assert empty.total == 0
    link = f"?sasaran={served.objective.pk}&amp;dimensi=GO"
    assert link in response.content.decode()
    there = client_of(coordinator).get(matrix(regency, link.replace("&amp;", "&"))).context["matrix"]
    assert [row.program.code for block in there.blocks for row in block.rows] == ["3.26.02"]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("q=wisata", ["3.26.02"]),
        ("q=kesehatan upaya", ["1.02.02"]),
        ("q=tidak ada", []),
        ("dimensi=GO", ["3.26.02"]),
        ("keadaan=diusulkan", ["3.26.02"]),
        ("keadaan=diterima", []),
        ("cek=program_without_initiative", ["1.02.02"]),
        ("cek=mission_without_initiative", ["1.02.02"]),
        ("cek=initiative_without_program", []),
        ("misi=x&dimensi=ZZ&tampil=lain&cek=lain&keadaan=lain&opd=0&sasaran=999999999", ["3.26.02", "1.02.02"]),
    ],
)
def test_filters_narrow(query, codes, client_of, coordinator, regency, linked, idle):
    response = client_of(coordinator).get(matrix(regency, f"?{query}"))

    shown = [row.program.code for block in response.context["matrix"].blocks for row in block.rows]
    assert sorted(shown) == sorted(codes)
    assert bool(shown) == ("Tidak ada yang cocok" not in response.content.decode())


def test_an_agency_sees_what_it_leads_on_either_side(client_of, coordinator, regency, plan, linked, idle, agency):
    helped = make_initiative(plan, agency=idle.agency, name="Rumah sakit ramah wisata")
    links.propose(helped, element=linked.links.get().element, by=coordinator)

    found = client_of(coordinator).get(matrix(regency, f"?opd={idle.agency_id}")).context["matrix"]

    rows = {row.program.code: [cell.initiative.pk for cell in row.ties] for block in found.blocks for row in block.rows}
    assert rows == {"1.02.02": [], "3.26.02": [helped.pk]}
    assert {row.program.code: row.total for block in found.blocks for row in block.rows} == {"1.02.02": 0, "3.26.02": 2}


def test_an_empty_plan_says_what_is_missing(client_of, coordinator, regency, plan):
    assert "Belum ada program RPJMD" in client_of(coordinator).get(matrix(regency)).content.decode()
    assert "Belum ada program Renstra" in client_of(coordinator).get(matrix(regency, "?lihat=renstra")).content.decode()


def test_renstra_programs_show_what_they_carry_out(client_of, coordinator, regency, agency, linked):
    renstra = DevelopmentPlan.objects.create(
        regency=regency, kind=PlanKind.RENSTRA, agency=agency, title="Renstra Uji", start_year=2021, end_year=2026
    )
    carried = linked.links.get().element
    make_program(renstra, agency, code="3.26.02", text="Program Renstra Wisata", carries_out=carried)
    make_program(renstra, agency, code="3.26.09", text="Program Renstra Lepas")
    client = client_of(coordinator)

    text = client.get(matrix(regency, "?lihat=renstra")).content.decode()
    gaps = client.get(matrix(regency, "?lihat=renstra&tampil=acuan")).content.decode()

    assert "3.26.02 Program Daya Tarik Wisata" in text
    assert text.count("Belum mengacu RPJMD</span>") == 1
    assert "Program Renstra Lepas" in gaps
    assert "Program Renstra Wisata" not in gaps


def test_hidden_drafts_are_neither_shown_nor_counted(client_of, expert, coordinator, regency, plan, linked):
    draft = make_initiative(plan, name="Rahasia dapur")

    for page in (matrix(regency), reverse("alignment_gaps", args=[regency.slug])):
        text = client_of(expert).get(page).content.decode()
        assert draft.code not in text
        assert "Draf perangkat daerah lain tidak dihitung" in text
    assert draft.code in client_of(coordinator).get(reverse("alignment_gaps", args=[regency.slug])).content.decode()


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("?tampil=menunggu", 6),
        ("?tampil=sasaran", 7),
        ("?lihat=renstra&tampil=acuan", 6),
        ("?cek=above_ceiling", 14),
    ],
)
def test_each_view_of_the_matrix_asks_a_fixed_number_of_queries(
    query, asked, client_of, coordinator, regency, plan, linked, django_assert_num_queries
):
    for _ in range(3):
        make_program(plan.development_plan)
        make_initiative(plan, status="submitted")
        make_initiative(plan)
    client = client_of(coordinator)
    client.get(matrix(regency))  # the first request of a session writes down when it was

    with django_assert_num_queries(asked):
        client.get(matrix(regency, query))


# Doing without --------------------------------------------------------------------------------------------------------


def test_diskominfo_does_without_a_program(client_of, coordinator, linked):
    response = client_of(coordinator).post(waive(linked), {"reason": "Diwajibkan peraturan."})

    linked.refresh_from_db()
    assert response.url.endswith("#isian-links")
    assert (linked.waiver_reason, linked.waived_by) == ("Diwajibkan peraturan.", coordinator)


def test_and_takes_it_back(client_of, coordinator, linked):
    links.waive(linked, reason="Diwajibkan peraturan.", by=coordinator)
    client = client_of(coordinator)
    assert "Cabut keputusan ini" in client.get(waive(linked)).content.decode()

    client.post(waive(linked), {"cabut": "1"})

    linked.refresh_from_db()
    assert (linked.waiver_reason, linked.waived_at) == ("", None)


@pytest.mark.parametrize(("reason", "sentence"), [("", "Tulis alasan mengapa"), ("r" * 601, "batasnya 600")])
def test_a_bad_reason_is_explained_and_kept(reason, sentence, client_of, coordinator, linked):
    text = client_of(coordinator).post(waive(linked), {"reason": reason}).content.decode()

    assert "<title>Galat: " in text
    assert sentence in text
    assert reason in text
    linked.refresh_from_db()
    assert linked.waived_at is None


def test_not_after_the_approval(client_of, coordinator, plan):
    approved = make_initiative(plan, status="approved", coordinator=coordinator)

    assert "sudah disetujui" in client_of(coordinator).post(waive(approved), {"reason": "Alasan."}).content.decode()
    assert "sudah disetujui" in client_of(coordinator).post(waive(approved), {"cabut": "1"}).content.decode()
    approved.refresh_from_db()
    assert approved.waived_at is None
