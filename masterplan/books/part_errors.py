"""What becomes of an exception while a part of a book is made: whoever asked reads which part, a developer where."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.template import TemplateDoesNotExist, TemplateSyntaxError

from smartcity.press.errors import BookError

_SENTENCE = (
    "Bagian “{title}” tidak dapat disusun karena kesalahan pada portal, bukan pada isian."
    " Beri tahu pengelola portal, lalu susun lagi."
)
# What faults of the code raise. Not what may go well another time (OSError, MemoryError), nor the end of the time.
_OF_THE_CODE = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, NameError, RuntimeError, TypeError, ValueError),
    *(TemplateDoesNotExist, TemplateSyntaxError),
)


class PartError(BookError):
    """The portal's own code failed at one part of a book; what it raised is the `__cause__`.

    `key` is that of the place or part, `where` names place and code without any value, so that each log may hold it.
    """

    def __init__(self, title: str, key: str, where: str) -> None:
        super().__init__(_SENTENCE.format(title=title))
        self.key, self.where = key, where


@contextmanager
def blamed_on(title: str, *, key: str, where: str) -> Iterator[None]:
    """Raise PartError for what the code within raises. `title` is how a person knows the part."""
    try:
        yield
    except _OF_THE_CODE as error:
        raise PartError(title, key, where) from error
