"""A question of the registry is asked, shown, judged and kept everywhere: those there are, and one added while running."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from masterplan.books.blueprint import sheet_parts
from masterplan.books.chapters.printed import printed_texts
from masterplan.books.formats.tables import tables_of
from masterplan.books.render import render_part
from masterplan.editions.snapshot import compose_sheet
from masterplan.models import Initiative
from masterplan.reference import Phase
from masterplan.registry import (
    ASPECTS,
    CATALOGUE,
    FIELDS,
    SECTION_BY_KEY,
    SECTION_OF_FIELD,
    SECTIONS,
    Field,
    Kind,
    SheetGroup,
)
from masterplan.registry.completeness import completeness, missing_for_submission
from masterplan.registry.reading import read
from masterplan.registry.sections import ENTRIES
from tests.factories import make_initiative
from tests.masterplan.initiatives.workbook.books import Book, exported
from tests.masterplan.page_form import form_of

TABLES = (Kind.PARTNERS, Kind.ACTIVITIES, Kind.INDICATORS, Kind.BUDGETS, Kind.WORKSHEET)

# A column that stands in the model and that no question asks for; nothing else in the code knows of this entry.
SCRATCH = Field(
    "waiver_reason",
    "Pertanyaan percobaan",
    "Ditambahkan hanya untuk uji ini.",
    "Jawaban percobaan",
    Kind.TEXT,
    weight=2,
    phase=Phase.ROADMAP,
    missing="Pertanyaan percobaan masih kosong.",
    printed_in=SheetGroup.BENEFITS,
    printed_as="Judul pada lembar",
    listed=True,  # other parts ask for the column
    personal=True,
)


# Whatever keeps an initiative's answers by the key of the question: one line each. A workbook's columns belong here too.
HOLDERS: dict[str, Callable[[Initiative], Iterable[str]]] = {
    "reading": lambda initiative: read(initiative),
    "snapshot": lambda initiative: compose_sheet(initiative, day=date.today())["initiatives"][0],
}


@pytest.fixture
def scratch(monkeypatch: pytest.MonkeyPatch) -> Field:
    """One more question, entered in the one place there is."""
    first, *others = ENTRIES
    monkeypatch.setattr(CATALOGUE, "entries", (replace(first, fields=(*first.fields, SCRATCH)), *others))
    return SCRATCH


def page(client: Any, initiative: Initiative, name: str, *more: str) -> str:
    response = client.get(reverse(name, args=[initiative.regency.slug, initiative.pk, *more]))
    assert response.status_code == 200
    return response.content.decode()


# One entry added ------------------------------------------------------------------------------------------------------


def test_the_views_of_the_catalogue_follow_it(scratch):
    assert FIELDS["waiver_reason"] is scratch
    assert SECTION_OF_FIELD["waiver_reason"] is SECTIONS[0] is SECTION_BY_KEY["identitas"]
    assert list(FIELDS)[len(ENTRIES[0].fields)] == "waiver_reason"
    assert len(FIELDS) == sum(len(section.fields) for section in ENTRIES) + 1


def test_without_the_entry_nobody_asks(client_of, plan, agency, agency_head):
    initiative = make_initiative(plan, agency=agency, by=agency_head)
    Initiative.objects.filter(pk=initiative.pk).update(waiver_reason="Jawaban tanpa pertanyaan")

    assert "waiver_reason" not in FIELDS
    assert "waiver_reason" not in page(client_of(agency_head), initiative, "initiative_edit", "identitas")
    assert "Jawaban tanpa pertanyaan" not in page(client_of(agency_head), initiative, "initiative_check")
    assert "Jawaban tanpa pertanyaan" not in str(compose_sheet(Initiative.objects.complete().get(), day=date.today()))


def test_one_entry_is_all_that_a_new_question_needs(client_of, scratch, plan, agency, agency_head, executive):
    initiative = make_initiative(plan, agency=agency, by=agency_head, complete=True, waiver_reason="")
    client, address = (
        client_of(agency_head),
        reverse("initiative_edit", args=[plan.regency.slug, initiative.pk, "identitas"]),
    )
    almost = completeness(initiative)

    html = page(client, initiative, "initiative_edit", "identitas")
    assert all(words in html for words in (scratch.label, scratch.help, scratch.example))
    assert [gap.sentence for gap in missing_for_submission(initiative)] == [scratch.missing]
    assert almost < 100
    assert scratch.missing in page(client, initiative, "initiative_check")
    assert "Jatuh tempo: Bimtek III" in page(client, initiative, "initiative_detail")

    sent = form_of(client.get(address)) | {"waiver_reason": "Jawaban yang diketik"}
    assert client.post(address, sent).status_code == 302

    initiative = Initiative.objects.complete().select_related("master_plan__regency").get(pk=initiative.pk)
    assert read(initiative)["waiver_reason"] == "Jawaban yang diketik"
    assert (missing_for_submission(initiative), completeness(initiative)) == ([], 100)
    for name in ("initiative_check", "initiative_history"):
        html = page(client, initiative, name)
        assert scratch.label in html
        assert "Jawaban yang diketik" in html
    for name in ("initiative_review", "initiative_detail"):
        html = page(client_of(executive), initiative, name)
        assert scratch.label in html
        assert "Jawaban yang diketik" in html
    assert [name for name, holder in HOLDERS.items() if "waiver_reason" not in holder(initiative)] == []
    change = initiative.changes.first()
    assert (change.before["waiver_reason"], change.after["waiver_reason"]) == ("", "Jawaban yang diketik")
    assert Book(exported(plan)).get("Inisiatif", 1, scratch.label) == "Jawaban yang diketik"
    content = compose_sheet(initiative, day=date.today())
    (row,) = content["initiatives"]
    assert row["waiver_reason"] == "Jawaban yang diketik"
    sheet = render_part(sheet_parts(content, row["id"])[0], content=content)
    assert re.search(rf"{scratch.printed_as}</h4>\s*<p>Jawaban yang diketik", sheet)
    assert (f"initiatives[{row['code']}].waiver_reason", "Jawaban yang diketik") in printed_texts(content)
    table = tables_of(content)[0]
    assert "Jawaban yang diketik" in table.rows[0][: len(table.columns) - 1]


def test_a_text_beyond_the_limit_of_the_entry_is_refused_with_the_text_kept(
    client_of, scratch, plan, agency, agency_head
):
    initiative = make_initiative(plan, agency=agency, by=agency_head)
    client, address = (
        client_of(agency_head),
        reverse("initiative_edit", args=[plan.regency.slug, initiative.pk, "identitas"]),
    )
    long = "x" * (scratch.limit + 1)

    html = client.post(address, form_of(client.get(address)) | {"waiver_reason": long}).content.decode()

    assert f"{scratch.label}: Teks ini 1.501 karakter" in html
    assert long in html


# Those there are -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.key)
def test_every_question_stands_on_its_page_with_help_and_example(client_of, plan, agency, agency_head, section):
    initiative = make_initiative(plan, agency=agency, by=agency_head)
    html = page(client_of(agency_head), initiative, "initiative_edit", section.key).replace("&quot;", '"')

    for field in section.fields:
        assert field.label in html
        if field.kind is not Kind.LINKS:
            assert field.help in html
            assert field.example in html


def test_every_question_is_read_and_reviewed(client_of, plan, agency, agency_head, executive):
    initiative = make_initiative(plan, agency=agency, by=agency_head, complete=True)
    pages = [
        page(client_of(agency_head), initiative, "initiative_check"),
        page(client_of(executive), initiative, "initiative_detail"),
        page(client_of(executive), initiative, "initiative_review"),
    ]

    for html in pages:
        assert [field.label for field in FIELDS.values() if field.label not in html] == []


def test_every_required_question_is_missed_when_it_is_empty(plan, agency, agency_head):
    missing = {gap.field for gap in missing_for_submission(make_initiative(plan, agency=agency, by=agency_head))}
    given = {"name", "sub_dimension", "lead_agency", "worksheet"}

    assert missing == {key for key, field in FIELDS.items() if field.required} - given


@pytest.mark.parametrize("holder", HOLDERS)
def test_every_question_is_kept_by_its_key(plan, agency, agency_head, holder):
    initiative = make_initiative(plan, agency=agency, by=agency_head, complete=True)

    assert set(FIELDS) - set(HOLDERS[holder](initiative)) == set()


def test_every_question_has_its_terms():
    for field in FIELDS.values():
        assert field.limit > 0
        assert field.phase in Phase
        assert field.weight > 0 or not field.required


@pytest.mark.parametrize(
    "field", [field for field in FIELDS.values() if field.kind in TABLES], ids=lambda field: field.key
)
def test_every_column_of_a_table_has_words_that_help(field, plan, agency, agency_head):
    columns = {
        Kind.PARTNERS: {"kind", "name", "contribution"},
        Kind.ACTIVITIES: {"name", "start", "end", "output"},
        Kind.INDICATORS: {"kind", "name", "unit", "baseline", "direction", "targets", "end_condition"},
        Kind.BUDGETS: {"source", "amounts"},
        Kind.WORKSHEET: {"deliverable", "due_date", "aspects"},
    }[field.kind]

    assert {column.key for column in field.columns} == columns
    assert all(column.help.endswith(".") and column.example for column in field.columns)


def test_every_aspect_of_the_worksheet_has_words_that_help(client_of, plan, agency, agency_head):
    initiative = make_initiative(plan, agency=agency, by=agency_head)
    html = page(client_of(agency_head), initiative, "initiative_edit", "quick-win")

    assert len(ASPECTS) == 10
    assert all(aspect.help in html and aspect.example in html for aspect in ASPECTS)
