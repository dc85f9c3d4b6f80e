"""Carrying a master plan over to the RPJMD and Renstra that follow: what becomes of old programs, and new links.

Nothing is deleted: old links stand, new ones are proposed through `alignment` and decided as usual.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from agencies.access import require
from agencies.models import User
from agencies.roles import Permission
from masterplan.alignment.actions import links
from masterplan.alignment.carry_over import CarriedLink, Todo
from masterplan.models import AlignmentLink, MasterPlan, PlanElement, Succession
from masterplan.reference import Level, PlanKind


@dataclass(frozen=True)
class Result:
    """What became of one row, in a sentence."""

    done: bool
    sentence: str


@transaction.atomic
def decide_succession(
    old: PlanElement, *, plan: MasterPlan, successors: Collection[PlanElement], ended: bool, by: User
) -> Result:
    """Say in which new programs an old one goes on, or that none does; neither takes the decision back.

    Raises PermissionDenied, and ValidationError for both at once and for programs that are none of these plans.
    """
    require(by, Permission.DECIDE_ALIGNMENT, plan.regency)
    if ended and successors:
        raise ValidationError("Pilih program penerus, atau “tidak dilanjutkan”, jangan keduanya.")
    is_own = old.plan_id == plan.development_plan_id
    is_renstra = old.plan.kind == PlanKind.RENSTRA and old.plan.regency_id == plan.regency_id
    if not (is_own or is_renstra) or old.level != Level.PROGRAM:
        raise ValidationError(
            "Program ini bukan milik RPJMD yang menjadi acuan rencana induk, atau Renstra wilayahnya."
        )
    if any(not _follows(new, old) for new in successors):
        raise ValidationError(f"Program penerus harus program dari {old.plan.get_kind_display()} berikutnya.")
    held = {row.new_id for row in Succession.objects.select_for_update(of=("self",)).filter(old=old)}
    wanted: set[int | None] = {new.pk for new in successors} or ({None} if ended else set())
    if held == wanted:
        return Result(done=False, sentence="Tidak berubah.")
    Succession.objects.filter(old=old).delete()
    now = timezone.now()
    Succession.objects.bulk_create(
        Succession(old=old, new_id=pk, decided_by=by, decided_at=now) for pk in sorted(wanted, key=lambda pk: pk or 0)
    )
    if not wanted:
        return Result(done=True, sentence="Keputusan dicabut.")
    if ended:
        return Result(done=True, sentence="Tidak dilanjutkan.")
    return Result(done=True, sentence=f"Dilanjutkan oleh {', '.join(new.code or new.text for new in successors)}.")


def _follows(new: PlanElement, old: PlanElement) -> bool:
    return new.level == Level.PROGRAM and new.plan.kind == old.plan.kind and new.plan.predecessor_id == old.plan_id


@transaction.atomic
def propose_successors(step: CarriedLink, *, by: User) -> Result:
    """Propose for the initiative of a link the programs that carry on its old one, with the reason carried over.

    A row that cannot be carried stays as it is and says why. Raises PermissionDenied.
    """
    link = step.link
    require(by, Permission.DECIDE_ALIGNMENT, link.initiative.regency)
    if step.todo is not Todo.PROPOSE:
        return Result(done=False, sentence=f"Dilewati: {step.label.lower()}.")
    try:
        with transaction.atomic():
            made = [_proposed(link, new, by=by) for new in step.missing]
    except ValidationError as error:
        return Result(done=False, sentence=" ".join(error.messages))
    return Result(
        done=True, sentence=f"Diusulkan ke {', '.join(new.element.code or new.element.text for new in made)}."
    )


def _proposed(link: AlignmentLink, new: PlanElement, *, by: User) -> AlignmentLink:
    """A link to `new`, with its indicator of the same name where the old link named one."""
    indicator = new.indicators.filter(name=link.indicator.name).first() if link.indicator else None
    old = link.element
    carried = f"Melanjutkan {old.code} {old.text}".strip() + "."
    rationale = f"{carried} {link.rationale}".strip()[: links.REASON_LIMIT]
    return links.propose(link.initiative, element=new, indicator=indicator, rationale=rationale, by=by)
