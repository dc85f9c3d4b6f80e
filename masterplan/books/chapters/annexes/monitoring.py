"""The annex of monitoring: the reports of the last quarters, newest first, and what came of them quarter by quarter."""

from collections import Counter
from typing import Any

from masterplan.books.chapters.lookup import Lookup
from masterplan.books.chapters.parts import place_part
from masterplan.books.chapters.places import Place
from masterplan.books.chapters.portions import cut, portions
from masterplan.books.chapters.sum_columns import WIDE, sum_column
from masterplan.editions import money
from masterplan.editions.days import day_in_full
from masterplan.editions.schema import FrozenMonitoring, FrozenQuarter, FrozenReport, ListedInitiative
from masterplan.progress.quarters import Quarter
from masterplan.progress.states import ProgressState
from smartcity.press.parts import Part

_STATES = tuple(ProgressState)
# Letters of a report's texts that take a line of its column.
_LINE = 55


def has_reports(plan: Lookup) -> bool:
    """Whether the edition tells of any report; those frozen before there were some have none."""
    return bool(monitored(plan)["reports"])


def reports(plan: Lookup, place: Place) -> list[Part]:
    """A table that counts, then one for each quarter."""
    captions = place.captions
    rows = [row for row in monitored(plan)["reports"] if row["id"] in _initiatives(plan)]
    unit = money.unit(amount["amount"] for row in rows for amount in row["amounts"])
    quarters = [_quarter(row) for row in monitored(plan)["quarters"]]
    counts = [_count(plan, quarter, rows, unit) for quarter in reversed(quarters)]
    context = {
        "caption": captions.table("Laporan kemajuan menurut triwulan"),
        "states": [state.label for state in _STATES],
        "counts": counts,
        "unit": unit,
        "spent_column": sum_column((row["spent"] for row in counts), "w-grand", WIDE),
        "amount_column": sum_column(
            (money.written(amount["amount"], unit) for row in rows for amount in row["amounts"]), "w-novelty", WIDE
        ),
    }
    groups = [
        {"caption": caption, "rows": some, "goes_on": number > 0}
        for quarter in reversed(quarters)
        if (own := [_row(plan, row, unit) for row in rows if _quarter(row) == quarter])
        for caption in (captions.table(f"Laporan kemajuan {quarter.label}"),)
        for number, some in enumerate(portions(own, weigh=_lines_of_report))
    ]
    part = place_part(place, "print/monitoring.html", {**context, "groups": groups}, page="wide")
    return cut(part, "groups", weigh=lambda group: sum(map(_lines_of_report, group["rows"])))


def monitored(plan: Lookup) -> FrozenMonitoring:
    """Quarters and reports; editions frozen before there were reports have none."""
    return plan.content.get("monitoring") or {"quarters": [], "reports": []}


def _initiatives(plan: Lookup) -> dict[str, ListedInitiative]:
    return {initiative["id"]: initiative for initiative in plan.initiatives}


def _quarter(row: FrozenQuarter | FrozenReport) -> Quarter:
    return Quarter(row["year"], row["number"])


def _count(plan: Lookup, quarter: Quarter, rows: list[FrozenReport], unit: str) -> dict[str, Any]:
    """How many reported on a quarter, how, and who did not."""
    own = [row for row in rows if _quarter(row) == quarter]
    states = Counter(row["state"] for row in own)
    awaited = next((row["awaited"] for row in monitored(plan)["quarters"] if _quarter(row) == quarter), [])
    known = _initiatives(plan)
    return {
        "quarter": quarter.label,
        "told": len(own),
        "late": sum(row["days_late"] > 0 for row in own),
        "states": [states[state.value] for state in _STATES],
        "spent": money.written(sum(amount["amount"] for row in own for amount in row["amounts"]), unit),
        "missing": [known[key] for key in awaited if key in known],
    }


def _row(plan: Lookup, row: FrozenReport, unit: str) -> dict[str, Any]:
    initiative = _initiatives(plan)[row["id"]]
    return {
        "report": row,
        "initiative": initiative,
        "lead": plan.agencies.get(initiative["lead_agency"]),
        "day": day_in_full(row["date"]),
        "amounts": [
            {"label": amount["source_label"], "amount": money.written(amount["amount"], unit)}
            for amount in row["amounts"]
        ],
    }


def _lines_of_report(row: dict[str, Any]) -> int:
    """About how many lines a report takes."""
    report: FrozenReport = row["report"]
    written = (report["output"], report["problem"], report["follow_up"])
    texts = sum(1 + len(text) // _LINE for text in written if text)
    return max(texts + 2 * len(report["evidence"]), 2 * len(report["values"]), 2 * len(report["amounts"]), 3)
