"""What reading any workbook may use, and what differs by what it is read for. Kept by `child`."""

from dataclasses import dataclass

MOST_BYTES = 10 * 1024 * 1024

MOST_INFLATED = 40 * 1024 * 1024
MOST_ENTRIES = 500
MOST_SHEETS = 30
MOST_COLUMNS = 120
MOST_LETTERS = 20_000_000

# Address space on top of the started process, which is about 60 MB resident.
MEMORY_MB = 200
# The work is bounded by what it computes; the clock only ends what hangs, so that a busy machine refuses no good file.
WALL_SECONDS = 30


@dataclass(frozen=True)
class Purpose:
    """What a workbook is read for: the most rows of a sheet, filled cells and merged cells, and seconds of computing.

    `as_seen`: formulas count as the value they showed last, and indents as blanks. `advice` ends the sentence that
    refuses a workbook with too much in it, `division` the one about a sheet with too many rows.
    """

    rows: int
    cells: int
    merged: int
    cpu_seconds: int
    as_seen: bool
    advice: str
    division: str = "Bagi menjadi beberapa berkas, misalnya satu per perangkat daerah."
