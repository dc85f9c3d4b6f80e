"""One list as an Excel file to sort, print and take to a meeting: what its page shows, row by row."""

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
    return plain_workbook(
        tables,
        title=title,
        author=regency.government,
        here=regency.local(now),
        lines=lines,
        warnings=["Data contoh: bukan angka resmi"] if regency.is_sample else [],
    )


def plain_workbook(
    tables: Sequence[Table],
    *,
    title: str,
    author: str,
    here: datetime,
    lines: Sequence[str] = (),
    warnings: Sequence[str] = (),
) -> bytes:
    """The same for a list of no single regency; `here` is the moment as the clocks of its reader show it."""
    moment = f"Keadaan {format_date(here)} {format_clock(here)}"
    about = [("title", title), *(("text", line) for line in (moment, *lines))]
    about += [("draft", warning) for warning in warnings]
    told = {"title": title, "author": author, "date": here.date().isoformat(), "foot": moment}
    out = BytesIO()
    write_workbook([table.as_json() for table in tables], about, told, out)
    return out.getvalue()
