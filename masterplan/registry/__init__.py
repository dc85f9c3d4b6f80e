"""The one registry of an initiative's fields: form, completeness, review, history, snapshot and Excel all read it.

A field is one entry in `sections` plus its column or table. Nothing here changes an initiative.
"""

from .field import STORED_APART, Content, Field, FormSection, Kind
from .reading import BOOKKEEPING, FIELDS, SECTION_BY_KEY, SECTION_OF_FIELD, is_empty, normalise, read, read_field
from .sections import SECTIONS

__all__ = [
    "BOOKKEEPING",
    "FIELDS",
    "SECTIONS",
    "SECTION_BY_KEY",
    "SECTION_OF_FIELD",
    "STORED_APART",
    "Content",
    "Field",
    "FormSection",
    "Kind",
    "is_empty",
    "normalise",
    "read",
    "read_field",
]
