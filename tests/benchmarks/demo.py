"""The sample regency in the shape in which the sweep's addresses take their arguments from a regency."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from agencies.actions import team
from agencies.models import Regency, User
from agencies.roles import Role
from masterplan.books import actions as books
from masterplan.discussion.actions import threads
from masterplan.editions import actions as editions
from masterplan.models import MasterPlan
from masterplan.monitoring import actions as monitoring
from masterplan.overview.actions import deadlines
from masterplan.progress.quarters import Quarter
from masterplan.reference import Level, PlanKind
from masterplan.workshops.actions import materials
from masterplan.workshops.actions.papers import request_paper
from tests.factories import files, finish_book, new_report, propose_program
from tests.sweep.content import add_evidence, add_plan_imports, add_workbooks, ask_for_letter, finish
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
    _find_reports(side)
    side.snippet = side.regency.reply_snippets.all()[0]
    _add_people(side)
    _add_books(side)
    _add_reminders(side)
    add_workbooks(side)
    _find_bimtek(side)
    add_plan_imports(side)
    return side


def _find_bimtek(side: Side) -> None:
    """The clinic of the sample with a file, a link and printed papers, the closed stage, one without anybody."""
    by, stages = side.people["coordinator"], {row.stage: row for row in side.regency.workshops.all()}
    clinic = stages["Klinik"]
    named = {"by": by, "title": "Bahan"}
    file = materials.add_file(clinic, name="bahan.pdf", data=files.pdf(), **named)
    link = materials.add_link(clinic, link="https://contoh.test/bahan", **named)
    for kind in ("minutes", "attendance"):
        finish_book(request_paper(clinic, by=by, kind=kind), pages=1)
    page = clinic.sign_in_pages.get()
    side.bimtek = {
        "open": clinic, "closed": stages["II"], "empty": stages["III"], "output": clinic.outputs.first(), "file": file,
        "link": link, "page": page, "attendee": page.attendees.first(),
    }  # fmt: skip


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


def _find_reports(side: Side) -> None:
    """A report with a file that was handed in, and one that is only begun."""
    delivered = side.plan.progress_reports.exclude(evidence=None).select_related("initiative__master_plan__regency")[0]
    begun = new_report(delivered.initiative, Quarter(side.plan.start_year, 1).slug)
    begun = monitoring.save(begun, by=head_of(delivered.initiative), data={"output": "Contoh."}, version=1)
    added = monitoring.add_evidence(begun, by=head_of(delivered.initiative), name="a.pdf", data=files.pdf())
    side.reports = {"delivered": delivered, "begun": begun}
    side.progress_evidence = {"delivered": delivered.evidence.all()[0], "begun": added.row}


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


def _add_reminders(side: Side) -> None:
    """A deadline that is still to come, a later one for one agency, and a letter."""
    coordinator, now = side.people["coordinator"], timezone.now()
    workshop = side.regency.workshops.exclude(deadline=None)[0]
    workshop.deadline = now + timedelta(days=9)
    workshop.save()
    side.extension = deadlines.extend(
        workshop, agency=side.agency, deadline=now + timedelta(days=20), reason="Contoh.", by=coordinator
    )
    side.letters = ask_for_letter(side, side.say)
    finish(side, side.letters)


def _add_books(side: Side) -> None:
    coordinator = side.people["coordinator"]
    for scope in ("approved", "submitted"):
        side.editions.append(editions.take_snapshot(side.plan, by=coordinator, label=f"Edisi {scope}", scope=scope))
    editions.change_edition(side.editions[0], name="review", by=coordinator)
    side.books["done"] = books.request_book(side.editions[0], book="buku-2", by=coordinator)
    side.books["queued"] = books.request_book(side.editions[1], book="buku-2", by=coordinator)
    finish(side, side.books["done"])
    for key in ("submitted", "draft"):
        initiative = type(side.initiatives[key]).objects.complete().get(pk=side.initiatives[key].pk)
        side.sheets[key] = books.request_sheet(initiative, by=coordinator)
        finish(side, side.sheets[key])
