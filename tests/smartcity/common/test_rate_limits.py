"""Each address has its own measure; behind a proxy it is the one that the proxy saw."""

from typing import Any

import pytest
import time_machine
from django.test import RequestFactory

from smartcity.common.rate_limits import is_within_limit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def few(settings: Any) -> None:
    settings.RATE_LIMITS = {"knock": "2/m/ip", "ring": "1/m/ip"}


def knock(rf: RequestFactory, address: str = "192.0.2.1", action: str = "knock", **headers: str) -> bool:
    return is_within_limit(rf.get("/", REMOTE_ADDR=address, headers=headers), action)


def test_one_too_many_has_to_wait(rf: RequestFactory) -> None:
    with time_machine.travel("2026-11-27 10:00:00", tick=False) as clock:
        assert [knock(rf) for _ in range(3)] == [True, True, False]
        clock.shift(61)
        assert knock(rf)


def test_addresses_and_actions_are_counted_apart(rf: RequestFactory) -> None:
    assert [knock(rf) for _ in range(3)] == [True, True, False]
    assert knock(rf, "192.0.2.2")
    assert knock(rf, action="ring")


def test_nobody_escapes_by_naming_another_address(rf: RequestFactory, settings: Any) -> None:
    """Without a proxy the header is not believed; neighbours within one IPv6 network are one."""
    claims = [{"X-Forwarded-For": f"198.51.100.{end}"} for end in (1, 2, 3)]
    assert [knock(rf, **claim) for claim in claims] == [True, True, False]
    assert [knock(rf, f"2001:db8::{end}") for end in (1, 2, 3)] == [True, True, False]
