"""What the checks across documents find in the plan a regency works on, and setting a finding aside with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import AnyUser, can
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.alignment.actions import inspection as actions
from masterplan.alignment.forms import SetAsideForm
from masterplan.alignment.views.tabs import hides_drafts
from masterplan.models import CheckWaiver, MasterPlan
from masterplan.pages.loading import visible_initiatives
from masterplan.pages.rows import enter
from masterplan.reasoning.inspection import CHECK_BY_CODE, CHECKS, Check, Finding, FindingSubject, Severity, inspect
from masterplan.reasoning.inspection.facts import PlanFacts, load
from smartcity.common.htmx import render_page

SHOWN = 5  # findings of a check on the page of all checks
SET_ASIDE = "dikesampingkan"


@dataclass(frozen=True)
class FindingFilter:
    """What the page is narrowed to; an unknown value narrows nothing."""

    check: str = ""
    severity: str = ""
    agency: int | None = None

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "FindingFilter":
        """From the address."""
        check, severity, agency = query.get("cek", ""), query.get("tingkat", ""), query.get("opd", "")
        return cls(
            check if check in CHECK_BY_CODE else "",
            severity if severity in [*Severity.values, SET_ASIDE] else "",
            int(agency) if agency.isdecimal() and len(agency) < 12 else None,
        )

    def fits(self, finding: Finding) -> bool:
        """Whether it is about the chosen agency."""
        return self.agency is None or finding.agency == self.agency

    def query(self, **changes: str) -> str:
        """The address's query with `changes`."""
        now = {"cek": self.check, "tingkat": self.severity, "opd": str(self.agency or "")} | changes
        return "?" + urlencode({key: value for key, value in now.items() if value})


@require_safe
def inspection_list(request: SignedIn, slug: str) -> HttpResponse:
    """All checks with what they find, those that want a decision first; narrowed by check, severity and agency."""
    plan, user = enter(request, slug, Permission.VIEW_REGENCY)
    facts = load(plan, visible_initiatives(user, plan))
    wanted = FindingFilter.read(request.GET)
    waivers = waivers_of(plan)
    page = _FindingsPage(slug, facts, wanted, waivers)
    blocks = [page.block(check, found) for check, found in _found(facts)]
    context = {
        "plan": plan,
        "wanted": wanted,
        "blocks": [block for block in blocks if block["rows"] and _is_wanted(block["check"], wanted)],
        "pills": _pills(blocks, wanted),
        "checks": [(block["check"], block["count"]) for block in blocks if block["count"]],
        "agencies": facts.agencies,
        "may_set_aside": can(user, Permission.DECIDE_ALIGNMENT, plan.regency) and not plan.is_locked,
        "hides_drafts": hides_drafts(user, plan),
    }
    return render_page(request, "masterplan/alignment/inspection/list.html", context)


def _found(facts: PlanFacts) -> list[tuple[Check, list[Finding]]]:
    order = list(Severity)
    found = inspect(facts)
    return sorted(((check, found[check.code]) for check in CHECKS), key=lambda pair: order.index(pair[0].severity))


def waivers_of(plan: MasterPlan) -> dict[tuple[str, int], CheckWaiver]:
    """What was set aside with a reason, by check and subject."""
    return {(waiver.check_code, waiver.subject_id): waiver for waiver in plan.check_waivers.all()}


@dataclass(frozen=True)
class _FindingsPage:
    """What the blocks of the page have in common."""

    slug: str
    facts: PlanFacts
    wanted: FindingFilter
    waivers: Mapping[tuple[str, int], CheckWaiver]

    def block(self, check: Check, found: list[Finding]) -> dict[str, Any]:
        """One check with its findings: those that count, or those set aside where these are asked for."""
        fitting = [finding for finding in found if self.wanted.fits(finding)]
        aside = [finding for finding in fitting if (check.code, finding.subject) in self.waivers]
        counting = [finding for finding in fitting if (check.code, finding.subject) not in self.waivers]
        listed = aside if self.wanted.severity == SET_ASIDE else counting
        shown = listed if self.wanted.check else listed[:SHOWN]
        return {
            "check": check,
            "rows": [self._row(check, finding) for finding in shown],
            "count": len(counting),
            "aside": len(aside),
            "total": len(listed),
            "more_url": self.wanted.query(cek=check.code) if len(shown) < len(listed) else "",
        }

    def _row(self, check: Check, finding: Finding) -> dict[str, Any]:
        return {
            "finding": finding,
            "waiver": self.waivers.get((check.code, finding.subject)),
            "agency": self.facts.agencies.get(finding.agency or 0, ""),
            "url": finding_url(self.slug, self.facts, check.about, finding),
        }


def finding_url(slug: str, facts: PlanFacts, kind: FindingSubject, finding: Finding) -> str:
    """Where the subject of a finding can be looked at; "" where no page shows it."""
    if kind == FindingSubject.INITIATIVE:
        return reverse("initiative_review", args=[slug, finding.subject]) + f"#isian-{finding.field}"
    if kind == FindingSubject.ELEMENT:
        node = facts.elements[finding.subject]
        wanted = urlencode({"cari": node.code or node.text[:60]})
        return reverse("development_plan_detail", args=[slug, node.plan]) + f"?{wanted}#el-{node.pk}"
    if kind == FindingSubject.AGENCY:
        return reverse("initiative_list", args=[slug]) + f"?opd={finding.subject}"
    return ""


def _is_wanted(check: Check, wanted: FindingFilter) -> bool:
    if wanted.check and check.code != wanted.check:
        return False
    return wanted.severity in ("", SET_ASIDE, check.severity)


def _pills(blocks: list[dict[str, Any]], wanted: FindingFilter) -> list[dict[str, Any]]:
    counts = {severity: sum(b["count"] for b in blocks if b["check"].severity == severity) for severity in Severity}
    pills: list[tuple[str, str, int]] = [("", "Semua temuan", sum(counts.values()))]
    pills += [(severity.value, severity.label, counts[severity]) for severity in Severity]
    pills.append((SET_ASIDE, "Dikesampingkan", sum(block["aside"] for block in blocks)))
    return [
        {"label": label, "count": count, "url": wanted.query(tingkat=key), "current": wanted.severity == key}
        for key, label, count in pills
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def finding_set_aside(request: SignedIn, slug: str, code: str, subject: int) -> HttpResponse:
    """Say why a finding stands, or let it count again (`cabut=1`)."""
    plan, user = enter(request, slug, Permission.DECIDE_ALIGNMENT)
    check, findings = _findings_about(user, plan, code, subject)
    if code == actions.WITHOUT_PROGRAM:
        return redirect("alignment_waive", slug, subject)
    waiver = plan.check_waivers.filter(check_code=code, subject_id=subject).first()
    form = SetAsideForm(request.POST if request.method == "POST" else None, reason=waiver.reason if waiver else "")
    done = reverse("inspection_list", args=[slug]) + f"?cek={code}"
    if request.method == "POST":
        try:
            if request.POST.get("cabut") == "1" and waiver:
                actions.reinstate(waiver, by=user)
                messages.success(request, f"Temuan tentang {waiver.subject_name} dihitung lagi.")
                return redirect(done)
            if form.is_valid():
                actions.set_aside(
                    plan, check_code=code, finding=findings[0], reason=form.cleaned_data["reason"], by=user
                )
                messages.success(request, f"Temuan tentang {findings[0].name} dikesampingkan.")
                return redirect(done)
        except ValidationError as error:
            form.add_error(None, error)
    context = {"check": check, "findings": findings, "waiver": waiver, "form": form, "cancel_url": done}
    return render_page(request, "masterplan/alignment/finding/set_aside.html", context)


def _findings_about(user: AnyUser, plan: MasterPlan, code: str, subject: int) -> tuple[Check, list[Finding]]:
    """The check and what it finds about `subject`; 404 where it finds nothing that `user` may know of."""
    check = CHECK_BY_CODE.get(code)
    if check is None:
        raise Http404
    facts = load(plan, visible_initiatives(user, plan))
    findings = [finding for finding in check.look(facts) if finding.subject == subject]
    if not findings:
        raise Http404
    return check, findings
