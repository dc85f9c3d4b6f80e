"""Texts that try to become markup stay texts (S4), and nobody sets what a form does not offer (S2)."""

import re
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db.models import BooleanField, DateField, DateTimeField, Field, ForeignKey, IntegerField, JSONField
from django.test import Client
from django.utils import timezone

from agencies.models import OutgoingMail
from tests.sweep.addresses import FORMS, PAGES, Address
from tests.sweep.conftest import World
from tests.sweep.content import build_side, mail_news
from tests.sweep.pages import Page, as_sent, form_that_sends, read
from tests.sweep.side import Side
from tests.sweep.walking import visit
from tests.sweep.watching import difference, own_models, rows_of, undone, watching
from tests.sweep.words import hostile

# Who looks at the hostile regency: between them they see every page and every kind of page.
WITNESSES = ("agency_head", "coordinator", "executive", "administrator")
# Markup of a payload that has kept its edges; escaped it reads &lt;script&gt;.
RAW = re.compile(r"<script>alert|<img src=x|<svg onload|<iframe srcdoc|<b onmouse|</textarea></title>", re.IGNORECASE)
# 7*7 computed by some template language: {{ }}, ${ } or #{ } would leave the number alone between what stood around it.
COMPUTED = re.compile(r">\s*\d+ 49 |\$49|#49")


@pytest.fixture
def hostile_side(world: World) -> Side:
    """A regency in which every text is an attempt at harm."""
    return build_side(hostile(), hostile(), "kabupaten-jahat")


def browser(person: Any) -> Client:
    """A signed-in browser of somebody of the hostile regency."""
    from tests.sweep.conftest import HANDLER

    client = Client(raise_request_exception=False)
    client.handler = HANDLER
    client.force_login(person)
    return client


def test_every_page_shows_hostile_texts_as_texts(hostile_side: Side) -> None:
    wrong, shown = [], set()
    for who in WITNESSES:
        client = browser(hostile_side.people[who])
        for address in PAGES:
            if who not in address.readers:
                continue
            seen = visit(client, address, who, address.url(hostile_side))
            if seen.status not in address.statuses:
                wrong.append(f"{seen.label}: {seen.status}")
            if not seen.text:
                continue
            wrong += [f"{seen.label}: {found[0]!r} stands raw" for found in RAW.finditer(seen.text)]
            wrong += [f"{seen.label}: {found[0]!r} was computed" for found in COMPUTED.finditer(seen.text)]
            wrong += [f"{seen.label}: {danger}" for danger in Page(seen.text).dangers]
            shown |= {part for part in ("&lt;script&gt;", "{% raw %}", "{{ 7*7 }}", "عربي") if part in seen.text}
    assert not wrong, "\n".join(wrong)
    assert shown == {"&lt;script&gt;", "{% raw %}", "{{ 7*7 }}", "عربي"}


def test_hostile_texts_travel_in_mail_as_they_are(hostile_side: Side) -> None:
    """Mail is plain text; a subject is one line, so that nobody adds headers or addressees."""
    mail_news()
    letters = OutgoingMail.objects.filter(to__in=[person.email for person in hostile_side.people.values()])
    assert letters.count() > 5
    assert [letter.subject for letter in letters if "\n" in letter.subject or "\r" in letter.subject] == []
    assert any("<script>" in f"{letter.subject}{letter.body}" for letter in letters)
    assert not any("&lt;" in letter.body and "&lt;b" not in letter.body for letter in letters)


def test_file_names_are_tame(hostile_side: Side) -> None:
    """The name of a download is built from the regency's; nothing of it may end the header or leave the folder."""
    client, job = browser(hostile_side.people["coordinator"]), hostile_side.books["done"]
    response = client.get(f"/wilayah/{hostile_side.slug}/buku/pekerjaan/{job.pk}/unduh/")
    name = response.headers["Content-Disposition"]
    assert response.status_code == 200
    assert b"".join(response.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert name.startswith("attachment; filename")
    assert not re.search(r"[\r\n]|\.\.[/\\]", name)


# What a form stores ------------------------------------------------------------------------------------------------------

TYPED = "A\x00n\x0bbaru\x1b[31m\ufeff<i>\u2028é"


# Text of one line in which a date, a target or a condition is understood.
NOT_FREE = re.compile(r"(start|end|date|valid_|target|baseline|condition|tahun)")


def test_what_cannot_be_printed_is_not_stored(world: World) -> None:
    """Word's vertical tab, NUL and terminal codes come with what people paste; PostgreSQL and PDF refuse them."""
    written, wrong = set(), []
    for address in FORMS:
        if not address.get:
            continue
        url, client = address.url(world.mine), world.client(address.writers[0])
        form, sends = form_that_sends(read(client.get(url)), url), address.sends(world.mine)
        names = {name for name in form.texts if not NOT_FREE.search(name)} if form else set()
        with undone(), watching() as seen:
            response = client.post(url, as_sent(form, sends) | dict.fromkeys(names, TYPED))
            stored = str(rows_of(seen.tables))
        if response.status_code >= 500 or re.search(r"A\\x00|\\x0b|\\x1b\[31m|\\ufeff<", stored):
            wrong.append(f"{address.label} {sorted(names)}: {response.status_code}, stored as it came")
        if "baru[31m" in stored:
            written.add(address.name)
    assert not wrong, "\n".join(wrong)
    assert {"initiative_edit", "thread_create", "section_edit", "plan_element_edit", "agency_edit"} <= written
    assert {"membership_suspend", "alignment_waive", "edition_create", "link_propose", "comment_create"} <= written
    assert {"initiative_transition", "edition_transition", "link_decide", "plan_element_create"} <= written


def test_searches_hand_no_nul_to_the_database(world: World) -> None:
    """PostgreSQL refuses a text with NUL; whoever types it in the address must get a page."""
    wrong = []
    for address in PAGES:
        names = {part.partition("=")[0] for part in address.filters.split("&") if part}
        for name in names | {"page"}:
            who = address.readers[0]
            seen = visit(world.client(who), address, who, f"{address.url(world.mine)}?{name}=a%00%0b%F0%9F%8C%BE")
            if any("\x00" in str(params) or "\\x00" in repr(params) for _, params in seen.statements):
                wrong.append(f"{address.label} ?{name}: NUL goes to the database")
            if seen.status not in (*address.statuses, 404):
                wrong.append(f"{address.label} ?{name}: {seen.status}")
    assert not wrong, "\n".join(wrong)


# What a form does not offer ----------------------------------------------------------------------------------------------


def evil(field: Field, side: Side) -> str:
    """A value that would do harm if it were taken."""
    if field.choices:
        return str(list(dict(field.flatchoices))[-1])
    if isinstance(field, BooleanField):
        return "on"
    if isinstance(field, ForeignKey):
        row = field.related_model._base_manager.order_by("-pk").first()  # type: ignore[union-attr]
        return str(row.pk if row else 1)
    if isinstance(field, DateTimeField | DateField):
        return "2020-01-01"
    return "7" if isinstance(field, IntegerField) else "{}" if isinstance(field, JSONField) else "diselundupkan"


def smuggled(world: World) -> dict[str, str]:
    """Every column of every table of ours, by both its names, and those of the account."""
    found: dict[str, str] = {}
    for model in own_models():
        for field in model._meta.get_fields():
            if isinstance(field, Field):
                found |= {field.name: evil(field, world.theirs), field.attname: evil(field, world.theirs)}
    return found | {"groups": "1", "user_permissions": "1", "pk": "1"}


def test_columns_are_really_tried(world: World) -> None:
    """The list is made from the tables; these must be in it whatever becomes of them."""
    names = set(smuggled(world))
    assert {"status", "code", "edit_version", "is_staff", "is_superuser", "role", "regency", "regency_id"} <= names
    assert {"waived_at", "approved_by", "submitted_by", "may_submit", "suspended_at", "sha256", "password"} <= names
    assert apps.get_model("agencies.User") in own_models()


def outcome_of(world: World, address: Address, data: dict[str, Any]) -> tuple[int, str, dict[str, Any]]:
    """Where sending leads, and the tables it changes as they are after it; all undone."""
    with undone():
        with watching() as seen:
            response = world.client(address.writers[0]).post(address.url(world.mine), data)
        return response.status_code, response.headers.get("Location", ""), rows_of(seen.tables)


def test_nobody_sets_what_the_form_does_not_offer(world: World) -> None:
    """The same form with every column of every table added has the same effect."""
    extra, wrong, moved = smuggled(world), [], 0
    with time_machine.travel(timezone.now(), tick=False):
        for address in FORMS:
            url = address.url(world.mine)
            page = read(world.client(address.writers[0]).get(url)) if address.get else Page("")
            form = form_that_sends(page, url)
            honest = as_sent(form, address.sends(world.mine))
            offered = set(honest) | (form.names if form else set())
            status, where, after = outcome_of(world, address, honest)
            added = {name: value for name, value in extra.items() if name not in offered}
            status_too, where_too, after_too = outcome_of(world, address, honest | added)
            if (status, _place(where)) != (status_too, _place(where_too)):
                wrong.append(f"{address.label}: leads to {status_too} {where_too} and not {status} {where}")
            wrong += [f"{address.label}: {what}" for what in difference(after, after_too)]
            moved += bool(after)
    assert not wrong, "\n".join(wrong)
    assert moved > len(FORMS) * 0.8


def _place(url: str) -> str:
    """An address without ids: a new row has another one on a database that never gives a number twice."""
    return re.sub(r"\d+", "n", url)


def test_versions_are_counted_by_the_portal(world: World) -> None:
    """A form carries the version it was made from; sending another one moves the stored one by no more than one."""
    address = next(address for address in FORMS if (address.name, address.what) == ("initiative_edit", "a draft"))
    url, initiative = address.url(world.mine), world.mine.initiatives["draft"]
    client = world.client("drafter")
    data = as_sent(form_that_sends(read(client.get(url)), url), {"problem": "Naskah yang lain."})
    for version in ("999999999", "-5", "", "x"):
        with undone():
            client.post(url, data | {"edit_version": version})
            stored = type(initiative).objects.get(pk=initiative.pk)
            assert stored.edit_version <= initiative.edit_version + 1
            assert stored.code == initiative.code
