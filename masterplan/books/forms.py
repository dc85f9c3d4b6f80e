"""The form that asks for the code of a book."""

from django import forms

from masterplan.models.document import CODE_GROUPS
from smartcity.common.codes import GROUP, read_code
from smartcity.common.forms import PortalForm, TextInput

_LETTERS = CODE_GROUPS * GROUP
# A whole address may be pasted; nobody types more than that.
_LONGEST = 300


class CodeForm(PortalForm):
    """A code as it is typed, also with its address or without its dashes."""

    kode = forms.CharField(
        label="Kode pemeriksaan",
        help_text="Tercetak pada sampul dan di kaki setiap halaman. Huruf kecil atau tanpa tanda hubung pun dapat.",
        max_length=_LONGEST,
        widget=TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={
            "required": "Tulis dulu kodenya, misalnya 7F3A-92CK-4MTX-8PDR.",
            "max_length": "Yang ditulis terlalu panjang untuk sebuah kode. Salin kodenya saja dari bukunya.",
        },
    )

    def clean_kode(self) -> str:
        """The code as it is printed."""
        code = read_code(self.cleaned_data["kode"], CODE_GROUPS)
        if not code:
            raise forms.ValidationError(
                f"Kode terdiri atas {_LETTERS} huruf dan angka, tanpa angka 0 dan 1 serta huruf I, L, O, dan U."
                " Cocokkan lagi dengan bukunya."
            )
        return code
