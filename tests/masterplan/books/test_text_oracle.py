"""Every character that was accepted is in the print, in its order, whatever the script and the marks around it."""

from pathlib import Path

from tests.masterplan.books import text_cases

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


LONG = (".gf.g" * 40, "-._/" * 60, "abcdefg" * 30)


def test_long_words_stay_on_the_paper_wherever_marks_change_beside_them(tmp_path: Path) -> None:
    """No line may end between a space and a full stop, nor before a hyphen: there the renderer needs to be told."""
    shapes = (
        "- Butir **{} yang**",
        "Baris **x**{} z",
        "Baris **x y** {} z",
        "**{}**{}",
        "Baris {} **z**",
        "1. **x** {}",
    )
    sources = [shape.replace("{}", word) for word in LONG for shape in shapes]
    cases = [text_cases.Case(source, ()) for source in sources]
    report, _ = text_cases.printed(cases, tmp_path)
    assert [sources[int(key.rpartition("-")[2])] for key in text_cases.beyond_the_paper(report)] == []
