"""Buku 3: what its pages say is what the snapshot holds, for any regency, and the real press finds nothing wrong."""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from page import validate_pdf

from masterplan.books.blueprint import BOOKS, book_parts, texts_of
from masterplan.books.chapters import executive, front
from masterplan.books.chapters.executive import selection
from masterplan.books.chapters.executive.drawing import ticks
from masterplan.books.chapters.lookup import Lookup, index
from masterplan.books.produce import build
from masterplan.books.render import engine, render_part
from masterplan.editions.snapshot import compose
from smartcity.press.checking.extract import TextReader
from smartcity.press.parts import Part
from tests.factories import make_district
from tests.masterplan.books.plan_content import generate
from tests.masterplan.books.test_render import Page, squeezed

GOLDEN = json.loads((Path(__file__).parent / "golden_snapshot.json").read_text(encoding="utf-8"))
CHAPTER = "Ringkasan Eksekutif"
# A summary is read in one go.
PAGES = range(10, 31)
SECTIONS: tuple[Callable[[Lookup, str], list[Part]], ...] = (
    executive.profile,
    executive.vision,
    executive.overview,
    executive.dimensions,
    executive.radar,
    executive.roadmap,
    executive.budget,
    executive.districts,
    executive.quick_wins,
    executive.commitment,
)


def parts_of(content: Mapping[str, Any]) -> list[Part]:
    return [part for section in SECTIONS for part in section(index(content), CHAPTER)]


def part_of(key: str, content: Mapping[str, Any]) -> Part:
    return next(part for part in parts_of(content) if part.key == key)


def html_of(key: str, content: Mapping[str, Any]) -> str:
    return render_part(part_of(key, content), content=content)


def text_of(key: str, content: Mapping[str, Any]) -> str:
    return " ".join("".join(Page(html_of(key, content)).text).split())


def bare(count: int, **changes: Any) -> dict[str, Any]:
    """A generated plan with some of it taken away or replaced."""
    return generate(count) | changes


def without_money() -> dict[str, Any]:
    content = generate(3)
    for initiative in content["initiatives"]:
        initiative["budgets"] = []
    return content


def long_names() -> dict[str, Any]:
    content = generate(12)
    content["regency"]["full_name"] = "Kabupaten Kepulauan Siau Tagulandang Biaro dan Sekitarnya"
    for row in (*content["agencies"], *content["districts"], *content["dimensions"]):
        row["name"] += " dan segala urusan yang berkaitan dengannya di seluruh wilayah"
    for initiative in content["initiatives"]:
        initiative["name"] += " yang dikerjakan bersama masyarakat dan dunia usaha secara bertahap" * 2
    return content


def own_dimension() -> dict[str, Any]:
    content = generate(7)
    content["dimensions"].append(
        {
            "code": "HT",
            "name": "Smart Heritage",
            "sub_dimensions": [{"key": "old", "name": "Cagar budaya", "description": "Lama"}],
        }
    )
    content["initiatives"][0] |= {"dimension": "HT", "sub_dimension": "old", "code": "HT-01", "id": "in-HT-01"}
    return content


def poor() -> dict[str, Any]:
    """A regency of which hardly anything is known, whose only initiative has no answers."""
    content = bare(1, districts=[], sections={}, strategic_plans=[])
    content["regency"] |= {"facts": [], "strategic_area": "", "programme_round": "", "programme_source": ""}
    content["plan"]["vision"] = content["development_plan"]["vision"] = ""
    content["development_plan"] |= {
        "missions": content["development_plan"]["missions"][:1],
        "programs": [],
        "legal_basis": "",
    }
    content["initiatives"][0] |= {"start_year": None, "end_year": None, "activities": [], "links": [], "budgets": []}
    content["initiatives"][0] |= {"districts": [], "whole_regency": False, "benefit_citizens": "", "sub_dimension": ""}
    content["initiatives"][0] |= {"quick_win": True, "worksheet": None, "lead_agency": "ag-404"}
    return content


PLANS: dict[str, Callable[[], dict[str, Any]]] = {
    "golden": lambda: deepcopy(GOLDEN),
    "sixty": lambda: generate(60),
    "none": lambda: bare(0),
    "poor": poor,
    "without money": without_money,
    "long names": long_names,
    "own dimension": own_dimension,
}


@pytest.mark.parametrize("name", PLANS)
def test_headings_and_captions_are_declared_as_shown(name: str) -> None:
    content = PLANS[name]()
    for part in parts_of(content):
        page = Page(render_part(part, content=content))
        shown = [(level, anchor, squeezed(words)) for level, anchor, words in page.headings if anchor]
        assert shown == [(each.level, each.anchor, squeezed(each.title)) for each in part.headings], part.key
        captions = [(caption.anchor, squeezed(f"{caption.label}{caption.title}")) for caption in part.captions]
        assert [(anchor, squeezed(words)) for anchor, words in page.captions] == captions, part.key


@pytest.mark.parametrize("name", PLANS)
def test_sections_hang_together_in_themselves(name: str) -> None:
    """No skipped level, no head without scope, no link out of a section, nothing named twice, nothing undefined."""
    content = PLANS[name]()
    engine().string_if_invalid, before = "TIDAK-ADA-%s", engine().string_if_invalid
    engine().template_loaders[0].reset()
    try:
        pages = {part.key: Page(render_part(part, content=content)) for part in parts_of(content)}
    finally:
        engine().string_if_invalid = before
    level = 1
    for key, page in pages.items():
        assert "TIDAK-ADA" not in "".join(page.text), key
        assert all("scope" in cell for cell in page.cells), key
        assert page.links == [], key
        for depth, _, words in page.headings:
            assert depth <= level + 1, (key, words)
            level = depth
    ids = Counter(anchor for page in pages.values() for anchor in page.ids)
    labels = Counter(caption.label for part in parts_of(content) for caption in part.captions)
    assert [name for name, count in (ids + labels).items() if count > 1] == []


@pytest.mark.parametrize("name", PLANS)
def test_all_that_is_promised_is_in_the_html(name: str) -> None:
    content = PLANS[name]()
    plan = index(content)
    cover = front.cover(plan, BOOKS["buku-3"], "", "")
    html = "".join(render_part(part, content=content) for part in (cover, *parts_of(content)))
    book = squeezed("".join(Page(html).text))
    lost = [(path, text) for path, text in executive.promised_texts(content) if squeezed(text) not in book]
    assert lost == []


def test_a_book_without_a_section_does_not_promise_its_texts() -> None:
    whole = {text for _, text in executive.promised_texts(GOLDEN)}
    part = {text for _, text in executive.promised_texts(GOLDEN, {"profile", "radar"})}
    assert part < whole
    assert GOLDEN["regency"]["facts"][0]["label"] in part
    assert GOLDEN["plan"]["vision"] in whole - part


def test_decimal_points_stay_points_in_drawings() -> None:
    for part in parts_of(generate(60)):
        html = render_part(part, content=generate(60))
        assert not re.search(r'\s(?:x|y|width|height|points|d)="[^"]*\d,\d+,', html), part.key
        assert not re.search(r'\s(?:x|y|width|height)="[^"]*,', html), part.key


def test_the_profile_counts_what_the_plan_holds() -> None:
    content = generate(24)
    text = text_of("ringkasan-profil", content)
    numbers = [number["value"] for row in part_of("ringkasan-profil", content).context["numbers"] for number in row]
    quick_wins = sum(row["quick_win"] for row in content["initiatives"])
    linked = {
        link["element_id"] for row in content["initiatives"] for link in row["links"] if link["state"] != "rejected"
    }
    answered = linked & {row["id"] for row in content["development_plan"]["programs"]}
    assert numbers[:2] == ["24", str(quick_wins)]
    assert numbers[3:] == [str(len(content["agencies"])), "7", str(len(answered))]
    assert "Kabupaten Semarang menyusun 24 inisiatif untuk 2022–2026" in text
    for words in (
        "950,21",
        "Daftar wilayah 2017",
        "Ibu kota Ungaran, Provinsi Jawa Tengah, kode wilayah 33.22, 19 kecamatan",
    ):
        assert words in text


def test_missions_are_told_with_programs_and_initiatives() -> None:
    rows = part_of("ringkasan-visi", GOLDEN).context["missions"]
    linked = {
        link["element_id"] for row in GOLDEN["initiatives"] for link in row["links"] if link["state"] != "rejected"
    }
    for row, mission in zip(rows, GOLDEN["development_plan"]["missions"], strict=True):
        own = {each["id"] for each in GOLDEN["development_plan"]["programs"] if each["mission_id"] == mission["id"]}
        assert (row["programs"], row["answered"]) == (len(own), len(own & linked))
    assert sum(row["programs"] for row in rows) == len(GOLDEN["development_plan"]["programs"])


def test_flagships_are_quick_wins_then_accepted_links_then_money() -> None:
    content = generate(30)
    rows = [row for row in content["initiatives"] if row["dimension"] == "GO"]
    for place, row in enumerate(rows):
        row |= {"quick_win": False, "links": [], "worksheet": None}
        row["budgets"] = [{"source": "apbn", "source_label": "APBN", "amounts": {"2022": 1_000_000 * (place + 1)}}]
    rows[0]["quick_win"] = True
    rows[1]["links"] = [{"state": "accepted", "element_id": "el-30"}]
    rows[2]["links"] = [{"state": "rejected", "element_id": "el-30"}]
    found = [row["code"] for row in selection.flagships(index(content), "GO")]
    assert found == ["GO-01", "GO-02", "GO-05"]
    content["initiatives"] = [row for row in content["initiatives"] if row["dimension"] != "GO"] + rows[2:3]
    assert [row["code"] for row in selection.flagships(index(content), "GO")] == ["GO-03"]


def test_a_flagship_is_a_place_that_can_be_linked_to() -> None:
    page = Page(html_of("ringkasan-go", generate(12)))
    assert {"in-GO-01", "in-GO-02"} <= set(page.ids)
    assert selection.FLAGSHIP_RULE in " ".join("".join(page.text).split())


def test_a_dimension_without_sub_dimension_keeps_its_count() -> None:
    content = generate(12)
    for row in content["initiatives"]:
        row["sub_dimension"] = ""
    context = part_of("ringkasan-go", content).context
    assert context["subs"][-1]["name"] == "Belum ditempatkan"
    assert sum(row["count"] for row in context["subs"]) == context["totals"]["count"] == 2


def test_the_radar_draws_the_shares_of_its_table() -> None:
    content = generate(60)
    context = part_of("ringkasan-radar", content).context
    assert [row["share"] for row in context["rows"]] == ["16,7"] * 6
    assert sum(row["shares"][1] for row in context["rows"]) == pytest.approx(100)
    drawing = context["drawing"]
    assert len(set(drawing["counts"].split())) == 6, "equal shares lie on a circle"
    assert drawing["words"].startswith("Smart Governance: 16,7 persen inisiatif,")
    assert "bukan kemajuan atau peringkat" in text_of("ringkasan-radar", content)


def test_a_radar_needs_three_axes_and_money_for_its_second_line() -> None:
    content = generate(6)
    content["dimensions"] = content["dimensions"][:2]
    assert part_of("ringkasan-radar", content).context["drawing"] is None
    assert part_of("ringkasan-radar", without_money()).context["drawing"]["squares"] == []
    assert "stroke-dasharray" not in html_of("ringkasan-radar", without_money())


@pytest.mark.parametrize(("most", "last"), [(16.7, 20), (100, 100), (3, 3), (0.4, 0.4), (1, 1), (7.2, 8), (1234, 1500)])
def test_an_axis_reaches_what_it_shows_in_round_steps(most: float, last: float) -> None:
    marks = ticks(most)
    assert marks[-1] == pytest.approx(last)
    assert marks[-1] >= most * 0.999
    assert 2 <= len(marks) <= 6


def test_the_roadmap_counts_who_works_in_a_year() -> None:
    content = generate(30)
    drawing = part_of("ringkasan-peta-jalan", content).context["drawings"][0]
    for year, cell in zip(content["plan"]["years"], drawing["sums"][0]["cells"], strict=True):
        assert cell["count"] == sum(row["start_year"] <= year <= row["end_year"] for row in content["initiatives"])
    for band in drawing["bands"]:
        rows = [row for row in content["initiatives"] if row["dimension"] == band["code"]]
        assert band["cells"][0]["count"] == sum(row["start_year"] == 2022 for row in rows)
    promised = [row["worksheet"]["due_date"][:4] for row in content["initiatives"] if row["quick_win"]]
    assert [cell["count"] for cell in drawing["sums"][3]["cells"]] == [
        promised.count(str(year)) for year in range(2022, 2027)
    ]


def test_what_the_roadmap_cannot_place_is_named() -> None:
    text = text_of("ringkasan-peta-jalan", poor())
    assert "1 inisiatif belum mempunyai tahun pelaksanaan: GO-01." in text
    assert "1 quick win belum mempunyai batas waktu: GO-01." in text


@pytest.mark.parametrize(
    ("first", "last", "days", "expected"),
    [
        (2022, 2024, [], (2022, 2024)),
        (2023, None, [], (2023, 2023)),
        (None, 2024, [], (2024, 2024)),
        (None, None, [("2022-03-01", "2025-01-31")], (2022, 2025)),
        (2024, 2022, [], (2024, 2024)),
        (None, None, [], None),
    ],
)
def test_the_years_of_an_initiative(first: int, last: int, days: list[tuple[str, str]], expected: object) -> None:
    activities = [{"start": start, "end": end} for start, end in days]
    assert selection.working_years({"start_year": first, "end_year": last, "activities": activities}) == expected


def test_bars_are_as_high_as_the_money_and_hatched_each_in_its_way() -> None:
    content = generate(6)
    sources = [f"Sumber {number}" for number in range(8)]
    for row in content["initiatives"]:
        row["budgets"] = [
            {"source": "other", "source_label": label, "amounts": {"2022": 10**9 * (9 - place)}}
            for place, label in enumerate(sources)
        ]
    context = part_of("ringkasan-anggaran", content).context
    (bar, *others) = context["drawings"][0]["bars"]
    heights = [float(piece["height"]) for piece in bar["pieces"]]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] / heights[-1] == pytest.approx(9 / 2, rel=0.01)
    looks = [(piece["fill"], frozenset(re.findall("[HVLh]", piece["hatching"]))) for piece in bar["pieces"]]
    assert len(set(looks)) == 8
    assert [row["label"] for row in context["legend"]] == sources
    assert bar["words"].startswith("2022: Rp264 miliar (Sumber 0 Rp54 miliar,")
    assert all(other["words"].endswith("belum ada anggaran.") for other in others)


def test_many_years_have_several_pictures_on_one_scale() -> None:
    content = generate(6)
    content["initiatives"][0]["budgets"] = [
        {"source": "apbn", "source_label": "APBN", "amounts": {str(year): 10**9 for year in range(2022, 2042)}}
    ]
    drawings = part_of("ringkasan-anggaran", content).context["drawings"]
    assert [len(drawing["bars"]) for drawing in drawings] == [10, 10]
    assert drawings[0]["marks"] == drawings[1]["marks"]


def test_squares_stand_where_the_regency_said() -> None:
    content = generate(30)
    context = part_of("ringkasan-kecamatan", content).context
    tiles = {" ".join(line["text"] for line in tile["lines"]): tile for tile in context["drawing"]["tiles"]}
    assert context["arrangement"] == "Petak disusun menurut letak kira-kira, bukan batas wilayah."
    assert float(tiles["Ungaran Barat"]["x"]) < float(tiles["Ungaran Timur"]["x"])
    assert float(tiles["Ungaran Barat"]["y"]) < float(tiles["Getasan"]["y"]) < float(tiles["Kaliwungu"]["y"])
    key = next(row["id"] for row in content["districts"] if row["name"] == "Ambarawa")
    assert tiles["Ambarawa"]["count"] == sum(key in row["districts"] for row in content["initiatives"])


@pytest.mark.parametrize("fault", ["without", "shared", "old"])
def test_squares_stand_by_the_alphabet_until_each_has_a_place(fault: str) -> None:
    content = generate(30)
    first = content["districts"][0]
    if fault == "without":
        first |= {"column": None, "row": None}
    elif fault == "shared":
        first |= {key: content["districts"][1][key] for key in ("column", "row")}
    else:
        content["districts"] = [{"id": row["id"], "name": row["name"]} for row in content["districts"]]
    context = part_of("ringkasan-kecamatan", content).context
    names = [" ".join(line["text"] for line in tile["lines"]) for tile in context["drawing"]["tiles"]]
    assert names == sorted(row["name"] for row in content["districts"])
    assert context["arrangement"] == "Petak disusun menurut abjad, bukan letak sebenarnya."


def test_a_darker_square_has_more_initiatives() -> None:
    context = part_of("ringkasan-kecamatan", generate(200)).context
    shades = [row["fill"] for row in context["drawing"]["legend"]]
    assert len(set(shades)) == len(shades) == 5
    tiles = sorted(context["drawing"]["tiles"], key=lambda tile: tile["count"])
    order = [shades.index(tile["fill"]) for tile in tiles]
    assert order == sorted(order)
    assert order[-1] == 4


def test_a_regency_without_districts_has_no_map() -> None:
    assert executive.districts(index(poor()), CHAPTER) == []


def test_quick_wins_are_told_with_promise_date_and_value() -> None:
    text = text_of("ringkasan-quick-win", GOLDEN)
    for row in (each for each in GOLDEN["initiatives"] if each["quick_win"]):
        scores = [each["score"] for each in row["worksheet"]["aspects"] if each["score"] is not None]
        for words in (row["code"], row["name"], row["worksheet"]["deliverable"], "30 November 2022", str(sum(scores))):
            assert words in text
    assert "Belum ada inisiatif yang ditetapkan sebagai quick win" in text_of("ringkasan-quick-win", bare(0))


def test_of_very_many_quick_wins_the_best_are_listed_and_the_others_counted() -> None:
    content = generate(40)
    for place, row in enumerate(content["initiatives"]):
        row["quick_win"] = True
        aspects = [{"aspect": "benefit", "label": "Manfaat", "score": place % 5 or None, "note": ""}]
        row["worksheet"] = {"deliverable": f"Hasil {place}", "due_date": "2022-11-30", "aspects": aspects}
    rows, text = part_of("ringkasan-quick-win", content).context["rows"], text_of("ringkasan-quick-win", content)
    assert Counter(row["score"] for row in rows) == {"4": 8, "3": 8, "2": 4}
    places = [row["code"] for row in index(content).initiatives]
    assert [row["code"] for row in rows] == sorted((row["code"] for row in rows), key=places.index)
    assert {name for path, name in executive.promised_texts(content, {"quick_wins"}) if path.endswith("].code")} == {
        row["code"] for row in rows
    }
    assert "dan 20 quick win lainnya, yang diuraikan dalam Buku 2." in text
    assert "40 inisiatif dapat diwujudkan" in text


def test_the_commitment_names_roles_and_leaves_room_for_names() -> None:
    content = generate(12)
    content["regency"]["letterhead"] = "PEMERINTAH KABUPATEN CONTOH\n\nSEKRETARIAT DAERAH"
    text = text_of("ringkasan-komitmen", content)
    leaders = {row["lead_agency"] for row in content["initiatives"]}
    assert "PEMERINTAH KABUPATEN CONTOH" in text
    assert "Bupati Semarang" in text
    assert text.count("Pimpinan ") == len(leaders)
    city = deepcopy(content)
    city["regency"] |= {"full_name": "Kota Salatiga", "letterhead": ""}
    assert "Wali Kota Salatiga" in text_of("ringkasan-komitmen", city)
    assert "Pemerintah Kabupaten Semarang" in text_of("ringkasan-komitmen", city)


def test_what_people_type_is_escaped() -> None:
    content = generate(12)
    attack = "<script>alert(1)</script> & \" '"
    content["initiatives"][0] |= {"name": attack, "benefit_citizens": attack}
    content["districts"][0]["name"] = content["agencies"][0]["name"] = content["dimensions"][0]["name"] = attack
    for part in parts_of(content):
        html = render_part(part, content=content)
        assert "<script" not in html, part.key
        assert "&amp;amp;" not in html, part.key


@pytest.mark.django_db
def test_an_edition_remembers_places_and_letterhead(plan: Any) -> None:
    make_district(plan.regency, "Tengah")
    placed = make_district(plan.regency, "Utara")
    placed.tile_column, placed.tile_row = 3, 1
    placed.save()
    plan.regency.letterhead = "Kop surat"
    content = compose(plan, number=1, label="", day=date(2026, 1, 2), scope="submitted")
    assert {row["name"]: (row["column"], row["row"]) for row in content["districts"]} == {
        "Tengah": (None, None),
        "Utara": (3, 1),
    }
    assert content["regency"]["letterhead"] == "Kop surat"


# The real press -----------------------------------------------------------------------------------------------------------


FOREWORD = """Ringkasan ini untuk **warga** dan para mitra, dengan [rincian](https://contoh.go.id/rincian).

- Buku 1 memuat analisis
- Buku 2 memuat rencana induk

| Buku | Isi |
| 1 | Analisis |"""


@pytest.mark.parametrize(
    ("name", "foreword"), [("sixty", FOREWORD), ("poor", ""), ("long names", "\n\n".join([FOREWORD] * 12))]
)
def test_the_press_finds_nothing_wrong(name: str, foreword: str, tmp_path: Path) -> None:
    content = PLANS[name]()
    content["sections"]["ringkasan"] = {"title": CHAPTER, "lead": "", "body": foreword}
    report = build(
        content,
        book="buku-3",
        parts_of=book_parts,
        render=render_part,
        texts_of=partial(texts_of, book="buku-3"),
        draft=False,
        fingerprint="ab" * 32,
        code="7F3A-91C0",
        cache_dir=tmp_path / "cache",
        out=tmp_path / "buku-3.pdf",
        progress=lambda stage, done, total: None,
    )
    assert report.problems == ()
    assert [failure.message for failure in validate_pdf(tmp_path / "buku-3.pdf", profile="pdfua-1").failures] == []
    assert report.pages in PAGES
    with pikepdf.open(tmp_path / "buku-3.pdf") as book:
        artifacts = [TextReader().read(page).artifacts for page in book.pages]
        figures = str([element for element in _elements(book) if element == "/Figure"])
    assert figures.count("Figure") == sum(
        caption.kind == "figure" for part in parts_of(content) for caption in part.captions
    )
    headless = [words for words in artifacts if " dari " in words and not words.startswith(CHAPTER)]
    designed = [part for part in parts_of(content) if part.page == "designed"]
    assert len(headless) == len(designed), "art stands where the running head would, on the first page only"


def _elements(book: pikepdf.Pdf) -> list[str]:
    """The kinds of all structure elements."""
    found, stack = [], [book.Root.StructTreeRoot]
    while stack:
        element = stack.pop()
        if not isinstance(element, pikepdf.Dictionary):
            continue
        if "/S" in element:
            found.append(str(element.S))
        kids = element.get("/K", [])
        stack += list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return found
