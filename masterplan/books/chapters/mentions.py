"""What a part refers to, found in what it is made of: so that it is given no more of its book than it names.

A part that were given all numbers of its book would be another one whenever a number changes anywhere.
"""

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import fields, is_dataclass, replace
from typing import Any

from smartcity.common.rich_text.marks import REFERENCE
from smartcity.press.parts import Part

_WORDLESS = frozenset({int, float, bool, type(None)})
_IN_TEXT = re.compile(re.escape(REFERENCE) + r"([A-Za-z0-9-]+)")


def with_references(
    part: Part, labels: Mapping[str, str], linked: Set[str], absent: Set[str], known: "Known | None" = None
) -> Part:
    """`part` with what it names of its book: `labels` by anchor, ids that are `linked` there, and `absent` ones.

    `known` says what rows hold that many parts are made of.
    """
    named = words_of(part.context, known)
    mine = {
        "labels": {anchor: labels[anchor] for anchor in sorted(named & labels.keys())},
        "linked": tuple(sorted(named & linked)),
        "absent": tuple(sorted(named & absent)),
    }
    return replace(part, context={**part.context, **mine})


class Known:
    """The words of some rows, each looked through once. The rows must outlive it."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._rows = {id(row): row for row in rows}
        self._words: dict[int, set[str]] = {}

    def __contains__(self, row: int) -> bool:
        return row in self._rows

    def words(self, row: int) -> set[str]:
        """Those of the row with this id()."""
        if row not in self._words:
            self._words[row] = words_of(list(self._rows[row].values()))
        return self._words[row]


def words_of(value: Any, known: Known | None = None) -> set[str]:
    """Every text in a value that may be an anchor, and the targets of references in longer ones."""
    words: set[str] = set()
    left = [value]
    while left:
        item = left.pop()
        kind = type(item)
        # What most values are, before what they may also be: a book is made of a hundred thousand.
        if kind is str or isinstance(item, str):
            words.add(item)
            if REFERENCE in item:
                words.update(_IN_TEXT.findall(item))
        elif kind is dict:
            if known and id(item) in known:
                words |= known.words(id(item))
            else:
                left += item.values()
        elif kind is list or kind is tuple:
            left += item
        elif kind not in _WORDLESS:
            left += _inside(item)
    return words


def _inside(item: Any) -> Iterable[Any]:
    if isinstance(item, Mapping):
        return item.values()
    if isinstance(item, list | tuple | set | frozenset):
        return item
    return [getattr(item, each.name) for each in fields(item)] if is_dataclass(item) else ()
