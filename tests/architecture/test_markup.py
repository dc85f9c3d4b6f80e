"""Templates, scripts and style sheets keep the content security policy; no template lies about unused."""

from pathlib import Path

import pytest
from django.template.utils import get_app_template_dirs

from tests.architecture import markup_rules as rules
from tests.architecture.source import (
    ROOT,
    files_below,
    name_of,
    own_assets,
    page_templates,
    python_source,
)

TEMPLATES = ROOT / "templates"
# Django looks for these by itself.
KNOWN_TO_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}


def findings(rule, paths: list[Path]) -> list[str]:
    return [f"{name_of(path)}: {found}" for path in paths for found in rule(path.read_text(encoding="utf-8"))]


def template_name(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


def overrides_an_installed_one(name: str) -> bool:
    return any((Path(folder) / name).is_file() for folder in get_app_template_dirs("templates"))


@pytest.mark.parametrize("rule", [rules.inline_code, rules.other_hosts])
def test_pages_keep_the_policy(rule):
    assert page_templates()
    assert findings(rule, page_templates()) == []


@pytest.mark.parametrize("rule", [rules.other_hosts_in_code, rules.refused_by_policy])
def test_style_sheets_and_scripts_keep_the_policy(rule):
    assert findings(rule, own_assets(".css", ".js")) == []


def test_drawings_load_nothing():
    drawings = own_assets(".svg")

    assert findings(rules.inline_code, drawings) == []
    assert findings(rules.other_hosts, drawings) == []


def test_every_template_is_used():
    templates = files_below("templates", ".html", ".txt")
    texts = {template_name(path): path.read_text(encoding="utf-8") for path in templates}
    texts |= {name_of(path): path.read_text(encoding="utf-8") for path in python_source()}
    names = {template_name(path) for path in templates} - KNOWN_TO_DJANGO

    assert rules.unused_templates({name for name in names if not overrides_an_installed_one(name)}, texts) == []


def test_every_included_template_exists():
    templates = files_below("templates", ".html", ".txt", ".svg")
    named = {name: path for path in templates for name in rules.included(path.read_text(encoding="utf-8"))}
    missing = {
        f"{name_of(path)}: {name}"
        for name, path in named.items()
        if not (TEMPLATES / name).is_file() and not overrides_an_installed_one(name)
    }

    assert named
    assert missing == set()


def test_one_template_draws_the_way_back():
    drawn = findings(rules.own_crumbs, files_below("templates", ".html"))

    assert [found.split(":")[0] for found in drawn] == ["templates/components/breadcrumbs.html"]


# Nothing that took time to write is lost with these, and why.
LEFT_WITHOUT_A_WORD = {
    "templates/components/gallery.html": "shows how fields look and sends nothing",
    "templates/masterplan/books/edition/books.html": "one list beside the button it is for",
}


def test_what_was_written_is_not_left_without_a_word():
    found = {found.split(":")[0] for found in findings(rules.left_unasked, files_below("templates", ".html"))}

    assert found == set(LEFT_WITHOUT_A_WORD)


# Each rule is able to fail --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "<script>run()</script>",
        '<script type="module">run()</script>',
        "<style>p{}</style>",
        '<p style="color:red">',
        "<p style='color:red'>",
        '<a onclick="run()">',
        '<form  ONSUBMIT="run()">',
        '<div hx-on:click="run()">',
        '<img src="data:image/png;base64,AA">',
        '<a href="javascript:run()">',
        "<div hx-vals='js:{a: 1}'>",
        '<div hx-trigger="click[ctrlKey]">',
    ],
)
def test_inline_code_is_found(text):
    assert rules.inline_code(text)


@pytest.mark.parametrize(
    "text",
    [
        '<script src="/static/js/form.js" defer></script>',
        '<script id="years" type="application/json">[2022]</script>',
        "{# <script>run()</script> #}",
        "{% comment %}<p style='x'>{% endcomment %}",
        '<div data-style="wide" data-on="x" hx-trigger="every 2s">',
        "<p>Gaya style = sederhana</p>",
    ],
)
def test_policy_lets_good_markup_pass(text):
    assert rules.inline_code(text) == []


@pytest.mark.parametrize(
    "text",
    [
        '<link href="https://fonts.example/x.css">',
        '<img src="//cdn.example/x.png">',
        '<a href="http://example.com">',
        '<form action="https://example.com">',
        "<div hx-get='https://example.com'>",
    ],
)
def test_other_hosts_are_found(text):
    assert rules.other_hosts(text)


def test_own_addresses_are_no_other_hosts():
    text = '<a href="/wilayah/">x</a><svg xmlns="http://www.w3.org/2000/svg"></svg><a href="{{ url }}">y</a>'

    assert rules.other_hosts(text) == []


@pytest.mark.parametrize(
    "text",
    ["p{background:url(https://x.example/a.png)}", '@import "//x.example/a.css"', 'fetch("https://x.example/")'],
)
def test_other_hosts_in_code_are_found(text):
    assert rules.other_hosts_in_code(text)


@pytest.mark.parametrize(
    "text",
    ["p{background:url('data:image/svg+xml,x')}", "eval('1')", "new Function('x')", "a.setAttribute('style', b)"],
)
def test_what_the_policy_refuses_in_code_is_found(text):
    assert rules.refused_by_policy(text)


def test_good_code_passes():
    text = "p{background:url(../img/hills.svg)} fetch(form.action); bar.setAttribute('width', 3)"

    assert rules.other_hosts_in_code(text) == []
    assert rules.refused_by_policy(text) == []


def test_unused_templates_are_found():
    texts = {
        "a/list.html": '{% include "a/row.html" %}',
        "a/row.html": "a/row.html names itself",
        "a/old.html": "nobody names me",
        "emails/sent.txt": "",
        "views.py": 'render(request, "a/list.html#rows"); mail(f"emails/{name}.txt")',
    }

    assert rules.unused_templates(set(texts) - {"views.py"}, texts) == ["a/old.html"]


def test_included_templates_are_found():
    text = """{% extends "base.html" %}{% include 'a/row.html' with x=1 only %}{% include name %}"""

    assert rules.included(text) == {"base.html", "a/row.html"}


@pytest.mark.parametrize(
    "text",
    [
        '<nav class="crumbs"><ol></ol></nav>',
        "{% block crumbs %}<p>{{ back }}</p>{% endblock %}",
        '{% block crumbs %}{% crumbs "edition_list" %}<a href="{{ url }}">x</a>{% endblock %}',
    ],
)
def test_a_way_back_that_a_page_draws_is_found(text):
    assert rules.own_crumbs(text)


def test_a_way_back_of_the_component_is_no_own_one():
    text = "{% block crumbs %}{% if a %}{% crumbs a %}{% endif %}{% endblock %}{% block main %}<p>x</p>{% endblock %}"

    assert rules.own_crumbs(text) == []


@pytest.mark.parametrize(
    "text",
    [
        '<form method="post" class="form">{{ form|crispy }}</form>',
        '<form class="form" method="post"><p><textarea name="a"></textarea></p></form>',
        '<form method="post"><select name="a"></select></form>',
        '<form method="post"><input name="a" value="1"></form>',
        '<form method="post" data-guard>{{ form|crispy }}</form><form method="post">{{ other|crispy }}</form>',
    ],
)
def test_a_form_that_is_left_without_a_word_is_found(text):
    assert rules.left_unasked(text)


@pytest.mark.parametrize(
    "text",
    [
        '<form method="post" data-guard>{{ form|crispy }}</form>',
        '<form method="get"><input name="q"></form>',
        '<form method="post">{% csrf_token %}<input type="hidden" name="a" value="1"><button>Hapus</button></form>',
        '<form method="post"><input type="checkbox" name="a" value="1"></form>',
    ],
)
def test_a_form_that_asks_or_holds_nothing_written_is_none(text):
    assert rules.left_unasked(text) == []
