"""The outline a new plan begins with, and what a plan makes of it."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from masterplan.books.blueprint import book_parts, texts_of, texts_where_shown
from masterplan.books.chapters.front import said_in_front
from masterplan.editions.outline import OutlineEntry, OutlineNode, default_outline, outline_of
from masterplan.editions.outline.tree import merge
from masterplan.reference import BookName

GOLDEN = json.loads((Path(__file__).parent / "golden_snapshot.json").read_text(encoding="utf-8"))
DIMENSIONS = [
    {
        "code": "GO",
        "name": "Smart Governance",
        "sub_dimensions": [
            {"key": "bureaucracy", "name": "Manajemen birokrasi", "description": "SPBE, kepegawaian, perizinan"},
            {"key": "arsip", "name": "Arsip desa", "description": ""},
        ],
    },
    {
        "code": "BR",
        "name": "Smart Branding",
        "sub_dimensions": [{"key": "tourism", "name": "Pariwisata", "description": "Destinasi, pelaku wisata"}],
    },
    {"code": "PD", "name": "Smart Pedesaan", "sub_dimensions": []},
]


def everything(entries: Iterable[OutlineEntry]) -> Iterator[OutlineEntry]:
    for entry in entries:
        yield entry
        yield from everything(entry.children)


ENTRIES = [entry for book in BookName.values for entry in everything(default_outline(book, DIMENSIONS))]


def test_a_place_has_one_key_in_all_books() -> None:
    keys = [entry.key for entry in ENTRIES]
    assert len(set(keys)) == len(keys)


def test_dimensions_that_a_regency_added_have_their_places() -> None:
    keys = {entry.key: entry for entry in ENTRIES}
    for code in ("go", "br", "pd"):
        assert {f"visi.sasaran-{code}", f"strategi.{code}", f"rencana-aksi.tabel-{code}"} <= keys.keys()
    assert [entry.key for entry in keys["strategi.go"].children] == ["strategi.bureaucracy", "strategi.arsip"]


@pytest.mark.parametrize("entry", [entry for entry in ENTRIES if entry.body], ids=lambda entry: entry.key)
def test_an_opening_text_fits_any_regency(entry: OutlineEntry) -> None:
    sentences = re.findall(r"[.:](?=\s|$)", re.sub(r"^\d\. ", "", entry.body, flags=re.MULTILINE))

    assert len(sentences) >= 2
    assert not re.search(r"\d(?!\. )", re.sub(r"\bBuku \d", "Buku", entry.body))
    assert "Semarang" not in entry.body


def test_a_description_that_begins_with_an_abbreviation_keeps_its_letters() -> None:
    bodies = {entry.key: entry.body for entry in ENTRIES}

    assert bodies["strategi.bureaucracy"].startswith("Subdimensi ini mencakup SPBE, kepegawaian")
    assert bodies["strategi.tourism"].startswith("Subdimensi ini mencakup destinasi, pelaku")
    assert bodies["strategi.arsip"].startswith("Arah yang ditempuh")


def row(key: str, *children: Any, included: bool = True) -> dict[str, Any]:
    return {"key": key, "included": included, "children": list(children)}


def shape(nodes: Iterable[OutlineNode]) -> list[Any]:
    return [(node.key, shape(node.children)) if node.children else node.key for node in nodes]


ABC = (
    OutlineEntry("a", "A", children=(OutlineEntry("a.1", "A1", "Isi."), OutlineEntry("a.2", "A2"))),
    OutlineEntry("b", "B", lead="Pengantar."),
)


def test_a_stored_outline_keeps_its_order_and_leaves_out_what_it_says() -> None:
    stored = [row("b"), row("a", row("a.2"), row("a.1", included=False))]
    assert shape(merge(stored, ABC, {})) == ["b", ("a", ["a.2"])]


def test_what_a_stored_outline_lacks_ends_the_place_above_it() -> None:
    stored = [row("b", row("b.baru")), row("a", row("a.2"))]
    assert shape(merge(stored, ABC, {"b.baru": {"title": "Baru", "body": ""}})) == [
        ("b", ["b.baru"]),
        ("a", ["a.2", "a.1"]),
    ]


def test_a_place_says_that_it_is_unwritten_only_where_a_text_belongs() -> None:
    nodes = merge([row("a", row("a.1"), row("a.2"), row("baru"))], ABC, {"baru": {"title": "Baru", "body": ""}})
    assert {node.key: node.wants_text for node in nodes[0].children} == {"a.1": True, "a.2": False, "baru": True}


def test_own_titles_and_leads_win() -> None:
    (_, node) = merge([], ABC, {"b": {"title": "Lain", "lead": "Kata lain.", "body": ""}})
    assert (node.title, node.lead) == ("Lain", "Kata lain.")


def content(outline: list[dict[str, Any]]) -> dict[str, Any]:
    return GOLDEN | {"schema_version": 2, "outline": {"buku-2": outline}}


def stored_default() -> list[dict[str, Any]]:
    def rows(entries: Iterable[OutlineEntry]) -> list[dict[str, Any]]:
        return [row(entry.key, *rows(entry.children)) for entry in entries]

    return rows(default_outline("buku-2", GOLDEN["dimensions"]))


def test_an_untouched_outline_prints_the_book_of_a_plan_without_one() -> None:
    plain = GOLDEN | {"sections": {key: text for key, text in GOLDEN["sections"].items() if key in KNOWN}}
    assert book_parts(content(stored_default()) | {"sections": plain["sections"]}) == book_parts(plain)


KNOWN = {entry.key for entry in everything(default_outline("buku-2", GOLDEN["dimensions"]))}


def test_numbers_follow_the_outline_and_references_follow_the_numbers() -> None:
    outline = stored_default()
    outline.insert(0, outline.pop(4))  # the roadmap first
    parts = {part.key: part for part in book_parts(content(outline))}
    numbers = {heading.anchor: heading.number for part in parts.values() for heading in part.headings}
    assert numbers["bagian-peta-jalan"] == "BAB I"
    assert numbers["bagian-peta-jalan-anggaran"] == "1.2"
    labels = parts["in-GO-01"].context["labels"]
    assert labels["gambar-peta-jalan"] == "Gambar 1.1"
    assert labels["bagian-rencana-aksi-tabel-go"] == "5.5"


def test_a_part_knows_no_more_of_its_book_than_it_names() -> None:
    parts = {part.key: part for part in book_parts(content(stored_default()))}
    named = set(parts["in-GO-01"].context["labels"])
    assert {"gambar-peta-jalan", "bagian-rencana-aksi-tabel-go", "bagian-lampiran-indeks"} <= named
    assert not {"in-GO-02", "in-BR-07", "bagian-visi-visi-misi", "tabel-2-1"} & named
    assert parts["sampul"].context["labels"] == {}


def test_what_a_regency_leaves_out_is_neither_linked_nor_asked_for() -> None:
    outline = [each for each in stored_default() if each["key"] != "lampiran.indeks"]
    outline.append(row("lampiran.indeks", included=False))
    whole, less = texts_of(content(stored_default()), "buku-2"), texts_of(content(outline), "buku-2")
    part = next(part for part in book_parts(content(outline)) if part.key == "in-GO-01")
    named = {part.context["lead"]["id"]}
    assert named <= set(part.context["absent"]) <= {agency["id"] for agency in GOLDEN["agencies"]}
    assert "bagian-lampiran-indeks" not in part.context["labels"]
    assert len(less) < len(whole)
    said = {path for path, _ in said_in_front(content(outline))}
    assert {path for path, _ in less} == {path for path, _ in whole if path.startswith("sections.")} | said
    shown = {path for path, _ in texts_where_shown(content(outline), "buku-2")}
    assert {path for path, _ in whole} <= shown
    assert texts_where_shown(content(stored_default()), "buku-2") == []


def test_a_snapshot_asks_each_book_for_its_own_sections() -> None:
    texts = {"title": "Kecenderungan", "lead": "", "body": "Isi analisis."}
    snapshot = content(stored_default()) | {"sections": {**GOLDEN["sections"], "masa-depan.kecenderungan": texts}}
    assert "Isi analisis." not in {text for _, text in texts_of(snapshot, "buku-2")}
    assert outline_of(snapshot, "buku-1")[1].children[0].body == "Isi analisis."
