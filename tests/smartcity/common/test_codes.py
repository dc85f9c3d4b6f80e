"""Codes are hard to guess, easy to read out, and understood however they were typed."""

import math

import pytest

from smartcity.common.codes import ALPHABET, GROUP, draw_code, read_code

CODE = "7F3A-92CK-4MTX-8PDR"


def test_no_two_letters_look_alike() -> None:
    assert set("01ILOU") & set(ALPHABET) == set()
    assert len(set(ALPHABET)) == len(ALPHABET)


def test_a_code_is_drawn_from_many() -> None:
    assert 4 * GROUP * math.log2(len(ALPHABET)) >= 60
    codes = {draw_code(4) for _ in range(500)}
    assert len(codes) == 500
    assert all(read_code(code, 4) == code for code in codes)
    assert {letter for code in codes for letter in code} == {*ALPHABET, "-"}


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.lower(),
        "7f3a 92ck 4mtx 8pdr",
        "7F3A92CK4MTX8PDR",
        "  7F3A–92CK—4MTX‑8PDR\n",
        "7F3A.92CK.4MTX.8PDR.",
        "7F3A\u221292CK\u22124MTX\u22128PDR",
        "kode 7F3A-92CK-4MTX-8PDR",
        "Kode pemeriksaan 7F3A-92CK-4MTX-8PDR",
        "https://smartcity.contoh.test/verifikasi/7F3A-92CK-4MTX-8PDR/",
        "7F3A\u200b-92CK\u00a0-4MTX-8PDR",
    ],
)
def test_a_code_is_understood(typed: str) -> None:
    assert read_code(typed, 4) == CODE


@pytest.mark.parametrize(
    "typed", ["", "-", "7F3A", CODE + "X", CODE[:-1], CODE.replace("7", "0"), CODE.replace("C", "O"), "é" * 16, "\x00"]
)
def test_what_can_be_no_code_is_none(typed: str) -> None:
    assert read_code(typed, 4) == ""
