"""Forms about editions: freezing one, and moving it along."""

from django import forms

from masterplan.actions.documents import LABEL_LIMIT
from masterplan.reference import EditionScope
from smartcity.common.forms import LineField, PortalForm, TextField

COMMENT_LIMIT = 2000


class EditionForm(PortalForm):
    """What the new edition is for, and which initiatives it holds."""

    label = LineField(
        label="Keterangan edisi",
        limit=LABEL_LIMIT,
        required=False,
        help_text="Untuk apa edisi ini dibekukan. Tercetak di halaman keterangan buku.",
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
