"""Writing the texts of the books. How a row is saved in general is tested with the analyses."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from masterplan.models import SECTION_LIMIT
from masterplan.sections.actions.outline import complete_outline
from masterplan.sections.actions.sections import save_section, writers_to_name


@pytest.fixture
def section(plan, coordinator):
    complete_outline(plan, bodies={}, by=coordinator)
    return plan.sections.get(key="pendahuluan.latar-belakang")


def save(section, by, version=1, **data):
    return save_section(section, by=by, data=data, version=version)


def test_a_text_is_stored_with_who_and_when_and_what_was_before(section, coordinator):
    before = section.body
    saved = save(section, coordinator, body="Satu\r\n\r\n- dua ")

    assert (saved.body, saved.edit_version, saved.updated_by) == ("Satu\n\n- dua", 2, coordinator)
    change = saved.changes.get()
    assert (change.before["body"], change.after["body"]) == (before, "Satu\n\n- dua")


def test_the_first_words_begin_a_text(plan, section, coordinator):
    empty = plan.sections.get(key="kesiapan.hasil")
    assert empty.writing_state == "not_started"

    assert save(empty, coordinator, body="Sudah mulai.").writing_state == "started"
    assert save(section, coordinator, body="Selesai.", writing_state="complete").writing_state == "complete"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"body": "x" * (SECTION_LIMIT + 1)}, r"batasnya 20\.000"),
        ({"body": "Ada {{jumlah_apa}} di sini"}, "bukan data yang dikenal"),
        ({"title": "  "}, "tidak boleh kosong"),
        ({"writing_state": "selesai"}, "Muat ulang halaman"),
    ],
)
def test_what_cannot_be_stored_is_explained(section, coordinator, data, sentence):
    with pytest.raises(ValidationError, match=sentence):
        save(section, coordinator, **data)


def test_only_people_who_may_write_can_be_named(plan, section, coordinator, executive, outsider):
    assert list(writers_to_name(plan)) == [coordinator]
    assert save(section, coordinator, responsible=coordinator.pk).responsible == coordinator
    for person in (executive, outsider):
        with pytest.raises(ValidationError):
            save(section, coordinator, version=2, responsible=person.pk)


@pytest.mark.parametrize("person", ["drafter", "agency_head", "executive", "expert", "administrator", "outsider"])
def test_only_the_coordinator_writes(request, section, person):
    with pytest.raises(PermissionDenied):
        save(section, request.getfixturevalue(person), body="Lain")
