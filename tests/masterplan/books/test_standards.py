"""Each variant of the real book against the standards it claims: a validator from outside, qpdf, and our own checker."""

from collections.abc import Callable
from pathlib import Path

import page
import pikepdf
import pytest

from masterplan.books.chapters.printed import printed_texts
from masterplan.books.paper_formats import PAPER_FORMATS
from masterplan.books.produce import BuildReport
from masterplan.reference import USUAL_PAPER_FORMAT
from smartcity.press.checking.check import Expectation, check_book
from tests.masterplan.books import real_book
from tests.masterplan.books.reading import read

CONTENTS = {"plain": real_book.plain, "hostile": real_book.hostile}
MM = 72 / 25.4

Printed = Callable[[str, str], tuple[Path, BuildReport]]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """A book of these contents in this variant, made once, after the usual one, and from its cache."""
    folder = tmp_path_factory.mktemp("ragam")
    made: dict[tuple[str, str], BuildReport] = {}

    def make(kind: str, variant: str) -> tuple[Path, BuildReport]:
        if variant != USUAL_PAPER_FORMAT:
            make(kind, USUAL_PAPER_FORMAT)
        if (kind, variant) not in made:
            made[kind, variant] = real_book.make(CONTENTS[kind](), folder / kind, variant)
        return folder / kind / f"{variant}.pdf", made[kind, variant]

    return make


def failures(path: Path, profile: str) -> list[str]:
    """What the validator finds, each rule with its first places."""
    report = page.validate_pdf(path, profile=profile)
    found = [f"{each.rule_id}: {each.message} ({each.object_id})" for each in report.failures[:20]]
    assert report.is_compliant is not bool(found)
    return found


@pytest.mark.parametrize("variant", PAPER_FORMATS)
@pytest.mark.parametrize("kind", CONTENTS)
def test_every_variant_is_pdf_ua(printed: Printed, kind: str, variant: str) -> None:
    assert failures(printed(kind, variant)[0], "ua1") == []


@pytest.mark.parametrize("kind", CONTENTS)
def test_the_archive_is_pdf_a_too(printed: Printed, kind: str) -> None:
    assert failures(printed(kind, "arsip")[0], "2a") == []


def test_only_the_archive_says_that_it_is_one(printed: Printed) -> None:
    claims = {key: b"pdfaid:part" in xmp_of(printed("plain", key)[0]) for key in PAPER_FORMATS}
    assert claims == {key: variant.archive for key, variant in PAPER_FORMATS.items()}


def xmp_of(path: Path) -> bytes:
    with pikepdf.open(path) as book:
        return book.Root.Metadata.read_bytes()


@pytest.mark.parametrize("variant", PAPER_FORMATS)
@pytest.mark.parametrize("kind", CONTENTS)
def test_every_variant_is_sound_and_whole(printed: Printed, kind: str, variant: str) -> None:
    path, report = printed(kind, variant)
    with pikepdf.open(path) as book:
        assert book.check_pdf_syntax() == []
        title = str(book.docinfo["/Title"])
    texts = printed_texts(CONTENTS[kind]())
    expected = Expectation(report.pages, title, texts, archive=PAPER_FORMATS[variant].archive)
    assert [finding.sentence for finding in check_book(path, expected)] == []
    assert [problem for problem in report.problems if "tidak dapat dicetak" in problem.sentence] == []


def test_what_cannot_be_shown_is_named(printed: Printed) -> None:
    _, report = printed("hostile", USUAL_PAPER_FORMAT)
    assert any("“中” (U+4E2D)" in problem.sentence for problem in report.problems)
    assert printed("plain", USUAL_PAPER_FORMAT)[1].problems == ()


def tags(book: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    return [item for item in book.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == kind]


def lose_scopes(book: pikepdf.Pdf) -> None:
    for head in tags(book, "/TH"):
        del head.A.Scope


def skip_a_heading(book: pikepdf.Pdf) -> None:
    tags(book, "/H2")[0].S = pikepdf.Name.H4


def lose_the_words_of_a_figure(book: pikepdf.Pdf) -> None:
    del tags(book, "/Figure")[0].Alt


def lose_the_words_of_a_link(book: pikepdf.Pdf) -> None:
    del next(each for each in book.pages if "/Annots" in each).obj.Annots[0].Contents


def lose_the_colours(book: pikepdf.Pdf) -> None:
    del book.Root.OutputIntents


@pytest.mark.parametrize(
    ("spoil", "profile", "rule"),
    [
        (lose_scopes, "ua1", "TABLE-HEADERS-SCOPE"),
        (skip_a_heading, "ua1", "HEADING-NESTING"),
        (lose_the_words_of_a_figure, "ua1", "FIGURE-ALTERNATIVE-TEXT"),
        (lose_the_words_of_a_link, "ua1", "LINK-CONTENTS"),
        (lose_the_colours, "2a", "DEVICE-RGB"),
    ],
)
def test_the_validator_sees_what_is_spoilt(
    printed: Printed, tmp_path: Path, spoil: Callable[[pikepdf.Pdf], None], profile: str, rule: str
) -> None:
    with pikepdf.open(printed("plain", "arsip")[0]) as book:
        spoil(book)
        book.save(tmp_path / "rusak.pdf")
    assert any(rule in failure for failure in failures(tmp_path / "rusak.pdf", profile))


# What a variant changes --------------------------------------------------------------------------------------------------


def test_variants_are_made_of_the_same_parts(printed: Printed) -> None:
    printed("plain", USUAL_PAPER_FORMAT)
    rendered = {key: printed("plain", key)[1].parts_rendered for key in ("layar", "arsip")}
    assert rendered == {"layar": 0, "arsip": 0}


def boxes(path: Path) -> list[list[float]]:
    with pikepdf.open(path) as book:
        return [[float(edge) for edge in each.obj.MediaBox] for each in book.pages]


def test_on_the_screen_text_has_equal_margins_and_tabs_stay_at_the_edge(printed: Printed) -> None:
    bound, screen = (printed("plain", key)[0] for key in (USUAL_PAPER_FORMAT, "layar"))
    moved = [round((b[0] - a[0]) / MM, 2) for a, b in zip(boxes(bound), boxes(screen), strict=True)]
    assert set(moved) == {0.0, 4.0}
    assert moved[:2] == [0.0, 4.0], "the cover fills its page, the imprint has a margin for the binding"
    with pikepdf.open(screen) as book:
        with_tab = [each for each in book.pages if b" 22.68 68.03 re" in each.obj.Contents[2].read_bytes()]
        assert with_tab
        for each in with_tab:
            left = float(each.obj.Contents[2].read_bytes().partition(b" 22.68 68.03 re")[0].split()[-2])
            assert left + 22.68 == pytest.approx(float(each.obj.MediaBox[2]), abs=0.02)
    sizes = [[round(edge) for b in boxes(path) for edge in (b[2] - b[0], b[3] - b[1])] for path in (bound, screen)]
    assert sizes[0] == sizes[1]


def test_large_matrices_need_fewer_pages_and_nothing_else_changes(printed: Printed) -> None:
    usual, large = (read(printed("plain", key)[0]) for key in (USUAL_PAPER_FORMAT, "a3"))
    wide = [box for box in boxes(printed("plain", "a3")[0]) if box[2] > 1000]
    assert all((box[2] / MM, box[3] / MM) == pytest.approx((420, 297), abs=0.1) for box in wide)
    pages = [
        book.pages["bagian-lampiran-program"] - book.pages["bagian-lampiran-keselarasan"] for book in (usual, large)
    ]
    assert pages[0] > pages[1] == len(wide) > 0
    assert len(usual.labels) - len(large.labels) == pages[0] - pages[1]
    assert printed("plain", "a3")[1].parts_rendered < 12, "the matrix, and what names page numbers"


def test_to_save_ink_covers_and_openers_stay_white(printed: Printed) -> None:
    dark = b"0.035294 0.211765 0.282353 rg\n0 0 793.7"
    filled = {}
    for key in (USUAL_PAPER_FORMAT, "hemat"):
        with pikepdf.open(printed("plain", key)[0]) as book:
            filled[key] = sum(dark in each.obj.Contents[1].read_bytes() for each in book.pages)
    assert filled == {USUAL_PAPER_FORMAT: 7, "hemat": 0}
