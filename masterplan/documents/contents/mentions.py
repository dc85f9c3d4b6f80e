"""What a part refers to, found in what it is made of: so that it is given no more of its book than it names.

A part that were given all numbers of its book would be another one whenever a number changes anywhere.
"""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import fields, is_dataclass, replace
from typing import Any

from masterplan.documents.parts import Part
from smartcity.common.marks import REFERENCE

_IN_TEXT = re.compile(re.escape(REFERENCE) + r"([A-Za-z0-9-]+)")


def with_references(part: Part, labels: Mapping[str, str], linked: Set[str], absent: Set[str]) -> Part:
    """`part` with what it names of its book: `labels` by anchor, ids that are `linked` there, and `absent` ones."""
    named = set(words_of(part.context))
    mine = {
        "labels": {anchor: labels[anchor] for anchor in sorted(named & labels.keys())},
        "linked": tuple(sorted(named & linked)),
        "absent": tuple(sorted(named & absent)),
    }
    return replace(part, context={**part.context, **mine})


def words_of(value: Any) -> Iterator[str]:
    """Every text in a value that may be an anchor, and the targets of references in longer ones."""
    if isinstance(value, str):
        yield value
        if REFERENCE in value:
            yield from _IN_TEXT.findall(value)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from words_of(item)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from words_of(item)
    elif is_dataclass(value):
        for each in fields(value):
            yield from words_of(getattr(value, each.name))
