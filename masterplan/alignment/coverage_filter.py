"""Which ties, programs and initiatives of a coverage somebody wants to see. Reads nothing and arranges nothing."""

from collections.abc import Collection
from dataclasses import dataclass

from masterplan.models import Initiative
from masterplan.reasoning.coverage import Coverage, PendingLink, Program, TieMark


@dataclass(frozen=True)
class CoverageFilter:
    """What a coverage is narrowed to; nothing chosen narrows nothing.

    `found` are the initiatives, or the nodes of plans (`of_elements`), about which a check has something to say.
    """

    group: int | None = None
    objective: int | None = None
    dimension: str = ""
    agency: int | None = None
    state: str = ""
    words: str = ""
    found: Collection[int] | None = None
    of_elements: bool = False

    def tie(self, program: Program, initiative: Initiative, state: str) -> bool:
        """Whether a tie is shown. An agency sees what it leads on either side."""
        return (
            self.place(program)
            and self.dimension in ("", initiative.sub_dimension.dimension.code)
            and self.state in ("", state)
            and self.agency in (None, program.agency_id, initiative.lead_agency_id)
            and _holds(self.words, _text_of(program), _text_of_initiative(initiative))
            and (self.found is None or (self._named(program) if self.of_elements else initiative.pk in self.found))
        )

    def program(self, program: Program) -> bool:
        """Whether a program is shown although no tie of it is."""
        if self.dimension or self.state or (self.found is not None and not self.of_elements):
            return False
        return (
            self.place(program)
            and self.agency in (None, program.agency_id)
            and _holds(self.words, _text_of(program))
            and (self.found is None or self._named(program))
        )

    def place(self, program: Program) -> bool:
        """Whether it stands below the chosen mission and objective."""
        return self.group in (None, program.group.pk) and self.objective in (None, program.objective.pk)

    def pending(self, coverage: Coverage) -> list[PendingLink]:
        """The links that wait for a decision, as far as they are shown."""
        return [row for row in coverage.pending if self.tie(row.program, row.initiative, "proposed")]

    def marks(self, coverage: Coverage) -> dict[tuple[int, int], TieMark]:
        """The ties that are shown."""
        programs = {program.pk: program for program in coverage.programs}
        initiatives = {initiative.pk: initiative for initiative in coverage.initiatives}
        return {
            pair: mark
            for pair, mark in coverage.marks.items()
            if self.tie(programs[pair[0]], initiatives[pair[1]], mark.state)
        }

    def _named(self, program: Program) -> bool:
        """Whether the check speaks of the program, or of what it stands below."""
        return self.found is not None and not {program.pk, program.objective.pk, program.group.pk}.isdisjoint(
            self.found
        )


EVERYTHING = CoverageFilter()


def _text_of(program: Program) -> str:
    return f"{program.label} {program.agency} {program.carries_out}"


def _text_of_initiative(initiative: Initiative) -> str:
    return f"{initiative.code} {initiative.name} {initiative.lead_agency.name}"


def _holds(words: str, *texts: str) -> bool:
    """Whether every word stands in one of the texts, whatever its case."""
    if not words:
        return True
    whole = " ".join(texts).casefold()
    return all(word in whole for word in words.casefold().split())
