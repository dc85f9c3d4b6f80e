"""The ties of a plan as a picture of streams: mission, program, initiative, dimension. Pure: paths in, coordinates out.

A stream is as wide as the ties it carries. Of programs and initiatives only those with the most ties have a place of
their own; the rest of a mission or dimension flows together, so that the picture of a large plan can be read.
"""

import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# So many programs, and so many initiatives, are shown one by one.
MOST = 14
# Units of the drawing, which are pixels at its full width.
WIDTH = 1160
_COLUMNS = (0.0, 290.0, 620.0, 985.0)
_LETTERS = (40, 50, 56, 26)  # of a line beside the places of each column
_BAR = 12.0
_GAP = 9.0
_LOWEST, _TWO_LINES, _LINE = 17.0, 30.0, 14.0
_LEAST_A_TIE, _MOST_A_TIE = 1.0, 12.0
_BODY = 560.0  # what the ties alone take of the height, if they can
_TOP = 30.0


@dataclass(frozen=True)
class FlowNode:
    """Where a tie passes; places with the same key are one. `code` is that of a dimension, or ""."""

    key: str
    label: str
    code: str = ""


FlowPath = tuple[FlowNode, FlowNode, FlowNode, FlowNode]
_Pair = tuple[FlowNode, FlowNode]


@dataclass(frozen=True)
class FlowBar:
    """A bar with its name. Coordinates are texts, as SVG reads them."""

    stop: FlowNode
    count: int
    x: str
    y: str
    width: str
    height: str
    text_x: str
    lines: tuple[tuple[str, str], ...]  # y and words


@dataclass(frozen=True)
class Stream:
    """What flows from one place to the next; `code` is the dimension it ends in, or ""."""

    start: FlowNode
    end: FlowNode
    count: int
    code: str
    outline: str


@dataclass(frozen=True)
class Drawing:
    """The picture, column by column and step by step; `total` is the number of ties."""

    width: str
    height: str
    heads: list[tuple[str, str]]  # x and words
    columns: list[list[FlowBar]]
    steps: list[list[Stream]]
    total: int


HEADS = ("Misi", "Program RPJMD", "Inisiatif", "Dimensi")


def gather(paths: Sequence[FlowPath], most: int = MOST) -> list[FlowPath]:
    """The same paths, those of small programs and initiatives led through one place of their mission or dimension."""
    programs, initiatives = (_largest([path[column] for path in paths], most) for column in (1, 2))
    missions = _small([(path[0], path[1]) for path in paths], programs)
    dimensions = _small([(path[3], path[2]) for path in paths], initiatives)
    found = []
    for mission, program, initiative, dimension in paths:
        rest = missions[mission.key]
        if program.key in rest and len(rest) > 1:
            program = FlowNode(f"rest-{mission.key}", f"{len(rest)} program lain, {_short(mission.label)}")
        others = dimensions[dimension.key]
        if initiative.key in others and len(others) > 1:
            initiative = FlowNode(
                f"rest-{dimension.key}", f"{len(others)} inisiatif lain, {dimension.label}", dimension.code
            )
        found.append((mission, program, initiative, dimension))
    return found


def draw(paths: Sequence[FlowPath]) -> Drawing:
    """The picture of `paths`, whose order gives the order of the places; dimensions stand in that of their keys."""
    counts = [Counter(path[column] for path in paths) for column in range(4)]
    order = [_ordered(paths, column) for column in range(4)]
    unit = max(_LEAST_A_TIE, min(_MOST_A_TIE, _BODY / max(1, len(paths))))
    tall = [sum(max(_LOWEST, unit * count) + _GAP for count in column.values()) for column in counts]
    height = _TOP + max(tall, default=_GAP)
    columns = [
        _column(order[number], counts[number], number, unit, _TOP + (height - _TOP - tall[number]) / 2)
        for number in range(4)
    ]
    steps = [_step(paths, order, columns, number, unit) for number in range(3)]
    heads = [(_spell(x), words) for x, words in zip(_COLUMNS, HEADS, strict=True)]
    return Drawing(_spell(WIDTH), _spell(height), heads, columns, steps, len(paths))


def _largest(stops: Iterable[FlowNode], most: int) -> set[str]:
    """The keys of those with the most ties; among equals the earlier ones."""
    return {stop.key for stop, _ in Counter(stops).most_common(most)}


def _small(pairs: Iterable[tuple[FlowNode, FlowNode]], largest: set[str]) -> dict[str, set[str]]:
    """By the key of a mission or dimension the keys of what belongs to it and is not among the largest."""
    found: dict[str, set[str]] = {}
    for home, stop in pairs:
        found.setdefault(home.key, set()).update({stop.key} - largest)
    return found


def _short(label: str) -> str:
    """`Misi 3` of a mission in full."""
    return label.partition(".")[0] if label.startswith("Misi ") else label


def _ordered(paths: Sequence[FlowPath], column: int) -> list[FlowNode]:
    """The places of a column beside what they belong to: programs by mission, initiatives by dimension, rests last."""
    beside = {0: 0, 1: 0, 2: 3, 3: 3}[column]
    first = {stop: place for place, stop in enumerate(dict.fromkeys(path[beside] for path in paths))}
    if beside == 3:
        first = {stop: place for place, stop in enumerate(sorted(first, key=lambda stop: stop.key))}
    home = {path[column]: first[path[beside]] for path in reversed(paths)}
    seen = {stop: place for place, stop in enumerate(dict.fromkeys(path[column] for path in paths))}
    return sorted(home, key=lambda stop: (home[stop], stop.key.startswith("rest-"), seen[stop]))


def _column(
    order: Sequence[FlowNode], counts: Counter[FlowNode], number: int, unit: float, top: float
) -> list[FlowBar]:
    places, x = [], _COLUMNS[number]
    for stop in order:
        height = max(_LOWEST, unit * counts[stop])
        most = 2 if height >= _TWO_LINES else 1
        lines = textwrap.wrap(f"{stop.label} ({counts[stop]})", _LETTERS[number])
        if len(lines) > most:
            lines = textwrap.wrap(stop.label, _LETTERS[number] * most - 8)[:1]
            lines = textwrap.wrap(f"{lines[0]}… ({counts[stop]})", _LETTERS[number] + 2)[:most]
        middle = top + height / 2 + 4 - _LINE * (len(lines) - 1) / 2
        places.append(
            FlowBar(
                stop=stop,
                count=counts[stop],
                x=_spell(x),
                y=_spell(top),
                width=_spell(_BAR),
                height=_spell(height),
                text_x=_spell(x + _BAR + 6),
                lines=tuple((_spell(middle + _LINE * row), words) for row, words in enumerate(lines)),
            )
        )
        top += height + _GAP
    return places


def _step(
    paths: Sequence[FlowPath],
    order: Sequence[Sequence[FlowNode]],
    columns: Sequence[Sequence[FlowBar]],
    number: int,
    unit: float,
) -> list[Stream]:
    """The streams between two columns, each beginning and ending below the one before."""
    if not paths:
        return []
    counts = Counter((path[number], path[number + 1]) for path in paths)
    left, right = ({node: rank for rank, node in enumerate(order[number + side])} for side in (0, 1))
    pairs = sorted(counts, key=lambda pair: (left[pair[0]], right[pair[1]]))
    starts = _upper_edges(columns[number], pairs, 0, counts, unit)
    by_end = sorted(counts, key=lambda pair: (right[pair[1]], left[pair[0]]))
    ends = _upper_edges(columns[number + 1], by_end, 1, counts, unit)
    x0, x1 = float(columns[number][0].x) + _BAR, float(columns[number + 1][0].x)
    return [
        Stream(*pair, counts[pair], pair[1].code, _ribbon(x0, starts[pair], x1, ends[pair], unit * counts[pair]))
        for pair in pairs
    ]


def _upper_edges(
    bars: Sequence[FlowBar], pairs: Iterable[_Pair], side: int, counts: Counter[_Pair], unit: float
) -> dict[_Pair, float]:
    """Where each stream touches its bar on one side, in the order of `pairs`."""
    free = {bar.stop: _first_edge(bar, unit) for bar in bars}
    found = {}
    for pair in pairs:
        found[pair] = free[pair[side]]
        free[pair[side]] += unit * counts[pair]
    return found


def _first_edge(place: FlowBar, unit: float) -> float:
    """Where the first stream touches a bar: small bars are higher than their streams, which meet them in the middle."""
    return float(place.y) + (float(place.height) - unit * place.count) / 2


def _ribbon(x0: float, y0: float, x1: float, y1: float, thick: float) -> str:
    a, b, c, d, middle = (_spell(value) for value in (x0, y0, x1, y1, (x0 + x1) / 2))
    low0, low1 = _spell(y0 + thick), _spell(y1 + thick)
    return f"M{a} {b}C{middle} {b} {middle} {d} {c} {d}V{low1}C{middle} {low1} {middle} {low0} {a} {low0}Z"


def _spell(value: float) -> str:
    """A coordinate as SVG reads it, whatever the language of the page."""
    return f"{value:.1f}".removesuffix(".0")
