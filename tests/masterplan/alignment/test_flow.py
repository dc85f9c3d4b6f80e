"""The picture of streams: nothing gets lost on the way, and the rest flows together."""

import re
from collections import Counter
from itertools import pairwise

import pytest

from masterplan.alignment.flow import FlowNode, draw, gather


def stop(kind, number, code=""):
    return FlowNode(f"{kind}-{number}", f"{kind.capitalize()} {number}. Nama yang cukup panjang untuk dipotong", code)


def path(mission, program, initiative, dimension):
    return (
        stop("misi", mission),
        stop("program", program),
        stop("inisiatif", initiative, dimension),
        FlowNode(f"{'GO LI'.index(dimension)}", dimension, dimension),
    )


PATHS = [
    path(1, 11, 101, "GO"),
    path(1, 11, 102, "LI"),
    path(1, 12, 101, "GO"),
    path(2, 21, 103, "LI"),
]


def edges(outline):
    """x and y of the four corners of a stream: upper left, upper right, lower right, lower left."""
    found = re.fullmatch(r"M(\S+) (\S+)C\S+ \S+ \S+ \S+ (\S+) (\S+)V(\S+)C\S+ \S+ \S+ \S+ (\S+) (\S+)Z", outline)
    assert found
    return [float(group) for group in found.groups()]


def test_every_tie_passes_all_four_columns():
    drawing = draw(PATHS)

    assert [sum(place.count for place in column) for column in drawing.columns] == [4] * 4
    assert [sum(stream.count for stream in step) for step in drawing.steps] == [4] * 3
    assert [[place.count for place in column] for column in drawing.columns] == [[3, 1], [2, 1, 1], [2, 1, 1], [2, 2]]
    assert [(s.start.key, s.end.key, s.count) for s in drawing.steps[0]] == [
        ("misi-1", "program-11", 2),
        ("misi-1", "program-12", 1),
        ("misi-2", "program-21", 1),
    ]
    assert {stream.code for stream in drawing.steps[2]} == {"GO", "LI"}
    assert drawing.total == 4


def test_streams_touch_their_bars_and_do_not_overlap():
    drawing = draw(PATHS)

    bars = {place.stop: place for column in drawing.columns for place in column}
    for step in drawing.steps:
        leaving = Counter()
        for stream in step:
            x0, y0, x1, y1, low1, _, low0 = edges(stream.outline)
            start, end = bars[stream.start], bars[stream.end]
            assert (x0, x1) == (float(start.x) + float(start.width), float(end.x))
            for bar, upper, lower in ((start, y0, low0), (end, y1, low1)):
                assert float(bar.y) - 0.2 <= upper < lower <= float(bar.y) + float(bar.height) + 0.2
            assert y0 >= leaving[stream.start] - 0.2
            leaving[stream.start] = low0


def test_bars_stand_below_each_other_inside_the_picture():
    drawing = draw([path(1, n, n, "GO") for n in range(40)])

    for column in drawing.columns:
        ends = [(float(place.y), float(place.y) + float(place.height)) for place in column]
        assert all(lower[0] > upper[1] for upper, lower in pairwise(ends))
        assert ends[-1][1] <= float(drawing.height)


def test_small_ones_flow_together_by_mission_and_dimension():
    many = [path(1, 1, 1, "GO")] * 3 + [path(1 + n % 2, 10 + n, 100 + n, "LI") for n in range(6)]

    found = gather(many, most=1)

    labels = Counter(stops[1].label for stops in found)
    assert labels == {many[0][1].label: 3, "3 program lain, Misi 1": 3, "3 program lain, Misi 2": 3}
    assert Counter(stops[2].label for stops in found)["6 inisiatif lain, LI"] == 6
    assert [place.stop.label for place in draw(found).columns[1]] == [
        many[0][1].label,
        "3 program lain, Misi 1",
        "3 program lain, Misi 2",
    ]


def test_a_single_one_that_is_left_keeps_its_name():
    found = gather([path(1, 1, 1, "GO")] * 2 + [path(1, 2, 2, "GO")], most=1)

    assert found[-1][1].label.startswith("Program 2")
    assert found[-1][2].label.startswith("Inisiatif 2")


@pytest.mark.parametrize(("count", "lines"), [(1, 1), (400, 2)])
def test_long_names_are_cut_and_say_how_many(count, lines):
    drawing = draw([path(1, 1, 1, "GO")] * count)

    for column in drawing.columns:
        words = " ".join(line for _, line in column[0].lines)
        assert words.endswith(f"({count})")
    assert len(drawing.columns[0][0].lines) == lines
    assert ("…" in drawing.columns[0][0].lines[0][1]) == (count == 1)


def test_nothing_is_a_picture_of_nothing():
    assert draw([]).columns == [[], [], [], []]
