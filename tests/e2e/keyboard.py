"""Somebody who has no mouse: goes from control to control with Tab, and must see at each where they are."""

from typing import Any

from playwright.sync_api import Page

# What is focused, what it is called, and whether one can see that it is focused.
_FOCUSED = """() => {
  const it = document.activeElement;
  const style = getComputedStyle(it);
  const box = it.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
  const y = Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  return {
    tag: it.tagName,
    type: it.type ?? "",
    name: it.name || (it.isContentEditable ? it.closest("[data-question]")?.dataset.question : "") || "",
    text: (it.innerText || it.getAttribute("aria-label") || "").trim(),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inside: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    free: !top || it.contains(top) || top.contains(it) || (it.labels && [...it.labels].some((label) => label.contains(top))),
  };
}"""
MOST_STEPS = 160


class Keyboard:
    """A page and the keys; `unseen` collects where the focus could not be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.unseen: list[str] = []
        self.steps = 0

    def tab(self) -> dict[str, Any]:
        """One step further; what is focused now."""
        self.page.keyboard.press("Tab")
        self.steps += 1
        return self.here()

    def here(self) -> dict[str, Any]:
        """What is focused, after a look at it."""
        found: dict[str, Any] = self.page.evaluate(_FOCUSED)
        if found["tag"] != "BODY" and not _is_seen(found):
            for _ in range(10):  # the browser may not have scrolled there yet
                self.page.wait_for_timeout(100)
                now = self.page.evaluate(_FOCUSED)
                if _is_seen(now):
                    break
            else:
                self.unseen.append(f"{self.page.url}: {now}")
        return found

    def go_to(self, text: str, tags: tuple[str, ...] = ("A", "BUTTON")) -> None:
        """Step on until a link or button of that text is focused."""
        for _ in range(MOST_STEPS):
            found = self.tab()
            if found["tag"] in tags and text in found["text"]:
                return
        raise AssertionError(f"no {text!r} within {MOST_STEPS} steps on {self.page.url}")

    def press(self, text: str) -> None:
        """Go to a link or button that leads to another page, and press Enter there."""
        self.go_to(text)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def fill(self, answers: dict[str, str], until: str, rows: tuple[str, ...] = ()) -> None:
        """Step through the page's controls, answer those of `answers`, add a row once at each button of `rows`.

        An answer is the keys to press when it is in <>, as "<Space>" or "<ArrowDown 2>", else what to type. At the
        button `until` Enter is pressed. What was not met on the way is missing from the page for somebody with keys.
        """
        open_answers, open_rows = dict(answers), list(rows)
        for _ in range(MOST_STEPS):
            found = self.tab()
            self._answer(open_answers, found)
            if found["tag"] == "BUTTON" and found["text"] in open_rows:
                open_rows.remove(found["text"])
                self.page.keyboard.press("Enter")
                self._answer(open_answers, self.here())
            elif found["tag"] == "BUTTON" and until in found["text"]:
                assert not open_answers and not open_rows, f"never reached: {open_answers}, {open_rows}"
                with self.page.expect_navigation():
                    self.page.keyboard.press("Enter")
                return
        raise AssertionError(f"no {until!r} within {MOST_STEPS} steps on {self.page.url}; left: {open_answers}")

    def _answer(self, answers: dict[str, str], found: dict[str, Any]) -> None:
        keys = answers.pop(found["name"], "") if found["name"] else ""
        if keys.startswith("<"):
            key, _, times = keys.strip("<>").partition(" ")
            for _ in range(int(times or 1)):
                self.page.keyboard.press(key)
        elif keys:
            self.page.keyboard.press("Control+a")
            self.page.keyboard.insert_text(keys)


def _is_seen(found: dict[str, Any]) -> bool:
    """Whether it has a ring, stands on the screen, and nothing lies over it."""
    return bool(found["ring"] and found["inside"] and found["free"])
