"""Which initiatives and sums the pages of Buku 3 show, and by which rule. How they look is the pages' own affair.

Flagship initiatives follow one printed rule: quick wins, then accepted links, then money. Buku 3 lists at most twenty
quick wins, those with the highest scores, and counts the others; all are in Buku 2.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from masterplan.books.chapters.lookup import Lookup
from masterplan.editions import money
from masterplan.editions.numbering import span
from masterplan.editions.schema import FrozenAgency, FrozenProgram, ListedInitiative
from masterplan.reference import DIMENSIONS
from smartcity.common.numbers import format_number
from smartcity.press.assets import ORIGIN

KICKER = "Ringkasan Eksekutif"

_FLAGSHIPS = 3
FLAGSHIP_RULE = (
    f"Unggulan tiap dimensi, paling banyak {_FLAGSHIPS}: quick win lebih dahulu, lalu yang tautan programnya paling"
    " banyak diterima, lalu yang anggarannya terbesar."
)
# A summary is read in one go, and a plan has a handful of quick wins; all of them are in Buku 2.
_QUICK_WINS = 20
QUICK_WIN_RULE = f"Yang tercantum: {_QUICK_WINS} quick win yang nilainya tertinggi, menurut urutan kode."
# Links that a reader may count on, or that still wait for a decision; a rejected one answers nothing.
_ANSWERING = ("accepted", "proposed")
_DRAWN = {dimension.code for dimension in DIMENSIONS}


def flagships(plan: Lookup, code: str) -> list[ListedInitiative]:
    """The flagship initiatives of a dimension after FLAGSHIP_RULE; equals keep the order of the book."""
    return sorted(
        plan.of_dimension(code),
        key=lambda row: (
            not row["quick_win"],
            -sum(link["state"] == "accepted" for link in row["links"]),
            -money.total([row]),
        ),
    )[:_FLAGSHIPS]


def quick_wins_of(initiatives: Iterable[ListedInitiative]) -> list[ListedInitiative]:
    """Those that are quick wins, in their order."""
    return [initiative for initiative in initiatives if initiative["quick_win"]]


def shown_quick_wins(plan: Lookup) -> list[ListedInitiative]:
    """The quick wins that Buku 3 lists, in the order of the book; of very many those after QUICK_WIN_RULE."""
    found = quick_wins_of(plan.initiatives)
    best = sorted(found, key=lambda row: -(score(row) or 0))[:_QUICK_WINS]
    return [row for row in found if row in best]


def score(initiative: ListedInitiative) -> int | None:
    """The sum of a quick win's scores; None while it has none."""
    aspects = initiative["worksheet"]["aspects"] if initiative["worksheet"] else []
    scores = [row["score"] for row in aspects if row["score"] is not None]
    return sum(scores) if scores else None


def answered_programs(plan: Lookup, initiatives: Iterable[ListedInitiative]) -> set[str]:
    """Ids of the RPJMD programs that these initiatives are linked to, without rejected links."""
    linked = {
        link["element_id"] for initiative in initiatives for link in initiative["links"] if link["state"] in _ANSWERING
    }
    return linked & plan.programs.keys()


def serving(plan: Lookup, programs: Iterable[FrozenProgram]) -> int:
    """How many initiatives are linked to any of these RPJMD programs, without rejected links."""
    return len({row["id"] for program in programs for row, _ in plan.answering(program["id"], *_ANSWERING)})


def leading_agencies(plan: Lookup) -> list[tuple[FrozenAgency, list[ListedInitiative]]]:
    """Agencies that lead something, in the regency's order, each with what it leads."""
    led: dict[str, list[ListedInitiative]] = defaultdict(list)
    for initiative in plan.initiatives:
        led[initiative["lead_agency"]].append(initiative)
    return [(agency, led[key]) for key, agency in plan.agencies.items() if key in led]


def working_years(initiative: ListedInitiative) -> tuple[int, int] | None:
    """First and last year of an initiative: as written, else those of its activities; None where neither is known."""
    days = [
        date.fromisoformat(day).year for row in initiative["activities"] for day in (row["start"], row["end"]) if day
    ]
    first = initiative["start_year"] or (min(days) if days else initiative["end_year"])
    last = initiative["end_year"] or (max(days) if days else first)
    return (first, max(first, last)) if first is not None and last is not None else None


def due_year(initiative: ListedInitiative) -> int | None:
    """The year in which a quick win is promised; None for other initiatives and without a date."""
    worksheet = initiative["worksheet"]
    due = worksheet["due_date"] if worksheet else None
    return date.fromisoformat(due).year if due else None


def by_source(plan: Lookup) -> list[tuple[str, dict[int, int]]]:
    """Rupiah a year by source of money, the largest source first."""
    sums: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for initiative in plan.initiatives:
        for budget in initiative["budgets"]:
            for year, amount in budget["amounts"].items():
                sums[budget["source_label"]][int(year)] += amount
    filled = [(label, dict(years)) for label, years in sums.items() if sum(years.values())]
    return sorted(filled, key=lambda row: -sum(row[1].values()))


def share(part: int, whole: int) -> float:
    """`part` in percent of `whole`, 0 where there is no whole."""
    return 100 * part / whole if whole else 0.0


def tenths(value: float) -> str:
    """`12,5`, `12,0`: a value that stands among others with one decimal."""
    whole, rest = divmod(round(value * 10), 10)
    return f"{format_number(whole)},{rest}"


def plan_years(plan: Lookup) -> str:
    """`2022–2026`."""
    return span(plan.content["plan"]["start_year"], plan.content["plan"]["end_year"])


def mark(code: str) -> str:
    """Address of a dimension's sign; empty for a dimension of the regency's own, which goes by its code."""
    return f"{ORIGIN}img/print/dimension-{code.lower()}.svg" if code in _DRAWN else ""


def big(value: int, label: str) -> dict[str, Any]:
    """A big number with what it counts."""
    return {"value": format_number(value), "label": label}


def big_money(amount: int, label: str) -> dict[str, Any]:
    """A big sum; its scale leads the words below it."""
    number, scale = money.scaled(amount)
    return {"value": number if amount else "-", "label": f"{scale} rupiah, {label}".strip() if amount else label}
