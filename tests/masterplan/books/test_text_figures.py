"""Pictures of the texts in print: where they stand, how they are numbered and named, what is said of coarse and lost ones."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest

from masterplan.books.blueprint import book_parts, texts_of
from masterplan.books.paper_formats import PAPER_FORMATS
from masterplan.books.produce import BookRejected, BuildReport, build
from masterplan.books.render import render_part
from masterplan.editions.figures import files_named, images_named
from smartcity.press.parts import Caption
from smartcity.press.picture_size import PRINT_PIXELS
from tests.factories import files
from tests.masterplan.books.plan_content import generate
from tests.masterplan.books.reading import read

MM = 72 / 25.4
SECTION = "pendahuluan.latar-belakang"
FIGURE = "[Gambar](rujuk:gambar-7)"


def picture(key: str, caption: str, **changes: Any) -> dict[str, Any]:
    """A picture as an edition holds it."""
    sha256 = key * 64
    return {
        "key": key, "caption": caption, "alt": f"Yang terlihat pada {caption}", "source": "", "sha256": sha256,
        "image": {"file": f"{sha256}.jpg", "width": 1200, "height": 800},
    } | changes  # fmt: skip


def content_with(body: str, *pictures: dict[str, Any], section: str = SECTION) -> dict[str, Any]:
    content = generate(3)
    content["sections"][section] = {"title": "Latar belakang", "lead": "", "body": body, "pictures": list(pictures)}
    return content


def part_with(content: dict[str, Any], words: str, book: str = "buku-2") -> tuple[Any, str]:
    """The first part in which `words` stand, and its HTML."""
    found = ((part, render_part(part, content=content)) for part in book_parts(content, book) if part.page != "front")
    return next((part, html) for part, html in found if words in html)


def figures_of(content: dict[str, Any], book: str = "buku-2") -> list[Caption]:
    return [caption for part in book_parts(content, book) for caption in part.captions if caption.kind == "figure"]


# Where they stand --------------------------------------------------------------------------------------------------------


def test_a_picture_stands_behind_the_paragraph_that_names_it_first() -> None:
    body = f"Awal.\n\nLihat {FIGURE} ini.\n\n- sekali lagi {FIGURE}\n\nAkhir."
    _, html = part_with(content_with(body, picture("8", "Foto pasar"), picture("7", "Peta jalan")), "Peta jalan")
    places = [html.index(words) for words in ("Awal.", "Lihat ", "Peta jalan", "sekali lagi", "Akhir.", "Foto pasar")]
    assert places == sorted(places)
    assert html.count('<figure class="picture">') == 2


@pytest.mark.parametrize(
    "body", [f"Awal.\n\n- {FIGURE}\n- lain\n\nAkhir.", f"Awal.\n\n| a | b |\n| {FIGURE} | c |\n\nAkhir."]
)
def test_lists_and_tables_stay_whole(body: str) -> None:
    _, html = part_with(content_with(body, picture("7", "Peta jalan")), "Peta jalan")
    behind = max(html.rfind(end, 0, html.index("Peta jalan")) for end in ("</ul>", "</table>"))
    assert behind > html.index("Awal.")
    assert html.index("Akhir.") > html.index("Peta jalan")


def test_numbers_follow_the_text_and_count_with_the_other_figures_of_the_chapter() -> None:
    content = content_with(f"Lihat {FIGURE}.", picture("8", "Foto pasar"), picture("7", "Peta jalan"))
    own = [caption for caption in figures_of(content) if caption.label.startswith("Gambar 1.")]
    assert [(caption.label, caption.title, caption.anchor) for caption in own[:2]] == [
        ("Gambar 1.1", "Peta jalan", "gambar-7"),
        ("Gambar 1.2", "Foto pasar", "gambar-8"),
    ]
    assert own[2].title.startswith("Keterkaitan RPJMD")
    assert [caption.label for caption in own] == ["Gambar 1.1", "Gambar 1.2", "Gambar 1.3"]


def test_the_word_alone_becomes_the_number_and_words_keep_theirs() -> None:
    body = f"Lihat {FIGURE}, [gambar](rujuk:gambar-7) dan [peta itu](rujuk:gambar-7)."
    _, html = part_with(content_with(body, picture("7", "Peta jalan")), "Peta jalan")
    link = '<a href="https://rujukan.invalid/gambar-7">{}</a>'
    for words in ("Gambar 1.1", "peta itu (Gambar 1.1)"):
        assert link.format(words) in html
    assert html.count(link.format("Gambar 1.1")) == 2


def test_another_place_refers_to_it_and_a_book_without_it_keeps_the_word() -> None:
    content = content_with("Teks.", picture("7", "Peta jalan"))
    content["sections"]["penutup.penutup"]["body"] = f"Seperti {FIGURE} tadi."
    content["sections"]["swot.matriks"] = {"title": "SWOT", "lead": "", "body": f"Seperti {FIGURE} tadi."}
    assert 'Seperti <a href="https://rujukan.invalid/gambar-7">Gambar 1.1</a> tadi.' in part_with(content, "Seperti")[1]
    assert "Seperti Gambar tadi." in part_with(content, "Seperti", "buku-1")[1]


@pytest.mark.parametrize(
    ("section", "book"),
    [("strategi.go", "buku-2"), ("strategi.public_service", "buku-2"), ("visi.sasaran-go", "buku-2"),
     ("lampiran.indeks", "buku-2"), ("rencana-aksi.tabel-go", "buku-2"), ("lampiran.komitmen", "buku-2"),
     ("gap.tabel", "buku-1"), ("kesiapan.hasil", "buku-1")],
)  # fmt: skip
def test_every_kind_of_place_prints_its_pictures_and_lists_them(section: str, book: str) -> None:
    content = content_with("Teks sendiri.", picture("7", "Peta jalan"), section=section)
    part, html = part_with(content, "Teks sendiri.", book)
    assert html.count('<figure class="picture">') == 1
    assert [caption.title for caption in part.captions if caption.anchor == "gambar-7"] == ["Peta jalan"]
    assert [caption.title for caption in figures_of(content, book)].count("Peta jalan") == 1
    assert ("sections." + section + ".pictures[0].caption", "Peta jalan") in texts_of(content, book)
    own = texts_of(content, "buku-3")
    assert "Peta jalan" not in [text for _, text in own]


def test_a_section_of_the_regency_in_the_summary_prints_them_too() -> None:
    content = content_with("Teks sendiri.", picture("7", "Peta jalan"), section="tambahan-1")
    content["outline"] = {
        "buku-3": [
            {
                "key": "ringkasan",
                "included": True,
                "children": [{"key": "tambahan-1", "included": True, "children": []}],
            }
        ]
    }
    assert next((each.label, each.title) for each in figures_of(content, "buku-3")) == ("Gambar 1", "Peta jalan")


def summary_with(body: str, *pictures: dict[str, Any]) -> dict[str, Any]:
    return content_with(body, *pictures, section="ringkasan")


def test_the_summary_opens_with_its_text_on_the_page_that_opens_it_or_behind() -> None:
    short, long = summary_with("Ringkasan untuk warga."), summary_with("Satu.\n\nDua **tebal**.", picture("7", "Peta"))
    part, html = part_with(short, "Ringkasan untuk warga.", "buku-3")
    assert (part.page, html.count("<h1")) == ("opener", 1)
    part, html = part_with(long, "<strong>tebal</strong>", "buku-3")
    assert (part.page, html.count("<h1"), html.count("<figure")) == ("text", 0, 1)
    assert [caption.anchor for caption in part.captions] == ["gambar-7"]
    for content in (short, long):
        said = re.sub(
            "<[^>]*>", "", "".join(render_part(part, content=content) for part in book_parts(content, "buku-3"))
        )
        assert all(text in said for path, text in texts_of(content, "buku-3") if path.startswith("sections.ringkasan"))


def test_editions_from_before_there_were_pictures_print_as_they_did() -> None:
    content = generate(3)
    assert all("pictures" not in section for section in content["sections"].values())
    assert images_named(content) == {}
    assert files_named(content) == set()


# What is said of them -----------------------------------------------------------------------------------------------------


def test_pictures_fill_the_text_and_no_more() -> None:
    tall = picture("8", "Menara", image={"file": "b.jpg", "width": 400, "height": 1600})
    _, html = part_with(content_with("Teks.", picture("7", "Peta"), tall), "Menara")
    assert "width: 162.0mm" in html
    assert "width: 28.8mm" in html


def test_what_should_be_mended_is_named_with_the_part() -> None:
    small = {"file": "a.jpg", "width": 320, "height": 240}
    content = content_with("Teks.", picture("7", "Peta", alt="", image=small), picture("8", "Foto"))
    part, html = part_with(content, "Teks.")
    assert part.faults == (
        "Gambar “Peta” terlalu kasar: 53 titik per inci pada lebar 153 mm, sedikitnya 110. Unggah gambar yang lebih besar.",
        "Gambar “Peta” belum punya teks pengganti; keterangannya dibacakan sebagai gantinya.",
    )
    assert 'alt="Peta"' in html


# A real file --------------------------------------------------------------------------------------------------------------

Make = Callable[..., tuple[Path, BuildReport]]
HOSTILE = "Peta “العربية” ꦲꦤꦕ <b>& {{ x }}</b> " + "panjangsekali" * 12


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Prints the whole book of a content, its pictures there or not; nothing is rendered twice."""
    folder = tmp_path_factory.mktemp("buku")

    def printed(
        content: dict[str, Any], name: str, images: dict[str, bytes], **changes: Any
    ) -> tuple[Path, BuildReport]:
        pictures = folder / f"gambar-{name}"
        pictures.mkdir()
        for file, data in images.items():
            (pictures / file).write_bytes(data)
        out = folder / f"{name}.pdf"
        arguments: dict[str, Any] = {
            "book": "buku-2", "parts_of": book_parts, "render": render_part,
            "texts_of": lambda snapshot: texts_of(snapshot, "buku-2"), "draft": False, "fingerprint": "ab" * 32,
            "code": "7F3A-91C0", "cache_dir": folder / "cache", "out": out, "progress": lambda *step: None, "images": pictures,
        }  # fmt: skip
        return out, build(content, **arguments | changes)

    return printed


@pytest.fixture(scope="module")
def content() -> dict[str, Any]:
    """Two pictures, one named in its text, one with a caption that is hard to print."""
    tall = {"file": f"{'8' * 64}.jpg", "width": 600, "height": 900}
    hard = picture("8", HOSTILE, source="Sumber yang ditulis, 2021", alt=f"Alt {HOSTILE}", image=tall)
    return content_with(f"Awal.\n\nLihat {FIGURE}.\n\nAkhir.", hard, picture("7", "Peta jalan desa"))


IMAGES = {f"{'7' * 64}.jpg": files.picture("JPEG", PRINT_PIXELS), f"{'8' * 64}.jpg": files.picture("JPEG", (600, 900))}


@pytest.fixture(scope="module")
def book(make: Make, content: dict[str, Any]) -> tuple[Path, BuildReport]:
    return make(content, "utuh", IMAGES)


def tags(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    return [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == kind]


def failures(path: Path, profile: str) -> list[str]:
    return [f"{each.rule_id}: {each.message}" for each in page.validate_pdf(path, profile=profile).failures[:20]]


def test_the_book_says_what_they_show_and_where(book: tuple[Path, BuildReport]) -> None:
    path, report = book
    assert report.problems == ()
    said = read(path)
    links = [passage for passage in said.passages if passage.target == "gambar-7"]
    assert [passage.text.strip() for passage in links if passage.page == said.pages["gambar-7"]] == ["Gambar 1.1"]
    on_page = " ".join(passage.text for passage in said.passages if passage.page == said.pages["gambar-7"])
    for words in ("Gambar 1.1", "Peta jalan desa", "Lihat", "Akhir."):
        assert words in on_page
    assert any("Sumber: Sumber yang ditulis, 2021" in passage.text for passage in said.passages)


def test_they_are_in_the_list_of_figures_with_their_page(book: tuple[Path, BuildReport]) -> None:
    said = read(book[0])
    first = said.pages["daftar-gambar"]
    listed = [passage for passage in said.passages if passage.page == first and passage.target == "gambar-7"]
    words = " ".join(passage.text for passage in listed)
    assert "Gambar 1.1" in words
    assert "Peta jalan desa" in words
    assert said.label_of("gambar-7") in " ".join(passage.text for passage in said.passages if passage.page == first)


def test_each_is_a_figure_with_its_words_on_the_page_of_its_caption_and_within_the_text(
    book: tuple[Path, BuildReport],
) -> None:
    pages = read(book[0]).pages
    with pikepdf.open(book[0]) as pdf:
        numbers = {each.obj.objgen: number for number, each in enumerate(pdf.pages)}
        found = {str(tag.Alt): tag for tag in tags(pdf, "/Figure")}
        for anchor, alt in (("gambar-7", "Yang terlihat pada Peta jalan desa"), ("gambar-8", f"Alt {HOSTILE}")):
            assert numbers[found[alt].Pg.objgen] == pages[anchor], "a picture is never parted from its caption"
            left, bottom, right, top = map(float, found[alt].A.BBox)
            assert 0 < right - left <= 162 * MM + 0.1
            assert left >= 28 * MM - 0.1
            assert 24 * MM <= bottom < top <= (297 - 26) * MM


def test_the_validator_finds_nothing(make: Make, content: dict[str, Any], book: tuple[Path, BuildReport]) -> None:
    assert failures(book[0], "ua1") == []
    archive, _ = make(content, "arsip", IMAGES, paper_format=PAPER_FORMATS["arsip"])
    assert failures(archive, "2a") == []
    assert failures(archive, "ua1") == []


def test_one_that_is_lost_leaves_its_caption_and_a_notice(make: Make, content: dict[str, Any]) -> None:
    path, report = make(content, "hilang", {f"{'8' * 64}.jpg": IMAGES[f"{'8' * 64}.jpg"]})
    assert [problem.sentence for problem in report.problems] == [
        "Gambar pada bagian “1.1 Latar belakang” tidak ditemukan; judulnya dicetak sebagai gantinya. Unggah lagi"
        " gambarnya."
    ]
    words = "".join(passage.text for passage in read(path).passages)
    assert "Peta jalan desa" in words
    assert "Yang terlihat pada Peta jalan desa" in words
    assert failures(path, "ua1") == []


def test_a_caption_that_is_lost_in_print_is_missed(make: Make, content: dict[str, Any]) -> None:
    """The check reads captions back: what the book does not say stops it."""
    texts = [*texts_of(content, "buku-2"), (f"sections.{SECTION}.pictures[0].caption", "Ж tidak tercetak")]
    with pytest.raises(BookRejected, match="Ж tidak tercetak"):
        make(content, "kurang", IMAGES, texts_of=lambda snapshot: texts)
