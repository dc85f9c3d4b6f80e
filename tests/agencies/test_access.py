"""Who may see and do what: 404 for outsiders, 403 for insiders, and from when to when."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from agencies.access import (
    can,
    get_regency_or_404,
    is_regency_wide,
    load_user,
    main_membership,
    own_agency_ids,
    require,
)
from agencies.models import Membership, User
from agencies.roles import Permission, Role
from tests.factories import make_person

P = Permission


def fresh(user):
    """The user as the next request meets them, without what this one remembers."""
    return User.objects.get(pk=user.pk)


def test_a_member_enters_the_regency(drafter, regency):
    assert get_regency_or_404(drafter, regency.slug) == regency


@pytest.mark.parametrize("persona", ["outsider", "suspended"])
def test_without_a_role_here_the_regency_does_not_exist(persona, regency, request):
    user = request.getfixturevalue(persona)
    with pytest.raises(Http404):
        get_regency_or_404(user, regency.slug)


def test_anonymous_people_and_unknown_names_get_404(drafter, regency):
    with pytest.raises(Http404):
        get_regency_or_404(AnonymousUser(), regency.slug)
    with pytest.raises(Http404):
        get_regency_or_404(drafter, "kabupaten-yang-tidak-ada")


def test_a_closed_account_is_nobody(drafter, regency):
    drafter.is_active = False

    with pytest.raises(Http404):
        get_regency_or_404(drafter, regency.slug)
    assert not can(drafter, P.VIEW_REGENCY, regency)


def test_a_superuser_has_no_role(regency):
    user = User.objects.create_superuser("super@contoh.test", "sandi-untuk-uji", name="Super")

    assert not can(user, P.VIEW_REGENCY, regency)
    with pytest.raises(Http404):
        get_regency_or_404(user, regency.slug)


@pytest.mark.parametrize(
    ("start", "end", "counts"),
    [(0, None, True), (0, 0, True), (-9, 3, True), (1, None, False), (-9, -1, False), (-9, None, True)],
)
def test_a_membership_counts_from_its_first_to_its_last_day(start, end, counts, regency, agency):
    today = timezone.localdate()
    user = make_person(
        regency,
        Role.AGENCY_STAFF,
        agency,
        valid_from=today + timedelta(days=start),
        valid_to=None if end is None else today + timedelta(days=end),
    )

    assert can(user, P.VIEW_REGENCY, regency) is counts


def test_an_agency_role_counts_for_its_own_agency_only(agency_head, regency, agency, other_agency):
    assert can(agency_head, P.EDIT_INITIATIVE, regency, agency)
    assert can(agency_head, P.EDIT_INITIATIVE, regency, agency.pk)
    assert not can(agency_head, P.EDIT_INITIATIVE, regency, other_agency)
    assert can(agency_head, P.EDIT_INITIATIVE, regency)
    assert own_agency_ids(agency_head, regency) == {agency.pk}
    assert not is_regency_wide(agency_head, P.EDIT_INITIATIVE, regency)


def test_a_wide_role_counts_for_every_agency(coordinator, regency, agency, other_agency):
    assert can(coordinator, P.EDIT_INITIATIVE, regency, agency)
    assert can(coordinator, P.EDIT_INITIATIVE, regency, other_agency)
    assert own_agency_ids(coordinator, regency) == set()
    assert is_regency_wide(coordinator, P.EDIT_INITIATIVE, regency)


def test_a_role_here_is_nothing_elsewhere(coordinator, outsider):
    elsewhere = outsider.memberships.get().regency

    assert not can(coordinator, P.VIEW_REGENCY, elsewhere)


def test_require_refuses(drafter, regency, agency):
    require(drafter, P.EDIT_INITIATIVE, regency, agency)
    with pytest.raises(PermissionDenied):
        require(drafter, P.SUBMIT_INITIATIVE, regency, agency)


def test_staff_may_send_when_the_head_lets_them(drafter, regency, agency, other_agency):
    Membership.objects.filter(user=drafter).update(may_submit=True)
    drafter = fresh(drafter)

    assert can(drafter, P.SUBMIT_INITIATIVE, regency, agency)
    assert can(drafter, P.WITHDRAW_INITIATIVE, regency, agency)
    assert not can(drafter, P.SUBMIT_INITIATIVE, regency, other_agency)
    assert not can(drafter, P.REVIEW_INITIATIVE, regency, agency)


def test_the_delegation_means_nothing_in_another_role(expert, regency):
    Membership.objects.filter(user=expert).update(may_submit=True)

    assert not can(fresh(expert), P.SUBMIT_INITIATIVE, regency)


def test_the_widest_role_is_shown(coordinator, regency, agency):
    Membership.objects.create(user=coordinator, regency=regency, agency=agency, role=Role.AGENCY_STAFF)

    assert main_membership(fresh(coordinator), regency).role == Role.COORDINATOR


def test_a_moved_person_loses_the_old_agency_at_the_next_request(drafter, regency, agency, other_agency):
    assert can(drafter, P.EDIT_INITIATIVE, regency, agency)
    Membership.objects.filter(user=drafter).update(agency=other_agency)

    assert not can(fresh(drafter), P.EDIT_INITIATIVE, regency, agency)
    assert can(fresh(drafter), P.EDIT_INITIATIVE, regency, other_agency)


def test_entering_asks_the_database_once_and_every_question_after_that_never(
    drafter, regency, agency, django_assert_num_queries
):
    with django_assert_num_queries(1):
        drafter = load_user(drafter.pk)
        found = get_regency_or_404(drafter, regency.slug)
        assert can(drafter, P.EDIT_INITIATIVE, found, agency)
        assert not can(drafter, P.MANAGE_TEAM, found)
