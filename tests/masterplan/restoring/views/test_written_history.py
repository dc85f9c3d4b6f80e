"""What a section and the rows of the analyses were: edit sessions, one question through time, and the way back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from masterplan.analyses import actions as analyses
from masterplan.models import ReadinessCell, WritingChange
from masterplan.sections.actions import outline, sections
from tests.factories import history_open, make_edition, make_gap, make_swot_item, make_swot_strategy
from tests.masterplan.page_text import text_of


@pytest.fixture
def page(client_of, coordinator):
    return client_of(coordinator)


@pytest.fixture
def section(plan, coordinator):
    outline.complete_outline(plan, bodies={"pendahuluan.latar-belakang": "Naskah bawaan."}, by=coordinator)
    return plan.sections.get(key="pendahuluan.latar-belakang")


def history(row, query=""):
    return reverse("written_history", args=[row.regency.slug, row.writing_kind.value, row.pk]) + query


def restore(row, version, key):
    return reverse("written_restore", args=[row.regency.slug, row.writing_kind.value, row.pk, version, key])


def write(section, by, *, minutes_ago=0, **data):
    """Save now, and let it have been some minutes ago."""
    section.refresh_from_db()
    done = sections.save_section(section, by=by, data=data, version=section.edit_version)
    at = timezone.now() - timedelta(minutes=minutes_ago)
    with history_open():
        WritingChange.objects.filter(subject_id=section.pk, kind="section", version=done.edit_version).update(at=at)
    return done


def test_saves_are_shown_by_session_word_by_word(page, section, coordinator):
    write(section, coordinator, body="Naskah pertama.", minutes_ago=90)
    write(section, coordinator, body="Naskah kedua.", minutes_ago=88)
    write(section, coordinator, body="Naskah ketiga.", title="Latar", minutes_ago=1)

    response = page.get(history(section))

    text = text_of(response)
    assert [save["count"] for save in response.context["saves"]] == [1, 2]
    assert "Naskah<del>kedua.</del><ins>ketiga.</ins>" in text
    assert "Naskah<del>bawaan.</del><ins>kedua.</ins>" in text, "one session, one difference"
    assert "3 kali tersimpan dalam 2 kesempatan" in text
    only = page.get(history(section, "?isian=title"))
    assert [[field["key"] for field in save["fields"]] for save in only.context["saves"]] == [["title"]]


def test_what_a_text_began_with_comes_back_too(page, section, coordinator):
    write(section, coordinator, body="Pertama.", minutes_ago=90)
    write(section, coordinator, body="Kedua.", minutes_ago=1)
    text = page.get(history(section)).content.decode()
    assert text.count("Pulihkan yang semula") == 1
    assert restore(section, 1, "body") in text
    assert "Naskah semula" in text_of(page.get(restore(section, 1, "body")))

    page.post(restore(section, 1, "body"), {"edit_version": "3"})

    section.refresh_from_db()
    assert section.body == "Naskah bawaan."


def test_a_locked_plan_shows_its_texts_and_takes_none_back(page, plan, section, coordinator):
    write(section, coordinator, body="Pertama.")
    write(section, coordinator, body="Kedua.")
    make_edition(plan, status="adopted", by=coordinator)

    assert "Rencana induk terkunci" in text_of(page.get(history(section)))
    assert "Kedua naskah di bawah tetap dapat disalin" in text_of(page.get(restore(section, 2, "body")))
    assert "Rencana induk terkunci" in text_of(page.post(restore(section, 2, "body"), {"edit_version": "3"}))
    section.refresh_from_db()
    assert section.body == "Kedua."


def analysis_rows(plan, by):
    """A row of each analysis with the question that was changed, what it held first and what it holds now."""
    cell = analyses.save(ReadinessCell(master_plan=plan, aspect="people"), by=by, data={"problem": "Satu"}, version=1)
    gap = make_gap(plan, by, cause="Satu")
    item = make_swot_item(plan, by, "S", "Satu")
    strategy = make_swot_strategy(plan, by, "SO", [item], "Satu")
    return [(cell, "problem"), (gap, "cause"), (item, "text"), (strategy, "text")]


def test_rows_of_the_analyses_come_back_through_the_same_door(page, plan, coordinator):
    an_hour_ago = timezone.now() - timedelta(hours=1)
    for row, key in analysis_rows(plan, coordinator):
        begun = row.edit_version
        with history_open():
            WritingChange.objects.filter(subject_id=row.pk, kind=row.writing_kind).update(at=an_hour_ago)
        analyses.save(row, by=coordinator, data={key: "Dua"}, version=begun)
        assert "<del>Satu</del><ins>Dua</ins>" in text_of(page.get(history(row))), row
        address = restore(row, begun, key)

        page.post(address, {"edit_version": str(begun + 1)})

        row.refresh_from_db()
        assert getattr(row, key) == "Satu", row


def test_a_choice_comes_back_as_words_and_as_itself(page, plan, coordinator):
    item = make_swot_item(plan, coordinator, "S", "Satu")
    strategy = make_swot_strategy(plan, coordinator, "SO", [item], "Strategi")
    analyses.save(strategy, by=coordinator, data={"items": []}, version=1)

    assert "S1" in text_of(page.get(restore(strategy, 1, "items")))
    page.post(restore(strategy, 1, "items"), {"edit_version": "2"})

    assert list(strategy.items.all()) == [item]


def test_what_is_not_there_is_not_found(page, section, coordinator):
    write(section, coordinator, body="Pertama.")
    base = history(section)
    for address in (
        base.replace("/section/", "/initiative/"),
        base.replace("/section/", "/readiness_scale/"),
        restore(section, 9, "body"),
        restore(section, 0, "body"),
        restore(section, 1, "lead"),
        restore(section, 1, "order"),
        reverse("written_history", args=[section.regency.slug, "section", 10**25]),
    ):
        assert page.get(address).status_code == 404, address
