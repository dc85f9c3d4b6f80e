"""Where plan and initiatives miss each other, both ways, and who answers for it. Arranged from what the checks find.

What counts as a gap is said by the checks alone; nothing is looked for here.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from masterplan.reasoning.inspection import CHECK_BY_CODE, Check, Finding, FindingSubject
from masterplan.reasoning.inspection.facts import PlanFacts
from masterplan.reasoning.inspection.initiative_checks import is_tied_to_rpjmd
from masterplan.reasoning.inspection.plan_checks import holders_below

# In the order of the question: which missions, which initiatives, and then the finer gaps.
CODES = (
    "mission_without_initiative",
    "initiative_without_program",
    "objective_without_initiative",
    "program_without_initiative",
    "dimension_without_initiative",
    "sub_dimension_without_initiative",
)
# What each kind is called where a number stands beside it.
SHORT_NAMES = dict(
    zip(CODES, ("misi", "inisiatif di luar RPJMD", "sasaran", "program", "dimensi", "sub-dimensi"), strict=True)
)
_About = tuple[str, int]  # a check, and the subject of what it finds


@dataclass(frozen=True)
class AlignmentGap:
    """One finding with the agencies that answer for it; none where that is Diskominfo, which gathers the initiatives.

    `reason` says why it may stand, "" where it asks for something.
    """

    finding: Finding
    agencies: list[int]
    reason: str = ""


@dataclass(frozen=True)
class GapGroup:
    """The gaps of one kind. Those set aside with a reason are listed last and not counted."""

    check: Check
    gaps: list[AlignmentGap]

    @property
    def count(self) -> int:
        """How many ask for something."""
        return sum(not gap.reason for gap in self.gaps)


def find_gaps(plan: PlanFacts, reasons: Mapping[_About, str], agency: int | None = None) -> list[GapGroup]:
    """Every kind of gap, also those of which there is none; with `agency` only what it answers for.

    `reasons` are why something was set aside, by check and subject.
    """
    groups = []
    for code in CODES:
        check = CHECK_BY_CODE[code]
        found = [
            AlignmentGap(each, _answering(plan, check, each), reasons.get((code, each.subject), ""))
            for each in check.look(plan)
        ]
        if check.about == FindingSubject.INITIATIVE:
            found += _excused(plan)
        fitting = [gap for gap in found if agency is None or agency in gap.agencies]
        groups.append(GapGroup(check, sorted(fitting, key=lambda gap: bool(gap.reason))))
    return groups


def _excused(plan: PlanFacts) -> list[AlignmentGap]:
    """Initiatives outside the RPJMD that may stand there: the check passes them over, but people ask for all."""
    return [
        AlignmentGap(
            Finding(row.pk, row.title, "Diputuskan tanpa program.", row.lead, "links"), [row.lead], row.waiver_reason
        )
        for row in plan.initiatives
        if row.waived_at and not is_tied_to_rpjmd(plan, row)
    ]


def by_agency(groups: Collection[GapGroup]) -> list[tuple[int, Counter[str]]]:
    """How many gaps of each kind an agency answers for, the most first; what was set aside does not count."""
    found: dict[int, Counter[str]] = {}
    for group in groups:
        for gap in group.gaps:
            for agency in () if gap.reason else gap.agencies:
                found.setdefault(agency, Counter())[group.check.code] += 1
    return sorted(found.items(), key=lambda pair: -pair[1].total())


def _answering(plan: PlanFacts, check: Check, finding: Finding) -> list[int]:
    if finding.agency is not None:
        return [finding.agency]
    return holders_below(plan, plan.elements[finding.subject]) if check.about == FindingSubject.ELEMENT else []
