"""The form of one place of the books: its title, its text, its state and its writer."""

from collections.abc import Collection, Iterable

from django import forms
from django.http import QueryDict

from masterplan.books.section_kinds import has_text, opens_chapter
from masterplan.editing.forms.written import WrittenForm
from masterplan.models import LEAD_LIMIT, SECTION_LIMIT, SECTION_TITLE_LIMIT, Section
from masterplan.reference import WritingState
from masterplan.sections.actions.sections import SECTION, agencies_to_name, writers_to_name
from smartcity.common.forms import LineField, RichField, TextField
from smartcity.common.numbers import format_number


class BookSectionForm(WrittenForm):
    """A chapter asks for the lead of its opener, every other place for its text."""

    title = LineField(label="Judul", help_text="Tertulis dalam daftar isi.", limit=SECTION_TITLE_LIMIT, required=False)
    lead = TextField(
        label="Pengantar pembuka bab",
        help_text="Satu atau dua kalimat pada halaman pembuka bab, paling banyak 50 kata.",
        limit=LEAD_LIMIT,
        required=False,
    )
    body = RichField(
        label="Naskah",
        help_text=(
            f"Baris kosong memisahkan paragraf. Ketik @ untuk merujuk inisiatif, program, atau bagian lain. Paling"
            f" banyak {format_number(SECTION_LIMIT)} karakter."
        ),
        limit=SECTION_LIMIT,
        required=False,
    )
    writing_state = forms.ChoiceField(
        label="Keadaan naskah", choices=WritingState.choices, required=False, widget=forms.RadioSelect
    )
    owner_agency = forms.TypedChoiceField(
        label="Perangkat daerah penanggung jawab", required=False, coerce=int, empty_value=None
    )
    responsible = forms.TypedChoiceField(label="Ditulis oleh", required=False, coerce=int, empty_value=None)

    def __init__(self, row: Section, data: QueryDict | None = None, *, only: Collection[str] | None = None) -> None:
        super().__init__(row, data, initial=SECTION.read(row), only=only)
        self.fields.pop("lead" if has_text(row) else "body", None)
        if not opens_chapter(row):
            self.fields.pop("lead", None)
        for name, field in self.fields.items():
            field.needed = name not in ("owner_agency", "responsible")  # type: ignore[attr-defined]
        if body := self.fields.get("body"):
            body.widget.attrs |= {"rows": 18, "data-references": ""}
            body.example = "Tujuan rencana ini adalah:\n\n1. Mempercepat layanan.\n2. Membuka data."  # type: ignore[attr-defined]
        self._offer("owner_agency", ((each.pk, each.name) for each in agencies_to_name(row.master_plan)))
        self._offer("responsible", ((each.pk, each.name) for each in writers_to_name(row.master_plan)))

    def _offer(self, name: str, rows: Iterable[tuple[int, str]]) -> None:
        if field := self.fields.get(name):
            field.choices = [("", "Belum ditentukan"), *((str(pk), label) for pk, label in rows)]  # type: ignore[attr-defined]
