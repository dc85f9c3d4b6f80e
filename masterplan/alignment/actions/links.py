"""Proposing and deciding links between initiatives and development plans."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.access import require
from agencies.models import Membership, User
from agencies.roles import Permission
from masterplan import notifications
from masterplan.editing.actions.locking import refuse_locked
from masterplan.editing.actions.prerender import books_changed, sheet_changed
from masterplan.models import AlignmentLink, Indicator, Initiative, PlanElement
from masterplan.reference import EDITABLE_STATUSES, SENT_STATUSES, InitiativeStatus, Level, LinkState, PlanKind
from smartcity.common.text import clean_text

REASON_LIMIT = 600


@transaction.atomic
def propose(
    initiative: Initiative, *, element: PlanElement, by: User, indicator: Indicator | None = None, rationale: str = ""
) -> AlignmentLink:
    """Ask that `initiative` be tied to `element` (a program, or narrower) and perhaps to one of its indicators.

    Raises ValidationError when the element belongs elsewhere, is not a program, or is already linked.
    """
    _require_open(initiative, by)
    _refuse_foreign(initiative, element, indicator)
    try:
        with transaction.atomic():
            link = AlignmentLink.objects.create(
                initiative=initiative,
                element=element,
                indicator=indicator,
                rationale=clean_text(rationale, REASON_LIMIT),
                proposed_by=by,
            )
    except IntegrityError:
        raise ValidationError("Program ini sudah diusulkan untuk inisiatif ini.") from None
    _links_changed(initiative)
    return link


@transaction.atomic
def withdraw(link: AlignmentLink, *, by: User) -> None:
    """Remove a link that has not been decided. Decided ones stay on record."""
    _require_open(link.initiative, by)
    deleted, _ = AlignmentLink.objects.filter(pk=link.pk, state=LinkState.PROPOSED).delete()
    if not deleted:
        raise ValidationError("Tautan ini sudah diputuskan, jadi tidak dapat dihapus.")
    _links_changed(link.initiative)


@transaction.atomic
def decide(link: AlignmentLink, *, accept: bool, by: User, reason: str = "") -> AlignmentLink:
    """Accept or reject a link; a rejection tells the agency why. A decision may be changed until the approval; one
    about a program of a plan that follows always, because no approval rests on it.

    Raises PermissionDenied, and ValidationError where an approval, a missing reason or `obstacle_to_deciding` stands in
    the way.
    """
    require(by, Permission.DECIDE_ALIGNMENT, link.regency)
    if obstacle := obstacle_to_deciding(link, by):
        raise ValidationError(obstacle)
    if is_carried(link):
        refuse_locked(link.initiative.master_plan_id)
    else:
        _refuse_approved(link.initiative)
    text = clean_text(reason, REASON_LIMIT)
    if not accept and not text:
        raise ValidationError("Tulis alasan penolakan untuk perangkat daerah.")
    locked = AlignmentLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    locked.state = LinkState.ACCEPTED if accept else LinkState.REJECTED
    locked.decision_reason, locked.decided_by, locked.decided_at = text, by, timezone.now()
    try:
        with transaction.atomic():
            locked.save()
    except IntegrityError:
        raise ValidationError(
            "Program ini sudah diusulkan lagi untuk inisiatif ini. Putuskan usulan yang baru."
        ) from None
    notifications.link_decided(locked)
    _links_changed(link.initiative)
    return locked


@transaction.atomic
def waive(initiative: Initiative, *, reason: str, by: User) -> None:
    """Let an initiative stand without an RPJMD program, with a reason that is printed in the book."""
    require(by, Permission.DECIDE_ALIGNMENT, initiative.regency)
    _refuse_approved(initiative)
    text = clean_text(reason, REASON_LIMIT)
    if not text:
        raise ValidationError("Tulis alasan mengapa inisiatif ini tetap diperlukan tanpa program RPJMD.")
    Initiative.objects.filter(pk=initiative.pk).update(waiver_reason=text, waived_at=timezone.now(), waived_by=by)
    _links_changed(initiative)


@transaction.atomic
def revoke_waiver(initiative: Initiative, *, by: User) -> None:
    """Ask for an RPJMD program again."""
    require(by, Permission.DECIDE_ALIGNMENT, initiative.regency)
    _refuse_approved(initiative)
    Initiative.objects.filter(pk=initiative.pk).update(waiver_reason="", waived_at=None, waived_by=None)
    _links_changed(initiative)


def obstacle_to_deciding(link: AlignmentLink, user: User) -> str:
    """Why a coordinator leaves a link to another one: they proposed it themselves, and there is somebody else; or "".

    Where there is nobody else the work goes on, and the decision says that one person did both.
    """
    if link.proposed_by_id != user.pk:
        return ""
    if not Membership.objects.desk_of(link.regency).exclude(user=user).exists():
        return ""
    return "Anda yang mengusulkan tautan ini, jadi koordinator lain yang memutuskannya."


def is_carried(link: AlignmentLink) -> bool:
    """Whether a link leads to the RPJMD that follows the one its master plan answers to, or to a Renstra that follows
    one to which the initiative is tied.
    """
    plan = link.element.plan
    if plan.kind == PlanKind.RPJMD:
        return plan.pk != link.initiative.master_plan.development_plan_id
    others = link.initiative.links.exclude(state=LinkState.REJECTED).exclude(pk=link.pk)
    return plan.predecessor_id is not None and others.filter(element__plan=plan.predecessor_id).exists()


def _links_changed(initiative: Initiative) -> None:
    """A sheet prints its links; those of an initiative that was sent also stand in matrix and annexes."""
    if initiative.status in SENT_STATUSES:
        books_changed(initiative.master_plan)
    else:
        sheet_changed(initiative)


def _require_open(initiative: Initiative, by: User) -> None:
    """An agency proposes while it may edit; the coordinator also while reviewing."""
    require(by, Permission.EDIT_INITIATIVE, initiative.regency, initiative.lead_agency_id)
    current = lock_initiative(initiative)
    if current.status not in EDITABLE_STATUSES:
        require(by, Permission.DECIDE_ALIGNMENT, initiative.regency)


def _refuse_approved(initiative: Initiative) -> None:
    """An approval rests on its decided links, so they stand as long as it does."""
    current = lock_initiative(initiative)
    if current.status == InitiativeStatus.APPROVED:
        raise ValidationError("Inisiatif ini sudah disetujui. Kembalikan lebih dulu untuk mengubah keselarasannya.")


def _carries_on(initiative: Initiative, element: PlanElement) -> bool:
    """Whether a program of the RPJMD that follows goes on from one that the initiative is tied to."""
    if element.plan.predecessor_id != initiative.master_plan.development_plan_id:
        return False
    standing = initiative.links.exclude(state=LinkState.REJECTED)
    return element.predecessions.filter(old__in=standing.values("element")).exists()


def lock_initiative(initiative: Initiative) -> Initiative:
    """The row as it is now, under lock. Raises ValidationError while an adopted edition holds the plan."""
    refuse_locked(initiative.master_plan_id)
    return Initiative.objects.select_for_update(of=("self",)).get(pk=initiative.pk)


def _refuse_foreign(initiative: Initiative, element: PlanElement, indicator: Indicator | None) -> None:
    plan = element.plan
    if plan.regency_id != initiative.master_plan.regency_id:
        raise ValidationError("Program ini tidak ada di wilayah Anda.")
    if element.level not in (Level.PROGRAM, Level.ACTIVITY, Level.SUB_ACTIVITY):
        raise ValidationError("Pilih program, kegiatan, atau subkegiatan.")
    own = plan.pk == initiative.master_plan.development_plan_id
    if plan.kind == PlanKind.RPJMD and not own and not _carries_on(initiative, element):
        raise ValidationError("Pilih program dari RPJMD yang menjadi acuan rencana induk ini.")
    if indicator is not None and indicator.element_id != element.pk:
        raise ValidationError("Indikator ini bukan milik program yang dipilih.")
