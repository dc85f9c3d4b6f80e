"""A plan of 240 initiatives with crowded pages: the book that must stay short, and the pages that grow with the plan.

Whole books of this size and of four times as many are `tests/benchmarks/test_large_books.py`.
"""

import json
import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import page
import pytest

from masterplan.books.blueprint import book_parts, texts_of
from masterplan.books.chapters.printed import printed_texts
from masterplan.books.produce import BuildReport
from smartcity.press.parts import Part
from tests.factories.large_plan import crowded
from tests.masterplan.books import real_book, soundness
from tests.masterplan.books.plan_content import generate
from tests.masterplan.books.reading import read

INITIATIVES = 240
SUMMARY_PAGES = range(10, 31)
GROWING = ("print/matrix.html", "print/roadmap.html", "print/agencies.html")


@pytest.fixture(scope="module")
def content() -> dict[str, Any]:
    """The plan, with codes as a plan of a thousand initiatives has them."""
    plan: dict[str, Any] = json.loads(re.sub(r"([A-Z]{2})-(\d\d)\b", r"\1-1\2", json.dumps(generate(60))))
    return crowded(plan, INITIATIVES)


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
    checks = (soundness.left_alone, soundness.broken_numbers, soundness.broken_codes)
    assert [fault for check in checks for fault in check(book)] == []
    for part, *_ in soundness.wholes(parts):
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
