"""What goes wrong says so plainly, names a number, and leaves nothing half done or wide open (S14, R14)."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponseBase
from django.test import Client

from agencies import access
from agencies.models.membership import MembershipQuerySet
from masterplan.books import actions as books
from masterplan.models import BookDownload
from masterplan.models.initiatives.initiative import InitiativeQuerySet
from smartcity.common.storage import files
from tests.sweep.addresses import FORMS, PAGES
from tests.sweep.conftest import World
from tests.sweep.pages import OpenForm
from tests.sweep.walking import ANONYMOUS, visit
from tests.sweep.watching import difference, rows_of, undone, watching
from tests.sweep.words import MINE, THEIRS, UNSENT

SECRET = "kunci dapur"
REFERENCE = re.compile(r"Nomor rujukan: <b[^>]*>([2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4})</b>")
# Words of Django's own pages, of tracebacks and of settings.
FOREIGN = re.compile(
    r"Traceback|Exception|RuntimeError|Bad Request \(400\)|Server Error|Not Found\b|Forbidden|\.py\b|SELECT "
)
HEADINGS = {
    400: "Permintaan ini tidak dapat dibaca",
    403: "Anda tidak berwenang membuka halaman ini",
    404: "Halaman ini tidak ditemukan",
    405: "Alamat ini tidak dibuka langsung",
    413: "Yang dikirim terlalu besar",
    500: "Portal sedang mengalami gangguan",
}
# Acts on many rows, which say beside the row that failed what became of it.
SAID_BESIDE_THE_ROW = {"initiative_desk"}
# Pages that tell nothing about any regency; they may answer when nobody knows who belongs where.
HARMLESS = {"guide", "healthz", "readyz", "invitation_accept"}


def faults(response: HttpResponseBase, status: int, heading: str = "") -> list[str]:
    """What is wrong with an error page."""
    assert response.status_code == status
    text = response.content.decode()  # type: ignore[attr-defined]
    found = REFERENCE.search(text)
    wrong = [] if found and found[1] == response.headers["X-Reference"] else ["no reference number, or another one"]
    wrong += [] if '<html lang="id">' in text else ["not in Indonesian"]
    wrong += [] if re.search(rf"<h1[^>]*>\s*{heading or HEADINGS[status]}\s*</h1>", text) else ["another heading"]
    wrong += [f"says {word[0]!r}" for word in FOREIGN.finditer(text)]
    return wrong + ([f"says {SECRET!r}"] if SECRET in text else [])


def broken(*args: Any, **kwargs: Any) -> Any:
    raise RuntimeError(SECRET)


def test_error_pages_say_what_happened_and_name_a_number(
    world: World, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    for name in ("DisallowedHost", "TooManyFieldsSent", "csrf"):
        monkeypatch.setattr(logging.getLogger(f"django.security.{name}"), "disabled", True)
    inside = f"/wilayah/{world.mine.slug}/"
    for who in ("coordinator", ANONYMOUS):
        client = world.client(who)
        assert faults(client.get("/", headers={"host": "penyusup.example"}), 400) == []
        assert faults(client.get("/tidak-ada/"), 404) == []
    assert faults(world.client("expert").get(f"{inside}tim/"), 403) == []
    assert faults(world.client("outsider").get(inside), 404) == []
    assert faults(world.client("coordinator").get(f"{inside}naskah/isi-bawaan/"), 405) == []
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = world.client("coordinator").cookies
    assert faults(strict.post(f"{inside}buku/bekukan/", {"scope": "submitted"}), 403, HEADINGS[400]) == []
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    many = {str(number): "x" for number in range(9)}
    assert faults(world.client("coordinator").post(f"{inside}buku/bekukan/", many), 413) == []
    monkeypatch.setattr(InitiativeQuerySet, "for_list", broken)
    answer = world.client("coordinator").get(f"{inside}inisiatif/")
    assert faults(answer, 500) == []
    assert not re.search(f"{MINE}|{THEIRS}|{UNSENT}", answer.content.decode())


# Who belongs where cannot be told -----------------------------------------------------------------------------------------


def open_doors(world: World) -> list[str]:
    """Pages and forms that answer although they should not."""
    found = []
    for address in PAGES:
        if address.name in HARMLESS:
            continue
        who = address.readers[0]
        seen = visit(world.client(who), address, who, address.url(world.mine))
        if seen.status != 500 or re.search(f"{MINE}|{UNSENT}".encode(), seen.body) or seen.writes:
            found.append(f"{seen.label}: {seen.status}, {seen.writes}")
    for address in FORMS:
        if address.name in HARMLESS:
            continue
        with undone(), watching() as watched:
            response = world.client(address.writers[0]).post(address.url(world.mine), address.sends(world.mine))
        if response.status_code != 500 or watched.writes:
            found.append(f"{address.label} posted: {response.status_code}, {watched.writes}")
    return found


def test_no_door_opens_when_memberships_cannot_be_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MembershipQuerySet, "active_on", broken)
    found = open_doors(world)
    assert not found, "\n".join(found)


def test_no_door_opens_when_permissions_cannot_be_weighed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "memberships", broken)
    open_to_all = ("home as", "verification", "notice_stop", "attendance")  # ask for no permission
    found = [line for line in open_doors(world) if not line.startswith(open_to_all)]
    assert not found, "\n".join(found)


def test_nobody_is_let_in_when_the_session_cannot_be_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.sessions.backends.db import SessionStore

    monkeypatch.setattr(SessionStore, "load", broken)
    for address in PAGES:
        if address.in_regency:
            response = world.client(address.readers[0]).get(address.url(world.mine))
            assert response.status_code == 500, address.label


# An act that fails half way -----------------------------------------------------------------------------------------------


@contextmanager
def failing_at(number: int, tables: set[str]) -> Iterator[None]:
    """The database goes away when the write of that number is about to happen."""
    left = number

    def execute(run: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal left
        if re.match(r"\s*(INSERT|UPDATE|DELETE)", sql, re.IGNORECASE) and any(f'"{table}"' in sql for table in tables):
            left -= 1
            if left == 0:
                raise OperationalError(SECRET)
        return run(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield


def changes_of(world: World, opened: OpenForm) -> tuple[int, set[str]]:
    """How many writes of the portal's own tables a form causes, and which tables they are."""
    with undone(), watching() as seen:
        world.client(opened.writer).post(opened.url, opened.data)
    own = {table for table in seen.tables if table.startswith(("agencies_", "masterplan_"))}
    return sum(any(f'"{table}"' in sql for table in own) for sql in seen.writes), own


def test_an_act_that_fails_half_way_has_not_happened(world: World, open_forms: list[OpenForm]) -> None:
    """The last write of every form fails: the person sees the error page, and nothing of the act is left."""
    wrong, tried = [], 0
    for opened in open_forms:
        address = opened.address
        count, tables = changes_of(world, opened)
        if not count:
            continue
        tried += 1
        before = rows_of(tables)
        with undone():
            with failing_at(count, tables):
                response = world.client(opened.writer).post(opened.url, opened.data)
            left = difference(before, rows_of(tables))
        expected = 200 if address.name in SAID_BESIDE_THE_ROW else 500
        if response.status_code != expected or SECRET in response.content.decode():
            wrong.append(f"{address.label}: {response.status_code}")
        wrong += [f"{address.label}: {what}" for what in left]
    assert not wrong, "\n".join(wrong)
    assert tried > 30


@pytest.mark.parametrize("kind", ["done", "gone"])
def test_a_download_that_is_not_noted_is_not_handed_out(
    kind: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And one whose file is gone is not noted."""
    job, client = world.mine.books["done"], world.client("expert")
    url = f"/wilayah/{world.mine.slug}/buku/pekerjaan/{job.pk}/unduh/"
    before = BookDownload.objects.count()
    if kind == "done":
        monkeypatch.setattr(books.BookDownload.objects, "create", broken)
        assert client.get(url).status_code == 500
    else:
        monkeypatch.setattr(type(files.private_storage()), "exists", lambda *args: False)
        assert client.get(url).status_code == 404
    assert BookDownload.objects.count() == before
