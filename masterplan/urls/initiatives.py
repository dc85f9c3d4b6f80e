"""Addresses of the initiatives pages, below one regency."""

from django.urls import path

from masterplan.views import (
    initiative_bulk,
    initiative_copy,
    initiative_forms,
    initiative_library,
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
    path("inisiatif/<int:pk>/", initiatives.initiative_detail, name="initiative_detail"),
    path("inisiatif/<int:pk>/isian/<slug:section>/", initiative_forms.initiative_edit, name="initiative_edit"),
    path("inisiatif/<int:pk>/periksa/", initiative_steps.initiative_check, name="initiative_check"),
    path(
        "inisiatif/<int:pk>/langkah/<slug:name>/", initiative_steps.initiative_transition, name="initiative_transition"
    ),
    path("inisiatif/<int:pk>/riwayat/", initiatives.initiative_history, name="initiative_history"),
]
