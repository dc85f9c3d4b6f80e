"""The drawing of an indicator: every value at its place, and in words."""

from masterplan.progress.curve import HEIGHT, WIDTH, draw
from masterplan.progress.quarters import Quarter

TARGETS = {2024: "20", 2025: "40"}


def test_later_stands_further_right_and_more_higher_up():
    curve = draw(
        baseline="10", targets=TARGETS, reached={Quarter(2024, 1): "12", Quarter(2025, 2): "30"}, unit="persen"
    )
    first, second = curve.dots
    assert float(first.x) < float(second.x) <= WIDTH
    assert HEIGHT > float(first.y) > float(second.y) > 0
    assert len(curve.targets.split()) == 3, "the baseline and two targets"
    assert float(curve.goals[0].x) == curve.left, "the baseline stands at the beginning of the first year"
    assert [mark.text for mark in curve.years] == ["2024", "2025"]
    for words in ("kondisi awal: 10 persen", "target 2025: 40 persen", "Triwulan II 2025: 30 persen"):
        assert words in curve.words


def test_all_the_same_is_a_level_line():
    curve = draw(baseline="5", targets={2024: "5"}, reached={}, unit="")
    assert curve.goals[0].y == curve.goals[1].y


def test_nothing_is_drawn_of_words():
    assert draw(baseline="-", targets={2024: "WTP", 2025: "70-75"}, reached={Quarter(2024, 1): "WTP"}, unit="") is None
    assert draw(baseline="-", targets={2024: "5"}, reached={}, unit="") is None, "one value is no curve"
