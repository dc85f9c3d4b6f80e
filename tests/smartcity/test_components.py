"""Every component renders from the context its head comment promises, with its optional parts and without them."""

import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory

from smartcity.gallery import DIMENSIONS, STATUSES, bound_form, gallery_context

COMPONENTS = Path(settings.BASE_DIR) / "templates" / "components"
SPRITE = Path(settings.BASE_DIR) / "static" / "vendor" / "bootstrap-icons" / "icons.svg"


class Page(HTMLParser):
    """Collects what the tests ask of a page: ids, the ids it points to, and forbidden attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.refs: set[str] = set()
        self.forbidden: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in {"for", "aria-describedby", "aria-labelledby"}:
                self.refs.update((value or "").split())
            elif name == "style" or name.startswith("on") or (value or "").startswith("data:"):
                self.forbidden.append(f"<{tag} {name}>")


def tight(html: str) -> str:
    """Without the white space beside tags, which templates are free to have."""
    return re.sub(r"\s+(?=<)|(?<=>)\s+", "", html)


@pytest.fixture
def gallery() -> str:
    return render_to_string("components/gallery.html", gallery_context(), RequestFactory().get("/komponen/"))


def test_gallery_shows_every_component() -> None:
    """A component that the gallery cannot show is one nobody looks at."""
    reached, waiting = set(), ["gallery.html"]
    while waiting:
        name = waiting.pop()
        reached.add(name)
        names = set(re.findall(r'include "components/(\w+\.html)"', (COMPONENTS / name).read_text(encoding="utf-8")))
        names |= set(
            re.findall(
                r'include "components/(\w+\.html)"', (COMPONENTS.parent / "base.html").read_text(encoding="utf-8")
            )
        )
        waiting += names - reached
    apart = {
        "confirm.html", "error_help.html", "account_field.html", "entrance_links.html", "rich_scripts.html",
        "figures.html", "file_face.html", "short_form.html",
    }  # fmt: skip
    assert {path.name for path in COMPONENTS.glob("*.html")} - reached == apart


def test_gallery_is_well_formed(gallery: str) -> None:
    page = Page(gallery)
    assert page.forbidden == []
    assert len(page.ids) == len(set(page.ids))
    assert page.refs - set(page.ids) == set()


def test_text_that_keeps_its_lines_has_none_of_the_template() -> None:
    kept = re.compile(r'class="[^"]*\b(?:prewrap|lines)\b[^"]*"[^>]*>\s*\n\s*\{\{')
    pages = (Path(settings.BASE_DIR) / "templates").rglob("*.html")
    assert [page.name for page in pages if kept.search(page.read_text(encoding="utf-8"))] == []


def test_icons_used_are_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', SPRITE.read_text(encoding="utf-8")))
    templates = (Path(settings.BASE_DIR) / "templates").rglob("*.html")
    used = {
        name
        for path in templates
        for name in re.findall(r'components/icon.html" with name="([\w-]+)"', path.read_text(encoding="utf-8"))
    }
    assert used - drawn == set()


@pytest.mark.parametrize(("status", "label"), STATUSES)
def test_status_is_said_in_words(status: str, label: str) -> None:
    html = render_to_string("components/status_badge.html", {"status": status, "label": label})
    assert label in html
    assert ("<svg" in html) == (status not in {"superseded", "not_started", "complete"})
    assert "aria-label" not in html, "the icon must not repeat the word"


@pytest.mark.parametrize(("code", "name"), DIMENSIONS)
def test_dimension_has_icon_or_code(code: str, name: str) -> None:
    html = render_to_string("components/dimension_mark.html", {"code": code, "name": name})
    assert name in html
    assert ("<svg" in html) == (code != "PW")
    assert (f">{code}<" in html) == (code == "PW")


def test_field_names_hint_example_and_error_before_the_control() -> None:
    html = render_to_string("bootstrap5/field.html", {"field": bound_form()["target"], "form_show_labels": True})
    order = [html.index(text) for text in ("<label", "id_target_helptext", "id_target_example", "id_target_error")]
    assert order == sorted(order)
    described = re.search(r'<input[^>]*aria-describedby="([^"]*)"', html)
    assert described and described[1].split() == ["id_target_helptext", "id_target_example", "id_target_error"]
    assert 'aria-invalid="true"' in html


def test_optional_field_says_so_unless_it_is_needed_later() -> None:
    form = bound_form()
    assert "(boleh kosong)" in render_to_string("bootstrap5/field.html", {"field": form["reason"]})
    form.fields["reason"].needed = True  # type: ignore[attr-defined]
    assert "(boleh kosong)" not in render_to_string("bootstrap5/field.html", {"field": form["reason"]})


def test_field_without_notes_points_nowhere() -> None:
    field = forms.Form()
    field.fields["plain"] = forms.CharField(label="Polos")
    assert "aria-describedby" not in render_to_string("bootstrap5/field.html", {"field": field["plain"]})


def test_a_field_for_files_speaks_the_language_of_the_page() -> None:
    """Whichever template it stands in: the browser's own button would be in the language of the browser."""
    html = render_to_string("bootstrap5/field.html", {"field": bound_form()["letter"], "form_show_labels": True})
    assert re.search(
        r'<div class="file-box">\s*<input[^>]* class="[^"]*\bfile-input\b[^>]*>\s*<span[^>]*>Pilih berkas<', html
    )
    for path in COMPONENTS.parent.rglob("*.html"):
        text = path.read_text()
        controls = re.findall(r'<input class="([^"]*)"\s+type="file"', text)
        assert len(controls) == text.count('type="file"') <= text.count("components/file_face.html"), path
        assert set(controls) <= {"file-input"}, path


def test_error_summary_counts_and_links() -> None:
    form = bound_form()
    html = render_to_string("components/error_summary.html", {"form": form})
    assert f"Ada {len(form.errors)} isian yang perlu diperbaiki" in html
    assert 'href="#id_target"' in html
    assert 'href="#id_novelty_0"' in html, "a group of options is reached through its first option"
    assert "Target 2026:" in html
    assert render_to_string("components/error_summary.html", {"form": forms.Form({})}).strip() == ""


def test_error_summary_of_a_list() -> None:
    html = render_to_string("components/error_summary.html", {"errors": [("id_a", "Isi a"), ("", "Isi b")]})
    assert "Ada 2 isian" in html and 'href="#id_a"' in html and "<li>Isi b</li>" in html


@pytest.mark.parametrize("stage", ["queued", "composing", "checking", "done", "failed", "cancelled"])
def test_job_card_says_its_stage(stage: str) -> None:
    html = render_to_string("components/job_card.html", {"title": "Buku 2", "stage": stage})
    assert html.count('aria-current="step"') == (stage not in ("failed", "cancelled"))
    assert ("job-failed" in html) == (stage == "failed")


def test_confirm_page_repeats_the_verb_and_offers_a_way_out() -> None:
    context = {
        "question": "Tarik inisiatif ini?",
        "confirm_label": "Tarik inisiatif",
        "cancel_url": "/kembali/",
        "danger": True,
        "consequence": "Anda dapat mengirimnya lagi nanti.",
        "hidden": [("version", 3)],
    }
    html = tight(render_to_string("components/confirm.html", context, RequestFactory().post("/")))
    assert "<h1>Tarik inisiatif ini?</h1>" in html
    assert 'class="btn btn-danger-filled" type="submit">Tarik inisiatif<' in html
    assert 'href="/kembali/">Batal' in html and 'name="version" value="3"' in html


@pytest.mark.parametrize("template", ["400.html", "403.html", "404.html", "500.html"])
@pytest.mark.parametrize("context", [{}, {"reference": "7F3A-91C0"}])
def test_error_pages_need_nothing(template: str, context: dict[str, Any]) -> None:
    html = render_to_string(template, context)
    assert html.count("<h1") == 1
    assert ("7F3A-91C0" in html) == bool(context)
    assert Page(html).forbidden == []


def test_frame_shows_who_acts_where() -> None:
    context = {
        "user": SimpleNamespace(is_authenticated=True, pk=1),
        "regency": SimpleNamespace(full_name="Kabupaten Semarang", slug="kabupaten-semarang", is_sample=True),
        "acting_as": {"role": "Koordinator", "agency": "Diskominfo"},
        "nav": [{"label": "Buku", "url": "/buku/", "current": True, "count": 3}],
        "several_regencies": True,
    }
    html = render_to_string("base.html", context, RequestFactory().get("/"))
    for text in ("Kabupaten Semarang", "Koordinator", "Diskominfo", "Data contoh", "Keluar"):
        assert text in html
    assert html.count('aria-current="page"') == 2, "navigation, and menu of narrow screens"


def test_frame_without_anybody_has_no_menu() -> None:
    html = render_to_string("base.html")
    assert "<details" not in html and "Data contoh" not in html
