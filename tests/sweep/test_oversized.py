"""Whatever is sent that is too much, somebody gets a page of the portal that says so, and nothing has happened (U2)."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import ClientHandler
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.sweep.addresses import FORMS
from tests.sweep.conftest import World
from tests.sweep.test_error_pages import faults
from tests.sweep.walking import ANONYMOUS
from tests.sweep.watching import undone, watching

TOKEN = "t" * 32
LIMIT = 3
# Too long a body as forms without and with files send it, too many fields, too many files.
BODIES: dict[str, dict[str, Any]] = {
    "long": {"data": "problem=" + "x" * 5000, "content_type": "application/x-www-form-urlencoded"},
    "long, with files": {"data": {"problem": "x" * 5000}},
    "many fields": {"data": {f"field{number}": "x" for number in range(LIMIT + 1)}},
    "many files": {
        "data": {"berkas": [SimpleUploadedFile(f"{number}.pdf", b"%PDF-1.4") for number in range(LIMIT + 1)]}
    },
}


@pytest.fixture(scope="module")
def strict() -> ClientHandler:
    """As in earnest: the token is looked for in the body, before any view is asked."""
    return ClientHandler(enforce_csrf_checks=True)


@pytest.fixture(autouse=True)
def little(settings: Any) -> None:
    """Limits that a short body passes."""
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 4000
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = settings.DATA_UPLOAD_MAX_NUMBER_FILES = LIMIT


def account_pages() -> list[str]:
    """Pages for signing in, passwords and the second factor, those whose address is the same for everybody."""
    found = []
    for name in map(str, get_resolver().reverse_dict):
        if name.startswith(("account_", "mfa_")):
            try:
                found.append(reverse(name))
            except NoReverseMatch:
                continue
    return sorted(found)


def browser(world: World, who: str, strict: ClientHandler) -> Client:
    client = world.client(who)
    client.handler = strict
    client.cookies["csrftoken"] = TOKEN
    return client


@pytest.mark.parametrize("what", BODIES)
def test_too_much_is_refused_in_words(what: str, world: World, strict: ClientHandler) -> None:
    places = [(address.label, address.url(world.mine), address.writers[0]) for address in FORMS]
    places += [(url, url, who) for url in account_pages() for who in ("coordinator", ANONYMOUS)]
    wrong = []
    for label, url, who in places:
        with undone(), watching() as seen:
            response = browser(world, who, strict).post(url, **BODIES[what], headers={"X-CSRFToken": TOKEN})
        if response.status_code != 413:
            wrong.append(f"{label} as {who}: {response.status_code}")
            continue
        wrong += [f"{label} as {who}: {fault}" for fault in faults(response, 413)]
        wrong += [] if "tombol kembali" in response.content.decode() else [f"{label} as {who}: shows no way back"]
        wrong += [f"{label} as {who}: writes {write}" for write in seen.writes]
    assert not wrong, "\n".join(wrong)
    assert len(places) > 50


def test_a_script_is_told_in_its_own_way(world: World, strict: ClientHandler) -> None:
    address = next(address for address in FORMS if address.name == "initiative_autosave")
    headers = {"X-CSRFToken": TOKEN, "Accept": "application/json"}
    for body in BODIES.values():
        client = browser(world, address.writers[0], strict)
        response = client.post(address.url(world.mine), **body, headers=headers)
        assert (response.status_code, response.json()["state"]) == (413, "refused")
        assert "Teks Anda masih ada" in response.json()["message"]
