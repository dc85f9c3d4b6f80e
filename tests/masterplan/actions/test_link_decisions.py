"""Many links decided at once: what can be is, and everything else says why it is not."""

import pytest
from django.core.exceptions import PermissionDenied

from masterplan.actions import alignment
from masterplan.actions.link_decisions import decide_many
from masterplan.models import AlignmentLink
from tests.factories import make_initiative, make_program


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
    alignment.take_back(withdrawn, by=coordinator)
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


def test_one_reason_for_all_that_are_rejected(waiting, coordinator):
    assert {o.obstacle for o in decide_many(links_of(*waiting), accept=False, by=coordinator)} == {
        "Tulis alasan penolakan untuk perangkat daerah."
    }

    decide_many(links_of(*waiting), accept=False, reason="Di luar bidangnya.", by=coordinator)

    assert {(link.state, link.decision_reason) for link in links_of(*waiting)} == {("rejected", "Di luar bidangnya.")}


def test_nobody_else_decides(waiting, agency_head, executive):
    for person in (agency_head, executive):
        with pytest.raises(PermissionDenied):
            decide_many(links_of(*waiting), accept=True, by=person)
    assert {link.state for link in links_of(*waiting)} == {"proposed"}
