"""The rules for browsers stand on every answer: pages, moves, refusals, errors and files (S12)."""

import logging
from collections.abc import Mapping
from typing import Any

import pytest

from tests.sweep.addresses import FORMS
from tests.sweep.conftest import World
from tests.sweep.pages import Page, body_of
from tests.sweep.walking import ANONYMOUS, Visit

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=(), "
    "browsing-topics=()",
}
# What stands on a PDF that is shown in a frame of the portal: a browser's viewer is built of what the policy forbids.
SHOWN = {"frame-ancestors": "'self'", "base-uri": "'none'", "form-action": "'none'"}
# Headers that tell which software answers, and so which of its faults to try.
TALKATIVE = ("Server", "X-Powered-By", "Via")


def faults(headers: Mapping[str, str], *, shown: bool = False, personal: bool = True) -> list[str]:
    """What is missing or different; `shown` is a file that opens beside its page."""
    own = {"X-Frame-Options": "SAMEORIGIN"} if shown else {}
    found = [f"{name}: {headers.get(name)}" for name, value in (HEADERS | own).items() if headers.get(name) != value]
    rules = dict(rule.strip().split(" ", 1) for rule in headers.get("Content-Security-Policy", "").split(";") if rule)
    if rules != (SHOWN if shown else POLICY):
        found.append(f"policy: {headers.get('Content-Security-Policy')}")
    if personal and "no-store" not in headers.get("Cache-Control", ""):
        found.append(f"Cache-Control: {headers.get('Cache-Control')}")
    if "public" in headers.get("Cache-Control", ""):
        found.append(f"Cache-Control: {headers.get('Cache-Control')}")
    return found + [f"{name}: {headers[name]}" for name in TALKATIVE if name in headers]


def test_the_rules_stand_on_every_page(visits: list[Visit]) -> None:
    wrong = []
    for seen in visits:
        found = faults(seen.headers, personal=seen.who != ANONYMOUS)
        wrong += [f"{seen.label} ({seen.status}): {fault}" for fault in found]
    assert not wrong, "\n".join(wrong)
    assert {seen.status for seen in visits} >= {200, 302, 403, 404}


def test_the_markup_needs_nothing_that_the_rules_forbid(visits: list[Visit]) -> None:
    """No inline script, style or handler: the browser would drop it without a word."""
    dangers = {
        f"{seen.label}: {danger}"
        for seen in visits
        if seen.text and seen.who in ("coordinator", "administrator", "agency_head", ANONYMOUS)
        for danger in Page(seen.text).dangers
    }
    assert not dangers, "\n".join(sorted(dangers))


def test_the_rules_stand_on_moves_and_refusals(world: World) -> None:
    wrong = []
    for address in FORMS:
        client = world.client(address.writers[0])
        for method in ("post", "delete"):
            response = getattr(client, method)(address.url(world.mine))
            wrong += [
                f"{address.label} {method} ({response.status_code}): {fault}" for fault in faults(response.headers)
            ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("who", ["coordinator", ANONYMOUS])
def test_the_rules_stand_on_errors(who: str, world: World, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    from masterplan.home.views import home

    def broken(*args: Any) -> None:
        raise RuntimeError("rahasia dapur")

    client, mine = world.client(who), world.mine
    for name in ("DisallowedHost", "TooManyFieldsSent"):
        monkeypatch.setattr(logging.getLogger(f"django.security.{name}"), "disabled", True)
    answers = [
        client.get("/", headers={"host": "penyusup.example"}),
        client.get("/akun/login/"),
        client.get("/tidak-ada"),
    ]
    answers.append(client.post("/", {}))
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    answers.append(client.post(f"/wilayah/{mine.slug}/buku/bekukan/", {str(n): n for n in range(9)}))
    monkeypatch.setattr(home, "overview", broken)
    answers.append(client.get(f"/wilayah/{mine.slug}/"))
    assert [answer.status_code for answer in answers] == (
        [400, 302, 404, 405, 413, 500] if who == "coordinator" else [400, 200, 404, 302, 302, 302]
    )
    found = [f"{n}: {fault}" for n, a in enumerate(answers) for fault in faults(a.headers, personal=who != ANONYMOUS)]
    assert not found, "\n".join(found)


def test_files_are_handed_out_inert(world: World) -> None:
    """Saved under a name of ours, of the type we say, kept by no cache; only the sheet beside its page opens in place."""
    mine, client = world.mine, world.client("coordinator")
    book = client.get(f"/wilayah/{mine.slug}/buku/pekerjaan/{mine.books['done'].pk}/unduh/")
    sheet = client.get(f"/wilayah/{mine.slug}/lembar/{mine.sheets['submitted'].pk}/unduh/")
    shown = client.get(f"/wilayah/{mine.slug}/lembar/{mine.sheets['submitted'].pk}/unduh/?lihat=1")
    for response, disposition in ((book, "attachment"), (sheet, "attachment"), (shown, "inline")):
        assert response.headers["Content-Type"] == "application/pdf"
        assert response.headers["Content-Disposition"].split(";")[0] == disposition
        assert response.headers["Cache-Control"] == "private, no-store"
        assert body_of(response).startswith(b"%PDF-")
    assert faults(book.headers) == faults(sheet.headers) == []
    assert faults(shown.headers, shown=True) == []


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(world: World) -> None:
    browser = world.client(ANONYMOUS)
    token = browser.get("/akun/login/").cookies["csrftoken"]
    browser.force_login(world.person("coordinator"))
    session = browser.get("/").cookies["sessionid"]
    assert (session["httponly"], session["samesite"], token["samesite"]) == (True, "Lax", "Lax")
