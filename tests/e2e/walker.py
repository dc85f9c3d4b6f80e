"""Walks through the portal by its pages alone, and counts what that costs a person."""

import base64
import hmac
import re
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

_STEP = 30  # seconds that a code of an authenticator holds


@dataclass
class Tally:
    """What was opened and answered, by everybody together; `opened` is called with every page."""

    pages: int = 0
    fields: int = 0
    opened: Callable[[Page], None] = field(default=lambda page: None, repr=False)


@dataclass
class Walker:
    """One person in a browser window of their own."""

    page: Page
    tally: Tally

    def open(self, address: str) -> None:
        """An address that somebody was given; everything else is reached by pressing."""
        self.page.goto(address)
        self._arrived()

    def press(self, name: str, *, of: Locator | None = None) -> None:
        """Press the link or button called `name` (its whole name, or its beginning) and be on the next page."""
        with self.page.expect_navigation():
            self._named(name, of or self.page.locator("main")).first.click()
        self._arrived()

    def fill(self, **answers: str) -> None:
        """Answer fields by their names: text is typed, of a list or of a set of buttons the value is taken."""
        for name, answer in answers.items():
            control = self.page.locator(f"main [name='{name}']")
            kind = control.first.evaluate("one => one.type")
            if kind in ("radio", "checkbox"):
                self.page.locator(f"main [name='{name}'][value='{answer}']").check()
            elif kind == "select-one":
                control.select_option(answer)
            else:
                control.fill(answer)
            self.tally.fields += 1

    def choose(self, name: str, option: str) -> None:
        """Take an entry of a list by the words it shows."""
        control = self.page.locator(f"main select[name='{name}']")
        control.select_option(control.locator("option", has_text=option).first.get_attribute("value"))
        self.tally.fields += 1

    def tick(self, label: str) -> None:
        """Tick a box or a radio button by its label."""
        self.page.get_by_label(label, exact=True).check()
        self.tally.fields += 1

    def menu(self, name: str) -> None:
        """An entry of the menu that stands on every page."""
        self.press(name, of=self.page.get_by_role("navigation", name="Menu utama"))

    def wait_for(self, name: str, *, following: str = "", seconds: float = 60) -> None:
        """Wait for the button or link that a worker's result brings, and look again as a person does without JavaScript.

        A link called `following` is pressed on the way where the page shows it instead.
        """
        awaited = self._named(name, self.page.locator("main"))
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not awaited.count():
            if following and self._named(following, self.page.locator("main")).count():
                self.press(following)
            else:
                self.page.wait_for_timeout(500)
                if not awaited.count():
                    self.page.reload()
        expect(awaited.first).to_be_visible()
        self.tally.opened(self.page)

    def turn_on_second_factor(self) -> None:
        """Type the code that an authenticator shows for the secret on the page."""
        self.fill(code=code_of(self.page.locator("#kode-rahasia").inner_text()))
        self.press("Aktifkan")

    def _named(self, name: str, within: Locator) -> Locator:
        pattern = re.compile(r"^\s*" + re.escape(name).replace("/", r"\/"))
        return within.get_by_role("button", name=pattern).or_(within.get_by_role("link", name=pattern))

    def _arrived(self) -> None:
        self.tally.pages += 1
        self.tally.opened(self.page)


def code_of(secret: str) -> str:
    """The six digits that an authenticator shows now for `secret` (base32, RFC 6238 with SHA-1)."""
    key = base64.b32decode(secret.strip() + "=" * (-len(secret.strip()) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // _STEP), "sha1")
    (number,) = struct.unpack(">I", digest[digest[-1] & 15 :][:4])
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06d}"
