"""The words of planning texts, brought to what can be compared: without stop words, as stems, synonyms under one name.

The lists are data (`reference_data/words`), the stems are Snowball's for Indonesian. Ranks nothing; see `suggestions`.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from snowballstemmer import stemmer

FOLDER = Path(__file__).resolve().parent.parent / "reference_data" / "words"

_WORD = re.compile(r"[^\W\d_]{2,}")
_SNOWBALL = stemmer("indonesian")


class Term(NamedTuple):
    """What is compared, and the words as they were written."""

    key: str
    written: str


def terms(text: str) -> Iterator[Term]:
    """Every word that says something by its stem; words and phrases with synonyms also by their group (`=name`)."""
    words = _WORD.findall(text)
    stems = [stem(word.casefold()) for word in words]
    for place, (word, key) in enumerate(zip(words, stems, strict=True)):
        if word.casefold() not in _stop_words():
            yield Term(key, word)
        for length in _lengths_from(key):
            group = _groups().get(tuple(stems[place : place + length]))
            if group:
                yield Term(group, " ".join(words[place : place + length]))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What remains of a word in small letters without prefixes and endings: `pelayanan` and `dilayani` are `layan`."""
    return word if word in _unstemmed() else str(_SNOWBALL.stemWord(word))


def lines(name: str) -> list[str]:
    """The lines of a word list, without notes and empty ones."""
    found = (line.strip() for line in (FOLDER / name).read_text(encoding="utf-8").splitlines())
    return [line for line in found if line and not line.startswith("#")]


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(lines("stop_words.txt"))


@cache
def _unstemmed() -> frozenset[str]:
    return frozenset(lines("unstemmed.txt"))


@cache
def _groups() -> dict[tuple[str, ...], str]:
    """The stems of every word and phrase that has synonyms -> the name of its group."""
    found: dict[tuple[str, ...], str] = {}
    for line in lines("synonyms.txt"):
        phrases = [phrase.strip() for phrase in line.split(",")]
        for phrase in phrases:
            found.setdefault(tuple(stem(word) for word in _WORD.findall(phrase.casefold())), f"={phrases[0]}")
    return found


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for phrase in _groups():
        found.setdefault(phrase[0], set()).add(len(phrase))
    return {first: tuple(sorted(sizes)) for first, sizes in found.items()}


def _lengths_from(first: str) -> tuple[int, ...]:
    """How many words the phrases have that begin with this stem."""
    return _lengths().get(first, ())
