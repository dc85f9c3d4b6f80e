"""What is missing on either side: missions, objectives, programs and dimensions without initiative, initiatives outside
the RPJMD; each with who answers for it and where it is mended.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from agencies.access import can
from agencies.models import Regency, User
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.alignment.filters import AlignmentFilter
from masterplan.alignment.gaps import CODES, SHORT_NAMES, AlignmentGap, GapGroup, by_agency, find_gaps
from masterplan.alignment.views.inspection import finding_url, waivers_of
from masterplan.alignment.views.tabs import GAPS, hides_drafts, pills
from masterplan.models import MasterPlan
from masterplan.pages.loading import visible_initiatives
from masterplan.pages.rows import enter
from masterplan.reasoning.inspection import FindingSubject
from masterplan.reasoning.inspection.facts import InitiativeFacts, PlanFacts, load
from masterplan.reference import EDITABLE_STATUSES, InitiativeStatus
from smartcity.common.htmx import render_page
from smartcity.common.text import whole_number

# Longer lists begin folded, so that the next kind of gap is in sight.
UNFOLDED = 12
# So many agencies of one gap are named at once; the rest is unfolded.
NAMED = 5
_ANSWERED = CODES[:4]  # for dimensions nobody answers in particular


@require_safe
def alignment_gaps(request: SignedIn, slug: str) -> HttpResponse:
    """All gaps, or with `opd` those that one agency answers for."""
    plan, user = enter(request, slug, Permission.VIEW_REGENCY)
    facts = load(plan, visible_initiatives(user, plan))
    reasons = {about: waiver.reason for about, waiver in waivers_of(plan).items()}
    everything = find_gaps(facts, reasons)
    chosen = whole_number(request.GET.get("opd"))
    agency = chosen if chosen in facts.agencies else None
    page = _Page(user, plan.regency, plan, facts)
    groups = [page.group(group) for group in (everything if agency is None else find_gaps(facts, reasons, agency))]
    context = {
        "plan": plan,
        "pills": pills(plan.regency, GAPS, AlignmentFilter(), waiting=facts.waiting_links),
        "groups": groups,
        "agency": facts.agencies.get(agency or 0, ""),
        "answering": [
            {"pk": pk, "name": facts.agencies[pk], "counts": [(SHORT_NAMES[code], counts[code]) for code in _ANSWERED]}
            for pk, counts in by_agency(everything)
            if pk in facts.agencies
        ],
        "heads": [SHORT_NAMES[code] for code in _ANSWERED],
        "hides_drafts": hides_drafts(user, plan),
    }
    return render_page(request, "masterplan/alignment/gaps.html", context)


@dataclass
class _Page:
    """What the rows of the page have in common."""

    user: User
    regency: Regency
    plan: MasterPlan
    facts: PlanFacts

    @cached_property
    def initiatives(self) -> dict[int, InitiativeFacts]:
        """By their ids."""
        return {row.pk: row for row in self.facts.initiatives}

    def group(self, group: GapGroup) -> dict[str, Any]:
        """One kind of gap with its rows."""
        rows = [self._row(group, gap) for gap in group.gaps]
        return {
            "check": group.check,
            "short": SHORT_NAMES[group.check.code],
            "count": group.count,
            "rows": rows,
            "unfolded": len(rows) <= UNFOLDED,
        }

    def _row(self, group: GapGroup, gap: AlignmentGap) -> dict[str, Any]:
        finding, about = gap.finding, group.check.about
        agencies = [(pk, self.facts.agencies[pk]) for pk in gap.agencies if pk in self.facts.agencies]
        mend, mend_url = ("", "") if gap.reason else self._mending(about, gap)
        return {
            "name": finding.name,
            "url": finding_url(self.regency.slug, self.facts, about, finding),
            "agencies": agencies[:NAMED] if len(agencies) > NAMED + 1 else agencies,
            "others": agencies[NAMED:] if len(agencies) > NAMED + 1 else [],
            "reason": gap.reason,
            "mend": mend,
            "mend_url": mend_url,
        }

    def _mending(self, about: FindingSubject, gap: AlignmentGap) -> tuple[str, str]:
        """Where the gap is closed, in words and as an address; empty where the person cannot do anything."""
        slug, subject = self.regency.slug, gap.finding.subject
        if about == FindingSubject.INITIATIVE:
            if self._may_propose(self.initiatives[subject]):
                return "Usulkan program", reverse("link_propose", args=[slug, subject]) + "?dari=matriks"
            return "", ""
        if about == FindingSubject.ELEMENT and gap.agencies:
            return "Lihat inisiatifnya", reverse("initiative_list", args=[slug]) + f"?opd={gap.agencies[0]}"
        if not self.plan.is_locked and can(self.user, Permission.EDIT_INITIATIVE, self.regency):
            asked = {FindingSubject.DIMENSION: f"?dimensi={subject}", FindingSubject.SUB_DIMENSION: f"?sub={subject}"}
            return "Tambah inisiatif", reverse("initiative_create", args=[slug]) + asked.get(about, "")
        return "", ""

    def _may_propose(self, initiative: InitiativeFacts) -> bool:
        """The agency while it may edit, Diskominfo until the approval; nobody while the plan is locked."""
        if self.plan.is_locked:
            return False
        if initiative.status in EDITABLE_STATUSES:
            return can(self.user, Permission.EDIT_INITIATIVE, self.regency, initiative.lead)
        may_decide = can(self.user, Permission.DECIDE_ALIGNMENT, self.regency)
        return may_decide and initiative.status != InitiativeStatus.APPROVED
