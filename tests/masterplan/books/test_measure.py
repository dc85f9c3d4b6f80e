"""How wide texts are in the table face."""

import pytest

from masterplan.books.chapters.measure import target_column, wrap


@pytest.mark.parametrize(
    ("numbers", "column"),
    [
        ([], "w-target"),
        (["-", "0", "92,5"], "w-target"),
        (["9.000", "-"], "w-target"),
        (["15.000"], "w-target-wide"),
        (["1.000.000"], "w-target-wider"),
        (["12.345.678"], "w-target-most"),
        (["123.456.789.012"], "w-target-most"),
        (["12 hari kerja"], "w-target"),
    ],
)
def test_a_column_of_targets_is_as_wide_as_its_longest_number(numbers: list[str], column: str) -> None:
    assert target_column(numbers) == column


def test_a_word_that_is_too_long_is_cut_and_not_lost() -> None:
    lines = wrap("Kependudukan", 30)
    assert len(lines) > 1
    assert "".join(lines) == "Kependudukan"
