"""The analyses of Buku 1 in print: everything frozen is there, and the worst that may be stored is whole."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from masterplan.books.blueprint import book_parts, texts_of
from masterplan.books.chapters.analysis import gaps
from masterplan.books.chapters.analysis.readiness import tone
from masterplan.books.chapters.portions import MOST_LINES
from masterplan.books.produce import BuildReport, build
from masterplan.books.render import render_part
from masterplan.models import GAP_TEXT_LIMIT, STRATEGY_LIMIT, SWOT_TEXT_LIMIT, TEXT_LIMIT
from masterplan.reference import ReadinessAspect, SwotAspect, SwotKind, SwotStrategyKind
from smartcity.press.checking.check import lost_texts
from smartcity.press.checking.extract import TextReader
from smartcity.press.parts import Part
from tests.masterplan.books.plan_content import generate

KEYS = ("readiness", "gaps", "swot")
SCALE = ["Baik", "Sedang", "Kurang"]
# The pages they stand on.
PAGES = ("bagian-kesiapan-pengantar", "bagian-gap-tabel", "bagian-swot-matriks")


def content_with(write: Callable[[str, int], str], *, gap_rows: int = 3, items: int = 2) -> dict[str, Any]:
    """A snapshot with all three analyses; `write` gives the text for a place of a limit."""
    content = json.loads(json.dumps(generate(13)))
    cells = [
        {
            "aspect": aspect.value,
            "group": aspect.group.lower(),
            "group_label": aspect.group,
            "label": aspect.own_label,
            "score": SCALE[place % 3],
            **{
                key: write(f"{key} {aspect.value}", TEXT_LIMIT)
                for key in ("condition", "evidence", "problem", "recommendation")
            },
        }
        for place, aspect in enumerate(ReadinessAspect)
    ]
    subs = [
        (dimension["code"], sub["key"]) for dimension in content["dimensions"] for sub in dimension["sub_dimensions"]
    ]
    named = [initiative["id"] for initiative in content["initiatives"][:3]]
    rows = [
        {
            "id": f"ks-{place}",
            "dimension": subs[place % len(subs)][0],
            "sub_dimension": subs[place % len(subs)][1],
            "indicator": write(f"indikator {place}", 200),
            **{
                key: write(f"{key} {place}", GAP_TEXT_LIMIT)
                for key in ("ideal", "existing", "gap", "cause", "response")
            },
            "initiatives": named,
            "unsent": 1,
        }
        for place in range(gap_rows)
    ]
    things = [
        {
            "number": f"{kind.value}{number}",
            "kind": kind.value,
            "kind_label": kind.label,
            "aspect": "structure",
            "aspect_label": SwotAspect.STRUCTURE.label,
            "dimension": content["dimensions"][0]["code"],
            "text": write(f"butir {kind.value}{number}", SWOT_TEXT_LIMIT),
        }
        for kind in SwotKind
        for number in range(1, items + 1)
    ]
    strategies = [
        {
            "number": f"{kind.value}1",
            "kind": kind.value,
            "kind_label": kind.label,
            "text": write(f"strategi {kind.value}", STRATEGY_LIMIT),
            "items": [f"{part}1" for part in kind.value],
        }
        for kind in SwotStrategyKind
    ]
    kinds = [{"kind": kind.value, "kind_label": kind.label} for kind in SwotKind]
    return content | {
        "readiness": {"scale": SCALE, "cells": cells},
        "gaps": rows,
        "swot": {"kinds": kinds, "items": things, "strategies": strategies},
    }


def words(place: str, limit: int) -> str:
    """A plain text that names its place."""
    return f"Kalimat untuk {place}.\n\n- butir pertama {place}\n- butir kedua"


def parts_of(content: Mapping[str, Any]) -> tuple[Part, ...]:
    """The part that each analysis stands in."""
    parts = {part.key: part for part in book_parts(content, "buku-1")}
    return tuple(parts[key] for key in PAGES)


def expected(content: Mapping[str, Any], book: str = "buku-1") -> list[tuple[str, str]]:
    """What a book must hold of the analyses."""
    return [each for each in texts_of(content, book) if each[0].startswith(KEYS)]


def printed(content: Mapping[str, Any], folder: Path) -> tuple[BuildReport, list[str]]:
    """The pages' texts of a real file."""
    out = folder / "analisis.pdf"
    report = build(
        content, book="buku-1", parts_of=book_parts, render=render_part, texts_of=partial(texts_of, book="buku-1"), draft=False,
        fingerprint="ab" * 32, code="7F3A-91C0", cache_dir=folder / "cache", out=out, workers=1,
        progress=lambda stage, done, total: None,
    )  # fmt: skip
    with pikepdf.open(out) as book:
        reader = TextReader()
        return report, [reader.read(page).text for page in book.pages]


def test_all_that_was_frozen_is_printed_and_linked(tmp_path: Path) -> None:
    content = content_with(words)

    report, pages = printed(content, tmp_path)

    assert report.problems == ()
    assert lost_texts(pages, expected(content)) == []
    html = render_part(parts_of(content)[1], content=content)
    for initiative in content["initiatives"][:3]:
        assert f"rujukan.invalid/{initiative['id']}" in html
    assert "1 inisiatif lain belum masuk edisi ini" in html


@pytest.mark.parametrize("most", [300, TEXT_LIMIT])
def test_the_longest_texts_that_may_be_stored_are_printed_whole(most: int, tmp_path: Path) -> None:
    """Also the longest whose rows are kept on one page."""

    def longest(place: str, limit: int) -> str:
        # Words nobody can break, and as long as the limit lets them be.
        return (place.replace(" ", "") + "W" * limit)[: min(limit, most)]

    content = content_with(longest, gap_rows=2)

    report, pages = printed(content, tmp_path)

    assert report.problems == ()
    assert lost_texts(pages, expected(content)) == []


def test_the_map_says_in_words_what_its_colours_say() -> None:
    content = content_with(words)
    html = render_part(parts_of(content)[0], content=content)

    assert "Struktur: sumber daya manusia baik, anggaran sedang, tata kelola kurang." in html
    assert html.count("<rect") == 9
    for level in SCALE:
        assert f">{level}</text>" in html


@pytest.mark.parametrize(
    ("score", "scale", "expected"),
    [
        ("Baik", SCALE, "best"),
        ("Sedang", SCALE, "middle"),
        ("Kurang", SCALE, "worst"),
        ("b", list("abcde"), "good"),
        ("d", list("abcde"), "poor"),
        ("b", list("ab"), "worst"),
        ("Hebat", SCALE, "other"),
        ("", SCALE, "none"),
    ],
)
def test_a_judgement_is_as_good_as_its_place_on_the_scale(score: str, scale: list[str], expected: str) -> None:
    assert tone(score, scale) == expected


def test_editions_frozen_before_the_analyses_still_print(tmp_path: Path) -> None:
    before = {key: value for key, value in generate(3).items() if key not in KEYS}

    html = "".join(render_part(part, content=before) for part in parts_of(before))

    for words_for_nothing in ("belum dinilai", "Kesenjangan belum ditulis", "SWOT belum ditulis"):
        assert words_for_nothing in html
    captions = [caption for part in parts_of(before) for caption in part.captions]
    assert captions == []


def test_other_books_are_not_asked_for_the_analyses() -> None:
    content = content_with(words)

    assert expected(content, "buku-2") == []
    assert {path.partition(".")[0].partition("[")[0] for path, _ in expected(content)} == set(KEYS)


def test_every_text_of_the_analyses_is_expected_in_print() -> None:
    content = content_with(words)
    wanted = " ".join(text for _, text in expected(content))

    for place in ("condition people", "recommendation procedure", "ideal 0", "response 2", "butir S1", "strategi WT"):
        assert f"Kalimat untuk {place}." in wanted


def test_very_many_gaps_of_one_sub_dimension_are_cut_into_parts() -> None:
    """A part is rendered in bounded memory, however much a regency writes about one thing."""
    content = content_with(lambda place, limit: place)
    row = content["gaps"][0]
    content["gaps"] = [row | {"id": f"gap-{number}"} for number in range(200)]
    flows = [
        flow
        for part in book_parts(content, "buku-1")
        for flow in part.context.get("flows", ())
        if flow.template == gaps.TEMPLATE
    ]
    held = [
        [
            each["gap"]["id"]
            for dimension in flow.context["gaps"]["dimensions"]
            for sub in dimension["subs"]
            for each in sub["rows"]
        ]
        for flow in flows
    ]
    assert [key for keys in held for key in keys] == [each["id"] for each in content["gaps"]]
    assert max(map(len, held)) * 4 <= MOST_LINES
