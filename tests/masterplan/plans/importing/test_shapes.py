"""Every shape of workbook becomes the tree written beside it, and every doubtful cell is named."""

import pytest

from tests.masterplan.plans.importing.clerk_shapes import CLERK_SHAPES, MONEY_TREE, unit_unsaid
from tests.masterplan.plans.importing.laid_out import KENDAL
from tests.masterplan.plans.importing.office_shapes import OFFICE_SHAPES
from tests.masterplan.plans.importing.outlines import expected, outline, read
from tests.masterplan.plans.importing.regulation_shapes import REGULATION_SHAPES
from tests.masterplan.plans.importing.shapes import SHAPES, Shape


@pytest.mark.parametrize(
    "shape", [*SHAPES, *REGULATION_SHAPES, *OFFICE_SHAPES, *CLERK_SHAPES], ids=lambda shape: shape.name
)
def test_a_shape_becomes_its_tree(shape: Shape) -> None:
    document, doubts, _ = read(shape.make(), shape.setting)
    assert outline(document) == shape.tree
    assert {doubt.key for doubt in doubts.all} == set(shape.doubted)
    assert all(doubt.sentence and doubt.choices for doubt in doubts.all)


def test_money_whose_unit_nobody_said_waits_for_the_answer() -> None:
    document, doubts, _ = read(unit_unsaid(), KENDAL)
    assert "Rp " not in outline(document)
    assert [(doubt.key, [value for value, _ in doubt.choices]) for doubt in doubts.unanswered] == [
        ("Pagu:uang", ["1", "1000", "1000000", "1000000000"])
    ]
    assert outline(read(unit_unsaid(), KENDAL, {"Pagu:uang": "1000000000"})[0]) == expected(MONEY_TREE)
