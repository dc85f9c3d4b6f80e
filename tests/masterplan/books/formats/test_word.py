"""The Word file holds everything that is printed, as headings, tables, links and pictures of Word."""

import json
import subprocess
import zipfile
from dataclasses import replace
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree
from pypdf import PdfReader

from masterplan.books.blueprint import book_parts, places_of, texts_of
from masterplan.books.chapter_list import chapters_of, titled
from masterplan.books.chapters.printed import printed_texts
from masterplan.books.formats.make import FormatLimits
from masterplan.books.formats.word.raster import Painter
from masterplan.books.produce import STATIC
from masterplan.books.render import render_part
from masterplan.reference import BookName
from smartcity.press.assets import Assets
from smartcity.press.checking.check import lost_texts, squeeze
from smartcity.press.errors import BookError
from smartcity.press.parts import Heading, Part
from tests.masterplan.books.formats.made_files import GOLDEN, fields_of, generated, picture, word, words

HOSTILE = "<w:p>&amp; {{ code }} =1+1 \x0b \ue000bagian-pendahuluan\ue001 \ue000tidak-ada\ue001 ]]> العربية ꦱꦸꦫꦏꦂꦠ 👍🏽 é"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("word")


@cache
def made(folder: Path, name: str) -> Any:
    """A Word file, opened."""
    content = GOLDEN if name == "golden" else generated()
    report = word(content, folder / f"{name}.docx")
    assert report.problems == ()
    return Document(str(folder / f"{name}.docx"))


@pytest.fixture(params=["golden", "generated"])
def book(request: pytest.FixtureRequest, folder: Path) -> Any:
    return made(folder, request.param)


@pytest.fixture
def large(folder: Path) -> Any:
    return made(folder, "generated")


def styled(document: Any, style: str) -> list[str]:
    return [words(p._p).strip() for p in document.paragraphs if p.style.name == style]


@pytest.mark.parametrize("name", ["golden", "generated"])
def test_every_printed_text_is_there(folder: Path, name: str) -> None:
    content = GOLDEN if name == "golden" else generated()
    assert lost_texts([words(made(folder, name).element.body)], printed_texts(content)) == []


def test_headings_are_those_of_the_parts(large: Any) -> None:
    wanted = [heading for part in book_parts(generated()) for heading in part.headings]
    for level in (1, 2, 3):
        titles = [f"{heading.number} {heading.title}".strip() for heading in wanted if heading.level == level]
        assert sorted(styled(large, f"Heading {level}")) == sorted(titles)


def test_heading_levels_never_skip(book: Any) -> None:
    levels = [int(p.style.name[-1]) for p in book.paragraphs if p.style.name.startswith("Heading")]
    # A sheet is of level 3 below the section of its dimension; nothing begins below level 1.
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_contents_are_a_field_over_the_headings(large: Any) -> None:
    entries = [p for p in large.paragraphs if p.style.name.startswith("toc ")]
    assert fields_of(entries[0]._p)[0].split()[:3] == ["TOC", "\\o", '"1-3"']
    kinds = [each.get(qn("w:fldCharType")) for p in entries for each in p._p.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end")
    assert kinds[-1] == "end"
    chapters = [words(p._p).strip().split("\n")[0] for p in entries if p.style.name == "toc 1"]
    assert chapters == [chapter.title for chapter in chapters_of(book_parts(generated()))]
    settings = large.settings.element
    assert settings.find(qn("w:updateFields")) is not None


def test_links_lead_to_a_bookmark_or_out(book: Any) -> None:
    body = book.element.body
    names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    numbers = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len({name.lower() for name in names}) == len(names)
    assert all(len(name) <= 40 and name.isidentifier() for name in names)
    assert numbers == [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkEnd"))]
    links = list(body.iter(qn("w:hyperlink")))
    assert len(links) > 50
    for link in links:
        anchor, relation = link.get(qn("w:anchor")), link.get(qn("r:id"))
        if anchor:
            assert anchor in names
        else:
            assert book.part.rels[relation].target_ref.startswith(("https://", "mailto:"))
    fields = [field.split() for p in body.iter(qn("w:p")) for field in fields_of(p)]
    pages = [field[1] for field in fields if field[0] == "PAGEREF"]
    assert len(pages) > 20
    assert set(pages) <= set(names)


def test_every_link_of_the_book_is_a_link_of_the_file(large: Any) -> None:
    content = generated()
    html = "".join(render_part(part, content=content) for part in book_parts(content))
    # The drawing's own part is said as a table, which links every initiative once more.
    assert len(list(large.element.body.iter(qn("w:hyperlink")))) >= html.count("<a href=")


def tables(document: Any) -> list[Any]:
    """Tables that are tables: what only stands side by side has no style."""
    found = document.element.body.iter(qn("w:tbl"))
    return [table for table in found if table.find(qn("w:tblPr")).find(qn("w:tblStyle")) is not None]


def test_tables_repeat_their_heads_and_keep_their_rows(book: Any) -> None:
    for table in tables(book):
        rows = table.findall(qn("w:tr"))
        heads = [row.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for row in rows]
        assert heads[0]
        assert heads == sorted(heads, reverse=True), "a head below the head"
        assert all(row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in rows)


def test_rows_fill_the_grid_exactly(book: Any) -> None:
    for table in book.element.body.iter(qn("w:tbl")):
        columns = [int(column.get(qn("w:w"))) for column in table.find(qn("w:tblGrid"))]
        assert min(columns) > 300
        for row in table.findall(qn("w:tr")):
            spans = [cell.find(qn("w:tcPr")).find(qn("w:gridSpan")) for cell in row.findall(qn("w:tc"))]
            assert sum(1 if span is None else int(span.get(qn("w:val"))) for span in spans) == len(columns)
            assert all(cell[-1].tag == qn("w:p") for cell in row.findall(qn("w:tc")))


def test_captions_are_those_of_the_parts(large: Any) -> None:
    captions = [caption for part in book_parts(generated()) for caption in part.captions]
    assert sorted(styled(large, "Caption")) == sorted(f"{each.label} {each.title}" for each in captions)
    told = [table.find(qn("w:tblPr")).find(qn("w:tblCaption")) for table in tables(large)]
    named = {each.get(qn("w:val")) for each in told if each is not None}
    assert {f"{each.label} {each.title}" for each in captions if each.kind == "table"} <= named


def test_wide_parts_lie_on_their_side_and_front_matter_counts_in_roman(large: Any) -> None:
    sections = list(large.sections)
    wide = [section for section in sections if section.page_width > section.page_height]
    assert len(wide) >= sum(bool(p.page == "wide") for p in book_parts(generated())) // 2
    kinds = [section._sectPr.find(qn("w:pgNumType")).get(qn("w:fmt")) for section in sections]
    assert kinds == sorted(kinds, reverse=True)
    assert set(kinds) == {"lowerRoman", "decimal"}
    starts = [section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for section in sections]
    assert starts.count("1") == 2


def test_head_and_foot_of_every_page(folder: Path, large: Any) -> None:
    cover, *others = large.sections
    assert not any(words(part._element).strip() for part in (cover.header, cover.footer))
    for section in others:
        head, foot = words(section.header._element).strip(), words(section.footer._element)
        assert head.startswith("DRAF")
        assert "Master Plan Smart City" in head
        assert "Edisi 3 · 20 September 2021 · kode" in foot
        assert "PAGE" in "".join(fields_of(section.footer._element))
    word(generated(), folder / "tetap.docx", draft=False)
    adopted = Document(str(folder / "tetap.docx"))
    assert not any("DRAF" in words(section.header._element) for section in adopted.sections)


def test_the_file_says_what_it_is(large: Any) -> None:
    told = large.core_properties
    assert told.title == "Buku 2 · Master Plan Smart City Kabupaten Semarang"
    assert (told.language, told.author, told.category) == ("id-ID", "Pemerintah Kabupaten Semarang", "DRAF")
    assert told.identifier.startswith("sha256:")
    defaults = large.styles.element.find(qn("w:docDefaults"))
    assert next(defaults.iter(qn("w:lang"))).get(qn("w:val")) == "id-ID"


def test_drawings_say_what_they_show(large: Any) -> None:
    shown = [each.get("descr") for each in large.element.body.iter(qn("wp:docPr"))]
    assert shown
    assert all(text and len(text) > 20 for text in shown)
    assert any(part.partname.endswith(".svg") for part in large.part.package.iter_parts())


@pytest.mark.parametrize(
    "inside",
    [
        '<rect width="9" height="9" class="x"/>',
        "<filter/>",
        '<g style="fill:red"/>',
        "<text>\ua98f</text>",
        "<text>&</text>",
    ],
    ids=["a rule may colour it", "unknown element", "own style", "letter of another script", "no SVG"],
)
def test_a_drawing_of_which_a_part_would_be_missing_is_not_painted(tmp_path: Path, inside: str) -> None:
    whole = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{}</svg>'
    painter = Painter(Assets(STATIC), tmp_path)
    assert painter.paint(*drawn(whole.format('<text y="9">2022-2026 3x</text>')), 20).startswith(b"\x89PNG")
    assert painter.paint(*drawn(whole.format(inside)), 20) is None


def drawn(svg: str) -> tuple[Any, bytes]:
    return etree.fromstring(svg, etree.XMLParser(recover=True)), svg.encode()


def test_what_changed_is_struck_and_underlined(folder: Path) -> None:
    """Without colour, as in print: whoever reads a copy must see which words are gone."""
    content, before = generated(), generated(10)
    first = {**before["initiatives"][0], "risk": "Listrik padam di loket."}
    before = {**before, "initiatives": [first, *before["initiatives"][1:]]}
    word(content, folder / "berubah.docx", parts_of=partial(book_parts, previous=before))
    document = Document(str(folder / "berubah.docx"))
    runs = [run for p in document.paragraphs if p.style.name == "Isi Berubah" for run in p.runs]
    gone = next(place for place, run in enumerate(runs) if run.font.strike and run.text == "Listrik padam di loket.")
    assert (runs[gone + 1].text, runs[gone + 2].font.underline) == (" ", True), "both words stand apart"
    assert styled(document, "Jawaban Berubah").count("Risiko")


def test_designed_pages_set_their_numbers_side_by_side(folder: Path) -> None:
    content = generated()
    report = word(content, folder / "ringkasan.docx", book="buku-3")
    assert report.problems == (), "signs that only adorn are not lost pictures"
    document = Document(str(folder / "ringkasan.docx"))
    assert lost_texts([words(document.element.body)], texts_of(content, "buku-3")) == []
    rows = [[words(cell._tc).strip() for cell in row.cells] for table in document.tables for row in table.rows]
    assert [row[0] for row in rows if "inisiatif pada 6 dimensi" in row[0]] == ["9\ninisiatif pada 6 dimensi"]
    assert all(len(row) > 1 for row in rows if "inisiatif pada 6 dimensi" in row[0])


def test_the_drawn_roadmap_names_the_sections_with_its_tables(large: Any) -> None:
    notes = [note for note in styled(large, "Sumber") if note.startswith("Kotak menandai tahun")]
    assert notes
    assert all("Rincian kegiatan: bagian 4." in note for note in notes)


def with_picture() -> dict[str, Any]:
    first, *others = generated(3)["initiatives"]
    shown = {
        "title": "Loket sebelum diubah", "kind": "jpeg", "kind_label": "Gambar JPEG", "size": 5000, "sha256": "a" * 64,
        "fingerprint": "AAAA-AAAA", "placement": "figure",
        "image": {"file": "a.jpg", "width": 1200, "height": 800},
    }  # fmt: skip
    return {**generated(3), "initiatives": [{**first, "evidence": [shown]}, *others]}


def test_pictures_are_in_the_file_with_their_words(tmp_path: Path) -> None:
    picture(tmp_path / "gambar", "a.jpg")
    report = word(with_picture(), tmp_path / "buku.docx", images=tmp_path / "gambar")
    document = Document(str(tmp_path / "buku.docx"))
    named = [each for each in document.element.body.iter(qn("wp:inline")) if "Loket" in each.docPr.get("descr")]
    assert report.problems == ()
    assert [round(each.extent.cx / 36000) for each in named] == [120]


def test_pictures_of_a_text_stand_behind_what_names_them_under_their_caption(tmp_path: Path) -> None:
    picture(tmp_path / "gambar", "a.jpg")
    content = json.loads(json.dumps(generated(3)))
    content["sections"]["pendahuluan.latar-belakang"] |= {
        "body": "Lihat [Gambar](rujuk:gambar-7).\n\nAkhir naskah.",
        "pictures": [
            {
                "key": "7", "caption": "Peta titik layanan", "alt": "Titik rapat di utara", "source": "Diskominfo, 2021",
                "sha256": "ab" * 32, "image": {"file": "a.jpg", "width": 1200, "height": 800},
            }
        ],
    }  # fmt: skip
    report = word(content, tmp_path / "buku.docx", images=tmp_path / "gambar")
    assert report.problems == ()
    document = Document(str(tmp_path / "buku.docx"))
    said = words(document.element.body)
    order = ["Lihat Gambar 1.1.", "Gambar 1.1 Peta titik layanan", "Sumber: Diskominfo, 2021", "Akhir naskah."]
    places = [said.index(text, said.index("Lihat Gambar")) for text in order]
    assert places == sorted(places)
    drawn = {each.get("descr") for each in document.element.body.iter(qn("wp:docPr"))}
    assert "Titik rapat di utara" in drawn
    assert lost_texts([said], printed_texts(content)) == []


def test_a_lost_picture_is_named_and_its_title_stays(tmp_path: Path) -> None:
    report = word(with_picture(), tmp_path / "buku.docx", images=tmp_path)
    assert [problem.sentence for problem in report.problems] == [
        "Gambar “Loket sebelum diubah” tidak ditemukan; judulnya ditulis sebagai gantinya. Unggah lagi gambarnya."
    ]
    assert "Loket sebelum diubah" in words(Document(str(tmp_path / "buku.docx")).element.body)


def test_a_chapter_alone(tmp_path: Path) -> None:
    content = generated()
    chapter = chapters_of(book_parts(content))[3]
    word(content, tmp_path / "bab.docx", chapter=chapter.heading.anchor)
    document = Document(str(tmp_path / "bab.docx"))
    assert styled(document, "Heading 1") == ["BAB IV Rencana Aksi"]
    assert document.core_properties.title.startswith("BAB IV Rencana Aksi · Buku 2")
    names = {mark.get(qn("w:name")) for mark in document.element.body.iter(qn("w:bookmarkStart"))}
    links = [link.get(qn("w:anchor")) for link in document.element.body.iter(qn("w:hyperlink"))]
    assert links
    assert set(links) <= names
    # What leads out of the chapter keeps its words.
    assert "Lampiran 4" in words(document.element.body)


def test_chapters_hold_every_part_of_the_body() -> None:
    parts = book_parts(generated())
    body = [part.key for part in parts if part.page not in ("cover", "front")]
    assert [part.key for chapter in chapters_of(parts) for part in chapter.parts] == body
    assert len({chapter.heading.anchor for chapter in chapters_of(parts)}) == len(chapters_of(parts))


@pytest.mark.parametrize("book", BookName)
def test_chapters_are_named_without_making_their_parts(book: BookName) -> None:
    """A page that lists them asks the outline, which costs nothing."""
    content = generated()
    chapters = [chapter.heading for chapter in chapters_of(book_parts(content, book))]
    assert [(place.heading.anchor, titled(place.heading)) for place in places_of(content, book)] == [
        (heading.anchor, titled(heading)) for heading in chapters
    ]


def test_an_unknown_chapter_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="Bab ini tidak ada"):
        word(GOLDEN, tmp_path / "bab.docx", chapter="bagian-tidak-ada")


def test_hostile_words_are_words(tmp_path: Path) -> None:
    first, *others = generated(3)["initiatives"]
    content = {**generated(3), "initiatives": [{**first, "name": HOSTILE, "problem": HOSTILE}, *others]}
    word(content, tmp_path / "buku.docx")
    text = words(Document(str(tmp_path / "buku.docx")).element.body)
    assert squeeze(text).count(squeeze(HOSTILE.replace("\x0b", ""))) > 3


UNKNOWN = """<body class="page-text"><h1 id="x">Judul</h1>lepas <blink>kedip</blink>
<section><details><summary>Ringkas</summary><p>Isi <kbd>tombol</kbd></p></details></section>
<p>satu<div>dua</div>tiga</p><table><tr><td colspan="0">a</td><td rowspan="3">b</td></tr><tr><td>c</td></tr></table>
<svg viewBox="0 0 10 10" width="20mm"><title>Bentuk aneh</title><filter/></svg><ul><li>butir<ul><li>anak</li></ul></li></ul>
<dl><dt>istilah</dt><dd><p>arti</p></dd><dd>lagi</dd></dl><a href="javascript:x">skrip</a><img src="http://x/y.png" alt="dari luar">
</body>"""


def test_unknown_markup_gives_its_words(tmp_path: Path) -> None:
    part = Part("aneh", "print/base.html", headings=(Heading(1, "x", "", "Judul"),))
    report = word_of_html(part, UNKNOWN, tmp_path / "aneh.docx")
    text = words(Document(str(tmp_path / "aneh.docx")).element.body)
    for piece in (
        "Judul", "lepas kedip", "Ringkas", "Isi tombol", "satu", "dua", "tiga", "a", "b", "c", "Bentuk aneh", "butir",
        "anak", "istilah", "arti", "lagi", "skrip", "dari luar",
    ):  # fmt: skip
        assert piece in text
    assert [problem.sentence[:18] for problem in report.problems] == ["Gambar “dari luar”"]


def word_of_html(part: Part, html: str, out: Path, limits: FormatLimits | None = None) -> Any:
    from masterplan.books.formats.make import make_word
    from tests.masterplan.books.formats.made_files import quiet, source

    return make_word(
        source(GOLDEN), book="buku-2", chapter="", parts_of=lambda content, book: (part, replace(part, key="lagi")),
        render=lambda part, **more: f"<!doctype html><html>{html}</html>", out=out, progress=quiet, limits=limits,
    )  # fmt: skip


def test_what_takes_too_long_is_ended_and_said(tmp_path: Path) -> None:
    html = f"<body>{'<div>' * 40}{'<p>x</p>' * 400_000}</body>"
    with pytest.raises(BookError, match=r"Word ini terlalu besar.*Minta satu bab"):
        word_of_html(Part("p", "x"), html, tmp_path / "x.docx", FormatLimits(cpu_seconds=1, wall_seconds=20))
    with pytest.raises(BookError, match="terlalu besar"):
        word_of_html(Part("p", "x"), html, tmp_path / "x.docx", FormatLimits(memory_mb=60))


def test_deep_nesting_is_no_trap(tmp_path: Path) -> None:
    word_of_html(Part("p", "x"), f"<body>{'<div><span>' * 300}dalam</body>", tmp_path / "x.docx")
    assert "dalam" in words(Document(str(tmp_path / "x.docx")).element.body)


def test_whoever_no_longer_wants_it_ends_it(tmp_path: Path) -> None:
    class Overtaken(Exception):
        pass

    def gone(stage: str, done: int, total: int) -> None:
        if stage == "assemble":
            raise Overtaken

    from masterplan.books.formats.make import make_word
    from tests.masterplan.books.formats.made_files import source

    with pytest.raises(Overtaken):
        make_word(
            source(GOLDEN), book="buku-2", chapter="", parts_of=book_parts, render=render_part,
            out=tmp_path / "x.docx", progress=gone,
        )  # fmt: skip
    assert not (tmp_path / "x.docx").exists()


def test_the_same_snapshot_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    made(folder, "generated")
    again = word(generated(), tmp_path / "lagi.docx")
    assert (tmp_path / "lagi.docx").read_bytes() == (folder / "generated.docx").read_bytes()
    assert again.pages is None
    with zipfile.ZipFile(tmp_path / "lagi.docx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))


@pytest.mark.needs("writer")
def test_libreoffice_shows_every_page(folder: Path, tmp_path: Path) -> None:
    """Opened by another office program: every text, the page numbers of the index, the faces of the print."""
    made(folder, "golden")
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profil", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(folder / "golden.docx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    with PdfReader(tmp_path / "golden.pdf") as pdf:
        pages = [page.extract_text() for page in pdf.pages]
        fonts = {
            str(font.get_object()["/BaseFont"]) for page in pdf.pages for font in page["/Resources"]["/Font"].values()
        }
    assert len(pages) > 10
    assert any("PlusJakartaSans-Bold" in font for font in fonts)
    texts = [pair for pair in printed_texts(GOLDEN) if pair[1].isascii()]
    assert len(lost_texts(pages, texts)) == 0
