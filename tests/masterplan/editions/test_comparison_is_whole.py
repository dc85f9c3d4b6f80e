"""No part of an edition is left out of a comparison: each value of a full one is changed, and each change is told."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import pytest
from django.utils import timezone

from masterplan.analyses import actions as analyses
from masterplan.editions.comparison.compare import EditionComparison, compare
from masterplan.editions.comparison.rows import compared_values
from masterplan.editions.schema import FrozenPlan, FrozenSection
from masterplan.editions.schema.compared import NotCompared
from masterplan.editions.snapshot import compose
from masterplan.models import ReadinessCell
from masterplan.reference import ReadinessAspect
from tests.sweep.content import build_side
from tests.sweep.words import marked

Content = dict[str, Any]
Place = tuple[str | int, ...]

_MARK = "berubahbaru"


@pytest.fixture
def content(db: None) -> Content:
    """A regency with something at every place that an edition freezes."""
    side = build_side(marked("isi"), marked("isi"), "kabupaten-penuh")
    by = side.people["coordinator"]
    for aspect in ReadinessAspect.values[1:]:
        answers = dict.fromkeys(("condition", "evidence", "problem", "recommendation"), f"Isi {aspect}")
        cell = ReadinessCell(master_plan=side.plan, aspect=aspect)
        analyses.save(cell, by=by, data=answers | {"score": "Belum siap"}, version=1)
    return compose(side.plan, number=1, label="Uji", day=timezone.localdate(), scope="approved")


def leaves(value: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every value that is no list and no mapping, with where it stands."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*place, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from leaves(item, (*place, number))
    else:
        yield place, value


def general(place: Place) -> str:
    """Where a value stands, whichever row it is in."""
    words = "".join("[]" if isinstance(step, int) else f".{step}" for step in place).lstrip(".")
    words = re.sub(r"^sections\..+?\.(pictures\[\].*|\w+)$", r"sections.*.\1", words)
    return re.sub(
        r"\.(targets|amounts|ceilings)\..+", r".\1.*", re.sub(r"^outline\..*\.(\w+)$", r"outline.*.\1", words)
    )


def other(value: Any) -> Any:
    """Another value of the same sort."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if value is None:
        return _MARK
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return "2031-05-17"
    return f"{value} {_MARK}"


@contextmanager
def changed(content: Content, place: Place) -> Iterator[None]:
    """The content with another value at one place, and with the label of a choice that is another; then as it was."""
    row: Any = content
    for step in place[:-1]:
        row = row[step]
    keys = [place[-1], f"{place[-1]}_label"] if isinstance(row, dict) else [place[-1]]
    before = {key: row[key] for key in keys if isinstance(row, list) or key in row}
    for key, value in before.items():
        row[key] = other(value)
    yield
    for key, value in before.items():
        row[key] = value


def said(found: EditionComparison) -> str:
    """All words of a comparison."""
    words = []
    for group in found.groups:
        for item in group.items:
            words += [group.title, item.code, item.title]
            for row in (row for answer in item.answers for row in answer.rows):
                words += [row.name, *(text.after for text in row.texts), *(figure.after for figure in row.figures)]
    return "\n".join(words)


def labels(found: EditionComparison) -> Iterator[str]:
    """What answers and columns are called."""
    for answer in (answer for group in found.groups for item in group.items for answer in item.answers):
        yield answer.label
        for row in answer.rows:
            yield from (part.label for part in (*row.texts, *row.figures))


def empty(value: Any, place: Place = ()) -> Iterator[str]:
    """Where a list or a mapping holds nothing."""
    if isinstance(value, dict | list) and not value:
        yield general(place)
    rows = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in rows:
        yield from empty(item, (*place, key))


def not_compared() -> Iterator[tuple[str, str]]:
    """The places of a snapshot that are not compared, each with the reason that the schema gives."""
    waiting: list[tuple[str, type]] = [("", FrozenPlan), (".sections.*", FrozenSection)]
    while waiting:
        path, kind = waiting.pop()
        for key, value in compared_values(kind).items():
            here = f"{path}.{key}"
            if isinstance(value.mark, NotCompared):
                yield here.lstrip("."), value.mark.reason
            elif value.row_type is not None and value.row_type is not kind:
                waiting.append((f"{here}[]" if value.is_list else here, value.row_type))


def is_below(path: str, root: str) -> bool:
    """Whether a place is another one or in it."""
    return path == root or path.startswith((f"{root}.", f"{root}["))


def test_each_change_is_told_in_words(content: Content) -> None:
    there = {general(place) for place, _ in leaves(content)}
    hollow = {each for each in empty(content) if not any(key.startswith(each) for key in there)}
    assert hollow == {"outline.*.children"}, "nothing stands below the last places"
    copy = deepcopy(content)
    untold, wordless, unsaid = set(), set(), set()
    for place, value in leaves(content):
        if str(place[-1]).endswith("_label"):
            continue  # changed with its choice
        with changed(copy, place):
            found = compare(content, copy)
            told = said(found)
        if not found.groups:
            untold.add(general(place))
            continue
        wordless |= {label for label in labels(found) if re.fullmatch(r"[a-z_]+", label)}
        if isinstance(value, str) and len(value.split()) > 1 and _MARK not in told:
            unsaid.add(general(place))
    reasons = dict(not_compared())
    unexplained = {path for path in untold if not any(is_below(path, each) for each in reasons)}
    assert unexplained == set(), "changes that are not found, without a reason"
    assert all(len(reason.split()) > 3 for reason in reasons.values())
    assert wordless == set(), "keys that nobody has given words"
    assert unsaid == set(), "texts of which the new words are not told"
