"""What a paper_format changes in the parts of a book: larger paper for the matrix, white covers and openers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from masterplan.books.chapters.lookup import index
from masterplan.books.chapters.plan import matrix
from masterplan.books.chapters.portions import cut
from masterplan.books.paper_formats import PaperFormat
from smartcity.press.parts import Part

_FILLED = frozenset({"cover", "opener"})


def adapted(parts: Iterable[Part], content: Mapping[str, Any], paper_format: PaperFormat) -> Iterator[Part]:
    """The parts as `paper_format` prints them; all that it does not concern stay as they are, and so in the cache."""
    for part in parts:
        if paper_format.large_matrices and part.template == matrix.TEMPLATE:
            yield from _enlarged(part, content) if part.context["first"] else ()
        elif paper_format.saves_ink and part.page in _FILLED:
            yield replace(part, white=True)
        else:
            yield part


def _enlarged(part: Part, content: Mapping[str, Any]) -> list[Part]:
    """All matrices anew, as many parts as they need, from the first of those that are replaced."""
    matrices = matrix.pages(index(content), matrix.A3)
    context = {**part.context, "matrices": matrices, "several": len(matrices) > 1}
    return cut(replace(part, context=context, page="wide-a3"), "matrices", matrix.MOST)
