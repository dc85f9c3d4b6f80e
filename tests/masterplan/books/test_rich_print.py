"""Rich text in the books: bold, lists, tables and links are printed and tagged, and the worst that may be stored is whole."""

import json
from pathlib import Path
from typing import Any

import pikepdf

from masterplan.books.blueprint import book_parts
from masterplan.books.chapters.plan.facts import beside
from masterplan.books.chapters.printed import printed_texts
from masterplan.books.produce import BuildReport, build
from masterplan.books.render import render_part
from masterplan.registry import FIELDS, Kind
from smartcity.common.rich_text.limits import MAX_BOLD, MAX_CELL, MAX_COLUMNS, MAX_LINKS, MAX_ROWS, check_marks
from smartcity.press.checking.check import lost_texts
from smartcity.press.checking.extract import TextReader
from smartcity.press.parts import Part

GOLDEN = json.loads((Path(__file__).parent / "golden_snapshot.json").read_text(encoding="utf-8"))
RICH_KEYS = [key for key, field in FIELDS.items() if field.kind is Kind.RICH]
SECTION = "latar-belakang"
RICH = """Pengunjung membayar **nontunai**, lihat [panduan](https://contoh.go.id/panduan) dan [surel](mailto:a@contoh.go.id).

- Loket **utama**

| No | Destinasi |
| 1 | Gedong Songo, **ramai** \\| padat |"""


def content_with(text: str) -> dict[str, Any]:
    """The golden snapshot with `text` in every rich answer of its first initiative, and in all sections."""
    content = json.loads(json.dumps(GOLDEN))
    content["initiatives"][0] |= dict.fromkeys(RICH_KEYS, text)
    for section in content["sections"].values():
        section["body"] = "Teks."
    first = sorted(content["sections"])[0]
    content["sections"][first]["body"] = text
    return content


def printed(content: dict[str, Any], folder: Path, keys: set[str]) -> tuple[BuildReport, Path]:
    """An excerpt with the parts of these keys."""

    def parts_of(snapshot: Any, book: str) -> tuple[Part, ...]:
        return tuple(part for part in book_parts(snapshot) if part.key in keys)

    out = folder / "kutipan.pdf"
    report = build(
        content, book="buku-2", parts_of=parts_of, render=render_part, texts_of=printed_texts, draft=False,
        fingerprint="ab" * 32, code="7F3A-91C0", cache_dir=folder / "cache", out=out,
        progress=lambda stage, done, total: None,
    )  # fmt: skip
    return report, out


def part_that_holds(content: dict[str, Any], text: str) -> str:
    """The key of the first part in which `text` stands."""
    return next(part.key for part in book_parts(content) if text in render_part(part, content=content))


def tags(item: Any, found: list[Any]) -> list[Any]:
    """All structure elements below one, in order."""
    if isinstance(item, pikepdf.Array):
        for kid in item:
            tags(kid, found)
    elif isinstance(item, pikepdf.Dictionary):
        found.append(item)
        tags(item.get("/K"), found)
    return found


def test_the_oracle_looks_for_words_without_marks_only_where_marks_are_understood() -> None:
    content = content_with("**Tebal** [tautan](https://a.id)\n| a | \\*b |\n- butir")
    content["initiatives"][0]["mitigation"] = "**bintang**"
    code = content["initiatives"][0]["code"]
    texts = dict.fromkeys(printed_texts(content))
    for line in ("Tebal tautan", "a", "*b", "butir"):
        assert (f"initiatives[{code}].risk", line) in texts
    assert (f"initiatives[{code}].mitigation", "**bintang**") in texts


def test_a_fact_with_a_table_has_the_full_width() -> None:
    facts = [{"title": "Risiko", "body": "a", "rich": True}, {"title": "Mitigasi", "body": "b"}]
    assert not beside(facts)["stacked"]
    facts[0]["body"] = "| a | b |"
    assert beside(facts)["stacked"]
    facts[0]["rich"] = False
    assert not beside(facts)["stacked"]


def test_rich_text_is_printed_and_tagged(tmp_path: Path) -> None:
    content = content_with(RICH)
    report, path = printed(content, tmp_path, {content["initiatives"][0]["id"]})
    assert not report.problems
    with pikepdf.open(path) as book:
        reader = TextReader()
        text = "".join(reader.read(page).text for page in book.pages)
        elements = tags(book.Root.StructTreeRoot, [])
        heads = [each for each in elements if each.get("/S") == "/TH"]
        links = {str(a.A.URI) for page in book.pages for a in page.obj.get("/Annots", []) if "/A" in a}
        assert all(str(head.A.Scope) in ("/Column", "/Row") for head in heads)
        assert {"/Table", "/LI", "/Link"} <= {str(each.get("/S")) for each in elements}
    assert text.count("nontunai") == text.count("Destinasi") - text.count("Daya Tarik Destinasi") == len(RICH_KEYS)
    assert "**" not in text
    assert "ramai | padat" in text
    assert links == {"https://contoh.go.id/panduan", "mailto:a@contoh.go.id"}


WORST = {
    "bold": "**tebal** biasa " * MAX_BOLD,
    "links": "[tautan](https://contoh.go.id/jalan/yang/panjang) " * MAX_LINKS + "kata " * 200,
    "wide cells": "\n".join("| " + " | ".join(["panjang " * (MAX_CELL // 8)] * MAX_COLUMNS) + " |" for _ in range(3)),
    "long words in cells": "\n".join("| " + " | ".join(["x" * MAX_CELL] * MAX_COLUMNS) + " |" for _ in range(3)),
    "many cells": "\n".join("| " + " | ".join(["a**b**"] * MAX_COLUMNS) + " |" for _ in range(MAX_ROWS)),
    "many tables": "\n\n".join(["Kata.\n\n| a | b |\n| c | d |"] * 20),
    "items": "- a\n" * 400,
    "one word": "panjang" * 600,
    "beyond the limits": "| " + " | ".join(["sel"] * 12) + " |\n" + "**x** " * 600,
}


def test_the_worst_that_may_be_stored_is_printed_whole_within_the_limits_of_a_part(tmp_path: Path) -> None:
    content = content_with("Singkat.")
    for key, (name, text) in zip(sorted(content["sections"]), WORST.items(), strict=False):
        content["sections"][key]["body"] = f"Tanda {name}.\n\n{text[:20_000].strip()}"
    for name in WORST.keys() - {"beyond the limits"}:
        check_marks(WORST[name][:20_000])
    # The limits of a part in time and memory are those of production: one beyond them would be a problem by its name.
    report, path = printed(content, tmp_path, {part_that_holds(content, f"Tanda {name}.") for name in WORST})
    assert not report.problems
    with pikepdf.open(path) as book:
        reader = TextReader()
        pages = [reader.read(page).text for page in book.pages]
    wanted = [each for each in printed_texts(content) if each[0].endswith(".body")]
    wanted = [each for each in wanted if len(each[1]) > 0 and each[1] != "Teks."]
    assert len(wanted) > 100
    assert lost_texts(pages, dict.fromkeys(wanted)) == []
