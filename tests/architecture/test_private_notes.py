"""What an agency keeps to itself is filtered in one module; nothing else reads threads past it."""

import re

import pytest

from tests.architecture.source import name_of, python_source

# The rule itself, the action that locks and writes single threads it was given, and migrations.
ALLOWED = {"masterplan/models/thread.py", "masterplan/discussion/actions/threads.py"}
PAST_THE_RULE = re.compile(
    r"Thread\.objects|Comment\.objects|threads__(?!pk)\w|(?<!openpyxl)\.comments\b|\.(threads|assigned_threads)\.(all|filter|count|get|exclude|order_by|annotate)\((?!\s*(mine\b|readable\())"
)


def reaches(text: str) -> list[str]:
    return [found.group() for found in PAST_THE_RULE.finditer(text)]


def test_threads_are_read_through_the_rule():
    found = {
        name_of(path): hits
        for path in python_source()
        if name_of(path) not in ALLOWED and "migrations" not in path.parts
        if (hits := reaches(path.read_text(encoding="utf-8")))
    }
    # The address of a thread leads to its initiative; the thread itself is then read through the rule.
    assert found == {}


@pytest.mark.parametrize(
    "code",
    [
        "initiative.threads.filter(resolved_at=None)",
        "initiative.threads.count()",
        'Count("threads", filter=Q(threads__resolved_at=None))',
        "Comment.objects.all()",
        "thread.comments.last()",
    ],
)
def test_a_way_past_the_rule_is_found(code):
    assert reaches(code)


def test_the_rule_itself_is_no_way_past():
    assert not reaches("initiative.threads.filter(mine, resolved_at=None)")
    assert not reaches("user.assigned_threads.filter(\n            readable(ids),")
