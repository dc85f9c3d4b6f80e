"""The ways in which a person's answer reaches the portal, each as a function that saves and says what the person saw.

A new way is one entry in `WAYS`. What happens when several are used at once is tried in `test_concurrent_saves`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from json import loads
from typing import Any
from uuid import uuid4

from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, RequestFactory
from django.urls import reverse

from agencies.models import User
from masterplan.actions import initiatives
from masterplan.models import ChangeSource, Initiative

# A page of three short questions: what is tried is who wins, not how long a page takes.
SECTION, QUESTIONS = "manfaat", ("beneficiaries", "benefit_citizens", "benefit_business")


@dataclass(frozen=True)
class Outcome:
    """What became of one writer's text: "won", "told" (with what was shown as theirs and as mine) or "frozen"."""

    state: str
    theirs: str = ""
    mine: str = ""

    def shows(self, *, theirs: str, mine: str) -> bool:
        """Whether both texts could be read."""
        return theirs in self.theirs and mine in self.mine


@dataclass(frozen=True)
class Save:
    """One person's attempt: the question, the text, and the page as it was opened."""

    initiative: Initiative
    by: User
    question: str
    text: str
    seen: dict[str, str]
    version: int


class Browser:
    """Sends requests to the portal as a web server hands them over, with a signed-in session of each person.

    Django's test client would keep every template of every thread; this one keeps nothing.
    """

    TOKEN = "t" * 32

    def __init__(self) -> None:
        self.requests = RequestFactory()
        self.sessions: dict[int, str] = {}
        self.portal: WSGIHandler | None = None

    def sign_in(self, person: User) -> None:
        """Once, before the rounds."""
        self.portal = self.portal or WSGIHandler()
        client = Client()
        client.force_login(person)
        client.get(reverse("guide"))  # the first request of a session notes when it began
        self.sessions[person.pk] = client.cookies["sessionid"].value

    def post(self, name: str, save: Save, data: dict[str, Any]) -> tuple[int, str]:
        """Status and body of what the address called `name` answers."""
        assert self.portal is not None
        url = reverse(name, args=[save.initiative.regency.slug, save.initiative.pk, SECTION])
        cookies = f"sessionid={self.sessions[save.by.pk]}; csrftoken={self.TOKEN}"
        request = self.requests.post(url, data, headers={"Cookie": cookies, "X-CSRFToken": self.TOKEN})
        status: list[str] = []
        answer = self.portal(request.environ, lambda line, headers, error=None: status.append(line))
        try:
            return int(status[0].split()[0]), b"".join(answer).decode()
        finally:
            answer.close()


browser = Browser()


def by_page(save: Save) -> Outcome:
    """The button of a page without JavaScript: every answer of the page is sent as it was seen."""
    return _press(save, {"edit_version": save.version})


def by_autosave(save: Save) -> Outcome:
    """A packet with one answer; who is told of a clash presses the button that shows both texts."""
    packet = {"edit_version": save.version, "key": str(uuid4()), "changed": save.question, save.question: save.text}
    status, body = browser.post("initiative_autosave", save, packet)
    assert status == 200, body
    answer = loads(body)
    if answer["state"] == "conflict":
        assert [clash["key"] for clash in answer["clashes"]] == [save.question]
        return _press(save, {"edit_version": save.version, "tracked": "1", "changed": save.question})
    return Outcome({"saved": "won"}.get(answer["state"], answer["state"]))


def by_action(source: str) -> Callable[[Save], Outcome]:
    """The door that a confirmed workbook and a bulk edit go through."""

    def through(save: Save) -> Outcome:
        data = {save.question: save.text}
        try:
            initiatives.save(save.initiative, by=save.by, data=data, version=save.version, source=source)
        except initiatives.EditConflict as conflict:
            return Outcome("told", theirs=conflict.current[save.question], mine=conflict.mine[save.question])
        except initiatives.NotEditable:
            return Outcome("frozen")
        return Outcome("won")

    return through


def _press(save: Save, more: dict[str, Any]) -> Outcome:
    """Send the whole page and read the answer: the next page, both texts, or what came too late to be copied."""
    status, body = browser.post("initiative_edit", save, save.seen | {save.question: save.text} | more)
    if status == 302:
        return Outcome("won")
    assert status == 200, body
    if 'name="clash"' in body:
        return Outcome("told", theirs=_text(body, without="ins"), mine=_text(body, without="del"))
    assert save.text in _text(body), body
    return Outcome("frozen")


def _text(page: str, *, without: str = "script") -> str:
    """What can be read on a page, one kind of mark left out."""
    main = page.partition("<main")[2].partition("</main>")[0]
    kept = re.sub(rf"<{without}\b.*?</{without}>", "", main, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", " ", kept))


WAYS: dict[str, Callable[[Save], Outcome]] = {
    "form": by_page,
    "autosave": by_autosave,
    "workbook": by_action(ChangeSource.WORKBOOK),
    "bulk": by_action(ChangeSource.BULK),
}
