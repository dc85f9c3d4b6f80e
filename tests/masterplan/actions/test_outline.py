"""The tree of chapters of a plan."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from masterplan.actions.outline import complete_outline, missing_places
from masterplan.actions.sections import save_section
from masterplan.documents.outline import default_outline
from masterplan.documents.snapshot import compose, dimensions_of
from masterplan.reference import BookName, EditionScope


def tree(rows):
    return [(row["key"], tree(row["children"])) for row in rows]


def default(book, regency):
    def rows(entries):
        return [(entry.key, rows(entry.children)) for entry in entries]

    return rows(default_outline(book, dimensions_of(regency)))


def test_a_new_plan_gets_every_place_of_every_book_in_order(plan, coordinator):
    missing = missing_places(plan)

    added = complete_outline(plan, bodies={"visi.visi-misi": "Naskah sendiri."}, by=coordinator)

    assert added == missing == plan.sections.count()
    content = compose(plan, number=1, label="", day=date(2021, 9, 20), scope=EditionScope.SUBMITTED)
    for book in BookName.values:
        assert tree(content["outline"][book]) == default(book, plan.regency)
    assert content["sections"]["visi.visi-misi"]["body"] == "Naskah sendiri."
    assert content["sections"]["penutup.penutup"]["body"].startswith("Rencana induk ini")


def test_what_is_written_is_not_overwritten(plan, coordinator):
    complete_outline(plan, bodies={}, by=coordinator)
    section = plan.sections.get(key="pendahuluan.latar-belakang")
    save_section(section, by=coordinator, body="Sudah ditulis.", version=1)
    plan.sections.get(key="penutup.penutup").delete()

    assert complete_outline(plan, bodies={}, by=coordinator) == 1
    assert missing_places(plan) == 0
    section.refresh_from_db()
    assert section.body == "Sudah ditulis."


@pytest.mark.parametrize("person", ["drafter", "agency_head", "executive", "expert", "administrator", "outsider"])
def test_only_the_coordinator_may(request, plan, person):
    with pytest.raises(PermissionDenied):
        complete_outline(plan, bodies={}, by=request.getfixturevalue(person))
