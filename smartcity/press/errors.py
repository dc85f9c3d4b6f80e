"""Why a book cannot be made, in words for whoever asked for it. What may go well another time is an OSError."""


class BookError(Exception):
    """There is no book; str() is a sentence in Indonesian that says why."""
