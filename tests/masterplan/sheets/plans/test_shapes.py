"""Every shape of workbook becomes the tree written beside it, and every doubtful cell is named."""

import pytest

from tests.masterplan.sheets.plans.office_shapes import OFFICE_SHAPES
from tests.masterplan.sheets.plans.outlines import outline, read
from tests.masterplan.sheets.plans.regulation_shapes import REGULATION_SHAPES
from tests.masterplan.sheets.plans.shapes import SHAPES, Shape


@pytest.mark.parametrize("shape", [*SHAPES, *REGULATION_SHAPES, *OFFICE_SHAPES], ids=lambda shape: shape.name)
def test_a_shape_becomes_its_tree(shape: Shape) -> None:
    document, doubts, _ = read(shape.make(), shape.setting)
    assert outline(document) == shape.tree
    assert {doubt.key for doubt in doubts.all} == set(shape.doubted)
    assert all(doubt.sentence and doubt.choices for doubt in doubts.all)
