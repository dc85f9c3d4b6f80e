"""Texts that try to become markup stay texts (S4), and nobody sets what a form does not offer (S2)."""

import re
from typing import Any

import time_machine
from django.apps import apps
from django.db.models import BooleanField, DateField, DateTimeField, Field, ForeignKey, IntegerField, JSONField
from django.test import Client
from django.utils import timezone

from agencies.models import OutgoingMail, User
from tests.sweep.addresses import PAGES
from tests.sweep.conftest import HANDLER, World
from tests.sweep.content import build_side, mail_news
from tests.sweep.pages import OpenForm, Page, body_of
from tests.sweep.side import Side
from tests.sweep.walking import visit
from tests.sweep.watching import difference, own_models, rows_of, undone, watching
from tests.sweep.words import hostile

# Who reads each page of the hostile regency, by turns: between them they read every page.
WITNESSES = ("coordinator", "agency_head", "administrator", "executive")
# Markup of a payload that has kept its edges; escaped it reads &lt;script&gt;.
RAW = re.compile(r"<script>alert|<img src=x|<svg onload|<iframe srcdoc|<b onmouse|</textarea></title>", re.IGNORECASE)
# 7*7 computed by some template language: {{ }}, ${ } or #{ } would leave the number alone between what stood around it.
COMPUTED = re.compile(r">\s*\d+ 49 |\$49|#49")


def browser(person: User) -> Client:
    """A signed-in browser of somebody of the hostile regency."""
    client = Client(raise_request_exception=False)
    client.handler = HANDLER
    client.force_login(person)
    return client


def test_hostile_texts_stay_texts_on_every_page_in_mail_and_in_file_names(world: World) -> None:
    """In a regency in which every text is an attempt at harm."""
    side = build_side(hostile(), hostile(), "kabupaten-jahat")
    wrong, shown = [], set()
    for who, witness in ((who, browser(side.people[who])) for who in WITNESSES):
        for address in (page for page in PAGES if who in [name for name in WITNESSES if name in page.readers][:2]):
            seen = visit(witness, address, who, address.url(side))
            wrong += [f"{seen.label}: {seen.status}"] if seen.status not in address.statuses else []
            wrong += [f"{seen.label}: {found[0]!r} stands raw" for found in RAW.finditer(seen.text)]
            wrong += [f"{seen.label}: {found[0]!r} was computed" for found in COMPUTED.finditer(seen.text)]
            wrong += [f"{seen.label}: {danger}" for danger in Page(seen.text).dangers]
            shown |= {part for part in ("&lt;script&gt;", "{% raw %}", "{{ 7*7 }}", "عربي") if part in seen.text}
    assert not wrong, "\n".join(wrong)
    assert shown == {"&lt;script&gt;", "{% raw %}", "{{ 7*7 }}", "عربي"}
    _mail_is_plain_text(side)
    _file_names_are_harmless(side)


def _mail_is_plain_text(side: Side) -> None:
    """A subject is one line, so that nobody adds headers or addressees."""
    mail_news()
    letters = OutgoingMail.objects.filter(to__in=[person.email for person in side.people.values()])
    assert letters.count() > 5
    assert [letter.subject for letter in letters if "\n" in letter.subject or "\r" in letter.subject] == []
    assert any("<script>" in f"{letter.subject}{letter.body}" for letter in letters)
    assert not any("&lt;" in letter.body and "&lt;b" not in letter.body for letter in letters)


def _file_names_are_harmless(side: Side) -> None:
    """The name of a download is built from the regency's; nothing of it may end the header or leave the folder."""
    url = f"/wilayah/{side.slug}/buku/pekerjaan/{side.books['done'].pk}/unduh/"
    response = browser(side.people["coordinator"]).get(url)
    name = response.headers["Content-Disposition"]
    assert response.status_code == 200
    assert body_of(response).startswith(b"%PDF")
    assert name.startswith("attachment; filename")
    assert not re.search(r"[\r\n]|\.\.[/\\]", name)


# What a form stores ------------------------------------------------------------------------------------------------------

TYPED = "A\x00n\x0bbaru\x1b[31m\ufeff<i>\u2028é"


# Text of one line in which a date, a target or a condition is understood.
NOT_FREE = re.compile(r"(start|end|date|valid_|target|baseline|condition|tahun)")


def test_what_cannot_be_printed_is_not_stored(world: World, open_forms: list[OpenForm]) -> None:
    """Word's vertical tab, NUL and terminal codes come with what people paste; PostgreSQL and PDF refuse them."""
    written, wrong = set(), []
    for opened in (each for each in open_forms if each.form):
        address = opened.address
        names = {name for name in opened.form.texts if not NOT_FREE.search(name)} if opened.form else set()
        with undone(), watching() as seen:
            response = world.client(opened.writer).post(opened.url, opened.data | dict.fromkeys(names, TYPED))
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
        who = address.readers[0]
        for name in names or {"page"}:
            typed = "&".join(f"{each}=a%00%0b%F0%9F%8C%BE" for each in {name, "page"})
            seen = visit(world.client(who), address, who, f"{address.url(world.mine)}?{typed}")
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


def outcome_of(world: World, opened: OpenForm, data: dict[str, Any]) -> tuple[int, str, dict[str, Any]]:
    """Where sending leads, and the tables it changes as they are after it; all undone."""
    with undone():
        with watching() as seen:
            response = world.client(opened.writer).post(opened.url, data)
        return response.status_code, response.headers.get("Location", ""), rows_of(seen.tables)


def test_nobody_sets_what_the_form_does_not_offer(world: World, open_forms: list[OpenForm]) -> None:
    """The same form with every column of every table added has the same effect."""
    extra, wrong, moved = smuggled(world), [], 0
    with time_machine.travel(timezone.now(), tick=False):
        for opened in open_forms:
            label, offered = opened.address.label, set(opened.data) | (opened.form.names if opened.form else set())
            added = {name: value for name, value in extra.items() if name not in offered}
            status, where, after = outcome_of(world, opened, opened.data)
            status_too, where_too, after_too = outcome_of(world, opened, opened.data | added)
            if (status, _place(where)) != (status_too, _place(where_too)):
                wrong.append(f"{label}: leads to {status_too} {where_too} and not {status} {where}")
            wrong += [f"{label}: {what}" for what in difference(after, after_too)]
            moved += bool(after)
    assert not wrong, "\n".join(wrong)
    assert moved > len(open_forms) * 0.8


def _place(url: str) -> str:
    """An address without ids: a new row has another one on a database that never gives a number twice."""
    return re.sub(r"\d+", "n", url)


def test_versions_are_counted_by_the_portal(world: World, open_forms: list[OpenForm]) -> None:
    """A form carries the version it was made from; sending another one moves the stored one by no more than one."""
    opened = next(each for each in open_forms if each.address.label == "initiative_edit (a draft)")
    initiative = world.mine.initiatives["draft"]
    for version in ("999999999", "-5", "", "x"):
        with undone():
            world.client(opened.writer).post(opened.url, opened.data | {"edit_version": version})
            stored = type(initiative).objects.get(pk=initiative.pk)
            assert stored.edit_version <= initiative.edit_version + 1
            assert stored.code == initiative.code
