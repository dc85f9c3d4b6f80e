"""An edition that was frozen before a question was asked prints, tabulates and compares as one that left it empty."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from masterplan.books.blueprint import BOOKS, book_parts
from masterplan.books.chapters.printed import printed_texts
from masterplan.books.formats.tables import tables_of
from masterplan.books.render import render_part
from masterplan.editions.comparison.compare import compare
from masterplan.editions.frozen import with_every_answer
from masterplan.registry import CATALOGUE, FIELDS, SIMPLE, Field, Kind
from tests.masterplan.books.plan_content import generate

Content = dict[str, Any]
LATER = [field for field in FIELDS.values() if field.kind in SIMPLE | {Kind.EVIDENCE} and not field.always_needed]


def without(content: Content, change: Callable[[Content, Field], None]) -> Content:
    copy = deepcopy(content)
    for row in copy["initiatives"]:
        for field in LATER:
            change(row, field)
    return copy


def forget(row: Content, field: Field) -> None:
    for key in (field.key, f"{field.key}_label"):
        row.pop(key, None)


def empty(row: Content, field: Field) -> None:
    row[field.key] = field.empty
    if field.kind is Kind.CHOICE:
        row[f"{field.key}_label"] = ""


@pytest.fixture(scope="module")
def content() -> Content:
    return generate(3)


def html_of(content: Content, book: str) -> dict[str, str]:
    return {part.key: render_part(part, content=content) for part in book_parts(content, book)}


def test_what_was_not_asked_reads_as_empty_everywhere(content: Content) -> None:
    old, new = without(content, forget), without(content, empty)
    frozen = deepcopy(old)

    for book in BOOKS:
        assert html_of(old, book) == html_of(new, book)
    assert [table.rows for table in tables_of(old)] == [table.rows for table in tables_of(new)]
    assert sorted(printed_texts(old)) == sorted(printed_texts(new))
    assert compare(old, new).count == compare(new, old).count == 0
    assert compare(old, content).groups == compare(new, content).groups != ()
    assert old == frozen, "what was frozen is not written into"


def test_a_whole_edition_is_not_copied(content: Content) -> None:
    whole = with_every_answer(content)
    assert with_every_answer(whole) is whole


def test_an_answer_that_is_not_printed_is_not_looked_for(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path for path, _ in printed_texts(content)}
    unprinted = replace(FIELDS["risk"], printed_in=None, not_printed="hanya untuk rapat internal")
    monkeypatch.setitem(CATALOGUE.fields, "risk", unprinted)
    left_out = before - {path for path, _ in printed_texts(content)}
    assert left_out == {f"initiatives[{row['code']}].risk" for row in content["initiatives"]}
