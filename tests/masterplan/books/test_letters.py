"""Letters without a typeface: a sign on the page, the letter itself in the text, in links and to who hears it."""

from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartcity.press.checking.extract import TextReader
from smartcity.press.typefaces.letters import SIGN, lacking, original_text, substitutes
from tests.masterplan.books import tiny_book

COVERED = frozenset(map(ord, "abc "))


def test_only_letters_that_should_be_seen_are_lacking() -> None:
    assert lacking("abc 中\n\u00ad\u200d\ufe0f\u202e\u3000\U000e0067", COVERED) == {"中"}


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_was_written_comes_back(text: str) -> None:
    letters = lacking(text, COVERED)
    shown = text.translate(substitutes(letters))
    assert original_text(shown) == text
    assert not letters.intersection(shown) - {SIGN}


def test_nobody_can_forge_a_disguise() -> None:
    forged = SIGN + "\U000e0100" * 3 + "中"
    assert original_text(forged.translate(substitutes({"中"}))) == forged


@pytest.mark.parametrize("letter", ["中", "\ue000", "\U00013000", "\ufffd", SIGN])
def test_a_letter_without_a_typeface_is_shown_by_a_sign_and_read_as_itself(tmp_path: Path, letter: str) -> None:
    words = f"awal {letter}akhir"
    content = tiny_book.content(f"Nama [{words}](https://contoh.go.id/)")
    report = tiny_book.make(content, tmp_path, tiny_book.static_folder(tmp_path / "static"))
    named = [problem.sentence for problem in report.problems]
    assert len(named) == (0 if letter == SIGN else 1), named
    with pikepdf.open(tmp_path / "buku.pdf") as pdf:
        pages = [page for page in pdf.pages if "Nama" in TextReader().read(page).text]
        assert len(pages) == 1
        page = TextReader().read(pages[0])
        assert f"Nama {words}" in page.text.replace("\n", "")
        assert page.missing == 0
        assert words in [str(link.Contents) for link in pages[0].obj.Annots if "/Contents" in link]
        encodings = {str(font.Encoding) for font in pages[0].obj.Resources.Font.values()}
        assert encodings == {"/Identity-H"}, "no glyph that means missing"
