"""Locks an adopted plan in the database: triggers that refuse every change of the content of a locked master plan.

Whatever writes - a page, an import, a command, a hand in the database - is refused by them; the actions check first,
so that people read a sentence instead. `smartcity.common.triggers` lays them down after every `migrate` and takes them
up before it. All names in the SQL are our own.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connections, models

from masterplan.models.initiatives.evidence import Evidence
from masterplan.models.initiatives.initiative import Initiative
from masterplan.models.initiatives.initiative_parts import (
    Activity,
    InitiativeIndicator,
    InitiativeTarget,
    Partner,
    QuickWinScore,
    QuickWinWorksheet,
    YearBudget,
)
from masterplan.models.plans.alignment import AlignmentLink
from masterplan.models.plans.waiver import CheckWaiver
from masterplan.models.texts.analysis import GapItem, ReadinessCell, SwotItem, SwotStrategy
from masterplan.models.texts.section import Section
from masterplan.models.texts.section_picture import SectionPicture
from smartcity.common import triggers

from .master_plan import MasterPlan

MESSAGE = "rencana induk terkunci"
_NAME = "plan_lock_"

# What a plan is made of, each with the way from its row to the plan. Every table that leads to a plan stands here or in
# OPEN; a test finds one that does not.
GUARDED: dict[type[models.Model], str] = {
    Initiative: "master_plan",
    Initiative.supporting_agencies.through: "initiative__master_plan",
    Initiative.districts.through: "initiative__master_plan",
    Partner: "initiative__master_plan",
    Activity: "initiative__master_plan",
    InitiativeIndicator: "initiative__master_plan",
    InitiativeTarget: "indicator__initiative__master_plan",
    YearBudget: "initiative__master_plan",
    QuickWinWorksheet: "initiative__master_plan",
    QuickWinScore: "worksheet__initiative__master_plan",
    Evidence: "initiative__master_plan",
    AlignmentLink: "initiative__master_plan",
    CheckWaiver: "master_plan",
    Section: "master_plan",
    SectionPicture: "master_plan",
    ReadinessCell: "master_plan",
    GapItem: "master_plan",
    GapItem.initiatives.through: "gapitem__master_plan",
    SwotItem: "master_plan",
    SwotStrategy: "master_plan",
    SwotStrategy.items.through: "swotstrategy__master_plan",
}

# Columns that are no content: the agency may still say that what was filled in for it is right, and another plan may
# become the current one.
FREE_COLUMNS: dict[type[models.Model], frozenset[str]] = {
    Initiative: frozenset(
        {"behalf_confirmed_version", "behalf_confirmed_at", "behalf_confirmed_by_id", "behalf_confirmed_as"}
    ),
    MasterPlan: frozenset({"is_current", "locked_edition_id"}),
}

# What goes on while a plan is locked, and why.
OPEN: dict[str, str] = {
    "CodeCounter": "gives numbers only to initiatives, which are guarded",
    "InitiativeChange": "the record of changes, which are guarded",
    "WritingChange": "the record of changes, which are guarded",
    "InitiativePresence": "who has a page open",
    "EvidenceUpload": "bytes on their way, which become evidence or nothing",
    "StatusChange": "the record of states, which are guarded",
    "Thread": "people go on talking",
    "Comment": "people go on talking",
    "InitiativeReminder": "who was reminded when",
    "OutlineCount": "what was counted of it, and changes nothing",
    "Snapshot": "the next edition; its content is frozen in its own way",
    "Snapshot_evidence_files": "what an edition names",
    "EditionReading": "who read what",
    "BookJob": "printing what is frozen",
    "BookJob_askers": "who waits for a book",
    "BookJob_packed": "which finished files a ZIP gathers",
    "BookDownload": "who took what",
    "SheetJob": "printing what is there",
    "ProgressCalendar": "from when on reports are asked for",
    "ProgressReport": "an adopted plan is carried out, and told of",
    "ProgressAmount": "the money of a report",
    "ProgressValue": "what a report says was reached",
    "ProgressEvidence": "what a report shows",
    "PlanFigures": "what was counted of it, and changes nothing",
    "WorkbookImport": "a file that was read; what it would store is guarded",
}


def before_migrate(using: str, plan: Any, **more: Any) -> None:
    """Remove the triggers before tables change."""
    if plan:
        triggers.remove(_NAME, using)


def after_migrate(using: str, plan: Any = None, apps: Any = None, **more: Any) -> None:
    """Install the triggers on the current tables; `flush` sends the same signal without a plan and changes no table."""
    if plan is not None and triggers.are_current(apps, [MasterPlan, *GUARDED]):
        triggers.install(_NAME, _statements(connections[using].vendor), using)


def _statements(vendor: str) -> Iterator[str]:
    for model, path in GUARDED.items():
        old, new = (_plan_of(model, path.split("__"), row) for row in ("OLD", "NEW"))
        yield from (_sqlite if vendor == "sqlite" else _postgresql)(model, old, new)
    # The plan's own row is held by what it was before, so that nothing changes together with the unlocking.
    own = 'OLD."id"'
    yield from (_sqlite if vendor == "sqlite" else _postgresql)(MasterPlan, own, own, inserts=False)


def _plan_of(model: Any, path: list[str], row: str) -> str:
    """SQL for the id of the plan that a row belongs to."""
    field = model._meta.get_field(path[0])
    value, target = f'{row}."{field.column}"', field.related_model
    for name in path[1:]:
        meta = target._meta
        field = meta.get_field(name)
        value = f'(SELECT t."{field.column}" FROM "{meta.db_table}" t WHERE t."{meta.pk.column}" = {value})'  # noqa: S608
        target = field.related_model
    return value


def _columns(model: Any) -> str:
    free = FREE_COLUMNS.get(model, frozenset())
    return ", ".join(f'"{column}"' for column in triggers.all_columns(model) if column not in free)


def _sqlite(model: Any, old: str, new: str, *, inserts: bool = True) -> Iterator[str]:
    """SQLite runs writers one after the other, so reading the plan is enough."""
    table, plans = model._meta.db_table, MasterPlan._meta.db_table
    cases = [("update", f"UPDATE OF {_columns(model)}", [old, new]), ("delete", "DELETE", [old])]
    if inserts:
        cases.append(("insert", "INSERT", [new]))
    for word, event, ids in cases:
        wanted = ", ".join(dict.fromkeys(ids))
        held = f'SELECT 1 FROM "{plans}" p WHERE p."locked_edition_id" IS NOT NULL AND p."id" IN ({wanted})'  # noqa: S608
        yield (
            f'CREATE TRIGGER "{_NAME}{table}_{word}" BEFORE {event} ON "{table}" WHEN EXISTS ({held})'
            f" BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )


def _postgresql(model: Any, old: str, new: str, *, inserts: bool = True) -> Iterator[str]:
    """FOR SHARE makes an adoption wait for the writers that are under way, and a writer see the adoption before it."""
    table, plans = model._meta.db_table, MasterPlan._meta.db_table
    name = f"{_NAME}{table}"
    refuse = f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'check_violation'"
    look = f'SELECT p."locked_edition_id" INTO held FROM "{plans}" p WHERE p."id" = {{}} FOR SHARE;'  # noqa: S608
    look += f" IF held IS NOT NULL THEN {refuse}; END IF;"
    if not inserts:  # the row of the plan itself, which the writer holds already
        look = f'IF OLD."locked_edition_id" IS NOT NULL THEN {refuse}; END IF;'
    after = "" if old == new else f"IF TG_OP <> 'DELETE' THEN {look.format(new)} END IF;"
    yield (
        f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE held bigint; BEGIN'
        f" IF TG_OP <> 'INSERT' THEN {look.format(old)} END IF; {after}"
        " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
    events = f"{'INSERT OR ' if inserts else ''}UPDATE OF {_columns(model)} OR DELETE"
    yield f'CREATE TRIGGER "{name}" BEFORE {events} ON "{table}" FOR EACH ROW EXECUTE FUNCTION "{name}"()'
