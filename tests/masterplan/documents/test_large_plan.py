"""A plan of 240 initiatives with crowded pages: the book that must stay short, and the pages that grow with the plan.

Whole books of this size and of four times as many are `tests/benchmarks/test_large_books.py`.
"""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import page
import pytest

from masterplan.documents.blueprint import book_parts, texts_of
from masterplan.documents.contents.printed import printed_texts
from masterplan.documents.parts import Part
from masterplan.documents.produce import BuildReport
from tests.factories.large_plan import crowded
from tests.masterplan.documents import real_book, soundness
from tests.masterplan.documents.plan_content import generate
from tests.masterplan.documents.reading import read

INITIATIVES = 240
SUMMARY_PAGES = range(10, 31)
GROWING = ("print/matrix.html", "print/roadmap.html", "print/agencies.html")


@pytest.fixture(scope="module")
def content() -> dict[str, Any]:
    return crowded(generate(60), INITIATIVES)


def invalid(path: Path) -> list[str]:
    return [f"{each.rule_id}: {each.message}" for each in page.validate_pdf(path, profile="ua1").failures]


def test_the_summary_stays_short_valid_and_sound(content: dict[str, Any], tmp_path: Path) -> None:
    parts = book_parts(content, "buku-3", code=real_book.CODE, fingerprint=real_book.FINGERPRINT)
    report = made(content, tmp_path, parts, book="buku-3", texts_of=partial(texts_of, book="buku-3"))
    assert report.pages in SUMMARY_PAGES
    assert soundness.faults(tmp_path / "jilid.pdf", parts, real_book.CODE) == []


def test_what_grows_with_the_plan_keeps_its_columns_and_heads(content: dict[str, Any], tmp_path: Path) -> None:
    parts = tuple(part for part in book_parts(content) if part.template in GROWING)
    made(content, tmp_path, parts, texts_of=lambda snapshot: printed_texts({"initiatives": codes_of(snapshot)}))
    book = read(tmp_path / "jilid.pdf")
    assert [*soundness.left_alone(book), *soundness.broken_numbers(book)] == []
    for part in parts:
        shown = "".join(soundness.texts(book.between(*soundness.span(book, parts, part.key))))
        assert [row["code"] for row in content["initiatives"] if row["code"] not in shown] == [], part.key


def made(content: dict[str, Any], folder: Path, parts: tuple[Part, ...], **changes: Any) -> BuildReport:
    """The book of these parts, in which neither the press nor a validator finds anything wrong."""
    report = real_book.make(content, folder, parts_of=lambda snapshot, book: parts, **changes)
    assert report.problems == ()
    assert invalid(folder / "jilid.pdf") == []
    return report


def codes_of(content: Mapping[str, Any]) -> list[dict[str, str]]:
    return [{"code": row["code"]} for row in content["initiatives"]]
