"""What a book and its edition are called on every page, in every format."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from smartcity.common.formatting import format_date


def book_title(content: Mapping[str, Any], book: str) -> str:
    """`Buku 2 · Master Plan Smart City Kabupaten Semarang`."""
    return f"{book.replace('-', ' ').capitalize()} · {content['plan']['title']}"


def edition_line(content: Mapping[str, Any], code: str) -> str:
    """`Edisi 3 · 20 September 2021 · kode 7F3A-91C0-2B5D-8E1K`; without a code what is not issued."""
    edition = content["edition"]
    name = f"Edisi {edition['number']}" if edition["number"] else edition["label"]
    day = format_date(date.fromisoformat(edition["date"]))
    return " · ".join(filter(None, (name, day, f"kode {code}" if code else "")))
