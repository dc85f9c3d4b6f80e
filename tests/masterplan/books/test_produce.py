"""From content to a published file: same content, same bytes; a bad field never stops a book; nothing is half made."""

import json
import os
import resource
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from masterplan.books.paper_formats import PAPER_FORMATS
from masterplan.books.produce import STATIC, BookError, BookRejected
from smartcity.press.checking.extract import TextReader
from smartcity.press.parts import Part
from smartcity.press.workers import Limits
from tests.masterplan.books import tiny_book
from tests.masterplan.books.tiny_book import content, make

TEXTS = ("Teks pertama.", "Teks kedua.", "Teks ketiga.")


@pytest.fixture(scope="module")
def static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_book.static_folder(tmp_path_factory.mktemp("static") / "static")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the books of this module and their common cache lie."""
    return tmp_path_factory.mktemp("hasil")


def texts_of_pages(path: Path) -> list[str]:
    with pikepdf.open(path) as book:
        reader = TextReader()
        return [reader.read(page).text for page in book.pages]


def broken_sheet(html: str) -> dict[str, Any]:
    snapshot = content(*TEXTS)
    snapshot["initiatives"][1]["html"] = html
    return snapshot


def held_mb() -> int:
    """The most that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def test_workers_on_other_days_in_other_folders_print_the_same_bytes(tmp_path: Path) -> None:
    here = {"PYTHONHASHSEED": "1", "TZ": "Asia/Jakarta", "LANG": "C.UTF-8"}
    there = {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LANG": "C"}
    one = printed_elsewhere(tmp_path / "satu", "1999-12-30T23:59:50", 1, here)
    other = printed_elsewhere(tmp_path / "folder lain" / "dua", "2038-02-01T06:00:00", 2, there)
    assert set(one) == set(PAPER_FORMATS)
    assert {key: {*one[key], *other[key]} for key in PAPER_FORMATS} == {key: {one[key][0]} for key in PAPER_FORMATS}
    assert len({cold for cold, _ in one.values()}) == len(PAPER_FORMATS)


def printed_elsewhere(folder: Path, day: str, workers: int, environment: dict[str, str]) -> dict[str, list[str]]:
    """The checksums of the variants as a process of its own prints them: with an empty cache and with a full one."""
    command = [sys.executable, "-m", "tests.masterplan.books.print_elsewhere", str(folder), day, str(workers)]
    known = {name: os.environ[name] for name in ("PATH", "VIRTUAL_ENV") if name in os.environ}
    done = subprocess.run(
        command, cwd=STATIC.parent, env=known | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


def test_the_same_content_gives_the_same_bytes(static: Path, tmp_path: Path) -> None:
    elsewhere = tiny_book.static_folder(tmp_path / "lain")
    one = make(content(*TEXTS), tmp_path / "a", static, workers=1)
    two = make(content(*TEXTS), tmp_path / "b", elsewhere, workers=2)
    cached = make(content(*TEXTS), tmp_path / "b", elsewhere, out=tmp_path / "b" / "lagi.pdf")
    assert one.sha256 == two.sha256 == cached.sha256
    assert (tmp_path / "a" / "buku.pdf").read_bytes() == (tmp_path / "b" / "lagi.pdf").read_bytes()
    assert (one.parts_rendered, cached.parts_rendered) == (7, 0)
    assert (one.pages, one.parts, one.problems) == (7, 7, ())
    assert one.seconds > 0
    # The parent is the process of the tests, however much these hold already.
    assert 0 < one.peak_memory_mb < max(400, held_mb() + 100)


@pytest.mark.parametrize("damage", ["cut", "swapped"])
def test_a_book_from_a_damaged_cache_has_the_same_bytes(static: Path, tmp_path: Path, damage: str) -> None:
    whole = make(content(*TEXTS), tmp_path, static)
    entries = sorted((tmp_path / "cache" / "parts").rglob("*.part"))
    first, second = entries[0].read_bytes(), entries[1].read_bytes()
    entries[0].write_bytes(first[: len(first) // 2] if damage == "cut" else first[:40] + second[40:])
    again = make(content(*TEXTS), tmp_path, static)
    assert (again.parts_rendered, again.sha256) == (1, whole.sha256)


def test_an_edit_renders_only_its_own_part(folder: Path, static: Path) -> None:
    make(content(*TEXTS), folder, static)
    edited = make(content("Teks pertama yang diubah.", *TEXTS[1:]), folder, static)
    assert edited.parts_rendered == 1
    renamed = content(*TEXTS)
    renamed["initiatives"][0]["name"] = "Nama baru"
    assert make(renamed, folder, static).parts_rendered == 3, "sheet, matrix, and the contents"


def test_progress_tells_stage_and_count(folder: Path, static: Path) -> None:
    told: list[tuple[str, int, int]] = []
    make(content("Kemajuan"), folder, static, progress=lambda *step: told.append(step))
    assert ("parts", 5, 5) in told
    assert [stage for stage, done, _ in told if stage != "parts"] == ["assemble", "check", "check"]
    assert told[-1] == ("check", 1, 1)


def test_whoever_follows_the_progress_can_stop_it(folder: Path, static: Path) -> None:
    class Stop(Exception):
        pass

    def stop(stage: str, done: int, total: int) -> None:
        if stage == "check":
            raise Stop

    out = folder / "berhenti.pdf"
    with pytest.raises(Stop):
        make(content(*TEXTS), folder, static, out=out, progress=stop)
    assert list(folder.glob("*berhenti*")) == []


@pytest.mark.parametrize(
    ("name", "html", "limits", "words"),
    [
        (
            "error",
            # Three numbers where four are needed: the renderer raises IndexError.
            '<p id="jangkar">Teks kedua.</p><svg viewBox="0 0 1"><text>b</text></svg>',
            None,
            "tidak dapat disusun",
        ),
        ("waktu", '<p id="jangkar">Teks kedua.</p>' + "<p>" + "<br>" * 15_000, Limits(cpu_seconds=1), "batas waktu"),
        ("memori", '<p id="jangkar">Teks kedua.</p>' + "<p>" + "<br>x" * 9000, Limits(memory_mb=64), "batas memori"),
    ],
)
def test_a_part_that_fails_is_replaced_and_named(
    folder: Path, static: Path, name: str, html: str, limits: Limits | None, words: str
) -> None:
    make(content(*TEXTS), folder, static)
    snapshot = broken_sheet(html)
    snapshot["initiatives"][0]["html"] = f"<p>{TEXTS[0]} {tiny_book.link('jangkar', 'Lihat')}</p>"
    if limits:
        # All but the greedy part is in the cache, so that it alone meets the limit.
        make(snapshot | {"initiatives": _gentle(snapshot)}, folder, static)

    report = make(snapshot, folder, static, limits=limits, out=folder / f"{name}.pdf")

    assert [problem.key for problem in report.problems] == ["sheet-GO-02"]
    assert report.problems[0].sentence.startswith("Bagian “GO-02 Inisiatif ke-2” tidak dapat dicetak: ")
    assert words in report.problems[0].sentence
    page = texts_of_pages(folder / f"{name}.pdf")[4]
    assert "GO-02 Inisiatif ke-2" in page
    assert "Bagian ini tidak dapat dicetak" in page
    assert TEXTS[2] in texts_of_pages(folder / f"{name}.pdf")[5]


def _gentle(snapshot: dict[str, Any]) -> list[dict[str, Any]]:
    first, second, third = snapshot["initiatives"]
    return [first, second | {"html": f'<p id="jangkar">{TEXTS[1]}</p>'}, third]


def test_a_part_that_lost_text_in_the_layout_is_replaced_and_named(folder: Path, static: Path) -> None:
    snapshot = broken_sheet('<div style="height:1cm;overflow:hidden;display:none">Teks kedua.</div>')
    report = make(snapshot, folder, static, out=folder / "hilang.pdf")
    assert [problem.key for problem in report.problems] == ["sheet-GO-02"]
    assert "“Teks kedua.” tidak terbaca" in report.problems[0].sentence
    assert "Bagian ini tidak dapat dicetak" in texts_of_pages(folder / "hilang.pdf")[4]


def test_a_text_that_no_part_prints_fails_the_book_and_leaves_the_old_file(folder: Path, static: Path) -> None:
    out = folder / "lama.pdf"
    out.write_bytes(b"yang lama")
    with pytest.raises(BookRejected, match=r"initiatives\[BR-01\]\.risk") as caught:
        make(
            content(*TEXTS), folder, static, out=out, texts_of=lambda _: [("initiatives[BR-01].risk", "Banjir bandang")]
        )
    assert isinstance(caught.value, BookError)
    assert out.read_bytes() == b"yang lama"
    assert list(folder.glob(".lama*")) == []


def test_letters_without_a_face_and_text_off_the_paper_are_named(folder: Path, static: Path) -> None:
    long = "W" * 200
    snapshot = broken_sheet(f'<p>Teks kedua. \u4e2d</p><p style="white-space:nowrap;overflow-wrap:normal">{long}</p>')
    report = make(snapshot, folder, static, out=folder / "huruf.pdf", texts_of=lambda _: [])
    assert {problem.key for problem in report.problems} == {"sheet-GO-02"}
    sentences = [problem.sentence for problem in report.problems]
    assert any("“中” (U+4E2D)" in sentence for sentence in sentences)
    assert any("melewati tepi kertas" in sentence for sentence in sentences)


def test_contents_of_any_length_settle(folder: Path, static: Path) -> None:
    many = [f"Isi {number}" for number in range(120)]
    report = make(content(*many), folder, static, out=folder / "banyak.pdf")
    pages = texts_of_pages(folder / "banyak.pdf")
    assert report.problems == ()
    assert "Inisiatif ke-1202"[:14] in pages[3], "the contents fill three pages"
    assert f"Inisiatif ke-120 {1 + 120}" in "".join(pages[1:4])


def test_contents_that_never_settle_fail_by_name(folder: Path, static: Path) -> None:
    turn = iter(range(100))

    def restless(part: Part, **values: Any) -> str:
        extra = "<p style='break-before:page'>x</p>" * (next(turn) % 2) if part.late else ""
        return tiny_book.render(part, **values).replace("</body>", f"{extra}</body>")

    with pytest.raises(BookError, match="Panjang daftar isi"):
        make(content(*TEXTS), folder, static, render=restless)


def test_an_excerpt_needs_neither_the_rest_of_the_book_nor_its_texts(folder: Path, static: Path) -> None:
    def one_sheet(snapshot: Any, book: str) -> tuple[Part, ...]:
        return tuple(part for part in tiny_book.parts_of(snapshot, book) if part.key == "sheet-GO-02")

    report = make(
        content(*TEXTS), folder, static, parts_of=one_sheet, book="lembar", draft=True, out=folder / "lembar.pdf"
    )
    assert (report.pages, report.problems) == (1, ())
    assert "Teks kedua." in texts_of_pages(folder / "lembar.pdf")[0]


def test_two_parts_may_not_share_a_key(folder: Path, static: Path) -> None:
    def twins(snapshot: Any, book: str) -> tuple[Part, ...]:
        parts = tiny_book.parts_of(snapshot, book)
        return (*parts, replace(parts[-1], headings=()))

    with pytest.raises(BookError, match="kunci yang sama"):
        make(content(*TEXTS), folder, static, parts_of=twins)


def test_no_file_is_seen_before_it_is_whole(folder: Path, static: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = folder / "utuh.pdf"
    seen: list[bool] = []

    def look(stage: str, done: int, total: int) -> None:
        seen.append(out.exists())

    make(content(*TEXTS), folder, static, out=out, progress=look)
    assert seen[-1]
    assert not any(seen[:-1])
