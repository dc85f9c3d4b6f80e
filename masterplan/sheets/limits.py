"""How large a workbook may be for each of the two things that the master plan reads from one."""

from smartcity.common.workbooks.limits import Purpose

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 3_000
MOST_CELLS = 150_000
MOST_MERGED = 200
CPU_SECONDS = 6

INITIATIVES = Purpose(
    MOST_ROWS,
    MOST_CELLS,
    MOST_MERGED,
    CPU_SECONDS,
    as_seen=False,
    advice="Unduh buku kerja baru dari portal, salin isian ke sana, lalu unggah lagi.",
)
# Plans come as the planning agency wrote them: thousands of rows, many of them merged.
PLANS = Purpose(
    rows=8_000,
    cells=250_000,
    merged=20_000,
    cpu_seconds=15,
    as_seen=True,
    advice="Simpan tabel rencananya saja, atau bagi menjadi beberapa berkas, lalu unggah satu per satu.",
)
