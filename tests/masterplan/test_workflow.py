"""Every state, every transition, every role: the table below is the documentation, and each cell of it is tried."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from agencies.models import Agency, Membership, Notice, User
from agencies.roles import Role
from masterplan.alignment.actions import links
from masterplan.editions import actions as editions
from masterplan.models import Initiative, MasterPlan, Snapshot
from masterplan.reference import EditionStatus, InitiativeStatus
from masterplan.review.actions import reviews
from masterplan.workflow import (
    EDITION_TRANSITIONS,
    INITIATIVE_TRANSITIONS,
    Transition,
    TransitionRefused,
    available_edition_transitions,
    available_transitions,
)
from tests.factories import make_decree, make_edition, make_initiative, make_person

# Who may take which step from which state. Staff means: staff to whom the head has given leave to send.
GRID = """
step         | draft             | submitted         | in_review   | returned          | approved    | withdrawn
submit       | staff head coord  |                   |             | staff head coord  |             |
start_review |                   | coord             |             |                   |             |
return       |                   | coord             | coord       |                   | coord       |
approve      |                   |                   | coord       |                   |             |
withdraw     | staff head coord  | staff head coord  |             | staff head coord  |             |
reopen       |                   |                   |             |                   |             | staff head coord
"""
ROLES = (
    "drafter",
    "staff",
    "head",
    "coord",
    "executive",
    "expert",
    "administrator",
    "other_head",
    "suspended",
    "outsider",
)


# The same for editions. Unlocking needs a plan that the edition holds, which an adopted one of these tests does.
EDITION_GRID = """
step      | draft | reviewed  | adopted         | superseded
review    | coord |           |                 |
adopt     |       | executive |                 |
unlock    |       |           | coord executive |
supersede | coord | coord     |                 |
"""


def cells(grid: str = GRID) -> dict[tuple[str, str], set[str]]:
    """The grid as {(step, state): roles}."""
    head, *rows = [[cell.strip() for cell in line.split("|")] for line in grid.strip().splitlines()]
    return {(row[0], state): set(cell.split()) for row in rows for state, cell in zip(head[1:], row[1:], strict=True)}


@pytest.fixture
def cast(
    plan: MasterPlan, agency: Agency, drafter: User, agency_head: User, coordinator: User, executive: User,
    expert: User, administrator: User, suspended: User, outsider: User, other_agency: Agency,
) -> dict[str, User]:  # fmt: skip
    """Everybody, by the names the grid uses."""
    staff = make_person(plan.regency, Role.AGENCY_STAFF, agency, may_submit=True)
    other_head = make_person(plan.regency, Role.AGENCY_HEAD, other_agency)
    everybody = {
        "drafter": drafter, "staff": staff, "head": agency_head, "coord": coordinator, "executive": executive,
        "expert": expert, "administrator": administrator, "other_head": other_head, "suspended": suspended,
        "outsider": outsider,
    }  # fmt: skip
    assert set(everybody) == set(ROLES)
    return everybody


def fresh(user: User) -> User:
    """The person as the next request sees them."""
    return User.objects.get(pk=user.pk)


def test_grid_covers_the_table() -> None:
    steps = {step for step, _ in cells()}
    assert steps == {t.name for t in INITIATIVE_TRANSITIONS}
    assert {state for _, state in cells()} == set(InitiativeStatus.values)


@pytest.mark.parametrize("status", InitiativeStatus.values)
def test_each_cell_is_offered_and_carried_out_or_refused(
    plan: MasterPlan, agency: Agency, cast: dict[str, User], status: str
) -> None:
    made = make_initiative(plan, agency=agency, status=status, complete=status != "withdrawn")
    if status == "in_review":
        links.decide(made.links.get(), accept=True, by=cast["coord"])
    initiative = Initiative.objects.get(pk=made.pk)
    for role, user in cast.items():
        wanted = {step for (step, state), roles in cells().items() if state == status and role in roles}
        assert {t.name for t in available_transitions(initiative, fresh(user))} == wanted, f"{role} at {status}"
    for move in INITIATIVE_TRANSITIONS:
        for role in ROLES:
            with transaction.atomic():  # every cell starts from the same initiative
                try_cell(made.pk, move, role in cells()[move.name, status], fresh(cast[role]))
                transaction.set_rollback(True)


def try_cell(pk: int, move: Transition[Initiative], allowed: bool, user: User) -> None:
    """Carry out one step as one person, and see that it happened, or that nothing did."""
    initiative = Initiative.objects.get(pk=pk)
    status, before = initiative.status, initiative.status_changes.count()
    if allowed:
        change = reviews.transition(initiative, name=move.name, by=user, comment="Mohon dilengkapi.")
        assert (change.from_status, change.to_status, initiative.status) == (status, move.target, move.target)
        assert change.by_role
        return
    with pytest.raises((PermissionDenied, TransitionRefused)):
        reviews.transition(initiative, name=move.name, by=user, comment="Mohon dilengkapi.")
    initiative.refresh_from_db()
    assert (initiative.status, initiative.status_changes.count()) == (status, before)


def test_return_needs_a_comment(plan: MasterPlan, coordinator: User) -> None:
    initiative = make_initiative(plan, status="in_review")
    with pytest.raises(TransitionRefused, match="Tulis pesan"):
        reviews.transition(initiative, name="return", by=coordinator, comment="   ")


def test_incomplete_cannot_be_sent(plan: MasterPlan, agency: Agency, agency_head: User) -> None:
    initiative = make_initiative(plan, agency=agency, by=agency_head)
    with pytest.raises(TransitionRefused, match="isian yang perlu dilengkapi"):
        reviews.transition(initiative, name="submit", by=agency_head)


def test_undecided_link_blocks_approval(plan: MasterPlan, coordinator: User) -> None:
    initiative = make_initiative(plan, status="in_review", coordinator=coordinator)
    with pytest.raises(TransitionRefused, match="1 tautan yang belum diputuskan"):
        reviews.transition(initiative, name="approve", by=coordinator)


def test_nobody_approves_what_they_sent(plan: MasterPlan, agency: Agency, coordinator: User) -> None:
    initiative = make_initiative(plan, agency=agency, by=coordinator, status="in_review", coordinator=coordinator)
    links.decide(initiative.links.get(), accept=True, by=coordinator)
    with pytest.raises(TransitionRefused, match="orang lain yang harus menyetujuinya"):
        reviews.transition(initiative, name="approve", by=coordinator)


def test_approval_does_not_survive_a_return(plan: MasterPlan, coordinator: User) -> None:
    initiative = make_initiative(plan, status="approved", coordinator=coordinator)
    assert initiative.approved_by == coordinator
    reviews.transition(initiative, name="return", by=coordinator, comment="Ada kekeliruan angka.")
    assert (initiative.approved_at, initiative.approved_by) == (None, None)


def test_delegation_ends_with_the_membership(plan: MasterPlan, agency: Agency) -> None:
    staff = make_person(plan.regency, Role.AGENCY_STAFF, agency, may_submit=True)
    initiative = make_initiative(plan, agency=agency, complete=True)
    Membership.objects.filter(user=staff).update(may_submit=False)
    with pytest.raises(PermissionDenied):
        reviews.transition(initiative, name="submit", by=fresh(staff))


# Editions ------------------------------------------------------------------------------------------------------------


def test_edition_table_names_every_state() -> None:
    reached = {t.target for t in EDITION_TRANSITIONS} | {EditionStatus.DRAFT.value}
    assert reached == set(EditionStatus.values)
    grid = cells(EDITION_GRID)
    assert {step for step, _ in grid} == {t.name for t in EDITION_TRANSITIONS}
    assert {state for _, state in grid} == set(EditionStatus.values)


@pytest.mark.parametrize("status", EditionStatus.values)
def test_each_cell_of_an_edition_is_offered_and_carried_out_or_refused(
    plan: MasterPlan, agency: Agency, cast: dict[str, User], status: str
) -> None:
    make_initiative(plan, agency=agency, status="approved")
    edition = make_edition(plan, status=status)
    for role, user in cast.items():
        offered = {t.name for t in available_edition_transitions(edition, fresh(user))}
        wanted = {step for (step, state), roles in cells(EDITION_GRID).items() if state == status and role in roles}
        assert offered == wanted, f"{role} at {status}"
    for move in EDITION_TRANSITIONS:
        for role in ROLES:
            with transaction.atomic():
                allowed = role in cells(EDITION_GRID)[move.name, status]
                try_edition_cell(edition.pk, move, allowed, fresh(cast[role]))
                transaction.set_rollback(True)


def try_edition_cell(pk: int, move: Transition[Snapshot], allowed: bool, user: User) -> None:
    """Carry out one step as one person, and see that it happened, or that nothing did."""
    edition = Snapshot.objects.get(pk=pk)
    status, before = edition.status, edition.status_changes.count()
    change = partial(editions.change_edition, edition, name=move.name, by=user, comment="Sebab.", decree=make_decree())
    if allowed:
        made = change()
        edition.refresh_from_db()
        assert (made.from_status, made.to_status, edition.status) == (status, move.target, move.target)
        assert made.by_role
        return
    with pytest.raises((PermissionDenied, TransitionRefused)):
        change()
    edition.refresh_from_db()
    assert (edition.status, edition.status_changes.count()) == (status, before)


def test_an_open_plan_offers_no_unlocking(plan: MasterPlan, agency: Agency, coordinator: User) -> None:
    make_initiative(plan, agency=agency, status="approved")
    edition = make_edition(plan, status="adopted")
    editions.change_edition(edition, name="unlock", by=coordinator, comment="RPJMD berubah.")
    assert available_edition_transitions(Snapshot.objects.get(pk=edition.pk), coordinator) == []


def test_a_locked_plan_offers_no_step(plan: MasterPlan, agency: Agency, cast: dict[str, User]) -> None:
    made = make_initiative(plan, agency=agency, status="submitted")
    make_initiative(plan, agency=agency, status="approved")
    make_edition(plan, status="adopted")
    initiative = Initiative.objects.get(pk=made.pk)
    for status in InitiativeStatus.values:
        initiative.status = status
        for role, user in cast.items():
            assert available_transitions(initiative, fresh(user)) == [], role
    for move in INITIATIVE_TRANSITIONS:
        with pytest.raises(TransitionRefused, match="Rencana induk terkunci"):
            reviews.transition(made, name=move.name, by=fresh(cast["coord"]), comment="Mohon dilengkapi.")


# What comes with a step ----------------------------------------------------------------------------------------------


def test_news_is_written_with_the_act_and_not_for_the_actor(
    plan: MasterPlan, agency: Agency, agency_head: User, coordinator: User
) -> None:
    initiative = make_initiative(plan, agency=agency, by=agency_head, complete=True)
    reviews.transition(initiative, name="submit", by=agency_head)
    assert [notice.user for notice in Notice.objects.all()] == [coordinator]
