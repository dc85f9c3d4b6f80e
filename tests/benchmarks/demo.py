"""The sample regency in the shape in which the sweep's addresses take their arguments from a regency."""

from typing import Any

from agencies.actions import team
from agencies.models import Regency, User
from agencies.roles import Role
from masterplan.actions import documents, editions, threads
from masterplan.models import MasterPlan
from masterplan.reference import Level, PlanKind
from tests.factories import propose_program
from tests.sweep.content import add_evidence, add_workbooks, finish
from tests.sweep.side import Side
from tests.sweep.words import marked

SLUG = "kabupaten-semarang"
LOGINS = {
    "drafter": "petugas",
    "agency_head": "kepala",
    "coordinator": "koordinator",
    "executive": "bupati",
    "expert": "ahli",
    "administrator": "admin",
}


def demo_side() -> Side:
    """The loaded sample, with the few things it lacks: an edition, printed files, an invitation, somebody suspended."""
    regency = Regency.objects.get(slug=SLUG)
    side = Side(marked("contoh"), marked("contoh"), regency)
    side.confide = marked("contoh")
    side.plan = MasterPlan.objects.select_related("regency", "development_plan").get(regency=regency, is_current=True)
    side.people = {name: User.objects.get(email__startswith=f"{local}@") for name, local in LOGINS.items()}
    side.agency = side.membership("drafter").agency  # type: ignore[assignment]
    _find_plans(side)
    _find_initiatives(side)
    side.snippet = side.regency.reply_snippets.all()[0]
    _add_people(side)
    _add_books(side)
    add_workbooks(side)
    return side


def _find_plans(side: Side) -> None:
    side.rpjmd = side.plan.development_plan
    side.renstra = (
        side.regency.development_plans.filter(kind=PlanKind.RENSTRA, agency=side.agency).first()
        or (side.regency.development_plans.filter(kind=PlanKind.RENSTRA)[0])
    )
    nodes = side.rpjmd.elements
    side.elements = {
        "program": nodes.filter(level=Level.PROGRAM, links__isnull=False)[0],
        "activity": side.renstra.elements.filter(level=Level.ACTIVITY)[0],
        "renstra_program": side.renstra.elements.filter(level=Level.PROGRAM)[0],
    }


def _find_initiatives(side: Side) -> None:
    """The fullest of each state: most links, most conversations."""
    for key in ("draft", "withdrawn", "returned", "submitted", "in_review", "approved"):
        rows = side.plan.initiatives.filter(status=key).select_related("master_plan__regency", "lead_agency")
        side.initiatives[key] = max(rows, key=lambda row: (row.threads.count(), row.links.count()))
    coordinator = side.people["coordinator"]
    for key in ("draft", "returned"):
        held = side.initiatives[key]
        side.evidence[key] = held.evidence.first() or add_evidence(held, coordinator, marked("contoh"))
    sent = side.plan.initiatives.exclude(status__in=("draft", "withdrawn")).exclude(evidence=None)[0]
    side.evidence["submitted"] = sent.evidence.all()[0]
    for key in ("draft", "submitted", "in_review", "returned"):
        held = side.initiatives[key].links.first()
        side.links[key] = held or propose_program(side.initiatives[key], coordinator, side.elements["program"])
    side.threads["private"] = threads.open_thread(
        side.initiatives["returned"],
        field="risk",
        body="Contoh.",
        private=True,
        by=head_of(side.initiatives["returned"]),
    )
    for key in ("draft", "submitted", "returned"):
        side.threads[key] = side.initiatives[key].threads.first() or _thread(side.initiatives[key], coordinator)


def head_of(initiative: Any) -> User:
    """Somebody of the agency that leads it."""
    return initiative.lead_agency.memberships.filter(role=Role.AGENCY_HEAD)[0].user


def _thread(initiative: Any, by: User) -> Any:
    return threads.open_thread(initiative, field="problem", body="Contoh catatan.", by=by)


def _add_people(side: Side) -> None:
    boss = side.people["administrator"]
    for key, role, agency in (("staff", Role.AGENCY_STAFF, side.agency), ("executive", Role.EXECUTIVE, None)):
        address = f"undangan-{key}@contoh.test"
        side.invitations[key] = team.invite(side.regency, by=boss, email=address, role=role, agency=agency)
    head = side.regency.memberships.filter(role=Role.AGENCY_HEAD).exclude(user=side.people["agency_head"])[0]
    team.suspend_membership(head, by=boss, reason="Contoh.")
    side.people["suspended"] = head.user


def _add_books(side: Side) -> None:
    coordinator = side.people["coordinator"]
    for scope in ("approved", "submitted"):
        side.editions.append(editions.take_snapshot(side.plan, by=coordinator, label=f"Edisi {scope}", scope=scope))
    editions.change_edition(side.editions[0], name="review", by=coordinator)
    side.books["done"] = documents.request_book(side.editions[0], book="buku-2", by=coordinator)
    side.books["queued"] = documents.request_book(side.editions[1], book="buku-2", by=coordinator)
    finish(side, side.books["done"])
    for key in ("submitted", "draft"):
        initiative = type(side.initiatives[key]).objects.complete().get(pk=side.initiatives[key].pk)
        side.sheets[key] = documents.request_sheet(initiative, by=coordinator)
        finish(side, side.sheets[key])
