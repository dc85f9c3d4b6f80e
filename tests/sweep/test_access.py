"""Who gets where: every address with every persona and method, with foreign, unknown and malformed ids (S1)."""

import re
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import Client

from tests.sweep.addresses import ADDRESSES, FORMS, PAGES, Address, foreign_filters, names_in_urlconf
from tests.sweep.conftest import ANONYMOUS, World
from tests.sweep.pages import as_sent, body_of, form_that_sends, read
from tests.sweep.side import INSIDERS
from tests.sweep.watching import undone, watching

EVERYONE = (*INSIDERS, "outsider", "suspended", ANONYMOUS)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
# Addresses that write although they are only read, and why.
WRITES_WHEN_READ = {"book_download": "who took which book when is what the page is asked to note"}
LOGIN = "/akun/login/"


def answer(client: Client, method: str, url: str, data: Any = None) -> HttpResponseBase:
    """One request. A file is closed by whoever reads it."""
    return client.generic(method, url) if data is None else client.post(url, data)


def outcome(address: Address, world: World, response: HttpResponseBase) -> str:
    """What an answer means: in, elsewhere, sign in, unknown, forbidden, or its number."""
    status, where = response.status_code, response.headers.get("Location", "")
    if status == 302 and where.startswith(LOGIN):
        return "sign in"
    if status in address.statuses and (status != 302 or where.startswith(f"/wilayah/{world.mine.slug}/")):
        return "in"
    return {404: "unknown", 403: "forbidden", 302: "elsewhere"}.get(status, str(status))


def expected(address: Address, who: str, allowed: list[str]) -> str:
    """What the table promises."""
    if who in allowed:
        return "in"
    if who in address.strangers:
        return "elsewhere" if address.strangers[who] == 302 else "in"
    if who == ANONYMOUS:
        return "sign in"
    return "unknown" if who in ("outsider", "suspended") or who in address.hidden.split() else "forbidden"


def body_for(address: Address, world: World, url: str) -> dict[str, Any]:
    """What the first of those who may write sends: the form of the page with the changes of the table."""
    sends = address.sends(world.mine)
    if not address.get:
        return sends
    page = read(world.client(address.writers[0]).get(url))
    return as_sent(form_that_sends(page, url), sends)


def test_every_address_has_an_entry_and_every_entry_an_address() -> None:
    described = {address.name for address in ADDRESSES}
    assert names_in_urlconf() - described == set(), "addresses nobody has described in tests/sweep/addresses.py"
    assert described - names_in_urlconf() == set(), "entries without an address"


def test_reading(world: World) -> None:
    """Every page with every persona. Reading never writes, not even for those who may."""
    wrong = []
    for address in PAGES:
        url = address.url(world.mine)
        for who in EVERYONE:
            with watching() as seen:
                response = world.client(who).get(url)
            body_of(response)
            got, want = outcome(address, world, response), expected(address, who, address.readers)
            if got != want:
                wrong.append(f"{address.label}: {who} is {got}, not {want}")
            if seen.writes and address.name not in WRITES_WHEN_READ:
                wrong.append(f"{address.label}: reading as {who} writes {seen.writes[0]}")
    assert not wrong, "\n".join(wrong)


def test_writing(world: World) -> None:
    """Every form with every persona; for whoever is refused nothing changes."""
    wrong = []
    for address in FORMS:
        url = address.url(world.mine)
        data = body_for(address, world, url)
        for who in EVERYONE:
            with undone(), watching() as seen:
                response = world.client(who).post(url, data)
            got, want = outcome(address, world, response), expected(address, who, address.writers)
            if got != want:
                wrong.append(f"{address.label}: {who} is {got}, not {want}")
            if want != "in" and seen.writes:
                wrong.append(f"{address.label}: {who} is refused and yet writes {seen.writes[0]}")
            if who == address.writers[0] and not seen.writes and response.status_code != 200:
                wrong.append(f"{address.label}: {who} may, but nothing was written")
    assert not wrong, "\n".join(wrong)
