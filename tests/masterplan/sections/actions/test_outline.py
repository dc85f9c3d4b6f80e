"""The tree of chapters of a plan."""

from datetime import date
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from masterplan.books.blueprint import places_of
from masterplan.editions.outline import default_outline
from masterplan.editions.snapshot import compose, dimensions_of
from masterplan.reference import BookName, EditionScope
from masterplan.sections.actions.outline import (
    add_section,
    complete_outline,
    include_section,
    missing_places,
    move_below,
    move_section,
    remove_section,
)
from masterplan.sections.actions.sections import save_section


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
    save_section(section, by=coordinator, data={"body": "Sudah ditulis."}, version=1)
    plan.sections.get(key="penutup.penutup").delete()

    assert complete_outline(plan, bodies={}, by=coordinator) == 1
    assert missing_places(plan) == 0
    section.refresh_from_db()
    assert section.body == "Sudah ditulis."


@pytest.fixture
def outlined(plan, coordinator):
    complete_outline(plan, bodies={}, by=coordinator)
    return plan


def at(plan, key):
    return plan.sections.select_related("parent").get(key=key)


def keys_below(plan, key):
    return list(at(plan, key).children.values_list("key", flat=True))


def test_a_place_of_the_plans_own_stands_last_and_its_key_is_never_used_again(outlined, coordinator):
    chapter = at(outlined, "penutup")

    first = add_section(outlined, by=coordinator, book="buku-2", parent=chapter, title=" Sejarah  daerah ")
    remove_section(first, by=coordinator)
    second = add_section(outlined, by=coordinator, book="buku-2", parent=chapter, title="Lagi")

    assert (first.title, second.title) == ("Sejarah daerah", "Lagi")
    assert first.key != second.key
    assert keys_below(outlined, "penutup") == ["penutup.pemantauan", "penutup.penutup", second.key]
    assert outlined.writing_changes.filter(after={}).get().before["title"] == "Sejarah daerah"


def test_chapters_stand_before_annexes(outlined, coordinator):
    add_section(outlined, by=coordinator, book="buku-2", parent=None, title="Bab baru")
    annex = add_section(outlined, by=coordinator, book="buku-2", parent=None, title="Lampiran baru", annex=True)

    content = compose(outlined, number=1, label="", day=date(2021, 9, 20), scope=EditionScope.SUBMITTED)
    numbers = [place.heading.number for place in places_of(content, "buku-2")]

    assert numbers[6:8] == ["BAB VII", "Lampiran 1"]
    assert places_of(content, "buku-2")[-1].key == annex.key


def test_what_is_left_out_keeps_its_text_and_is_not_printed(outlined, coordinator):
    include_section(at(outlined, "penutup"), by=coordinator, included=False)

    content = compose(outlined, number=1, label="", day=date(2021, 9, 20), scope=EditionScope.SUBMITTED)

    assert "penutup" not in {place.key for place in places_of(content, "buku-2")}
    assert content["sections"]["penutup.penutup"]["body"]


def test_a_place_moves_among_its_own(outlined, coordinator):
    move_section(at(outlined, "rencana-aksi.aplikasi"), by=coordinator, step=-1)
    move_section(at(outlined, "rencana-aksi.kebijakan"), by=coordinator, step=-1)

    assert keys_below(outlined, "rencana-aksi")[:3] == [
        "rencana-aksi.kebijakan",
        "rencana-aksi.aplikasi",
        "rencana-aksi.infrastruktur",
    ]


def test_an_annex_does_not_rise_above_the_last_chapter(outlined, coordinator):
    before = list(outlined.sections.filter(book="buku-2", parent=None).values_list("key", flat=True))
    move_section(at(outlined, "lampiran.keselarasan"), by=coordinator, step=-1)
    move_section(at(outlined, "penutup"), by=coordinator, step=1)

    assert list(outlined.sections.filter(book="buku-2", parent=None).values_list("key", flat=True)) == before


def test_a_section_goes_to_another_chapter_of_its_book(outlined, coordinator):
    move_below(at(outlined, "pendahuluan.kerangka-pikir"), by=coordinator, parent=at(outlined, "strategi"))

    assert keys_below(outlined, "strategi")[-1] == "pendahuluan.kerangka-pikir"
    for section, parent in (("visi", "strategi"), ("visi.visi-misi", "kajian"), ("visi.visi-misi", "lampiran.indeks")):
        with pytest.raises(ValidationError):
            move_below(at(outlined, section), by=coordinator, parent=at(outlined, parent))


def test_what_the_default_has_cannot_be_removed_and_nothing_stands_too_deep(outlined, coordinator):
    with pytest.raises(ValidationError, match="tidak dapat dihapus"):
        remove_section(at(outlined, "penutup.penutup"), by=coordinator)
    with pytest.raises(ValidationError, match="lebih tinggi"):
        add_section(
            outlined, by=coordinator, book="buku-2", parent=at(outlined, "strategi.bureaucracy"), title="Terlalu dalam"
        )


@pytest.mark.parametrize("person", ["drafter", "agency_head", "executive", "expert", "administrator", "outsider"])
def test_only_the_coordinator_may(request, outlined, coordinator, person):
    by = request.getfixturevalue(person)
    chapter, section = at(outlined, "penutup"), at(outlined, "visi.visi-misi")
    own = add_section(outlined, by=coordinator, book="buku-2", parent=chapter, title="Sendiri")
    for act in (
        partial(complete_outline, outlined, bodies={}),
        partial(add_section, outlined, book="buku-2", parent=chapter, title="Lain"),
        partial(include_section, section, included=False),
        partial(move_section, section, step=1),
        partial(move_below, section, parent=chapter),
        partial(remove_section, own),
    ):
        with pytest.raises(PermissionDenied):
            act(by=by)
