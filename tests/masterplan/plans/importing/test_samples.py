"""Every unusual workbook becomes the tree written in its file, and raises the questions listed there, no others."""

import pytest

from tests.masterplan.plans.importing.outlines import outline, read
from tests.masterplan.plans.importing.samples import SampleWorkbook, sample, samples


@pytest.mark.parametrize("book", samples(), ids=lambda book: book.name)
def test_a_workbook_becomes_its_tree(book: SampleWorkbook) -> None:
    document, questions, _ = read(book.data, book.plan)
    assert outline(document) == book.tree
    assert {each.key for each in questions.all} == book.questions
    assert all(each.sentence and each.choices for each in questions.all)


def test_money_whose_unit_nobody_said_waits_for_the_answer() -> None:
    unsaid, said = sample("clerk/unit_of_money_unsaid"), sample("clerk/billions_in_the_title")
    document, questions, _ = read(unsaid.data, unsaid.plan)
    assert not any(node.ceilings for node in document.walk())
    assert [value for value, _ in questions.unanswered[0].choices] == ["1", "1000", "1000000", "1000000000"]
    assert outline(read(unsaid.data, unsaid.plan, {"Pagu:uang": "1000000000"})[0]) == said.tree


def test_an_outline_tells_indicators_and_words_apart() -> None:
    book = sample("basic/flat")
    for part in ("indicators", "text"):
        document, _, _ = read(book.data, book.plan)
        goal = document.nodes[0].children[0].children[0]
        setattr(goal, part, [] if part == "indicators" else "Lain")
        assert outline(document) != book.tree
