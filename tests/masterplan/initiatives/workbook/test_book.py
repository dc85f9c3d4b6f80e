"""The file itself: made of the registry, protected, guided, ready for paper, and ready for a new question."""

from datetime import datetime
from typing import Any

import pytest

from agencies.models import Agency, User
from masterplan.initiatives.workbook import columns
from masterplan.initiatives.workbook.columns import is_in_workbook
from masterplan.models import Initiative, MasterPlan
from masterplan.registry import FIELDS, STORED_APART, Kind
from tests.factories import make_initiative
from tests.masterplan.initiatives.workbook.books import Book, exported


@pytest.fixture
def book(plan: MasterPlan, agency: Agency, agency_head: User) -> Any:
    """A workbook with one full initiative."""
    make_initiative(plan, agency=agency, by=agency_head, complete=True)
    return Book(exported(plan)).book


def test_every_question_is_in_the_workbook_or_stored_apart() -> None:
    assert {field.kind for field in FIELDS.values() if not is_in_workbook(field)} <= STORED_APART
    assert set(Kind) - set(columns._SINGLE) - set(columns._TABLES) == STORED_APART


def test_heads_are_the_labels_of_the_registry(book: Any) -> None:
    heads = [cell.value for cell in book["Inisiatif"][1]]
    assert [f.label for f in FIELDS.values() if f.kind in columns._SINGLE] == heads[3:]
    assert book.sheetnames == [
        "Petunjuk", "Inisiatif", "Mitra", "Kegiatan", "Indikator", "Anggaran", "Quick win", "Tautan", "Daftar",
    ]  # fmt: skip


def test_marks_are_hidden_and_locked_and_answers_are_free(book: Any) -> None:
    for name in book.sheetnames[1:7]:
        sheet = book[name]
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert sheet.column_dimensions["A"].hidden
    main = book["Inisiatif"]
    assert main["A3"].protection.locked
    assert main["B3"].protection.locked
    assert not main["D3"].protection.locked
    assert not main.column_dimensions["D"].protection.locked
    assert book["Daftar"].sheet_state == "hidden"


def test_numbers_and_dates_are_real(book: Any) -> None:
    money = next(cell for cell in book["Anggaran"][3] if cell.value == 150_000_000)
    assert money.number_format == "#,##0"
    day = next(cell for cell in book["Kegiatan"][3] if isinstance(cell.value, datetime))
    assert day.number_format == "dd/mm/yyyy"


def test_choices_have_lists_and_texts_have_limits(book: Any) -> None:
    rules = book["Inisiatif"].data_validations.dataValidation
    assert {rule.type for rule in rules} >= {"list", "textLength", "whole"}
    assert all(rule.formula1.startswith("Daftar!") for rule in rules if rule.type == "list")


def test_it_prints(book: Any) -> None:
    for name in book.sheetnames[1:8]:
        sheet = book[name]
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert sheet.print_title_rows == "$1:$1"
        assert "&P" in sheet.oddFooter.right.text
        assert sheet.freeze_panes


def test_a_long_answer_gets_a_high_row(plan: MasterPlan, agency: Agency, agency_head: User) -> None:
    draft = make_initiative(plan, agency=agency, by=agency_head)
    Initiative.objects.filter(pk=draft.pk).update(problem="kata " * 200)
    main = Book(exported(plan)).book["Inisiatif"]
    assert main.row_dimensions[3].height > 200
