"""A page is answered whole, or only the part htmx asked for."""

from pathlib import Path
from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from smartcity.common.htmx import render_page

PAGE = "{% load partials %}<h1>{{ title }}</h1>{% partialdef rows inline %}<p>{{ row }}</p>{% endpartialdef %}"


@pytest.fixture(autouse=True)
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    engine: Any = engines["django"]
    monkeypatch.setattr(engine.engine, "dirs", [tmp_path])


def answer(rf: RequestFactory, partial: str | None, **headers: str) -> tuple[str, str]:
    request: Any = rf.get("/", headers=headers)
    request.htmx = HtmxDetails(request)
    response = render_page(request, "page.html", {"title": "Daftar", "row": "Satu"}, partial=partial)
    return response.content.decode(), response["Vary"]


def test_a_browser_gets_the_page(rf: RequestFactory) -> None:
    assert answer(rf, "rows") == ("<h1>Daftar</h1><p>Satu</p>", "HX-Request")


def test_htmx_gets_the_part(rf: RequestFactory) -> None:
    assert answer(rf, "rows", **{"HX-Request": "true"}) == ("<p>Satu</p>", "HX-Request")


@pytest.mark.parametrize("kind", ["HX-Boosted", "HX-History-Restore-Request"])
def test_htmx_gets_the_page_when_it_replaces_the_page(kind: str, rf: RequestFactory) -> None:
    assert answer(rf, "rows", **{"HX-Request": "true", kind: "true"})[0].startswith("<h1>")


def test_a_page_without_parts_is_always_whole(rf: RequestFactory) -> None:
    assert answer(rf, None, **{"HX-Request": "true"})[0].startswith("<h1>")
