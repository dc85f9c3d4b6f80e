"""Addresses of the initiatives pages, below one regency."""

from django.urls import path

from masterplan.views import (
    evidence,
    evidence_uploads,
    initiative_autosave,
    initiative_behalf,
    initiative_bulk,
    initiative_copy,
    initiative_desk,
    initiative_forms,
    initiative_history,
    initiative_library,
    initiative_mend,
    initiative_presence,
    initiative_steps,
    initiatives,
)

urlpatterns = [
    path("inisiatif/", initiatives.initiative_list, name="initiative_list"),
    path("inisiatif/tambah/", initiative_forms.initiative_create, name="initiative_create"),
    path("inisiatif/contoh/", initiative_library.initiative_library, name="initiative_library"),
    path("inisiatif/contoh/<slug:key>/", initiative_library.model_detail, name="model_detail"),
    path("inisiatif/contoh/<slug:key>/mulai/", initiative_library.model_use, name="model_use"),
    path("inisiatif/salin/", initiative_copy.initiative_copy, name="initiative_copy"),
    path("inisiatif/salin/<int:pk>/", initiative_copy.initiative_copy_from, name="initiative_copy_from"),
    path("inisiatif/ubah-beberapa/", initiative_bulk.initiative_bulk_edit, name="initiative_bulk_edit"),
    path("inisiatif/tindak-beberapa/", initiative_desk.initiative_desk, name="initiative_desk"),
    path("inisiatif/<int:pk>/", initiatives.initiative_detail, name="initiative_detail"),
    path("inisiatif/<int:pk>/isian/<slug:section>/", initiative_forms.initiative_edit, name="initiative_edit"),
    path(
        "inisiatif/<int:pk>/isian/<slug:section>/simpan/",
        initiative_autosave.initiative_autosave,
        name="initiative_autosave",
    ),
    path("inisiatif/<int:pk>/kehadiran/", initiative_presence.initiative_presence, name="initiative_presence"),
    path("inisiatif/<int:pk>/periksa/", initiative_steps.initiative_check, name="initiative_check"),
    path(
        "inisiatif/<int:pk>/langkah/<slug:name>/", initiative_steps.initiative_transition, name="initiative_transition"
    ),
    path("inisiatif/<int:pk>/perbaiki/", initiative_mend.initiative_mend, name="initiative_mend"),
    path("inisiatif/<int:pk>/atas-nama/", initiative_behalf.initiative_confirm, name="initiative_confirm"),
    path("inisiatif/<int:pk>/riwayat/", initiative_history.initiative_history, name="initiative_history"),
    path(
        "inisiatif/<int:pk>/riwayat/<int:version>/<slug:field>/",
        initiative_history.initiative_restore,
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
