"""Goes through the pages as many people and keeps what they saw, so that several tests look at one walk."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase
from django.test import Client

from tests.sweep.addresses import Address
from tests.sweep.pages import body_of
from tests.sweep.side import INSIDERS
from tests.sweep.watching import undone, watching

ANONYMOUS = "anonymous"
EVERYONE = (*INSIDERS, "outsider", "suspended", ANONYMOUS)
LOGIN = "/akun/login/"


@dataclass(frozen=True)
class Visit:
    """One person at one page."""

    address: Address
    who: str
    url: str
    status: int
    headers: dict[str, str]
    body: bytes
    writes: list[str]
    statements: list[tuple[str, Any]]

    @property
    def label(self) -> str:
        """For messages."""
        return f"{self.address.label} as {self.who}"

    @property
    def text(self) -> str:
        """The page, or "" for a file."""
        return self.body.decode() if self.headers.get("Content-Type", "").startswith("text/html") else ""


def visit(client: Client, address: Address, who: str, url: str) -> Visit:
    """Read one page; what it writes is undone."""
    with undone(), watching() as seen:
        response = client.get(url)
        body = body_of(response)
    return Visit(address, who, url, response.status_code, dict(response.headers), body, seen.writes, seen.statements)


def walk(
    world: Any, pages: Iterable[Address], people: Iterable[str], *, side: Any = None, **arguments: Any
) -> Iterator[Visit]:
    """Every page as everyone; `side` is whose regency, by default mine; `arguments` replace those of the address."""
    for address in pages:
        url = address.url(side or world.mine, **arguments)
        for who in people:
            yield visit(world.client(who), address, who, url)


def outcome(address: Address, slug: str, response: HttpResponseBase | Visit) -> str:
    """What an answer means: in, elsewhere, sign in, unknown, forbidden, or its number."""
    status = response.status if isinstance(response, Visit) else response.status_code
    where = response.headers.get("Location", "")
    if status == 401 or (status == 302 and where.startswith(LOGIN)):
        return "sign in"
    if status in address.statuses and (status != 302 or where.startswith(address.leads or f"/wilayah/{slug}/")):
        return "in"
    return {404: "unknown", 403: "forbidden", 302: "elsewhere"}.get(status, str(status))


def promised(address: Address, who: str, allowed: list[str]) -> str:
    """What the table says about a person."""
    if who in allowed:
        return "in"
    if who in address.strangers:
        return "elsewhere" if address.strangers[who] == 302 else "in"
    if who == ANONYMOUS:
        return "sign in"
    return "unknown" if who in ("outsider", "suspended") or who in address.hidden.split() else "forbidden"
