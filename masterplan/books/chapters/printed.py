"""Every text of a snapshot as it is printed. The check after assembly looks for it; which book holds what is `held`.

No key can be forgotten: whatever stands in a snapshot and is not in MACHINE_KEYS is expected in print, unless the
registry says why an answer is not printed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import Any

from masterplan.editions import money
from masterplan.editions.days import activity_day, day_in_full
from masterplan.reference import Direction
from masterplan.registry import FIELDS, Kind
from smartcity.common.rich_text.limits import document
from smartcity.common.rich_text.marks import REFERENCE, RichBlock, all_lines, plain
from smartcity.common.text import blocks

OUTLINE = "outline"
# Identities and references. Codes of enumerations are recognised by the label that stands beside them.
MACHINE_KEYS = frozenset(
    {
        "id", "key", "scope", "sub_dimension", "dimension", "lead_agency", "mission_id", "agency_id",
        "carries_out", "successor", "element_id", "indicator_id", "plan_kind", "aspect", "placement", "file", "sha256",
        "letterhead",  # on sheets to be signed, which not every book has
        "alt",  # said by the tag of a picture instead of seen
    }
)  # fmt: skip
_DAYS = {
    "date": day_in_full,
    "due_date": day_in_full,
    "start": activity_day,
    "end": lambda text: activity_day(text, end=True),
}


Texts = list[tuple[str, str]]


def printed_texts(content: Mapping[str, Any]) -> Texts:
    """(path, text) for everything in the snapshot: text by line without marks, dates and money as printed."""
    found = _walk({key: value for key, value in content.items() if key != OUTLINE}, "")
    if unprinted := frozenset(key for key, field in FIELDS.items() if field.not_printed):
        return [(path, text) for path, text in found if not _answers(unprinted).match(path)]
    return list(found)


@cache
def _answers(keys: frozenset[str]) -> re.Pattern[str]:
    """Matches the paths of these answers, of what stands below them and of their labels."""
    return re.compile(rf"initiatives\[[^\]]*\]\.(?:{'|'.join(sorted(keys))})(?:_label)?(?![a-z_])")


def _is_rich(path: str) -> bool:
    """Whether text with light marks stands there: in answers of initiatives, and in the written sections."""
    if path.startswith("initiatives["):
        field = FIELDS.get(path.partition("].")[2])
        return field is not None and field.kind is Kind.RICH
    return path.startswith("sections.") and path.endswith(".body")


def _walk(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str) and _is_rich(path):
        yield from ((path, words) for words in _words(document(value)))
    elif isinstance(value, str):
        yield from ((path, line) for block in blocks(value) for line in block.lines)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if key not in MACHINE_KEYS and f"{key}_label" not in value:
                yield from _entry(key, item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple):
        # A text that stands in a list by itself is a reference to an agency or a district.
        for number, item in enumerate(each for each in value if not isinstance(each, str)):
            name = item.get("code") if isinstance(item, Mapping) else None
            yield from _walk(item, f"{path}[{name or number}]")


def _words(found: Iterable[RichBlock]) -> Iterator[str]:
    """Lines, items and cells; one with references in pieces, because a number may stand behind each of them."""
    for line in all_lines(found):
        for _, runs in groupby(line, key=lambda run: run.link if run.link.startswith(REFERENCE) else ""):
            if words := plain(tuple(runs)).strip():
                yield words


def _entry(key: str, item: Any, path: str) -> Iterator[tuple[str, str]]:
    if key in _DAYS and item:
        yield path, _DAYS[key](item)
    elif key == "direction":
        yield path, str(Direction(item).label)
    elif key == "budgets":
        unit = money.unit(amount for row in item for amount in row["amounts"].values())
        yield from _walk(item, path)
        yield from ((path, money.written(amount, unit)) for row in item for amount in row["amounts"].values() if amount)
    elif key == "ceilings":
        unit = money.unit(item.values())
        yield from ((path, money.written(amount, unit)) for amount in item.values() if amount)
    elif key not in _DAYS:
        yield from _walk(item, path)
