"""Python source keeps the rules of the house."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture import python_rules as rules
from tests.architecture.source import ROOT, is_among, name_of, python_source, python_tests

Rule = Callable[[str], list[str]]


def in_folder(name):
    return [path for path in python_source() if is_among(name, path)]


def findings(rule: Rule, paths: list[Path]) -> list[str]:
    return [f"{name_of(path)}: {found}" for path in paths for found in rule(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(
    "rule",
    [
        rules.opens_without_docstring,
        rules.public_functions_without_docstring,
        rules.too_long,
        rules.unfinished,
        rules.swallows_everything,
    ],
)
def test_source_keeps_the_rule(rule):
    assert findings(rule, python_source()) == []


@pytest.mark.parametrize("rule", [rules.opens_without_docstring, rules.unfinished, rules.waits_for_an_expression])
def test_tests_keep_the_rule(rule):
    """The folder of this file is left out, because it spells what it forbids."""
    tests = [path for path in python_tests() if path.parent.name != "architecture"]

    assert tests
    assert findings(rule, tests) == []


@pytest.mark.parametrize("rule", [rules.touches_managers, rules.writes, rules.sends_before_commit])
def test_views_only_read_and_never_reach_past_their_regency(rule):
    assert findings(rule, in_folder("views")) == []


@pytest.mark.parametrize("rule", [rules.breaks_the_form_of_an_action, rules.sends_before_commit])
def test_actions_name_their_actor_and_tell_others_after_the_commit(rule):
    actions = in_folder("actions")

    assert len(actions) > 5
    assert findings(rule, actions) == []


def test_forms_do_not_write():
    assert findings(rules.writes, in_folder("forms")) == []


def test_no_module_is_a_drawer_for_anything():
    assert [name_of(path) for path in python_source() if path.stem in {"utils", "helpers", "misc"}] == []


def test_no_class_has_the_name_of_another():
    """Django finds each command by the class `Command` of its module; every other name stands for one thing."""
    places: dict[str, list[str]] = {}
    for path in python_source():
        for name in rules.classes(path.read_text(encoding="utf-8")) - {"Command"}:
            places.setdefault(name, []).append(name_of(path))

    assert len(places) > 500
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_only_one_module_and_its_shortcuts_import_the_renderer_and_only_when_it_renders():
    press = ROOT / "smartcity/press"
    owner, shortcuts = press / "pdf.py", press / "shortcuts"
    importers = [path for path in python_source() if "weasyprint" in _roots(rules.imports(path.read_text()))]
    loaders = [path for path in python_source() if _uses(path, "smartcity.press.shortcuts")]

    assert [path for path in importers if path.parent != shortcuts] == [owner]
    assert [path for path in loaders if path.parent != shortcuts] == [owner]
    at_top = rules.imports(owner.read_text(), at_top=True)
    assert not [name for name in at_top if name.startswith(("weasyprint", "smartcity.press.shortcuts"))]


@pytest.mark.parametrize(
    "name",
    [
        *(f"masterplan/books/{name}" for name in ("blueprint", "render", "produce", "chapters/plan/sheet")),
        *(f"smartcity/press/{name}" for name in ("fragments", "pdf", "assembling/assemble")),
    ],
)
def test_rendering_is_pure(name):
    found = rules.imports((ROOT / f"{name}.py").read_text())

    assert {module for module in found if ".models" in module or module.startswith("django.db")} == set()


def _uses(path: Path, package: str) -> bool:
    return any(name.startswith(package) for name in rules.imports(path.read_text()))


def _roots(modules: set[str]) -> set[str]:
    return {module.partition(".")[0] for module in modules}


# Each rule is able to fail --------------------------------------------------------------------------------------------

BAD = [
    (rules.opens_without_docstring, "import os\n"),
    (rules.public_functions_without_docstring, "def save():\n    return 1\n"),
    (rules.too_long, "x = 1\n" * 401),
    (rules.unfinished, "x = 1  # TODO later\n"),
    (rules.unfinished, "def f():\n    raise NotImplementedError\n"),
    (rules.swallows_everything, "try:\n    f()\nexcept:\n    pass\n"),
    (rules.swallows_everything, "try:\n    f()\nexcept (ValueError, Exception):\n    x = 1\n"),
    (rules.swallows_everything, "try:\n    f()\nexcept Exception as error:\n    x = 1\n"),
    (rules.waits_for_an_expression, "page.wait_for_function('window.ready')\n"),
    (rules.waits_for_an_expression, "page.wait_for_function('new Promise((resolve) => resolve(true))')\n"),
    (rules.touches_managers, "def page(request):\n    return Initiative.objects.all()\n"),
    (rules.touches_managers, "def page(request):\n    return Initiative._default_manager.all()\n"),
    (rules.writes, "def page(request):\n    regency.initiatives.create(name='x')\n"),
    (rules.writes, "def page(request):\n    initiative.save()\n"),
    (rules.writes, "def page(request):\n    regency.initiatives.filter(pk=1).update(name='x')\n"),
    (rules.breaks_the_form_of_an_action, "@transaction.atomic\ndef approve(initiative, *, name): ...\n"),
    (rules.breaks_the_form_of_an_action, "@transaction.atomic\ndef approve(initiative, by): ...\n"),
    (rules.breaks_the_form_of_an_action, "def approve(initiative, *, by):\n    initiative.save()\n"),
    (rules.sends_before_commit, "def approve(initiative, *, by):\n    build.delay(initiative.pk)\n"),
    (rules.sends_before_commit, "def approve(initiative, *, by):\n    f = build.apply_async\n"),
]

GOOD = [
    (rules.opens_without_docstring, ""),
    (rules.opens_without_docstring, '"""What lives here."""\n'),
    (rules.public_functions_without_docstring, "def _inner():\n    return 1\n"),
    (rules.too_long, "x = 1\n" * 400),
    (rules.swallows_everything, "try:\n    f()\nexcept Exception as error:\n    tell(error)\n"),
    (rules.swallows_everything, "try:\n    f()\nexcept BaseException:\n    clean()\n    raise\n"),
    (rules.waits_for_an_expression, "page.wait_for_function('() => window.ready')\n"),
    (rules.waits_for_an_expression, "page.wait_for_function('word => seen(word)', arg=1)\n"),
    (rules.writes, "def page(request):\n    context.update(x=1)\n    request.session.save()\n"),
    (rules.breaks_the_form_of_an_action, "@transaction.atomic\ndef approve(initiative, *, by): ...\n"),
    (rules.breaks_the_form_of_an_action, "def approve(*, by):\n    with transaction.atomic():\n        x.save()\n"),
    (rules.breaks_the_form_of_an_action, "def sentence(initiative, name):\n    return name\n"),
    (rules.sends_before_commit, "def approve(x, *, by):\n    on_commit(lambda: build.delay(x.pk))\n"),
    (rules.sends_before_commit, "def approve(x, *, by):\n    transaction.on_commit(partial(build.delay, x.pk))\n"),
    (rules.sends_before_commit, "def a():\n    def send():\n        b.delay()\n    transaction.on_commit(send)\n"),
]


@pytest.mark.parametrize(("rule", "text"), BAD)
def test_rule_finds_a_breach(rule, text):
    assert rule(text)


@pytest.mark.parametrize(("rule", "text"), GOOD)
def test_rule_lets_good_source_pass(rule, text):
    assert rule(text) == []


def test_imports_are_found_at_the_top_and_inside_functions():
    text = "import os\nfrom a.b import c\ndef f():\n    import weasyprint.text\n"

    assert rules.imports(text) == {"os", "a.b", "weasyprint.text"}
    assert rules.imports(text, at_top=True) == {"os", "a.b"}
