"""The columns of an initiative as a written row, which the registry names, and how each kind of answer is written."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from masterplan.editing.actions.columns import FOREIGN, WrittenColumn
from masterplan.models import (
    Activity,
    Initiative,
    InitiativeIndicator,
    InitiativeTarget,
    Partner,
    QuickWinScore,
    QuickWinWorksheet,
    SubDimension,
    YearBudget,
)
from masterplan.registry import FIELDS, STORED_APART, Content, Field, Kind, normalise
from masterplan.registry.reading import read_field
from smartcity.common.numbers import exact_target
from smartcity.common.rich_text.limits import check_marks


def _own(queryset: Any, ids: list[int]) -> list[Any]:
    """The objects of `ids` within the regency; an id from elsewhere is refused as if it did not exist."""
    found = list(queryset.filter(pk__in=ids))
    if len(found) != len(set(ids)):
        raise ValidationError(FOREIGN)
    return found


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _write_agencies(initiative: Initiative, ids: list[int]) -> None:
    initiative.supporting_agencies.set(_own(initiative.regency.agencies, ids))


def _write_districts(initiative: Initiative, ids: list[int]) -> None:
    initiative.districts.set(_own(initiative.regency.districts, ids))


def _write_partners(initiative: Initiative, rows: list[Content]) -> None:
    initiative.partners.all().delete()
    Partner.objects.bulk_create(Partner(initiative=initiative, order=n, **row) for n, row in enumerate(rows))


def _write_activities(initiative: Initiative, rows: list[Content]) -> None:
    initiative.activities.all().delete()
    Activity.objects.bulk_create(
        Activity(
            initiative=initiative,
            order=n,
            name=row["name"],
            start=_date(row["start"]),
            end=_date(row["end"]),
            output=row["output"],
        )
        for n, row in enumerate(rows)
    )


def _write_indicators(initiative: Initiative, rows: list[Content]) -> None:
    initiative.indicators.all().delete()
    targets: list[InitiativeTarget] = []
    for n, row in enumerate(rows):
        columns = {key: row[key] for key in ("kind", "name", "unit", "baseline", "direction", "end_condition")}
        indicator = InitiativeIndicator.objects.create(initiative=initiative, order=n, **columns)
        targets += [
            InitiativeTarget(indicator=indicator, year=int(year), text=text, value=exact_target(text))
            for year, text in row["targets"].items()
        ]
    InitiativeTarget.objects.bulk_create(targets)


def _write_budgets(initiative: Initiative, rows: list[Content]) -> None:
    initiative.budgets.all().delete()
    YearBudget.objects.bulk_create(
        YearBudget(initiative=initiative, source=row["source"], year=int(year), amount=amount)
        for row in rows
        for year, amount in row["amounts"].items()
    )


def _write_worksheet(initiative: Initiative, sheet: Content | None) -> None:
    QuickWinWorksheet.objects.filter(initiative=initiative).delete()
    if sheet is None:
        return
    worksheet = QuickWinWorksheet.objects.create(
        initiative=initiative, deliverable=sheet["deliverable"], due_date=_date(sheet["due_date"])
    )
    QuickWinScore.objects.bulk_create(QuickWinScore(worksheet=worksheet, **row) for row in sheet["aspects"])


def _write_sub_dimension(initiative: Initiative, pk: int) -> None:
    _own(SubDimension.objects.available_to(initiative.regency), [pk])
    initiative.sub_dimension_id = pk


def _write_lead_agency(initiative: Initiative, pk: int) -> None:
    _own(initiative.regency.agencies, [pk])
    initiative.lead_agency_id = pk


_WRITERS: dict[Kind, Callable[[Initiative, Any], None]] = {
    Kind.SUB_DIMENSION: _write_sub_dimension,
    Kind.AGENCY: _write_lead_agency,
    Kind.AGENCIES: _write_agencies,
    Kind.DISTRICTS: _write_districts,
    Kind.PARTNERS: _write_partners,
    Kind.ACTIVITIES: _write_activities,
    Kind.INDICATORS: _write_indicators,
    Kind.BUDGETS: _write_budgets,
    Kind.WORKSHEET: _write_worksheet,
}


def _write_field(initiative: Initiative, field: Field, value: Any) -> None:
    """Put a plain value in its place. Columns are set on the object, which the caller saves; tables are replaced.

    Raises ValidationError for an id that is not of this regency, and for a text with too much of some mark.
    """
    if field.kind is Kind.RICH:
        check_marks(value)
    writer = _WRITERS.get(field.kind)
    if writer:
        writer(initiative, value)
    else:
        setattr(initiative, field.key, value)


class RegistryColumns(Mapping[str, WrittenColumn]):
    """A column for each question of the registry whose answer is saved with the form."""

    def __getitem__(self, key: str) -> WrittenColumn:
        field = FIELDS[key]
        if field.kind in STORED_APART:
            raise KeyError(key)
        return WrittenColumn(
            read=lambda initiative: read_field(initiative, field),
            clean=lambda initiative, value: normalise(field, value),
            write=lambda initiative, value: _write_field(initiative, field, value),
        )

    def __iter__(self) -> Iterator[str]:
        return (key for key, field in FIELDS.items() if field.kind not in STORED_APART)

    def __len__(self) -> int:
        return sum(1 for _ in self)
