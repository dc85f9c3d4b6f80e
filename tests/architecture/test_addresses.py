"""One name for an address, its view and its page, so that whoever knows one finds the others."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, path

from tests.architecture import markup_rules, python_rules
from tests.architecture.source import (
    ROOT,
    SOURCE_FOLDERS,
    files_below,
    is_among,
    name_of,
    page_templates,
    python_source,
)

# Pages of allauth in our layout: they may name addresses of allauth that the settings leave out.
OVERRIDDEN = {"account", "allauth", "mfa"}


class Address(NamedTuple):
    """A pattern of the URLconf: its full name and the function behind it."""

    name: str
    view: Callable[..., Any]
    route: str


def addresses_of(patterns: list[URLPattern | URLResolver], prefix: str = "", route: str = "") -> Iterator[Address]:
    for pattern in patterns:
        where = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from addresses_of(pattern.url_patterns, inner, where)
        else:
            yield Address(f"{prefix}{pattern.name or ''}", pattern.callback, where)


def everything() -> list[Address]:
    return list(addresses_of(get_resolver().url_patterns))


def own() -> list[Address]:
    return [found for found in everything() if found.view.__module__.partition(".")[0] in SOURCE_FOLDERS]


def misnamed(found: list[Address]) -> list[str]:
    """Addresses that are not called as their view, or whose view is not a function."""
    return [
        f"{address.route}: {address.name} leads to {getattr(address.view, '__name__', address.view)}"
        for address in found
        if not inspect.isfunction(address.view) or address.name != address.view.__name__
    ]


def test_an_address_is_called_as_its_view():
    assert len(own()) > 10
    assert misnamed(own()) == []


def test_a_name_belongs_to_one_view():
    views: dict[str, set[str]] = {}
    for address in own():
        views.setdefault(address.name, set()).add(f"{address.view.__module__}.{address.view.__qualname__}")

    assert {name: found for name, found in views.items() if len(found) > 1} == {}


def page_of(template: str) -> str:
    """The address of a page: its folder and its name, `initiative_detail` for .../initiative/detail.html.

    What stands above that folder is the subject the page belongs to; guide/show is `guide`.
    """
    return "_".join(template.removesuffix(".html").split("/")[-2:]).replace("-", "_").removesuffix("_show")


def test_a_page_is_called_as_its_address():
    names = {address.name for address in own()}
    views = [path for path in python_source() if is_among("views", path)]
    rendered = {
        f"{name_of(view)}: {template}"
        for view in views
        for template in python_rules.template_names(view.read_text(encoding="utf-8"))
        if template.startswith(("agencies/", "masterplan/")) and page_of(template) not in names
    }

    assert views
    assert rendered == set()


def test_every_template_that_a_view_names_exists():
    named = {
        f"{name_of(path)}: {template}"
        for path in python_source()
        for template in python_rules.template_names(path.read_text(encoding="utf-8"))
        if template.startswith(("agencies/", "components/", "masterplan/", "emails/", "print/"))
        and not (ROOT / "templates" / template).is_file()
    }

    assert named == set()


def test_every_link_of_a_template_leads_somewhere():
    names = {address.name for address in everything()}
    broken = {
        f"{name_of(template)}: {name}"
        for template in [*page_templates(), *files_below("templates/emails", ".html", ".txt")]
        if template.relative_to(ROOT / "templates").parts[0] not in OVERRIDDEN
        for name in markup_rules.addresses(template.read_text(encoding="utf-8"))
        if name not in names
    }

    assert broken == set()


# Each rule is able to fail --------------------------------------------------------------------------------------------


def initiative_detail(request):
    """A view, as far as these tests are concerned."""


class Page:
    """A view that is no function."""

    __module__ = __name__

    def __call__(self, request):
        """Answer."""


@pytest.mark.parametrize(
    ("pattern", "good"),
    [
        (path("x/", initiative_detail, name="initiative_detail"), True),
        (path("x/", initiative_detail, name="initiative"), False),
        (path("x/", initiative_detail), False),
        (path("x/", Page(), name="Page"), False),
    ],
)
def test_a_misnamed_address_is_found(pattern, good):
    assert (misnamed(list(addresses_of([pattern]))) == []) is good


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("masterplan/initiatives/initiative/detail.html", "initiative_detail"),
        ("agencies/team/invite.html", "team_invite"),
        ("masterplan/plans/development_plan/list.html", "development_plan_list"),
        ("agencies/guide/show.html", "guide"),
    ],
)
def test_the_page_of_an_address(template, name):
    assert page_of(template) == name


def test_names_of_templates_are_found_in_source():
    assert python_rules.template_names('f("a/b.html#rows", "c", g="x.html")') == {"a/b.html", "x.html"}


def test_links_are_found_in_templates():
    text = """{% url 'initiative_detail' slug pk %}{% url "home" as x %}{# {% url 'gone' %} #}{% url name %}"""

    assert markup_rules.addresses(text) == {"initiative_detail", "home"}
