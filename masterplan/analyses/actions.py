"""Changing the analyses of Buku 1: readiness with its scale, gaps, and SWOT with its strategies.

`editing.actions.written` saves and records a row; here are the columns of each kind.

The scale of readiness is the regency's own words, Baik, Sedang, Kurang to begin with: the ministry published none.
"""

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q, QuerySet

from agencies.access import byline, require
from agencies.models import User
from agencies.roles import Permission
from masterplan.editing.actions import written
from masterplan.editing.actions.columns import WrittenColumn, choice, reference, references, text
from masterplan.editing.actions.conflicts import EditConflict
from masterplan.editing.actions.kinds import WrittenKind
from masterplan.editing.actions.locking import refuse_locked
from masterplan.models import (
    GAP_TEXT_LIMIT,
    INDICATOR_LIMIT,
    SCORE_LIMIT,
    STRATEGY_LIMIT,
    SWOT_TEXT_LIMIT,
    TEXT_LIMIT,
    ChangeSource,
    Dimension,
    GapItem,
    MasterPlan,
    ReadinessCell,
    SubDimension,
    SwotItem,
    SwotStrategy,
    WritingChange,
    WrittenRow,
)
from masterplan.models.initiatives.initiative import InitiativeQuerySet
from masterplan.reference import (
    STRATEGY_PARTS,
    InitiativeStatus,
    SwotAspect,
    SwotKind,
    SwotStrategyKind,
    WritingKind,
)
from masterplan.registry import Content
from smartcity.common.text import clean_text

FEWEST_LEVELS, MOST_LEVELS = 2, 5

Row = TypeVar("Row", bound=WrittenRow)


def initiatives_to_name(plan: MasterPlan) -> InitiativeQuerySet:
    """The initiatives that may answer a gap: all of the plan but those withdrawn."""
    return plan.initiatives.all().exclude(status=InitiativeStatus.WITHDRAWN)


def items_to_name(plan: MasterPlan, kind: str) -> QuerySet[SwotItem]:
    """The items a strategy of that kind can answer: SO those of strength and opportunity."""
    return plan.swot_items.filter(kind__in=STRATEGY_PARTS.get(kind, ()))


def sub_dimensions_to_name(plan: MasterPlan) -> QuerySet[SubDimension]:
    """The national sub-dimensions and the regency's own."""
    return SubDimension.objects.available_to(plan.regency)


def dimensions_to_name(plan: MasterPlan) -> QuerySet[Dimension]:
    """The national dimensions and the regency's own."""
    return Dimension.objects.filter(Q(regency=None) | Q(regency=plan.regency))


def _kind(values: list[str]) -> WrittenColumn:
    """The kind of an item or strategy: chosen when it is begun and kept, because others name it by its kind."""
    return choice("kind", lambda row: [row.kind] if row.pk else values)


READINESS = WrittenKind(
    {
        "condition": text("condition", TEXT_LIMIT),
        "score": choice("score", lambda cell: cell.master_plan.readiness_scale, needed=False),
        "evidence": text("evidence", TEXT_LIMIT),
        "problem": text("problem", TEXT_LIMIT),
        "recommendation": text("recommendation", TEXT_LIMIT),
    },
    identity=("master_plan", "aspect"),
)
GAP = WrittenKind(
    {
        "sub_dimension": reference("sub_dimension", lambda item: sub_dimensions_to_name(item.master_plan)),
        "indicator": text("indicator", INDICATOR_LIMIT, needed=True, line=True),
        "ideal": text("ideal", GAP_TEXT_LIMIT),
        "existing": text("existing", GAP_TEXT_LIMIT),
        "gap": text("gap", GAP_TEXT_LIMIT),
        "cause": text("cause", GAP_TEXT_LIMIT),
        "response": text("response", GAP_TEXT_LIMIT),
        "initiatives": references("initiatives", lambda item: initiatives_to_name(item.master_plan)),
    }
)
SWOT_ITEM = WrittenKind(
    {
        "kind": _kind(SwotKind.values),
        "aspect": choice("aspect", lambda item: SwotAspect.values),
        "dimension": reference("dimension", lambda item: dimensions_to_name(item.master_plan), needed=False),
        "text": text("text", SWOT_TEXT_LIMIT, needed=True),
    }
)
SWOT_STRATEGY = WrittenKind(
    {
        "kind": _kind(SwotStrategyKind.values),
        "text": text("text", STRATEGY_LIMIT, needed=True),
        "items": references("items", lambda strategy: items_to_name(strategy.master_plan, strategy.kind)),
    }
)
KINDS: dict[type[WrittenRow], WrittenKind] = {
    ReadinessCell: READINESS,
    GapItem: GAP,
    SwotItem: SWOT_ITEM,
    SwotStrategy: SWOT_STRATEGY,
}


@transaction.atomic
def save(row: Row, *, by: User, data: Content, version: int, source: str = ChangeSource.FORM, key: str = "") -> Row:
    """Store the answers in `data` that differ; see `written.save`. A cell of readiness is made by its first save."""
    return written.save(row, kind=KINDS[type(row)], by=by, data=data, version=version, source=source, key=key)


@transaction.atomic
def add(row: Row, *, by: User, data: Content, source: str = ChangeSource.FORM) -> Row:
    """Store a gap, an item or a strategy that is new, at the end of its list; see `written.add`."""
    return written.add(row, kind=KINDS[type(row)], by=by, data=data, source=source)


@transaction.atomic
def remove(row: WrittenRow, *, by: User) -> None:
    """Take a gap, an item or a strategy away; see `written.remove`."""
    written.remove(row, kind=KINDS[type(row)], by=by)


@transaction.atomic
def move(row: GapItem | SwotItem | SwotStrategy, *, by: User, step: int) -> None:
    """One place up or down among the gaps of the same sub-dimension, or the items or strategies of the same kind."""
    among = {"sub_dimension": row.sub_dimension_id} if isinstance(row, GapItem) else {"kind": row.kind}
    written.move(row, among=among, kind=KINDS[type(row)], by=by, step=step)


@transaction.atomic
def set_scale(plan: MasterPlan, *, by: User, levels: list[str], seen: list[str]) -> list[str]:
    """Give readiness another scale, from best to worst; returns it as stored.

    A level that is only called otherwise, in the same place of a scale of the same length, takes the cells along that
    were judged by it. Other cells keep their judgement, which is then outside the scale. `seen` is the scale the person
    saw. Raises PermissionDenied, ValidationError, EditConflict when somebody else changed it meanwhile.
    """
    require(by, Permission.EDIT_SECTIONS, plan.regency)
    refuse_locked(plan.pk)
    stored = MasterPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    old, new = stored.readiness_scale, _levels(levels)
    if new == old:
        return new
    if seen != old:
        raise EditConflict(current={"levels": old}, mine={"levels": new}, version=0)
    stored.readiness_levels = plan.readiness_levels = new
    stored.save(update_fields=["readiness_levels"])
    last = plan.writing_changes.filter(kind=WritingKind.READINESS_SCALE).aggregate(last=Max("version"))["last"]
    WritingChange.objects.create(
        master_plan=plan,
        kind=WritingKind.READINESS_SCALE,
        subject_id=plan.pk,
        version=(last or 0) + 1,
        before={"levels": old},
        after={"levels": new},
        by=by,
        by_role=byline(by, plan.regency),
    )
    pairs = zip(old, new, strict=True) if len(old) == len(new) else ()
    renamed = {before: after for before, after in pairs if before not in new and after not in old}
    for cell in plan.readiness_cells.filter(score__in=renamed):
        cell.master_plan = plan
        save(cell, by=by, data={"score": renamed[cell.score]}, version=cell.edit_version)
    return new


def _levels(levels: list[str]) -> list[str]:
    found = [clean_text(" ".join(level.split()), SCORE_LIMIT) for level in levels]
    found = [level for level in found if level]
    if not FEWEST_LEVELS <= len(found) <= MOST_LEVELS:
        raise ValidationError(
            f"Skala ini memuat {len(found)} tingkat. Tulis {FEWEST_LEVELS} sampai {MOST_LEVELS}, satu tiap baris."
        )
    if len({level.casefold() for level in found}) != len(found):
        raise ValidationError("Ada tingkat yang tertulis dua kali. Beri nama yang berbeda.")
    return found
