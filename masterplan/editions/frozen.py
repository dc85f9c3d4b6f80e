"""An edition as the registry knows initiatives today: an answer that nobody was asked for when it was frozen is empty.

Whoever reads initiatives from the content of a snapshot, to print, tabulate or compare them, begins here. What was
frozen stays as it is: open data and fingerprints are made of that.
"""

from typing import Any

from masterplan.editions.schema import Row
from masterplan.registry import FIELDS, Kind


def with_every_answer(content: Row) -> Row:
    """The content with each answer of today's registry in every initiative; itself where none is missing."""
    rows = content["initiatives"]
    empty = _nothing_answered()
    if all(row.keys() >= empty.keys() for row in rows):
        return content
    return {**content, "initiatives": [_whole(row, empty) for row in rows]}


def _nothing_answered() -> dict[str, Any]:
    """An initiative of a snapshot without any answer."""
    answers = {key: field.empty for key, field in FIELDS.items()}
    labels = {f"{key}_label": "" for key, field in FIELDS.items() if field.kind is Kind.CHOICE}
    return answers | labels


def _whole(row: Row, empty: Row) -> Row:
    return {**row, **{key: value for key, value in empty.items() if key not in row}}
