"""Random texts of many scripts, printed by the real render process, and which of their characters are not in the file.

Many cases go into one book, each as a part of its own, because starting a render process costs more than a case.
"""

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from masterplan.books.chapters.printed import printed_texts
from masterplan.books.produce import BuildReport, build
from masterplan.books.render import render_part
from smartcity.common.rich_text.limits import MAX_CELL, too_much
from smartcity.common.rich_text.marks import RichBlock, Run, tidied, write
from smartcity.common.text import clean_text
from smartcity.press.parts import Flow, Heading, Part
from tests.masterplan.books.plan_content import ROOT, SENTENCES, generate
from tests.masterplan.books.reading import read

LONGEST = 20_000
_WHITE = re.compile(r"\s+")


@dataclass(frozen=True)
class Case:
    """A text with its marks, as it is stored, and what must be read in print: its title, which is set in the other
    typeface, and then line by line and cell by cell.
    """

    source: str
    lines: tuple[str, ...]
    title: str = "Kasus"


# What people write -----------------------------------------------------------------------------------------------------


def _clean(text: str) -> str:
    return _WHITE.sub(" ", clean_text(text, LONGEST)).strip()


# What typefaces like to show as something else: a minus, a multiplication sign, a fraction, a sign for two letters.
SEQUENCES = (
    *("2022-2026", "050-0412", "5-6", "P3-K", "4x4", "3x", "1/2", "1st", "2nd", "->", "<-", "--", "(c)", "(R)", "..."),
    *("fi", "ffi", "fl", "ffl", "0x1F", "1x", "x2", "10-", "-5", "1-a", "a-1", "12:30", "1.000,-", "II-B", "!=", ">="),
)
_ARABIC = st.text(st.characters(min_codepoint=0x0620, max_codepoint=0x0669), min_size=1, max_size=14)
_JAVANESE = st.text(st.characters(min_codepoint=0xA980, max_codepoint=0xA9D9), min_size=1, max_size=10)
_BALINESE = st.text(st.characters(min_codepoint=0x1B05, max_codepoint=0x1B6A), min_size=1, max_size=10)
_SEQUENCE = st.lists(st.sampled_from(SEQUENCES), min_size=1, max_size=4).map(" ".join)
_PICTURE = st.sampled_from(
    [
        "😀",
        "👍🏽",
        "✓",
        "★",
        "🌾",
        "🏝️",
        "👩🏽\u200d🌾",
        "👨\u200d👩\u200d👧",
        "🏴\u200d☠️",
        "🇮🇩",
        "🇮",
        "🫱🏻\u200d🫲🏿",
        "1️⃣",
        "🏽",
    ]
)
_MARKED = st.builds(
    "".join,
    st.lists(
        st.builds(
            lambda base, marks: base + marks,
            st.sampled_from("aeiouAEIOUnsxqg"),
            st.text(st.characters(min_codepoint=0x0300, max_codepoint=0x036F), max_size=3),
        ),
        min_size=1,
        max_size=8,
    ),
)
_LONG = st.builds(
    lambda piece, times: piece * times, st.text("abcdefgWil-_/.0", min_size=1, max_size=12), st.integers(5, 60)
)
_ANYTHING = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=12)
_NUMBER = st.builds(lambda number: f"{number:,}".replace(",", "."), st.integers(0, 10**13))
_SIGNS = st.text("*_[]|\\()<>&;#@!?\"'“”‘’–—…·•§%/{}=+~^`$,.:-", min_size=1, max_size=6)
_INDONESIAN = st.sampled_from([*SENTENCES, *" ".join(SENTENCES).split()])
_WORD = st.one_of(
    *(_INDONESIAN, _INDONESIAN, _SEQUENCE, _SEQUENCE, _ARABIC, _JAVANESE, _BALINESE, _PICTURE, _MARKED, _LONG),
    *(_ANYTHING, _NUMBER, _SIGNS),
)
_WORDS = st.lists(_WORD, min_size=1, max_size=4).map(lambda words: _clean(" ".join(words)))
_RUN = st.builds(
    Run, _WORDS, st.booleans(), st.sampled_from(["", "", "", "https://contoh.go.id/jalan", "mailto:a@contoh.go.id"])
)
# Begun with a word, so that a line of a paragraph is not taken for an item or a row.
_LINE = st.lists(_RUN, min_size=1, max_size=2).map(lambda runs: tidied([Run("Baris "), *runs]))
_ITEM = st.lists(_RUN, min_size=1, max_size=2).map(lambda runs: tidied([Run("Butir "), *runs]))
_CELL = st.one_of(st.just(()), _RUN.map(lambda run: tidied([replace(run, text=run.text[:MAX_CELL])])))


def _table(rows: Sequence[Sequence[Any]]) -> RichBlock:
    return RichBlock("table", rows=tuple(((Run("Sel"),), *row) for row in rows))


_BLOCK = st.one_of(
    st.lists(_LINE, min_size=1, max_size=2).map(lambda lines: RichBlock("paragraph", tuple(lines))),
    st.lists(_ITEM, min_size=1, max_size=2).map(lambda lines: RichBlock("bullets", tuple(lines))),
    st.lists(_ITEM, min_size=1, max_size=2).map(lambda lines: RichBlock("numbers", tuple(lines), tuple(range(3, 3 + len(lines))))),
    st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(_CELL, min_size=width, max_size=width), min_size=1, max_size=3).map(_table)
    ),
)  # fmt: skip


def _case(found: Sequence[RichBlock], title: str) -> Case:
    lines = [line for block in found for line in (*block.lines, *(cell for row in block.rows for cell in row))]
    return Case(write(found), tuple("".join(run.text for run in line) for line in lines), title)


_BLOCKS = st.lists(_BLOCK, min_size=1, max_size=2).filter(lambda found: not too_much(found))
CASES = st.builds(_case, _BLOCKS, st.lists(_SEQUENCE, min_size=1, max_size=3).map(" kasus ".join))


def draw(count: int, number: int) -> list[Case]:
    """`count` cases, the same ones for the same number of the seed.

    In a process of their own: Hypothesis also tries what stands as a constant in the modules that happen to be loaded.
    """
    command = [sys.executable, "-m", "tests.masterplan.books.text_cases", str(count), str(number)]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": "0"}, capture_output=True, text=True, check=True
    )
    return [Case(source, tuple(lines), title) for source, lines, title in json.loads(done.stdout)]


def _drawn(count: int, number: int) -> list[Case]:
    found: list[Case] = []

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(CASES)
    def collect(case: Case) -> None:
        found.append(case)

    collect()
    return found


# Printing --------------------------------------------------------------------------------------------------------------


def printed(cases: Sequence[Case], folder: Path) -> tuple[BuildReport, list[str]]:
    """The report of a book with a part for each case, and what each part shows."""
    content = generate(1) | {
        "sections": {f"kasus-{number}": {"title": "", "body": case.source} for number, case in enumerate(cases)}
    }

    def parts_of(snapshot: Any, book: str) -> tuple[Part, ...]:
        return tuple(_part(number, case) for number, case in enumerate(cases))

    out = folder / "kasus.pdf"
    report = build(
        content, book="buku-2", parts_of=parts_of, render=render_part, draft=False, fingerprint="ab" * 32, code="7F3A-91C0",
        texts_of=lambda snapshot: printed_texts({"sections": snapshot["sections"]}), cache_dir=folder / "cache", out=out,
        progress=lambda stage, done, total: None,
    )  # fmt: skip
    return report, list(_texts(out, len(cases)))


def _part(number: int, case: Case) -> Part:
    heading = Heading(2, f"kasus-{number}", str(number), case.title)
    section = {"heading": heading, "body": case.source}
    flow = Flow("print/_text.html", {"section": section}, headings=(heading,))
    return Part(f"kasus-{number}", "print/flow.html", {"flows": (flow,)}, headings=(heading,))


def _texts(path: Path, count: int) -> Iterator[str]:
    """What a screen reader says on the pages from each case's destination to the next one's."""
    book = read(path)
    pages = [""] * len(book.labels)
    for passage in book.passages:
        pages[passage.page] += passage.text
    first = [book.pages[f"kasus-{number}"] for number in range(count)]
    for start, end in zip(first, [*first[1:], len(pages)], strict=True):
        yield "".join(pages[start:end])


# Judging ---------------------------------------------------------------------------------------------------------------


def not_printed(cases: Sequence[Case], report: BuildReport, texts: Sequence[str]) -> tuple[dict[int, str], list[int]]:
    """The first line that is missing or out of order, by case; and the cases whose part was replaced, and named so."""
    named = {problem.key for problem in report.problems if "tidak dapat dicetak" in problem.sentence}
    lost: dict[int, str] = {}
    replaced: list[int] = []
    for number, (case, text) in enumerate(zip(cases, texts, strict=True)):
        if f"kasus-{number}" in named and "Bagian ini tidak dapat dicetak" in text:
            replaced.append(number)
        elif line := _first_lost((case.title, *case.lines), text):
            lost[number] = line
    return lost, replaced


def beyond_the_paper(report: BuildReport) -> list[str]:
    """The parts with words that leave their page."""
    return [problem.key for problem in report.problems if "melewati tepi kertas" in problem.sentence]


def _first_lost(lines: Sequence[str], text: str) -> str:
    page, place = _signs(text), 0
    for line in lines:
        wanted = _signs(line)
        found = page.find(wanted, place)
        if found < 0:
            return line
        place = found + len(wanted)
    return ""


def _signs(text: str) -> str:
    """All characters but white space, which is the typesetter's; composed or not is the same letter."""
    return _WHITE.sub("", unicodedata.normalize("NFC", text))


if __name__ == "__main__":
    sys.stdout.write(json.dumps([astuple(case) for case in _drawn(int(sys.argv[1]), int(sys.argv[2]))]))
