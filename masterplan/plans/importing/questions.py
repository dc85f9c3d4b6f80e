"""Cells that can mean more than one thing: each is named, may be answered, and counts as proposed until it is.

Equal doubts (one agency spelled wrong in a hundred rows) are asked once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter

Json = dict[str, Any]
Choice = tuple[str, str]
MOST_QUESTIONS = 1_000


@dataclass(frozen=True)
class CellRef:
    """A cell of the file; a column of 0 is the row as a whole, a row of 0 the sheet."""

    sheet: str
    row: int = 0
    column: int = 0

    @property
    def cell(self) -> str:
        """`F12`, `baris 12`, or "" for the sheet."""
        if not self.row:
            return ""
        return f"{get_column_letter(self.column)}{self.row}" if self.column else f"baris {self.row}"


@dataclass
class ImportQuestion:
    """A question with its choices; `proposed` counts until somebody answers, "" means that somebody must."""

    key: str
    place: CellRef
    sentence: str
    choices: tuple[Choice, ...]
    proposed: str
    answer: str = ""
    places: int = 1

    @property
    def chosen(self) -> str:
        """What counts now."""
        return self.answer or self.proposed

    def as_json(self) -> Json:
        """Plain values for the page."""
        return {
            "key": self.key, "sheet": self.place.sheet, "row": self.place.row, "cell": self.place.cell,
            "sentence": self.sentence, "choices": list(self.choices), "proposed": self.proposed,
            "answer": self.answer, "places": self.places,
        }  # fmt: skip


class Questions:
    """Collects them while a file is read, and gives the `answers` people gave before, by the key of the doubt.

    `asked` are the sentences that were answered: where columns have another meaning now, the same cell may be asked
    something else, and the answer is not to that.
    """

    def __init__(self, answers: Mapping[str, str] | None = None, asked: Mapping[str, str] | None = None) -> None:
        self._answers = answers or {}
        self._asked = asked or {}
        self._found: dict[str, ImportQuestion] = {}

    def ask(self, place: CellRef, sentence: str, choices: Sequence[Choice], proposed: str, key: str = "") -> str:
        """What counts for this cell. Doubts of the same `key` are one; without one, the cell is the key."""
        key = key or f"{place.sheet}!{place.cell}"
        known = self._found.get(key)
        if known is not None:
            known.places += known.place != place
            return known.chosen
        allowed = {value for value, _ in choices}
        answer = self._answers.get(key, "") if self._asked.get(key, sentence) == sentence else ""
        found = ImportQuestion(key, place, sentence, tuple(choices), proposed, answer if answer in allowed else "")
        self._found[key] = found
        return found.chosen

    @property
    def all(self) -> list[ImportQuestion]:
        """Those that must be answered first, then as they stand in the file."""
        return sorted(self._found.values(), key=lambda doubt: bool(doubt.proposed))

    @property
    def unanswered(self) -> list[ImportQuestion]:
        """Those without which nothing can be stored."""
        return [doubt for doubt in self._found.values() if not doubt.chosen]
