"""People who write without end: each sends numbered texts by autosave until every one of them is acknowledged."""

import http.client
import http.cookiejar
import json
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from dataclasses import dataclass, field
from typing import Any

TIMEOUT = 10


class Visitor:
    """A browser without a screen: keeps cookies, sends forms with their token."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def open(self, path: str, data: dict[str, Any] | None = None, accept: str = "text/html") -> tuple[str, str]:
        """Where it led, and what came. Raises OSError for anything but a whole answer of the 2xx kind."""
        body = urllib.parse.urlencode(data).encode() if data is not None else None
        headers = {"Accept": accept, "Referer": self.address}
        if token := next((cookie.value for cookie in self.cookies if cookie.name == "csrftoken"), None):
            headers["X-CSRFToken"] = token
        request = urllib.request.Request(self.address + path, body, headers)
        try:
            with self.opener.open(request, timeout=TIMEOUT) as response:
                return response.url, response.read().decode()
        except http.client.HTTPException as cut:  # the server died in the middle of its answer
            raise ConnectionError(f"half an answer: {cut!r}") from cut

    def sign_in(self, login: str, password: str) -> None:
        """Through the login page."""
        self.open("/akun/login/")
        where, _ = self.open("/akun/login/", {"login": login, "password": password})
        assert "/wilayah/" in where, where


@dataclass
class Ledger:
    """what one writer knows to be saved: request key -> text, in the order of the answers."""

    saved: dict[str, str] = field(default_factory=dict)
    retries: int = 0
    wrong: list[str] = field(default_factory=list)


class Writer(threading.Thread):
    """Writes numbered texts into one question of one initiative; a packet without an answer is sent again as it was."""

    def __init__(self, visitor: Visitor, path: str, question: str, version: int, stop: threading.Event) -> None:
        super().__init__(name=f"{path} {question}")
        self.visitor, self.path, self.question = visitor, path, question
        self.version, self.stop = version, stop
        self.ledger = Ledger()

    def run(self) -> None:
        """Until asked to stop, and then to the end of the packet under way."""
        number = 0
        while not self.stop.is_set():
            number += 1
            self._deliver(f"{self.question} naskah {number:05d} " + "Warga mengisi satu formulir. " * (number % 20))
            time.sleep(0.05)

    def _deliver(self, text: str) -> None:
        text, key = text.strip(), uuid.uuid4().hex
        packet = {"changed": self.question, self.question: text, "edit_version": self.version, "key": key}
        while True:
            try:
                answer = json.loads(self.visitor.open(self.path, packet, "application/json")[1])
            except (OSError, ValueError):  # nothing came, or an error page of a portal that is on its knees
                self.ledger.retries += 1
                time.sleep(0.2)
                continue
            if answer["state"] == "saved" and not answer["errors"]:
                self.version = answer["version"]
                self.ledger.saved[key] = text
            else:
                self.ledger.wrong.append(f"{self.name}: {answer}")
            return
