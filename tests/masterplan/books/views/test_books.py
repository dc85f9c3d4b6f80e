"""Asking for a book: its variants are offered, the usual one first, and the file says which one it is."""

import re

import pytest
from django.urls import reverse

from masterplan.books import actions as books
from masterplan.books.file_names import file_name
from masterplan.books.paper_formats import PAPER_FORMATS
from masterplan.editions import actions as editions
from masterplan.models import BookJob
from masterplan.reference import USUAL_PAPER_FORMAT
from tests.factories import finish_book, make_initiative


@pytest.fixture
def edition(plan, agency, coordinator):
    make_initiative(plan, agency=agency, status="approved")
    return editions.take_snapshot(plan, by=coordinator)


@pytest.fixture
def detail(regency, edition):
    return reverse("edition_detail", args=[regency.slug, edition.number])


@pytest.fixture
def ask(regency, edition):
    return reverse("book_request", args=[regency.slug, edition.number, "buku-2"])


def offered(client, detail):
    page = client.get(detail).content.decode()
    _, _, rest = page.partition('id="ragam-buku-2"')
    return re.findall(r'<option value="([^"]*)">([^<]*)', rest.partition("</select>")[0])


def test_every_variant_is_offered_with_its_explanation_the_usual_one_first(client_of, coordinator, detail):
    client = client_of(coordinator)
    expected = [(key, variant.label) for key, variant in PAPER_FORMATS.items()]
    assert offered(client, detail) == expected
    assert expected[0][0] == USUAL_PAPER_FORMAT
    html = client.get(detail).content.decode()
    assert [each.explanation in html for each in PAPER_FORMATS.values()] == [True] * len(PAPER_FORMATS)


def test_what_is_asked_for_stands_there_and_is_offered_no_more(client_of, coordinator, detail, ask):
    client = client_of(coordinator)
    response = client.post(ask, {"ragam": "layar"}, follow=True)
    assert "Ragam <b>Layar</b>" in response.content.decode()
    assert "layar" not in dict(offered(client, detail))
    assert "Layar: lihat kemajuannya" in client.get(detail).content.decode()
    client.post(ask)
    assert list(BookJob.objects.order_by("pk").values_list("variant", flat=True)) == ["layar", USUAL_PAPER_FORMAT]


def test_an_unknown_variant_is_refused_in_words(client_of, coordinator, detail, ask):
    response = client_of(coordinator).post(ask, {"ragam": "emas"}, follow=True)
    assert response.redirect_chain[-1][0] == detail
    assert "Ragam cetak ini tidak dikenal. Pilih salah satu yang tersedia." in response.content.decode()
    assert not BookJob.objects.exists()


def test_the_file_says_which_variant_it_is(client_of, coordinator, edition, detail):
    names = {}
    for variant in PAPER_FORMATS:
        job = books.request_book(edition, book="buku-2", by=coordinator, variant=variant)
        finish_book(job)
        names[variant] = file_name(job).removesuffix(".pdf")
    usual = names.pop(USUAL_PAPER_FORMAT)
    assert re.fullmatch(r"Buku-2_Kab-[\w-]+_edisi-1_\d{4}-\d\d-\d\d", usual)
    assert names == {variant: f"{usual}_{variant}" for variant in PAPER_FORMATS if variant != USUAL_PAPER_FORMAT}
    html = client_of(coordinator).get(detail).content.decode()
    assert [f"Unduh PDF {each.label}" in html for each in PAPER_FORMATS.values()] == [True] * len(PAPER_FORMATS)
    assert "Susun Buku 2" not in html


def test_who_only_reads_is_offered_nothing(client_of, drafter, detail):
    assert offered(client_of(drafter), detail) == []
