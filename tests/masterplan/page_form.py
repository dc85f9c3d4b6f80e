"""Reads the form of a page as a browser would send it, so that tests begin from what people really see."""

from html.parser import HTMLParser

from django.http import HttpResponse


class _FormReader(HTMLParser):
    """Collects the controls of the page's main form, the one that asks before it is left."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._inside = False
        self._in_template = 0
        self._select = ""
        self._first_option: str | None = None
        self._textarea: str | None = None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self._inside = "data-guard" in given
        if tag == "template":
            self._in_template += 1
        if not self._inside or self._in_template:
            return
        name = given.get("name") or ""
        if tag == "input" and name:
            kind = given.get("type", "text")
            if kind not in ("submit", "button") and (kind not in ("checkbox", "radio") or "checked" in given):
                self._add(name, given.get("value") or ("on" if kind == "checkbox" else ""))
        elif tag == "textarea":
            self._textarea = name
            self._add(name, "")
        elif tag == "select":
            self._select, self._first_option = name, None
        elif tag == "option" and self._select:
            if self._first_option is None:
                self._first_option = given.get("value") or ""
            if "selected" in given:
                self._add(self._select, given.get("value") or "")

    def handle_endtag(self, tag):
        if tag == "template":
            self._in_template -= 1
        if tag == "form":
            self._inside = False
        if tag == "textarea":
            self._textarea = None
        if tag == "select" and self._select:
            if self._select not in self.values and self._first_option is not None:
                self._add(self._select, self._first_option)
            self._select = ""

    def handle_data(self, data):
        if self._textarea:
            self.values[self._textarea][-1] += data

    def _add(self, name, value):
        self.values.setdefault(name, []).append(value)


def form_of(response: HttpResponse) -> dict[str, list[str]]:
    """What pressing the button would send, by name."""
    reader = _FormReader()
    reader.feed(response.content.decode())
    # A browser leaves out the line break that follows <textarea>.
    return {name: [value.removeprefix("\n") for value in values] for name, values in reader.values.items()}
