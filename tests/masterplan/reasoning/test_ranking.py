"""Texts ranked by shared words."""

from masterplan.reasoning.ranking import Candidate, Index, WeightedText


def candidate(key, text, agency=None):
    return Candidate(key, (WeightedText(1, text),), agency)


MARKETS = candidate(1, "Sarana perdagangan dan pasar rakyat", 10)
ROADS = candidate(2, "Jalan dan jembatan", 20)
WATER = candidate(3, "Air minum perdesaan", 20)


def keys(matches):
    return [match.key for match in matches]


def rank(text, *, limit=5, **more):
    return Index([MARKETS, ROADS, WATER]).rank([WeightedText(1, text)], limit=limit, **more)


def test_what_shares_no_word_is_not_found():
    assert keys(rank("Perbaikan jembatan gantung")) == [2]
    assert rank("Sekolah musik") == []


def test_the_words_that_led_there_are_named_as_written():
    (match,) = rank("Kios di PASAR Bandarjo")
    assert set(match.words) == {"pasar", "kios"}


def test_more_shared_words_stand_first():
    assert keys(rank("Jalan menuju pasar rakyat")) == [1, 2]


def test_an_agency_finds_its_own_programs_first():
    even = "pasar jalan"
    assert keys(rank(even, agency=20))[0] == 2
    assert keys(rank(even, agency=10))[0] == 1
    assert keys(rank(even, supporting=[20]))[0] == 2


def test_no_more_than_asked_for():
    assert len(rank("jalan air pasar", limit=2)) == 2


def test_without_candidates_or_words_there_is_nothing():
    assert Index([]).rank([WeightedText(1, "jalan")], limit=5) == []
    assert rank("") == []
