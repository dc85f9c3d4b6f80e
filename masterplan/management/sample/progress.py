"""Quarterly reports of the sample: who told what, with figures that follow the targets at a pace of their own."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils import timezone
from PIL import Image, ImageDraw

from agencies.models import User
from masterplan.management.sample.drawing import BRAND, INK, font, png
from masterplan.models import ChangeSource, Initiative, MasterPlan, ProgressReport
from masterplan.monitoring import actions as monitoring
from masterplan.progress.measures import expected, indicator_key
from masterplan.progress.quarters import Quarter
from masterplan.progress.reporting_due import USUAL_DAYS
from smartcity.common.formatting import format_number
from smartcity.common.numbers import exact_target

from .regencies import SampleRegency

Row = Mapping[str, Any]

FIRST = Quarter(2026, 1)
# The initiative whose reports show what evidence looks like.
SHOWN = "satu-pintu-layanan"


def load_progress(
    plan: MasterPlan,
    data: Mapping[str, Mapping[str, Row]],
    loaded: Mapping[str, Initiative],
    *,
    place: SampleRegency,
    by: User,
) -> None:
    """By reference of an initiative and quarter; quarters that are not over yet are left for later."""
    monitoring.set_calendar(plan, first=FIRST, days=USUAL_DAYS, by=by)
    for ref, quarters in data.items():
        initiative = Initiative.objects.complete().select_related("master_plan__regency").get(pk=loaded[ref].pk)
        head = place.head_of(initiative.lead_agency)
        for slug, row in quarters.items():
            quarter = Quarter.parse(slug)
            if quarter is not None and quarter.end < timezone.localdate():
                _report(initiative, quarter, row, head, shows=ref == SHOWN)


def _report(initiative: Initiative, quarter: Quarter, row: Row, head: User, *, shows: bool) -> None:
    report = ProgressReport(
        initiative=initiative, master_plan=initiative.master_plan, year=quarter.year, number=quarter.number
    )
    texts = {key: row[key] for key in ("state", "output", "problem", "follow_up")}
    spent = {
        monitoring.AMOUNT + source: int(amount * row["spent"]) // 100_000 * 100_000
        for source, amount in monitoring.planned(report).items()
    }
    values = {
        monitoring.VALUE + indicator_key(each.kind, each.name): _reached(each, quarter, row["pace"])
        for each in initiative.indicators.all()
    }
    stored = monitoring.save(report, by=head, data={**texts, **spent, **values}, version=1, source=ChangeSource.SAMPLE)
    stored.initiative, stored.master_plan = initiative, initiative.master_plan
    if shows:
        name = f"Layar satu pintu {quarter.label} (contoh)"
        monitoring.add_evidence(stored, by=head, name="layar.png", data=_screen(quarter), title=name)
    monitoring.deliver(stored, by=head)
    # The actions know no other day than today; the sample tells of the days on which such reports come.
    moment = datetime.combine(date.fromisoformat(row["day"]), datetime.min.time(), UTC).replace(hour=3)
    ProgressReport.objects.filter(pk=stored.pk).update(reported_at=moment, updated_at=moment)


def _reached(indicator: Any, quarter: Quarter, pace: float) -> str:
    """A value on the way to the target, further or less far by `pace`; "-" where the target is no number."""
    targets = {target.year: target.text for target in indicator.targets.all()}
    wanted = expected(quarter, baseline=indicator.baseline, targets=targets)
    before = expected(quarter.shifted(-quarter.number), baseline=indicator.baseline, targets=targets)
    goal = exact_target(targets.get(quarter.year, ""))
    if wanted is None or goal is None:
        return "-"
    begun = before if before is not None else wanted
    value = begun + (wanted - begun) * Decimal(str(pace))
    places = max(0, -int(goal.as_tuple().exponent))
    return format_number(value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))


def _screen(quarter: Quarter) -> bytes:
    """A picture that says what it is."""
    picture = Image.new("RGB", (960, 540), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 960, 90), fill=BRAND)
    draw.text((40, 26), "Satu pintu layanan (contoh)", fill="white", font=font(36))
    draw.text((40, 140), f"Tangkapan layar {quarter.label}", fill=INK, font=font(32))
    return png(picture)
