"""All three books of a regency with very many initiatives and crowded pages: valid, whole, small, and made in little memory.

`--initiatives N` chooses the size, `--variants a,b` the shapes of Buku 2 beside the usual one. The files stay in
`var/benchmarks/`, to be looked at.
"""

import json
import shutil
from pathlib import Path
from typing import Any

import page
import pytest
from django.conf import settings as django_settings

from masterplan.books.paper_formats import PAPER_FORMATS
from masterplan.reference import USUAL_PAPER_FORMAT
from tests.benchmarks.large_books import CODE, parts, write_plan
from tests.benchmarks.test_book import Bench, sample  # noqa: F401 (a fixture)
from tests.factories.large_plan import before, crowded
from tests.masterplan.books import soundness

FOLDER = Path(django_settings.BASE_DIR) / "var" / "benchmarks" / "large"
BOOKS = ("buku-1", "buku-2", "buku-3")
MOST_CHILD_MB, MOST_ASSEMBLY_MB, MOST_MB_A_PAGE, MOST_MIB_PER_300 = 200, 300, 0.5, 5
# What a process holds before it has seen a page, and the pages of a book up to which the bound of 300 MB holds.
EMPTY_MB = 80
SUMMARY_PAGES = range(10, 31)


@pytest.mark.django_db
def test_large_books(sample: Any, tmp_path: Path, request: pytest.FixtureRequest) -> None:  # noqa: F811
    count = request.config.getoption("--initiatives")
    more = [name for name in request.config.getoption("--variants").split(",") if name]
    content, images, _ = sample
    large = crowded(content, count)
    FOLDER.mkdir(parents=True, exist_ok=True)
    plan = write_plan(tmp_path / "rencana.json", large, before(large), images)
    bench = Bench(tmp_path, images)
    cache = bench.cache("bagian")
    report = {}
    for book, variant in [*((book, USUAL_PAPER_FORMAT) for book in BOOKS), *(("buku-2", name) for name in more)]:
        out = FOLDER / f"{count}-{book}-{variant}.pdf"
        figures = bench.run("large_books", plan, book, variant, cache, out)
        figures["invalid"] = invalid(out, variant)
        figures["unsound"] = soundness.faults(out, parts(json.loads(plan.read_text()), book, variant), CODE)
        report[f"{book} {variant}"] = figures
        (FOLDER / f"{count}.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    shutil.rmtree(cache)
    assert {name: wrong for name, figures in report.items() if (wrong := too_much(figures))} == {}
    assert report[f"buku-3 {USUAL_PAPER_FORMAT}"]["pages"] in SUMMARY_PAGES


def invalid(path: Path, variant: str) -> list[str]:
    """What the validator from outside finds, in the standards that a variant claims."""
    profiles = ("ua1", "2a") if PAPER_FORMATS[variant].archive else ("ua1",)
    # The file is ours: that it holds a million objects is no attack.
    limits = page.SafetyLimits.unlimited()
    reports = (page.validate_pdf(path, profile=profile, limits=limits) for profile in profiles)
    found = (failure for report in reports for failure in report.failures)
    return [f"{each.rule_id}: {each.message}" for each in found]


def too_much(figures: dict[str, Any]) -> list[str]:
    """The figures of one book that are not as promised."""
    pages = figures["pages"]
    most = {
        "child_memory_mb": MOST_CHILD_MB,
        "own_memory_mb": max(MOST_ASSEMBLY_MB, EMPTY_MB + MOST_MB_A_PAGE * pages),
        "bytes": MOST_MIB_PER_300 * 1024**2 * max(1, pages / 300),
    }
    found = [f"{key}: {figures[key]}, at most {bound}" for key, bound in most.items() if figures[key] > bound]
    return found + [f"{key}: {figures[key][:5]}" for key in ("problems", "invalid", "unsound") if figures[key]]
