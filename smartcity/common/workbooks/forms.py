"""The upload of a workbook. What is in the file is looked at later, by a worker; here only whether it can be one."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from smartcity.common.formatting import format_number, format_size
from smartcity.common.forms import PortalForm
from smartcity.common.workbooks.limits import MOST_BYTES

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MEGABYTE = 1024 * 1024
_MOST = format_size(MOST_BYTES)


class WorkbookForm(PortalForm):
    """One file."""

    file = forms.FileField(
        label="Berkas Excel",
        help_text=f"Buku kerja (.xlsx) yang diunduh dari portal dan sudah diisi, paling besar {_MOST}.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": "Pilih dulu berkasnya.",
            "missing": "Pilih dulu berkasnya.",
            "empty": "Berkas ini kosong. Pilih berkas yang lain.",
            "invalid": "Berkas tidak ikut terkirim. Pilih lagi, lalu unggah.",
            "max_length": "Nama berkas ini terlalu panjang. Beri nama yang lebih pendek.",
        },
        allow_empty_file=False,
    )

    def clean_file(self) -> "UploadedFile[Any]":
        """Refuse at once what needs no worker to be refused."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        size = file.size or 0
        if size > MOST_BYTES:
            said = format_number(max(size // _MEGABYTE, 11))
            raise forms.ValidationError(
                f"Berkas ini {said} MB, batasnya {_MOST}. Unduh per perangkat daerah, lalu unggah satu per satu."
            )
        head = file.read(4)
        file.seek(0)
        if head == _OLE:
            raise forms.ValidationError(
                "Berkas ini dilindungi kata sandi atau berformat lama (.xls). Simpan ulang sebagai .xlsx tanpa sandi."
            )
        if head != _ZIP:
            raise forms.ValidationError(
                "Berkas ini bukan buku kerja Excel (.xlsx). Buka di Excel atau LibreOffice, lalu simpan sebagai .xlsx."
            )
        return file
