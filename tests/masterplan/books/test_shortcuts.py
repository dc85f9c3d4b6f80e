"""Pages are the same whether WeasyPrint goes its own way or ours; lines are drawn where and as it draws them."""

import json
import os
import subprocess
import sys
from importlib.metadata import version

import pydyf
import pytest
from weasyprint.draw import border

from masterplan.books.blueprint import book_parts
from masterplan.books.render import render_part
from smartcity.press import shortcuts
from smartcity.press.shortcuts import rules
from tests.masterplan.books.real_book import hostile

_FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig></fontconfig>'


def render(folder, parts, taken):
    """What was made of each page."""
    out = folder / f"{taken}.jsonl"
    (folder / "fonts.conf").write_text(_FONTS)
    command = ["-m", "tests.masterplan.books.render_pages", str(parts), str(folder / "faces"), str(out), taken]
    environment = {**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf"), "PYTHONHASHSEED": "0"}
    subprocess.run([sys.executable, *command], env=environment, check=True, timeout=600)
    return [json.loads(line) for line in out.read_text().splitlines()]


def test_a_book_is_the_same_with_and_without(tmp_path):
    content = hostile()
    content["initiatives"] = content["initiatives"][:3]
    pages = {part.key: render_part(part, content=content) for part in book_parts(content)}
    parts = tmp_path / "parts.json"
    parts.write_text(json.dumps(list(pages.values())))

    ours, theirs = (render(tmp_path, parts, taken) for taken in ("all", "none"))

    assert len(ours) == len(pages) > 20
    for key, one, other in zip(pages, ours, theirs, strict=True):
        assert one == other, key


def test_they_are_written_for_the_locked_version():
    """With another none is taken. Compare the pages, and WeasyPrint's own functions, before naming a new one."""
    assert version("weasyprint") == shortcuts.WRITTEN_FOR


class Ink(pydyf.Stream):
    """Notes the areas that are filled, and their colours."""

    def __init__(self):
        super().__init__()
        self.filled = []

    def artifact(self):
        return self

    stacked = artifact

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._area = None

    def set_color(self, color):
        self._colour = color

    def rectangle(self, *area):
        self._area = area

    def fill(self, even_odd=False):
        self.filled.append((self._area, self._colour))


class Colour(str):
    alpha = 1


class Row:
    """A box 100 wide and 20 high at (10, 30), whose border begins there."""

    def __init__(self, top, bottom, *, style="solid", left=0, radius=0):
        self.border_top_width, self.border_bottom_width = top, bottom
        self.border_left_width, self.border_right_width = left, 0
        self._radius = radius
        self.style = {
            "column_rule_width": 0,
            "border_image_source": ("none", None),
            "visibility": "visible",
            "border_top_style": style,
            "border_bottom_style": style,
            "border_top_color": Colour("red"),
            "border_bottom_color": Colour("blue"),
        }

    def rounded_border_box(self):
        return (10, 30, 100, 20, *[(self._radius, self._radius)] * 4)


@pytest.fixture
def drawn(monkeypatch):
    """What the shortcut leaves to the original; `border.draw_border` is ours."""
    left = []
    original = border.draw_border
    monkeypatch.setattr(border, "draw_border", lambda stream, box: left.append(box))
    exchanged = {}
    monkeypatch.setattr(rules, "exchange", lambda _, shortcut: exchanged.update(draw=shortcut))
    rules.take()
    monkeypatch.setattr(border, "draw_border", original)
    return exchanged["draw"], left


def test_lines_above_and_below_are_rectangles_inside_the_border(drawn):
    draw, left = drawn
    ink = Ink()

    draw(ink, Row(2, 1))

    assert ink.filled == [((10, 49, 100, 1), "blue"), ((10, 30, 100, 2), "red")]
    assert left == []


@pytest.mark.parametrize("row", [Row(0, 1, style="dashed"), Row(0, 1, left=1), Row(0, 1, radius=3)])
def test_other_borders_are_left_to_the_original(drawn, row):
    draw, left = drawn
    ink = Ink()

    draw(ink, row)

    assert (ink.filled, left) == ([], [row])


def test_nothing_is_drawn_without_a_border(drawn):
    draw, left = drawn
    ink = Ink()

    draw(ink, Row(0, 0))

    assert (ink.filled, left) == ([], [])
