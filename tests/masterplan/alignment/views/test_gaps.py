"""What is missing on either side, who answers for it, and where it is mended."""

import pytest
from django.urls import reverse

from masterplan.alignment.actions import inspection, links
from masterplan.models import DevelopmentPlan, SubDimension
from masterplan.reasoning.inspection import Finding
from masterplan.reference import Level, PlanKind
from tests.factories import make_element, make_initiative, make_program


@pytest.fixture
def linked(plan, agency, agency_head, coordinator):
    """An initiative in review that carries out a program, so that one mission is served."""
    make_program(plan.development_plan, agency, code="3.26.02", text="Program Daya Tarik Wisata")
    return make_initiative(plan, status="in_review", agency=agency, by=agency_head, coordinator=coordinator)


@pytest.fixture
def idle(plan, other_agency):
    """A program nobody carries out, below a mission of its own."""
    return make_program(plan.development_plan, other_agency, code="1.02.02", text="Program Upaya Kesehatan")


@pytest.fixture
def loose(plan, other_agency):
    """An initiative outside the RPJMD."""
    return make_initiative(plan, agency=other_agency, name="Masih dicari")


def page(regency, query=""):
    return reverse("alignment_gaps", args=[regency.slug]) + query


def rows_of(response):
    return {group["check"].code: group["rows"] for group in response.context["groups"]}


def test_every_gap_names_who_answers_for_it(client_of, coordinator, regency, linked, idle, loose, other_agency):
    response = client_of(coordinator).get(page(regency))

    rows = rows_of(response)
    mission = idle.parent.parent.parent
    assert [row["name"] for row in rows["mission_without_initiative"]] == [str(mission)]
    assert [row["name"] for row in rows["initiative_without_program"]] == [f"{loose.code} {loose.name}"]
    assert [row["name"] for row in rows["program_without_initiative"]] == ["1.02.02 Program Upaya Kesehatan"]
    kinds = ("mission_without_initiative", "objective_without_initiative", "program_without_initiative")
    for kind in (*kinds, "initiative_without_program"):
        assert [row["agencies"] for row in rows[kind]] == [[(other_agency.pk, "Dinas Kesehatan")]]
    assert len(rows["dimension_without_initiative"]) == 5
    assert len(rows["sub_dimension_without_initiative"]) == 2
    assert "Daya Tarik Wisata" not in response.content.decode()
    answering = response.context["answering"]
    assert [(row["name"], [count for _, count in row["counts"]]) for row in answering] == [
        ("Dinas Kesehatan", [1, 1, 1, 1])
    ]


def test_every_gap_leads_to_where_it_is_mended(client_of, coordinator, expert, regency, linked, idle, loose):
    rows = rows_of(client_of(coordinator).get(page(regency)))

    slug = regency.slug
    mends = {kind: found[0]["mend_url"] for kind, found in rows.items()}
    assert mends["initiative_without_program"] == reverse("link_propose", args=[slug, loose.pk]) + "?dari=matriks"
    assert mends["program_without_initiative"] == reverse("initiative_list", args=[slug]) + f"?opd={idle.agency_id}"
    begin = reverse("initiative_create", args=[slug])
    subjects = {kind: found[0]["mend_url"].partition("=")[2] for kind, found in rows.items() if "dimension" in kind}
    assert mends["dimension_without_initiative"] == f"{begin}?dimensi={subjects['dimension_without_initiative']}"
    sub_dimension = SubDimension.objects.get(pk=subjects["sub_dimension_without_initiative"])
    assert rows["sub_dimension_without_initiative"][0]["name"].endswith(f": {sub_dimension.name}")
    assert mends["sub_dimension_without_initiative"] == f"{begin}?sub={sub_dimension.pk}"
    seen = rows_of(client_of(expert).get(page(regency)))
    assert seen["initiative_without_program"] == []  # a draft is not an expert's business
    assert seen["dimension_without_initiative"][0]["mend_url"] == ""


def test_every_page_counts_in_its_tabs_what_waits(client_of, coordinator, regency, plan, linked, idle, other_agency):
    """A link to an activity waits like one to its program; those to a Renstra and of withdrawn initiatives do not."""
    renstra = DevelopmentPlan.objects.create(
        regency=regency, kind=PlanKind.RENSTRA, agency=other_agency, title="Renstra", start_year=2021, end_year=2026
    )
    for element in (make_element(idle.plan, Level.ACTIVITY, idle), make_program(renstra)):
        links.propose(make_initiative(plan, agency=other_agency), element=element, by=coordinator)
    make_initiative(plan, status="withdrawn", complete=True)
    client = client_of(coordinator)

    pages = ("alignment_matrix", "alignment_flow", "alignment_gaps")
    shown = [client.get(reverse(name, args=[regency.slug])).context["pills"] for name in pages]

    tabs = [[(tab["label"], tab["count"]) for tab in pills] for pills in shown]
    assert tabs[0] == tabs[1] == tabs[2]
    assert ("Menunggu keputusan", 2) in tabs[0]


def test_only_what_an_agency_answers_for(client_of, coordinator, regency, linked, idle, loose, agency):
    rows = rows_of(client_of(coordinator).get(page(regency, f"?opd={agency.pk}")))

    assert [kind for kind, found in rows.items() if found] == []
    unknown = rows_of(client_of(coordinator).get(page(regency, "?opd=999999999")))
    assert len(unknown["program_without_initiative"]) == 1


def test_what_stands_with_a_reason_is_shown_and_not_counted(client_of, coordinator, regency, plan, linked, idle):
    links.decide(linked.links.get(), accept=False, reason="Bukan programnya.", by=coordinator)
    links.waive(linked, reason="Diwajibkan peraturan yang lebih baru.", by=coordinator)
    finding = Finding(idle.pk, str(idle), "Kosong.")
    inspection.set_aside(
        plan, check_code="program_without_initiative", finding=finding, reason="Urusan rutin.", by=coordinator
    )

    response = client_of(coordinator).get(page(regency))

    counts = {group["check"].code: group["count"] for group in response.context["groups"]}
    assert (counts["initiative_without_program"], counts["program_without_initiative"]) == (0, 1)
    text = response.content.decode()
    assert "Dibiarkan dengan alasan: Diwajibkan peraturan yang lebih baru." in text
    assert "Dibiarkan dengan alasan: Urusan rutin." in text
