"""A field of the registry that has no place somewhere is refused before anything runs."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.checks import run_checks

from masterplan.checks.fields import errors_in
from masterplan.registry import CATALOGUE, FIELDS, SECTIONS, Field, FormSection, Kind, SheetGroup
from masterplan.registry.sections import ENTRIES

REASON = "hanya untuk rapat internal"


def page_of(*fields: Field) -> tuple[FormSection, ...]:
    return (FormSection("uji", "Uji", "", fields),)


def changed(of: str, /, **changes: Any) -> Field:
    return replace(FIELDS[of], **changes)


def test_the_registry_is_whole() -> None:
    assert errors_in(SECTIONS) == []
    assert errors_in(page_of(changed("mitigation", printed_in=None, not_printed=REASON))) == []


@pytest.mark.parametrize(
    ("wrong", "code", "words"),
    [
        (changed("mitigation", key="no_such_column"), "E001", "no column of this name"),
        (changed("mitigation", kind=Kind.YEAR, personal=None), "E001", "holds no answer of the kind year"),
        (changed("mitigation", limit=90), "E001", "the form takes 90 characters, the column 1500"),
        (changed("name", always_needed=False), "E001", "may not be blank"),
        (changed("novelty", key="status"), "E001", "holds “draft” instead of “”"),
        (changed("mitigation", printed_in=None), "E002", "give either printed_in"),
        (changed("mitigation", not_printed=REASON), "E002", "give either printed_in"),
        (changed("mitigation", printed_in="catatan"), "E002", "the sheet has no group 'catatan'"),
        (changed("mitigation", printed_in=SheetGroup.OWN), "E003", "lays out no place for it"),
        (changed("horizon", printed_in=SheetGroup.RISK), "E003", "printed_in is SheetGroup.OWN"),
        (changed("partners", printed_in=SheetGroup.RISK), "E003", "does not print by itself"),
        (changed("novelty", choices=()), "E004", "it needs some"),
        (
            changed("novelty", choices=(("new", ""), ("continuing", "Lanjutan"))),
            "E004",
            "the choices new have no label",
        ),
        (changed("novelty", choices=(("old", "Lama"),)), "E004", "the column offers other choices"),
        (changed("mitigation", choices=(("a", "A"),)), "E004", "choices belong to the kind CHOICE"),
        (changed("mitigation", personal=None), "E005", "whether it may speak of people"),
        (changed("horizon", personal=False), "E005", "whether it may speak of people"),
        (changed("mitigation", help=""), "E006", "label and help are needed"),
        (changed("mitigation", not_compared="rahasia"), "E006", "is no reason"),
    ],
)
def test_a_field_without_a_place_is_refused(wrong: Field, code: str, words: str) -> None:
    told = [fault.msg for fault in errors_in(page_of(wrong)) if fault.id == f"masterplan.{code}"]
    assert [sentence for sentence in told if sentence.startswith(f"{wrong.key}: ") and words in sentence]


def test_a_key_and_a_kind_with_a_table_are_there_once() -> None:
    twice = errors_in(page_of(FIELDS["mitigation"], FIELDS["mitigation"]))
    assert [(fault.id, fault.msg) for fault in twice] == [("masterplan.E007", "mitigation: 2 entries have this key.")]
    tables = errors_in(page_of(FIELDS["partners"], changed("partners", key="sponsors")))
    assert "masterplan.E008" in {fault.id for fault in tables}


def test_check_asks_the_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [fault for fault in run_checks() if (fault.id or "").startswith("masterplan.")] == []
    monkeypatch.setattr(CATALOGUE, "entries", (*ENTRIES, *page_of(changed("mitigation", key="no_such_column"))))
    assert {fault.id for fault in run_checks()} >= {"masterplan.E001"}
