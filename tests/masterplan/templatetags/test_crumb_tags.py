"""The way back above a page: from names and rows to labels with addresses, and what the one template makes of it."""

import pytest
from django.template import Context, Template
from django.urls import reverse

from masterplan.models import Initiative, Snapshot
from masterplan.templatetags.crumb_tags import _KINDS, _PAGES, trail

SLUG = "kabupaten-semarang"


class Regency:
    slug = SLUG


def drawn(way: str, **context: object) -> str:
    return Template(f"{{% crumbs {way} %}}").render(Context({"regency": Regency, **context}))


def test_a_page_brings_what_it_lies_below():
    assert trail(SLUG, "snippet_list") == [
        ("Inisiatif", f"/wilayah/{SLUG}/inisiatif/"),
        ("Tinjauan", f"/wilayah/{SLUG}/tinjauan/"),
        ("Balasan tersimpan", f"/wilayah/{SLUG}/tinjauan/balasan/"),
    ]


def test_a_row_lies_below_the_list_of_its_kind():
    assert trail(SLUG, Snapshot(number=3), ("Bab II", "/x/")) == [
        ("Buku", f"/wilayah/{SLUG}/buku/"),
        ("Edisi 3", f"/wilayah/{SLUG}/buku/3/"),
        ("Bab II", "/x/"),
    ]


def test_a_query_belongs_to_the_last_step():
    assert [url for _, url in trail(SLUG, "section_list", buku="buku-1")] == [
        f"/wilayah/{SLUG}/buku/",
        f"/wilayah/{SLUG}/naskah/?buku=buku-1",
    ]


def test_pages_about_a_person_need_no_regency():
    assert "Kabar" in Template('{% crumbs "notice_list" %}').render(Context({"regency": None}))


@pytest.mark.parametrize("page", _PAGES)
def test_every_page_of_the_table_has_an_address(page):
    assert trail(SLUG, page)[-1][0] == _PAGES[page].label


@pytest.mark.parametrize("kind", _KINDS.values())
def test_rows_lie_below_a_page_of_the_table(kind):
    assert kind.below in _PAGES
    assert reverse(kind.page, args=[SLUG, 1])


def test_what_people_wrote_is_escaped():
    html = drawn('initiative "Catatan "|add:initiative.name|to:url', initiative=Initiative(pk=7, name="<b>Wisata</b> & batik"), url="/?a=1&b=2")  # fmt: skip

    assert html.count("&lt;b&gt;Wisata&lt;/b&gt; &amp; batik") == 2
    assert "<b>" not in html
    assert 'href="/?a=1&amp;b=2"' in html
