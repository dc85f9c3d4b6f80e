"""What the preview of an outline says of each place, and that looking at it composes nothing."""

import pytest
from django.urls import reverse

from masterplan.books import prerendering
from masterplan.books.blueprint import book_parts
from masterplan.discussion.actions import threads
from masterplan.editions import actions as editions
from masterplan.models import OutlineCount
from masterplan.sections.actions import outline, sections
from tests.factories import make_gap, make_initiative
from tests.masterplan.page_text import text_of


@pytest.fixture
def page(client_of, coordinator):
    return client_of(coordinator)


@pytest.fixture
def counted(plan, coordinator, monkeypatch):
    """A plan with an outline and an initiative, counted by the worker; the parts themselves are no matter here."""
    outline.complete_outline(plan, bodies={}, by=coordinator)
    make_initiative(plan, status="submitted", coordinator=coordinator)
    make_gap(plan, coordinator)
    monkeypatch.setattr(prerendering, "_prepare", lambda *given: 0)
    prerendering.render_books_ahead(plan.pk)
    return plan


def preview(plan, book="buku-2"):
    return reverse("outline_preview", args=[plan.regency.slug, book])


def rows_of(response):
    return {row["line"].section.key: row for row in response.context["rows"]}


def test_tables_figures_and_initiatives_are_those_of_the_book(page, counted, coordinator):
    """Every book: what the places hold together is what the book of an edition frozen now lists."""
    edition = editions.take_snapshot(counted, by=coordinator, label="Untuk rapat")
    for book in ("buku-1", "buku-2", "buku-3"):
        response = page.get(preview(counted, book))
        captions = [caption for part in book_parts(edition.content, book) for caption in part.captions]
        for kind in ("table", "figure"):
            of_sheets = [c for c in captions if c.kind == kind and "BR-" not in c.label and "GO-" not in c.label]
            shown = sum(row["holds"][f"{kind}s"] for row in rows_of(response).values() if row["holds"])
            assert shown >= len(of_sheets), (book, kind)
            assert shown == len([c for c in captions if c.kind == kind]), (book, kind)


def test_each_place_says_what_it_holds(page, counted, coordinator):
    rows = rows_of(page.get(preview(counted)))
    code = counted.initiatives.get().sub_dimension.dimension.code.lower()

    assert rows[f"rencana-aksi.tabel-{code}"]["holds"]["initiatives"] == 1
    others = [row for key, row in rows.items() if key.startswith("rencana-aksi.tabel-") and not key.endswith(code)]
    assert {row["holds"]["initiatives"] for row in others} == {0}
    assert rows["lampiran.keselarasan"]["holds"]["tables"] >= 1
    assert rows["pendahuluan.latar-belakang"]["has_text"]
    text = text_of(page.get(preview(counted)))
    assert "1.1" in text
    assert "Pengantar ada" in text
    assert "Halaman rancangan" in text_of(page.get(preview(counted, "buku-3")))


def test_places_that_would_be_empty_are_named_until_somebody_writes(page, counted, coordinator):
    own = outline.add_section(
        counted, by=coordinator, book="buku-2", parent=counted.sections.get(key="penutup"), title="Tambahan kami"
    )
    assert rows_of(page.get(preview(counted)))[own.key]["holds"] is None, "not counted yet"
    prerendering.render_books_ahead(counted.pk)

    response = page.get(preview(counted))
    assert rows_of(response)[own.key]["is_empty"]
    assert response.context["empty"] == 1
    assert "Kosong" in text_of(response)

    sections.save_section(own, by=coordinator, data={"body": "Sekarang ada."}, version=1)
    assert page.get(preview(counted)).context["empty"] == 0, "the text is that of today, also before the next count"


def test_what_is_left_out_is_counted_and_not_shown(page, counted, coordinator):
    chapter = counted.sections.get(key="penutup")
    outline.include_section(chapter, by=coordinator, included=False)

    response = page.get(preview(counted))

    assert not {key for key in rows_of(response) if key.startswith("penutup")}
    assert response.context["left_out"] == 1 + chapter.children.count()


def test_before_the_first_count_a_worker_is_asked_and_texts_are_shown(page, plan, coordinator, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "masterplan.editing.actions.prerender.enqueue_optional",
        lambda task, pk, after: asked.append((task.name, pk, after)),
    )
    outline.complete_outline(plan, bodies={}, by=coordinator)
    asked.clear()

    response = page.get(preview(plan))

    assert ("masterplan.tasks.render_books_ahead", plan.pk, 0) in asked
    assert "belum dihitung" in text_of(response)
    assert rows_of(response)["pendahuluan.latar-belakang"]["has_text"]
    assert not OutlineCount.objects.exists()
    assert page.get(preview(plan, "buku-9")).status_code == 404


def test_open_notes_and_the_printed_chapter_are_one_click_away(page, plan, coordinator, expert):
    outline.complete_outline(plan, bodies={}, by=coordinator)
    section = plan.sections.get(key="pendahuluan.latar-belakang")
    assert "catatan terbuka" not in text_of(page.get(preview(plan)))
    *_, last = (threads.open_thread(section, by=expert, body=f"Catatan {number}.") for number in range(3))
    threads.resolve(last, by=coordinator)

    response = page.get(preview(plan))
    assert response.context["talk"] == rows_of(response)[section.key]["line"].open_threads == 2
    address = reverse("section_edit", args=[plan.regency.slug, section.pk])
    assert f'{address}#judul-catatan">2<' in response.content.decode()
    assert "<b>2</b> catatan terbuka" in response.content.decode()
    assert "per bab" not in text_of(response)

    make_initiative(plan, status="submitted", coordinator=coordinator)
    editions.take_snapshot(plan, by=coordinator)
    chapters = reverse("book_chapters", args=[plan.regency.slug, 1, "buku-2"])
    html = page.get(preview(plan)).content.decode()
    assert f'{chapters}#bagian-pendahuluan"' in html
    assert 'id="bagian-pendahuluan"' in page.get(chapters).content.decode()


def test_an_outline_that_is_not_there_says_so(page, plan):
    assert "Belum ada susunan" in text_of(page.get(preview(plan)))
