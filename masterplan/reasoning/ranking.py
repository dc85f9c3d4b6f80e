"""Texts ranked by the words they share with another: Okapi BM25 over weighted passages, in plain Python.

Knows no model: what is compared is the business of others. The same on every database, and nothing outside is asked.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from masterplan.reasoning.terms import Term, terms

# How much a repeated word still adds, and how much a long text is held against it: the usual values of the literature.
_SATURATION, _LENGTH_PENALTY = 1.2, 0.6
# A program of the agency itself is the likelier home; one of a supporting agency a little.
_OWN_AGENCY, _SUPPORTING_AGENCY = 2.0, 1.15
# A synonym says less than the word itself.
_SYNONYM = 0.6
# Words named per match.
_NAMED = 5


class WeightedText(NamedTuple):
    """A text and how much it counts."""

    weight: float
    text: str


@dataclass(frozen=True)
class Candidate:
    """What may be found: its key, what is written about it, and the agency in charge, None where there is none."""

    key: int
    passages: tuple[WeightedText, ...]
    agency: int | None = None


class Match(NamedTuple):
    """A candidate that fits, with the words asked for that led to it, the weightiest first."""

    key: int
    score: float
    words: tuple[str, ...]


class Index:
    """The words of all candidates, counted once and asked many times."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._candidates = list(candidates)
        self._counts = [_counted(candidate.passages) for candidate in self._candidates]
        self._lengths = [sum(counts.values()) for counts in self._counts]
        self._average = (sum(self._lengths) / len(self._lengths) if self._lengths else 0) or 1.0
        self._found_in = Counter(key for counts in self._counts for key in counts)

    def rank(
        self, passages: Sequence[WeightedText], *, limit: int, agency: int | None = None, supporting: Iterable[int] = ()
    ) -> list[Match]:
        """At most `limit` candidates that share a word with `passages`, best first; equals keep their order.

        `agency` and `supporting` are the keys of the agencies that lead and support the initiative.
        """
        wanted, written = _counted(passages), _as_written(passages)
        support = frozenset(supporting)
        found = []
        for place, candidate in enumerate(self._candidates):
            scores = self._scores(place, wanted)
            if scores:
                score = sum(scores.values()) * _favour(candidate.agency, agency, support)
                best = sorted(scores, key=lambda key: (-scores[key], key))
                found.append(Match(candidate.key, score, _words(best, written)))
        return sorted(found, key=lambda match: -match.score)[:limit]

    def _scores(self, place: int, wanted: Counter[str]) -> dict[str, float]:
        """What each shared term adds."""
        counts = self._counts[place]
        shortness = 1 - _LENGTH_PENALTY + _LENGTH_PENALTY * self._lengths[place] / self._average
        return {
            key: self._rarity(key)
            * math.log1p(wanted[key])
            * counts[key]
            * (_SATURATION + 1)
            / (counts[key] + _SATURATION * shortness)
            for key in wanted.keys() & counts.keys()
        }

    def _rarity(self, key: str) -> float:
        """The inverse document frequency, never negative."""
        having = self._found_in[key]
        return math.log1p((len(self._candidates) - having + 0.5) / (having + 0.5))


def _counted(passages: Iterable[WeightedText]) -> Counter[str]:
    """How often each term stands in the passages, by their weight."""
    counts: Counter[str] = Counter()
    for weight, text in passages:
        for term in terms(text):
            counts[term.key] += weight * (_SYNONYM if _is_group(term) else 1)  # type: ignore[assignment]
    return counts


def _is_group(term: Term) -> bool:
    return term.key.startswith("=")


def _as_written(passages: Iterable[WeightedText]) -> dict[str, str]:
    """The first writing of each term."""
    found: dict[str, str] = {}
    for passage in passages:
        for term in terms(passage.text):
            found.setdefault(term.key, term.written)
    return found


def _favour(holder: int | None, agency: int | None, supporting: frozenset[int]) -> float:
    if holder is None:
        return 1.0
    return _OWN_AGENCY if holder == agency else _SUPPORTING_AGENCY if holder in supporting else 1.0


def _words(keys: Iterable[str], written: dict[str, str]) -> tuple[str, ...]:
    """The words behind the terms, each once however it is inflected or grouped."""
    return tuple(dict.fromkeys(written[key].casefold() for key in keys))[:_NAMED]
