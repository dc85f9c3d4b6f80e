"""Addresses of the initiatives pages, below one regency."""

from django.urls import path

from masterplan.initiatives.views import (
    autosave,
    behalf,
    bulk,
    copy,
    edit,
    evidence,
    evidence_uploads,
    history,
    initiatives,
    library,
    next_correction,
    presence,
)

urlpatterns = [
    path("inisiatif/", initiatives.initiative_list, name="initiative_list"),
    path("inisiatif/tambah/", edit.initiative_create, name="initiative_create"),
    path("inisiatif/contoh/", library.initiative_library, name="initiative_library"),
    path("inisiatif/contoh/<slug:key>/", library.model_detail, name="model_detail"),
    path("inisiatif/contoh/<slug:key>/mulai/", library.model_use, name="model_use"),
    path("inisiatif/salin/", copy.initiative_copy, name="initiative_copy"),
    path("inisiatif/salin/<int:pk>/", copy.initiative_copy_from, name="initiative_copy_from"),
    path("inisiatif/ubah-beberapa/", bulk.initiative_bulk_edit, name="initiative_bulk_edit"),
    path("inisiatif/<int:pk>/", initiatives.initiative_detail, name="initiative_detail"),
    path("inisiatif/<int:pk>/isian/<slug:section>/", edit.initiative_edit, name="initiative_edit"),
    path(
        "inisiatif/<int:pk>/isian/<slug:section>/simpan/",
        autosave.initiative_autosave,
        name="initiative_autosave",
    ),
    path("inisiatif/<int:pk>/kehadiran/", presence.initiative_presence, name="initiative_presence"),
    path("inisiatif/<int:pk>/perbaiki/", next_correction.initiative_next_correction, name="initiative_next_correction"),
    path("inisiatif/<int:pk>/atas-nama/", behalf.initiative_confirm, name="initiative_confirm"),
    path("inisiatif/<int:pk>/riwayat/", history.initiative_history, name="initiative_history"),
    path(
        "inisiatif/<int:pk>/riwayat/<int:version>/<slug:field>/",
        history.initiative_restore,
        name="initiative_restore",
    ),
    path("inisiatif/<int:pk>/bukti/tambah/", evidence_uploads.evidence_add, name="evidence_add"),
    path("inisiatif/<int:pk>/bukti/unggah/", evidence_uploads.evidence_upload, name="evidence_upload"),
    path("bukti/<int:pk>/ubah/", evidence.evidence_edit, name="evidence_edit"),
    path("bukti/<int:pk>/pindah/", evidence.evidence_move, name="evidence_move"),
    path("bukti/<int:pk>/hapus/", evidence.evidence_remove, name="evidence_remove"),
    path("bukti/<int:pk>/unduh/", evidence.evidence_download, name="evidence_download"),
    path("bukti/<int:pk>/gambar-kecil/", evidence.evidence_thumbnail, name="evidence_thumbnail"),
]
