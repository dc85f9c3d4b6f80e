"""Another worker for the tests, `python -m tests.masterplan.books.print_elsewhere FOLDER DAY WORKERS`.

Prints the golden book in every variant, twice with one cache, in FOLDER and on DAY, which is also the day of the
process that renders. Says the checksums as JSON, two for each variant.
"""

import json
import os
import sys
from pathlib import Path

import time_machine

from masterplan.books.paper_formats import PAPER_FORMATS
from smartcity.press import workers
from tests.masterplan.books import real_book

GOLDEN = Path(__file__).parent / "golden_snapshot.json"
_CLOCK = """
import os, pathlib, time, time_machine
time_machine.travel(os.environ["PRINT_DAY"]).start()
pathlib.Path(__file__).with_name("told").write_text(time.strftime("%Y", time.gmtime()))
"""


def main(folder: Path, day: str, count: int) -> None:
    """See above."""
    clock = folder / "clock"
    clock.mkdir(parents=True)
    (clock / "sitecustomize.py").write_text(_CLOCK)
    os.environ |= {"PYTHONPATH": str(clock), "PRINT_DAY": day}
    workers._INHERITED += ("PYTHONPATH", "PRINT_DAY")
    content = json.loads(GOLDEN.read_text(encoding="utf-8"))
    found = {}
    with time_machine.travel(day):
        for variant in PAPER_FORMATS:
            cold, warm = (real_book.make(content, folder, variant, workers=count) for _ in range(2))
            assert warm.parts_rendered == 0
            found[variant] = [cold.sha256, warm.sha256]
    assert (clock / "told").read_text() == day[:4], "the process that renders lives on another day"
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
