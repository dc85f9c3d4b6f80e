"""Words of planning texts as they are compared."""

import pytest

from masterplan.reasoning.terms import lines, stem, terms


def keys(text):
    return [term.key for term in terms(text)]


def test_stop_words_say_nothing():
    assert keys("Peningkatan pengelolaan dan pengembangan yang baik di Kabupaten Semarang") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("pelayanan", "dilayani"), ("perizinan", "izin"), ("pertanian", "petani"), ("kebersihan", "bersih")],
)
def test_a_word_is_its_stem(one, other):
    assert stem(one) == stem(other)


def test_synonyms_meet_under_one_name():
    assert set(keys("turis")) & set(keys("wisatawan")) == {"=wisata"}


def test_a_phrase_is_one_synonym_and_keeps_its_words():
    found = {term.key: term.written for term in terms("Bantuan Sosial bagi lansia")}
    assert found["=miskin"] == "Bantuan Sosial"
    assert stem("bantuan") in found


def test_figures_and_single_letters_are_no_words():
    assert keys("2022 a 3,5 -") == []


def test_words_that_only_look_akin_stay_apart():
    assert set(keys("pemasaran")).isdisjoint(keys("pasar"))
    assert set(keys("pejalan kaki")).isdisjoint(keys("jalan rusak"))


def test_nothing_stands_in_two_groups():
    found: dict[tuple[str, ...], set[str]] = {}
    for line in lines("synonyms.txt"):
        phrases = [phrase.strip() for phrase in line.split(",")]
        for phrase in phrases:
            found.setdefault(tuple(stem(word) for word in phrase.split()), set()).add(phrases[0])
    assert {phrase: groups for phrase, groups in found.items() if len(groups) > 1} == {}


@pytest.mark.parametrize("name", ["stop_words.txt", "synonyms.txt", "unstemmed.txt"])
def test_the_lists_hold_every_word_once(name):
    found = [word.strip() for line in lines(name) for word in line.split(",")]
    assert sorted({word for word in found if found.count(word) > 1}) == []
    assert [word for word in found if word != word.casefold() or not word] == []
