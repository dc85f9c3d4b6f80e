"""What the page of an upload shows: progress, what would change initiative by initiative, what was stored."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator

from agencies.models import Regency
from masterplan.books.job_cards import upload_card
from masterplan.discussion.cards import SINGLE_WORDS
from masterplan.models import WorkbookImport, WorkbookPhase
from masterplan.registry import FIELDS, Field, Kind
from masterplan.templatetags.registry_tags import ValueNames, display_text
from smartcity.common.formatting import format_moment

PER_PAGE = 20
Json = dict[str, Any]
_STATES = {"added": "Baru", "changed": "Berubah", "removed": "Dihapus"}


def preview_context(regency: Regency, job: WorkbookImport, page: str | None) -> Json:
    """Everything the page needs; a few initiatives at a time."""
    found = job.result
    entries = found.get("entries", []) if not job.is_stored else []
    shown = Paginator(entries, PER_PAGE).get_page(page)
    names = ValueNames(regency)
    return {
        "job": job,
        "card": _card(job),
        "counts": found.get("counts"),
        "page": shown,
        "entries": [_entry(entry, names) for entry in shown],
        "faults": found.get("faults", []) if job.is_read else [],
        "faults_count": found.get("faults_count", 0) if job.is_read else 0,
        "notes": found.get("notes", []) if job.is_read else [],
        "in_dispute": found.get("in_dispute", 0),
        "disputes": _disputes(entries, names) if job.is_read else [],
        "stored": found.get("stored", []) if job.is_stored else [],
    }


def _card(job: WorkbookImport) -> Json | None:
    if job.phase == WorkbookPhase.STORE:
        return upload_card(job, "Sedang menyimpan", "Berkas tidak disimpan")
    return upload_card(job, "Sedang membaca dan membandingkan", "Berkas tidak dapat dibaca")


def _entry(entry: Json, names: ValueNames) -> Json:
    """One initiative as the page shows it."""
    tables: dict[str, list[Json]] = {}
    for row in entry["rows"]:
        tables.setdefault(row["key"], []).append(_row(row, FIELDS[row["key"]], names))
    return {
        **entry,
        "title": f"{entry['code']} {entry['name']}".strip() if entry["pk"] else entry["name"],
        "agency_name": names.agencies.get(entry["agency"], ""),
        "answers": [_answer(change, names) for change in entry["changes"] if change["key"] in FIELDS],
        "tables": [(FIELDS[key].label, rows) for key, rows in tables.items()],
    }


def _answer(change: Json, names: ValueNames) -> Json:
    field = FIELDS[change["key"]]
    return {
        "label": field.label,
        "old": display_text(change["old"], field, names),
        "new": display_text(change["new"], field, names),
        "is_word": field.kind in SINGLE_WORDS,
    }


def _row(row: Json, field: Field, names: ValueNames) -> Json:
    def words(value: Json | None) -> str:
        plain = value if field.kind is Kind.WORKSHEET else [value]
        return display_text(plain, field, names).removeprefix("- ") if value else ""

    return {**row, "word": _STATES[row["state"]], "old": words(row["old"]), "new": words(row["new"])}


def _disputes(entries: Iterable[Json], names: ValueNames) -> list[Json]:
    """Answers that somebody else changed since the export, with both texts."""
    return [
        {
            "value": f"{entry['pk']}:{found['key']}",
            "label": FIELDS[found["key"]].label,
            "where": f"{entry['code']} {entry['name']}",
            "mine": display_text(found["mine"], FIELDS[found["key"]], names),
            "theirs": display_text(found["theirs"], FIELDS[found["key"]], names),
            "by": found["by"],
            "when": format_moment(datetime.fromisoformat(found["at"])),
        }
        for entry in entries
        for found in entry["conflicts"]
    ]
