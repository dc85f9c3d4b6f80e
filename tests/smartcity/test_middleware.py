"""Reference numbers, headers on every answer, and the end of a session."""

import logging
import re
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.test import Client, RequestFactory

from smartcity import views
from smartcity.middleware import ReferenceFilter, reference

REFERENCE = re.compile(r"[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.fixture
def somebody(client: Client, db: None) -> Any:
    person = get_user_model().objects.create(email="petugas@uji.test", name="Petugas")  # type: ignore[misc]
    client.force_login(person)
    return person


def is_logged_in(client: Client, **headers: str) -> bool:
    client.get("/halaman-yang-tidak-ada/", headers=headers)
    return "_auth_user_id" in client.session


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/akun/login/", "/halaman-yang-tidak-ada/", "/healthz"])
def test_every_answer_carries_the_rules(path: str, client: Client) -> None:
    response = client.get(path)
    assert {name: response[name] for name in HEADERS} == HEADERS
    assert "camera=()" in response["Permissions-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in response["Content-Security-Policy"].split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
    assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert "unsafe" not in response["Content-Security-Policy"]


@pytest.mark.django_db
def test_an_error_page_shows_the_number_of_the_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    response = client.get("/halaman-yang-tidak-ada/")
    assert response.status_code == 404
    number = response["X-Reference"]
    assert REFERENCE.fullmatch(number)
    assert number in response.content.decode()


def test_log_lines_carry_the_number(rf: RequestFactory) -> None:
    record = logging.LogRecord("x", logging.INFO, "x.py", 1, "pesan", None, None)

    def answer(request: Any) -> Any:
        ReferenceFilter().filter(record)
        return views.server_error(request)

    response = reference(answer)(rf.get("/"))
    assert record.reference == response["X-Reference"]  # type: ignore[attr-defined]
    assert response["X-Reference"] in response.content.decode()


def test_a_session_ends_after_idle_time(client: Client, somebody: Any, settings: Any) -> None:
    settings.SESSION_IDLE_SECONDS = 3600
    with time_machine.travel("2026-03-02 08:00Z", tick=False) as clock:
        assert is_logged_in(client)
        clock.shift(3500)
        assert is_logged_in(client)
        clock.shift(3500)
        assert is_logged_in(client)
        clock.shift(3601)
        assert not is_logged_in(client)


def test_what_a_page_does_by_itself_is_not_use(client: Client, somebody: Any, settings: Any) -> None:
    settings.SESSION_IDLE_SECONDS = 3600
    with time_machine.travel("2026-03-02 08:00Z", tick=False) as clock:
        assert is_logged_in(client)
        clock.shift(3500)
        assert is_logged_in(client, **{"X-Background": "1"})
        clock.shift(200)
        assert not is_logged_in(client)


def test_a_session_ends_after_the_longest_time_however_busy(client: Client, somebody: Any, settings: Any) -> None:
    settings.SESSION_IDLE_SECONDS = 3600
    settings.SESSION_COOKIE_AGE = 3 * 3600
    with time_machine.travel("2026-03-02 08:00Z", tick=False) as clock:
        stays = []
        for _ in range(8):
            stays.append(is_logged_in(client))
            clock.shift(1800)
    assert stays == [True] * 7 + [False]


def test_what_one_person_sees_is_not_kept_by_caches(client: Client, somebody: Any) -> None:
    assert client.get("/halaman-yang-tidak-ada/")["Cache-Control"] == "private, no-store"
