"""The books' parts: order, numbers, and that headings and captions are declared as the HTML shows them."""

import json
import re
from collections import Counter
from copy import deepcopy
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from masterplan.books.blueprint import BOOKS, book_parts, places_of, sheet_parts, texts_of
from masterplan.books.chapters.papers import letters, workshop_papers
from masterplan.books.render import TEMPLATES, render_part
from masterplan.editions.outline import default_outline
from masterplan.reference import BookName
from smartcity.press.parts import Part
from tests.masterplan.books.monitored_content import told_of
from tests.masterplan.books.plan_content import generate
from tests.masterplan.books.test_analyses_print import content_with

GOLDEN = json.loads((Path(__file__).parent / "golden_snapshot.json").read_text(encoding="utf-8"))


def part_of(key: str, content: dict[str, Any] = GOLDEN) -> Part:
    return next(part for part in book_parts(content) if part.key == key)


def test_parts_stand_in_book_order() -> None:
    parts = book_parts(GOLDEN)
    keys = [part.key for part in parts]
    assert keys[:4] == ["sampul", "tentang-buku", "daftar-isi", "daftar-tabel"]
    places = [place for chapter in places_of(GOLDEN, "buku-2") for place in chapter.everywhere()]
    headings = [heading.anchor for part in parts[4:] for heading in part.headings]
    anchors = [place.heading.anchor for place in places]
    assert [anchor for anchor in headings if anchor in anchors] == anchors
    for dimension, sheets in (("go", ["in-GO-01", "in-GO-02"]), ("br", ["in-BR-07"])):
        behind = keys.index(f"bagian-rencana-aksi-tabel-{dimension}") + 1
        assert keys[behind : behind + len(sheets)] == sheets
    behind = keys.index("bagian-lampiran-komitmen") + 1
    assert keys[behind : behind + 3] == ["komitmen-ag-4", "komitmen-ag-17", "komitmen-ag-23"]


def test_keys_anchors_and_labels_are_unique() -> None:
    parts = book_parts(generate(20))
    names = [part.key for part in parts]
    anchors = [heading.anchor for part in parts for heading in part.headings]
    anchors += [caption.anchor for part in parts for caption in part.captions]
    labels = [caption.label for part in parts for caption in part.captions]
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert [name for name, count in Counter(anchors).items() if count > 1] == []
    assert [name for name, count in Counter(labels).items() if count > 1] == []


def test_sections_and_tables_are_numbered_by_chapter() -> None:
    parts = book_parts(GOLDEN)
    numbers = [heading.number for part in parts for heading in part.headings if heading.level < 3]
    labels = [caption.label for part in parts for caption in part.captions]
    assert [number for number in numbers if number.startswith(("BAB IV", "4."))] == [
        "BAB IV",
        "4.1",
        "4.2",
        "4.3",
        "4.4",
        "4.5",
        "4.6",
    ]
    assert [label for label in labels if " 5." in label] == [
        "Tabel 5.1",
        "Gambar 5.1",
        "Tabel 5.2",
        "Tabel 5.3",
        "Tabel 5.4",
        "Tabel 5.5",
        "Tabel 5.6",
    ]
    assert [label for label in labels if "GO-01" in label] == [f"Tabel GO-01.{number}" for number in range(1, 6)]
    assert [label for label in labels if "BR-07" in label] == [f"Tabel BR-07.{number}" for number in range(1, 5)]


def test_late_parts_are_those_that_print_page_numbers() -> None:
    def prints_numbers(part: Part) -> bool:
        return render_part(part, content=GOLDEN) != render_part(part, content=GOLDEN, pages={}, total_pages=9)

    late = {part.key for part in book_parts(GOLDEN) if part.late}
    assert late >= {"daftar-isi", "daftar-tabel", "bagian-visi-pembuka", "bagian-lampiran-indeks"}
    assert late == {part.key for part in book_parts(GOLDEN) if prints_numbers(part)}


def test_a_sheet_stays_the_same_when_another_initiative_or_the_edition_changes() -> None:
    changed = json.loads(json.dumps(GOLDEN))
    changed["edition"] = {"number": 4, "label": "", "date": "2022-01-01", "scope": "approved"}
    changed["initiatives"][1]["name"] = "Nama lain"
    assert part_of("in-BR-07", changed) == part_of("in-BR-07")
    assert part_of("in-GO-01", changed) != part_of("in-GO-01")


def test_initiatives_are_ordered_by_dimension_and_counted_codes() -> None:
    content = generate(66)
    sheets = [part.key for part in book_parts(content) if part.key.startswith("in-")]
    assert sheets[:11] == [f"in-GO-{number:02d}" for number in range(1, 12)]
    assert len(sheets) == 66


def test_leads_hold_at_most_fifty_words() -> None:
    chapters = [entry for book in BookName.values for entry in default_outline(book, GOLDEN["dimensions"])]
    assert [entry.title for entry in chapters if len(entry.lead.split()) > 50] == []


def test_a_section_that_no_template_places_is_printed_at_the_end_of_its_chapter() -> None:
    content = json.loads(json.dumps(GOLDEN))
    content["sections"]["lain.catatan"] = {"title": "Catatan daerah", "body": "Isi catatan."}
    headings = [heading for part in book_parts(content) for heading in part.headings]
    added = {
        heading.title: heading.number for heading in headings if heading.title in {"Pembiayaan lain", "Catatan daerah"}
    }
    assert added == {"Pembiayaan lain": "5.4", "Catatan daerah": "6.3"}


def test_the_preview_of_a_sheet_is_that_sheet() -> None:
    (part,) = sheet_parts(GOLDEN, "in-BR-07")
    assert (part.key, part.tab, part.page) == ("in-BR-07", "BR", "text")
    with pytest.raises(KeyError, match="in-XX-99"):
        sheet_parts(GOLDEN, "in-XX-99")


def test_an_unknown_book_is_refused() -> None:
    assert set(BOOKS) <= set(BookName.values)
    with pytest.raises(KeyError):
        book_parts(GOLDEN, "buku-9")


def _named_in(module: ModuleType) -> list[str]:
    return re.findall(r'"(print/[\w/]+\.html)"', Path(str(module.__file__)).read_text())


def test_a_designed_page_bears_the_title_of_the_outline_only_where_a_regency_changed_it() -> None:
    content = deepcopy(GOLDEN)
    content["outline"] = {}
    content["sections"] |= {
        "ringkasan.profil": {"title": "Profil satu halaman", "body": ""},
        "ringkasan.kecamatan": {"title": "Di kecamatan mana", "body": ""},
    }
    titles = {words for path, words in texts_of(content, "buku-3") if path.endswith(".title")}
    assert "Di kecamatan mana" in titles
    assert "Profil satu halaman" not in titles


def test_every_print_template_is_used() -> None:
    content = content_with(lambda place, limit: place)
    content["initiatives"][0]["evidence"] = [
        {
            "title": "Surat",
            "kind_label": "PDF",
            "size": 900,
            "fingerprint": "3FA2-91C0",
            "placement": "annex",
            "sha256": "3f" * 32,
        }
    ]
    content["monitoring"] = told_of(content)
    previous = deepcopy(GOLDEN)
    previous["initiatives"][0]["risk"] = "Lain sama sekali"
    previous["sections"] |= {f"penutup.lama-{n}": {"title": f"Lama {n}", "body": "Naskah."} for n in range(200)}
    parts = [part for book in BOOKS for part in book_parts(content, book, previous=previous)]
    flows = [flow for part in parts for flow in part.context.get("flows", ())]
    used = {part.template for part in parts} | {flow.template for flow in flows}
    files = {str(path.relative_to(TEMPLATES)) for path in (TEMPLATES / "print").rglob("*.html")}
    included = {
        name for file in files for name in re.findall(r'include "(print/[^"]+)"', (TEMPLATES / file).read_text())
    }
    # Letters and papers of the bimtek are no parts of a book; each has a test that prints it.
    used |= {name for module in (letters, workshop_papers) for name in _named_in(module)}
    assert files - used - included - {file for file in files if file.startswith("print/word/")} == {"print/base.html"}
    assert used - files == set()


def test_a_table_without_rows_is_not_announced() -> None:
    content = GOLDEN | {"regency": GOLDEN["regency"] | {"facts": []}}
    content["initiatives"] = [row | {"indicators": []} for row in GOLDEN["initiatives"]]
    titles = [caption.title for part in book_parts(content) for caption in part.captions]
    assert [title for title in titles if title.endswith("dalam angka") or title.startswith("Indikator hasil")] == []
