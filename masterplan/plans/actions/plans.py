"""Development plans as documents, and the rules that every node of one keeps."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from agencies.access import require
from agencies.models import Agency, Regency, User
from agencies.roles import Permission
from masterplan.editing.actions.columns import FOREIGN
from masterplan.models import (
    BudgetCeiling,
    DevelopmentPlan,
    Indicator,
    IndicatorTarget,
    PlanElement,
    Succession,
)
from masterplan.plans.importing.document import NOT_IN_KIND
from masterplan.reference import CHILD_LEVELS, Direction, Level, PlanKind, PlanStatus
from masterplan.registry import Content
from smartcity.common.numbers import exact_target
from smartcity.common.text import clean_text

CODE_LIMIT, NAME_LIMIT, VALUE_LIMIT, VISION_LIMIT = 30, 300, 60, 2_000
INDICATOR_COLUMNS = {"name": NAME_LIMIT, "unit": VALUE_LIMIT, "baseline": VALUE_LIMIT, "end_condition": VALUE_LIMIT}
TOO_HIGH_FOR_MONEY = "Pagu ditulis mulai dari jenjang program."


def allowed_levels(plan: DevelopmentPlan, parent: PlanElement | None) -> tuple[Level, ...]:
    """The levels that may stand below `parent`, or at the top of `plan`."""
    below = CHILD_LEVELS[parent.level if parent else None]
    return tuple(level for level in below if level not in NOT_IN_KIND[plan.kind])


@transaction.atomic
def create_plan(
    regency: Regency, *, by: User, kind: str, agency: Agency | None, title: str, start_year: int, end_year: int,
    legal_basis: str = "",
) -> DevelopmentPlan:  # fmt: skip
    """A document without nodes, as a draft; it follows the latest of its kind and agency that began before it.

    Raises PermissionDenied, and ValidationError where the period has one already or the agency is from elsewhere.
    """
    require(by, Permission.EDIT_DEVELOPMENT_PLAN, regency)
    if agency is not None and agency.regency_id != regency.pk:
        raise ValidationError(FOREIGN)
    same = {"kind": kind, "agency": agency, "start_year": start_year, "end_year": end_year}
    if regency.development_plans.filter(**same).exists():
        raise ValidationError(f"Dokumen {start_year}–{end_year} ini sudah ada. Buka dokumen itu, lalu impor ke sana.")
    before = regency.development_plans.filter(kind=kind, agency=agency, start_year__lt=start_year)
    return DevelopmentPlan.objects.create(
        regency=regency,
        title=title,
        legal_basis=legal_basis,
        status=PlanStatus.DRAFT,
        predecessor=before.order_by("-start_year").first(),
        **same,
    )


@transaction.atomic
def set_predecessor(plan: DevelopmentPlan, *, by: User, predecessor: DevelopmentPlan | None) -> bool:
    """Say which plan of the period before goes on in `plan`; None for none. Returns whether that is new.

    Raises PermissionDenied, and ValidationError for a plan that cannot come before it, and while nodes of the two are
    tied to each other.
    """
    require(by, Permission.EDIT_DEVELOPMENT_PLAN, plan.regency)
    locked = DevelopmentPlan.objects.select_for_update(of=("self",)).select_related("regency").get(pk=plan.pk)
    if locked.predecessor_id == (predecessor.pk if predecessor else None):
        return False
    if predecessor is not None and not predecessor_candidates(locked).filter(pk=predecessor.pk).exists():
        raise ValidationError({"predecessor": FOREIGN})
    if obstacles := obstacles_to_another_predecessor(locked):
        raise ValidationError(obstacles)
    DevelopmentPlan.objects.filter(pk=locked.pk).update(predecessor=predecessor)
    return True


def predecessor_candidates(plan: DevelopmentPlan) -> Any:
    """The plans that may come before `plan`, as a query: of its kind and begun earlier.

    A Renstra may go on from that of another agency, because agencies are renamed, merged and split.
    """
    rows = plan.regency.development_plans.filter(kind=plan.kind, start_year__lt=plan.start_year)
    return rows.select_related("agency").order_by("agency__order", "agency__name", "-start_year")


def obstacles_to_another_predecessor(plan: DevelopmentPlan) -> list[str]:
    """Why the plan keeps the predecessor that it has, a sentence for each reason; empty when it need not."""
    if plan.predecessor_id is None:
        return []
    counts = (
        (
            plan.elements.filter(replaces__plan=plan.predecessor_id).count(),
            "Ada {} unsur di sini yang menggantikan unsur pendahulunya. Ubah dulu pada unsur itu.",
        ),
        (
            Succession.objects.filter(old__plan=plan.predecessor_id, new__plan=plan).count(),
            "Ada {} padanan program dengan pendahulunya. Cabut dulu pada halaman Peralihan RPJMD dan Renstra.",
        ),
    )
    return [sentence.format(count) for count, sentence in counts if count]


@transaction.atomic
def set_vision(plan: DevelopmentPlan, *, by: User, vision: str) -> None:
    """Write down the vision of a plan that has none yet; one that is written stays. Raises PermissionDenied."""
    require(by, Permission.EDIT_DEVELOPMENT_PLAN, plan.regency)
    plan.regency.development_plans.filter(pk=plan.pk, vision="").update(vision=clean_text(vision, VISION_LIMIT))


def obstacles_to_deletion(element: PlanElement) -> list[str]:
    """Why the node cannot be removed, a sentence for each reason; empty when it can."""
    counts = (
        (element.children.count(), "Masih ada {} unsur di bawahnya. Hapus dulu, dari yang paling bawah."),
        (
            element.links.values("initiative").distinct().count(),
            "Ada {} inisiatif yang tertaut padanya. Tautan keselarasan tidak boleh kehilangan rujukannya.",
        ),
        (
            element.carried_out_by.count(),
            "Ada {} program Renstra yang melaksanakannya. Ubah dulu program RPJMD pada Renstra itu.",
        ),
        (
            element.replaced_by.count(),
            "Ada {} program periode berikutnya yang menggantikannya. Ubah dulu pada periode itu.",
        ),
    )
    return [sentence.format(count) for count, sentence in counts if count]


def possible_parents(element: PlanElement) -> Any:
    """The nodes of the plan below which `element` may stand, as a query."""
    levels = [level for level, below in CHILD_LEVELS.items() if level and element.level in below]
    return element.plan.elements.filter(level__in=levels)


def carried_out_candidates(element: PlanElement) -> Any:
    """The RPJMD programs that a Renstra program may carry out, as a query; none for other nodes."""
    plan = element.plan
    rows = PlanElement.objects.filter(plan__regency=plan.regency_id, plan__kind=PlanKind.RPJMD, level=Level.PROGRAM)
    if plan.kind != PlanKind.RENSTRA or element.level != Level.PROGRAM:
        return rows.none()
    return rows.filter(plan__start_year__lte=plan.end_year, plan__end_year__gte=plan.start_year)


def replaced_candidates(element: PlanElement) -> Any:
    """The nodes of the plan before this one that `element` may replace, as a query."""
    rows = PlanElement.objects.filter(level=element.level)
    return rows.filter(plan=element.plan.predecessor_id) if element.plan.predecessor_id else rows.none()


def code_is_taken(level: str, code: str) -> str:
    """What to say of a code that another node of the level has."""
    return f"Kode {code} sudah dipakai {Level(level).label.lower()} lain di dokumen ini. Tulis kode yang lain."


def checked_text(data: Content, key: str, limit: int) -> str:
    """A text of `data`, cleaned. Raises ValidationError at its key when it is too long."""
    try:
        return clean_text(data[key], limit)
    except ValidationError as error:
        raise ValidationError({key: error.messages}) from None


def fill_indicator(indicator: Indicator, row: Content, order: int, agencies: set[int]) -> Indicator:
    """The indicator with the values of `row`. Raises ValidationError for an agency that is not among `agencies`."""
    if row.get("agency") and row["agency"] not in agencies:
        raise ValidationError(FOREIGN)
    for column, limit in INDICATOR_COLUMNS.items():
        setattr(indicator, column, clean_text(row.get(column) or "", limit))
    indicator.direction = Direction(row.get("direction") or Direction.UP)
    indicator.agency_id, indicator.order = row.get("agency"), order
    return indicator


def refuse_twins(rows: list[Content]) -> None:
    """Raise ValidationError for an indicator without a name, or two of the same."""
    names = [row["name"] for row in rows]
    for name in names:
        if not name:
            raise ValidationError("Tulis nama setiap indikator, misalnya Persentase sampah yang terkelola.")
        if names.count(name) > 1:
            raise ValidationError(f"Indikator {name} ditulis dua kali. Gabungkan menjadi satu baris.")


def target_rows(indicator: Indicator, targets: dict[str, str]) -> list[IndicatorTarget]:
    """The targets of an indicator, not stored yet."""
    texts = {int(year): clean_text(text, VALUE_LIMIT) for year, text in targets.items()}
    return [
        IndicatorTarget(indicator=indicator, year=year, text=text, value=exact_target(text))
        for year, text in texts.items()
        if text
    ]


def ceiling_rows(element: PlanElement, amounts: dict[str, int | None]) -> list[BudgetCeiling]:
    """The ceilings of a node, not stored yet."""
    written = {int(year): amount for year, amount in amounts.items() if amount is not None}
    return [BudgetCeiling(element=element, year=year, amount=amount) for year, amount in written.items()]
