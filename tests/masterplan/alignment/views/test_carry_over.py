"""To the next RPJMD: programs are matched row by row, links are proposed anew and decided as usual, nothing is lost."""

import re
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from masterplan.alignment.actions import carry_over, links
from masterplan.alignment.carry_over import Todo, carried_links, carried_programs, outside_sentences, successor_of
from masterplan.books.chapters.lookup import index
from masterplan.books.chapters.plan.sheet import link_row
from masterplan.editions.snapshot import compose
from masterplan.models import AlignmentLink, DevelopmentPlan, MasterPlan, PlanElement, Succession, decided_between
from masterplan.plans.views.comparison import compare
from masterplan.reference import Level, LinkState, PlanKind
from masterplan.review.actions import reviews
from tests.factories import (
    make_edition,
    make_element,
    make_indicator,
    make_initiative,
    make_master_plan,
    make_program,
    make_rpjmd,
)

SLUG = "kabupaten-semarang-uji"


@pytest.fixture
def old(plan, agency) -> PlanElement:
    """A program of the RPJMD that the plan answers to."""
    return make_program(plan.development_plan, agency, code="2.16.03", text="Program Pengelolaan Aplikasi Informatika")


@pytest.fixture
def later(plan):
    return make_rpjmd(plan.regency, 2025, 2029, predecessor=plan.development_plan)


@pytest.fixture
def new(later, agency) -> PlanElement:
    return make_program(later, agency, code="2.16.03", text="Program Pengelolaan Aplikasi Informatika dan Data")


@pytest.fixture
def approved(plan, agency, agency_head, coordinator, old):
    """An approved initiative whose accepted link leads to the old program."""
    return make_initiative(plan, status="approved", agency=agency, by=agency_head, coordinator=coordinator)


def page_text(response) -> str:
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split()))


def url(name: str) -> str:
    return reverse(name, args=[SLUG])


def only_step(plan: MasterPlan):
    (step,) = carried_links(plan, successor_of(plan))
    return step


# What becomes of the programs -------------------------------------------------------------------------------------------


def test_several_olds_go_on_in_one_one_in_several_and_some_in_none(plan, coordinator, old, new, later):
    other = make_program(plan.development_plan, code="9.9")
    second = make_program(later, code="8.8")
    carry_over.decide_succession(old, plan=plan, successors=[new, second], ended=False, by=coordinator)
    carry_over.decide_succession(other, plan=plan, successors=[new], ended=False, by=coordinator)
    programs = {program.old.pk: program for program in carried_programs(plan, later)}
    assert [each.pk for each in programs[old.pk].successors] == [new.pk, second.pk]
    assert [each.pk for each in programs[other.pk].successors] == [new.pk]
    carry_over.decide_succession(other, plan=plan, successors=[], ended=True, by=coordinator)
    assert {program.old.pk: program.is_ended for program in carried_programs(plan, later)}[other.pk]
    carry_over.decide_succession(other, plan=plan, successors=[], ended=False, by=coordinator)
    assert not Succession.objects.filter(old=other).exists(), "the decision is taken back"
    again = carry_over.decide_succession(old, plan=plan, successors=[second, new], ended=False, by=coordinator)
    assert not again.done


def test_the_comparison_of_periods_follows_what_was_decided(plan, coordinator, old, new, later):
    other = make_program(plan.development_plan, code="9.9")
    for each in (old, other):
        carry_over.decide_succession(each, plan=plan, successors=[new], ended=False, by=coordinator)
    pairs = compare(plan.development_plan, later, decided_between(plan.development_plan, later))
    assert {(pair.old.element.pk, pair.new.element.pk) for pair in pairs} == {(old.pk, new.pk), (other.pk, new.pk)}


def test_only_programs_of_these_two_plans_are_matched(plan, coordinator, agency_head, old, new, later):
    elsewhere = make_program(make_rpjmd(plan.regency, 2030, 2034))
    for wrong in (
        {"old": new, "successors": [new], "ended": False},
        {"old": old, "successors": [elsewhere], "ended": False},
        {"old": old, "successors": [make_element(later, Level.MISSION)], "ended": False},
        {"old": old, "successors": [new], "ended": True},
    ):
        with pytest.raises(ValidationError):
            carry_over.decide_succession(wrong.pop("old"), plan=plan, by=coordinator, **wrong)
    with pytest.raises(PermissionDenied):
        carry_over.decide_succession(old, plan=plan, successors=[new], ended=False, by=agency_head)
    assert not Succession.objects.exists()


def test_the_page_proposes_and_stores_what_is_ticked_row_by_row(
    client_of, coordinator, plan, old, new, later, approved
):
    client = client_of(coordinator)
    source = " ".join(client.get(url("carry_over_map")).content.decode().split())
    assert f'id="p-{old.pk}-{new.pk}" name="padanan-{old.pk}" value="{new.pk}" checked' in source
    assert "(kode sama)" in source
    other = make_program(plan.development_plan, code="9.9", text="Program Zqduax")
    sent = {
        "lama": [old.pk, other.pk], f"padanan-{old.pk}": [new.pk], f"lain-{other.pk}": "7.7.7",
    }  # fmt: skip
    response = client.post(url("carry_over_map"), sent)
    assert 'value="7.7.7"' in response.content.decode(), "what was typed is kept"
    text = page_text(response)
    assert "1 keputusan disimpan. 1 baris perlu diperbaiki" in text
    assert "Dilanjutkan oleh 2.16.03." in text
    assert f"Kode 7.7.7 tidak ada di {later.title}. Tulis kode programnya, misalnya 2.16.03." in text
    assert [row.new_id for row in Succession.objects.filter(old=old)] == [new.pk]
    assert not Succession.objects.filter(old=other).exists()
    client.post(url("carry_over_map"), {"lama": [other.pk], f"lain-{other.pk}": "2.16.03"})
    assert [row.new_id for row in Succession.objects.filter(old=other)] == [new.pk]
    assert "1 dari 1 program terdampak sudah diputuskan" in page_text(client.get(url("carry_over_map")))


def test_a_number_of_elsewhere_is_named_and_changes_nothing(client_of, coordinator, plan, old, new, approved):
    """Neither is it passed over in silence, nor taken for the tick that is missing."""
    client = client_of(coordinator)
    carry_over.decide_succession(old, plan=plan, successors=[new], ended=False, by=coordinator)
    text = page_text(client.post(url("carry_over_map"), {"lama": [old.pk, 999999], f"padanan-{old.pk}": ["999998"]}))
    assert "Nomor 999999: tidak ditemukan di wilayah ini." in text
    assert "Pilihan nomor 999998 bukan program" in text
    assert Succession.objects.get(old=old).new == new
    text = page_text(client.post(url("carry_over_walk"), {"pilih": ["999997", approved.links.get().pk]}))
    assert "Nomor 999997: tidak ditemukan di wilayah ini." in text and "1 tautan diusulkan" in text


@pytest.mark.parametrize("name", ["carry_over_map", "carry_over_walk"])
def test_without_a_successor_the_page_says_how_one_comes(client_of, coordinator, plan, name):
    assert "Belum ada RPJMD berikutnya" in page_text(client_of(coordinator).get(url(name)))


# The walk ---------------------------------------------------------------------------------------------------------------


def test_a_link_is_proposed_with_its_reason_and_the_old_one_stands(client_of, coordinator, plan, old, new, approved):
    indicator = make_indicator(old)
    kept = make_indicator(new)
    AlignmentLink.objects.update(indicator=indicator)
    carry_over.decide_succession(old, plan=plan, successors=[new], ended=False, by=coordinator)
    link = approved.links.get()
    client = client_of(coordinator)
    assert "Siap diusulkan 1" in page_text(client.get(url("carry_over_walk")))
    assert "Belum ada baris yang dipilih." in page_text(client.post(url("carry_over_walk"), {}))
    text = page_text(client.post(url("carry_over_walk"), {"pilih": [link.pk]}))
    assert "1 tautan diusulkan." in text
    assert "Diusulkan ke 2.16.03." in text
    assert "1 dari 1 tautan sudah ditindaklanjuti" in text
    made = approved.links.get(element=new)
    assert (made.state, made.indicator, made.proposed_by) == (LinkState.PROPOSED, kept, coordinator)
    assert made.rationale == f"Melanjutkan 2.16.03 {old.text}. {link.rationale}"
    link.refresh_from_db()
    assert link.state == LinkState.ACCEPTED
    again = page_text(client.post(url("carry_over_walk"), {"pilih": [link.pk]}))
    assert "Dilewati: sudah diusulkan." in again
    assert AlignmentLink.objects.filter(initiative=approved).count() == 2


def test_the_new_link_is_decided_as_usual_also_of_an_approved_initiative(
    client_of, coordinator, plan, old, new, approved
):
    carry_over.decide_succession(old, plan=plan, successors=[new], ended=False, by=coordinator)
    carry_over.propose_successors(only_step(plan), by=coordinator)
    made = approved.links.get(element=new)
    page = reverse("link_decide", args=[SLUG, made.pk])
    client = client_of(coordinator)
    client.post(page, {"putusan": "terima", "reason": "Ya."})
    made.refresh_from_db()
    assert made.state == LinkState.ACCEPTED
    first = approved.links.exclude(pk=made.pk).get()
    with pytest.raises(ValidationError, match="sudah disetujui"):
        links.decide(first, accept=False, reason="Bukan.", by=coordinator)
    for other in ("alignment_matrix", "inspection_list"):
        assert client.get(url(other)).status_code == 200
    assert client.get(reverse("initiative_review", args=[SLUG, approved.pk])).status_code == 200


def test_an_edition_says_of_which_plan_the_new_program_is(coordinator, plan, old, new, approved):
    carry_over.decide_succession(old, plan=plan, successors=[new], ended=False, by=coordinator)
    carry_over.propose_successors(only_step(plan), by=coordinator)
    content = compose(plan, number=1, label="", day=timezone.localdate(), scope="approved")
    rows = [link_row(index(content), link) for link in content["initiatives"][0]["links"]]
    assert [(row["plan"], bool(row["anchor"])) for row in rows] == [("RPJMD", True), ("RPJMD 2025–2029", False)]


def test_each_link_says_what_keeps_it(coordinator, plan, agency, agency_head, old, new, approved):
    assert only_step(plan).todo is Todo.UNDECIDED
    carry_over.decide_succession(old, plan=plan, successors=[], ended=True, by=coordinator)
    assert only_step(plan).todo is Todo.ENDED
    approved.end_year = 2024
    approved.save()
    assert only_step(plan).todo is Todo.OUTSIDE
    assert outside_sentences(plan, new.plan, carried_links(plan, new.plan)) == [
        "Tahun 2022–2024 rencana induk mendahului periode 2025–2029.",
        "Tahun 2027–2029 periode baru belum tercakup rencana induk ini.",
        f"1 inisiatif selesai sebelum 2025: {approved.code}.",
    ]
    refused = carry_over.propose_successors(only_step(plan), by=coordinator)
    assert (refused.done, refused.sentence) == (False, "Dilewati: selesai sebelum periode baru.")
    with pytest.raises(PermissionDenied):
        carry_over.propose_successors(only_step(plan), by=agency_head)


def test_a_rejected_link_is_not_carried_and_a_rejected_new_one_not_proposed_again(
    coordinator, plan, old, new, approved
):
    carry_over.decide_succession(old, plan=plan, successors=[new], ended=False, by=coordinator)
    carry_over.propose_successors(only_step(plan), by=coordinator)
    links.decide(approved.links.get(element=new), accept=False, reason="Bukan.", by=coordinator)
    assert only_step(plan).todo is Todo.DONE
    AlignmentLink.objects.filter(element=old).update(state=LinkState.REJECTED, decision_reason="Bukan.")
    assert carried_links(plan, new.plan) == []


def test_a_locked_plan_takes_no_link_and_says_why(client_of, coordinator, plan, old, new, approved):
    carry_over.decide_succession(old, plan=plan, successors=[new], ended=False, by=coordinator)
    make_edition(plan, status="adopted", by=coordinator)
    link = approved.links.get()
    text = page_text(client_of(coordinator).post(url("carry_over_walk"), {"pilih": [link.pk]}))
    assert "0 tautan diusulkan." in text
    assert text.count("Rencana induk terkunci") >= 2, "above the list and at the row"
    assert AlignmentLink.objects.filter(initiative=approved).count() == 1


def test_nobody_proposes_a_program_of_the_next_plan_past_the_matching(coordinator, plan, old, new, approved):
    with pytest.raises(ValidationError, match="RPJMD yang menjadi acuan"):
        links.propose(approved, element=new, by=coordinator)


# Renstra ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def renstra(regency, agency, later) -> tuple[PlanElement, PlanElement]:
    """A program of the agency's Renstra, and the one of the Renstra that follows."""
    terms = {"regency": regency, "kind": PlanKind.RENSTRA, "agency": agency}
    first = DevelopmentPlan.objects.create(**terms, title="Renstra Lama", start_year=2021, end_year=2026)
    second = DevelopmentPlan.objects.create(
        **terms, title="Renstra Baru", start_year=2025, end_year=2029, predecessor=first
    )
    text = "Program Informasi dan Komunikasi Publik"
    return make_program(first, code="2.16.02", text=text), make_program(second, code="2.16.02", text=text)


@pytest.fixture
def activity_link(plan, agency, agency_head, coordinator, renstra, old):
    """An approved initiative that is tied to an activity below the Renstra program, besides the old RPJMD program."""
    initiative = make_initiative(plan, status="in_review", agency=agency, by=agency_head, coordinator=coordinator)
    activity = make_element(renstra[0].plan, Level.ACTIVITY, renstra[0], code="2.16.02.2.01")
    links.propose(initiative, element=activity, rationale="Lewat kanal warga.", by=coordinator)
    for link in initiative.links.order_by("pk"):
        links.decide(link, accept=True, by=coordinator)
    reviews.transition(initiative, name="approve", by=coordinator)
    return AlignmentLink.objects.get(element=activity)


def todo_of(link: AlignmentLink) -> Todo:
    plan = link.initiative.master_plan
    (step,) = [step for step in carried_links(plan, successor_of(plan)) if step.link == link]
    return step.todo


def test_programs_of_a_renstra_are_matched_with_those_of_the_one_that_follows(
    client_of, coordinator, new, old, renstra, activity_link
):
    before, after = renstra
    client = client_of(coordinator)
    html = client.get(url("carry_over_map")).content.decode()
    assert f'name="padanan-{before.pk}"' in html
    assert "Renstra Lama <" in html
    rows = client.get(url("carry_over_map")).context["rows"]
    assert [(row["program"].old, row["program"].links) for row in rows] == [(old, 1), (before, 1)]
    text = page_text(client.post(url("carry_over_map"), {"lama": [before.pk], f"lain-{before.pk}": new.code}))
    assert f"Kode {new.code} tidak ada di Renstra Baru." in text
    client.post(url("carry_over_map"), {"lama": [before.pk], f"lain-{before.pk}": after.code})
    assert Succession.objects.get().new == after


def test_a_renstra_program_goes_on_in_a_renstra_that_follows_it_alone(coordinator, plan, new, old, renstra, outsider):
    before, after = renstra
    with pytest.raises(ValidationError, match="program dari Renstra berikutnya"):
        carry_over.decide_succession(before, plan=plan, successors=[new], ended=False, by=coordinator)
    with pytest.raises(ValidationError, match="program dari RPJMD berikutnya"):
        carry_over.decide_succession(old, plan=plan, successors=[after], ended=False, by=coordinator)
    elsewhere = make_master_plan(outsider.memberships.get().regency)
    with pytest.raises(ValidationError, match="Renstra wilayahnya"):
        carry_over.decide_succession(before, plan=elsewhere, successors=[after], ended=False, by=outsider)


def test_a_link_to_an_activity_of_a_renstra_is_carried_and_decided_although_it_is_approved(
    client_of, coordinator, plan, new, renstra, activity_link
):
    before, after = renstra
    assert todo_of(activity_link) is Todo.UNDECIDED
    carry_over.decide_succession(before, plan=plan, successors=[after], ended=False, by=coordinator)
    text = page_text(client_of(coordinator).post(url("carry_over_walk"), {"pilih": [activity_link.pk]}))
    assert "Diusulkan ke 2.16.02." in text
    made = AlignmentLink.objects.get(element=after)
    assert made.rationale == f"Melanjutkan 2.16.02.2.01 {activity_link.element.text}. Lewat kanal warga."
    assert todo_of(activity_link) is Todo.DONE

    links.decide(made, accept=True, by=coordinator)
    with pytest.raises(ValidationError, match="sudah disetujui"):
        links.decide(activity_link, accept=False, reason="Bukan.", by=coordinator)
    content = compose(plan, number=1, label="", day=timezone.localdate(), scope="approved")
    rows = [link_row(index(content), link) for link in content["initiatives"][0]["links"]]
    assert sorted(row["plan"] for row in rows) == ["RPJMD", "Renstra", "Renstra 2025–2029"]
