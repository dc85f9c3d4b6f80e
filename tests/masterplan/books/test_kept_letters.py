"""What was written is what is printed: no typeface shows another character, and none is looked for in vain."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
from docx import Document
from fontTools.ttLib import TTFont

from masterplan.books.blueprint import book_parts, texts_of
from masterplan.books.produce import STATIC, BookRejected, BuildReport
from masterplan.books.render import render_part
from masterplan.reference import USUAL_PAPER_FORMAT
from smartcity.press import cache
from smartcity.press.parts import Decree, Part
from smartcity.press.warm_renderer import WarmRenderer
from tests.masterplan.books import real_book
from tests.masterplan.books.formats.made_files import word, words
from tests.masterplan.books.plan_content import generate
from tests.masterplan.books.text_cases import SEQUENCES

# Features that are on without being asked for. What joins letters to one shape (ligatures, forms of Arabic letters,
# composed marks) keeps their text; what shows the glyph of another character does not.
ON_BY_ITSELF = {"calt", "clig", "rclt", "liga", "rlig", "ccmp"}
FACES = sorted((STATIC / "fonts").glob("*.woff2"), key=lambda path: path.name)
# Dots of i and j under marks; Arabic letters that are drawn as skeleton and dots and read back from /ActualText.
SAME_LETTER = {("i", "\u0131"), ("\u0456", "\u0131"), ("j", "\u0237"), ("\u0458", "\u0237")}
LATIN = re.compile(r"[\x20-\u02af\u2000-\u22ff]")
WORDS = " ".join(SEQUENCES)
NAME = " ".join(SEQUENCES[:10])
DECREE = f"Keputusan Bupati Nomor 050-0412 Tahun 2021 {WORDS}"


@pytest.mark.parametrize("path", FACES, ids=lambda path: path.stem)
def test_no_typeface_shows_another_character_than_was_written(path: Path) -> None:
    found = {pair for pair in _exchanged(TTFont(path)) if LATIN.match(pair[0]) and pair not in SAME_LETTER}
    assert found == set()


def _exchanged(font: TTFont) -> Iterator[tuple[str, str]]:
    """(character, character shown) for each single exchange that a feature which is on by itself makes."""
    characters = {name: chr(code) for code, name in sorted(font.getBestCmap().items(), reverse=True)}
    table = font["GSUB"].table if "GSUB" in font else None
    if table is None or table.LookupList is None:
        return
    features = (each for each in table.FeatureList.FeatureRecord if each.FeatureTag in ON_BY_ITSELF)
    waiting = [number for each in features for number in each.Feature.LookupListIndex]
    seen: set[int] = set()
    while waiting:
        number = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        for each in table.LookupList.Lookup[number].SubTable:
            rules = getattr(each, "ExtSubTable", each)
            waiting += _called_by(rules)
            for source, target in getattr(rules, "mapping", {}).items() if rules.LookupType == 1 else ():
                if source in characters and target in characters and characters[source] != characters[target]:
                    yield characters[source], characters[target]


def _called_by(rules: Any) -> list[int]:
    """The lookups that a contextual rule applies, wherever it names them."""
    if isinstance(rules, list):
        return [number for each in rules for number in _called_by(each)]
    if not hasattr(rules, "__dict__"):
        return []
    own = [rules.LookupListIndex] if hasattr(rules, "SequenceIndex") else []
    return own + [number for each in vars(rules).values() for number in _called_by(each)]


def written_everywhere() -> dict[str, Any]:
    """A plan whose label, names and titles hold every sequence."""
    content = generate(3)
    content["edition"]["label"] = f"Rapat 2026-12-03 {WORDS}"
    content["regency"]["full_name"] = f"Kabupaten {NAME}"
    content["regency"]["government"] = f"Pemerintah Kabupaten {NAME}"
    content["agencies"][0]["name"] = f"Dinas {WORDS}"
    for initiative in content["initiatives"]:
        initiative["name"] = f"Bus kota 3x sehari 2022-2026 {WORDS}"
        initiative["lead_agency"] = content["agencies"][0]["id"]
    for section in content["sections"].values():
        section["title"] = f"Naskah {WORDS}"
        section["body"] = f"Teks {WORDS}\n\n**Tebal {WORDS}**\n\n| Kepala | {WORDS} |\n| a | **{WORDS}** |"
    return content


@pytest.mark.parametrize("book", ["buku-1", "buku-2", "buku-3"])
def test_a_book_gives_back_what_was_written(tmp_path: Path, book: str) -> None:
    content = written_everywhere()
    decree = Decree(DECREE, real_book.DAY)
    parts = partial(book_parts, code=real_book.CODE, fingerprint=real_book.FINGERPRINT, decree=decree)
    report = real_book.make(
        content,
        tmp_path,
        book=book,
        parts_of=parts,
        render=render_part,
        texts_of=partial(texts_of, book=book, decree=decree),
        draft=False,
    )
    assert report.problems == ()
    command = ["pdftotext", "-raw", "-enc", "UTF-8", tmp_path / f"{USUAL_PAPER_FORMAT}.pdf", "-"]
    text = "".join(subprocess.run(command, capture_output=True, check=True, text=True).stdout.split())
    wanted = [content["edition"]["label"], DECREE, content["regency"]["full_name"], content["regency"]["government"]]
    wanted += [content["initiatives"][0]["name"]] if book != "buku-1" else []
    assert [words for words in wanted if "".join(words.split()) not in text] == []
    assert "\u2212" not in text
    assert "\u00d7" not in text


@pytest.mark.parametrize("book", ["buku-1", "buku-2", "buku-3"])
def test_a_word_file_holds_what_was_written(tmp_path: Path, book: str) -> None:
    content = written_everywhere()
    assert word(content, tmp_path / "buku.docx", book=book).problems == ()
    document = Document(str(tmp_path / "buku.docx"))
    text = "".join(words(document.element.body).split())
    wanted = [content["edition"]["label"], content["regency"]["full_name"], content["regency"]["government"]]
    wanted += [content["initiatives"][0]["name"]] if book != "buku-1" else []
    if book == "buku-2":
        wanted += [content["agencies"][0]["name"], f"Naskah {WORDS}", f"Teks {WORDS}", f"Tebal {WORDS}"]
    assert [each for each in wanted if "".join(each.split()) not in text] == []
    assert not {"\u2212", "\u00d7"} & set(text)


def _broken(content: dict[str, Any], mark: str, folder: Path) -> BuildReport:
    """The book, whose cover and imprint do not show `mark`; where it is "" they show all."""

    def render(part: Part, **more: Any) -> str:
        html = render_part(part, **more)
        hidden = mark and part.key in {"sampul", "tentang-buku"}
        return html.replace(mark, f'<span style="display:none">{mark}</span>') if hidden else html

    parts = partial(book_parts, code=real_book.CODE, fingerprint=real_book.FINGERPRINT)
    asked = partial(texts_of, book="buku-2")
    return real_book.make(content, folder, parts_of=parts, render=render, texts_of=asked)


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose cache holds the parts of the plan that the tests below break."""
    return tmp_path_factory.mktemp("cacat")


def test_a_book_that_lost_a_text_of_its_cover_fails_and_says_which(warm: Path) -> None:
    content = generate(1)
    content["edition"]["label"] = "Rapat pleno kedua"
    with pytest.raises(BookRejected) as refused:
        _broken(content, "Rapat pleno kedua", warm)
    first = refused.value.problems[0]
    assert (first.key, "“Rapat pleno kedua”" in first.sentence, "susun lagi" in first.sentence) == (
        "sampul",
        True,
        True,
    )


def test_a_sign_instead_of_a_letter_is_refused_on_the_cover_and_named_on_a_sheet(warm: Path) -> None:
    content = generate(1)
    content["initiatives"][0]["problem"] = "Aksara 中 pada lembar."
    report = _broken(content, "", warm)
    assert any("中" in problem.sentence for problem in report.problems)
    content["edition"]["label"] = "Rapat 中"
    with pytest.raises(BookRejected, match="“Sampul” memakai huruf"):
        _broken(content, "", warm)


def test_a_warm_press_prints_whole_books_while_the_cache_is_emptied(tmp_path: Path) -> None:
    """As `build_book --fresh` does beside a portal at work: before a book, and in the middle of it."""
    content, press = generate(2), WarmRenderer()

    def empty() -> None:
        for kind in cache.KEPT:
            shutil.rmtree(tmp_path / "cache" / kind, ignore_errors=True)

    def printed() -> BuildReport:
        return real_book.make(
            content, tmp_path, book="buku-3", parts_of=book_parts, texts_of=lambda _: [], renderer=press
        )

    try:
        first = printed()
        shutil.rmtree(tmp_path / "cache")
        emptying = Timer(1, empty)
        emptying.start()
        again = printed()
        emptying.join()
    finally:
        press.end()
    assert (again.sha256, again.problems) == (first.sha256, ())
