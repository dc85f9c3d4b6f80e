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
from django.utils import timezone

from agencies.models import User
from masterplan.initiatives.actions.bulk import change_many
from masterplan.initiatives.workbook.tasks import run_workbook
from masterplan.models import Initiative, WorkbookImport, WorkbookPhase
from masterplan.registry import FIELDS

# A page of three short questions: what is tried is who wins, not how long a page takes.
SECTION, QUESTIONS = "manfaat", ("beneficiaries", "benefit_citizens", "benefit_business")


@dataclass(frozen=True)
class Outcome:
    """What became of one writer's text: "won", "conflict" (with what was shown as theirs and as mine) or "frozen".

    `named` is the sentence of a way that can only say which answer is in dispute.
    """

    state: str
    theirs: str = ""
    mine: str = ""
    named: str = ""

    def shows(self, *, question: str, theirs: str, mine: str) -> bool:
        """Whether both texts could be read, or at least the question in dispute."""
        return FIELDS[question].label in self.named if self.named else theirs in self.theirs and mine in self.mine


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
    """A packet with one answer; who gets a conflict presses the button that shows both texts."""
    packet = {"edit_version": save.version, "key": str(uuid4()), "changed": save.question, save.question: save.text}
    status, body = browser.post("initiative_autosave", save, packet)
    assert status == 200, body
    answer = loads(body)
    if answer["state"] == "conflict":
        assert [clash["key"] for clash in answer["clashes"]] == [save.question]
        return _press(save, {"edit_version": save.version, "tracked": "1", "changed": save.question})
    return Outcome({"saved": "won"}.get(answer["state"], answer["state"]))


def by_workbook(save: Save) -> Outcome:
    """A confirmed upload as the worker stores it. Who comes too late reads which answer it is; both texts stand on the page
    of the next upload, which `tests/masterplan/initiatives/workbook` looks at.
    """
    plan, data = save.initiative.master_plan, {save.question: save.text}
    entry = {
        "pk": save.initiative.pk, "code": save.initiative.code, "name": save.initiative.name,
        "version": save.version, "seen": save.version, "data": data, "conflicts": [],
    }  # fmt: skip
    upload = WorkbookImport.objects.create(
        master_plan=plan, requested_by=save.by, phase=WorkbookPhase.STORE, confirmed_at=timezone.now(),
        file="unggahan.xlsx", filename="unggahan.xlsx", size=1, result={"entries": [entry], "to_store": 1},
    )  # fmt: skip
    if run_workbook(upload.pk):
        return Outcome("won")
    upload.refresh_from_db()
    if "diubah orang lain" in upload.error:
        return Outcome("conflict", named=upload.error)
    assert "tidak dapat diubah" in upload.error, upload.error
    return Outcome("frozen")


def by_bulk(save: Save) -> Outcome:
    """One answer for many initiatives, here for one."""
    rows, versions = Initiative.objects.complete().filter(pk=save.initiative.pk), {save.initiative.pk: save.version}
    (done,) = change_many(rows, by=save.by, field=FIELDS[save.question], value=save.text, versions=versions)
    if done.mine is not None:
        return Outcome("conflict", theirs=done.theirs, mine=done.mine)
    return Outcome("frozen" if done.obstacle else "won")


def _press(save: Save, more: dict[str, Any]) -> Outcome:
    """Send the whole page and read the answer: the next page, both texts, or what came too late to be copied."""
    status, body = browser.post("initiative_edit", save, save.seen | {save.question: save.text} | more)
    if status == 302:
        return Outcome("won")
    assert status == 200, body
    if 'name="clash"' in body:
        return Outcome("conflict", theirs=_text(body, without="ins"), mine=_text(body, without="del"))
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
    "workbook": by_workbook,
    "bulk": by_bulk,
}
