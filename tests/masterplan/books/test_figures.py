"""Evidence in print: figures on the sheet with caption and alternative text, the list in the annex, coarse pictures."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from masterplan.books.blueprint import book_parts, sheet_parts
from masterplan.books.chapters.printed import printed_texts
from masterplan.books.produce import STATIC, BuildReport, build
from masterplan.books.render import render_part
from masterplan.editions.figures import coarse
from smartcity.press.assets import Assets
from smartcity.press.checking.extract import TextReader
from smartcity.press.picture_size import PRINT_PIXELS
from tests.factories import files
from tests.masterplan.books.plan_content import generate

TITLE = "Antrean loket “pagi” & <siang>"
ANNEX = "bagian-lampiran-bukti"


def row(title: str, placement: str = "figure", image: dict[str, Any] | None = None) -> dict[str, Any]:
    """A piece of evidence as an edition holds it."""
    return {
        "title": title, "kind": "png" if image else "pdf", "kind_label": "Gambar PNG" if image else "PDF", "size": 1_234_567,
        "sha256": "ab" * 32, "fingerprint": "3FA2-91C0", "placement": placement, "image": image,
    }  # fmt: skip


def picture(name: str = "satu.jpg", width: int = 1200, height: int = 800) -> dict[str, Any]:
    return {"file": name, "width": width, "height": height}


@pytest.fixture
def content() -> dict[str, Any]:
    """A plan of a few initiatives, the first with two figures and a document."""
    made = generate(3)
    made["initiatives"][0]["evidence"] = [
        row(TITLE, image=picture()),
        row("Hitungan biaya", "annex"),
        row("Denah", image=picture("dua.jpg", 200, 400)),
    ]
    return made


def name_of(content: dict[str, Any]) -> str:
    first = content["initiatives"][0]
    return f"{first['code']} {first['name']}"


def sheet_of(content: dict[str, Any]) -> Any:
    return sheet_parts(content, content["initiatives"][0]["id"])[0]


def test_figures_are_numbered_by_the_code_of_the_initiative(content: dict[str, Any]) -> None:
    code, part = content["initiatives"][0]["code"], sheet_of(content)
    figures = [caption for caption in part.captions if caption.kind == "figure"]
    assert [(each.label, each.title) for each in figures] == [
        (f"Gambar {code}.1", TITLE),
        (f"Gambar {code}.2", "Denah"),
    ]
    html = render_part(part, content=content)
    assert 'alt="Antrean loket “pagi” &amp; &lt;siang&gt;"' in html
    assert 'src="https://aset.invalid/isi/satu.jpg"' in html
    assert "Hitungan biaya" not in html


def test_pictures_fill_the_room_they_have_and_no_more(content: dict[str, Any]) -> None:
    html = render_part(sheet_of(content), content=content)
    assert "width: 120.0mm" in html, "wide pictures are as wide as the room"
    assert "width: 42.5mm" in html, "tall ones as high"
    assert PRINT_PIXELS == (1276, 906), "200 dots per inch in the larger room, that of a text"


def test_a_coarse_picture_is_named_with_its_figures(content: dict[str, Any]) -> None:
    sentence = coarse({"evidence": [row("Denah", image=picture("a.jpg", 400, 300))]})[0]
    assert sentence.startswith("Gambar “Denah” terlalu kasar: 90 titik per inci pada lebar 113 mm, sedikitnya 110.")
    assert coarse({"evidence": [row("Denah", "annex", image=picture("a.jpg", 40, 30))]}) == ()
    assert sheet_of(content).faults == ()
    content["initiatives"][0]["evidence"][0]["image"] = picture(width=300, height=200)
    assert len(sheet_of(content).faults) == 1


def test_the_annex_lists_what_is_printed_and_refers_to_the_figures(content: dict[str, Any]) -> None:
    annex = next(part for part in book_parts(content) if part.key == ANNEX)
    html, code = render_part(annex, content=content), content["initiatives"][0]["code"]
    assert annex.headings[0].title == "Bukti dukung"
    for words in ("Hitungan biaya", "Denah", "1,2 MB", "3FA2-91C0", f"Gambar {code}.2"):
        assert words in html
    anchors = {caption.anchor for caption in sheet_of(content).captions}
    assert f"gambar-{code.lower()}-2" in anchors
    assert f"rujukan.invalid/gambar-{code.lower()}-2" in html


def test_an_edition_without_evidence_has_no_such_annex(content: dict[str, Any]) -> None:
    before = generate(3)
    assert "evidence" not in before["initiatives"][0], "as editions were frozen before there was evidence"
    assert ANNEX not in {part.key for part in book_parts(before)}


# A real file -------------------------------------------------------------------------------------------------------------

Make = Callable[..., BuildReport]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Prints the sheet of the first initiative with the pictures of a folder."""

    def printed(content: dict[str, Any], images: Path) -> BuildReport:
        return build(
            content, book="buku-2", parts_of=lambda content, book: sheet_parts(content, content["initiatives"][0]["id"]),
            render=render_part, texts_of=printed_texts, draft=True, fingerprint="ab" * 32, code="7F3A-91C0",
            cache_dir=tmp_path / "cache", out=tmp_path / "lembar.pdf", progress=lambda *step: None, workers=1, images=images,
        )  # fmt: skip

    return printed


@pytest.fixture
def images(tmp_path: Path) -> Path:
    """The pictures that the content names."""
    folder = tmp_path / "gambar"
    folder.mkdir()
    (folder / "satu.jpg").write_bytes(files.picture("JPEG", PRINT_PIXELS))
    (folder / "dua.jpg").write_bytes(files.picture("JPEG", (200, 400)))
    return folder


def test_a_printed_sheet_shows_its_pictures_and_says_what_they_are(
    make: Make, content: dict[str, Any], images: Path, tmp_path: Path
) -> None:
    first = make(content, images)
    assert first.problems == ()
    with pikepdf.open(tmp_path / "lembar.pdf") as book:
        sizes = {(int(image.Width), int(image.Height)) for page in book.pages for image in page.get_images().values()}
        text = "".join(TextReader().read(page).text for page in book.pages)
        alternatives = {
            str(each.Alt) for each in book.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each
        }
    assert sizes == {PRINT_PIXELS, (200, 400)}
    assert {TITLE, "Denah"} <= alternatives
    assert "Gambar" in text
    assert make(content, images).parts_rendered == 0
    (images / "dua.jpg").write_bytes(files.picture("JPEG", (300, 600)))
    assert make(content, images).parts_rendered == 1, "other bytes under the same name are another picture"


def test_a_picture_that_is_lost_or_broken_stops_no_print(make: Make, content: dict[str, Any], images: Path) -> None:
    (images / "satu.jpg").unlink()
    (images / "dua.jpg").write_bytes(b"no picture")
    problems = make(content, images).problems
    assert [problem.sentence for problem in problems] == [
        f"Gambar pada bagian “{name_of(content)}” tidak ditemukan; judulnya dicetak sebagai gantinya. Unggah lagi gambarnya."
    ]


def test_pictures_of_other_sheets_leave_this_one_in_the_cache(tmp_path: Path) -> None:
    (tmp_path / "satu.jpg").write_bytes(files.picture())
    assets = Assets(STATIC, images=tmp_path)
    before, mine, none = assets.digest(), assets.digest_of_images('src="isi/satu.jpg"'), assets.digest_of_images("<p>")
    (tmp_path / "tiga.jpg").write_bytes(files.picture(size=(50, 40)))
    assert assets.digest() == before
    assert assets.digest_of_images('src="isi/satu.jpg"') == mine
    assert mine != none
    out = io.BytesIO()
    Image.new("RGB", (9, 9)).save(out, "JPEG")
    (tmp_path / "satu.jpg").write_bytes(out.getvalue())
    assert assets.digest_of_images('src="isi/satu.jpg"') != mine
