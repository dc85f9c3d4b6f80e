"""The edition's tables as Excel and its content as open data: complete, typed, inert, the same every time."""

import hashlib
import json
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from masterplan.books.chapters.printed import printed_texts
from masterplan.books.formats.make import make_excel, make_open_data
from masterplan.books.formats.tables import number, tables_of
from masterplan.editions.snapshot import canonical
from masterplan.registry import FIELDS, Kind
from tests.masterplan.books.formats.made_files import generated, quiet, source

DANGEROUS = ("=1+1", "+62", "@SUM(A1)", "=cmd|'/c calc'!A0", "_x000D_", "'kutip")


@pytest.fixture(scope="module")
def content() -> dict[str, Any]:
    """A plan with an answer that Excel would take for a formula in every text of its first initiative."""
    first, *others = generated()["initiatives"]
    texts = {key: "=1+1" for key, field in FIELDS.items() if field.kind in (Kind.LINE, Kind.TEXT)}
    partner = {"kind": "media", "kind_label": "Media", "name": DANGEROUS[3], "contribution": DANGEROUS[2]}
    return {**generated(), "initiatives": [{**first, **texts, "partners": [partner]}, *others]}


@pytest.fixture(scope="module")
def path(content: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("tabel") / "tabel.xlsx"
    make_excel(source(content), out=out, progress=quiet)
    return out


@pytest.fixture(scope="module")
def book(path: Path) -> Any:
    return load_workbook(path)


def heads(sheet: Any) -> list[str]:
    return [cell.value for cell in sheet[1]]


def column(sheet: Any, head: str) -> list[Any]:
    place = heads(sheet).index(head)
    return [row[place].value for row in sheet.iter_rows(min_row=2)]


def test_every_kind_of_table_has_its_sheet(book: Any, content: dict[str, Any]) -> None:
    assert book.sheetnames == [
        "Tentang", "Inisiatif", "Anggaran", "Indikator", "Kegiatan", "Mitra", "Keselarasan", "Quick win",
        "Bukti dukung", "Program RPJMD", "Indikator RPJMD", "Program Renstra", "Kesiapan", "Kesenjangan", "SWOT",
        "Strategi SWOT", "Laporan kemajuan", "Perangkat daerah", "Kecamatan",
    ]  # fmt: skip
    assert sorted(column(book["Inisiatif"], "Kode")) == sorted(row["code"] for row in content["initiatives"])
    links = sum(len(row["links"]) for row in content["initiatives"])
    assert book["Keselarasan"].max_row == 1 + links


def test_analyses_are_tables_too(content: dict[str, Any]) -> None:
    first = content["initiatives"][0]
    analysed = content | {
        "readiness": {
            "scale": ["Baik", "Kurang"],
            "cells": [
                {"aspect": "digital", "group": "infrastruktur", "group_label": "Infrastruktur", "label": "Digital",
                 "score": "Baik", "condition": "Ada.", "evidence": "", "problem": "=1+1", "recommendation": "Lanjut."}
            ],
        },
        "gaps": [
            {"id": "ks-1", "dimension": first["dimension"], "sub_dimension": first["sub_dimension"],
             "indicator": "Layanan daring", "ideal": "Semua", "existing": "Separuh", "gap": "Separuh", "cause": "",
             "response": "", "initiatives": [first["id"]], "unsent": 2}
        ],
        "swot": {
            "kinds": [],
            "items": [
                {"number": "S1", "kind": "S", "kind_label": "Kekuatan", "aspect": "structure",
                 "aspect_label": "Struktur", "dimension": None, "text": "Bupati mendukung."}
            ],
            "strategies": [
                {"number": "SO1", "kind": "SO", "kind_label": "Kekuatan dan peluang", "text": "Pakai.",
                 "items": ["S1"]}
            ],
        },
    }  # fmt: skip
    found = {table.title: table.rows for table in tables_of(analysed)}
    assert found["Kesiapan"] == [["Infrastruktur", "Digital", "Baik", "Ada.", "", "=1+1", "Lanjut."]]
    assert found["Kesenjangan"][0][2:] == ["Layanan daring", "Semua", "Separuh", "Separuh", "", "", first["code"], 2]
    assert found["SWOT"] == [["S1", "Kekuatan", "Struktur", "", "Bupati mendukung."]]
    assert found["Strategi SWOT"] == [["SO1", "Kekuatan dan peluang", "Pakai.", "S1"]]
    without = {table.title: table.rows for table in tables_of(content)}
    assert without["Kesiapan"] == without["Kesenjangan"] == without["SWOT"] == without["Strategi SWOT"] == []


def test_every_question_of_one_answer_is_a_column(book: Any) -> None:
    in_tables = {
        Kind.PARTNERS,
        Kind.ACTIVITIES,
        Kind.INDICATORS,
        Kind.BUDGETS,
        Kind.LINKS,
        Kind.WORKSHEET,
        Kind.EVIDENCE,
    }
    labels = [field.label for field in FIELDS.values() if field.kind not in in_tables]
    assert [head for head in heads(book["Inisiatif"]) if head in labels] == labels


def test_every_text_of_the_initiatives_is_in_a_cell(book: Any, content: dict[str, Any]) -> None:
    cells = "\n".join(
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
    )
    lost = [
        (path, text)
        for path, text in printed_texts({**generated(), "sections": {}})
        if path.startswith("initiatives[") and not any(sign in path for sign in (".targets", ".budgets", "date", "start", "end"))
        and ".baseline" not in path and ".code" not in path and text not in cells and not path.startswith("initiatives[BR-01]")
    ]  # fmt: skip
    assert lost == []


def test_money_is_whole_rupiah_and_adds_up(book: Any, content: dict[str, Any]) -> None:
    sums = [amount for row in content["initiatives"] for b in row["budgets"] for amount in b["amounts"].values()]
    whole = column(book["Anggaran"], "Jumlah")
    assert sum(whole) == sum(sums) == sum(column(book["Inisiatif"], "Anggaran seluruhnya (rupiah)"))
    assert all(isinstance(amount, int) for amount in whole)
    place = heads(book["Anggaran"]).index("Jumlah")
    assert book["Anggaran"].cell(2, place + 1).number_format == "#,##0"


def test_numbers_and_days_are_real(book: Any) -> None:
    assert all(isinstance(day, datetime) for day in column(book["Kegiatan"], "Mulai"))
    assert {type(value) for value in column(book["Indikator"], "Kondisi akhir")} == {int}
    assert [number(text) for text in ("75,5", "1.250", "70-75", "minimal 95", "WTP", "", "99.25")] == [
        75.5, 1250, "70-75", "minimal 95", "WTP", "", "99.25",
    ]  # fmt: skip


def test_nothing_is_a_formula(book: Any) -> None:
    assert "=1+1" in column(book["Inisiatif"], "Nama inisiatif")
    assert DANGEROUS[3] in column(book["Mitra"], "Mitra")
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def test_it_is_ready_to_read_and_print(book: Any) -> None:
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes in ("C2", "B2")
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert sheet.oddFooter.left.text.startswith("DRAF · Edisi 3")
    about = "\n".join(str(row[1].value) for row in book["Tentang"].iter_rows())
    assert "Data contoh" in about
    assert "DRAF" in about


def test_the_same_edition_gives_the_same_file(path: Path, content: dict[str, Any], tmp_path: Path) -> None:
    make_excel(source(content), out=tmp_path / "lagi.xlsx", progress=quiet)
    assert (tmp_path / "lagi.xlsx").read_bytes() == path.read_bytes()


def test_a_plan_with_nothing_in_it_has_all_sheets() -> None:
    content = {**generated(), "initiatives": [], "strategic_plans": [], "agencies": [], "districts": []}
    assert len(tables_of(content)) == 18


@pytest.mark.needs("libreoffice")
def test_libreoffice_computes_nothing(path: Path, tmp_path: Path) -> None:
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profil", "--headless", "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    shown = next(tmp_path.glob("*-Inisiatif.csv")).read_text(encoding="utf-8")
    assert ",=1+1," in shown
    assert (tmp_path / "tabel-Anggaran.csv").read_text(encoding="utf-8").count("\n") > 10


# Open data ------------------------------------------------------------------------------------------------------------


def test_open_data_holds_everything_and_names_it(content: dict[str, Any], tmp_path: Path) -> None:
    own = source(content, draft=False)
    make_open_data(own, out=tmp_path / "data.json", progress=quiet)
    raw = (tmp_path / "data.json").read_bytes()
    data = json.loads(raw)
    assert data["content"] == content
    assert (data["format"], data["format_version"], data["content"]["schema_version"]) == (
        "master-plan-smart-city/edisi", 1, 1,
    )  # fmt: skip
    assert data["fingerprint"]["value"] == hashlib.sha256(canonical(data["content"])).hexdigest()
    assert list(data["fields"]) == sorted(FIELDS)
    assert data["fields"]["budgets"] | {"help": "", "columns": []} == {
        "key": "budgets", "label": FIELDS["budgets"].label, "help": "", "kind": "budgets", "unit": "rupiah",
        "choices": {}, "columns": [],
    }  # fmt: skip
    assert data["sample"] is True
    assert "bukan data resmi" in data["notice"]
    assert data["draft"] is False
    assert raw == canonical(data)
    make_open_data(own, out=tmp_path / "lagi.json", progress=quiet)
    assert (tmp_path / "lagi.json").read_bytes() == raw


def test_every_answer_in_the_data_is_described(content: dict[str, Any], tmp_path: Path) -> None:
    make_open_data(source(content), out=tmp_path / "data.json", progress=quiet)
    data = json.loads((tmp_path / "data.json").read_text(encoding="utf-8"))
    own = {"id", "code", "dimension", "status", "status_label", "waiver_reason"}
    keys = set(data["content"]["initiatives"][0]) - own
    assert {key for key in keys if key.removesuffix("_label") not in data["fields"]} == set()
    assert data["draft"] is True
