"""What a reader and a screen reader find in the assembled book: numbers, links, outline, tags, heads and feet, fonts."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from smartcity.press.assembling.assemble import AssemblyError
from smartcity.press.assembling.paging import AmbiguousAnchor, page_map, roman
from smartcity.press.checking.extract import PageText, TextReader
from smartcity.press.parts import Part
from tests.masterplan.books import tiny_book

TEXTS = ("Teks pertama efisien.", "Teks kedua.", "Teks ketiga.")
MM = 72 / 25.4


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rakit")
    tiny_book.static_folder(folder / "static")
    tiny_book.make(tiny_book.content(*TEXTS), folder, folder / "static")
    tiny_book.make(tiny_book.content(*TEXTS), folder, folder / "static", draft=True, out=folder / "draf.pdf")
    return folder


@pytest.fixture(scope="module")
def book(folder: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(folder / "buku.pdf") as pdf:
        yield pdf


@pytest.fixture(scope="module")
def pages(book: pikepdf.Pdf) -> list[PageText]:
    reader = TextReader()
    return [reader.read(page) for page in book.pages]


def content_of(page: pikepdf.Page) -> bytes:
    return b"\n".join(stream.read_bytes() for stream in page.obj.Contents)


def test_front_matter_counts_in_roman_and_the_rest_in_arabic(book: pikepdf.Pdf, pages: list[PageText]) -> None:
    assert [page.label for page in book.pages] == ["Sampul", "i", "1", "2", "3", "4", "5"]
    assert pages[1].artifacts.endswith("kode 7F3A-91C0i")
    assert pages[3].artifacts.count("2 dari 5") == 1


def test_roman_numbers() -> None:
    assert [roman(number) for number in (1, 4, 9, 14, 40, 99, 399)] == ["i", "iv", "ix", "xiv", "xl", "xcix", "cccxcix"]


def test_heads_and_feet_name_chapter_book_edition_and_code(pages: list[PageText]) -> None:
    assert pages[3].artifacts == (
        "BAB I Rencana aksiBuku 2 · Master Plan Smart City Kabupaten Contoh"
        "Edisi 3 · 20 September 2021 · kode 7F3A-91C02 dari 5BR"
    )
    assert pages[0].artifacts == pages[2].artifacts == "", "cover and opener are bare"


def test_the_thumb_tab_steps_down_with_the_dimension(book: pikepdf.Pdf, pages: list[PageText]) -> None:
    def top_of_tab(page: pikepdf.Page) -> float:
        found = re.search(rb"[\d.]+ ([\d.]+) 22\.68 68\.03 re", content_of(page))
        assert found
        return (841.89 - float(found[1]) - 68.03) / MM

    assert top_of_tab(book.pages[3]) == pytest.approx(26 + 28, abs=0.1), "BR"
    assert top_of_tab(book.pages[4]) == pytest.approx(26, abs=0.1), "GO"
    assert b"22.68 68.03 re" not in content_of(book.pages[6]), "the matrix has no tab"


def test_wide_pages_have_their_heads_at_their_own_margins(book: pikepdf.Pdf) -> None:
    first_text = re.search(rb"BT /P400 9 Tf ([\d.]+) ([\d.]+) Td", content_of(book.pages[6]).partition(b"/Header")[2])
    assert first_text
    assert float(first_text[1]) == pytest.approx(18 * MM, abs=0.1)
    assert float(first_text[2]) == pytest.approx(595.28 - 17 * MM, abs=0.1)


def test_a_draft_says_so_in_words_and_across_every_page(folder: Path) -> None:
    with pikepdf.open(folder / "draf.pdf") as draft:
        reader = TextReader()
        shown = [reader.read(page).artifacts for page in draft.pages]
    assert all(text.startswith("DRAF") for text in shown)
    assert "DRAF· Edisi 3" in shown[3]


def test_a_long_running_head_is_cut_before_it_meets_the_other(folder: Path) -> None:
    def long_chapters(snapshot: Any, kind: str) -> tuple[Part, ...]:
        parts = tiny_book.parts_of(snapshot, kind)
        return tuple(replace(part, chapter="BAB I " + "Rencana aksi " * 20) for part in parts)

    out = folder / "panjang.pdf"
    tiny_book.make(tiny_book.content(*TEXTS), folder, folder / "static", parts_of=long_chapters, out=out)
    with pikepdf.open(out) as book:
        head = TextReader().read(book.pages[3]).artifacts.partition("Buku 2")[0]
    assert head.startswith("BAB I Rencana aksi")
    assert head.endswith("…")
    assert len(head) < 60


def test_a_running_head_that_cannot_be_whole_ends_before_it_and_is_named(folder: Path) -> None:
    title = "BAB I Rencana ᬩᬮᬶ ꦗꦮ سياق lengkap"

    def foreign_chapters(snapshot: Any, kind: str) -> tuple[Part, ...]:
        return tuple(replace(part, chapter=title) for part in tiny_book.parts_of(snapshot, kind))

    out = folder / "aksara.pdf"
    report = tiny_book.make(tiny_book.content(*TEXTS), folder, folder / "static", parts_of=foreign_chapters, out=out)
    named = [problem.sentence for problem in report.problems if title in problem.sentence]
    assert len(named) == 1
    assert "“ᬩ” (U+1B29)" in named[0]
    with pikepdf.open(out) as book:
        head = TextReader().read(book.pages[3]).artifacts.partition("Buku 2")[0]
    assert head == "BAB I Rencana…"


def test_contents_show_the_numbers_that_are_printed(pages: list[PageText]) -> None:
    assert pages[1].text.startswith("Daftar isiInisiatif ke-1 2Inisiatif ke-2 3Inisiatif ke-3 4")


def test_every_link_has_a_named_destination_on_the_right_page(book: pikepdf.Pdf) -> None:
    names = list(book.Root.Names.Dests.Names)
    places = {str(name): place for name, place in zip(names[::2], names[1::2], strict=True)}
    assert list(places) == sorted(places)
    numbers = {page.obj.objgen: number for number, page in enumerate(book.pages)}
    wanted = {"in-BR-01": 3, "in-GO-02": 4, "in-BR-03": 5, "mx-GO-02": 6, "tb-BR-01": 3, "bab-1": 2, "daftar-isi": 1}
    assert {name: numbers[places[name][0].objgen] for name in wanted} == wanted
    links = [link for page in book.pages for link in page.obj.get("/Annots", [])]
    assert sum("/Dest" in link for link in links) == 9
    assert [str(link.Contents) for link in book.pages[3].obj.Annots] == ["Baris matriks", "situs"]


def test_the_outline_holds_chapters_and_their_initiatives(book: pikepdf.Pdf) -> None:
    with book.open_outline() as outline:
        tops = [item.title for item in outline.root]
        below = [item.title for item in outline.root[1].children]
    assert tops == ["Daftar isi", "BAB I Rencana aksi"]
    assert below == ["BR-01 Inisiatif ke-1", "GO-02 Inisiatif ke-2", "BR-03 Inisiatif ke-3"]


def test_the_file_says_what_it_is(book: pikepdf.Pdf) -> None:
    assert str(book.Root.Lang) == "id"
    assert book.Root.ViewerPreferences.DisplayDocTitle
    assert str(book.docinfo["/Title"]) == "Buku 2 · Master Plan Smart City Kabupaten Contoh"
    assert str(book.docinfo["/CreationDate"]) == "D:20210920000000+07'00'"
    xmp = book.Root.Metadata.read_bytes().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert f"sha256:{'ab' * 32}" in xmp


def test_one_font_for_each_face(book: pikepdf.Pdf) -> None:
    fonts = {str(item.BaseFont): item for item in book.objects if _is_font(item)}
    faces = sorted(name.partition("+")[2] for name in fonts)
    assert faces == ["PlusJakartaSans-Regular", "PlusJakartaSans-SemiBold", "SourceSerif4-Regular"]
    assert sum(map(_is_font, book.objects)) == 3


def _is_font(item: Any) -> bool:
    return isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == pikepdf.Name.Type0


def test_tables_are_tagged_with_scopes_and_without_ids(book: pikepdf.Pdf) -> None:
    headers = [item for item in book.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/TH"]
    assert {str(header.A.Scope) for header in headers} == {"/Column", "/Row"}
    assert not any("/ID" in item or "/Headers" in item.get("/A", {}) for item in headers)


def test_wrappers_that_say_nothing_are_gone(book: pikepdf.Pdf) -> None:
    paragraphs = [item for item in book.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/P"]
    assert paragraphs
    assert all(isinstance(kid, int) or kid.get("/S") == "/Link" for paragraph in paragraphs for kid in paragraph.K)


def test_a_link_to_nowhere_fails_the_book_by_name(folder: Path) -> None:
    snapshot = tiny_book.content("x")
    snapshot["initiatives"][0]["html"] = tiny_book.link("in-tiada", "tidak ada")
    out = folder / "tiada.pdf"
    with pytest.raises(AssemblyError, match=r"sheet-BR-01 menunjuk in-tiada"):
        tiny_book.make(snapshot, folder, folder / "static", out=out, texts_of=lambda content: [])
    assert not out.exists()


def test_an_anchor_in_two_parts_fails_the_book_by_name(folder: Path) -> None:
    snapshot = tiny_book.content("x", "y")
    for initiative in snapshot["initiatives"]:
        initiative["html"] = '<p id="kembar">sama</p>'
    with pytest.raises(AmbiguousAnchor, match=r"kembar ada di bagian sheet-BR-01 dan sekali lagi di sheet-GO-02"):
        tiny_book.make(snapshot, folder, folder / "static", out=folder / "k.pdf", texts_of=lambda content: [])


def test_pages_are_numbered_by_kind_and_not_by_place() -> None:
    from smartcity.press.cache import Fragment

    def fragment(pages: int, anchor: str) -> Fragment:
        return Fragment(b"", {"pages": [[1, 1]] * pages, "anchors": {anchor: [pages - 1, 0, 0]}})

    kinds: list[tuple[str, Any, int]] = [
        ("s", "cover", 1),
        ("p", "front", 3),
        ("b", "opener", 1),
        ("t", "text", 2),
        ("l", "front", 1),
    ]
    parts = [Part(key=key, template="", page=kind) for key, kind, _ in kinds]
    found = page_map(parts, {key: fragment(pages, f"a-{key}") for key, _, pages in kinds})
    assert [number.label for number in found.numbers] == ["", "i", "ii", "iii", "1", "2", "3", "iv"]
    assert found.labels == {"a-s": "", "a-p": "iii", "a-b": "1", "a-t": "3", "a-l": "iv"}
    assert found.total == 3
