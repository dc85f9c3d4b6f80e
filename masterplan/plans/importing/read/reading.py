"""What all readers of one file share, and a row of a sheet as they take it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from masterplan.plans.importing.corrections import Corrections
from masterplan.plans.importing.document import PlanContext, PlanDocument, SkippedRow, shortened
from masterplan.plans.importing.questions import CellRef, Questions
from masterplan.reference import Level
from smartcity.common.workbooks.cells import text_of
from smartcity.common.workbooks.reader import Cell

# Indicators that stand in a column of texts are read as if they stood in a column so far to the right.
BESIDE = 10_000
BY_ANSWER = "Dilewati menurut jawaban Anda"
_LONGEST_ROW = 160
Cells = dict[int, Cell]


def plain_text(cell: Cell | None) -> str:
    """What a person reads in a cell; "" for a date, a time, a formula without a result and an error of Excel."""
    if cell is None or cell.kind in ("d", "t", "f", "e"):
        return ""
    return text_of(cell)


def line_of(cell: Cell | None) -> str:
    """The text of a cell in one line."""
    return " ".join(plain_text(cell).split())


def row_text(cells: Cells) -> str:
    """The words and numbers of a row in one line."""
    return " | ".join(filter(None, (plain_text(cells[column]).strip() for column in sorted(cells))))


@dataclass
class SheetRow:
    """A row of a table: `cells` are those of the columns that are read, `whole` is all of it."""

    sheet: str
    number: int
    cells: Cells
    whole: Cells

    def ref(self, column: int = 0) -> CellRef:
        """The reference of one of its cells, or of the row."""
        return CellRef(self.sheet, self.number, column % BESIDE)

    def get(self, column: int) -> Cell | None:
        """The cell of a column."""
        return self.cells.get(column)

    def text(self, column: int) -> str:
        """The text of a column as it stands, with its line breaks."""
        return plain_text(self.cells.get(column))

    def line(self, column: int) -> str:
        """The text of a column in one line."""
        return line_of(self.cells.get(column))

    def has_any(self, columns: Collection[int]) -> bool:
        """Whether one of some columns is filled."""
        return any(column in self.cells for column in columns)


@dataclass
class PlanReading:
    """The reading of one file: for which plan, what is asked and corrected, and the document that it makes.

    `progress` is told the rows done, and the rows in all, `total`.
    """

    plan: PlanContext
    questions: Questions
    corrections: Corrections
    document: PlanDocument
    progress: Callable[[int, int], object] | None = None
    total: int = 0

    def note(self, sentence: str) -> None:
        """Remark something, to be listed once with how often it applied."""
        self.document.remarks[sentence] += 1

    def skip(self, ref: CellRef, text: str, reason: str) -> None:
        """List a row that becomes nothing in the plan, once for each text."""
        row = SkippedRow(ref.sheet, ref.row, shortened(" ".join(text.split()), _LONGEST_ROW), reason)
        if row not in self.document.skipped[-8:]:
            self.document.skipped.append(row)

    def skip_level(self, level: str, text: str, ref: CellRef) -> None:
        """List a node whose level this kind of plan does not have."""
        reason = f"{Level(level).label} tidak ada pada jenis dokumen ini"
        self.note(f"{reason}, jadi dilewati.")
        self.skip(ref, text, reason)
