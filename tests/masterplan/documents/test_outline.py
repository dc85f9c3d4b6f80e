"""The sections a new plan begins with."""

import re

from masterplan.documents.outline import OUTLINE
from masterplan.reference import DIMENSIONS


def keys():
    return [entry.key for entry in OUTLINE]


def test_every_place_of_the_book_has_one_section_in_book_order():
    chapters = list(dict.fromkeys(entry.chapter.split(" ", 2)[1] for entry in OUTLINE))

    assert chapters == ["I", "II", "III", "IV", "V", "VI"]
    assert [entry.chapter for entry in OUTLINE] == sorted((e.chapter for e in OUTLINE), key=_number)
    assert len(set(keys())) == len(keys()) == 44


def _number(chapter):
    return ["I", "II", "III", "IV", "V", "VI"].index(chapter.split(" ", 2)[1])


def test_dimensions_and_their_sub_dimensions_follow_the_reference():
    expected = []
    for dimension in DIMENSIONS:
        expected += [dimension.code.lower(), *(sub.key for sub in dimension.sub_dimensions)]

    assert [key.removeprefix("strategi.") for key in keys() if key.startswith("strategi.")] == expected
    assert {f"visi.sasaran-{dimension.code.lower()}" for dimension in DIMENSIONS} <= set(keys())


def test_an_opening_text_fits_any_regency():
    for entry in OUTLINE:
        sentences = re.findall(r"[.:](?=\s|$)", re.sub(r"^\d\. ", "", entry.body, flags=re.MULTILINE))

        assert len(sentences) >= 2, entry.key
        assert not re.search(r"\d(?!\. )", entry.body), entry.key
        assert "Semarang" not in entry.body, entry.key


def test_a_description_that_begins_with_an_abbreviation_keeps_its_letters():
    bodies = {entry.key: entry.body for entry in OUTLINE}

    assert bodies["strategi.bureaucracy"].startswith("Subdimensi ini mencakup SPBE, kepegawaian")
    assert bodies["strategi.tourism"].startswith("Subdimensi ini mencakup destinasi, pelaku")
