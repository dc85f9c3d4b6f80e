"""What a variant changes in the parts of a book: larger paper for the matrix, white covers and openers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from masterplan.documents.contents import matrix
from masterplan.documents.contents.lookup import index
from masterplan.documents.parts import Part
from masterplan.documents.variants import Variant

_MATRIX = "print/matrix.html"
_FILLED = frozenset({"cover", "opener"})


def suited(parts: Iterable[Part], content: Mapping[str, Any], variant: Variant) -> Iterator[Part]:
    """The parts as `variant` prints them; all that it does not concern stay as they are, and so in the cache."""
    for part in parts:
        if variant.large_matrices and part.template == _MATRIX:
            yield _enlarged(part, content)
        elif variant.saves_ink and part.page in _FILLED:
            yield replace(part, white=True)
        else:
            yield part


def _enlarged(part: Part, content: Mapping[str, Any]) -> Part:
    matrices = matrix.pages(index(content), matrix.A3)
    context = {**part.context, "matrices": matrices, "several": len(matrices) > 1}
    return replace(part, context=context, page="wide-a3")
