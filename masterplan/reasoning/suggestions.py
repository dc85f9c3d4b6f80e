"""The programs an initiative most likely carries out, from what its form says so far; nothing is decided here.

Works on programs that the caller has loaded. `ranking` compares, `terms` reads words; a proposal goes the ordinary way.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from masterplan.models import Initiative, PlanElement
from masterplan.reasoning.ranking import Candidate, Index, WeightedText
from masterplan.reference import Level, PlanKind

LIMIT = 5  # per development plan

# How much each answer says about what is to be done; the name names it, the rest may wander.
_ANSWERS = {"name": 3.0, "problem": 1.0, "description": 0.5, "smart_city_target": 0.5, "strategy": 0.5}
# What a program says of itself, of what it measures, and of the objective it serves with its strategies.
_OWN_TEXT, _INDICATOR, _SURROUNDINGS = 3.0, 2.0, 0.3
_AROUND = (Level.OBJECTIVE, Level.STRATEGY, Level.POLICY_DIRECTION)


class Suggestion(NamedTuple):
    """A program and the words of the form that lead to it."""

    program: PlanElement
    words: tuple[str, ...]


def suggest(
    initiative: Initiative, programs: Iterable[PlanElement], surroundings: Sequence[PlanElement]
) -> list[Suggestion]:
    """At most `LIMIT` programs of the RPJMD, then as many of the agency's Renstra, best first in each.

    `programs` carry their plan and, prefetched, their indicators; `surroundings` are the nodes of the RPJMD, from which
    objectives and strategies are read. Programs that are tied to the initiative already are left out. No query of its
    own if the links and supporting agencies of `initiative` are prefetched.
    """
    tied = {link.element_id for link in initiative.links.all()}
    wanted = [WeightedText(weight, getattr(initiative, key)) for key, weight in _ANSWERS.items()]
    supporting = {agency.pk for agency in initiative.supporting_agencies.all()}
    around = _Surroundings(surroundings)
    by_key = {program.pk: program for program in programs}
    found: list[Suggestion] = []
    for kind in PlanKind:
        candidates = tuple(around.candidate(program) for program in by_key.values() if program.plan.kind == kind)
        matches = _index(candidates).rank(
            wanted, limit=LIMIT + len(tied), agency=initiative.lead_agency_id, supporting=supporting
        )
        free = [Suggestion(by_key[match.key], match.words) for match in matches if match.key not in tied]
        found += free[:LIMIT]
    return found


@lru_cache(maxsize=16)
def _index(candidates: tuple[Candidate, ...]) -> Index:
    """Many ask about the same programs: their words are counted once, for as long as the texts stay the same."""
    return Index(candidates)


class _Surroundings:
    """The nodes of the RPJMD, to read what stands around a program."""

    def __init__(self, elements: Iterable[PlanElement]) -> None:
        self._by_key: Mapping[int, PlanElement] = {element.pk: element for element in elements}
        self._below: dict[int, list[PlanElement]] = {}
        for element in self._by_key.values():
            if element.parent_id and element.level in _AROUND:
                self._below.setdefault(element.parent_id, []).append(element)

    def candidate(self, program: PlanElement) -> Candidate:
        """A program as `ranking` compares it; one of a Renstra is read with the RPJMD program it carries out."""
        texts = [WeightedText(_OWN_TEXT, program.text)]
        texts += [WeightedText(_INDICATOR, indicator.name) for indicator in program.indicators.all()]
        above = self._by_key.get(program.parent_id or 0)
        carried_out = self._by_key.get(program.carries_out_id or 0)
        if carried_out is not None:
            above = self._by_key.get(carried_out.parent_id or 0)
        if above is not None and above.level == Level.OBJECTIVE:
            texts += [WeightedText(_SURROUNDINGS, text) for text in self._texts_from(above)]
        return Candidate(program.pk, tuple(texts), program.agency_id or program.plan.agency_id)

    def _texts_from(self, element: PlanElement) -> Iterable[str]:
        yield element.text
        for below in self._below.get(element.pk, ()):
            yield from self._texts_from(below)
