"""The oracle of the texts over many more cases than an ordinary run has: 5,000 random texts, each looked for in print."""

import json
import time
from pathlib import Path

from django.conf import settings as django_settings

from tests.masterplan.books import text_cases

REPORT = Path(django_settings.BASE_DIR) / "var" / "benchmarks" / "text_oracle.json"
BATCHES, CASES = 10, 500


def test_text_oracle(tmp_path: Path) -> None:
    started = time.perf_counter()
    report = {"cases": 0, "characters": 0, "pages": 0, "replaced": 0, "lost": {}, "beyond": [], "seconds": 0.0}
    for seed in range(1, BATCHES + 1):
        cases = text_cases.draw(CASES, seed)
        built, texts = text_cases.printed(cases, tmp_path / str(seed))
        lost, replaced = text_cases.not_printed(cases, built, texts)
        report["cases"] += len(cases)
        report["characters"] += sum(len(line) for case in cases for line in case.lines)
        report["pages"] += built.pages
        report["replaced"] += len(replaced)
        report["beyond"] += [f"{seed}/{key}" for key in text_cases.beyond_the_paper(built)]
        report["lost"] |= {f"{seed}/{number}": line for number, line in lost.items()}
    report["seconds"] = round(time.perf_counter() - started, 1)
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert report["cases"] == BATCHES * CASES
    assert not report["lost"], report["lost"]
    assert not report["beyond"], report["beyond"]
    assert report["replaced"] <= report["cases"] // 100
