"""What the alignment pages are narrowed to: read from the address, and written into it again."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from masterplan.alignment.coverage_filter import CoverageFilter
from masterplan.reasoning.coverage import Coverage
from masterplan.reasoning.inspection import CHECKS, Check, FindingSubject
from masterplan.reference import LinkState
from smartcity.common.text import search_words, whole_number

# Checks by which ties can be narrowed: those that speak of an initiative or of a node of a plan.
OFFERED: tuple[Check, ...] = tuple(
    check for check in CHECKS if check.about in (FindingSubject.INITIATIVE, FindingSubject.ELEMENT)
)
STATES = {"diusulkan": LinkState.PROPOSED, "diterima": LinkState.ACCEPTED, "ditolak": LinkState.REJECTED}


@dataclass(frozen=True)
class AlignmentFilter:
    """A search as understood. What names nothing that exists narrows nothing: `known_in` tells that of ids."""

    q: str = ""
    group: int = 0
    objective: int = 0
    dimension: str = ""
    agency: int = 0
    state: str = ""
    check: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "AlignmentFilter":
        """From the address."""
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

    def wanted(self, found: Collection[int] | None = None) -> CoverageFilter:
        """What is shown; `found` is what the chosen check speaks of."""
        of_elements = any(check.code == self.check and check.about == FindingSubject.ELEMENT for check in OFFERED)
        return CoverageFilter(
            group=self.group or None,
            objective=self.objective or None,
            dimension=self.dimension,
            agency=self.agency or None,
            state=STATES[self.state].value if self.state else "",
            words=self.q,
            found=found,
            of_elements=of_elements,
        )

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
