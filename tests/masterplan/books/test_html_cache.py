"""The HTML of a part is written once for the same values and the same code, whatever edition asks for it."""

import copy
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from masterplan.books import html_cache
from masterplan.books.blueprint import BOOKS, book_parts, sheet_parts
from masterplan.books.chapters.lookup import Lookup, only_on_sheet
from masterplan.books.html_cache import CachedHtml
from masterplan.books.render import render_part
from masterplan.reference import BookName
from masterplan.registry import FIELDS, TEXTS
from smartcity.press.assembling.paging import AskedLabels
from smartcity.press.parts import Part
from tests.masterplan.books import plan_content

OF_THE_EDITION = {"sampul", "tentang-buku"}


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Keys of the parts that were really written."""
    keys: list[str] = []

    def note(part: Part, **values: Any) -> str:
        keys.append(part.key)
        return render_part(part, **values)

    monkeypatch.setattr(html_cache, "render_part", note)
    return keys


@pytest.fixture
def content() -> dict[str, Any]:
    return plan_content.generate(3)


def write(content: dict[str, Any], folder: Path) -> dict[str, str]:
    render = CachedHtml(folder)
    return {part.key: render(part, content=content) for part in book_parts(content, "buku-2")}


def test_the_same_part_is_written_once_and_reads_the_same(
    content: dict[str, Any], written: list[str], tmp_path: Path
) -> None:
    first = write(content, tmp_path)
    assert len(written) == len(first)
    written.clear()

    assert write(copy.deepcopy(content), tmp_path) == first
    assert written == []
    assert first == {part.key: render_part(part, content=content) for part in book_parts(content, "buku-2")}


def test_another_edition_writes_only_what_names_it(content: dict[str, Any], written: list[str], tmp_path: Path) -> None:
    write(content, tmp_path)
    written.clear()
    content["edition"] = {"number": 9, "label": "Lain", "date": "2021-12-01", "scope": "submitted"}

    write(content, tmp_path)

    assert set(written) == OF_THE_EDITION


def test_an_edit_writes_only_parts_that_know_the_initiative(
    content: dict[str, Any], written: list[str], tmp_path: Path
) -> None:
    before = write(content, tmp_path)
    written.clear()
    row = content["initiatives"][0]
    row["problem"] = "Masalah yang lain."

    after = write(content, tmp_path)

    others = {other["id"] for other in content["initiatives"][1:]}
    assert row["id"] in written
    assert not others & set(written)
    assert [key for key in after if after[key] != before[key]] == [row["id"]]


@pytest.mark.parametrize("book", BOOKS)
def test_what_only_a_sheet_shows_is_known_to_no_other_part(book: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Except to a part that asks for the whole answers (`Lookup.in_full`)."""
    content = plan_content.generate(6)
    row, another = content["initiatives"][0], "Jawaban yang lain."
    before = {part.key: pickle.dumps(part) for part in book_parts(content, book)}
    texts = {key for key in only_on_sheet() if key in FIELDS and FIELDS[key].kind in TEXTS}
    assert {"problem", "risk"} < texts < row.keys()
    row.update(dict.fromkeys(texts, another))

    after = {part.key: pickle.dumps(part) for part in book_parts(content, book)}

    changed = {key for key in after if after[key] != before[key]}
    monkeypatch.setattr(Lookup, "in_full", [])
    without = {part.key: pickle.dumps(part) for part in book_parts(content, book)}
    asking = {key for key in after if without.get(key) != after[key]}
    has_sheets = book == BookName.MASTER_PLAN
    assert changed - asking == ({row["id"]} if has_sheets else set())
    if has_sheets:
        assert render_part(sheet_parts(content, row["id"])[0], content=content).count(another) == len(texts)


def lose(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def change(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"</html>", b"</htm1>"))


@pytest.mark.parametrize("damage", [lose, change])
def test_a_damaged_entry_is_written_again(
    content: dict[str, Any], written: list[str], tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    first = write(content, tmp_path)
    for path in tmp_path.rglob("*.html"):
        damage(path)
    written.clear()

    assert write(content, tmp_path) == first
    assert len(written) == len(first)


def test_other_code_writes_everything_again(
    content: dict[str, Any], written: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(content, tmp_path)
    written.clear()
    monkeypatch.setattr(html_cache, "_code", lambda: b"lain")

    write(content, tmp_path)

    assert len(written) == len(book_parts(content, "buku-2"))


def test_numbered_pages_are_remembered_with_the_numbers_they_asked_for(
    content: dict[str, Any], written: list[str], tmp_path: Path
) -> None:
    contents = next(part for part in book_parts(content, "buku-2") if part.key == "daftar-isi")
    first = CachedHtml(tmp_path)(contents, content=content)
    asked = {"bagian-pendahuluan": "77"}
    numbered = CachedHtml(tmp_path)(contents, content=content, pages=asked, total_pages=90)
    written.clear()

    others = {**asked, "tempat-yang-tidak-disebut": "5"}
    again = CachedHtml(tmp_path)(contents, content=content, pages=others, total_pages=90)
    without = CachedHtml(tmp_path)(contents, content=content)

    assert "77" in numbered
    assert (again, without, written) == (numbered, first, [])


def test_another_number_or_another_total_is_written_anew(
    content: dict[str, Any], written: list[str], tmp_path: Path
) -> None:
    contents = next(part for part in book_parts(content, "buku-2") if part.key == "daftar-isi")
    render = CachedHtml(tmp_path)
    render(contents, content=content, pages={"bagian-pendahuluan": "77"}, total_pages=90)
    written.clear()

    other = render(contents, content=content, pages={"bagian-pendahuluan": "78"}, total_pages=90)
    render(contents, content=content, pages={"bagian-pendahuluan": "78"}, total_pages=91)

    assert "78" in other
    assert written == ["daftar-isi", "daftar-isi"]


def test_what_was_asked_of_remembered_pages_is_known(content: dict[str, Any], tmp_path: Path) -> None:
    contents = next(part for part in book_parts(content, "buku-2") if part.key == "daftar-isi")
    asked = []
    for _ in range(2):
        labels = AskedLabels({"bagian-pendahuluan": "77", "tempat-yang-tidak-disebut": "5"})
        CachedHtml(tmp_path)(contents, content=content, pages=labels, total_pages=90)
        asked.append(labels.asked)

    assert asked[0] == asked[1]
    assert asked[0]["bagian-pendahuluan"] == "77"
    assert "tempat-yang-tidak-disebut" not in asked[0]
