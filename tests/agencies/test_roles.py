"""What each role may do, as a grid that can be read, and which declarations of roles are refused.

A change of a permission must change the grid too. A role that the grid does not name stands in `agencies.roles` alone.
"""

from dataclasses import replace

import pytest

from agencies.checks import role_errors
from agencies.roles import AGENCY_ROLES, FIRST_ROLES, ROLES, Home, Permission, Role
from masterplan.checks.homes import home_errors
from masterplan.home.views.roles import HOMES

COLUMNS = ("agency_staff", "agency_head", "coordinator", "executive", "expert", "administrator", "manager")

GRID = """
                       staff head coordinator executive expert administrator manager
view_regency           yes   yes  yes         yes       yes    yes       yes
view_drafts            yes   yes  yes         yes       -      -         -
edit_initiative        yes   yes  yes         -         -      -         -
submit_initiative      -     yes  yes         -         -      -         -
withdraw_initiative    -     yes  yes         -         -      -         -
review_initiative      -     -    yes         -         -      -         -
comment                yes   yes  yes         yes       yes    -         yes
decide_alignment       -     -    yes         -         -      -         -
edit_development_plan  -     -    yes         -         -      -         -
edit_sections          -     -    yes         -         -      -         -
issue_edition          -     -    yes         -         -      -         -
adopt_edition          -     -    -           yes       -      -         -
unlock_plan            -     -    yes         yes       -      -         -
request_book           -     -    yes         yes       yes    -         yes
download_book          yes   yes  yes         yes       yes    -         yes
manage_team            -     -    yes         -         -      yes       -
manage_agencies        -     -    yes         -         -      yes       -
manage_workshops       -     -    yes         -         -      yes       -
see_attendees          -     -    yes         -         -      -         -
"""


def grid():
    rows = [line.split() for line in GRID.strip().splitlines()[1:]]
    return {name: dict(zip(COLUMNS, answers, strict=True)) for name, *answers in rows}


def test_the_grid_names_every_permission_and_only_roles():
    assert list(grid()) == [permission.value for permission in Permission]
    assert set(COLUMNS) <= set(Role.values)


@pytest.mark.parametrize("role", COLUMNS)
def test_a_role_has_exactly_the_permissions_of_the_grid(role):
    expected = {name for name, row in grid().items() if row[role] == "yes"}

    assert {permission.value for permission in ROLES[Role(role)].permissions} == expected


def test_delegation_adds_sending_and_nothing_else():
    delegable = {role: spec.delegable for role, spec in ROLES.items() if spec.delegable}
    assert delegable == {Role.AGENCY_STAFF: {Permission.SUBMIT_INITIATIVE, Permission.WITHDRAW_INITIATIVE}}


def test_some_roles_belong_to_an_agency_and_some_open_a_regency():
    assert {role.value for role in AGENCY_ROLES} == {"agency_staff", "agency_head"}
    assert [role.value for role in FIRST_ROLES] == ["administrator", "coordinator"]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("administrator", {"agency_staff", "agency_head", "coordinator", "executive", "administrator"}),
        ("coordinator", {"agency_staff", "agency_head"}),
        ("executive", set()),
        ("expert", set()),
        ("manager", {"expert", "manager"}),
        ("agency_head", set()),
        ("agency_staff", set()),
    ],
)
def test_a_role_may_give_only_these_roles(role, expected):
    assert {given.value for given in ROLES[Role(role)].grants} == expected


def test_the_declared_roles_are_complete():
    assert role_errors(ROLES) == []
    assert home_errors(ROLES, HOMES) == []


WRONG = {
    "no sentence about it": ({"description": ""}, "agencies.E002"),
    "an unknown home": ({"home": "attic"}, "agencies.E003"),
    "the home of an agency without one": ({"home": Home.AGENCY}, "agencies.E003"),
    "a grant to an unknown role": ({"grants": frozenset({"auditor"})}, "agencies.E004"),
    "news of an unknown kind": ({"notices": frozenset({"rumour"})}, "agencies.E005"),
    "an unknown permission": ({"permissions": frozenset({"view_regency", "fly"})}, "agencies.E006"),
    "no permission to look": ({"permissions": frozenset()}, "agencies.E006"),
    "the rank of another role": ({"rank": ROLES[Role.COORDINATOR].rank}, "agencies.E007"),
    "a place in a form that does not ask": ({"opening_place": 3}, "agencies.E009"),
}


@pytest.mark.parametrize(("values", "number"), WRONG.values(), ids=WRONG)
def test_a_wrong_declaration_is_refused(values, number):
    wrong = ROLES | {Role.EXPERT: replace(ROLES[Role.EXPERT], **values)}

    found = role_errors(wrong)

    assert number in {error.id for error in found}
    assert all(error.is_serious() for error in found)
    assert any("The role expert " in error.msg for error in found)


def test_a_role_without_declaration_grantor_or_page_is_refused():
    undeclared = {role: spec for role, spec in ROLES.items() if role is not Role.EXPERT}
    ungranted = {role: replace(spec, grants=spec.grants - {Role.EXPERT}) for role, spec in ROLES.items()}
    homes = {home: page for home, page in HOMES.items() if home is not Home.READING}

    assert [error.id for error in role_errors(undeclared)] == ["agencies.E001"]
    assert [error.id for error in role_errors(ungranted)] == ["agencies.E008"]
    assert [error.msg for error in home_errors(ROLES, homes)] == [
        "The role expert has the home reading, which has no page.",
        "The role manager has the home reading, which has no page.",
    ]
