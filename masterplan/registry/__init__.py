"""The one registry of an initiative's fields: form, completeness, review, history, snapshot and Excel all read it.

A field is one entry in `sections` plus its column or table. Nothing here changes an initiative.
"""

from .catalogue import CATALOGUE, FIELDS, SECTION_BY_KEY, SECTION_OF_FIELD, SECTIONS
from .columns import ASPECTS
from .field import STORED_APART, Column, Content, Field, FormSection, Kind
from .reading import BOOKKEEPING, is_empty, normalise, read, read_field, texts_in

__all__ = [
    "ASPECTS",
    "BOOKKEEPING",
    "CATALOGUE",
    "FIELDS",
    "SECTIONS",
    "SECTION_BY_KEY",
    "SECTION_OF_FIELD",
    "STORED_APART",
    "Column",
    "Content",
    "Field",
    "FormSection",
    "Kind",
    "is_empty",
    "normalise",
    "read",
    "read_field",
    "texts_in",
]
