"""What a check is and what it finds. No check lives here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import TextChoices

from masterplan.reasoning.inspection.facts import PlanFacts


class Severity(TextChoices):
    """How much a finding asks of people."""

    DECIDE = "decide", "Perlu keputusan"
    LOOK = "look", "Perlu dilihat"
    NOTE = "note", "Catatan"


class FindingSubject(TextChoices):
    """What a finding is about; with the id it is where a reason for setting it aside belongs."""

    INITIATIVE = "initiative", "Inisiatif"
    ELEMENT = "element", "Unsur rencana"
    AGENCY = "agency", "Perangkat daerah"
    DISTRICT = "district", "Kecamatan"
    DIMENSION = "dimension", "Dimensi"
    SUB_DIMENSION = "sub_dimension", "Sub-dimensi"


@dataclass(frozen=True)
class Finding:
    """One sentence about one subject. `agency` is the one that can mend it, None where that is Diskominfo itself.

    `field` is the answer of the initiative that the sentence is about, "" where there is none.
    """

    subject: int
    name: str
    sentence: str
    agency: int | None = None
    field: str = ""


@dataclass(frozen=True)
class Check:
    """A question asked of the whole plan. `code` is stored with reasons for setting aside: it never changes."""

    code: str
    title: str
    severity: Severity
    about: FindingSubject
    advice: str
    look: Callable[[PlanFacts], Iterable[Finding]]
