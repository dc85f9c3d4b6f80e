"""How large a workbook with initiatives may be."""

from smartcity.common.workbooks.limits import Purpose

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
