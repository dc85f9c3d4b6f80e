"""Which program of a new RPJMD carries on one of the old, as code, text and what was written down let one expect.

Pure: proposes, decides nothing. `terms` reads words; the nodes come loaded.
"""

from collections.abc import Iterable
from typing import NamedTuple

from masterplan.reasoning.ranking import Candidate, Index, WeightedText
from masterplan.reasoning.terms import terms

LIMIT = 3
_TEXT, _INDICATOR = 3.0, 1.0
# Two texts share this part of their words when they most likely name the same program, and when a code that is the same
# most likely still means the same.
_ALIKE, _AKIN = 0.7, 0.3


class ProgramNode(NamedTuple):
    """A program: what it is called and measured by, and the old one that it says it replaces."""

    pk: int
    code: str
    text: str
    indicators: tuple[str, ...] = ()
    replaces: int | None = None


class SuccessionProposal(NamedTuple):
    """A new program that may carry on an old one. A `likely` one may be ticked beforehand."""

    pk: int
    reason: str
    likely: bool


def propose(olds: Iterable[ProgramNode], news: Iterable[ProgramNode]) -> dict[int, list[SuccessionProposal]]:
    """By the id of each old program at most `LIMIT` new ones, the likeliest first; several olds may get the same."""
    after = list(news)
    index = Index(_candidate(node) for node in after)
    by_pk = {node.pk: node for node in after}
    return {old.pk: _proposals(old, after, by_pk, index) for old in olds}


def _proposals(
    old: ProgramNode, after: list[ProgramNode], by_pk: dict[int, ProgramNode], index: Index
) -> list[SuccessionProposal]:
    found: dict[int, SuccessionProposal] = {}
    for node in after:
        if node.replaces == old.pk:
            found[node.pk] = SuccessionProposal(node.pk, "tertulis sebagai kelanjutannya", likely=True)
    for node in after:
        if old.code and node.code == old.code and node.pk not in found:
            found[node.pk] = SuccessionProposal(node.pk, "kode sama", likely=likeness(old.text, node.text) >= _AKIN)
    # Programs of the same aim in other fields use the same words: words decide only where nothing surer does.
    sure = any(proposal.likely for proposal in found.values())
    for match in index.rank(_candidate(old).passages, limit=LIMIT):
        if match.key not in found and match.words:
            alike = not sure and likeness(old.text, by_pk[match.key].text) >= _ALIKE
            found[match.key] = SuccessionProposal(match.key, f"kata sama: {', '.join(match.words[:3])}", likely=alike)
    ranked = sorted(found.values(), key=lambda proposal: not proposal.likely)
    return ranked[:LIMIT]


def likeness(one: str, other: str) -> float:
    """The part of their words that two texts share, by stems: 0 for none, 1 for all."""
    first, second = ({term.key for term in terms(text) if not term.key.startswith("=")} for text in (one, other))
    return 2 * len(first & second) / (len(first) + len(second)) if first or second else 0.0


def _candidate(node: ProgramNode) -> Candidate:
    passages = [WeightedText(_TEXT, node.text), *(WeightedText(_INDICATOR, name) for name in node.indicators)]
    return Candidate(node.pk, tuple(passages))
