"""How large a workbook may be, and what its reading may use. Bounds of the file are kept by `child`."""

MOST_BYTES = 10 * 1024 * 1024
MOST_INFLATED = 40 * 1024 * 1024
MOST_ENTRIES = 500
MOST_SHEETS = 30
MOST_ROWS = 3_000
MOST_COLUMNS = 120
MOST_CELLS = 150_000
MOST_LETTERS = 20_000_000

# Address space on top of the started process, which is about 60 MB resident.
MEMORY_MB = 200
# The work is bounded by what it computes; the clock only ends what hangs, so that a busy machine refuses no good file.
CPU_SECONDS = 6
WALL_SECONDS = 30
