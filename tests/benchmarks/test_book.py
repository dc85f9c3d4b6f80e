"""Buku 2 of a plan of any size against plain WeasyPrint of the same chapters, by turns and in processes of their own.

`--initiatives N` chooses the size, `--runs` how often, `--ladder` the pages of the books whose growth is measured. The
machine is shared and noisy: what counts are the ratios of medians; CPU seconds stand beside them.
"""

import json
import math
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.utils import timezone

from agencies.models import User
from masterplan.books import actions as books
from masterplan.books import jobs
from masterplan.books.produce import STATIC
from masterplan.editions import actions as editions
from masterplan.editions.snapshot import compose
from masterplan.models import BookFile, BookJob, MasterPlan
from masterplan.reference import EditionScope
from smartcity.common.jobs import claim, publish
from smartcity.press.assets import Assets
from smartcity.press.typefaces.faces import load_faces
from tests.benchmarks import agreement
from tests.benchmarks.book_runs import write_snapshot
from tests.factories.large_plan import edited, enlarge

REPORT = Path(django_settings.BASE_DIR) / "var" / "benchmarks" / "book.json"
SECONDS = 1800
# How many initiatives people change between two requests of a book.
ORDINARY_EDITING = 5
FOUR = 4
_FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig></fontconfig>'

Figures = dict[str, Any]


@pytest.fixture
def sample(settings: Any, db: None, tmp_path: Path) -> tuple[dict[str, Any], Path, MasterPlan]:
    """The snapshot of the sample regency, the folder of its pictures, and its plan."""
    settings.DEMO = True
    call_command("load_demo", "--no-book", verbosity=0)
    plan = MasterPlan.objects.get(regency__slug="kabupaten-semarang", is_current=True)
    content = compose(plan, number=1, label="Ukuran", day=timezone.localdate(), scope=EditionScope.SUBMITTED)
    return content, jobs.images_of(content, tmp_path / "gambar"), plan


class Bench:
    """Runs processes in one folder and notes what they say and take."""

    def __init__(self, folder: Path, images: Path) -> None:
        self.folder, self.images = folder, images
        (folder / "fonts.conf").write_text(_FONTS)
        self._environment = {**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf"), "PYTHONWARNINGS": "ignore"}
        self._faces = folder / "faces"
        for face in load_faces(Assets(STATIC), self._faces):
            assert face.texts

    def snapshot(self, name: str, content: Mapping[str, Any]) -> Path:
        return write_snapshot(self.folder / f"{name}.json", content, self.images)

    def cache(self, name: str) -> Path:
        """A cache without a single part; what is known of the typefaces is there, as it is after the first book of all."""
        cache = self.folder / name
        shutil.copytree(self._faces, cache)
        return cache

    def run(self, module: str, *arguments: Path) -> Figures:
        """One process from its start to its end."""
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        command = [sys.executable, "-m", f"tests.benchmarks.{module}", *map(str, arguments)]
        done = subprocess.run(
            command, env=self._environment, capture_output=True, text=True, timeout=SECONDS, check=False
        )
        seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
        assert done.returncode == 0, done.stderr[-3000:]
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        figures: Figures = json.loads(done.stdout.splitlines()[-1])
        return figures | {"whole_seconds": seconds, "whole_cpu_seconds": cpu}

    @contextmanager
    def worker(self, cache: Path) -> Iterator["Worker"]:
        """A process that stays warm between books."""
        command = [sys.executable, "-m", "tests.benchmarks.book_runs", "--stay", str(cache)]
        with subprocess.Popen(
            command, env=self._environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            yield Worker(process)
            assert process.stdin is not None
            process.stdin.close()


class Worker:
    """The process above."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def make(self, snapshot: Path, out: Path) -> Figures:
        """A book; its seconds are those from the taking of the job to the published file."""
        return self._ask("make", str(snapshot), str(out))

    def make_ready(self, snapshot: Path) -> Figures:
        """What happens after a save."""
        return self._ask("ready", str(snapshot), "-")

    def _ask(self, *words: str) -> Figures:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(" ".join(words) + "\n")
        self._process.stdin.flush()
        answer: Figures = json.loads(self._process.stdout.readline())
        return answer


@pytest.mark.django_db
def test_book(sample: Any, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    count, runs = request.config.getoption("--initiatives"), request.config.getoption("--runs")
    content, images, plan = sample
    bench = Bench(tmp_path, images)
    large = enlarge(content, count)
    whole = bench.snapshot("isi", large)
    plain, cold = [], []
    for turn in range(runs):
        plain.append(bench.run("plain_book", whole, bench.cache(f"biasa-{turn}"), tmp_path / "biasa.pdf"))
        cold.append(bench.run("book_runs", whole, bench.cache(f"dingin-{turn}"), tmp_path / "buku.pdf"))
    plain_seconds = median(plain, "whole_seconds")
    warm, edit = after_edits(bench, large, tmp_path / "dingin-0", runs)
    pages = cold[0]["pages"]
    report = {
        "initiatives": count,
        "pages": pages,
        "plain_seconds": round(plain_seconds, 2),
        "plain_cpu_seconds": round(median(plain, "whole_cpu_seconds"), 2),
        "plain_memory_mb": round(median(plain, "own_memory_mb")),
        "cold_seconds": round(median(cold, "whole_seconds"), 2),
        "cold_ratio": round(median(cold, "whole_seconds") / plain_seconds, 3),
        "cold_cpu_ratio": round(median(cold, "whole_cpu_seconds") / median(plain, "whole_cpu_seconds"), 3),
        "warm_seconds": round(median(warm, "seconds"), 2),
        "warm_ratio": round(median(warm, "seconds") / plain_seconds, 3),
        "warm_rendered": max(figures["parts_rendered"] for figures in warm),
        "edit_seconds": round(median(edit, "seconds"), 2),
        "edit_ratio": round(median(edit, "seconds") / plain_seconds, 3),
        "edit_rendered": max(figures["parts_rendered"] for figures in edit),
        "unchanged_ratio": round(unchanged_seconds(plan, large, cold[0]) / plain_seconds, 5),
        "assembly_seconds": round(median(cold, "assembly_seconds"), 2),
        "child_memory_mb": max(figures["child_memory_mb"] for figures in cold),
        "assembly_memory_mb": round(max(figures["own_memory_mb"] for figures in [*cold, *warm])),
        "four_workers": round(statistics.median(map(speed_of_four, cold)), 2),
        "mib_per_300_pages": round(cold[0]["bytes"] / 1024**2 * 300 / pages, 2),
        "problems": cold[0]["problems"],
        "disagreements": agreement.differences(
            agreement.read(tmp_path / "biasa.pdf"), agreement.read(tmp_path / "buku.pdf")
        ),
    }
    note(report)
    report |= growth(bench, content, count / pages, request.config.getoption("--ladder"))
    note(report)
    assert report["disagreements"] == []
    assert len({figures["sha256"] for figures in cold}) == 1
    assert (report["warm_rendered"], report["edit_rendered"]) <= (2, 3), report


def note(report: Figures) -> None:
    """Keep what was measured so far."""
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def median(figures: list[Figures], key: str) -> float:
    """Of one figure over several runs."""
    return statistics.median(each[key] for each in figures)


def after_edits(
    bench: Bench, content: Mapping[str, Any], cache: Path, runs: int
) -> tuple[list[Figures], list[Figures]]:
    """Figures of books requested after ordinary editing, whose parts were rendered on save, and after a single edit."""
    codes = [row["code"] for row in content["initiatives"]]
    warm, edit = [], []
    with bench.worker(cache) as worker, bench.worker(cache) as ahead:
        out = bench.folder / "lagi.pdf"
        worker.make(bench.snapshot("pertama", content), out)
        current = content
        for turn in range(runs):
            for place in range(ORDINARY_EDITING):
                code = codes[(turn * ORDINARY_EDITING + place) * 7 % len(codes)]
                current = rewritten(current, code, f"naskah {turn}")
                ahead.make_ready(bench.snapshot(f"simpan-{turn}", current))
            edition = {**current["edition"], "number": turn + 2}
            warm.append(worker.make(bench.snapshot(f"hangat-{turn}", {**current, "edition": edition}), out))
            current = rewritten({**current, "edition": edition}, codes[turn * 11 % len(codes)], f"susulan {turn}")
            edit.append(worker.make(bench.snapshot(f"ubah-{turn}", current), out))
    return warm, edit


def rewritten(content: Mapping[str, Any], code: str, words: str) -> dict[str, Any]:
    """The snapshot after somebody has written a few words more in one initiative."""
    row = next(row for row in content["initiatives"] if row["code"] == code)
    return edited(content, code, problem=f"{row['problem']} Ditambah {words}.")


def unchanged_seconds(plan: MasterPlan, content: dict[str, Any], made: Figures) -> float:
    """How long the same request takes once the book is there."""
    coordinator = User.objects.get(email__startswith="koordinator@")
    snapshot = editions.take_snapshot(plan, by=coordinator, label="Ukuran")
    type(snapshot).objects.filter(pk=snapshot.pk).update(content=content)
    job = claim(BookJob, books.request_book(snapshot, book="buku-2", by=coordinator).pk, 60)
    assert job is not None
    file = BookFile.objects.create(sha256=made["sha256"], stored="books/x.pdf", size=made["bytes"], pages=made["pages"])
    assert publish(job, file=file)
    seconds = []
    for _ in range(5):
        started = time.perf_counter()
        again = books.request_book(snapshot, book="buku-2", by=coordinator)
        seconds.append(time.perf_counter() - started)
        assert again.file_id == file.pk
    return statistics.median(seconds)


def speed_of_four(cold: Figures) -> float:
    """How much faster four workers would be than one, by the CPU seconds of what they share out and what they do not."""
    chunks, alone = cold["child_seconds"], cold["job_cpu_seconds"]
    loads = [0.0] * FOUR
    for seconds in chunks:
        loads[loads.index(min(loads))] += seconds
    return (alone + sum(chunks)) / (alone + max(loads))


def growth(bench: Bench, content: Mapping[str, Any], share: float, ladder: str) -> Figures:
    """Exponents of cold books over their pages, by CPU seconds and by the clock; seconds and memory of the largest."""
    steps = []
    for wanted in [int(pages) for pages in ladder.split(",") if pages]:
        whole = bench.snapshot("tangga", enlarge(content, max(6, round(wanted * share))))
        cache = bench.cache(f"tangga-{wanted}")
        steps.append(bench.run("book_runs", whole, cache, bench.folder / "tangga.pdf"))
        shutil.rmtree(cache)
    if len(steps) < 2:
        return {}
    first, last = steps[0], steps[-1]
    more = last["pages"] - first["pages"]
    return {
        "exponent": round(slope(steps, "whole_cpu_seconds"), 3),
        "exponent_by_clock": round(slope(steps, "whole_seconds"), 3),
        "ladder": [
            {
                key: round(step[key], 2)
                for key in ("pages", "whole_seconds", "whole_cpu_seconds", "assembly_seconds", "own_memory_mb")
            }
            for step in steps
        ],
        "assembly_mb_a_page": round((last["own_memory_mb"] - first["own_memory_mb"]) / more, 3),
    }


def slope(steps: list[Figures], key: str) -> float:
    """Of the straight line through the logarithms."""
    points = [(math.log(step["pages"]), math.log(step[key])) for step in steps]
    return statistics.linear_regression(*zip(*points, strict=True)).slope
