"""How long Buku 2 of the sample takes from the request to the file, from nothing and again, and what memory it needs."""

import json
import resource
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from tests.processes import Portal

REPORT = Path(django_settings.BASE_DIR) / "var" / "benchmarks" / "sample_book.json"
REGENCY, BOOK = "kabupaten-semarang", "buku-2"
MOST_MEMORY_MB = 400
BUILD_SECONDS = 1800


def built(portal: Portal, *options: str) -> dict[str, Any]:
    """What `build_book` reports."""
    output = portal.manage("build_book", REGENCY, BOOK, "--json", *options, timeout=BUILD_SECONDS)
    figures: dict[str, Any] = json.loads(output.strip().splitlines()[-1])
    return figures


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    """A portal of its own with the sample in it."""
    portal = Portal(tmp_path)
    for command in (("migrate", "--verbosity", "0"), ("createcachetable",), ("load_demo", "--no-book")):
        portal.manage(*command)
    return portal


def test_sample_book(portal: Portal) -> None:
    started = time.perf_counter()
    fresh = built(portal, "--fresh", "--out", str(portal.folder / "buku.pdf"))
    whole = time.perf_counter() - started
    again = built(portal)
    report = {
        "pages": fresh["pages"],
        "seconds": fresh["seconds"],
        "render_seconds": fresh["render_seconds"],
        "command_seconds": round(whole, 1),
        "peak_memory_mb": fresh["peak_memory_mb"],
        # The largest of all processes that were started here, the renderer's children among them.
        "child_memory_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
        "megabytes": round(fresh["bytes"] / 1e6, 2),
        "parts": fresh["parts"],
        "parts_rendered": fresh["parts_rendered"],
        "problems": fresh["problems"],
        "same_file_again_seconds": again["seconds"],
    }
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    assert (portal.folder / "buku.pdf").read_bytes().startswith(b"%PDF-")
    assert again["sha256"] == fresh["sha256"]
    assert report["parts_rendered"] >= report["parts"]  # contents and lists again, until their numbers stand
    assert report["peak_memory_mb"] < MOST_MEMORY_MB
    assert report["child_memory_mb"] < MOST_MEMORY_MB
