"""The form of one picture of a text: what it shows, for who sees it and for who does not, and where it is from."""

from collections.abc import Collection

from django import forms
from django.http import QueryDict

from masterplan.editing.forms.written import WrittenForm
from masterplan.models import PICTURE_ALT_LIMIT, PICTURE_CAPTION_LIMIT, PICTURE_SOURCE_LIMIT, SectionPicture
from masterplan.sections.actions.section_pictures import PICTURE
from smartcity.common.forms import LineField, TextField

# Shown beside the controls.
_EXAMPLES = {
    "caption": "Sebaran titik layanan publik menurut kecamatan",
    "alt": (
        "Peta 19 kecamatan. Titik layanan paling rapat di Ungaran Barat dan Ungaran Timur; empat kecamatan di selatan"
        " belum punya satu pun."
    ),
    "source": "Diskominfo, 2021",
}
_EMPTY = {
    "caption": "Keterangan masih kosong. Tulis apa yang ditunjukkan gambar ini dalam beberapa kata.",
    "alt": "Teks pengganti masih kosong. Tulis apa yang terlihat pada gambar ini dan apa artinya.",
}


class SectionPictureForm(WrittenForm):
    """Caption, alternative text and source. The first two are needed."""

    caption = LineField(
        label="Keterangan gambar",
        help_text="Dicetak di atas gambar sesudah nomornya, dan tertulis dalam daftar gambar.",
        limit=PICTURE_CAPTION_LIMIT,
        required=False,
    )
    alt = TextField(
        label="Teks pengganti",
        help_text=(
            "Dibacakan kepada pembaca yang tidak dapat melihat gambarnya. Tulis apa yang terlihat dan apa artinya dalam"
            " satu atau dua kalimat. Jangan mengulang keterangannya, dan tidak perlu dimulai dengan “Gambar”."
        ),
        limit=PICTURE_ALT_LIMIT,
        required=False,
    )
    source = LineField(
        label="Sumber",
        help_text="Dicetak di bawah gambar: pembuat atau dokumen asalnya, dan tahunnya.",
        limit=PICTURE_SOURCE_LIMIT,
        required=False,
    )

    def __init__(
        self, row: SectionPicture, data: QueryDict | None = None, *, only: Collection[str] | None = None
    ) -> None:
        super().__init__(row, data, initial=PICTURE.read(row), only=only)
        for name, field in self.fields.items():
            field.needed = name != "source"  # type: ignore[attr-defined]
            field.example = _EXAMPLES[name]  # type: ignore[attr-defined]

    def clean(self) -> None:
        """What is needed may not be emptied."""
        for name, sentence in _EMPTY.items():
            if name in self.data and name in self.cleaned_data and not self.cleaned_data[name]:
                self.add_error(name, forms.ValidationError(sentence))
