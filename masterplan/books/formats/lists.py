"""One list of a regency as an Excel file to sort, print and take to a meeting: what its page shows, row by row."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from agencies.models import Regency
from masterplan.books.formats.table import Table
from masterplan.books.formats.workbook import write_workbook
from smartcity.common.formatting import format_clock, format_date


def list_workbook(
    tables: Sequence[Table], regency: Regency, *, title: str, now: datetime, lines: Sequence[str] = ()
) -> bytes:
    """The file's bytes. `lines` are said on its first sheet; times are those of the regency."""
    here = regency.local(now)
    moment = f"Keadaan {format_date(here)} {format_clock(here)}"
    about = [("title", title), *(("text", line) for line in (moment, *lines))]
    about += [("draft", "Data contoh: bukan angka resmi")] if regency.is_sample else []
    told = {"title": title, "author": regency.government, "date": here.date().isoformat(), "foot": moment}
    out = BytesIO()
    write_workbook([table.as_json() for table in tables], about, told, out)
    return out.getvalue()
