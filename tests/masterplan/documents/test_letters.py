"""Letters without a typeface: a sign on the page, the letter itself in the text, in links and to who hears it."""

from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from masterplan.documents.press.assets import Assets
from masterplan.documents.press.extract import TextReader
from masterplan.documents.press.fragments import Fingerprints, Fragments
from masterplan.documents.press.letters import SIGN, as_given, disguises, lacking
from masterplan.documents.press.workers import RenderServer
from tests.masterplan.documents.tiny_book import static_folder

COVERED = frozenset(map(ord, "abc "))


def test_only_letters_that_should_be_seen_are_lacking() -> None:
    assert lacking("abc 中\n\u00ad\u200d\ufe0f\u202e\u3000\U000e0067", COVERED) == {"中"}


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_was_written_comes_back(text: str) -> None:
    letters = lacking(text, COVERED)
    shown = text.translate(disguises(letters))
    assert as_given(shown) == text
    assert not letters.intersection(shown) - {SIGN}


def test_nobody_can_forge_a_disguise() -> None:
    forged = SIGN + "\U000e0100" * 3 + "中"
    assert as_given(forged.translate(disguises({"中"}))) == forged


@pytest.mark.parametrize("letter", ["中", "\ue000", "\U00013000", "\ufffd", SIGN])
def test_a_letter_without_a_typeface_is_shown_by_a_sign_and_read_as_itself(tmp_path: Path, letter: str) -> None:
    static = static_folder(tmp_path / "static")
    words = f"awal {letter}akhir"
    html = f'<html lang="id"><body><p><a href="https://contoh.go.id/">{words}</a></p><p>Nama {words}</p></body></html>'
    with RenderServer(Assets(static), tmp_path / "cache") as server:
        found, failed = Fragments(server, Fingerprints(Assets(static)), tmp_path / "cache").fetch([("x", html)], list)
    assert not failed
    assert found["x"].meta["missing"] == ([] if letter == SIGN else [ord(letter)])
    path = tmp_path / "bagian.pdf"
    path.write_bytes(found["x"].pdf)
    with pikepdf.open(path) as pdf:
        page = TextReader().read(pdf.pages[0])
        assert page.text.replace("\n", "") == f"{words}Nama {words}"
        assert page.missing == 0
        assert [str(link.Contents) for link in pdf.pages[0].obj.Annots] == [words]
        encodings = {str(font.Encoding) for font in pdf.pages[0].obj.Resources.Font.values()}
        assert encodings == {"/Identity-H"}, "no glyph that means missing"
