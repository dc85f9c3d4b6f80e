"""Reads the sample and reference files. Knows their places, not their meaning."""

import csv
import json
from pathlib import Path
from typing import Any

import agencies
import masterplan

SAMPLE = Path(masterplan.__file__).parent / "sample_data"
REFERENCE = Path(agencies.__file__).parent / "reference_data"


def sample(name: str) -> Any:
    """The content of a sample file."""
    return json.loads((SAMPLE / name).read_text(encoding="utf-8"))


def reference(name: str) -> Any:
    """The content of a reference file in JSON."""
    return json.loads((REFERENCE / name).read_text(encoding="utf-8"))


def reference_rows(name: str) -> list[dict[str, str]]:
    """The rows of a reference file in CSV."""
    with (REFERENCE / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))
