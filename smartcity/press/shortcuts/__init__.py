"""Shorter ways through WeasyPrint where its layout and drawing take most of their time, to the same page.

It has no hooks for them, so its functions are exchanged once it is loaded. Each gives what the original gives and
leaves to the original what it does not know; the lock file holds the version for which they were written, and a test
compares pages that were made with and without them.
"""

from smartcity.press.shortcuts import boxes, glyphs, lengths, objects, rules, styles, text


def take_shortcuts() -> None:
    """Exchange them all. Once a process, before the first page."""
    for module in (styles, lengths, boxes, text, glyphs, rules, objects):
        module.take()
