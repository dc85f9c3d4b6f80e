"""How often suggestions name a program that a planner accepts, and how long they take, on drafts nobody tuned them by."""

import json
import statistics
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command

from agencies.models import Agency, User
from masterplan.initiatives.actions import initiatives
from masterplan.models import Initiative, MasterPlan, SubDimension
from masterplan.pages.link_form import programs_on_offer
from masterplan.reasoning.suggestions import suggest
from masterplan.reference import PlanKind
from tests.benchmarks.demo import LOGINS, SLUG
from tests.benchmarks.labelled import Draft, Pair, labelled_drafts

REPORT = Path(django_settings.BASE_DIR) / "var" / "benchmarks" / "suggestions.json"
LEAST_RECALL, SLOWEST_MS, FEWEST_PAIRS = 0.85, 50, 120


class Desk:
    """Where drafts are begun: the master plan of the sample, its agencies, and somebody who may fill in for all."""

    def __init__(self) -> None:
        self.plan = MasterPlan.objects.get(regency__slug=SLUG, is_current=True)
        self.by = User.objects.get(email__startswith=f"{LOGINS['coordinator']}@")
        agencies = Agency.objects.filter(regency=self.plan.regency)
        self.agencies = {name: agency for agency in agencies for name in (agency.name, agency.short_name)}
        self.sub_dimensions = {each.key: each for each in SubDimension.objects.available_to(self.plan.regency)}

    def begun(self, draft: Draft) -> Initiative:
        """The draft, saved, and read again with what the page of its form reads."""
        initiative = initiatives.create(
            plan=self.plan,
            by=self.by,
            name=draft.name,
            sub_dimension=self.sub_dimensions[draft.sub_dimension],
            lead_agency=self.agencies[draft.lead_agency],
        )
        answers = {"problem": draft.problem}
        initiatives.save(initiative, by=self.by, data=answers, version=initiative.edit_version)
        return Initiative.objects.complete().get(pk=initiative.pk)


def suggested(initiative: Initiative) -> tuple[list[Pair], float]:
    """What the page of the form suggests, and the milliseconds it took; the programs are there for its own list."""
    offer = programs_on_offer(initiative)
    started = time.perf_counter()
    found = suggest(initiative, offer.programs, offer.elements)
    took = (time.perf_counter() - started) * 1000
    return [(suggestion.program.plan.kind, suggestion.program.code) for suggestion in found], took


def recall(hits: Counter[str], pairs: Counter[str]) -> float:
    """The share of accepted programs that were suggested."""
    return round(hits.total() / pairs.total(), 3)


@pytest.mark.django_db
def test_suggestions(settings: Any) -> None:
    settings.DEMO = True
    call_command("load_demo", "--no-book", verbosity=0)
    desk, drafts = Desk(), labelled_drafts()
    pairs: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    times: list[float] = []
    for draft in drafts:
        found, took = suggested(desk.begun(draft))
        times.append(took)
        pairs.update(kind for kind, _ in draft.pairs)
        hits.update(kind for kind, code in draft.pairs if (kind, code) in found)
    rpjmd = PlanKind.RPJMD.value
    report = {
        "recall_at_5": recall(hits, pairs),
        "recall_at_5_rpjmd": recall(Counter({rpjmd: hits[rpjmd]}), Counter({rpjmd: pairs[rpjmd]})),
        "median_ms": round(statistics.median(times), 1),
        "p95_ms": round(statistics.quantiles(times, n=20)[-1], 1),
        "pairs": pairs.total(),
        "drafts": len(drafts),
    }
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    assert report["pairs"] >= FEWEST_PAIRS, report
    assert report["recall_at_5"] >= LEAST_RECALL, report
    assert report["median_ms"] <= SLOWEST_MS, report
