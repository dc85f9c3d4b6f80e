"""A row of each kind, for the tests of what is the same for all of them."""

import pytest

from tests.masterplan.editing.rows import EDITED, EditedTogether


@pytest.fixture(params=EDITED)
def edited(request: pytest.FixtureRequest) -> EditedTogether:
    """A row of each kind in turn."""
    return EDITED[request.param](request.getfixturevalue)
