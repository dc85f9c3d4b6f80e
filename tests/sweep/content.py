"""Fills a regency of the sweep: initiatives in every state, conversations, links, narrative, editions, printed files."""

from datetime import date, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from agencies.models import Agency
from agencies.notices import mail_waiting
from masterplan.alignment.actions import carry_over, inspection, links
from masterplan.analyses import actions as analyses
from masterplan.books import actions as books
from masterplan.discussion.actions import reminders, snippets, threads
from masterplan.editions import actions as editions
from masterplan.initiatives.actions import evidence, evidence_uploads, initiatives
from masterplan.initiatives.workbook.actions import imports
from masterplan.models import (
    BookJob,
    Evidence,
    Initiative,
    LetterJob,
    ReadinessCell,
    ReplySnippet,
    SheetJob,
    SubDimension,
)
from masterplan.monitoring import actions as monitoring
from masterplan.overview.actions import letters
from masterplan.plans.importing.export import plan_workbook
from masterplan.progress.quarters import Quarter
from masterplan.reasoning.inspection import Finding
from masterplan.reference import QuickWinAspect
from masterplan.registry import FIELDS, Kind
from masterplan.review.actions import reviews
from masterplan.sections.actions import outline, sections
from tests.factories import (
    begin_reporting,
    complete_answers,
    files,
    finish_book,
    make_gap,
    make_picture,
    make_report,
    make_swot_item,
    make_swot_strategy,
    new_report,
)
from tests.masterplan.initiatives.workbook.books import Book, exported, uploaded
from tests.masterplan.plans.importing.uploads import looked_at, read_upload
from tests.sweep.side import Side, begin_side
from tests.sweep.words import Words
from tests.sweep.workshops import add_workshops

# Key, agency, the steps that lead to its state. The first two and the last were never sent.
INITIATIVES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("draft", "agency", ()),
    ("other_draft", "other_agency", ()),
    ("submitted", "agency", ("submit",)),
    ("in_review", "agency", ("submit", "start_review")),
    ("returned", "agency", ("submit", "start_review", "return")),
    ("approved", "agency", ("submit", "start_review", "approve")),
    ("withdrawn", "agency", ("withdraw",)),
)
UNSENT = ("draft", "withdrawn")
PICTURE = files.picture("PNG", (60, 40))
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def build_side(say: Words, whisper: Words, slug: str, confide: Words | None = None) -> Side:
    """A whole regency; `whisper` writes the texts that only the agency and the regency's desks may read, `confide` what the agency keeps
    to itself.
    """
    side = begin_side(say, whisper, slug)
    side.confide = confide or say
    add_sections(side)
    for key, agency, route in INITIATIVES:
        words = whisper if key in UNSENT else say
        side.initiatives[key] = add_initiative(side, key, getattr(side, agency), route, words)
    add_threads(side)
    add_section_threads(side)
    add_behalf(side)
    add_links(side)
    add_analysis(side)
    add_reports(side)
    add_editions(side)
    add_prints(side)
    add_workbooks(side)
    add_workshops(side)
    add_plan_imports(side)
    add_desk(side)
    return side


def mail_news() -> None:
    """Make the mails of all news so far: what comes at once, and the digests of the next Monday."""
    now = timezone.now()
    monday = now.astimezone(ZoneInfo("Asia/Jakarta")).replace(hour=9) + timedelta(days=7 - now.weekday())
    mail_waiting(monday)


def answers(side: Side, words: Words) -> dict[str, Any]:
    """Every question answered with `words`, tables included."""
    year, last = str(side.plan.start_year), str(side.plan.end_year)
    texts = {
        key: words(key, field.limit) for key, field in FIELDS.items() if field.kind in (Kind.LINE, Kind.TEXT, Kind.RICH)
    }
    indicator = {
        "unit": words("unit", 40), "baseline": words("baseline", 40), "direction": "up",
        "targets": {year: words("target", 40), last: "60"}, "end_condition": words("end", 40),
    }  # fmt: skip
    aspects = [{"aspect": aspect, "score": 4, "note": words(f"note {aspect}", 400)} for aspect in QuickWinAspect.values]
    return complete_answers(side.plan) | texts | {
        "nomenclature_code": words("code", 30),
        "supporting_agencies": [side.other_agency.pk],
        "whole_regency": False,
        "districts": [district.pk for district in side.districts],
        "partners": [{"kind": "community", "name": words("partner", 160), "contribution": words("contribution", 300)}],
        "activities": [
            {"name": words("activity"), "start": f"{year}-01-01", "end": f"{year}-06-30", "output": words("output", 300)}
        ],
        "indicators": [
            {"kind": "output", "name": words("output indicator"), **indicator},
            {"kind": "outcome", "name": words("outcome indicator"), **indicator},
        ],
        "quick_win": True,
        "worksheet": {"deliverable": words("deliverable", 400), "due_date": f"{year}-11-30", "aspects": aspects},
    }  # fmt: skip


def add_initiative(side: Side, key: str, agency: Agency, route: tuple[str, ...], words: Words) -> Initiative:
    """One initiative, filled in and sent by its head, decided by the coordinator."""
    head = side.people["agency_head" if agency == side.agency else "other_head"]
    own = key in ("draft", "approved")
    kind = side.sub_dimension if own else SubDimension.objects.get(key="public_service")
    made = initiatives.create(
        plan=side.plan, by=head, name=words(f"begun {key}", 120), sub_dimension=kind, lead_agency=agency
    )
    made = initiatives.save(made, by=head, data=answers(side, words), version=made.edit_version)
    link = links.propose(
        made, element=side.elements["program"], indicator=side.indicator, by=head, rationale=words("rationale", 600)
    )
    side.links[key] = link
    side.evidence[key] = add_evidence(made, head, words)
    for step in route:
        by = head if step in ("submit", "withdraw") else side.people["coordinator"]
        if step == "approve":
            links.decide(link, accept=True, by=by, reason=words("decision", 600))
        comment = words("message", 2000) if step == "return" else ""
        reviews.transition(made, name=step, by=by, comment=comment)
    return Initiative.objects.complete().select_related("master_plan__regency").get(pk=made.pk)


def add_behalf(side: Side) -> None:
    """The coordinator filled in for the agency, in the draft and in what was returned."""
    for key, words in (("draft", side.whisper), ("returned", side.say)):
        made = side.initiatives[key]
        data = dict.fromkeys(("problem", "risk"), words("on behalf", 2000))
        side.initiatives[key] = initiatives.save(
            made, by=side.people["coordinator"], data=data, version=made.edit_version
        )


def add_desk(side: Side) -> None:
    """A reply that the desk keeps ready, and a reminder of the draft."""
    by = side.people["coordinator"]
    words = {"title": side.say("snippet title", 80), "text": side.say("snippet", 2000)}
    side.snippet = snippets.save_snippet(ReplySnippet(regency=side.regency), by=by, **words)
    reminders.remind(side.initiatives["draft"], by=by, message=side.whisper("reminder", 600))


def add_evidence(initiative: Initiative, by: Any, words: Words) -> Evidence:
    """A picture on the sheet and a document in the annex; gives the picture."""
    picture = evidence.add(initiative, by=by, name=words("picture", 90) + ".png", data=PICTURE).row
    evidence_uploads.begin(initiative, by=by, key="cut", name=words("upload", 90) + ".pdf", size=900)
    letter = evidence.add(initiative, by=by, name=words("letter", 90) + ".pdf", data=files.pdf()).row
    evidence.revise(letter, by=by, title=words("letter title", 160), placement="annex")
    return evidence.revise(picture, by=by, title=words("picture title", 160), placement="figure")


def add_threads(side: Side) -> None:
    """Conversations on what was sent and on the draft, and about a section; one is finished."""
    coordinator, head = side.people["coordinator"], side.people["agency_head"]
    for key, words in (("submitted", side.say), ("draft", side.whisper), ("returned", side.say)):
        thread = threads.open_thread(side.initiatives[key], field="problem", body=words("thread", 2000), by=coordinator)
        threads.reply(thread, body=words("reply", 2000), quote=words("quote", 600), by=head)
        side.threads[key] = thread
    threads.open_thread(side.initiatives["draft"], field="risk", body=side.whisper("thread"), by=coordinator)
    threads.resolve(side.threads["returned"], by=coordinator)
    private = side.confide("quote", 600), side.confide("thread", 2000)
    for key in ("submitted", "in_review", "returned", "approved"):
        kept = threads.open_thread(
            side.initiatives[key], field="risk", quote=private[0], body=private[1], private=True, by=head
        )
        threads.reply(kept, body=side.confide("reply", 2000), by=side.people["drafter"])
        threads.assign(kept, to=side.people["delegate"], due=date(2026, 1, 31), by=head)
        side.threads.setdefault("private", kept)
    threads.assign(side.threads["submitted"], to=side.people["drafter"], due=date(2026, 1, 31), by=coordinator)
    threads.assign(side.threads["draft"], to=coordinator, by=head)


def add_section_threads(side: Side) -> None:
    """Two conversations about the first section: one that everybody reads, one that its agency keeps to itself."""
    section, head = side.plan.sections.filter(children=None)[0], side.people["agency_head"]
    for key, words in (("section", side.say), ("private section", side.confide)):
        body, private = words("thread", 2000), key != "section"
        by = head if private else side.people["expert"]
        thread = threads.open_thread(section, body=body, quote=words("quote", 600), private=private, by=by)
        threads.reply(thread, body=words("reply", 2000), by=head)
        threads.assign(thread, to=side.people["delegate"], due=date(2026, 1, 31), by=head)
        side.threads[key] = thread
    # Written on since, so that pages look back for what became of the words.
    sections.save_section(
        section, by=side.people["coordinator"], data={"lead": side.say("lead since", 400)}, version=section.edit_version
    )


def add_links(side: Side) -> None:
    """A rejected link, one into the Renstra, and an initiative that needs no program."""
    coordinator, sent = side.people["coordinator"], side.initiatives["in_review"]
    propose = partial(links.propose, sent, by=coordinator, rationale=side.say("rationale", 600))
    side.links["rejected"] = propose(element=side.elements["spare"])
    links.decide(side.links["rejected"], accept=False, by=coordinator, reason=side.say("rejection", 600))
    side.links["renstra"] = propose(element=side.elements["renstra_program"])
    carry_over.decide_succession(
        side.elements["program"],
        plan=side.plan,
        successors=[side.elements["later_program"]],
        ended=False,
        by=coordinator,
    )
    links.waive(side.initiatives["submitted"], by=coordinator, reason=side.say("waiver", 600))
    hole = Finding(side.districts[1].pk, side.districts[1].name, "Belum ada inisiatif yang berlokasi di kecamatan ini.")
    reason = side.say("set aside", 600)
    inspection.set_aside(
        side.plan, check_code="district_without_initiative", finding=hole, reason=reason, by=coordinator
    )


def add_sections(side: Side) -> None:
    """The narrative, its first sections written and its last one still missing."""
    by = side.people["coordinator"]
    outline.complete_outline(side.plan, bodies={}, by=by)
    side.plan.sections.filter(key="penutup.penutup").delete()
    for number, section in enumerate(side.plan.sections.filter(children=None)[:2]):
        section.title, section.lead = side.say(f"section {number}", 160), side.say("section lead", 400)
        section.save()
        answers = {"body": side.say("section body", 2000), "owner_agency": side.agency.pk}
        sections.save_section(section, by=by, data=answers, version=section.edit_version)
    first = side.plan.sections.filter(children=None).first()
    told = {"alt": side.say("what a picture shows", 600), "source": side.say("source of a picture", 200)}
    name = side.say("picture of a text", 90) + ".png"
    side.picture = make_picture(first, by, side.say("caption", 200), name=name, **told)
    # Something to change places with.
    make_picture(first, by, side.say("another caption", 200), size=(50, 40))
    parent = side.plan.sections.filter(parent=None, book="buku-2").first()
    side.own_section = outline.add_section(side.plan, by=by, book="buku-2", parent=parent, title=side.say("own", 160))


def add_editions(side: Side) -> None:
    """One edition that was looked at and may be adopted, one newer that is a draft."""
    coordinator = side.people["coordinator"]
    for scope in ("approved", "submitted"):
        words = {"label": side.say(f"edition {scope}", 160), "reason": side.say(f"reason {scope}", 600)}
        side.editions.append(editions.take_snapshot(side.plan, by=coordinator, scope=scope, **words))
    editions.change_edition(side.editions[0], name="review", by=coordinator, comment=side.say("edition comment"))


def add_prints(side: Side) -> None:
    """A finished book with its file, the edition's data, a book that waits, and finished sheets."""
    coordinator = side.people["coordinator"]
    side.books["done"] = books.request_book(side.editions[0], book="buku-2", by=coordinator)
    side.books["queued"] = books.request_book(side.editions[1], book="buku-2", by=coordinator)
    side.books["data"] = books.request_book(side.editions[0], format="json", by=coordinator)
    finish(side, side.books["done"])
    finish(side, side.books["data"])
    books.record_download(side.books["done"], by=coordinator)
    for key in ("submitted", "draft"):
        side.sheets[key] = books.request_sheet(side.initiatives[key], by=coordinator)
        finish(side, side.sheets[key])
    side.letters = ask_for_letter(side, side.say)
    finish(side, side.letters)


def ask_for_letter(side: Side, words: Words) -> LetterJob:
    """A letter to one agency."""
    texts = {key: words(f"letter {key}") for key in ("day", "number", "subject", "recipient", "signer", "name", "note")}
    lists = {key: [words(f"letter {key}")] for key in ("opening", "state", "closing")}
    row = {"id": "surat-1", **texts, **lists}
    by, title = side.people["coordinator"], words("letter title", 200)
    return letters.request_letters(side.plan, letters=[row], title=title, day=date(2026, 9, 1), by=by)


def add_workbooks(side: Side) -> None:
    """Uploads of the coordinator: one that may be confirmed, one with a fault, one that waits for a worker."""
    coordinator, draft = side.people["coordinator"], side.initiatives["draft"]
    data = exported(side.plan, Initiative.objects.complete().filter(pk=draft.pk))
    sound = Book(data).put("Inisiatif", 1, Risiko=side.whisper("risk in a workbook"))
    faulty = Book(data).put("Inisiatif", 1, Tahun_mulai=side.whisper("no year", 80))
    side.workbooks["sound"] = uploaded(side.plan, coordinator, sound.bytes)
    side.workbooks["faulty"] = uploaded(side.plan, coordinator, faulty.bytes)
    name = side.whisper("file name", 80)
    side.workbooks["waiting"] = imports.upload_workbook(side.plan, by=coordinator, data=data, filename=name)


def add_reports(side: Side) -> None:
    """A report that was handed in, with a file, and one that only the agency and the regency's desks may read."""
    initiative, head = side.initiatives["approved"], side.people["agency_head"]
    begin_reporting(initiative, side.people["coordinator"])
    # Among the quarters that an edition tells of.
    last = min(Quarter.of(timezone.localdate()).shifted(-1), Quarter(side.plan.end_year, 4))
    for key, quarter, words in (("delivered", last.slug, side.say), ("begun", last.shifted(-1).slug, side.whisper)):
        texts = {name: words(f"report {name}", 1500) for name in ("output", "problem", "follow_up")}
        asked = monitoring.measured(new_report(initiative, quarter))
        reached = {monitoring.VALUE + each.key: words("reached", 40) for each in asked}
        reached["amount_other"] = 5_000_000
        report = make_report(initiative, head, quarter, deliver=False, **texts, **reached)
        name = words("proof", 90) + ".png"
        side.progress_evidence[key] = monitoring.add_evidence(
            report, by=head, name=name, data=files.picture("PNG", (61, 40)), title=words("proof title", 160)
        ).row
        side.reports[key] = monitoring.deliver(report, by=head) if key == "delivered" else report


def add_plan_imports(side: Side) -> None:
    """Files for the RPJMD: one whose columns wait to be confirmed, one that was read and asks and changes something."""
    coordinator, book = side.people["coordinator"], Book(plan_workbook(side.rpjmd))
    sheet = book.book["Rencana"]
    sheet.cell(4, sheet.max_column + 1, side.whisper("column in a file", 60))
    sheet.append(["Misi", "77", side.whisper("mission in a file")])
    sheet.append([None, None, None, None, side.whisper("indicator in a file", 200), "%", None, "99.25"])
    side.plan_imports["looked at"] = looked_at(
        side.rpjmd, coordinator, book.bytes, side.whisper("name of a file", 80) + ".xlsx"
    )
    side.plan_imports["read"] = read_upload(side.rpjmd, coordinator, book.bytes)


def finish(side: Side, job: BookJob | SheetJob | LetterJob) -> None:
    """Finish a job with what no other side may see."""
    signed = {"signed_by": side.say("signer"), "signed_at": timezone.now()} if isinstance(job, BookJob) else {}
    finish_book(job, pages=1, problems=[{"where": "x", "sentence": side.say("printing problem")}], **signed)


def add_analysis(side: Side) -> None:
    """The analyses of Buku 1, with a scale of the regency's own."""
    say, plan, by = side.say, side.plan, side.people["coordinator"]
    levels = [say("level", 20), "Belum siap"]
    analyses.set_scale(plan, by=by, levels=levels, seen=plan.readiness_scale)
    answers = {key: say(key) for key in ("condition", "evidence", "problem", "recommendation")}
    cell = ReadinessCell(master_plan=plan, aspect="people")
    analyses.save(cell, by=by, data=answers | {"score": levels[0]}, version=cell.edit_version)
    texts = {key: say(key) for key in ("indicator", "ideal", "existing", "gap", "cause", "response")}
    named = [side.initiatives["approved"].pk, side.initiatives["draft"].pk]
    place = {"sub_dimension": side.sub_dimension.pk, "initiatives": named}
    side.analyses["gap"] = make_gap(plan, by, **texts | place)
    dimension = {"dimension": side.sub_dimension.dimension_id}
    item = side.analyses["item"] = make_swot_item(plan, by, "S", say("swot"), **dimension)
    side.analyses["strategy"] = make_swot_strategy(plan, by, "SO", [item], say("swot strategy"))
    # Something to change places with.
    make_gap(plan, by, say("another indicator", 200), sub_dimension=side.sub_dimension.pk)
    make_swot_strategy(plan, by, "SO", [make_swot_item(plan, by, "S", say("another"))], say("another strategy"))
