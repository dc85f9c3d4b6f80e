"""What is written into the log says what happened, and neither who it was nor what they typed (S16)."""

import logging
import smtplib
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import DataError, IntegrityError, OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse
from gunicorn.config import Config

from agencies.actions import team
from agencies.mail import queue
from agencies.models import Regency, User
from agencies.roles import Role
from agencies.tasks import send_mail
from masterplan.models import Attendee
from masterplan.workshops.actions import attendance
from smartcity.logs import LineFormatter, error_line, without_marks_of_people
from smartcity.management.commands.run import _web
from smartcity.tasks import clear_sessions
from smartcity.web_log import WebLog
from tests.factories import make_workshop

NAME, ADDRESS, PASSWORD = "Wulandari Qoriantika", "wulandari.qori@contoh.test", "Sandi-Qori-Rahasia-77"
PUBLIC = "103.28.12.77"
MARKED = ("wulandari", "qori", ADDRESS, PASSWORD, PUBLIC)


class Written:
    """What the portal writes in production, and the same as logging writes it by itself."""

    def __init__(self) -> None:
        self.portal, self.plain = StringIO(), StringIO()

    def handlers(self) -> Iterator[logging.Handler]:
        console = next(each for each in logging.getLogger().handlers if isinstance(each.formatter, LineFormatter))
        in_production = LineFormatter(django_settings.LOGGING["formatters"]["line"]["fmt"])
        for stream, formatter in ((self.portal, in_production), (self.plain, logging.Formatter())):
            handler = logging.StreamHandler(stream)
            handler.setFormatter(formatter)
            for each in console.filters:
                handler.addFilter(each)
            yield handler


@pytest.fixture
def log() -> Iterator[Written]:
    written, root = Written(), logging.getLogger()
    handlers, level = list(written.handlers()), root.level
    root.setLevel(logging.INFO)
    for handler in handlers:
        root.addHandler(handler)
    yield written
    for handler in handlers:
        root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def visitor() -> Client:
    """Somebody on the internet; errors of the portal come as its 500 page."""
    return Client(raise_request_exception=False, REMOTE_ADDR=PUBLIC)


def found(text: str) -> list[str]:
    """Lines with a marked word."""
    return [line for line in text.splitlines() if any(word.lower() in line.lower() for word in MARKED)]


def test_whatever_people_do_leaves_no_mark_of_them(
    log: Written, visitor: Client, regency: Regency, administrator: User, coordinator: User, monkeypatch: Any
) -> None:
    sign_in = reverse("account_login")
    visitor.post(sign_in, {"login": ADDRESS, "password": PASSWORD})
    offer = team.invite(regency, by=administrator, email=ADDRESS, role=Role.EXECUTIVE)
    accept = reverse("invitation_accept", args=[offer.token])
    made = visitor.post(accept, {"name": NAME, "password": PASSWORD, "password_again": PASSWORD})
    person = User.objects.get(email=ADDRESS)
    assert (person.name, made.status_code) == (NAME, 302)
    visitor.logout()
    assert visitor.post(sign_in, {"login": ADDRESS, "password": "salah " + PASSWORD}).status_code == 200
    assert visitor.post(sign_in, {"login": ADDRESS, "password": PASSWORD}).status_code == 302

    today = regency.today()
    workshop = make_workshop(regency, start_date=today, end_date=today + timedelta(1))
    page = attendance.open_page(workshop, by=coordinator, day=today)
    guest = {
        "name": NAME,
        "position": "Staf",
        "agency": "tamu",
        "institution": "Kampus",
        "mode": "online",
        "agrees": "on",
    }
    visitor.post(reverse("attendance", args=[page.code]), guest)
    assert Attendee.objects.filter(name=NAME).exists()

    assert visitor.get("/halaman-yang-tidak-ada/", {"cari": NAME}).status_code == 404
    assert visitor.get(f"/undangan/{offer.token}x/").status_code == 404

    def broken(user: User) -> list[Regency]:
        name = user.name
        raise ValueError(f"{name} <{user.email}> tidak terbaca dari {PUBLIC}")

    def doubled(user: User) -> list[Regency]:
        with transaction.atomic():
            User.objects.create(email=user.email, name=user.name)
        return []

    for failing in (broken, doubled):
        monkeypatch.setattr("agencies.views.home.regencies", failing)
        answer = visitor.get("/")
        assert answer.status_code == 500
        assert f"[{answer['X-Reference']}] Internal Server Error: /" in log.portal.getvalue()
    refused = smtplib.SMTPRecipientsRefused({ADDRESS: (550, f"{NAME} tidak dikenal".encode())})
    for error in (refused, ValueError(f"{NAME} <{ADDRESS}>")):
        monkeypatch.setattr(EmailMessage, "send", raising(error))
        send_mail.apply(args=[queue(ADDRESS, "Undangan", f"Yth. {NAME}").pk])

    told_of = log.portal.getvalue()
    assert found(told_of) == []
    assert offer.token not in told_of
    assert "in broken" in told_of
    assert "ValueError: (kalimatnya tidak dicatat)" in told_of
    assert "IntegrityError" in told_of
    assert "agencies.tasks.send_mail" in told_of
    assert "Not Found: /halaman-yang-tidak-ada/" in told_of
    assert len(found(log.plain.getvalue())) >= 3  # the negative control: as logging writes it, they are there


def raising(error: Exception) -> Any:
    def send(message: EmailMessage) -> None:
        raise error

    return send


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (OSError(28, "No space left on device"), "OSError: [Errno 28] No space left on device"),
        (OperationalError("connection refused\nIs the server running?"), "OperationalError: connection refused"),
        (IntegrityError(f"duplicate key\nDETAIL: Key (email)=({ADDRESS})"), "IntegrityError: duplicate key"),
        (DataError(f'invalid input: "{NAME}"'), "DataError: (kalimatnya tidak dicatat)"),
        (KeyError(NAME), "KeyError: (kalimatnya tidak dicatat)"),
        (AttributeError("'NoneType' object has no attribute 'pk'"), "has no attribute 'pk'"),
        (smtplib.SMTPDataError(550, NAME.encode()), "SMTPDataError: (kalimatnya tidak dicatat)"),
    ],
)
def test_of_an_error_the_sentence_is_told_where_it_names_no_values(error: Exception, line: str) -> None:
    said = error_line(error)
    assert said.endswith(line)
    assert found(said) == []


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (f"surel ke {ADDRESS} ditolak", "surel ke (alamat surel) ditolak"),
        (f"ip={PUBLIC}: bad request", "ip=(alamat IP): bad request"),
        ("dari 2404:8000:1024::1 masuk", "dari (alamat IP) masuk"),
        (
            "redis://127.0.0.1:6379 dan 10.0.0.5, pukul 17:42:47,120",
            "redis://127.0.0.1:6379 dan 10.0.0.5, pukul 17:42:47,120",
        ),
        ("Error handling request /inisiatif/?cari=Qori&hal=2", "Error handling request /inisiatif/?…"),
        ("/akun/password/reset/key/3-d2vwvx-0123456789abcdef0123456789abcdef/", "/akun/password/reset/key/(kunci)/"),
        ("/penyiapan/J4q2yeb9ZQ47geljtpCBX5RJr5vHajqCfMEsy5iNbv4/", "/penyiapan/(kunci)/"),
        ("/wilayah/kabupaten-semarang/inisiatif/12/", "/wilayah/kabupaten-semarang/inisiatif/12/"),
    ],
)
def test_marks_of_people_are_taken_out_and_nothing_else(text: str, clean: str) -> None:
    assert without_marks_of_people(text) == clean


def test_an_error_is_told_with_what_it_came_from() -> None:
    try:
        try:
            raise OSError(28, "No space left on device")
        except OSError as full:
            raise ValueError(NAME) from full
    except ValueError as error:
        record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "gagal: %s", (error,), (type(error), error, None))
        text = LineFormatter("%(message)s").format(record)
    assert text.startswith("gagal: ValueError: (kalimatnya tidak dicatat)")
    assert text.index("No space left") < text.rindex("ValueError")
    assert found(text) == []
    assert f"ValueError: {NAME}" in LineFormatter("%(message)s", sentences=True).format(
        record
    )  # as whoever develops reads it


def test_the_web_server_notes_the_page_and_not_who_asked() -> None:
    config = Config()
    config.set("accesslog", "-")
    server, written = WebLog(config), StringIO()
    server.access_log.handlers = [logging.StreamHandler(written)]
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": f"/undangan/MQ:1vPabc:{'k' * 43}/\n", "QUERY_STRING": f"q={NAME}",
        "REMOTE_ADDR": PUBLIC, "HTTP_USER_AGENT": "Peramban Qori", "HTTP_REFERER": f"/?q={NAME}",
        "RAW_URI": f"/?q={NAME}", "SERVER_PROTOCOL": "HTTP/1.1",
    }  # fmt: skip
    answer = SimpleNamespace(status="404 Not Found", headers=[("X-Reference", "AB23-CD45")], sent=12)
    server.access(answer, None, environ, timedelta(milliseconds=31))
    assert written.getvalue().endswith(" [AB23-CD45] GET /undangan/(kunci)/\\n 404 31 ms\n")
    assert found(written.getvalue()) == []


def test_both_ways_to_start_the_web_processes_use_that_log() -> None:
    name = f"{WebLog.__module__}.{WebLog.__qualname__}"
    command = _web("127.0.0.1", 8000)
    assert command[command.index("--logger-class") + 1] == name
    assert f'"--logger-class", "{name}"' in (Path(django_settings.BASE_DIR) / "Dockerfile").read_text()


@pytest.mark.django_db
def test_counters_of_attempts_name_no_address_and_go_when_they_count_no_more(visitor: Client) -> None:
    visitor.post(reverse("account_login"), {"login": ADDRESS, "password": PASSWORD})
    cache.set("masih", 1, 3600)
    cache.set("lewat", 1, -3600)
    assert counters() > 2
    clear_sessions()
    assert cache.get("masih") == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM smartcity_cache")
        keys = [key for (key,) in cursor.fetchall()]
    assert len(keys) >= 3
    assert all(len(key) == 64 and key.isalnum() for key in keys)
    cache.clear()


def counters() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM smartcity_cache")
        return int(cursor.fetchone()[0])
