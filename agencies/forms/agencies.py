"""The form of an agency: names, kind, and the days on which it begins and ends."""

from typing import Any

from django import forms
from django.forms.models import model_to_dict

from agencies.actions.agencies import COLUMNS
from agencies.forms.team import AgencyChoiceField
from agencies.models import Agency, AgencyKind, Regency
from smartcity.common.forms import DayField, LineField, PortalForm, TextField

NAME_LIMIT = 160
SHORT_NAME_LIMIT = 40
CODE_LIMIT = 40


class AgencyForm(PortalForm):
    """The present and former names of an agency, its place and its dates."""

    name = LineField(
        label="Nama", limit=NAME_LIMIT, help_text="Nama lengkap menurut peraturan daerah; tercetak di buku."
    )
    short_name = LineField(label="Singkatan", limit=SHORT_NAME_LIMIT, help_text="Dipakai di tabel.")
    kind = forms.ChoiceField(label="Jenis", choices=[("", "Pilih satu"), *AgencyKind.choices])
    code = LineField(
        label="Kode unit", limit=CODE_LIMIT, required=False, help_text="Kode resmi perangkat daerah, bila ada."
    )
    parent = AgencyChoiceField(
        label="Unit induk",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="Tidak ada",
        help_text="Pilih bila unit ini berada di bawah unit lain, misalnya UPTD di bawah dinas.",
    )
    order = forms.IntegerField(
        label="Urutan",
        min_value=0,
        max_value=9999,
        required=False,
        help_text="Tempatnya dalam daftar, dari yang terkecil. Boleh kosong: ditaruh sesudah yang terakhir.",
        error_messages={"invalid": "Tulis angka bulat, misalnya 12.", "max_value": "Tulis angka sampai 9999."},
        widget=forms.TextInput(attrs={"class": "num w-8", "inputmode": "numeric", "autocomplete": "off"}),
    )
    aliases = TextField(
        label="Nama lain",
        limit=1000,
        required=False,
        help_text="Satu nama per baris. Nama lama tersimpan di sini dengan sendirinya bila nama diganti.",
    )
    valid_from = DayField(label="Berlaku sejak", required=False)
    valid_to = DayField(
        label="Berlaku sampai",
        required=False,
        help_text="Isi bila perangkat daerah ini dibubarkan atau digabung. Inisiatif dan anggotanya tidak berpindah.",
    )
    successor = AgencyChoiceField(
        label="Pengganti", queryset=Agency.objects.none(), required=False, empty_label="Tidak ada pengganti"
    )

    name.example = "Dinas Pariwisata"  # type: ignore[attr-defined]
    short_name.example = "DINPAR"  # type: ignore[attr-defined]
    valid_to.example = "31 Desember 2026"  # type: ignore[attr-defined]

    def __init__(self, *args: Any, regency: Regency, agency: Agency | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = regency.agencies.exclude(pk=agency.pk) if agency else regency.agencies.all()
        for name in ("parent", "successor"):
            self.fields[name].queryset = others  # type: ignore[attr-defined]

    @classmethod
    def of(cls, agency: Agency, data: Any = None) -> "AgencyForm":
        """The form filled in from the agency."""
        initial = model_to_dict(agency, fields=COLUMNS) | {"aliases": "\n".join(agency.aliases)}
        return cls(data, initial=initial, regency=agency.regency, agency=agency)

    def clean_aliases(self) -> list[str]:
        """One name a line."""
        return [line.strip() for line in self.cleaned_data["aliases"].splitlines() if line.strip()]
