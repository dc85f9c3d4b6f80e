"""The rows of a stored reading that a person may correct, and the nodes below which each may be put."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from masterplan.plans.importing.corrections.corrections import Correction, correction_key, ref_of
from masterplan.reference import CHILD_LEVELS, Level

Json = dict[str, Any]
# Parents that are offered for a row, of each level.
_MOST_OF_A_LEVEL = 60


class FileRow(NamedTuple):
    """A row of the file: what stands there, and the level it was read as, "" where it is no node."""

    sheet: str
    row: int
    column: int
    text: str
    level: str = ""


def row_at(result: Json, answers: Mapping[str, Json], sheet: str, row: int, column: int) -> FileRow | None:
    """The row of a node, a doubt, a skipped row or a correction; None for any other."""
    for step in result.get("steps", []):
        if (step["sheet"], step["row"]) == (sheet, row) and column in (0, step["column"]):
            return FileRow(sheet, row, column, f"{step['code']} {step['text']}".strip(), step["level"])
    for kind, words in (("skipped", "text"), ("doubts", "sentence")):
        for each in result.get(kind, []):
            if row and not column and (each["sheet"], each["row"]) == (sheet, row):
                return FileRow(sheet, row, column, each[words])
    return FileRow(sheet, row, column, "") if keys_of(answers, sheet, row, column) else None


def keys_of(answers: Mapping[str, Json], sheet: str, row: int, column: int) -> list[str]:
    """The keys of the corrections of a cell, and of its row as a whole; for a column of 0 all those of the row."""
    if column:
        return [key for each in (column, 0) if (key := correction_key(sheet, row, each)) in answers]
    places = ((key, ref_of(key)) for key in answers)
    return [key for key, place in places if place is not None and (place.sheet, place.row) == (sheet, row)]


def correction_at(answers: Mapping[str, Json], sheet: str, row: int, column: int) -> Correction:
    """What somebody said of a row."""
    given = next((answers[key] for key in keys_of(answers, sheet, row, column)), {})
    return Correction(given.get("answer", ""), given.get("parent", ""))


def corrected_rows(answers: Mapping[str, Json]) -> set[tuple[str, int]]:
    """Sheet and row of all corrections."""
    return {(place.sheet, place.row) for key in answers if (place := ref_of(key)) is not None}


def parents_for(result: Json, sheets: Sequence[str], row: FileRow) -> list[Json]:
    """The nodes that begin above a row and may hold others: the nearest of each level, in the order of the file."""
    order = {sheet: number for number, sheet in enumerate(sheets)}
    here = (order.get(row.sheet, len(order)), row.row)
    found: dict[str, list[tuple[tuple[int, int], Json]]] = {}
    for step in result.get("steps", []):
        at = (order.get(step["sheet"], len(order)), step["row"])
        if step["row"] and at < here and CHILD_LEVELS[step["level"]]:
            found.setdefault(step["level"], []).append((at, step))
    near = [pair for pairs in found.values() for pair in sorted(pairs, key=_place)[-_MOST_OF_A_LEVEL:]]
    return [step for _, step in sorted(near, key=_place)]


def _place(pair: tuple[tuple[int, int], Json]) -> tuple[int, int]:
    return pair[0]


def fits_below(level: str, parent: Json) -> bool:
    """Whether a node of a level may hang below that of a step."""
    return bool(level) and Level(level) in CHILD_LEVELS[parent["level"]]
