"""The people every test speaks of: one per role here, one outsider with a role elsewhere, one who was suspended; and
what every database holds from the beginning.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import serializers
from django.db import connections
from django.test import Client
from django.utils import timezone

from agencies.models import Agency, Membership, Regency, User
from agencies.roles import Role
from masterplan.models import Dimension, MasterPlan, SubDimension
from tests.factories import make_agency, make_master_plan, make_person, make_regency


@pytest.fixture
def regency(db: None) -> Regency:
    """The regency a test is about."""
    return make_regency("Semarang Uji", "kabupaten-semarang-uji")


@pytest.fixture
def agency(regency: Regency) -> Agency:
    """The agency a test is about."""
    return make_agency(regency, "Dinas Pariwisata", "DINPAR")


@pytest.fixture
def other_agency(regency: Regency) -> Agency:
    """Another agency of the same regency."""
    return make_agency(regency, "Dinas Kesehatan", "DINKES")


@pytest.fixture
def plan(regency: Regency) -> MasterPlan:
    """The regency's master plan."""
    return make_master_plan(regency)


@pytest.fixture
def drafter(regency: Regency, agency: Agency) -> User:
    """Staff of the agency: fills in, may not send."""
    return make_person(regency, Role.AGENCY_STAFF, agency)


@pytest.fixture
def agency_head(regency: Regency, agency: Agency) -> User:
    """Head of the agency: fills in and sends."""
    return make_person(regency, Role.AGENCY_HEAD, agency)


@pytest.fixture
def coordinator(regency: Regency) -> User:
    """Diskominfo."""
    return make_person(regency, Role.COORDINATOR)


@pytest.fixture
def executive(regency: Regency) -> User:
    """The regent or a member of the council."""
    return make_person(regency, Role.EXECUTIVE)


@pytest.fixture
def expert(regency: Regency) -> User:
    """The ministry's expert."""
    return make_person(regency, Role.EXPERT)


@pytest.fixture
def administrator(regency: Regency) -> User:
    """Looks after people and reference data."""
    return make_person(regency, Role.ADMINISTRATOR)


@pytest.fixture
def outsider(db: None) -> User:
    """A coordinator of another regency."""
    return make_person(make_regency("Magelang Uji", "kabupaten-magelang-uji"), Role.COORDINATOR)


@pytest.fixture
def suspended(regency: Regency, agency: Agency, administrator: User) -> User:
    """Staff of the agency whose access was taken away."""
    user = make_person(regency, Role.AGENCY_STAFF, agency)
    Membership.objects.filter(user=user).update(suspended_at=timezone.now(), suspended_by=administrator)
    return user


@pytest.fixture
def client_of() -> Callable[[User | None], Client]:
    """A browser session of a person, without the sign-in page; None is somebody who has not signed in."""

    def sign_in(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def seeds(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What migrations have filled in is there again after a test that empties the tables."""
    with django_db_blocker.unblock():
        content = serializers.serialize("json", [*Dimension.objects.all(), *SubDimension.objects.all()])
    yield
    with django_db_blocker.unblock():
        for row in serializers.deserialize("json", content):
            row.save()
        connections.close_all()  # tests that may not touch the database must find none open
