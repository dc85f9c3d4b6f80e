"""Reads a page as a browser would: its forms with what they would send, its links, and markup that should not be there."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponseBase

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_ADDRESS_ATTRIBUTES = {"href", "src", "action", "formaction", "data", "poster", "hx-get", "hx-post", "srcset"}


@dataclass
class Form:
    """A form: where it sends, how, what it sends when nothing is touched, and which controls take any text."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class OpenForm:
    """The form of an address as the first of its writers opened it, and what that person sends.

    `form` is None where there is no page to open; `data` then is all that is sent.
    """

    address: Any
    url: str
    form: Form | None
    data: dict[str, Any]

    @property
    def writer(self) -> str:
        """Who opened it."""
        return str(self.address.writers[0])


class Page(HTMLParser):
    """What is in the markup. `dangers` are things that our own templates never write."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = text
        self.forms: list[Form] = []
        self.dangers: list[str] = []
        self.ids: list[str] = []
        self._open: list[str] = []
        self._select: tuple[str, list[str], list[str]] | None = None
        self._textarea: str | None = None
        self.feed(text)
        self.close()

    # Markup ---------------------------------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._look(tag, given)
        if tag not in VOID:
            self._open.append(tag)
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").lower()))
        elif "template" not in self._open:
            self._control(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open and self._open.pop() != tag:
                pass
        if tag == "textarea":
            self._textarea = None
        if tag == "select" and self._select:
            name, options, chosen = self._select
            for value in chosen or options[:1]:
                self._add(name, value)
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._textarea and self.forms:
            values = self.forms[-1].values[self._textarea]
            values[-1] += data

    # Controls -------------------------------------------------------------------------------------------------------

    def _control(self, tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if not self.forms or (not name and tag != "option"):
            return
        if name:
            self.forms[-1].names.add(name)
            if tag == "textarea" or (tag == "input" and kind == "text" and "inputmode" not in given):
                self.forms[-1].texts.add(name)
        if tag == "input" and kind not in ("submit", "button", "file"):
            if kind not in ("checkbox", "radio") or "checked" in given:
                self._add(name, given.get("value", "on" if kind == "checkbox" else ""))
        elif tag == "textarea":
            self._textarea = name
            self._add(name, "")
        elif tag == "select":
            self._select = (name, [], [])
        elif tag == "option" and self._select:
            self._select[1].append(given.get("value", ""))
            if "selected" in given:
                self._select[2].append(given.get("value", ""))

    def _add(self, name: str, value: str) -> None:
        self.forms[-1].values.setdefault(name, []).append(value)

    # Dangers --------------------------------------------------------------------------------------------------------

    def _look(self, tag: str, given: dict[str, str]) -> None:
        found = [f"{name}=" for name in given if name.startswith("on") or name in ("style", "srcdoc")]
        found += [
            f"{name}={value[:40]}"
            for name, value in given.items()
            if name in _ADDRESS_ATTRIBUTES and value.strip().lower().startswith(("javascript:", "data:", "vbscript:"))
        ]
        if tag in ("iframe", "object", "embed", "base", "style") and not given.get("src", "").startswith("/"):
            found.append("")
        if tag == "script" and not given.get("src", "").startswith("/"):
            found.append("inline")
        if tag == "img" and not given.get("src", "").startswith("/"):
            found.append(f"src={given.get('src')}")
        self.dangers += [f"<{tag} {what}>" for what in found]
        if "id" in given:
            self.ids.append(given["id"])


def read(response: HttpResponseBase) -> Page:
    """The page of an answer."""
    return Page(body_of(response).decode())


def body_of(response: HttpResponseBase) -> bytes:
    """All bytes of an answer; a file is closed by the test client at its end."""
    if response.streaming:
        return b"".join(response.streaming_content)  # type: ignore[attr-defined]
    return bytes(response.content)  # type: ignore[attr-defined]


def form_that_sends(page: Page, url: str) -> Form | None:
    """The form of the page that posts to its own address."""
    path = url.partition("?")[0]
    for form in page.forms:
        if form.method == "post" and form.action.partition("?")[0] in ("", path):
            return form
    return None


def as_sent(form: Form | None, changes: dict[str, Any]) -> dict[str, Any]:
    """What pressing the button sends after `changes` were made by hand."""
    values = (
        {name: [value.removeprefix("\n") for value in values] for name, values in form.values.items()} if form else {}
    )
    return {name: value for name, value in values.items() if name != "csrfmiddlewaretoken"} | changes
