"""Annexes of Buku 2 that stand by themselves: sheets to sign, and the indexes by kecamatan and by RPJMD program."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from page import validate_pdf

from masterplan.books.chapters.annexes.commitments import commitments
from masterplan.books.chapters.annexes.indexes import by_district, by_program
from masterplan.books.chapters.lookup import index
from masterplan.books.chapters.places import Place, number_places
from masterplan.books.chapters.printed import printed_texts
from masterplan.books.produce import build
from masterplan.books.render import render_part
from masterplan.editions.numbering import Numbering
from masterplan.editions.outline import OutlineNode
from smartcity.press.checking.extract import TextReader
from smartcity.press.parts import REFERENCE_PREFIX, Heading, Part
from tests.masterplan.books.plan_content import generate
from tests.masterplan.books.test_render import Page, squeezed

GOLDEN = json.loads((Path(__file__).parent / "golden_snapshot.json").read_text(encoding="utf-8"))


def page_of(part: Part, content: dict[str, Any], **values: Any) -> Page:
    return Page(render_part(part, content=content, **values))


def place(number: int) -> Place:
    """The place of an annex of that number."""
    node = OutlineNode("lampiran.uji", "Lampiran uji", "", "", wants_text=False)
    (found,) = number_places([node], (), numbered=True)
    heading = Heading(1, f"lampiran-{number}", f"Lampiran {number}", "Lampiran uji")
    return replace(found, heading=heading, captions=Numbering(f"L{number}"))


def annexes(content: dict[str, Any]) -> list[Part]:
    plan = index(content)
    return [*by_district(plan, place(7)), *by_program(plan, place(8)), *commitments(plan, place(9))]


@pytest.mark.parametrize("content", [GOLDEN, generate(30), generate(0)], ids=["golden", "thirty", "none"])
def test_headings_and_captions_are_declared_as_shown(content: dict[str, Any]) -> None:
    for part in annexes(content):
        page = page_of(part, content)
        shown = [(level, anchor, squeezed(words)) for level, anchor, words in page.headings if anchor]
        assert shown == [(each.level, each.anchor, squeezed(f"{each.number}{each.title}")) for each in part.headings]
        captions = [(caption.anchor, squeezed(f"{caption.label}{caption.title}")) for caption in part.captions]
        assert [(anchor, squeezed(words)) for anchor, words in page.captions] == captions
        assert all("scope" in cell for cell in page.cells)
    assert len({caption.label for part in annexes(content) for caption in part.captions}) == sum(
        len(part.captions) for part in annexes(content)
    )


def test_each_leading_agency_signs_for_all_it_leads() -> None:
    content = generate(30)
    opening, *sheets = commitments(index(content), place(9))
    leaders = [
        row["id"]
        for row in content["agencies"]
        if any(each["lead_agency"] == row["id"] for each in content["initiatives"])
    ]
    assert [sheet.key for sheet in sheets] == [f"komitmen-{key}" for key in leaders]
    for key, sheet in zip(leaders, sheets, strict=True):
        own = [row["code"] for row in content["initiatives"] if row["lead_agency"] == key]
        text = "".join(page_of(sheet, content).text)
        assert sorted(row["code"] for row in sheet.context["rows"]) == sorted(own)
        assert sheet.context["roles"] == [f"Pimpinan {sheet.headings[0].title}", "Bupati Semarang"]
        assert "Nama dan tanda tangan" in text
        assert "ditandatangani" not in text
    assert REFERENCE_PREFIX + sheets[0].headings[0].anchor in page_of(opening, content).links


def test_a_plan_without_initiatives_has_no_sheet_to_sign() -> None:
    content = generate(0)
    (opening,) = commitments(index(content), place(9))
    assert "Belum ada perangkat daerah yang memimpin inisiatif." in "".join(page_of(opening, content).text)


def test_an_initiative_is_found_by_each_of_its_districts() -> None:
    content = generate(30)
    content["initiatives"][0] |= {"districts": [], "whole_regency": False}
    groups = {
        group["title"]: [row["code"] for row in group["rows"]]
        for group in by_district(index(content), place(7))[0].context["groups"]
    }
    for row in content["districts"]:
        expected = {each["code"] for each in content["initiatives"] if row["id"] in each["districts"]}
        assert set(groups[row["name"]]) == expected
    everywhere = {each["code"] for each in content["initiatives"] if each["whole_regency"]}
    assert set(groups["Seluruh Kabupaten Semarang"]) == everywhere
    assert groups["Tempat belum disebut"] == [content["initiatives"][0]["code"]]


def test_an_initiative_is_found_by_each_program_it_answers_and_how_far() -> None:
    (part,) = by_program(index(GOLDEN), place(8))
    groups = {group["link"]: {row["code"]: row["state"] for row in group["rows"]} for group in part.context["groups"]}
    for initiative in GOLDEN["initiatives"]:
        for link in initiative["links"]:
            if link["plan_kind"] == "rpjmd":
                rows = groups[link["element_id"]]
                assert (initiative["code"] in rows) == (link["state"] != "rejected")
                assert rows.get(initiative["code"], "") in ("", link["state_label"].lower())
    unlinked = part.context["groups"][-1]
    assert unlinked["title"] == "Belum ditautkan ke program RPJMD"
    assert len(part.context["groups"]) == len(GOLDEN["development_plan"]["programs"]) + 1


def test_indexes_print_page_numbers() -> None:
    content = generate(6)
    for part in (*by_district(index(content), place(7)), *by_program(index(content), place(8))):
        assert part.late
        assert "119" in page_of(part, content, pages={"in-GO-01": "119"}).text


def test_the_press_finds_nothing_wrong(tmp_path: Path) -> None:
    content = generate(30)
    report = build(
        content,
        book="buku-2",
        parts_of=lambda snapshot, book: annexes(snapshot),
        render=render_part,
        texts_of=printed_texts,
        draft=True,
        fingerprint="ab" * 32,
        code="7F3A-91C0",
        cache_dir=tmp_path / "cache",
        out=tmp_path / "lampiran.pdf",
        progress=lambda stage, done, total: None,
    )
    assert report.problems == ()
    assert [failure.message for failure in validate_pdf(tmp_path / "lampiran.pdf", profile="pdfua-1").failures] == []
    sheets = [part for part in annexes(content) if part.template == "print/commitment_sheet.html"]
    with pikepdf.open(tmp_path / "lampiran.pdf") as book:
        pages = [TextReader().read(page).text for page in book.pages]
    signed = [text for text in pages if squeezed("Nama dan tanda tangan") in squeezed(text)]
    assert len(signed) == len(sheets), "a page for each agency"
