"""Shorter ways through WeasyPrint where its layout and drawing take most of their time, to the same page.

It has no hooks for them, so its functions are exchanged once it is loaded, all through `exchange` and only in the
version for which they were written. Each gives what the original gives and leaves to the original what it does not
know; a test compares pages that were made with and without them. How many instructions more the rendering of every
sixteenth part of the sample's Buku 2 takes without each of them (2026-12-03):

    styles    unused pseudo-elements left out 4.2 %, values found at once 6.2 %
    lengths   3.2 %
    text      5.8 %
    rules     8.7 %; without it the same lines are drawn in other words

What saved less than 3 % is gone: boxes in the flow 1.6 %, lines beside floats 1.2 %, radii 0.4 %, fonts of a style
1.3 %, struts 2.4 %, glyphs 1.9 %, PDF objects 0.6 %.
"""

from importlib.metadata import version

from smartcity.press.shortcuts import lengths, rules, styles, text

# With another version WeasyPrint goes its own way.
WRITTEN_FOR = "70.0"


def take_shortcuts() -> None:
    """Exchange them all. Once a process, before the first page."""
    if version("weasyprint") == WRITTEN_FOR:
        for module in (styles, lengths, text, rules):
            module.take()
