"""Cuts what grows with a plan into several parts, so that a render process needs little memory for each, however large.

The first portion has the heading, the caption and what stands before the rows, the last what stands behind them.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from masterplan.books.chapters.places import Place
from smartcity.press.parts import Flow, Part

Row = TypeVar("Row")

# Lines of a table in one part, about ten pages.
MOST_LINES = 300


def portions(
    rows: Sequence[Row], most: int = MOST_LINES, weigh: Callable[[Row], int] = lambda row: 1
) -> list[list[Row]]:
    """The rows in order, as many together as weigh no more than `most`, at least one; one portion where there are none.

    All weigh about the same, so that the last is not a few rows on a page of their own.
    """
    total = sum(map(weigh, rows)) or 1  # rows may weigh nothing, such as missions of which no program is shown
    count = max(1, -(-total // most))
    found: list[list[Row]] = [[]]
    place = done = weight = 0
    for row in rows:
        wanted = int((done + weigh(row) / 2) * count / total)
        if found[-1] and (wanted > place or weight + weigh(row) > most):
            found.append([])
            weight = 0
        found[-1].append(row)
        place = max(place, wanted)
        done, weight = done + weigh(row), weight + weigh(row)
    return found


def cut(part: Part, key: str, most: int = MOST_LINES, weigh: Callable[[Any], int] = lambda row: 1) -> list[Part]:
    """`part` with the rows under `key` of its context in portions; each knows whether it is the `first` and `last`."""
    found = portions(part.context[key], most, weigh)
    first, *others = (
        {**part.context, key: rows, "first": place == 0, "last": place == len(found) - 1}
        for place, rows in enumerate(found)
    )
    rest = (
        replace(part, key=f"{part.key}-{number}", context=context, headings=(), captions=())
        for number, context in enumerate(others, 2)
    )
    return [replace(part, context=first), *rest]


def cut_flow(flow: Flow, place: Place, key: str) -> list[Flow | Part]:
    """The same for a piece that shares its pages: what does not fit the first portion has pages of its own."""
    first, *others = (
        replace(flow, context={**flow.context, key: rows, "first": number == 0}, lines=len(rows))
        for number, rows in enumerate(portions(flow.context[key]))
    )
    rest = (
        Part(
            f"{place.heading.anchor}-{number}",
            "print/flow.html",
            {"flows": (replace(other, headings=(), captions=()),)},
            chapter=place.running,
        )
        for number, other in enumerate(others, 2)
    )
    return [first, *rest]
