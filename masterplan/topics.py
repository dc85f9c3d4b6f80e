"""What a conversation is about, in words for mails, lists and books.

Where it is worked on is in `discussion.views.threads`.
"""

from masterplan.models import Section, Thread
from masterplan.models.thread import Subject
from masterplan.registry import FIELDS

TEXT = "Naskah"


def subject_name(subject: Subject) -> str:
    """What it is called: code and name of an initiative, book and title of a section."""
    return f"{subject.get_book_display()}, {subject.title}" if isinstance(subject, Section) else str(subject)


def subject_kind(subject: Subject) -> str:
    """What it is, for the middle of a sentence."""
    return "naskah" if isinstance(subject, Section) else "isian"


def field_label(thread: Thread) -> str:
    """The question it hangs on, also one that is asked no more; of a section its text."""
    field = FIELDS.get(thread.field)
    return field.label if field else thread.field or TEXT
