"""The filter of the alignment pages: read from the address, written into it again, and applied to a coverage."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from masterplan.models import Initiative
from masterplan.reasoning.coverage import Coverage, PendingLink, Program, TieMark
from masterplan.reasoning.inspection import CHECK_BY_CODE, CHECKS, Check, FindingSubject
from masterplan.reasoning.inspection.facts import PlanFacts
from masterplan.reference import LinkState
from smartcity.common.text import search_words, whole_number

# Checks by which links can be filtered: those about an initiative or an element of a plan.
OFFERED: tuple[Check, ...] = tuple(
    check for check in CHECKS if check.about in (FindingSubject.INITIATIVE, FindingSubject.ELEMENT)
)
STATES = {"diusulkan": LinkState.PROPOSED, "diterima": LinkState.ACCEPTED, "ditolak": LinkState.REJECTED}


@dataclass(frozen=True)
class AlignmentFilter:
    """A search as understood; an empty value filters nothing. `known_in` removes ids that do not occur.

    `findings` are the ids that the chosen check reports, None until `with_findings` has run it.
    """

    q: str = ""
    group: int = 0
    objective: int = 0
    dimension: str = ""
    agency: int = 0
    state: str = ""
    check: str = ""
    findings: Collection[int] | None = field(default=None, compare=False)

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "AlignmentFilter":
        """From the address; unknown words are ignored."""
        state, check = query.get("keadaan", ""), query.get("cek", "")
        return cls(
            q=search_words(query.get("q", "")),
            group=whole_number(query.get("misi")),
            objective=whole_number(query.get("sasaran")),
            dimension=query.get("dimensi", "").replace("\x00", "")[:4],
            agency=whole_number(query.get("opd")),
            state=state if state in STATES else "",
            check=check if check in {each.code for each in OFFERED} else "",
        )

    def known_in(self, coverage: Coverage) -> "AlignmentFilter":
        """The same without missions, objectives, dimensions and agencies that do not occur."""
        groups = {program.group.pk for program in coverage.programs} | {group.pk for group, _ in coverage.objectives}
        objectives = {objective.pk for _, objective in coverage.objectives}
        codes = {initiative.sub_dimension.dimension.code for initiative in coverage.initiatives}
        return replace(
            self,
            group=self.group if self.group in groups else 0,
            objective=self.objective if self.objective in objectives else 0,
            dimension=self.dimension if self.dimension in codes else "",
            agency=self.agency if self.agency in dict(coverage.agencies) else 0,
        )

    def with_findings(self, facts: PlanFacts) -> "AlignmentFilter":
        """The same with what the chosen check reports about the plan."""
        if not self.check:
            return self
        return replace(self, findings={finding.subject for finding in CHECK_BY_CODE[self.check].look(facts)})

    @property
    def is_narrow(self) -> bool:
        """Whether anything is hidden."""
        return self != AlignmentFilter()

    def query(self, **changes: str) -> str:
        """The address's query with `changes`, "" when nothing is chosen."""
        now = {
            "q": self.q,
            "misi": str(self.group or ""),
            "sasaran": str(self.objective or ""),
            "dimensi": self.dimension,
            "opd": str(self.agency or ""),
            "keadaan": self.state,
            "cek": self.check,
        } | changes
        return urlencode({key: value for key, value in now.items() if value})

    # Applied to a coverage --------------------------------------------------------------------------------------------

    def shows_link(self, program: Program, initiative: Initiative, state: str) -> bool:
        """Whether a link is shown. An agency sees what it leads on either side."""
        return (
            self._covers(program)
            and self.dimension in ("", initiative.sub_dimension.dimension.code)
            and (not self.state or STATES[self.state] == state)
            and self.agency in (0, program.agency_id, initiative.lead_agency_id)
            and _contains(self.q, _text_of(program), _text_of_initiative(initiative))
            and (self._has_finding(program) if self._checks_elements else self._reports(initiative.pk))
        )

    def shows_program(self, program: Program) -> bool:
        """Whether a program is shown although none of its links is."""
        if self.dimension or self.state or (self.findings is not None and not self._checks_elements):
            return False
        return (
            self._covers(program)
            and self.agency in (0, program.agency_id)
            and _contains(self.q, _text_of(program))
            and self._has_finding(program)
        )

    def pending(self, coverage: Coverage) -> list[PendingLink]:
        """The links that wait for a decision, as far as they are shown."""
        return [row for row in coverage.pending if self.shows_link(row.program, row.initiative, LinkState.PROPOSED)]

    def marks(self, coverage: Coverage) -> dict[tuple[int, int], TieMark]:
        """The links that are shown, by program and initiative."""
        programs = {program.pk: program for program in coverage.programs}
        initiatives = {initiative.pk: initiative for initiative in coverage.initiatives}
        return {
            pair: mark
            for pair, mark in coverage.marks.items()
            if self.shows_link(programs[pair[0]], initiatives[pair[1]], mark.state)
        }

    def _covers(self, program: Program) -> bool:
        """Whether it stands below the chosen mission and objective."""
        return self.group in (0, program.group.pk) and self.objective in (0, program.objective.pk)

    @property
    def _checks_elements(self) -> bool:
        return bool(self.check) and CHECK_BY_CODE[self.check].about == FindingSubject.ELEMENT

    def _reports(self, *subjects: int) -> bool:
        return self.findings is None or any(pk in self.findings for pk in subjects)

    def _has_finding(self, program: Program) -> bool:
        """Whether the check reports the program, or what it stands below."""
        return self._reports(program.pk, program.objective.pk, program.group.pk)


EVERYTHING = AlignmentFilter()


def _text_of(program: Program) -> str:
    return f"{program.label} {program.agency} {program.carries_out}"


def _text_of_initiative(initiative: Initiative) -> str:
    return f"{initiative.code} {initiative.name} {initiative.lead_agency.name}"


def _contains(words: str, *texts: str) -> bool:
    """Whether every word stands in one of the texts, whatever its case."""
    whole = " ".join(texts).casefold()
    return all(word in whole for word in words.casefold().split())
