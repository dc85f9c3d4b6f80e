"""The analyses of Buku 1 in print: everything frozen is there, and the worst that may be stored is whole."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.template import Context

from masterplan.documents.contents.gaps import TEMPLATE as GAPS
from masterplan.documents.contents.gaps import gaps
from masterplan.documents.contents.lookup import Lookup, index
from masterplan.documents.contents.numbering import Numbering
from masterplan.documents.contents.printed import printed_texts
from masterplan.documents.contents.readiness import TEMPLATE as READINESS
from masterplan.documents.contents.readiness import readiness, tone
from masterplan.documents.contents.swot import TEMPLATE as SWOT
from masterplan.documents.contents.swot import swot
from masterplan.documents.parts import Heading, PageKind, Part
from masterplan.documents.press.check import lost_texts
from masterplan.documents.press.extract import TextReader
from masterplan.documents.produce import BuildReport, build
from masterplan.documents.render import engine
from masterplan.models import GAP_TEXT_LIMIT, STRATEGY_LIMIT, SWOT_TEXT_LIMIT, TEXT_LIMIT
from masterplan.reference import ReadinessAspect, SwotAspect, SwotKind, SwotStrategyKind
from tests.masterplan.documents.plan_content import generate

KEYS = ("readiness", "gaps", "swot")
SCALE = ["Baik", "Sedang", "Kurang"]
# A page as the outline makes one: a heading and the piece below it.
PAGE = '{%% extends "print/base.html" %%}{%% block body %%}{%% heading heading %%}{%% include "%s" %%}{%% endblock %%}'
PIECES: dict[str, tuple[PageKind, str, Callable[[Lookup, Numbering], dict[str, Any]]]] = {
    "readiness": ("text", READINESS, readiness),
    "gaps": ("wide", GAPS, gaps),
    "swot": ("text", SWOT, swot),
}


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


def parts_of(content: Mapping[str, Any], book: str = "buku-1") -> tuple[Part, ...]:
    """A part for each analysis."""
    plan, captions = index(content), Numbering("3")
    return tuple(
        Part(
            key=key,
            template=template,
            context={**context(plan, captions), "heading": Heading(2, f"bagian-{key}", f"3.{place}", key)},
            page=page,
            headings=(Heading(2, f"bagian-{key}", f"3.{place}", key),),
            captions=captions.taken(),
        )
        for place, (key, (page, template, context)) in enumerate(PIECES.items(), 1)
    )


def render(part: Part, *, content: Mapping[str, Any], **late: Any) -> str:
    """As `render_part`, with the piece on a page of its own."""
    values = {"part": part, "title": part.key, "regency": content["regency"], **part.context}
    return engine().from_string(PAGE % part.template).render(Context(values, use_l10n=False, use_tz=False))


def texts_of(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What Buku 1 alone prints."""
    return [each for each in printed_texts(content, "buku-1") if each[0].startswith(KEYS)]


def printed(content: Mapping[str, Any], folder: Path) -> tuple[BuildReport, list[str]]:
    """The pages' texts of a real file."""
    out = folder / "analisis.pdf"
    report = build(
        content, book="buku-1", parts_of=parts_of, render=render, texts_of=texts_of, draft=False,
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
    assert lost_texts(pages, texts_of(content)) == []
    html = render(parts_of(content)[1], content=content)
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
    assert lost_texts(pages, texts_of(content)) == []


def test_the_map_says_in_words_what_its_colours_say() -> None:
    content = content_with(words)
    html = render(parts_of(content)[0], content=content)

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

    html = "".join(render(part, content=before) for part in parts_of(before))

    for words_for_nothing in ("belum dinilai", "Kesenjangan belum ditulis", "SWOT belum ditulis"):
        assert words_for_nothing in html
    assert [part.captions for part in parts_of(before)] == [(), (), ()]


def test_other_books_are_not_asked_for_the_analyses() -> None:
    content = content_with(words)

    assert [path for path, _ in printed_texts(content, "buku-2") if path.startswith(KEYS)] == []
    assert {path.partition(".")[0].partition("[")[0] for path, _ in texts_of(content)} == set(KEYS)


def test_every_text_of_the_analyses_is_expected_in_print() -> None:
    content = content_with(words)
    expected = " ".join(text for _, text in texts_of(content))

    for place in ("condition people", "recommendation procedure", "ideal 0", "response 2", "butir S1", "strategi WT"):
        assert f"Kalimat untuk {place}." in expected
