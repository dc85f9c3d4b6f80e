"""More rows of everything a regency of the sweep has, so that pages can be compared before and after."""

from datetime import date

from agencies.actions import team
from agencies.models import Agency
from agencies.roles import AGENCY_ROLES, Role
from masterplan.analyses import actions as analyses
from masterplan.books import actions as books
from masterplan.discussion.actions import snippets, threads
from masterplan.editions import actions as editions
from masterplan.initiatives.actions import evidence, evidence_uploads, initiatives
from masterplan.models import (
    Activity,
    BudgetCeiling,
    Indicator,
    Initiative,
    InitiativeIndicator,
    Partner,
    PlanElement,
    ReplySnippet,
    Section,
    YearBudget,
)
from masterplan.monitoring import actions as monitoring
from masterplan.reference import EDITABLE_STATUSES, FundingSource, Level
from masterplan.sections.actions import sections
from tests.factories import (
    files,
    make_agency,
    make_district,
    make_element,
    make_gap,
    make_person,
    make_picture,
    make_report,
    make_swot_item,
    make_swot_strategy,
)
from tests.sweep.content import add_initiative, ask_for_letter, finish
from tests.sweep.side import Side
from tests.sweep.workshops import grow_workshops

# Each kind of initiative comes again as often as `times` says.
ROUTES: dict[str, tuple[str, ...]] = {
    "draft": (),
    "submitted": ("submit",),
    "in_review": ("submit", "start_review"),
    "returned": ("submit", "start_review", "return"),
    "approved": ("submit", "start_review", "approve"),
}


def grow(side: Side, times: int) -> None:
    """`times` more of every row: people, places, plans, initiatives with all their tables, editions, books."""
    for turn in range(times):
        _grow_people(side, turn)
        _grow_plans(side, turn)
        for key, route in ROUTES.items():
            made = add_initiative(side, f"more {key} {turn}", side.agency, route, side.say)
            _grow_tables(side, made, turn)
        for key in ("draft", "returned"):
            _grow_evidence(side, side.initiatives[key], turn)
        for key in ("draft", "submitted", "in_review", "returned"):
            _grow_tables(side, side.initiatives[key], turn)
            _grow_talk(side, side.initiatives[key], turn)
        _grow_section_talk(side, turn)
        _grow_analyses(side, turn)
        grow_workshops(side, turn)
        _grow_reports(side, turn)
        _grow_books(side)
        words = {"title": f"Balasan lagi {turn}", "text": "Mohon dilengkapi."}
        snippets.save_snippet(ReplySnippet(regency=side.regency), by=side.people["coordinator"], **words)


def _grow_people(side: Side, turn: int) -> None:
    agency = make_agency(side.regency)
    for role in Role:
        make_person(side.regency, role, agency if role in AGENCY_ROLES else None)
    empty = make_agency(side.regency)
    boss = side.people["administrator"]
    address = f"lagi{turn}.{side.regency.pk}@contoh.test"
    team.invite(side.regency, by=boss, email=address, role=Role.AGENCY_STAFF, agency=empty)
    drafter = side.membership("drafter")
    team.suspend_membership(drafter, by=boss, reason="Cuti")
    team.reinstate_membership(drafter, by=boss)
    Agency.objects.filter(pk=empty.pk).update(aliases=["Nama lama"])
    side.districts.append(make_district(side.regency))
    Section.objects.create(master_plan=side.plan, key=f"penutup.lagi-{turn}", title="Bagian lagi", order=90 + turn)
    make_picture(side.picture.section, side.people["coordinator"], f"Gambar lagi {turn}", size=(70 + turn, 40))


def _grow_plans(side: Side, turn: int) -> None:
    for plan, parent in (
        (side.rpjmd, side.elements["objective"]),
        (side.earlier_rpjmd, side.elements["earlier_objective"]),
        (side.renstra, None),
    ):
        element = make_element(plan, Level.PROGRAM, parent, agency=side.agency)
        _measure(element, turn)
    _measure(side.elements["program"], turn)
    make_element(side.renstra, Level.ACTIVITY, side.elements["renstra_program"])


def _measure(element: PlanElement, turn: int) -> None:
    indicator = Indicator.objects.create(element=element, name=f"Ukuran lagi {turn}", agency=element.agency)
    for year in (element.plan.start_year, element.plan.end_year):
        indicator.targets.create(year=year, text="5")
        BudgetCeiling.objects.get_or_create(element=element, year=year, defaults={"amount": 5})


def _grow_tables(side: Side, initiative: Initiative, turn: int) -> None:
    Partner.objects.create(initiative=initiative, kind="campus", name=f"Mitra lagi {turn}")
    Activity.objects.create(initiative=initiative, name=f"Kegiatan lagi {turn}", start=date(2023, 1, 1))
    row = InitiativeIndicator.objects.create(initiative=initiative, name=f"Indikator lagi {turn}")
    row.targets.create(year=2023, text="7")
    source = FundingSource.values[1 + turn]
    YearBudget.objects.create(initiative=initiative, year=2023, source=source, amount=7)
    initiative.supporting_agencies.add(side.regency.agencies.order_by("-pk")[0])
    initiative.districts.add(side.districts[-1])


def _grow_evidence(side: Side, initiative: Initiative, turn: int) -> None:
    head = side.people["agency_head"]
    evidence.add(initiative, by=head, name=f"lagi {turn}.pdf", data=files.pdf(b"/N %d" % turn))
    evidence_uploads.begin(initiative, by=head, key=f"lagi {turn}", name="lagi.pdf", size=900)


def _grow_talk(side: Side, initiative: Initiative, turn: int) -> None:
    coordinator, head = side.people["coordinator"], side.people["agency_head"]
    for field in ("problem", "risk"):
        thread = threads.open_thread(initiative, field=field, body=f"Tanya lagi {turn}", by=coordinator)
        threads.reply(thread, body=f"Jawab lagi {turn}", by=head)
    if initiative.status in EDITABLE_STATUSES:
        version = Initiative.objects.get(pk=initiative.pk).edit_version
        initiatives.save(initiative, by=head, data={"mitigation": f"Lain lagi {turn}"}, version=version)
    for thread in side.threads.values():
        threads.reply(thread, body=f"Sekali lagi {turn}", by=head)


def _grow_section_talk(side: Side, turn: int) -> None:
    section, coordinator = side.plan.sections.filter(children=None)[0], side.people["coordinator"]
    thread = threads.open_thread(section, body=f"Tanya lagi {turn}", by=coordinator)
    threads.reply(thread, body=f"Jawab lagi {turn}", by=side.people["agency_head"])
    sections.save_section(section, by=coordinator, data={"lead": f"Lain lagi {turn}"}, version=section.edit_version)


def _grow_analyses(side: Side, turn: int) -> None:
    by = side.people["coordinator"]
    named = {"sub_dimension": side.sub_dimension.pk, "initiatives": [side.initiatives["submitted"].pk]}
    gap = make_gap(side.plan, by, f"Indikator lagi {turn}", **named)
    analyses.save(gap, by=by, data={"cause": f"Lagi {turn}"}, version=gap.edit_version)
    items = [make_swot_item(side.plan, by, kind, f"Butir lagi {turn}") for kind in "SWOT"]
    make_swot_strategy(side.plan, by, "SO", [items[0], items[2]], f"Strategi lagi {turn}")
    for row in side.analyses.values():
        row.refresh_from_db()
        key = "cause" if row.writing_kind == "gap" else "text"
        analyses.save(row, by=by, data={key: f"Lain lagi {turn}"}, version=row.edit_version)


def _grow_reports(side: Side, turn: int) -> None:
    """Another quarter of the initiative, and reports on those that came."""
    head, begun = side.people["agency_head"], side.reports["begun"]
    make_report(side.initiatives["approved"], head, f"2023-{1 + turn}")
    fresh = begun.initiative.progress_reports.get(pk=begun.pk)
    monitoring.save(fresh, by=head, data={"output": f"Lagi {turn}"}, version=fresh.edit_version)
    name, data = f"lagi {turn}.pdf", files.pdf(b"/N %d" % turn)
    for report in side.reports.values():
        monitoring.add_evidence(report, by=head, name=name, data=data)
    more = side.plan.initiatives.filter(status="approved").exclude(pk=side.initiatives["approved"].pk)
    for initiative in more.complete().select_related("master_plan__regency"):
        make_report(initiative, head, f"2022-{2 + turn}")


def _grow_books(side: Side) -> None:
    coordinator = side.people["coordinator"]
    edition = editions.take_snapshot(side.plan, by=coordinator)
    editions.change_edition(edition, name="review", by=coordinator)
    finish(side, books.request_book(edition, book="buku-2", by=coordinator))
    waiting = editions.take_snapshot(side.plan, by=coordinator)
    books.request_book(waiting, book="buku-2", by=coordinator)
    sheet = Initiative.objects.complete().get(pk=side.initiatives["submitted"].pk)
    finish(side, books.request_sheet(sheet, by=coordinator))
    finish(side, ask_for_letter(side, lambda words, *_: f"{words} {edition.number}"))
