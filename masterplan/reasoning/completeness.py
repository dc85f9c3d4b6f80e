"""How complete many initiatives are: only as much of their answers as that question needs, in light rows.

What counts as filled in is said in `masterplan.registry.completeness` alone. Four queries whatever the number of
initiatives; with all tables as models 300 initiatives would cost more than the page they stand on.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Left

from masterplan.models import Activity, AlignmentLink, InitiativeIndicator, InitiativeTarget, QuickWinScore, YearBudget
from masterplan.models.initiatives.initiative import Initiative, InitiativeQuerySet
from masterplan.reference import LinkState, PlanKind
from masterplan.registry import FIELDS, Content, Kind
from masterplan.registry.completeness import share_filled

_TEXTS = (Kind.LINE, Kind.TEXT, Kind.RICH)
_VALUES = (Kind.CHOICE, Kind.YEAR, Kind.YES_NO)
_OBJECTS = (Kind.SUB_DIMENSION, Kind.AGENCY)


def _keys(kinds: Collection[Kind]) -> list[str]:
    return [key for key, field in FIELDS.items() if field.kind in kinds]


def completeness_of(initiatives: InitiativeQuerySet) -> dict[int, int]:
    """Weighted share of required answers in whole percent, by the id of the initiative."""
    found = {row["pk"]: row for row in _plain(initiatives)}
    keys = list(found)
    activities = Activity.objects.filter(initiative__in=keys).order_by()
    activity_rows = _grouped(activities.values_list("initiative", "start", "end"), "start", "end")
    indicators = InitiativeIndicator.objects.filter(initiative__in=keys).order_by()
    targets = Exists(InitiativeTarget.objects.filter(indicator=OuterRef("pk")))
    columns = ("kind", "name", "unit")
    indicator_rows = _grouped(indicators.values_list("initiative", *columns, targets), *columns, "targets")
    scores = QuickWinScore.objects.filter(worksheet__initiative__in=keys).order_by()
    score_rows = _grouped(scores.values_list("worksheet__initiative", "aspect", "score"), "aspect", "score")
    return {
        pk: share_filled(
            _content(row, activity_rows[pk], indicator_rows[pk], score_rows[pk]),
            rpjmd_proposed=row["_linked"] or bool(row["waived_at"]),
        )
        for pk, row in found.items()
    }


def _plain(initiatives: InitiativeQuerySet) -> Any:
    """The columns, of texts no more than the first letter; and whether there is any row in the other tables."""
    standing = AlignmentLink.objects.exclude(state=LinkState.REJECTED).filter(element__plan__kind=PlanKind.RPJMD)
    places = Initiative.districts.through.objects.filter(initiative=OuterRef("pk"))
    return initiatives.order_by().values(
        "pk",
        "waived_at",
        "worksheet",
        "worksheet__due_date",
        *_keys(_VALUES + _OBJECTS),
        _deliverable=Left(F("worksheet__deliverable"), 1),
        _districts=Exists(places),
        _budgets=Exists(YearBudget.objects.filter(initiative=OuterRef("pk"))),
        _linked=Exists(standing.filter(initiative=OuterRef("pk"))),
        **{f"_{key}": Left(F(key), 1) for key in _keys(_TEXTS)},
    )


def _content(
    row: dict[str, Any], activities: list[Content], indicators: list[Content], scores: list[Content]
) -> Content:
    worksheet = {"deliverable": row["_deliverable"], "due_date": row["worksheet__due_date"], "aspects": scores}
    return {
        **{key: row[f"_{key}"] for key in _keys(_TEXTS)},
        **{key: row[key] for key in _keys(_VALUES + _OBJECTS)},
        "districts": [True] if row["_districts"] else [],
        "budgets": [True] if row["_budgets"] else [],
        "activities": activities,
        "indicators": indicators,
        "worksheet": worksheet if row["worksheet"] else None,
    }


def _grouped(rows: Iterable[tuple[Any, ...]], *keys: str) -> defaultdict[int, list[Content]]:
    """Rows that begin with the id of their initiative, as mappings by that id."""
    found: defaultdict[int, list[Content]] = defaultdict(list)
    for pk, *values in rows:
        found[pk].append(dict(zip(keys, values, strict=True)))
    return found
