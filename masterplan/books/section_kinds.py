"""What a place of the outline has in its book: a page that opens it, or a text that is printed."""

from masterplan.books.chapters.blocks import shows_text
from masterplan.editions.outline import is_annex
from masterplan.models import Section
from masterplan.reference import BookName


def opens_chapter(section: Section) -> bool:
    """Whether a place has a page that opens it, with a lead instead of a text."""
    return section.parent_id is None and not is_annex(section.key) and section.book != BookName.SUMMARY


def has_text(section: Section) -> bool:
    """Whether a place has a text that is printed, and so may have pictures."""
    return not opens_chapter(section) and shows_text(section.key)
