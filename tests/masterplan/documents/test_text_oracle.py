"""Every character that was accepted is in the print, in its order, whatever the script and the marks around it."""

from pathlib import Path

from tests.masterplan.documents import text_cases

CASES, SEED = 500, 20211120


def test_every_character_of_random_texts_is_in_the_book_in_its_order(tmp_path: Path) -> None:
    cases = text_cases.draw(CASES, SEED)
    report, texts = text_cases.printed(cases, tmp_path)
    lost, replaced = text_cases.not_printed(cases, report, texts)
    first = next(iter(lost), None)
    assert not lost, f"{len(lost)} of {len(cases)}; case {first}: {lost[first]!r} in {cases[first].source!r}"
    assert len(cases) == CASES
    assert text_cases.beyond_the_paper(report) == []
    assert len(replaced) <= CASES // 100, "a part that is replaced proves nothing"
