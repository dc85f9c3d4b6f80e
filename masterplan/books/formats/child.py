"""The process that makes one Word or Excel file: `python -m masterplan.books.formats.child ORDER`.

What is asked for and what happens to failures is `make`. It needs no Django, no database and no network.
"""

import errno
import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

from masterplan.books.formats.word.package import WordPart, WordProperties, write_word
from masterplan.books.formats.workbook import write_workbook
from smartcity.common.confinement import NO_MEMORY_CODE, die_with_parent, forbid_network, limit_memory, start_clock
from smartcity.press.assets import Assets

_LARGEST_FILE = 256 * 1024 * 1024
# Deep nesting is legal HTML, and blocks are written as they are nested.
_RECURSION = 6000


def main() -> None:
    """Confine this process, make the file, say what is lacking in it and what it took."""
    order = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    limits = order["limits"]
    die_with_parent(order["parent"])
    sys.setrecursionlimit(_RECURSION)
    forbid_network()
    limit_memory(limits["memory_mb"], largest_file=_LARGEST_FILE)
    start_clock(cpu_seconds=limits["cpu_seconds"], wall_seconds=limits["wall_seconds"])
    try:
        lost = _MAKERS[order["format"]](order, Path(order["out"]))
    except (MemoryError, RecursionError):
        os._exit(NO_MEMORY_CODE)
    except OSError as error:
        if error.errno == errno.ENOMEM:
            os._exit(NO_MEMORY_CODE)
        raise
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(json.dumps({"lost": lost, "peak_memory_mb": peak}))


def _word(order: dict[str, Any], out: Path) -> list[str]:
    images = Path(order["images"]) if order["images"] else None
    parts = [WordPart(**part) for part in order["parts"]]
    return write_word(parts, WordProperties(**order["imprint"]), Assets(Path(order["static"]), images=images), out)


def _excel(order: dict[str, Any], out: Path) -> list[str]:
    write_workbook(order["tables"], order["about"], order["told"], out)
    return []


_MAKERS = {"docx": _word, "xlsx": _excel}

if __name__ == "__main__":
    main()
