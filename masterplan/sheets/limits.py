"""How large a workbook may be, and what its reading may use. Bounds of the file are kept by `child`."""

from dataclasses import dataclass

MOST_BYTES = 10 * 1024 * 1024
MOST_INFLATED = 40 * 1024 * 1024
MOST_ENTRIES = 500
MOST_SHEETS = 30
MOST_ROWS = 3_000
MOST_COLUMNS = 120
MOST_CELLS = 150_000
MOST_LETTERS = 20_000_000
MOST_MERGED = 200

# Address space on top of the started process, which is about 60 MB resident.
MEMORY_MB = 200
# The work is bounded by what it computes; the clock only ends what hangs, so that a busy machine refuses no good file.
CPU_SECONDS = 6
WALL_SECONDS = 30


@dataclass(frozen=True)
class Purpose:
    """What a workbook is read for. `as_seen`: formulas count as the value they showed last, and indents as blanks."""

    name: str
    rows: int
    cells: int
    merged: int
    cpu_seconds: int
    as_seen: bool
    advice: str


INITIATIVES = Purpose(
    "initiatives",
    MOST_ROWS,
    MOST_CELLS,
    MOST_MERGED,
    CPU_SECONDS,
    as_seen=False,
    advice="Unduh buku kerja baru dari portal, salin isian ke sana, lalu unggah lagi.",
)
# Plans come as the planning agency wrote them: thousands of rows, many of them merged.
PLANS = Purpose(
    "plans",
    rows=8_000,
    cells=250_000,
    merged=20_000,
    cpu_seconds=15,
    as_seen=True,
    advice="Simpan tabel rencananya saja, atau bagi menjadi beberapa berkas, lalu unggah satu per satu.",
)
PURPOSES = {purpose.name: purpose for purpose in (INITIATIVES, PLANS)}
