"""Addresses of the initiatives pages, below one regency."""

from django.urls import path

from masterplan.views import initiative_autosave, initiative_forms, initiative_presence, initiative_steps, initiatives

urlpatterns = [
    path("inisiatif/", initiatives.initiative_list, name="initiative_list"),
    path("inisiatif/tambah/", initiative_forms.initiative_create, name="initiative_create"),
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
    path("inisiatif/<int:pk>/riwayat/", initiatives.initiative_history, name="initiative_history"),
]
