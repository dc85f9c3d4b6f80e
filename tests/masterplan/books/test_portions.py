"""What grows with a plan is cut into parts that hold about as much each, and nothing is lost or doubled by it."""

from collections import Counter

import pytest

from masterplan.books.blueprint import book_parts
from masterplan.books.chapters.portions import MOST_LINES, cut, portions
from masterplan.books.render import render_part
from smartcity.press.parts import Caption, Heading, Part
from tests.factories.large_plan import crowded
from tests.masterplan.books.plan_content import generate

# More than a render process needs little memory for; a table of marks takes the most.
MOST_LETTERS = 170_000


@pytest.mark.parametrize(
    ("count", "most", "sizes"), [(0, 5, [0]), (5, 5, [5]), (6, 5, [3, 3]), (11, 5, [4, 4, 3]), (101, 50, [34, 34, 33])]
)
def test_portions_are_about_as_large(count: int, most: int, sizes: list[int]) -> None:
    found = portions(list(range(count)), most)
    assert sorted(map(len, found), reverse=True) == sizes
    assert [row for some in found for row in some] == list(range(count))


def test_rows_without_weight_stay_together() -> None:
    """The sheet of an initiative without a program names the missions, and no program below them."""
    assert portions([1, 2, 3], 5, lambda row: 0) == [[1, 2, 3]]


def test_a_row_that_weighs_too_much_stands_alone() -> None:
    assert portions([1, 9, 1, 1], 3, lambda row: row) == [[1], [9], [1, 1]]


def test_only_the_first_part_has_heading_and_caption() -> None:
    whole = Part(
        "tabel",
        "print/index.html",
        {"groups": list(range(7))},
        headings=(Heading(1, "tabel", "", "Tabel"),),
        captions=(Caption("table", "tabel-1", "Tabel 1", "Isi"),),
    )
    first, *others = cut(whole, "groups", 3)
    assert (first.headings, first.captions) == (whole.headings, whole.captions)
    assert [part.key for part in (first, *others)] == ["tabel", "tabel-2", "tabel-3"]
    assert all(part.headings == part.captions == () for part in others)
    assert [(part.context["first"], part.context["last"]) for part in (first, *others)] == [
        (True, False),
        (False, False),
        (False, True),
    ]


def test_no_part_of_a_large_plan_is_long() -> None:
    content = crowded(generate(60), 240)
    pages = {f"in-{row['code']}": "1" for row in content["initiatives"]}
    parts = book_parts(content)
    assert max(Counter(part.key for part in parts).values()) == 1
    tables = [part for part in parts if part.template not in {"print/sheet.html", "print/roadmap.html"}]
    long = {
        part.key: size
        for part in tables
        if (size := len(render_part(part, content=content, pages=pages if part.late else None))) > MOST_LETTERS
    }
    assert long == {}
    assert sum(part.key.startswith("bagian-lampiran-keselarasan") for part in parts) > 1
    assert MOST_LINES < 240 * 2, "so that this plan has tables that are cut"
