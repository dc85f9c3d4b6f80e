"""How large a workbook with a development plan may be."""

from smartcity.common.workbooks.limits import Purpose

# Plans come as the planning agency wrote them: thousands of rows, many of them merged.
PLANS = Purpose(
    rows=8_000,
    cells=250_000,
    merged=20_000,
    cpu_seconds=15,
    as_seen=True,
    advice="Simpan tabel rencananya saja, atau bagi menjadi beberapa berkas, lalu unggah satu per satu.",
)
