"""What each role may do, as a grid that can be read: a change of roles must change this page too."""

import pytest

from agencies.actions.team import GRANTABLE
from agencies.roles import (
    AGENCY_ROLES,
    DELEGATED_PERMISSIONS,
    ROLE_DESCRIPTIONS,
    ROLE_PERMISSIONS,
    Permission,
    Role,
)

COLUMNS = ("agency_staff", "agency_head", "coordinator", "executive", "expert", "administrator")

GRID = """
                       staff head coordinator executive expert administrator
view_regency           yes   yes  yes         yes       yes    yes
view_drafts            yes   yes  yes         yes       -      -
edit_initiative        yes   yes  yes         -         -      -
submit_initiative      -     yes  yes         -         -      -
withdraw_initiative    -     yes  yes         -         -      -
review_initiative      -     -    yes         -         -      -
comment                yes   yes  yes         yes       yes    -
decide_alignment       -     -    yes         -         -      -
edit_development_plan  -     -    yes         -         -      -
edit_sections          -     -    yes         -         -      -
issue_edition          -     -    yes         -         -      -
adopt_edition          -     -    -           yes       -      -
unlock_plan            -     -    yes         yes       -      -
request_book           -     -    yes         yes       -      -
download_book          yes   yes  yes         yes       yes    -
manage_team            -     -    yes         -         -      yes
manage_agencies        -     -    yes         -         -      yes
manage_workshops       -     -    yes         -         -      yes
see_attendees          -     -    yes         -         -      -
"""


def grid():
    rows = [line.split() for line in GRID.strip().splitlines()[1:]]
    return {name: dict(zip(COLUMNS, answers, strict=True)) for name, *answers in rows}


def test_the_grid_names_every_permission_and_every_role():
    assert list(grid()) == [permission.value for permission in Permission]
    assert set(COLUMNS) == set(Role.values)


@pytest.mark.parametrize("role", Role)
def test_a_role_has_exactly_the_permissions_of_the_grid(role):
    expected = {name for name, row in grid().items() if row[role] == "yes"}

    assert {permission.value for permission in ROLE_PERMISSIONS[role]} == expected


def test_delegation_adds_sending_and_nothing_else():
    assert {permission.value for permission in DELEGATED_PERMISSIONS} == {"submit_initiative", "withdraw_initiative"}


def test_every_role_is_described():
    assert set(ROLE_DESCRIPTIONS) == set(Role)
    assert {role.value for role in AGENCY_ROLES} == {"agency_staff", "agency_head"}


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("administrator", {"agency_staff", "agency_head", "coordinator", "executive", "expert", "administrator"}),
        ("coordinator", {"agency_staff", "agency_head", "expert"}),
        ("executive", set()),
        ("expert", set()),
        ("agency_head", set()),
        ("agency_staff", set()),
    ],
)
def test_a_role_may_give_only_these_roles(role, expected):
    assert {given.value for given in GRANTABLE.get(Role(role), frozenset())} == expected
