"""Reads an initiative into the registry's plain form: JSON-able, dates ISO, money whole rupiah, objects by id.

The one module of the registry that knows tables.

Indicators are read with their targets in one query, a row for each target, and put together as they arrive: every page
of a whole initiative runs one query less, and the review stays at fifteen.
"""

from collections.abc import Callable, Iterable
from typing import Any

from masterplan.models import Initiative, InitiativeIndicator, evidence_of
from masterplan.reference import QuickWinAspect

from .catalogue import FIELDS
from .field import Content, Field, Kind


def _partners(initiative: Initiative) -> list[Content]:
    return [{"kind": p.kind, "name": p.name, "contribution": p.contribution} for p in initiative.partners.all()]


def _activities(initiative: Initiative) -> list[Content]:
    return [
        {
            "name": a.name,
            "start": a.start.isoformat() if a.start else None,
            "end": a.end.isoformat() if a.end else None,
            "output": a.output,
        }
        for a in initiative.activities.all()
    ]


def _indicators(initiative: Initiative) -> list[Content]:
    """The rows are those of `by_target`, read beforehand by `complete()` or now."""
    found: dict[int, Content] = {}
    rows: Iterable[InitiativeIndicator] | None = vars(initiative).get("indicator_rows")
    for row in initiative.indicators.by_target() if rows is None else rows:
        indicator = found.setdefault(
            row.pk,
            {
                "kind": row.kind,
                "name": row.name,
                "unit": row.unit,
                "baseline": row.baseline,
                "direction": row.direction,
                "targets": {},
                "end_condition": row.end_condition,
            },
        )
        if row.target_year is not None:
            indicator["targets"][str(row.target_year)] = row.target_text
    return list(found.values())


def _budgets(initiative: Initiative) -> list[Content]:
    by_source: dict[str, dict[str, int]] = {}
    for row in initiative.budgets.all():
        by_source.setdefault(row.source, {})[str(row.year)] = row.amount
    return [{"source": source, "amounts": amounts} for source, amounts in by_source.items()]


def _links(initiative: Initiative) -> list[Content]:
    return [
        {"element": link.element_id, "indicator": link.indicator_id, "state": link.state, "rationale": link.rationale}
        for link in initiative.links.all()
    ]


def _worksheet(initiative: Initiative) -> Content | None:
    worksheet = getattr(initiative, "worksheet", None)
    if worksheet is None:
        return None
    given = {a.aspect: a for a in worksheet.aspects.all()}
    return {
        "deliverable": worksheet.deliverable,
        "due_date": worksheet.due_date.isoformat() if worksheet.due_date else None,
        "aspects": [
            {"aspect": code, "score": given[code].score, "note": given[code].note}
            for code in QuickWinAspect.values
            if code in given
        ],
    }


def _evidence(initiative: Initiative) -> list[Content]:
    return [
        {
            "title": e.title,
            "name": e.original_name,
            "kind": e.file.kind,
            "size": e.file.size,
            "placement": e.placement,
            "sha256": e.file.sha256,
        }
        for e in evidence_of(initiative)
    ]


def _ids(name: str) -> Callable[[Initiative], list[int]]:
    return lambda initiative: sorted(obj.pk for obj in getattr(initiative, name).all())


# Kinds that are no column of the initiative; a kind that is neither here nor `SIMPLE` cannot be read.
READERS: dict[Kind, Callable[[Initiative], Any]] = {
    Kind.AGENCIES: _ids("supporting_agencies"),
    Kind.DISTRICTS: _ids("districts"),
    Kind.PARTNERS: _partners,
    Kind.ACTIVITIES: _activities,
    Kind.INDICATORS: _indicators,
    Kind.BUDGETS: _budgets,
    Kind.LINKS: _links,
    Kind.WORKSHEET: _worksheet,
    Kind.EVIDENCE: _evidence,
    Kind.SUB_DIMENSION: lambda initiative: initiative.sub_dimension_id,
    Kind.AGENCY: lambda initiative: initiative.lead_agency_id,
}


def read_field(initiative: Initiative, field: Field) -> Any:
    """The field's value in the registry's plain form (JSON-able; dates ISO, money whole rupiah, objects by id)."""
    reader = READERS.get(field.kind)
    return reader(initiative) if reader else getattr(initiative, field.key)


def read(initiative: Initiative, keys: Iterable[str] | None = None) -> Content:
    """The initiative's content by key, for all fields or only `keys`. Cheap on `Initiative.objects.complete()`."""
    return {key: read_field(initiative, FIELDS[key]) for key in (FIELDS if keys is None else keys)}
