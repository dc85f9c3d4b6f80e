"""What is wrong with the books of the newest edition is told wherever somebody relies on them, to whom it concerns."""

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.roles import Role
from masterplan.books import actions as books
from masterplan.books import queue
from masterplan.editions import actions as editions
from masterplan.models import BookJob
from masterplan.review.actions import reviews
from smartcity.common import jobs
from smartcity.press.parts import Decree
from tests.factories import finish_book, make_initiative, make_person

MISSING = "Belum ada buku edisi ini yang tercetak"
FAULT = "Bagian “Lembar” memakai huruf yang tidak ada bentuk cetaknya."
# Who reads which page, and what it says of a book that failed, one with a problem, and of none at all.
PAGES = {
    "detail": ("coordinator", FAULT, FAULT, MISSING),
    "adopt": ("executive", FAULT, FAULT, MISSING),
    "list": ("coordinator", "gagal disusun. <a", "terbit dengan 1 hal yang perlu diperbaiki. <a", "Belum disusun."),
    "coordinator": ("coordinator", "gagal disusun", "terbit dengan 1 hal yang perlu diperbaiki", MISSING),
    "agency": ("drafter", FAULT, FAULT, ""),
}  # fmt: skip


@pytest.fixture
def initiative(plan, agency, agency_head, coordinator):
    return make_initiative(plan, agency=agency, by=agency_head, status="returned", coordinator=coordinator)


@pytest.fixture
def edition(plan, agency, initiative, coordinator):
    reviewed = make_initiative(plan, agency=agency, status="approved", coordinator=coordinator)
    assert reviewed.code != initiative.code
    edition = editions.take_snapshot(plan, by=coordinator)
    editions.change_edition(edition, name="review", by=coordinator)
    return edition


@pytest.fixture
def print_badly(edition, initiative, coordinator):
    """Gives the edition a book that ended in `state` over a sheet of one initiative; none at all for "missing"."""

    def end(state: str, key: str = "in-{}") -> BookJob | None:
        if state == "missing":
            return None
        job = books.request_book(edition, book="buku-2", by=coordinator)
        problems = [{"key": key.format(initiative.code), "sentence": FAULT}]
        if state == "done":
            return finish_book(job, problems=problems)
        assert jobs.fail(queue.claim_next(60), FAULT, report={"problems": problems})
        return job

    return end


@pytest.fixture
def neighbour(regency, other_agency):
    return make_person(regency, Role.AGENCY_HEAD, other_agency)


@pytest.fixture
def read(client_of, regency, edition, request):
    """The words of one of PAGES."""
    places = {
        "detail": reverse("edition_detail", args=[regency.slug, edition.number]),
        "adopt": reverse("edition_transition", args=[regency.slug, edition.number, "adopt"]),
        "list": reverse("edition_list", args=[regency.slug]),
    }

    def fetch(page: str, persona: str = "") -> str:
        client = client_of(request.getfixturevalue(persona or PAGES[page][0]))
        return client.get(places.get(page, reverse("regency_home", args=[regency.slug]))).content.decode()

    return fetch


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("state", ["failed", "done", "missing"])
def test_every_page_says_what_became_of_the_books(name, state, regency, edition, initiative, print_badly, read):
    wanted = dict(zip(("failed", "done", "missing"), PAGES[name][1:], strict=True))
    job = print_badly(state)
    html = read(name)
    assert wanted[state] in html
    assert (MISSING in html) is (bool(wanted["missing"]) and name != "list" and state != "done")
    assert state != "missing" or FAULT not in html
    if job and name in ("list", "coordinator"):
        assert reverse("book_progress", args=[regency.slug, job.pk]) in html
    elif job and name != "adopt":  # the regent may not change it, and reads it
        assert f'href="{reverse("sheet_preview", args=[regency.slug, initiative.pk])}"' in html
    if state == "missing" and name in ("detail", "adopt", "coordinator"):
        assert f'{reverse("edition_detail", args=[regency.slug, edition.number])}#buku-edisi"' in html


def test_a_book_under_way_and_one_of_another_mark(edition, coordinator, executive, print_badly, read):
    books.request_book(edition, book="buku-1", by=coordinator)
    assert MISSING not in read("detail")
    print_badly("done")
    editions.change_edition(
        edition, name="adopt", by=executive, decree=Decree("Keputusan Bupati Nomor 1", timezone.localdate())
    )
    html = read("detail")
    assert f"{MISSING} tanpa tanda DRAF" in html, "books with the mark are no books of the adopted edition"
    assert FAULT not in html
    assert FAULT not in read("agency")


@pytest.mark.parametrize("key", ["in-{}", "initiatives[{}].problem"])
def test_another_agency_is_told_nothing_of_it(key, initiative, coordinator, print_badly, read):
    print_badly("done", key)
    assert FAULT in read("agency", "agency_head")
    assert "Periksa cetakan" not in read("agency", "neighbour")
    reviews.transition(initiative, name="withdraw", by=coordinator, comment="")
    for page in ("detail", "list", "agency"):
        assert FAULT not in read(page, "neighbour")
    assert f"Lembar inisiatif {initiative.code} tidak tercetak seperti yang ditulis." in read("detail", "neighbour")


def test_an_edition_with_problems_costs_two_questions_more(
    client_of, coordinator, regency, edition, print_badly, django_assert_max_num_queries
):
    print_badly("done")
    client = client_of(coordinator)
    page = reverse("edition_detail", args=[regency.slug, edition.number])
    client.get(page)
    with django_assert_max_num_queries(10):
        assert FAULT in client.get(page).content.decode()
