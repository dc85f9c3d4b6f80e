"""Removes the objects of a rendered part to which nothing refers: half of them are wrappers that its tags do not need.

Every book that holds the part opens, copies and closes it again, and each of these goes by the number of objects.
"""

import io

import pikepdf


def slim(pdf: bytes) -> bytes:
    """The same part, and only what can be reached in it. The same bytes give the same bytes."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as part:
        part.save(out, deterministic_id=True)
    return out.getvalue()
