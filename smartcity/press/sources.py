"""Opens the parts of one book to be copied, already while other parts are still being rendered."""

import io
from collections.abc import Iterable

import pikepdf

from smartcity.press.cache import Fragment

# About 600 pages. A part that is only opened takes some 30 kB besides its bytes.
_MOST_AHEAD = 300


class Sources:
    """Opens rendered parts, each to be used once."""

    def __init__(self) -> None:
        self._ahead: dict[bytes, pikepdf.Pdf] = {}

    def open_ahead(self, fragments: Iterable[Fragment]) -> None:
        """Open these, or as many as may be kept open."""
        for fragment in fragments:
            if len(self._ahead) < _MOST_AHEAD and fragment.pdf not in self._ahead:
                self._ahead[fragment.pdf] = pikepdf.open(io.BytesIO(fragment.pdf))

    def take(self, fragment: Fragment) -> pikepdf.Pdf:
        """The part, opened. Not to be closed but let go of: what is copied from it holds on to its bytes."""
        return self._ahead.pop(fragment.pdf, None) or pikepdf.open(io.BytesIO(fragment.pdf))
