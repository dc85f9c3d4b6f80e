"""Forms about editions: freezing one, and moving it along."""

from typing import Any

from django import forms
from django.utils import timezone

from masterplan.editions.actions import LABEL_LIMIT, AdoptionDecree, obstacle_in_date
from masterplan.models import COMMENT_LIMIT, DECREE_LIMIT, REASON_LIMIT, Snapshot
from masterplan.reference import EditionScope
from smartcity.common.dates import parse_date
from smartcity.common.forms import DayField, LineField, PortalForm, TextField
from smartcity.common.reading import Unreadable


class EditionForm(PortalForm):
    """What the new edition is for and why it is frozen now, and which initiatives it holds."""

    label = LineField(
        label="Keterangan edisi",
        limit=LABEL_LIMIT,
        required=False,
        help_text="Untuk apa edisi ini dibekukan. Tercetak di halaman keterangan buku.",
    )
    reason = TextField(
        label="Alasan membekukan sekarang",
        limit=REASON_LIMIT,
        required=False,
        help_text="Apa yang terjadi sehingga edisi baru diperlukan. Terbaca di halaman edisi, tidak tercetak.",
    )
    scope = forms.ChoiceField(
        label="Inisiatif yang dimuat",
        choices=EditionScope.choices,
        initial=EditionScope.SUBMITTED,
        widget=forms.RadioSelect,
        help_text="Edisi yang akan ditetapkan hanya boleh memuat inisiatif yang sudah disetujui.",
    )


class EditionCommentForm(PortalForm):
    """A remark kept with the change of state."""

    comment = TextField(label="Catatan", limit=COMMENT_LIMIT, required=False, help_text="Tersimpan di riwayat edisi.")

    def __init__(self, data: Any = None, *, edition: Snapshot) -> None:
        super().__init__(data)
        self.edition = edition

    def decree(self) -> AdoptionDecree | None:
        """The decree this step needs, if it needs one."""
        return None


class UnlockForm(EditionCommentForm):
    """Why a locked plan is opened again."""

    def __init__(self, data: Any = None, *, edition: Snapshot) -> None:
        super().__init__(data, edition=edition)
        field = self.fields["comment"]
        field.label, field.required = "Alasan membuka kunci", True
        field.help_text = "Terbaca di riwayat edisi oleh semua yang dapat membuka halaman buku."
        field.example = "Perubahan RPJMD 2024 menambah dua program."  # type: ignore[attr-defined]
        field.error_messages["required"] = "Tulis alasannya: mengapa rencana induk dibuka lagi."


class AdoptForm(EditionCommentForm):
    """The decree that adopts an edition. Whether it is meant to be older than the edition is asked where it is."""

    decree_number = LineField(
        label="Keputusan yang menetapkan",
        limit=DECREE_LIMIT,
        help_text="Nama dan nomor peraturan atau keputusan, seperti tertulis di kepalanya. Tercetak di sampul buku.",
        error_messages={"required": "Tulis nama dan nomor keputusan yang menetapkan edisi ini."},
    )
    decree_date = DayField(
        label="Tanggal keputusan",
        help_text="Tanggal keputusan ditetapkan.",
        error_messages={"required": "Tulis tanggal keputusan, misalnya 20 September 2021."},
    )
    is_earlier = forms.BooleanField(
        label="Keputusan ini memang sudah terbit sebelum isian dibekukan",
        required=False,
        help_text="Untuk rencana yang lebih dulu ditetapkan di atas kertas, lalu dimasukkan ke portal.",
    )
    field_order = ("decree_number", "decree_date", "is_earlier", "comment")

    def __init__(self, data: Any = None, *, edition: Snapshot) -> None:
        super().__init__(data, edition=edition)
        self.fields["decree_number"].example = "Keputusan Bupati Nomor 050/0412 Tahun 2021"  # type: ignore[attr-defined]
        self.fields["decree_date"].example = "20 September 2021"  # type: ignore[attr-defined]
        if not self._is_earlier():
            del self.fields["is_earlier"]

    def _is_earlier(self) -> bool:
        """Whether the day that was sent comes before the edition."""
        try:
            day = parse_date(self.data.get("decree_date") or "")
        except Unreadable:
            return False
        return day is not None and day < timezone.localdate(self.edition.taken_at)

    def clean(self) -> dict[str, Any]:
        """The day of the decree must fit the edition."""
        data = super().clean() or {}
        decree = self.decree()
        if decree and (sentence := obstacle_in_date(self.edition, decree)):
            self.add_error("decree_date", sentence)
        return data

    def decree(self) -> AdoptionDecree | None:
        """What was written, None while something of it is missing."""
        data = self.cleaned_data
        if not data.get("decree_number") or not data.get("decree_date"):
            return None
        return AdoptionDecree(data["decree_number"], data["decree_date"], data.get("is_earlier", False))
