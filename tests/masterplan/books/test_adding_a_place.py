"""Whoever adds a place to a book is told what is missing: by types, by `check`, and by the log when its code fails."""

import json
import logging
from datetime import date
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, NotRequired, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from agencies.models import Agency, User
from masterplan.books import actions as books
from masterplan.books.chapters.blocks import BLOCKS, PlaceBlock
from masterplan.books.chapters.lookup import Lookup, index
from masterplan.books.chapters.places import Place
from masterplan.checks.outlines import errors_in, outlines_are_printed
from masterplan.editions import actions as editions
from masterplan.editions.outline import OutlineEntry
from masterplan.editions.schema import FrozenInitiative, FrozenPlan, ListedInitiative
from masterplan.editions.snapshot import compose
from masterplan.models import BookJob, MasterPlan
from smartcity.common.jobs import JobState
from smartcity.logs import LineFormatter
from smartcity.press.parts import Part
from tests.factories import make_gap, make_initiative, make_swot_item, make_swot_strategy, print_book
from tests.masterplan.books.monitored_content import told_of
from tests.masterplan.books.test_analyses_print import content_with

GOLDEN = json.loads((Path(__file__).parent / "golden_snapshot.json").read_text(encoding="utf-8"))
KEY = "lampiran.indeks"


def misread(plan: Lookup, place: Place) -> list[Part]:
    return [row["risks"] for row in plan.initiatives]  # type: ignore[typeddict-item]


def without_template(plan: Lookup, place: Place) -> list[Part]:
    return [Part(place.heading.anchor, "print/tiada.html", chapter=place.running, headings=(place.heading,))]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("build", "sentence", "where"),
    [
        (misread, "KeyError: 'risks'", f"place {KEY}, builder {__name__}.misread"),
        (without_template, "TemplateDoesNotExist: print/tiada.html", "template print/tiada.html"),
    ],
)
def test_a_failing_place_is_named_to_whoever_asked_and_its_exception_to_whoever_develops(
    plan: MasterPlan, agency: Agency, coordinator: User, tmp_path: Path, settings: Any,
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, build: Any, sentence: str, where: str,
) -> None:  # fmt: skip
    settings.PARTS_DIR = tmp_path
    monkeypatch.setitem(BLOCKS, KEY, PlaceBlock(build))  # type: ignore[arg-type]
    make_initiative(plan, agency=agency, status="approved")
    asked = books.request_book(editions.take_snapshot(plan, by=coordinator), book="buku-2", by=coordinator)
    print_book(asked)
    job = BookJob.objects.get(pk=asked.pk)
    assert (job.state, job.attempts) == (JobState.FAILED, 1)
    assert "Indeks perangkat daerah" in job.error
    assert [problem["sentence"] for problem in job.report["problems"]] == [job.error]
    record = next(record for record in caplog.records if record.exc_info and record.levelno == logging.ERROR)
    developing, in_production = (LineFormatter("%(message)s", sentences=each).format(record) for each in (True, False))
    assert sentence in developing
    assert where in developing
    assert where in in_production
    assert "'risks'" not in in_production


def test_outlines_and_builders_fit_each_other() -> None:
    assert outlines_are_printed(None) == []
    outline = [
        OutlineEntry(
            "bab",
            "Bab",
            lead="Pengantar.",
            children=(OutlineEntry("bab.kosong", "Kosong"), OutlineEntry("bab.data", "Data")),
        ),
        OutlineEntry("lampiran.dua", "Dua", "Teks."),
        OutlineEntry("lampiran.dua", "Dua lagi", "Teks."),
        OutlineEntry("rencana-aksi.tabel-xx", "Dimensi"),
    ]
    found = errors_in({"buku-2": outline}, ["bab.data", "bab.tiada"])
    assert [(fault.id, fault.msg.partition(":")[0]) for fault in found] == [
        ("masterplan.E020", "lampiran.dua"),
        ("masterplan.E021", "bab.kosong"),
        ("masterplan.E022", "bab.tiada"),
    ]


def faults_of(value: Any, kind: Any, path: str = "") -> list[str]:
    """Where a value is not what the schema says. Answers that the registry added since are in a snapshot too."""
    if is_typeddict(kind):
        hints = get_type_hints(kind)
        unknown = set() if kind is FrozenInitiative else value.keys() - hints.keys()
        lacking = kind.__required_keys__ - value.keys()
        below = [
            each for key in hints.keys() & value.keys() for each in faults_of(value[key], hints[key], f"{path}.{key}")
        ]
        return [*(f"{path}.{key}" for key in unknown | lacking), *below]
    if get_origin(kind) is NotRequired:
        return faults_of(value, get_args(kind)[0], path)
    if isinstance(kind, UnionType):
        kinds = [each for each in get_args(kind) if each is not NoneType]
        return [] if value is None else faults_of(value, kinds[0], path)
    if get_origin(kind) is list:
        return [each for row in value for each in faults_of(row, get_args(kind)[0], f"{path}[]")]
    if get_origin(kind) is dict:
        return [each for row in value.values() for each in faults_of(row, get_args(kind)[1], f"{path}.*")]
    return [] if isinstance(value, kind) else [f"{path} is a {type(value).__name__}"]


@pytest.mark.django_db
def test_the_schema_is_what_is_frozen_and_what_earlier_releases_froze(
    plan: MasterPlan, agency: Agency, coordinator: User
) -> None:
    sent = make_initiative(plan, agency=agency, status="submitted", complete=True, coordinator=coordinator)
    make_gap(plan, coordinator, initiatives=[sent.pk])
    items = [make_swot_item(plan, coordinator, kind, f"Butir {kind}") for kind in "SO"]
    make_swot_strategy(plan, coordinator, "SO", items)
    now = compose(plan, number=1, label="Uji", day=date(2026, 11, 27), scope="submitted")
    analysed = content_with(lambda place, limit: place)
    analysed["monitoring"] = told_of(analysed)
    for content in (now, GOLDEN, analysed):
        assert faults_of(content, FrozenPlan) == []
        (row, *_) = index(content, listed=True).initiatives
        only_whole = FrozenInitiative.__required_keys__ - ListedInitiative.__required_keys__
        assert row.keys() >= ListedInitiative.__required_keys__
        assert not row.keys() & only_whole
        assert index(content, listed=True).in_full[0].keys() >= only_whole
