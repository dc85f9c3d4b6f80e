"""The two regencies every sweep walks through, built once for all sweeps, and the people who walk."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client, override_settings
from django.test.client import ClientHandler
from django.utils import timezone

from agencies.models import User
from tests.sweep.addresses import FORMS, PAGES, Address
from tests.sweep.content import build_side
from tests.sweep.pages import OpenForm, as_sent, form_that_sends, read
from tests.sweep.side import Side
from tests.sweep.walking import ANONYMOUS, EVERYONE, Visit, walk
from tests.sweep.watching import undone
from tests.sweep.words import MINE, PRIVATE, THEIRS, UNSENT, marked

# One chain of middleware for all browsers, of which there are thousands.
HANDLER = ClientHandler(enforce_csrf_checks=False)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The sweeps come first and stay together, in whatever order, so that they share what they look at.

    Later there may be tests that empty the tables they wrote to, seeded rows included.
    """
    here = Path(__file__).parent
    items.sort(key=lambda item: here not in item.path.parents)
    for item in items:
        if here in item.path.parents:
            item.add_marker("django_db")


@dataclass
class World:
    """My regency, theirs, and a signed-in browser for everybody. An outsider is the coordinator of theirs."""

    mine: Side
    theirs: Side
    media: Path
    sessions: dict[str, str] = field(default_factory=dict)

    def person(self, name: str) -> User:
        """One of my people, or with `their ` before it one of theirs."""
        if name == "outsider":
            return self.theirs.people["coordinator"]
        if name.startswith("their "):
            return self.theirs.people[name.removeprefix("their ")]
        return self.mine.people[name]

    def client(self, name: str) -> Client:
        """A browser in which that person has signed in; errors of the portal come as its 500 page."""
        client = Client(raise_request_exception=False)
        client.handler = HANDLER
        if name != ANONYMOUS:
            client.cookies["sessionid"] = self._session(name)
        return client

    def _session(self, name: str) -> str:
        if name not in self.sessions:
            client = Client()
            client.handler = HANDLER
            client.force_login(self.person(name))
            client.get("/panduan/")  # the first request of a session notes when it began
            self.sessions[name] = client.cookies["sessionid"].value
        return self.sessions[name]


@pytest.fixture(scope="package")
def built(
    _noon: None, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Both regencies, in a transaction that lasts as long as the sweeps and is then undone."""
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(MEDIA_ROOT=media):
        mine = build_side(marked(MINE), marked(UNSENT), "kabupaten-satu", marked(PRIVATE))
        theirs = build_side(marked(THEIRS), marked(THEIRS), f"kabupaten-{THEIRS}")
        world = World(mine, theirs, media)
        for name in (*mine.people, "outsider", *(f"their {name}" for name in theirs.people)):
            world.client(name)
        yield world
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def visits(built: World, django_db_blocker: Any) -> list[Visit]:
    """Every page of my regency as everybody sees it."""
    with django_db_blocker.unblock():
        return list(walk(built, PAGES, EVERYONE))


@pytest.fixture(scope="package")
def open_forms(built: World, django_db_blocker: Any) -> list[OpenForm]:
    """Every form of my regency as the first of its writers opens it, and what that person sends."""
    with django_db_blocker.unblock(), undone():
        return [_opened(address, built) for address in FORMS]


def _opened(address: Address, world: World) -> OpenForm:
    url, sends = address.url(world.mine), address.sends(world.mine)
    if not address.get:
        return OpenForm(address, url, None, sends)
    form = form_that_sends(read(world.client(address.writers[0]).get(url)), url)
    return OpenForm(address, url, form, as_sent(form, sends))


@pytest.fixture
def world(built: World, db: None, own_folders: None, settings: Any) -> World:
    """Both regencies as they were built; what a test changes is undone after it."""
    settings.MEDIA_ROOT = built.media
    return built


@pytest.fixture(autouse=True, scope="package")
def _noon() -> Iterator[None]:
    """It is about noon of today all along: what stands for today when the regencies are built is not of yesterday later."""
    with time_machine.travel(timezone.localtime().replace(hour=12)):
        yield


@pytest.fixture(autouse=True, scope="package")
def _quiet() -> Iterator[None]:
    """Thousands of refusals are what is asked for here; nobody needs a line about each."""
    logger = logging.getLogger("django.request")
    logger.disabled = True
    yield
    logger.disabled = False
