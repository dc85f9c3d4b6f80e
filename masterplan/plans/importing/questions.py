"""Questions about ambiguous cells: each proposes an answer, which counts until somebody answers.

Equal questions (one agency spelled wrong in a hundred rows) are asked once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter

Json = dict[str, Any]
Choice = tuple[str, str]
MOST_QUESTIONS = 1_000
LEAVE_EMPTY: Choice = ("-", "Kosongkan")


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
    """A question with its choices; where nothing is `proposed`, somebody must answer before anything is stored."""

    key: str
    ref: CellRef
    sentence: str
    choices: tuple[Choice, ...]
    proposed: str
    answer: str = ""
    places: int = 1

    @property
    def current(self) -> str:
        """The answer that counts now."""
        return self.answer or self.proposed

    def as_json(self) -> Json:
        """Plain values for the page."""
        return {
            "key": self.key, "sheet": self.ref.sheet, "row": self.ref.row, "cell": self.ref.cell,
            "sentence": self.sentence, "choices": list(self.choices), "proposed": self.proposed,
            "answer": self.answer, "places": self.places,
        }  # fmt: skip


class Questions:
    """Collects questions while a file is read, and gives the `answers` that people gave before, by key.

    `sentences` are the questions that were answered. When a column gets another meaning, the same cell may be asked
    something else; the old answer does not count for that question.
    """

    def __init__(self, answers: Mapping[str, str] | None = None, sentences: Mapping[str, str] | None = None) -> None:
        self._answers, self._sentences = answers or {}, sentences or {}
        self._found: dict[str, ImportQuestion] = {}

    def ask(self, ref: CellRef, sentence: str, choices: Sequence[Choice], proposed: str, key: str = "") -> str:
        """The answer that counts for this cell. Questions of one `key` are one; without a key, the cell is the key."""
        key = key or f"{ref.sheet}!{ref.cell}"
        known = self._found.get(key)
        if known is not None:
            known.places += known.ref != ref
            return known.current
        answer = self._answers.get(key, "") if self._sentences.get(key, sentence) == sentence else ""
        found = ImportQuestion(key, ref, sentence, tuple(choices), proposed)
        found.answer = answer if answer in dict(choices) else ""
        self._found[key] = found
        return found.current

    def confirm(self, ref: CellRef, sentence: str, yes: Choice, no: Choice, key: str = "") -> bool:
        """Ask between two choices of which the first is proposed. Returns whether it counts."""
        return self.ask(ref, sentence, [yes, no], yes[0], key) == yes[0]

    def notice(self, ref: CellRef, sentence: str, choice: Choice = LEAVE_EMPTY, key: str = "") -> None:
        """Say what is done with a cell that leaves no choice."""
        self.ask(ref, sentence, [choice], choice[0], key)

    @property
    def all(self) -> list[ImportQuestion]:
        """Those that must be answered first, then as they stand in the file."""
        return sorted(self._found.values(), key=lambda question: bool(question.proposed))

    @property
    def unanswered(self) -> list[ImportQuestion]:
        """Those without which nothing can be stored."""
        return [question for question in self._found.values() if not question.current]
