"""While an adopted edition holds a plan, no door changes it: every action is tried, and so is every table."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

import masterplan
from agencies.models import Agency, User
from masterplan.alignment.actions import inspection, links
from masterplan.analyses import actions as analyses
from masterplan.discussion.actions import reminders, threads
from masterplan.editing.actions import behalf, written
from masterplan.editing.actions.locking import NotEditable
from masterplan.editions import actions as editions
from masterplan.initiatives.actions import bulk, copying, evidence, evidence_uploads, initiatives
from masterplan.initiatives.workbook.actions import imports, storing
from masterplan.library import models as library_models
from masterplan.master_plans import actions as master_plans
from masterplan.models import (
    GapItem,
    Initiative,
    MasterPlan,
    QuickWinWorksheet,
    ReadinessCell,
    SubDimension,
    SwotItem,
    SwotStrategy,
    WorkbookImport,
    lock,
)
from masterplan.reasoning.inspection import Finding
from masterplan.registry import FIELDS
from masterplan.review.actions import desk, reviews
from masterplan.sections.actions import outline, section_pictures, sections
from masterplan.workflow import TransitionRefused
from smartcity.common.jobs import claim
from tests.factories import (
    files,
    make_district,
    make_edition,
    make_initiative,
    make_master_plan,
    make_picture,
    make_program,
    make_regency,
)
from tests.masterplan.initiatives.workbook.books import Book, exported, uploaded

REFUSALS = (NotEditable, ValidationError, TransitionRefused, IntegrityError)
LOCKED = "Rencana induk terkunci"

# Actions that no lock concerns, and why.
FREE = {
    "editing.behalf.confirm": "the agency says that what was filled in for it is right; it changes no answer",
    "editing.behalf.note_on_behalf": "part of a save, which is refused",
    "initiatives.bulk.propose": "writes nothing",
    "alignment.carry_over.propose_successors": "proposes through `alignment`, which refuses, and says so at the row",
    "alignment.carry_over.decide_succession": "the matching of two RPJMD, which are documents of their own",
    "books.cancel_book": "takes back a request for what is frozen",
    "books.record_download": "who took what",
    "books.request_book": "prints what is frozen",
    "books.request_sheet": "prints what is there",
    "editions.change_edition": "moves editions, and opens the plan",
    "editions.note_reading": "who read what",
    "editions.take_snapshot": "freezes a copy",
    "personal_data.erase": "the people, and nothing of a plan",
    "initiatives.evidence_uploads.cancel": "forgets bytes that are no evidence yet",
    "master_plans.make_current": "another plan may become the current one",
    "master_plans.open_master_plan": "begins the plan of another period",
    "plans.importing.imports.answer_questions": "the RPJMD is a document of its own",
    "plans.importing.imports.confirm_plan_import": "the RPJMD is a document of its own",
    "plans.importing.imports.map_columns": "the RPJMD is a document of its own",
    "plans.importing.imports.correct_row": "the RPJMD is a document of its own",
    "plans.importing.imports.upload_plan": "the RPJMD is a document of its own",
    "plans.importing.store.store_plan": "the RPJMD is a document of its own",
    "plans.plan_trees.create_elements": "the RPJMD is a document of its own",
    "plans.plan_elements.create_element": "the RPJMD is a document of its own",
    "plans.plans.create_plan": "the RPJMD is a document of its own",
    "plans.plan_elements.delete_element": "the RPJMD is a document of its own",
    "plans.plan_elements.save_element": "the RPJMD is a document of its own",
    "plans.plans.set_predecessor": "the RPJMD is a document of its own",
    "plans.plans.set_vision": "the RPJMD is a document of its own",
    "initiatives.presence.announce": "who has a page open",
    "discussion.snippets.remove_snippet": "words that the desk keeps ready, no part of a plan",
    "discussion.snippets.save_snippet": "words that the desk keeps ready, no part of a plan",
    "initiatives.presence.leave": "who has a page open",
    "monitoring.add_evidence": "an adopted plan is carried out, and told of",
    "monitoring.deliver": "an adopted plan is carried out, and told of",
    "monitoring.remove_evidence": "an adopted plan is carried out, and told of",
    "monitoring.save": "an adopted plan is carried out, and told of",
    "monitoring.set_calendar": "from when on reports are asked for",
    "national.desk_views.forget_view": "what somebody of the ministry looks at again and again",
    "national.desk_views.keep_view": "what somebody of the ministry looks at again and again",
    "overview.deadlines.extend": "until when something is awaited, no part of a plan",
    "overview.deadlines.withdraw": "until when something is awaited, no part of a plan",
    "editing.files.add_once": "part of taking a file in, refused by what holds the thing it belongs to",
    "overview.letters.request_letters": "reminds of what is awaited",
    "alignment.link_decisions.decide_many": "decides through `alignment`, which refuses, and says so at the row",
    "workshops.attendance.correct_attendee": "who takes part in a bimtek",
    "workshops.attendance.forget_attendees": "who takes part in a bimtek",
    "workshops.attendance.forget_old_attendees": "who takes part in a bimtek",
    "workshops.attendance.forget_person": "who takes part in a bimtek",
    "workshops.attendance.invite_all": "who takes part in a bimtek",
    "workshops.attendance.note_attendance": "who takes part in a bimtek",
    "workshops.attendance.open_page": "who takes part in a bimtek",
    "workshops.attendance.remove_attendee": "who takes part in a bimtek",
    "workshops.attendance.close_page": "who takes part in a bimtek",
    "workshops.attendance.register": "who takes part in a bimtek",
    "workshops.attendance.tick_output": "who takes part in a bimtek",
    "workshops.materials.add_file": "what is handed out at a bimtek",
    "workshops.materials.add_link": "what is handed out at a bimtek",
    "workshops.materials.remove_material": "what is handed out at a bimtek",
    "workshops.papers.request_paper": "prints what a bimtek was",
    "workshops.workshops.begin_round": "the stages of the bimtek",
    "workshops.workshops.close": "the stages of the bimtek",
    "workshops.workshops.create_stage": "the stages of the bimtek",
    "workshops.workshops.move": "the stages of the bimtek",
    "workshops.workshops.remove": "the stages of the bimtek",
    "workshops.workshops.reopen": "the stages of the bimtek",
    "workshops.workshops.save_part": "the stages of the bimtek",
    "discussion.threads.assign": "people go on talking",
    "discussion.threads.open_thread": "people go on talking",
    "discussion.threads.reopen": "people go on talking",
    "discussion.threads.reply": "people go on talking",
    "discussion.threads.resolve": "people go on talking",
}

A_FINDING = Finding(1, "Misi 1", "Belum ada inisiatif.")


class Held:
    """A plan with something of everything, held by an adopted edition."""

    def __init__(self, plan: MasterPlan, agency: Agency, head: User, coordinator: User) -> None:
        self.plan, self.agency, self.head, self.coordinator = plan, agency, head, coordinator
        make = partial(make_initiative, plan, agency=agency, by=head, coordinator=coordinator)
        self.draft, self.sent = make(complete=True), make(status="in_review")
        self.approved = make(status="approved")
        self.link = self.draft.links.get()
        self.evidence = evidence.add(self.draft, by=head, name="surat.pdf", data=files.pdf()).row
        evidence.add(self.draft, by=head, name="surat lain.pdf", data=files.pdf(b"/N 1"))
        scan = files.pdf(b"/N 3")
        begun = evidence_uploads.begin(self.draft, by=head, key="k", name="pindaian.pdf", size=len(scan))
        self.upload = evidence_uploads.receive(begun, by=head, offset=0, chunk=scan)
        outline.complete_outline(plan, bodies={}, by=coordinator)
        plan.sections.filter(key="penutup.penutup").delete()
        self.section = plan.sections.get(key="visi.visi-misi")
        self.picture = make_picture(self.section, coordinator)
        make_picture(self.section, coordinator, "Lain", size=(90, 60))
        self.own = outline.add_section(plan, by=coordinator, book="buku-2", parent=self.section.parent, title="Sendiri")
        book = Book(exported(plan, Initiative.objects.complete().filter(pk=self.draft.pk)))
        data = book.put("Inisiatif", 1, Risiko="Listrik padam").bytes
        self.workbook = uploaded(plan, head, data)
        self.confirmed = uploaded(plan, head, data)
        imports.confirm_import(self.confirmed, by=head)
        self.confirmed.refresh_from_db()
        self.data = data
        self.analyse()
        make_edition(plan, status="adopted")

    def analyse(self) -> None:
        """The tables of Buku 1, and the tables of an initiative that the form has left empty."""
        sub = SubDimension.objects.get(key="public_service")
        ReadinessCell.objects.create(master_plan=self.plan, aspect="people")
        GapItem.objects.create(master_plan=self.plan, sub_dimension=sub, indicator="Antrean").initiatives.add(
            self.draft
        )
        item = SwotItem.objects.create(master_plan=self.plan, kind="S", aspect="structure", text="Kuat")
        SwotStrategy.objects.create(master_plan=self.plan, kind="SO", text="Manfaatkan").items.add(item)
        self.draft.supporting_agencies.add(self.agency)
        self.draft.districts.add(make_district(self.plan.regency))
        self.draft.partners.create(kind="campus", name="Kampus")
        QuickWinWorksheet.objects.create(initiative=self.draft).aspects.create(aspect="benefit", score=3)
        values = {"subject_id": self.agency.pk, "subject_name": "Dinas", "reason": "Cukup.", "waived_by": self.head}
        self.plan.check_waivers.create(check_code="agency_without_initiative", **values)


@pytest.fixture
def held(plan: MasterPlan, agency: Agency, agency_head: User, coordinator: User) -> Held:
    return Held(plan, agency, agency_head, coordinator)


def attempts(on: Held) -> dict[str, Callable[[], Any]]:
    """Every action that writes to a plan, as somebody who may."""
    head, coordinator, draft = on.head, on.coordinator, on.draft
    version = draft.edit_version
    fresh = partial(make_program, on.plan.development_plan)
    place = SubDimension.objects.get(key="public_service")
    begun: dict[str, Any] = {"plan": on.plan, "by": head, "name": "Baru", "lead_agency": on.agency}
    question = FIELDS["horizon"]
    rows = Initiative.objects.complete().select_related("master_plan__regency").filter(pk=draft.pk)
    return {
        "alignment.links.decide": lambda: links.decide(on.sent.links.get(), accept=True, by=coordinator),
        "alignment.links.propose": lambda: links.propose(draft, element=fresh(), by=head),
        "alignment.links.revoke_waiver": lambda: links.revoke_waiver(on.sent, by=coordinator),
        "alignment.links.withdraw": lambda: links.withdraw(on.link, by=head),
        "alignment.links.waive": lambda: links.waive(on.sent, reason="Perlu", by=coordinator),
        "initiatives.bulk.change_many": lambda: bulk.change_many(
            rows, by=head, field=question, value="long", versions={draft.pk: version}
        ),
        "initiatives.copying.begin_from": lambda: copying.begin_from(
            source=on.approved, keys=["risk"], shift=0, **begun
        ),
        "initiatives.copying.begin_from_model": lambda: copying.begin_from_model(
            model=library_models()[0], first_year=on.plan.start_year, **begun
        ),
        "initiatives.copying.fill_gaps": lambda: copying.fill_gaps(
            draft, source=on.approved, by=head, keys=["spbe_application"], shift=0
        ),
        "initiatives.evidence.add": lambda: evidence.add(draft, by=head, name="baru.pdf", data=files.pdf(b"/N 2")),
        "initiatives.evidence.move": lambda: evidence.move(on.evidence, by=head, step=1),
        "initiatives.evidence.remove": lambda: evidence.remove(on.evidence, by=head),
        "initiatives.evidence.revise": lambda: evidence.revise(on.evidence, by=head, title="Lain", placement="annex"),
        "initiatives.evidence_uploads.begin": lambda: evidence_uploads.begin(
            draft, by=head, key="l", name="b.pdf", size=9
        ),
        "initiatives.evidence_uploads.finish": lambda: evidence_uploads.finish(on.upload, by=head),
        "initiatives.evidence_uploads.receive": lambda: evidence_uploads.receive(
            on.upload, by=head, offset=0, chunk=b"x"
        ),
        "initiatives.workbook.storing.store_upload": lambda: storing.store_upload(claimed(on), by=head),
        "initiatives.workbook.imports.confirm_import": lambda: imports.confirm_import(on.workbook, by=head),
        "initiatives.workbook.imports.upload_workbook": lambda: imports.upload_workbook(
            on.plan, by=head, data=on.data, filename="b.xlsx"
        ),
        "initiatives.initiatives.create": lambda: initiatives.create(sub_dimension=place, **begun),
        "initiatives.initiatives.save": lambda: initiatives.save(
            draft, by=coordinator, data={"risk": "Lain"}, version=version
        ),
        "alignment.inspection.set_aside": lambda: inspection.set_aside(
            on.plan, check_code="mission_without_initiative", finding=A_FINDING, reason="Sengaja.", by=coordinator
        ),
        "alignment.inspection.reinstate": lambda: inspection.reinstate(on.plan.check_waivers.get(), by=coordinator),
        "master_plans.change_master_plan": lambda: master_plans.change_master_plan(
            on.plan,
            by=coordinator,
            start_year=on.plan.start_year,
            end_year=on.plan.end_year,
            development_plan=on.plan.development_plan,
            vision="Lain",
            title="Lain",
        ),
        "master_plans.open_filling": lambda: master_plans.open_filling(on.plan, by=coordinator),
        "review.reviews.assign_reviewer": lambda: reviews.assign_reviewer(draft, to=coordinator, by=coordinator),
        "review.reviews.transition": lambda: reviews.transition(draft, name="submit", by=head),
        "sections.section_pictures.add": lambda: section_pictures.add(
            on.section, by=coordinator, name="b.jpg", data=files.picture(size=(80, 60))
        ),
        "sections.section_pictures.move": lambda: section_pictures.move(on.picture, by=coordinator, step=1),
        "sections.section_pictures.remove": lambda: section_pictures.remove(on.picture, by=coordinator),
        "sections.section_pictures.save": lambda: section_pictures.save(
            on.picture, by=coordinator, data={"alt": "Lain"}, version=on.picture.edit_version
        ),
        "sections.sections.save_section": lambda: sections.save_section(
            on.section, by=coordinator, data={"body": "Naskah lain"}, version=on.section.edit_version
        ),
        **attempts_at_books(on),
    }


def attempts_at_books(on: Held) -> dict[str, Callable[[], Any]]:
    """The actions on the outline and the analyses, and those that all written rows pass."""
    by, section = on.coordinator, on.section
    gap = on.plan.gap_items.get()
    answers: dict[str, Any] = {"cause": "Lain"}
    begun: dict[str, Any] = {"sub_dimension": gap.sub_dimension_id, "indicator": "Baru"}
    own: dict[str, Any] = {"kind": analyses.GAP, "by": by}
    return {
        "analyses.add": lambda: analyses.add(GapItem(master_plan=on.plan), by=by, data=begun),
        "analyses.move": lambda: analyses.move(gap, by=by, step=1),
        "analyses.remove": lambda: analyses.remove(gap, by=by),
        "analyses.save": lambda: analyses.save(gap, by=by, data=answers, version=gap.edit_version),
        "analyses.set_scale": lambda: analyses.set_scale(
            on.plan, by=by, levels=["Siap", "Belum"], seen=on.plan.readiness_scale
        ),
        "review.desk.carry_out": lambda: desk.carry_out(
            [on.sent], desk.BulkAction("return", "Lengkapi."), by=on.coordinator
        ),
        "discussion.reminders.remind": lambda: reminders.remind(on.draft, by=on.coordinator),
        "sections.outline.add_section": lambda: outline.add_section(
            on.plan, by=by, book="buku-2", parent=section.parent, title="Lain"
        ),
        "sections.outline.complete_outline": lambda: outline.complete_outline(on.plan, bodies={}, by=by),
        "sections.outline.include_section": lambda: outline.include_section(section, by=by, included=False),
        "sections.outline.move_below": lambda: outline.move_below(
            section, by=by, parent=on.plan.sections.get(key="strategi")
        ),
        "sections.outline.move_section": lambda: outline.move_section(section, by=by, step=1),
        "sections.outline.remove_section": lambda: outline.remove_section(on.own, by=by),
        "editing.written.add": lambda: written.add(GapItem(master_plan=on.plan), data=begun, **own),
        "editing.written.record_change": lambda: written.record_change(gap, before={}, after=answers, **own),
        "editing.written.move": lambda: written.move(gap, among={}, step=1, **own),
        "editing.written.remove": lambda: written.remove(gap, **own),
        "editing.written.save": lambda: written.save(gap, data=answers, version=gap.edit_version, **own),
    }


def claimed(on: Held) -> WorkbookImport:
    """The confirmed upload in the hands of a worker."""
    job = claim(WorkbookImport, on.confirmed.pk, lease_seconds=60)
    assert job is not None
    return job


def actions() -> Iterator[str]:
    """Every public function of the actions that names its actor."""
    for found in pkgutil.walk_packages(masterplan.__path__, "masterplan."):
        path = found.name.split(".")
        if "actions" not in path or "management" in path:
            continue
        module = importlib.import_module(found.name)
        for name, function in inspect.getmembers(
            module, lambda member: inspect.isfunction(member) or isinstance(member, partial)
        ):
            own = isinstance(function, partial) or function.__module__ == module.__name__
            own = own and not name.startswith("_")
            by = inspect.signature(function).parameters.get("by")
            if own and by and by.kind is by.KEYWORD_ONLY:
                yield ".".join([*(part for part in path[1:] if part != "actions"), name])


def contents() -> dict[str, list[Any]]:
    """All rows of what a lock guards."""
    tables = [MasterPlan, *lock.GUARDED]
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in tables}


def refusal(attempt: Callable[[], Any]) -> str:
    """What is said when it is tried; "" when nothing is."""
    try:
        with transaction.atomic():
            done = attempt()
    except REFUSALS as refused:
        return str(refused)
    if isinstance(done, list):
        return " ".join(getattr(outcome, "obstacle", "") for outcome in done)
    return WorkbookImport.objects.latest("finished_at").error if done is False else ""


def test_every_action_is_tried_or_free(held: Held) -> None:
    """A new action fails here until somebody has said what a lock means for it."""
    known = [*attempts(held), *FREE]
    assert sorted(actions()) == sorted(known)


def test_no_action_changes_a_locked_plan(held: Held) -> None:
    before = contents()
    for name, attempt in attempts(held).items():
        said = refusal(attempt)
        if name == "editing.written.record_change":  # whoever calls it has held the row; the database is what is left
            assert lock.MESSAGE in said
        else:
            assert LOCKED in said, f"{name}: {said}"
            assert "ditetapkan dengan Keputusan Bupati" in said, name
        assert contents() == before, name


def test_each_attempt_would_have_changed_something(held: Held) -> None:
    """The negative control: with the plan open, every one of them succeeds."""
    with transaction.atomic():
        edition = held.plan.snapshots.get(status="adopted")
        editions.change_edition(edition, name="unlock", by=held.coordinator, comment="Untuk uji.")
        for name, attempt in attempts(held).items():
            with transaction.atomic():
                said = refusal(attempt)
                assert LOCKED not in said, name
                assert lock.MESSAGE not in said, name
                transaction.set_rollback(True)


def test_talking_and_confirming_go_on(held: Held) -> None:
    thread = threads.open_thread(held.approved, field="risk", body="Bagaimana kelanjutannya?", by=held.coordinator)
    threads.reply(thread, body="Berjalan.", by=held.head)
    initiative = Initiative.objects.get(pk=held.draft.pk)
    behalf.confirm(initiative, version=initiative.edit_version, by=held.head)


# The tables ----------------------------------------------------------------------------------------------------------


def leads_to_a_plan(model: type[models.Model], seen: frozenset[Any] = frozenset()) -> bool:
    """Whether some way of foreign keys leads from a row to a master plan."""
    targets = [field.related_model for field in model._meta.concrete_fields if field.is_relation]
    return MasterPlan in targets or any(
        isinstance(target, type) and target not in seen and leads_to_a_plan(target, seen | {model})
        for target in targets
        if target._meta.app_label == "masterplan"
    )


def test_every_table_of_a_plan_is_guarded_or_open() -> None:
    """A new table fails here until somebody has said whether a lock guards it."""
    found = {
        model.__name__
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label == "masterplan" and model is not MasterPlan and leads_to_a_plan(model)
    }
    assert found == {model.__name__ for model in lock.GUARDED} | set(lock.OPEN)


def test_the_database_takes_no_change_of_any_table(held: Held) -> None:
    """Also past the actions: one update, one deletion and one new row in each."""
    before = contents()
    for model, path in lock.GUARDED.items():
        for name, write in writes(model, model._base_manager.filter(**{path: held.plan.pk})).items():
            with pytest.raises(IntegrityError, match=lock.MESSAGE), transaction.atomic():
                write()
                pytest.fail(f"{model.__name__}: {name}")
    assert contents() == before


def writes(model: Any, rows: models.QuerySet[Any]) -> dict[str, Callable[[], Any]]:
    """The three ways to change a table, each on a row that is there."""
    row, copy = rows.get(pk=rows.first().pk), rows.get(pk=rows.first().pk)
    copy.pk, copy._state.adding = None, True
    free = lock.FREE_COLUMNS.get(model, frozenset())
    column = next(f for f in model._meta.concrete_fields if not f.primary_key and f.column not in free)
    return {
        "update": lambda: rows.update(**{column.attname: getattr(row, column.attname)}),
        "delete": lambda: rows.filter(pk=row.pk)._raw_delete("default"),
        "insert": lambda: model._base_manager.bulk_create([copy]),
    }


def test_the_database_holds_the_plan_itself(held: Held) -> None:
    plans = MasterPlan.objects.filter(pk=held.plan.pk)
    changes = ({"title": "Lain"}, {"vision": "Lain"}, {"end_year": 2030}, {"vision": "Lain", "locked_edition": None})
    for change in changes:
        with pytest.raises(IntegrityError, match=lock.MESSAGE), transaction.atomic():
            plans.update(**change)
    with pytest.raises(IntegrityError, match=lock.MESSAGE), transaction.atomic():
        plans._raw_delete("default")
    assert plans.update(is_current=False) == 1


def test_another_plan_stays_open(held: Held) -> None:
    other = make_initiative(make_master_plan(make_regency()))
    assert Initiative.objects.filter(pk=other.pk).update(risk="Lain") == 1
    with pytest.raises(IntegrityError, match=lock.MESSAGE), transaction.atomic():
        Initiative.objects.filter(pk=other.pk).update(master_plan=held.plan)


def test_an_opened_plan_takes_changes_again(held: Held) -> None:
    edition = held.plan.snapshots.get(status="adopted")
    editions.change_edition(edition, name="unlock", by=held.coordinator, comment="RPJMD berubah.")
    saved = initiatives.save(held.draft, by=held.head, data={"risk": "Lain"}, version=held.draft.edit_version)
    assert saved.risk == "Lain"


def test_triggers_survive_a_migration_and_are_away_during_one(held: Held) -> None:
    lock.before_migrate("default", plan=[("a migration", False)])
    try:
        assert Initiative.objects.filter(pk=held.draft.pk).update(risk="Lain") == 1
    finally:
        lock.after_migrate("default", plan=[], apps=apps)
    with pytest.raises(IntegrityError, match=lock.MESSAGE), transaction.atomic():
        Initiative.objects.filter(pk=held.draft.pk).update(risk="Lain lagi")
