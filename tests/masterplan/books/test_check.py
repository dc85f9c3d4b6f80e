"""The check of a finished book: quiet about a good one, and it names each thing that is spoilt."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from masterplan.books import produce
from smartcity.press.checking.check import Defect, Expectation, check_book, lost_texts
from smartcity.press.checking.extract import TextReader
from smartcity.press.checking.reading import KnownPages
from smartcity.press.checking.squeeze import squeeze
from tests.masterplan.books import tiny_book

TEXTS = ("Teks pertama yang efisien.", "Baris satu\n\n- butir kesatu\n- butir kedua", "Teks ketiga.")
TITLE = "Buku 2 · Master Plan Smart City Kabupaten Contoh"

Spoil = Callable[[pikepdf.Pdf], None]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("periksa")
    tiny_book.static_folder(folder / "static")
    tiny_book.make(tiny_book.content(*TEXTS), folder, folder / "static")
    return folder


def check(path: Path, **changes: Any) -> list[Defect]:
    texts = tiny_book.texts_of(tiny_book.content(*TEXTS))
    return check_book(path, Expectation(**({"pages": 7, "title": TITLE, "texts": texts} | changes)))


def elements(book: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    return [item for item in book.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == kind]


def rewrite(page: pikepdf.Page, old: bytes, new: bytes) -> None:
    for stream in page.obj.Contents:
        data = stream.read_bytes()
        if old in data:
            stream.write(data.replace(old, new, 1))
            return
    raise AssertionError(old)


def test_a_good_book_has_no_findings(folder: Path) -> None:
    assert check(folder / "buku.pdf") == []


def drop_page(book: pikepdf.Pdf) -> None:
    del book.pages[3]


def lose_language(book: pikepdf.Pdf) -> None:
    del book.Root.Lang


def change_title(book: pikepdf.Pdf) -> None:
    book.docinfo["/Title"] = "Lain"


def lose_ua_mark(book: pikepdf.Pdf) -> None:
    book.Root.Metadata.write(book.Root.Metadata.read_bytes().replace(b"pdfuaid:part>1", b"pdfuaid:part>9"))


def lose_outline(book: pikepdf.Pdf) -> None:
    del book.Root.Outlines


def lose_destination(book: pikepdf.Pdf) -> None:
    names = book.Root.Names.Dests.Names
    place = [str(name) for name in list(names)[::2]].index("in-BR-01")
    names[2 * place] = pikepdf.String("in-BR-01-lain")


def link_by_http(book: pikepdf.Pdf) -> None:
    link = next(link for link in book.pages[3].obj.Annots if "/A" in link)
    link.A.URI = pikepdf.String("http://contoh.test/")


def lose_tags(book: pikepdf.Pdf) -> None:
    del book.Root.StructTreeRoot


def lose_scope(book: pikepdf.Pdf) -> None:
    del elements(book, "/TH")[0].A.Scope


def skip_a_heading(book: pikepdf.Pdf) -> None:
    elements(book, "/H2")[0].S = pikepdf.Name("/H4")


def add_a_figure(book: pikepdf.Pdf) -> None:
    elements(book, "/P")[0].S = pikepdf.Name("/Figure")


def lose_an_owner(book: pikepdf.Pdf) -> None:
    nums = book.Root.StructTreeRoot.ParentTree.Nums
    del nums[1][0]


def double_parent_number(book: pikepdf.Pdf) -> None:
    book.pages[4].obj.StructParents = book.pages[3].obj.StructParents


def lose_a_kid(book: pikepdf.Pdf) -> None:
    elements(book, "/P")[0].K = pikepdf.Array([])


def give_a_wrong_parent(book: pikepdf.Pdf) -> None:
    row, other = elements(book, "/TR")[:2]
    row.K[0].P = other


def untag_a_link(book: pikepdf.Pdf) -> None:
    del book.pages[3].obj.Annots[0].StructParent


def show_notdef(book: pikepdf.Pdf) -> None:
    rewrite(book.pages[3], b"TJ", b"TJ [<0000>] TJ")


def show_outside_tags(book: pikepdf.Pdf) -> None:
    page = book.pages[3]
    show = next(part for part in page.obj.Contents[1].read_bytes().split(b"\n") if part.endswith(b"TJ"))
    font = str(next(iter(page.obj.Resources.Font))).encode()
    page.obj.Contents[2].write(page.obj.Contents[2].read_bytes() + b"\nBT " + font + b" 9 Tf " + show + b" ET")


def show_in_another_way(book: pikepdf.Pdf) -> None:
    rewrite(book.pages[3], b"TJ", b"TJ (x) Tj")


def lose_unicode(book: pikepdf.Pdf) -> None:
    for font in book.pages[3].obj.Resources.Font.values():
        if "/ToUnicode" in font:
            del font.ToUnicode


def lose_a_word(book: pikepdf.Pdf) -> None:
    page = book.pages[3]
    shows = [part for part in page.obj.Contents[1].read_bytes().split(b"\n") if part.endswith(b"TJ")]
    rewrite(page, max(shows, key=len), b"[<0001>] TJ")


SPOILT: list[tuple[Spoil, str, str]] = [
    (drop_page, "pages", "6 halaman, seharusnya 7"),
    (lose_language, "metadata", "Bahasa"),
    (change_title, "metadata", "Judul"),
    (lose_ua_mark, "metadata", "PDF/UA"),
    (lose_outline, "metadata", "Daftar isi samping"),
    (lose_destination, "links", "tidak sampai"),
    (link_by_http, "links", "http://contoh.test/"),
    (lose_tags, "tags", "tidak bertag"),
    (lose_scope, "tags", "Kepala tabel"),
    (skip_a_heading, "tags", "Judul tingkat 4"),
    (add_a_figure, "tags", "teks pengganti"),
    (lose_an_owner, "tags", "tidak cocok"),
    (double_parent_number, "tags", "dipakai dua kali"),
    (lose_a_kid, "tags", "tidak cocok"),
    (give_a_wrong_parent, "tags", "induk yang lain"),
    (untag_a_link, "tags", "Tautan di halaman 4 tidak bertag"),
    (show_notdef, "letters", "tidak ada bentuk cetaknya"),
    (show_outside_tags, "tags", "di luar tag"),
    (show_in_another_way, "letters", "tidak dapat diperiksa"),
    (lose_unicode, "letters", "tidak dapat disalin"),
    (lose_a_word, "text", "initiatives[BR-01].description"),
]


@pytest.mark.parametrize(("spoil", "kind", "words"), SPOILT, ids=[spoil.__name__ for spoil, _, _ in SPOILT])
def test_what_is_spoilt_is_named(folder: Path, tmp_path: Path, spoil: Spoil, kind: str, words: str) -> None:
    path = tmp_path / "rusak.pdf"
    with pikepdf.open(folder / "buku.pdf") as book:
        spoil(book)
        book.save(path)
    findings = check(path)
    assert any(finding.kind == kind and words in finding.sentence for finding in findings), findings


# Inside a part, where the part was looked at before it was put into the book; nothing is done to it there.
INSIDE_A_PART = {lose_scope, skip_a_heading, add_a_figure, lose_a_kid, give_a_wrong_parent}


def drop_tags_of_a_part(book: pikepdf.Pdf) -> None:
    del book.Root.StructTreeRoot.K[0].K[1]


SPOILT_JOINTS = [each for each in SPOILT if each[0] not in INSIDE_A_PART] + [
    (drop_tags_of_a_part, "tags", "tidak terbawa")
]


@pytest.fixture(scope="module")
def known(folder: Path) -> KnownPages:
    """What is known of the book's pages from its parts."""
    told: list[Expectation] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(produce, "check_book", lambda path, expected: told.append(expected) or [])
        tiny_book.make(tiny_book.content(*TEXTS), folder, folder / "static", out=folder / "dikenal.pdf")
    assert told[0].known
    return told[0].known


def test_a_good_book_is_known_again_without_being_read(
    folder: Path, known: KnownPages, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert known.all_read
    monkeypatch.setattr(TextReader, "read", lambda *_: pytest.fail("a page was read"))
    assert check(folder / "buku.pdf", known=known) == []


@pytest.mark.parametrize(("spoil", "kind", "words"), SPOILT_JOINTS, ids=[spoil.__name__ for spoil, *_ in SPOILT_JOINTS])
def test_what_is_spoilt_is_named_although_the_parts_are_known(
    folder: Path, tmp_path: Path, known: KnownPages, spoil: Spoil, kind: str, words: str
) -> None:
    path = tmp_path / "rusak.pdf"
    with pikepdf.open(folder / "buku.pdf") as book:
        spoil(book)
        book.save(path)
    again = KnownPages(known.parts, list(known._faces.values()))
    assert any(finding.kind == kind and words in finding.sentence for finding in check(path, known=again))


def test_a_text_that_no_page_shows_is_named_although_the_parts_are_known(folder: Path, known: KnownPages) -> None:
    texts = [*tiny_book.texts_of(tiny_book.content(*TEXTS)), ("initiatives[BR-01].risk", "Banjir bandang")]
    findings = check(folder / "buku.pdf", known=known, texts=texts)
    assert [(finding.kind, finding.where) for finding in findings] == [("text", "initiatives[BR-01].risk")]


def test_another_glyph_text_in_the_book_makes_it_read_again(folder: Path, tmp_path: Path, known: KnownPages) -> None:
    path = tmp_path / "lain.pdf"
    with pikepdf.open(folder / "buku.pdf") as book:
        for font in book.pages[3].obj.Resources.Font.values():
            font.ToUnicode = book.make_stream(font.ToUnicode.read_bytes().replace(b"> <0065>", b"> <0078>"))
        book.save(path)
    again = KnownPages(known.parts, list(known._faces.values()))
    assert any(finding.kind == "text" for finding in check(path, known=again))


def test_a_text_that_was_never_printed_is_named_by_its_path(folder: Path) -> None:
    findings = check(
        folder / "buku.pdf", texts=[("initiatives[BR-01].risk", "Risiko banjir"), ("name", "Inisiatif ke-1")]
    )
    assert [(finding.kind, finding.where) for finding in findings] == [("text", "initiatives[BR-01].risk")]


PAGES = ["Judul satu dua tiga", "Judul empat lima kolom lain"]


@pytest.mark.parametrize(
    ("text", "is_there"),
    [
        ("satu\ndua   tiga", True),
        ("SATU dua", True),
        ("sa\u00adtu du-a", True),
        ("satu dua tiga empat lima", True),
        ("satu dua tiga kolom lain", True),
        ("satu dua tiga lain", False),
        ("satu dua tiga enam", False),
        ("empat lima satu", False),
        ("satu tiga", False),
        ("satu dua tiga empat lima kolom enam", False),
        ("", True),
    ],
)
def test_texts_are_found_over_lines_and_pages(text: str, is_there: bool) -> None:
    assert (lost_texts(PAGES, [("t", text)]) == []) is is_there


def test_a_text_cut_by_a_page_is_found_beside_another_with_the_same_beginning() -> None:
    pages = ["awal bersama lalu beda", "x awal bersama", "kepala lalu sama", "y"]
    assert lost_texts(pages, [("t", "awal bersama lalu sama")]) == []


def test_a_text_may_run_through_a_page() -> None:
    """A cell of a long table; the page between holds nothing but it, and what stands beside it."""
    lines = [f"baris ke-{number} dari sel yang panjang " for number in range(30)]
    pages = [
        "awal " + "".join(lines[:8]),
        "kepala " + "".join(lines[8:20]) + "sebelah",
        "kepala " + "".join(lines[20:]),
    ]
    assert lost_texts(pages, [("t", "".join(lines))]) == []
    assert lost_texts([*pages[:1], "kepala", *pages[2:]], [("t", "".join(lines))]) != []


def test_letters_here_and_there_in_a_long_book_are_not_a_text() -> None:
    """Whatever the text, its pairs of letters stand somewhere on two hundred pages."""
    text = "Kesiapan dinilai pada sembilan sel: struktur, infrastruktur, dan suprastruktur."
    pieces = [text[place : place + 5] for place in range(0, len(text), 5)]
    assert lost_texts([" | ".join(pieces)] * 200, [("t", text)]) != []


def test_ligatures_and_forms_of_letters_are_one() -> None:
    assert squeeze("e\ufb01sien") == squeeze("efisien")
    assert squeeze("e\u0301") == squeeze("é")


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cf", "Mn", "Mc", "Me"]), min_size=12),
    st.integers(6, 50),
    st.booleans(),
)
def test_a_text_cut_by_a_page_is_found_and_a_shortened_one_is_not(text: str, cut: int, whole: bool) -> None:
    wanted = squeeze(text)
    assume(len(wanted) >= cut + 6)
    rest = wanted[cut:] if whole else wanted[cut : len(wanted) - 1]
    pages = ["awal" + wanted[:cut], "kepala tabel", "lain"]
    pages[1] += "\x00" + rest
    lost = lost_texts(pages, [("t", text)])
    if whole:
        assert not lost
    elif len(wanted) > cut and wanted[-1] not in squeeze("".join(pages)):
        assert lost


WORDS = (
    "layanan perizinan terpadu efisien afliasi konfigurasi",
    "Dr. H. «kutipan» “ganda” ‘tunggal’ – — … § † ‰ € ½ ² ₃ ≥ ≤ ≠ ± × ÷ → ✓ ★",
    "1.250.000,50 (10%) [a] {b} <c> & \"d\" 'e' / \\ | @ # $ ^ ~ `",
    "العربية لا إله إلا الله ١٢٣ (بسم الله)",
    "ꦲꦤꦕꦫꦏ ꦏꦸꦛꦶ ꦥꦿꦺꦴꦮ꧀",
    "👍🏽 🇮🇩 👨‍👩‍👧 😀",
    "é e\u0301 x\u0323 ñ ş ğ ł Ā ọ́ ḍ",
    "Ελληνικά Кириллица Tiếng Việt",
    "supercalifragilistic" * 12,
)


def test_random_texts_of_many_scripts_are_all_in_the_book(folder: Path) -> None:
    chance = random.Random(11)
    pool = [word for line in WORDS for word in line.split()]
    texts = [" ".join(chance.choices(pool, k=40)) for _ in range(8)] + list(WORDS)
    report = tiny_book.make(tiny_book.content(*texts), folder, folder / "static", out=folder / "acak.pdf")
    assert report.problems == ()
