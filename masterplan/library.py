"""The library of model initiatives: written examples for every sub-dimension, to begin a draft from.

The texts are data (`reference_data/model_initiatives`); they are models and never facts about a regency. What a person
must put in stands in square brackets: "[sebutkan jumlah ...]". Making a draft of one is the business of `actions`.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from masterplan.models import Activity, Initiative, InitiativeIndicator, InitiativeTarget, Partner
from masterplan.reference import DIMENSIONS, DimensionKind, Direction, IndicatorKind, PartnerKind, SubDimensionKind
from masterplan.registry import FIELDS, Content, Field, Kind, is_empty, texts_in
from masterplan.registry.reading import read_field
from masterplan.year_shift import month_end, month_start
from smartcity.common.numbers import parse_target
from smartcity.common.reading import Unreadable

FOLDER = Path(__file__).resolve().parent / "reference_data" / "model_initiatives"

# What somebody must still replace: square brackets that begin with a request, or dots and lines left to be filled in.
PLACEHOLDER = re.compile(r"\[(?:sebutkan|tuliskan|tulis|isi|pilih)\b[^\]]*\]|_{3,}|\.{4,}|…{2,}", re.IGNORECASE)

# Kinds that a model answers; names of agencies, places and programs are local and never part of one.
_TEXTS = (Kind.TEXT, Kind.RICH, Kind.LINE)
_ANSWERED = (*_TEXTS, Kind.CHOICE, Kind.PARTNERS, Kind.ACTIVITIES, Kind.INDICATORS)
# A choice may rightly stay as the model has it, and the name is asked for when the draft begins.
_COMPARED = (*_TEXTS, Kind.PARTNERS, Kind.ACTIVITIES, Kind.INDICATORS)


@dataclass(frozen=True)
class ModelInitiative:
    """One model. `answers` holds registry values, with months and targets counted from the first year."""

    key: str
    dimension: DimensionKind
    sub_dimension: SubDimensionKind
    summary: str
    answers: Content

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.answers["name"])

    def content(self, first_year: int, years: range) -> Content:
        """The answers as registry values, beginning in `first_year`; what leaves `years` stays open."""
        answers = {key: value for key, value in self.answers.items() if not is_empty(value)}
        answers["activities"] = [_activity(row, first_year, years) for row in self.answers["activities"]]
        answers["indicators"] = [_indicator(row, first_year, years) for row in self.answers["indicators"]]
        last = max(row["to"][0] for row in self.answers["activities"])
        answers |= {"start_year": first_year, "end_year": min(first_year + last - 1, years[-1])}
        return answers

    def shown(self) -> list[tuple[Field, Any]]:
        """The answers in the order of the form, for reading; months and targets as the model counts them."""
        return [(field, self.answers[key]) for key, field in FIELDS.items() if not is_empty(self.answers.get(key))]


def _activity(row: Content, first_year: int, years: range) -> Content:
    (start, start_month), (end, end_month) = row["from"], row["to"]
    first, last = first_year + start - 1, first_year + end - 1
    inside = first in years and last in years
    return {
        "name": row["name"],
        "start": month_start(first, start_month) if inside else None,
        "end": month_end(last, end_month) if inside else None,
        "output": row["output"],
    }


def _indicator(row: Content, first_year: int, years: range) -> Content:
    targets = {str(first_year + n): text for n, text in enumerate(row["targets"]) if first_year + n in years}
    words = {key: row[key] for key in ("kind", "name", "unit", "direction")}
    return {**words, "baseline": "", "targets": targets, "end_condition": list(targets.values())[-1] if targets else ""}


# Reading --------------------------------------------------------------------------------------------------------------


@cache
def models() -> tuple[ModelInitiative, ...]:
    """All models in the order of the dimensions. Raises ValueError naming what is wrong in the data."""
    places = {sub.key: (dimension, sub) for dimension in DIMENSIONS for sub in dimension.sub_dimensions}
    rows = [row for path in sorted(FOLDER.glob("*.json")) for row in json.loads(path.read_text(encoding="utf-8"))]
    faults = [f"{row.get('key')}: {fault}" for row in rows for fault in faults_of(row)]
    if faults:
        raise ValueError("; ".join(faults))
    order = list(places)
    rows.sort(key=lambda row: order.index(row["sub_dimension"]))
    return tuple(
        ModelInitiative(row["key"], *places[row["sub_dimension"]], row["summary"], row["answers"]) for row in rows
    )


def find(key: str) -> ModelInitiative | None:
    """The model of that key, or None."""
    return next((model for model in models() if model.key == key), None)


def search(words: str, dimension: str = "") -> list[ModelInitiative]:
    """The models of a dimension (its code; all when "") in which every word stands."""
    wanted = words.casefold().split()
    return [
        model
        for model in models()
        if dimension in ("", model.dimension.code) and all(word in _words_of(model) for word in wanted)
    ]


def _words_of(model: ModelInitiative) -> str:
    place = (model.dimension.name, model.sub_dimension.name, model.summary)
    return " ".join((*place, *texts_in(model.answers))).casefold()


# Judging the data -----------------------------------------------------------------------------------------------------


def faults_of(row: Content) -> list[str]:
    """What is wrong with an entry of the data: unknown questions, texts beyond their limit, targets nobody can read."""
    known = {sub.key for dimension in DIMENSIONS for sub in dimension.sub_dimensions}
    answers: Content = row.get("answers", {})
    faults = [] if row.get("sub_dimension") in known else [f"sub-dimensi {row.get('sub_dimension')} tidak ada"]
    faults += [f"{key} tidak ada di daftar isian" for key in answers if key not in FIELDS]
    for key, value in answers.items():
        if key in FIELDS:
            faults += [f"{key}: {fault}" for fault in _faults_of_answer(FIELDS[key], value)]
    return faults


def _faults_of_answer(field: Field, value: Any) -> Iterator[str]:
    if field.kind not in _ANSWERED:
        yield "jenis isian ini setempat, tidak dapat dicontohkan"
    elif field.kind in _TEXTS:
        if len(value) > field.limit:
            yield f"{len(value)} karakter, batasnya {field.limit}"
    elif field.kind is Kind.CHOICE:
        if value not in dict(field.choices):
            yield f"pilihan {value} tidak ada"
    else:
        for number, row in enumerate(value, 1):
            yield from (f"baris {number}: {fault}" for fault in _ROW_FAULTS[field.kind](row))


def _too_long(row: Content, limits: dict[str, int]) -> Iterator[str]:
    return (f"{key} terlalu panjang" for key, limit in limits.items() if len(row[key]) > limit)


def _limits(model: type[Any], *columns: str) -> dict[str, int]:
    return {column: int(model._meta.get_field(column).max_length) for column in columns}


def _partner_faults(row: Content) -> Iterator[str]:
    yield from _too_long(row, _limits(Partner, "name", "contribution"))
    if row["kind"] not in PartnerKind.values:
        yield f"jenis mitra {row['kind']} tidak ada"


def _activity_faults(row: Content) -> Iterator[str]:
    yield from _too_long(row, _limits(Activity, "name", "output"))
    if not ([1, 1] <= row["from"] <= row["to"] and all(1 <= when[1] <= 12 for when in (row["from"], row["to"]))):
        yield "bulan mulai dan selesai tidak berurutan"


def _indicator_faults(row: Content) -> Iterator[str]:
    yield from _too_long(row, _limits(InitiativeIndicator, "name", "unit"))
    if row["kind"] not in IndicatorKind.values or row["direction"] not in Direction.values or not row["unit"]:
        yield "jenis, arah, atau satuan tidak ada"
    longest = _limits(InitiativeTarget, "text")["text"]
    for text in row["targets"]:
        try:
            parse_target(text)
        except Unreadable:
            yield f"target {text} tidak terbaca"
        if len(text) > longest:
            yield f"target {text} terlalu panjang"


_ROW_FAULTS = {
    Kind.PARTNERS: _partner_faults,
    Kind.ACTIVITIES: _activity_faults,
    Kind.INDICATORS: _indicator_faults,
}


# What is still the model's --------------------------------------------------------------------------------------------


def not_adapted(initiative: Initiative) -> frozenset[str]:
    """Keys of the answers that are still word for word those of the model the initiative began from.

    Years do not count: they were moved when the draft began. Empty for an initiative that began from no model.
    """
    model = find(initiative.model_key) if initiative.model_key else None
    if model is None:
        return frozenset()
    return frozenset(
        key
        for key, value in model.answers.items()
        if key in FIELDS
        and key != "name"
        and FIELDS[key].kind in _COMPARED
        and not is_empty(value)
        and _essence(key, read_field(initiative, FIELDS[key])) == _essence(key, value)
    )


_ESSENCE = {
    "partners": ("kind", "name", "contribution"),
    "activities": ("name", "output"),
    "indicators": ("kind", "name", "unit", "direction"),
}


def _essence(key: str, value: Any) -> Any:
    columns = _ESSENCE.get(key)
    return [[row[column] for column in columns] for row in value] if columns else value


def placeholders(text: str) -> list[str]:
    """The requests in a text that nobody has answered yet, as they stand there."""
    return PLACEHOLDER.findall(text)
