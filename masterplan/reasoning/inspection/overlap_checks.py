"""What is planned twice: the same application, and initiatives of different agencies for the same people."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator

from masterplan.reasoning.inspection.facts import InitiativeFacts, PlanFacts
from masterplan.reasoning.inspection.finding import Finding
from masterplan.reasoning.terms import terms

# How alike two initiatives must be, from 0 to 1: the cosine of their weighted words. Set by reading the pairs of the
# sample plan from above: those above it a reader would put side by side, those below share a word by chance.
ALIKE = 0.45
_NAME, _BENEFICIARIES = 3.0, 1.0
_SHORTEST_NAME = 4  # letters; shorter ones ("SIM") name a kind, not an application


def same_application(plan: PlanFacts) -> Iterator[Finding]:
    """Initiatives of different agencies that name the same application."""
    by_name: dict[str, list[InitiativeFacts]] = defaultdict(list)
    for initiative in plan.initiatives:
        name = "".join(letter for letter in initiative.spbe_application.casefold() if letter.isalnum())
        if len(name) >= _SHORTEST_NAME:
            by_name[name].append(initiative)
    for sharing in by_name.values():
        for initiative in sharing:
            others = [other for other in sharing if other.lead != initiative.lead]
            if others:
                yield Finding(
                    initiative.pk,
                    initiative.title,
                    f"Aplikasi “{initiative.spbe_application}” juga dibangun pada {_titles(others)}.",
                    initiative.lead,
                    "spbe_application",
                )


def same_purpose(plan: PlanFacts) -> Iterator[Finding]:
    """Initiatives of different agencies whose names and beneficiaries use the same words: merge them, or work together.

    Those that support each other already do.
    """
    for first, second in _alike(plan.initiatives):
        if first.lead == second.lead or first.lead in second.supporting or second.lead in first.supporting:
            continue
        for one, other in ((first, second), (second, first)):
            agency = plan.agencies.get(other.lead, "perangkat daerah lain")
            yield Finding(
                one.pk,
                one.title,
                f"Nama dan penerima manfaatnya mirip dengan {other.title} ({agency}).",
                one.lead,
                "name",
            )


def _titles(initiatives: list[InitiativeFacts]) -> str:
    return ", ".join(initiative.title for initiative in initiatives)


def _alike(initiatives: list[InitiativeFacts]) -> Iterator[tuple[InitiativeFacts, InitiativeFacts]]:
    """Pairs at least `ALIKE`. Only initiatives that share a word are compared, so that many cost little."""
    vectors = _vectors(initiatives)
    having: dict[str, list[int]] = defaultdict(list)
    for place, vector in enumerate(vectors):
        products: Counter[int] = Counter()
        for key, weight in vector.items():
            for other in having[key]:
                products[other] += weight * vectors[other][key]  # type: ignore[assignment]
            having[key].append(place)
        for other, likeness in sorted(products.items()):
            if likeness >= ALIKE:
                yield initiatives[other], initiatives[place]


def _vectors(initiatives: list[InitiativeFacts]) -> list[dict[str, float]]:
    """The words of each by weight times rarity, of length 1. Words of every fifth initiative tell nothing."""
    counts = []
    for initiative in initiatives:
        count: Counter[str] = Counter()
        for weight, text in ((_NAME, initiative.name), (_BENEFICIARIES, initiative.beneficiaries)):
            for key in {term.key for term in terms(text) if not term.key.startswith("=")}:
                count[key] += weight  # type: ignore[assignment]
        counts.append(count)
    found_in = Counter(key for count in counts for key in count)
    common = max(3, len(initiatives) / 5)
    vectors = []
    for count in counts:
        weighted = {
            key: weight * math.log(1 + len(initiatives) / found_in[key])
            for key, weight in count.items()
            if found_in[key] <= common
        }
        length = math.sqrt(sum(value * value for value in weighted.values())) or 1.0
        vectors.append({key: value / length for key, value in weighted.items()})
    return vectors
