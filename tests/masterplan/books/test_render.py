"""The HTML of the books: everything written is there, declared and linked both ways; nothing undefined or skipped."""

import json
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from masterplan.books.blueprint import book_parts
from masterplan.books.chapters.papers.adapted_parts import adapted
from masterplan.books.chapters.portions import MOST_LINES
from masterplan.books.chapters.printed import MACHINE_KEYS, printed_texts
from masterplan.books.paper_formats import PAPER_FORMATS
from masterplan.books.render import engine, render_part
from masterplan.reference import Direction
from smartcity.common.rich_text.markup import to_html
from smartcity.press.parts import REFERENCE_PREFIX, Part
from tests.masterplan.books.plan_content import generate

GOLDEN = json.loads((Path(__file__).parent / "golden_snapshot.json").read_text(encoding="utf-8"))


class Page(HTMLParser):
    """What a part's HTML holds: text, ids, links, headings, captions."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[tuple[int, str, str]] = []
        self.captions: list[tuple[str, str]] = []
        self.cells: list[dict[str, str | None]] = []
        self._open: list[tuple[str, str, int]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("id"):
            self.ids.append(str(values["id"]))
        if tag == "a":
            self.links.append(str(values["href"]))
        if tag == "th":
            self.cells.append(values)
        if tag in {"h1", "h2", "h3", "h4", "h5", "caption", "figcaption"}:
            self._open.append((tag, str(values.get("id") or ""), len(self.text)))

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1][0] == tag:
            _, anchor, start = self._open.pop()
            words = "".join(self.text[start:]).strip()
            if tag.startswith("h"):
                self.headings.append((int(tag[1]), anchor, words))
            else:
                self.captions.append((anchor, words))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@cache
def pages(count: int = 0) -> dict[str, tuple[Part, Page]]:
    """Every part of the golden book, or of a generated one, with its parsed HTML."""
    content = generate(count) if count else GOLDEN
    parts = book_parts(
        content, code="7F3A-91C0", fingerprint="7f3a91c0" * 8, check_url="https://portal.contoh.test/p/7F3A"
    )
    return {part.key: (part, Page(render_part(part, content=content))) for part in parts}


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def strings(value: Any, path: str = "", key: str = "") -> Iterator[tuple[str, str, str]]:
    """(path, key, text) of every string in a snapshot."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from strings(item, f"{path}.{name}", name)
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from strings(item, f"{path}[{place}]", key)
    elif isinstance(value, str):
        yield path, key, value


@pytest.mark.parametrize("count", [0, 13])
def test_every_printed_text_is_in_the_html(count: int) -> None:
    content = generate(count) if count else GOLDEN
    book = squeezed("".join("".join(page.text) for _, page in pages(count).values()))
    assert [(path, text) for path, text in printed_texts(content) if squeezed(text) not in book] == []


def test_every_string_of_a_snapshot_is_printed_or_a_machine_key() -> None:
    printed = squeezed("".join(text for _, text in printed_texts(GOLDEN)))
    codes = {
        "status",
        "kind",
        "horizon",
        "action_kind",
        "novelty",
        "source",
        "state",
        "supporting_agencies",
        "districts",
    }
    days = {"date", "due_date", "start", "end"}
    forgotten = [
        path
        for path, key, text in strings(GOLDEN)
        if key not in MACHINE_KEYS | codes | days
        and any(squeezed(re.sub(r"^(- |\d+\. )", "", line)) not in printed for line in text.splitlines())
    ]
    assert forgotten == []


def test_dates_and_money_are_expected_as_they_are_printed() -> None:
    texts = dict.fromkeys(text for _, text in printed_texts(GOLDEN))
    for expected in ("20 September 2021", "30 November 2022", "15 April 2022", "Juni 2022", "187.654.321", "450,00"):
        assert expected in texts, expected


@pytest.mark.parametrize("count", [0, MOST_LINES + 20])
def test_headings_are_declared_as_shown(count: int) -> None:
    """Also of what is cut into parts once it is long: each declares what stands on its own pages."""
    found = pages(count)
    assert ("daftar-tabel-2" in found) is bool(count)
    for key, (part, page) in found.items():
        shown = [(level, anchor, squeezed(words)) for level, anchor, words in page.headings if anchor]
        declared = [(each.level, each.anchor, squeezed(f"{each.number}{each.title}")) for each in part.headings]
        assert shown == declared, key


def test_captions_are_declared_as_shown() -> None:
    for key, (part, page) in pages().items():
        captions = [(caption.anchor, squeezed(f"{caption.label}{caption.title}")) for caption in part.captions]
        assert [(anchor, squeezed(words)) for anchor, words in page.captions] == captions, key


def test_heading_levels_never_skip() -> None:
    level = 0
    for key, (_, page) in pages().items():
        for depth, _, words in page.headings:
            assert depth <= level + 1, (key, words)
            level = depth


@pytest.mark.parametrize("count", [0, 13])
def test_every_link_has_a_place_and_every_place_is_there_once(count: int) -> None:
    ids = [anchor for _, page in pages(count).values() for anchor in page.ids]
    links = {link for _, page in pages(count).values() for link in page.links}
    assert len(ids) == len(set(ids))
    targets = {link.removeprefix(REFERENCE_PREFIX) for link in links if link.startswith(REFERENCE_PREFIX)}
    assert targets - set(ids) == set()
    assert {link for link in links if not link.startswith(REFERENCE_PREFIX)} == {"https://portal.contoh.test/p/7F3A"}


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("in-BR-07", "el-33"),
        ("bagian-lampiran-program", "in-BR-07"),
        ("in-BR-07", "el-90"),
        ("bagian-lampiran-renstra", "in-BR-07"),
        ("in-BR-07", "ag-23"),
        ("bagian-lampiran-indeks", "in-BR-07"),
        ("in-BR-07", "bagian-strategi-appearance"),
        ("bagian-strategi-go", "in-BR-07"),
        ("in-BR-07", "bagian-rencana-aksi-tabel-br"),
        ("bagian-rencana-aksi-tabel-br", "in-BR-07"),
        ("bagian-lampiran-keselarasan", "in-BR-07"),
        ("bagian-lampiran-keselarasan", "el-33"),
        ("bagian-lampiran-program", "ag-23"),
        ("bagian-lampiran-indeks", "el-33"),
        ("in-GO-01", "bagian-peta-jalan-quick-win"),
        ("bagian-peta-jalan-anggaran", "in-GO-01"),
    ],
)
def test_the_book_is_linked_both_ways(here: str, there: str) -> None:
    assert REFERENCE_PREFIX + there in pages()[here][1].links


def test_what_people_type_is_escaped_and_never_a_template() -> None:
    content = json.loads(json.dumps(GOLDEN))
    attack = "<script>alert(1)</script> {{ plan.title }} {% now 'Y' %} & \" '"
    content["initiatives"][0]["name"] = content["initiatives"][0]["risk"] = attack
    content["initiatives"][0]["links"][0]["rationale"] = attack
    content["agencies"][0]["short_name"] = "A & <b>"
    for part in book_parts(content, check_url="https://portal.contoh.test/?a=1&b=<i>"):
        html = render_part(part, content=content)
        assert "<script" not in html
        assert "<b>" not in html
        assert "&amp;amp;" not in html
    sheet = render_part(next(part for part in book_parts(content) if part.key == "in-BR-07"), content=content)
    assert attack in "".join(Page(sheet).text)


def test_no_template_prints_an_undefined_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine(), "string_if_invalid", "TIDAK-ADA-%s")
    engine().template_loaders[0].reset()
    for content in (GOLDEN, generate(3)):
        for part in book_parts(content):
            assert "TIDAK-ADA" not in render_part(part, content=content), part.key


def test_a_context_may_not_hide_what_the_template_shares() -> None:
    part = Part("bentrok", "print/flow.html", {"pages": ()})
    with pytest.raises(ValueError, match="pages"):
        render_part(part, content=GOLDEN)


def test_page_numbers_come_from_the_map() -> None:
    part = pages()["daftar-isi"][0]
    assert "000" in render_part(part, content=GOLDEN)
    html = render_part(part, content=GOLDEN, pages={"bagian-pendahuluan": "112", "bagian-lampiran-keselarasan": "iv"})
    assert 'data-page="112"' in html
    assert 'data-page="iv"' in html
    assert 'data-page="-"' in html  # a part that could not be printed has no page


def test_an_empty_initiative_still_makes_a_sheet() -> None:
    content = json.loads(json.dumps(GOLDEN))
    for initiative in content["initiatives"]:
        if initiative["code"] == "GO-02":
            initiative |= {
                "indicators": [],
                "start_year": None,
                "end_year": None,
                "horizon_label": "",
                "dimension": "XX",
            }
            initiative |= {"lead_agency": "ag-404", "sub_dimension": "", "waiver_reason": ""}
    text = "".join(Page(render_part(_sheet(content, "in-GO-02"), content=content)).text)
    for sentence in (
        "Belum ada indikator.",
        "Belum ada anggaran.",
        "Belum ada kegiatan.",
        "Belum ada tautan ke program.",
    ):
        assert sentence in text


def test_a_waived_initiative_says_so_in_place_of_a_link() -> None:
    content = json.loads(json.dumps(GOLDEN))
    for initiative in content["initiatives"]:
        if initiative["code"] == "GO-02":
            initiative |= {"links": [], "waiver_reason": "Urusan ini bukan kewenangan kabupaten."}
    text = "".join(Page(render_part(_sheet(content, "in-GO-02"), content=content)).text)
    assert "Inisiatif ini dibebaskan dari tautan program RPJMD." in text
    assert "Alasan pembebasan: Urusan ini bukan kewenangan kabupaten." in text
    assert "Belum ada tautan ke program." not in text


def test_the_sheet_of_a_quick_win_tells_result_deadline_and_values() -> None:
    text = " ".join("".join(pages()["in-GO-01"][1].text).split())
    assert "Batas waktu 30 November 2022, jumlah nilai" in text
    aspects = GOLDEN["initiatives"][[row["code"] for row in GOLDEN["initiatives"]].index("GO-01")]["worksheet"]
    for aspect in aspects["aspects"]:
        value = "-" if aspect["score"] is None else aspect["score"]
        assert f"{aspect['label']}: {value}." in text


def test_an_indicator_says_which_way_it_should_move() -> None:
    content = json.loads(json.dumps(GOLDEN))
    initiative = next(row for row in content["initiatives"] if row["indicators"])
    initiative["indicators"] = [
        initiative["indicators"][0] | {"unit": "menit", "direction": way} for way in Direction.values
    ]
    text = "".join(Page(render_part(_sheet(content, initiative["id"]), content=content)).text)
    ways = {path: words for path, words in printed_texts({"initiatives": [initiative]}) if path.endswith(".direction")}
    assert list(ways.values()) == ["Naik", "Turun", "Tetap"]
    for words in ways.values():
        assert f"menit, {words.lower()}" in text


def test_an_activity_has_its_two_moments_in_one_cell() -> None:
    content = json.loads(json.dumps(GOLDEN))
    moments = (("2022-01-01", "2022-06-30"), ("2022-04-15", None), (None, "2022-12-31"), ("2022-05-01", "2022-05-31"))
    for initiative in content["initiatives"]:
        initiative["activities"] = [{"name": "Uji", "start": start, "end": end, "output": ""} for start, end in moments]
    rows = _sheet(content, "in-BR-07").context["activities"]["rows"]
    assert [row["when"] for row in rows] == [
        ["Januari 2022 \u2013", "Juni 2022"],
        ["15 April 2022"],
        ["sampai Desember 2022"],
        ["Mei 2022"],
    ]


def test_a_title_runs_into_its_text_and_stands_above_a_list() -> None:
    assert to_html("Satu.\nDua.", "Risiko") == '<p class="lines"><strong>Risiko.</strong> Satu.\nDua.</p>'
    assert to_html("- Satu", "Risiko") == "<p><strong>Risiko</strong></p><ul><li>Satu</li></ul>"
    assert to_html("- Satu") == "<ul><li>Satu</li></ul>"


def test_a_goal_is_named_once_above_its_objectives() -> None:
    content = json.loads(json.dumps(GOLDEN))
    programs = content["development_plan"]["programs"]
    for number, program in enumerate(programs):
        program |= {
            "mission_id": programs[0]["mission_id"],
            "goal": "Tujuan bersama.",
            "objective": f"Sasaran {number}.",
        }
    part = next(part for part in book_parts(content) if part.key == "bagian-lampiran-program")
    text = "".join(Page(render_part(part, content=content)).text)
    assert text.count("Tujuan bersama.") == 1
    assert all(f"Sasaran {number}." in text for number in range(len(programs)))


def test_agencies_without_a_part_in_the_plan_are_listed_together() -> None:
    content = json.loads(json.dumps(GOLDEN))
    content["agencies"] += [
        {"id": f"ag-9{number}", "name": f"Kecamatan {number}", "short_name": f"KEC. {number}"} for number in range(3)
    ]
    part = next(part for part in book_parts(content) if part.key == "bagian-lampiran-indeks")
    page = Page(render_part(part, content=content))
    text = "".join(page.text)
    assert "Kecamatan 0 (KEC. 0), Kecamatan 1 (KEC. 1), Kecamatan 2 (KEC. 2)" in text
    assert {"ag-90", "ag-91", "ag-92"} <= set(page.ids)


def test_the_contents_name_the_sheets_of_a_dimension_in_one_line() -> None:
    text = "".join(pages(60)["daftar-isi"][1].text)
    codes = [row["code"] for row in generate(60)["initiatives"] if row["dimension"] == "GO"]
    assert f"Lembar inisiatif {codes[0]} sampai {codes[-1]}" in text
    register = "".join(pages(60)["daftar-tabel"][1].text)
    assert all(row["name"] in register for row in generate(60)["initiatives"])


def test_a_plan_without_initiatives_still_makes_a_book() -> None:
    content = GOLDEN | {"initiatives": [], "strategic_plans": [], "sections": {}}
    html = "".join(render_part(part, content=content) for part in book_parts(content))
    assert "Belum ada inisiatif" in html
    assert "Bagian ini belum ditulis." in html
    assert "gambar-5-1" not in html


def test_a_long_plan_continues_its_year_columns_in_a_second_table() -> None:
    content = json.loads(json.dumps(GOLDEN))
    content["plan"] |= {"end_year": 2031, "years": list(range(2022, 2032))}
    html = render_part(_sheet(content, "in-BR-07"), content=content)
    heads = re.findall(r"<thead>.*?</thead>", html)
    assert [head.count('class="num">20') for head in heads if "Sumber dana" in head] == [5, 5]
    assert html.count(">Jumlah</th>") == 3  # the last head, and the totals of both tables


def test_long_targets_have_fewer_years_in_one_table() -> None:
    content = json.loads(json.dumps(GOLDEN))
    for initiative in content["initiatives"]:
        initiative["indicators"][0]["targets"] = {str(year): "12.345.678" for year in range(2022, 2027)}
    tables = _sheet(content, "in-BR-07").context["indicators"]["groups"]
    assert [table["years"] for table in tables] == [[2022, 2023, 2024], [2025, 2026]]
    assert tables[0]["columns"][1:-1] == ["w-target-most"] * 3


def test_money_that_two_decimals_cannot_hold_is_written_in_rupiah() -> None:
    exact = "".join(pages()["in-GO-01"][1].text)
    assert "menurut sumber dana (rupiah)" in exact
    assert "187.654.321" in exact
    assert "menurut sumber dana (juta rupiah)" in "".join(pages()["in-BR-07"][1].text)


def test_the_roadmap_says_in_words_what_it_draws() -> None:
    html = render_part(pages()["peta-jalan-gambar"][0], content=GOLDEN)
    title = re.search(r"<title>(Peta jalan.*?)</title>", html)
    assert title
    assert "GO-01 Antrean layanan kependudukan daring, DISDUKCAPIL, 2022, quick win." in title[1]
    assert html.count("<polygon") == 1
    assert not re.search(r'[xy]="\d+,\d', html)


def test_the_roadmap_repeats_years_and_bands_on_each_page() -> None:
    html = render_part(pages(60)["peta-jalan-gambar"][0], content=generate(60))
    drawings = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    assert len(drawings) > 3
    for drawing in drawings:
        assert ">2022</text>" in drawing
        assert drawing.count('height="17"') >= 2  # a band is two rectangles
    codes = re.findall(r'fill="#FFFFFF">([A-Z]{2}-\d\d)<', html)
    assert sorted(codes) == sorted(initiative["code"] for initiative in generate(60)["initiatives"])


def test_the_matrix_shows_links_holes_and_totals() -> None:
    _, page = pages()["bagian-lampiran-keselarasan"]
    html = render_part(pages()["bagian-lampiran-keselarasan"][0], content=GOLDEN)
    assert html.count("<title>diterima</title>") == 2
    assert html.count("<title>diusulkan</title>") == 1
    assert html.count('sum gap">0') == 2  # one program and one initiative without a link
    assert "Misi 2. Meningkatkan kemandirian perekonomian daerah" in "".join(page.text)


def test_no_matrix_has_more_than_thirteen_columns() -> None:
    html = render_part(pages(60)["bagian-lampiran-keselarasan"][0], content=generate(60))
    tables = re.findall(r'<table class="matrix.*?</table>', html, re.DOTALL)
    columns = [len(re.findall(r'<th scope="col" class="cell">', table)) for table in tables]
    assert sum(columns) == 60
    assert max(columns) <= 13


def test_large_paper_takes_more_columns_and_leaves_other_parts_alone() -> None:
    content = generate(60)
    usual = book_parts(content)
    large = list(adapted(usual, content, PAPER_FORMATS["a3"]))
    changed = [(one, other) for one, other in zip(usual, large, strict=True) if one != other]
    assert [other.key for _, other in changed] == ["bagian-lampiran-keselarasan"]
    tables = [len(matrix["columns"]) for matrix in changed[0][1].context["matrices"]]
    assert sum(tables) == 60
    assert 13 < max(tables) <= 22
    assert len(tables) < len(changed[0][0].context["matrices"])
    assert 'class="page-wide page-wide-a3"' in render_part(changed[0][1], content=content)


def test_to_save_ink_only_covers_and_openers_change() -> None:
    usual = book_parts(GOLDEN)
    white = [part for part in adapted(usual, GOLDEN, PAPER_FORMATS["hemat"]) if part.white]
    assert {part.page for part in white} == {"cover", "opener"}
    assert all("white" in render_part(part, content=GOLDEN) for part in white)
    for key in ("jilid", "layar", "arsip"):
        assert tuple(adapted(usual, GOLDEN, PAPER_FORMATS[key])) == usual


def test_holes_are_named_with_their_reasons() -> None:
    programs = "".join(pages()["bagian-lampiran-program"][1].text)
    assert "Program RPJMD tanpa inisiatif" in programs
    assert "Program yang sesuai baru ada pada perubahan RPJMD." in programs
    review = "".join(pages()["bagian-lampiran-telaah"][1].text)
    assert "Inisiatif ini tidak membangun aplikasi." in review


def test_table_heads_have_a_scope() -> None:
    for key, (_, page) in pages().items():
        assert all("scope" in cell for cell in page.cells), key


def test_rendering_is_pure() -> None:
    part = pages()["in-BR-07"][0]
    assert render_part(part, content=GOLDEN) == render_part(part, content=json.loads(json.dumps(GOLDEN)))


def _sheet(content: dict[str, Any], key: str) -> Part:
    parts = {part.key: part for part in book_parts(content)}
    if key in parts:
        return parts[key]
    from masterplan.books.blueprint import sheet_parts

    return sheet_parts(content, key)[0]
