"""The one registry of an initiative's fields: no other code lists them.

Form, check before sending, autosave, history, review page, Excel workbook, Word form, snapshot, the sheet in Buku 2 and
the search for its texts in the finished book, comparison of two editions, tables and open data of an edition, the
inventory of personal data and the sample all read it. Nothing here changes an initiative, and of its modules only
`reading` knows tables, so that the books may ask the others.

To add a field of one of the kinds in `SIMPLE` (text, choice, year, yes or no):

1. one `Field` in `sections/purpose.py` or `sections/delivery.py`, at its place in the form, with its label, help and
   example, `printed_in` (or `not_printed` with the reason) and, for a text, `personal`;
2. one column of the same name in `masterplan/models/initiatives/initiative.py`: `max_length` is the field's limit, the
   choices are the same, and it may be blank (a year null, a yes or no with the default False);
3. `manage.py makemigrations masterplan`.

That is all. `manage.py check` (`masterplan/checks/fields.py`) names what is missing or does not fit. Editions frozen
before read the field as empty (`masterplan/editions/frozen.py`). A text of the sample goes under the field's key into
`masterplan/sample_data/`; without it the field is empty there, or has its example where it is required for sending.

A field of another kind is a table of its own and needs a reader, a writer and a place on the sheet besides.
"""

from .catalogue import CATALOGUE, FIELDS, SECTION_BY_KEY, SECTION_OF_FIELD, SECTIONS
from .columns import ASPECTS
from .field import SIMPLE, STORED_APART, TEXTS, Column, Content, Field, FormSection, Kind, SheetGroup
from .values import is_empty, normalise, texts_in

__all__ = [
    "ASPECTS",
    "CATALOGUE",
    "FIELDS",
    "SECTIONS",
    "SECTION_BY_KEY",
    "SECTION_OF_FIELD",
    "SIMPLE",
    "STORED_APART",
    "TEXTS",
    "Column",
    "Content",
    "Field",
    "FormSection",
    "Kind",
    "SheetGroup",
    "is_empty",
    "normalise",
    "texts_in",
]
