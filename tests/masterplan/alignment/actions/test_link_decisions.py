"""Many links decided at once: what can be is, and everything else says why it is not."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from agencies.models import Membership
from agencies.roles import Role
from masterplan.alignment.actions import links as alignment
from masterplan.alignment.actions.link_decisions import decide_many
from masterplan.editions.snapshot import compose_sheet
from masterplan.models import AlignmentLink, Initiative
from tests.factories import make_initiative, make_person, make_program


def links_of(*initiatives):
    return list(
        AlignmentLink.objects.filter(initiative__in=initiatives).select_related("initiative__master_plan__regency")
    )


@pytest.fixture
def waiting(plan, coordinator):
    """Two sent initiatives, each with a proposed program."""
    return [make_initiative(plan, status="in_review", coordinator=coordinator) for _ in range(2)]


def test_every_link_says_what_became_of_it(plan, waiting, coordinator):
    approved = make_initiative(plan, status="approved", coordinator=coordinator)
    added, decided, gone = (make_program(plan.development_plan) for _ in range(3))
    late = alignment.propose(waiting[0], element=decided, by=coordinator)
    withdrawn = alignment.propose(waiting[0], element=gone, by=coordinator)
    links = links_of(*waiting)
    alignment.decide(late, accept=False, reason="Bukan.", by=coordinator)
    alignment.withdraw(withdrawn, by=coordinator)
    frozen = AlignmentLink.objects.create(initiative=approved, element=added, proposed_by=coordinator)

    outcomes = decide_many([*links, frozen], accept=True, by=coordinator)

    told = {outcome.link.pk: outcome.obstacle for outcome in outcomes}
    done = [pk for pk, obstacle in told.items() if not obstacle]
    assert told[late.pk].startswith("Sudah ditolak ")
    assert [o for o in told.values() if o == "Usulan ini sudah ditarik."] == ["Usulan ini sudah ditarik."]
    assert told[frozen.pk].startswith("Inisiatif ini sudah disetujui.")
    assert len(done) == 2
    assert {link.state for link in AlignmentLink.objects.filter(pk__in=done)} == {"accepted"}
    late.refresh_from_db()
    assert (late.state, late.decision_reason) == ("rejected", "Bukan.")


def test_who_proposed_a_link_leaves_it_to_another_coordinator(plan, regency, waiting, coordinator, administrator):
    first, second = (
        alignment.propose(waiting[0], element=make_program(plan.development_plan), by=coordinator) for _ in range(2)
    )
    absent = make_person(regency, Role.COORDINATOR)
    Membership.objects.filter(user=absent).update(suspended_at=timezone.now(), suspended_by=administrator)

    # Alone the work goes on, and pages and books say so.
    assert [each.obstacle for each in decide_many([first], accept=True, by=coordinator)] == [""]
    first.refresh_from_db()
    assert first.state_in_words == "Diterima oleh pengusulnya sendiri"
    sheet = compose_sheet(Initiative.objects.complete().get(pk=waiting[0].pk), day=date(2026, 11, 28))
    links = {link["element_id"]: link["state_label"] for link in sheet["initiatives"][0]["links"]}
    assert links[f"el-{first.element_id}"] == first.state_in_words

    other = make_person(regency, Role.COORDINATOR)
    for link, accept in ((first, False), (second, True), (second, False)):
        with pytest.raises(ValidationError, match="koordinator lain yang memutuskannya"):
            alignment.decide(link, accept=accept, reason="Bukan.", by=coordinator)
    assert decide_many([second], accept=True, by=coordinator)[0].obstacle.startswith("Anda yang mengusulkan")
    assert [each.obstacle for each in decide_many([second], accept=True, by=other)] == [""]
    second.refresh_from_db()
    assert second.state_in_words == "Diterima"


def test_nobody_else_decides(waiting, agency_head, executive):
    for person in (agency_head, executive):
        with pytest.raises(PermissionDenied):
            decide_many(links_of(*waiting), accept=True, by=person)
    assert {link.state for link in links_of(*waiting)} == {"proposed"}
