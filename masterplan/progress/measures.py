"""What a report's figures say: how much of the budget is spent, whether an indicator is on its way to its target."""

import hashlib
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from masterplan.progress.quarters import Quarter
from masterplan.reference import Direction
from smartcity.common.formatting import format_money, format_number
from smartcity.common.numbers import exact_target

_TENTH = Decimal("0.1")
# Spending is low when it is less than this part of what the time that has passed would let one expect.
_LOW_PART = Decimal("0.5")
# How far an indicator that should stay as it is may stray from its target.
_STRAY = Decimal("0.05")


def indicator_key(kind: str, name: str) -> str:
    """What an indicator's values are known by; its rows get new ids whenever an initiative's indicators are saved."""
    return hashlib.sha256(f"{kind}\n{' '.join(name.split()).casefold()}".encode()).hexdigest()[:10]


# Money ----------------------------------------------------------------------------------------------------------------


def absorption(spent: int | None, planned: int | None) -> Decimal | None:
    """Percent of the year's budget that is spent, with one decimal; None where nothing was planned or nothing told."""
    if spent is None or not planned:
        return None
    return (Decimal(spent) * 100 / planned).quantize(_TENTH, rounding=ROUND_HALF_UP)


def spending(spent: int | None, planned: int | None, quarter: Quarter) -> str:
    """A sentence when spending up to the end of `quarter` is unusually low or beyond the budget; else ""."""
    if spent and not planned:
        return f"{format_money(spent)} terpakai, padahal tidak ada anggaran untuk {quarter.year}."
    share = absorption(spent, planned)
    if share is None:
        return ""
    if share > 100:
        return f"Realisasi {format_number(share)} % melebihi anggaran {quarter.year}."
    if share < 25 * quarter.number * _LOW_PART:
        return f"Penyerapan rendah: {format_number(share)} % sampai {quarter.label}."
    return ""


# Indicators -----------------------------------------------------------------------------------------------------------


class Track(StrEnum):
    """How an indicator stands against its targets."""

    REACHED = "reached"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    UNKNOWN = "unknown"


TRACK_LABELS: dict[Track, str] = {
    Track.REACHED: "Target tercapai",
    Track.ON_TRACK: "Sesuai arah",
    Track.BEHIND: "Tertinggal",
    Track.UNKNOWN: "Belum dapat dinilai",
}


def expected(quarter: Quarter, *, baseline: str, targets: Mapping[int, str]) -> Decimal | None:
    """Where an indicator should be at the end of `quarter`: on the straight way from the last target before its year
    (or the baseline) to the year's own. None where the year has no target that is one number.

    Without a known beginning the year's target itself is expected, at the end of the year alone.
    """
    goal = exact_target(targets.get(quarter.year, ""))
    if goal is None:
        return None
    earlier = [exact_target(text) for year, text in sorted(targets.items()) if year < quarter.year]
    known = [value for value in [exact_target(baseline), *earlier] if value is not None]
    if not known:
        return goal if quarter.number == 4 else None
    return known[-1] + (goal - known[-1]) * quarter.number / 4


def track(value: str, quarter: Quarter, *, baseline: str, targets: Mapping[int, str], direction: str) -> Track:
    """Whether `value`, as it was written for the end of `quarter`, is where the targets want it to be."""
    reached, goal = exact_target(value), exact_target(targets.get(quarter.year, ""))
    if reached is None or goal is None:
        return Track.UNKNOWN
    if direction == Direction.STABLE:
        return Track.REACHED if abs(reached - goal) <= abs(goal) * _STRAY else Track.BEHIND
    sign = -1 if direction == Direction.DOWN else 1
    if sign * reached >= sign * goal:
        return Track.REACHED
    wanted = expected(quarter, baseline=baseline, targets=targets)
    if wanted is None:
        return Track.UNKNOWN
    return Track.ON_TRACK if sign * reached >= sign * wanted else Track.BEHIND
