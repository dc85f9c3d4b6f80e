"""The form that takes a table of agencies, pasted or as a file."""

from copy import copy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from agencies.actions.import_preview import HEADS, MOST_ROWS, AgencyRow
from agencies.forms.agency_files import MOST_BYTES, table_of_file
from agencies.forms.agency_rows import read_table
from smartcity.common.formatting import format_size
from smartcity.common.forms import PortalForm, TextField

MOST_CHARACTERS = 100_000


class TableField(TextField):
    """A pasted table. An empty first cell is kept, so that the columns stay in place."""

    def to_python(self, value: Any) -> str:
        """The tidied text; raises Unreadable with the limit when it is too long."""
        text = value or ""
        leading = text[: len(text) - len(text.lstrip("\t;"))]
        return leading + super().to_python(text)


class AgencyImportForm(PortalForm):
    """A table, pasted or taken from a file; `cleaned_data["table"]` is the list of AgencyRow.

    `notes` are sentences about what of the table was not read.
    """

    file = forms.FileField(
        label="Berkas Excel",
        required=False,
        help_text=(
            f"Buku kerja (.xlsx) atau CSV, paling besar {format_size(MOST_BYTES)}. Isinya menggantikan "
            "tabel di bawah, lalu diperiksa dengan cara yang sama."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "empty": "Berkas ini kosong. Pilih berkas yang lain.",
            "invalid": "Berkas tidak ikut terkirim. Pilih lagi, lalu tekan Periksa.",
            "max_length": "Nama berkas ini terlalu panjang. Beri nama yang lebih pendek.",
        },
    )
    table = TableField(
        label="Tabel perangkat daerah",
        limit=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=(
            f"Satu baris satu perangkat daerah. Baris judul: {', '.join(HEADS.values())}; hanya Nama yang wajib. "
            "Nama saja, satu per baris, juga dapat."
        ),
        error_messages={"required": "Tabel masih kosong. Tempel tabelnya, atau pilih berkas Excel."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notes: list[str] = []

    def clean_file(self) -> None:
        """Replace the pasted table, which is validated next, by the table of the file."""
        file = self.cleaned_data["file"]
        if file is None:
            return
        found = table_of_file(file)
        data = copy(self.data)  # of a QueryDict, one that can be written to
        data[self.add_prefix("table")] = found.text  # type: ignore[index]
        self.data = data
        self.notes += found.notes

    def clean_table(self) -> list[AgencyRow]:
        """The rows; refuses a table without any, and one with too many."""
        table = read_table(self.cleaned_data["table"])
        self.notes += table.notes
        if not table.rows:
            raise ValidationError("Tidak ada nama perangkat daerah di tabel ini. Tempel sedikitnya satu baris nama.")
        if len(table.rows) > MOST_ROWS:
            raise ValidationError(
                f"Tabel ini {len(table.rows)} baris, batasnya {MOST_ROWS}. Bagi menjadi beberapa kali."
            )
        return table.rows

    def clean(self) -> None:
        """A refused file causes no second error about a missing table."""
        if "file" in self.errors:
            self.errors.pop("table", None)
