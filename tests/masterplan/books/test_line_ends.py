"""Where the streams of an archived file end: no carriage return melts into an end of line, and every object is found."""

import re
import zlib
from pathlib import Path

import pikepdf
import pytest

from smartcity.press.assembling.line_ends import part_line_ends

CR = 0x0D


def text_that_ends_in_a_return(start: str) -> bytes:
    """A text whose compressed form ends with a carriage return: its checksum does."""
    text = start.encode()
    text += bytes(((CR - 1 - sum(text)) % 256,))
    assert zlib.compress(text)[-1] == CR
    return text


def written(path: Path, texts: list[bytes], *, padding: int = 0) -> Path:
    book = pikepdf.new()
    book.add_blank_page()
    book.Root.Data = pikepdf.Array([book.make_stream(text) for text in texts])
    book.Root.Padding = pikepdf.Array([pikepdf.Dictionary(Place=place) for place in range(padding)])
    book.save(path, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return path


def returns_at_ends(path: Path) -> int:
    return len(re.findall(rb"[^\r]\r\nendstream", path.read_bytes()))


def test_a_return_gets_an_end_of_line_of_its_own(tmp_path: Path) -> None:
    texts = [text_that_ends_in_a_return(f"teks {number}") for number in range(3)] + [b"biasa"]
    path = written(tmp_path / "arsip.pdf", texts)
    assert returns_at_ends(path) >= 3
    part_line_ends(path)
    assert returns_at_ends(path) == 0
    with pikepdf.open(path, attempt_recovery=False) as book:
        assert [stream.read_bytes() for stream in book.Root.Data] == texts
        assert book.check_pdf_syntax() == []


@pytest.mark.parametrize("padding", range(0, 400, 23))
def test_files_of_any_size_are_still_read_whole(tmp_path: Path, padding: int) -> None:
    texts = [text_that_ends_in_a_return(f"teks {padding}"), b"biasa"]
    path = written(tmp_path / "arsip.pdf", texts, padding=padding)
    part_line_ends(path)
    assert returns_at_ends(path) == 0
    with pikepdf.open(path, attempt_recovery=False) as book:
        assert [stream.read_bytes() for stream in book.Root.Data] == texts
        assert [int(each.Place) for each in book.Root.Padding] == list(range(padding))


def test_a_file_without_any_stays_as_it_is(tmp_path: Path) -> None:
    path = written(tmp_path / "arsip.pdf", [b"biasa"])
    before = path.read_bytes()
    assert returns_at_ends(path) == 0
    part_line_ends(path)
    assert path.read_bytes() == before
