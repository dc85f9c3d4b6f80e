"""Changing a development plan node by node. Many nodes at once are added in `plan_trees`, by the same rules."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from agencies.access import require
from agencies.models import Agency, Regency, User
from agencies.roles import Permission
from masterplan.models import (
    TEXT_LIMIT,
    AlignmentLink,
    BudgetCeiling,
    DevelopmentPlan,
    Indicator,
    IndicatorTarget,
    PlanElement,
    Succession,
)
from masterplan.plans.importing.document import NOT_IN_KIND
from masterplan.reference import CHILD_LEVELS, Direction, Level, PlanKind, PlanStatus
from smartcity.common.numbers import exact_target
from smartcity.common.text import clean_text

Content = dict[str, Any]

CODE_LIMIT, NAME_LIMIT, VALUE_LIMIT, VISION_LIMIT = 30, 300, 60, 2_000
_INDICATOR_COLUMNS = {"name": NAME_LIMIT, "unit": VALUE_LIMIT, "baseline": VALUE_LIMIT, "end_condition": VALUE_LIMIT}
TOO_HIGH_FOR_MONEY = "Pagu ditulis mulai dari jenjang program."
FOREIGN = "Pilihan ini tidak ada di wilayah Anda. Muat ulang halaman, lalu pilih lagi."


class ElementConflict(Exception):
    """Somebody else saved this node since it was opened; what they saved is here, nothing was written."""

    def __init__(self, *, current: PlanElement) -> None:
        super().__init__("Unsur rencana ini diubah orang lain.")
        self.current = current


def allowed_levels(plan: DevelopmentPlan, parent: PlanElement | None) -> tuple[Level, ...]:
    """The levels that may stand below `parent`, or at the top of `plan`."""
    below = CHILD_LEVELS[parent.level if parent else None]
    return tuple(level for level in below if level not in NOT_IN_KIND[plan.kind])


def content_of(element: PlanElement) -> Content:
    """A node as plain values, in the form in which `save_element` takes them. Ids for what it points to."""
    indicators = [
        {
            "id": indicator.pk,
            **{column: getattr(indicator, column) for column in _INDICATOR_COLUMNS},
            "direction": indicator.direction,
            "agency": indicator.agency_id,
            "targets": {str(target.year): target.text for target in indicator.targets.all()},
        }
        for indicator in element.indicators.prefetch_related("targets")
    ]
    return {
        "parent": element.parent_id,
        "code": element.code,
        "text": element.text,
        "agency": element.agency_id,
        "carries_out": element.carries_out_id,
        "replaces": element.replaces_id,
        "is_sample": element.is_sample,
        "indicators": indicators,
        "ceilings": {str(ceiling.year): ceiling.amount for ceiling in element.ceilings.all()},
    }


@transaction.atomic
def create_element(*, plan: DevelopmentPlan, parent: PlanElement | None, by: User, data: Content) -> PlanElement:
    """Add a node of level `data["level"]` below `parent` (None: at the top) with the values of `content_of`.

    The same node sent twice is made once. Raises PermissionDenied, or ValidationError with a sentence: for a level that
    may not stand there, a code that is taken, an id from elsewhere, a text that is too long.
    """
    require(by, Permission.EDIT_DEVELOPMENT_PLAN, plan.regency)
    locked = DevelopmentPlan.objects.select_for_update(of=("self",)).select_related("regency").get(pk=plan.pk)
    if parent is not None and parent.plan_id != locked.pk:
        raise ValidationError(FOREIGN)
    level = data.get("level")
    if level not in allowed_levels(locked, parent):
        raise ValidationError({"level": "Jenjang ini tidak dapat berdiri di sini. Pilih jenjang lain."})
    element = PlanElement(plan=locked, parent=parent, level=level, is_sample=locked.is_sample)
    _write_columns(element, {"text": "", **{key: value for key, value in data.items() if key != "parent"}})
    same = {key: getattr(element, key) for key in ("plan", "parent", "level", "code", "text")}
    twin = PlanElement.objects.filter(**same).first()
    return twin or _store(element, data)


@transaction.atomic
def save_element(element: PlanElement, *, by: User, data: Content, version: int) -> PlanElement:
    """Store those values of `content_of` that `data` holds. `version` is the `edit_version` the person saw.

    A new `parent` must be of the level above, so no node can come to stand below itself. Raises PermissionDenied,
    ElementConflict when stale, ValidationError as `create_element` does, and for an indicator that a link names and
    that is missing from `data["indicators"]`. Saving nothing new changes nothing.
    """
    locked = PlanElement.objects.select_for_update(of=("self",)).select_related("plan__regency").get(pk=element.pk)
    require(by, Permission.EDIT_DEVELOPMENT_PLAN, locked.regency)
    if _says_nothing_new(data, content_of(locked)):
        return locked
    if locked.edit_version != version:
        raise ElementConflict(current=locked)
    _write_columns(locked, data)
    locked.edit_version += 1
    return _store(locked, data)


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


@transaction.atomic
def delete_element(element: PlanElement, *, by: User) -> None:
    """Remove a node with its indicators and ceilings. Raises ValidationError while other things hang on it."""
    locked = PlanElement.objects.select_for_update(of=("self",)).select_related("plan__regency").get(pk=element.pk)
    require(by, Permission.EDIT_DEVELOPMENT_PLAN, locked.regency)
    obstacles = obstacles_to_deletion(locked)
    if obstacles:
        raise ValidationError(obstacles)
    locked.delete()


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


def _says_nothing_new(data: Content, current: Content) -> bool:
    """Whether `data` is what is stored already. New rows have no ids yet, so ids do not count."""

    def comparable(key: str, value: Any) -> Any:
        return [{**row, "id": None} for row in value] if key == "indicators" else value

    return all(comparable(key, current.get(key)) == comparable(key, value) for key, value in data.items())


def _write_columns(element: PlanElement, data: Content) -> None:
    """Put the plain columns and relations of `data` on the object, which the caller stores."""
    if "text" in data:
        element.text = checked_text(data, "text", TEXT_LIMIT)
        if not element.text:
            raise ValidationError({"text": "Tulis uraiannya, misalnya Program Pengelolaan Persampahan."})
    if "code" in data:
        element.code = checked_text(data, "code", CODE_LIMIT)
    if "is_sample" in data:
        element.is_sample = bool(data["is_sample"])
    regency = element.plan.regency
    candidates: dict[str, Any] = {
        "agency": regency.agencies.all(),
        "parent": possible_parents(element),
        "carries_out": carried_out_candidates(element),
        "replaces": replaced_candidates(element),
    }
    for key, rows in candidates.items():
        if key in data:
            setattr(element, key, _one_of(rows, data[key], key))
    if element.parent_id is None and element.level not in allowed_levels(element.plan, None):
        raise ValidationError({"parent": "Pilih induknya: jenjang ini tidak dapat berdiri paling atas."})


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


def _store(element: PlanElement, data: Content) -> PlanElement:
    """Write the row, then the tables of `data`."""
    try:
        with transaction.atomic():
            element.save()
    except IntegrityError:
        raise ValidationError({"code": code_is_taken(element.level, element.code)}) from None
    if "indicators" in data:
        _write_indicators(element, data["indicators"])
    if "ceilings" in data:
        _write_ceilings(element, data["ceilings"])
    return element


def code_is_taken(level: str, code: str) -> str:
    """What to say of a code that another node of the level has."""
    return f"Kode {code} sudah dipakai {Level(level).label.lower()} lain di dokumen ini. Tulis kode yang lain."


def checked_text(data: Content, key: str, limit: int) -> str:
    """A text of `data`, cleaned. Raises ValidationError at its key when it is too long."""
    try:
        return clean_text(data[key], limit)
    except ValidationError as error:
        raise ValidationError({key: error.messages}) from None


def _one_of(rows: Any, pk: int | None, key: str) -> Any:
    if pk is None:
        return None
    found = rows.filter(pk=pk).first()
    if found is None:
        raise ValidationError({key: FOREIGN})
    return found


def _write_indicators(element: PlanElement, rows: list[Content]) -> None:
    """Keep indicators that links may name, in place; those missing from `rows` go, unless a link names them."""
    stored = {indicator.pk: indicator for indicator in element.indicators.all()}
    if {row["id"] for row in rows if row.get("id")} - set(stored):
        raise ValidationError(FOREIGN)
    refuse_twins(rows)
    _remove_indicators(stored[pk] for pk in stored if pk not in {row.get("id") for row in rows})
    agencies = {agency.pk for agency in element.plan.regency.agencies.all()}
    for order, row in enumerate(rows):
        indicator = stored.get(row.get("id") or 0) or Indicator(element=element)
        fill_indicator(indicator, row, order, agencies)
        _store_indicator(indicator)
        _write_targets(indicator, row.get("targets", {}))


def fill_indicator(indicator: Indicator, row: Content, order: int, agencies: set[int]) -> Indicator:
    """The indicator with the values of `row`. Raises ValidationError for an agency that is not among `agencies`."""
    if row.get("agency") and row["agency"] not in agencies:
        raise ValidationError(FOREIGN)
    for column, limit in _INDICATOR_COLUMNS.items():
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


def _remove_indicators(indicators: Iterable[Indicator]) -> None:
    for indicator in indicators:
        linked = AlignmentLink.objects.filter(indicator=indicator).values("initiative").distinct().count()
        if linked:
            raise ValidationError(
                f"Indikator {indicator.name} dirujuk {linked} inisiatif, jadi tidak dapat dihapus. Ubah isinya saja."
            )
        indicator.delete()


def _store_indicator(indicator: Indicator) -> None:
    try:
        with transaction.atomic():
            indicator.save()
    except IntegrityError:
        sentence = f"Nama {indicator.name} masih dipakai indikator lain di sini. Ubah nama yang lain itu lebih dulu."
        raise ValidationError(sentence) from None


def _write_targets(indicator: Indicator, targets: dict[str, str]) -> None:
    indicator.targets.all().delete()
    IndicatorTarget.objects.bulk_create(target_rows(indicator, targets))


def target_rows(indicator: Indicator, targets: dict[str, str]) -> list[IndicatorTarget]:
    """The targets of an indicator, not stored yet."""
    texts = {int(year): clean_text(text, VALUE_LIMIT) for year, text in targets.items()}
    return [
        IndicatorTarget(indicator=indicator, year=year, text=text, value=exact_target(text))
        for year, text in texts.items()
        if text
    ]


def _write_ceilings(element: PlanElement, amounts: dict[str, int | None]) -> None:
    rows = ceiling_rows(element, amounts)
    if rows and not element.bears_money:
        raise ValidationError(TOO_HIGH_FOR_MONEY)
    element.ceilings.all().delete()
    BudgetCeiling.objects.bulk_create(rows)


def ceiling_rows(element: PlanElement, amounts: dict[str, int | None]) -> list[BudgetCeiling]:
    """The ceilings of a node, not stored yet."""
    written = {int(year): amount for year, amount in amounts.items() if amount is not None}
    return [BudgetCeiling(element=element, year=year, amount=amount) for year, amount in written.items()]
