"""Opening a master plan, correcting its title, years and vision, and opening it for the agencies.

A regency works on one plan at a time, the current one. Opening the plan for the next period ends work on the earlier
one; its initiatives stay and can be copied, its editions and books stay as they are.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from agencies.access import require
from agencies.models import Regency, User
from agencies.roles import Permission
from masterplan.editing.actions.columns import FOREIGN
from masterplan.editing.actions.locking import refuse_locked
from masterplan.editing.actions.prerender import books_changed
from masterplan.models import DevelopmentPlan, InitiativeTarget, MasterPlan, YearBudget
from masterplan.plans.actions.plans import VISION_LIMIT, checked_text, create_plan
from masterplan.reference import LinkState, PlanKind
from masterplan.sections.actions import outline

TITLE_LIMIT = 200
# The books print a column for each year; the method knows no plan of more than ten.
MOST_YEARS = 10


def suggested_title(regency: Regency) -> str:
    """The default title of a plan."""
    return f"Master Plan Smart City {regency.full_name}"


@transaction.atomic
def open_master_plan(
    regency: Regency, *, by: User, start_year: int, end_year: int, development_plan: DevelopmentPlan | None,
    new_rpjmd: Mapping[str, Any] | None = None, vision: str = "", title: str = "",
) -> MasterPlan:  # fmt: skip
    """The plan of a period with the outline of its books; it becomes the current one, an earlier one no longer is.

    It answers to `development_plan`, or to the RPJMD that `new_rpjmd` (title, start_year, end_year, legal_basis)
    registers first. Agencies begin initiatives only after `open_filling`. Raises PermissionDenied, and ValidationError
    by field: years out of order, more than MOST_YEARS, taken by another plan or not after the current one, an RPJMD of
    another regency or of other years.
    """
    require(by, Permission.EDIT_SECTIONS, regency)
    locked = Regency.objects.select_for_update().get(pk=regency.pk)
    if development_plan is None:
        development_plan = _register(locked, by=by, answers=new_rpjmd or {})
    current = locked.master_plans.filter(is_current=True).first()
    _check_years(locked, start_year, end_year)
    if current is not None and start_year <= current.start_year:
        raise ValidationError(
            {"start_year": f"Rencana berikutnya mulai sesudah {current.start_year}. Tulis tahun yang lebih kemudian."}
        )
    _check_rpjmd(locked, development_plan, start_year, end_year)
    locked.master_plans.filter(is_current=True).update(is_current=False)
    plan = MasterPlan.objects.create(
        regency=locked,
        development_plan=development_plan,
        title=_checked_title(locked, title),
        start_year=start_year,
        end_year=end_year,
        vision=checked_text({"vision": vision}, "vision", VISION_LIMIT),
    )
    outline.complete_outline(plan, by=by, bodies={})
    return plan


@transaction.atomic
def change_master_plan(
    plan: MasterPlan, *, by: User, start_year: int, end_year: int, development_plan: DevelopmentPlan | None,
    vision: str, title: str,
) -> bool:  # fmt: skip
    """Correct title, years, RPJMD and vision. Returns whether anything is new.

    Raises PermissionDenied, PlanLocked, and ValidationError by field, as `open_master_plan` does; also for years that
    would leave out money, targets or a time of some initiative, and for another RPJMD while initiatives are linked to
    the present one.
    """
    require(by, Permission.EDIT_SECTIONS, plan.regency)
    refuse_locked(plan.pk)
    locked = MasterPlan.objects.select_for_update(of=("self",)).select_related("regency").get(pk=plan.pk)
    _check_years(locked.regency, start_year, end_year, besides=locked.pk)
    _check_content_within(locked, start_year, end_year)
    _check_rpjmd(locked.regency, development_plan, start_year, end_year)
    assert development_plan is not None
    if development_plan.pk != locked.development_plan_id and (count := _linked_initiatives(locked)):
        sentence = f"Ada {count} inisiatif yang tertaut pada RPJMD yang sekarang. Alihkan dulu pada Peralihan RPJMD."
        raise ValidationError({"development_plan": sentence})
    values = {
        "title": _checked_title(locked.regency, title),
        "start_year": start_year,
        "end_year": end_year,
        "development_plan": development_plan,
        "vision": checked_text({"vision": vision}, "vision", VISION_LIMIT),
    }
    if all(getattr(locked, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(values))
    books_changed(locked)
    return True


@transaction.atomic
def make_current(plan: MasterPlan, *, by: User) -> bool:
    """Go on with a plan of another period; the one that was current no longer is. Returns whether that is new.

    Raises PermissionDenied.
    """
    require(by, Permission.EDIT_SECTIONS, plan.regency)
    regency = Regency.objects.select_for_update().get(pk=plan.regency_id)
    if regency.master_plans.get(pk=plan.pk).is_current:
        return False
    regency.master_plans.filter(is_current=True).update(is_current=False)
    regency.master_plans.filter(pk=plan.pk).update(is_current=True)
    return True


@transaction.atomic
def open_filling(plan: MasterPlan, *, by: User) -> bool:
    """Let agencies begin initiatives. Returns whether that is new. Raises PermissionDenied, PlanLocked."""
    require(by, Permission.EDIT_SECTIONS, plan.regency)
    refuse_locked(plan.pk)
    closed = plan.regency.master_plans.filter(pk=plan.pk, filling_opened_at=None)
    return bool(closed.update(filling_opened_at=timezone.now(), filling_opened_by=by))


def _register(regency: Regency, *, by: User, answers: Mapping[str, Any]) -> DevelopmentPlan:
    """Register the RPJMD that was entered with the plan, as a draft whose tree is imported later."""
    missing = {f"rpjmd_{key}": _REQUIRED[key] for key in _REQUIRED if not answers.get(key)}
    if missing:
        raise ValidationError(missing)
    start_year, end_year = answers["start_year"], answers["end_year"]
    if end_year < start_year:
        raise ValidationError({"rpjmd_end_year": _ends_early(start_year)})
    title = checked_text({"rpjmd_title": answers["title"]}, "rpjmd_title", TITLE_LIMIT)
    try:
        return create_plan(
            regency, by=by, kind=PlanKind.RPJMD, agency=None, title=title, start_year=start_year, end_year=end_year,
            legal_basis=answers.get("legal_basis", ""),
        )  # fmt: skip
    except ValidationError:
        sentence = f"RPJMD {start_year}–{end_year} sudah terdaftar. Pilih RPJMD itu dari daftar."
        raise ValidationError({"development_plan": sentence}) from None


_REQUIRED = {
    "title": "Tulis judul RPJMD yang didaftarkan, misalnya RPJMD Kabupaten Semarang 2025–2029.",
    "start_year": "Tulis tahun awal RPJMD, misalnya 2025.",
    "end_year": "Tulis tahun akhir RPJMD, misalnya 2029.",
}


def _ends_early(start_year: int) -> str:
    return f"Tahun akhir lebih awal dari tahun awal. Tulis {start_year} atau sesudahnya."


def _checked_title(regency: Regency, title: str) -> str:
    return checked_text({"title": title}, "title", TITLE_LIMIT) or suggested_title(regency)


def _check_years(regency: Regency, start_year: int, end_year: int, besides: int = 0) -> None:
    if end_year < start_year:
        raise ValidationError({"end_year": _ends_early(start_year)})
    if end_year - start_year >= MOST_YEARS:
        last = start_year + MOST_YEARS - 1
        raise ValidationError(
            {"end_year": f"Rencana induk paling lama {MOST_YEARS} tahun. Tulis {last} atau sebelumnya."}
        )
    same = regency.master_plans.filter(start_year=start_year, end_year=end_year)
    if same.exclude(pk=besides).exists():
        sentence = f"Rencana induk {start_year}–{end_year} sudah ada. Buka rencana itu, atau tulis tahun yang lain."
        raise ValidationError({"start_year": sentence})


def _check_rpjmd(regency: Regency, rpjmd: DevelopmentPlan | None, start_year: int, end_year: int) -> None:
    if rpjmd is None or rpjmd.regency_id != regency.pk or rpjmd.kind != PlanKind.RPJMD:
        raise ValidationError({"development_plan": FOREIGN})
    if rpjmd.end_year < start_year or rpjmd.start_year > end_year:
        sentence = f"{rpjmd.title} tidak memuat satu pun dari tahun {start_year}–{end_year}. Pilih RPJMD yang lain."
        raise ValidationError({"development_plan": sentence})


def _check_content_within(plan: MasterPlan, start_year: int, end_year: int) -> None:
    """Refuse years that would exclude amounts, targets or dates of initiatives."""
    if start_year <= plan.start_year and plan.end_year <= end_year:
        return
    first, last = plan.start_year, plan.end_year
    left_out = Q(year__gte=first, year__lt=start_year) | Q(year__gt=end_year, year__lte=last)
    timed = Q(start_year__gte=first, start_year__lt=start_year) | Q(end_year__gt=end_year, end_year__lte=last)
    holders = {
        *plan.initiatives.filter(timed).values_list("pk", flat=True),
        *YearBudget.objects.filter(left_out, initiative__master_plan=plan).values_list("initiative", flat=True),
        *InitiativeTarget.objects.filter(left_out, indicator__initiative__master_plan=plan).values_list(
            "indicator__initiative", flat=True
        ),
    }
    if holders:
        sentence = f"Ada {len(holders)} inisiatif yang memakai tahun di luar {start_year}–{end_year}. Ubah dulu isinya."
        raise ValidationError({"start_year" if start_year > first else "end_year": sentence})


def _linked_initiatives(plan: MasterPlan) -> int:
    """The number of initiatives linked to the RPJMD that the plan answers to."""
    counting = Q(links__element__plan=plan.development_plan_id) & ~Q(links__state=LinkState.REJECTED)
    return plan.initiatives.filter(counting).distinct().count()
