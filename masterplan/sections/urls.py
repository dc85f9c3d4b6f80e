"""Addresses of the texts of the books and of their outline, below one regency."""

from django.urls import path

from masterplan.sections.views import outline, outline_preview, reading, section_pictures, sections

urlpatterns = [
    path("naskah/", sections.section_list, name="section_list"),
    path("naskah/isi-bawaan/", sections.section_prefill, name="section_prefill"),
    path("naskah/rujukan/", sections.section_references, name="section_references"),
    path("naskah/<int:pk>/", sections.section_edit, name="section_edit"),
    path("naskah/<int:pk>/baca/", reading.section_detail, name="section_detail"),
    path("naskah/<int:pk>/simpan/", sections.section_autosave, name="section_autosave"),
    path("naskah/susunan/<slug:book>/", outline.outline_edit, name="outline_edit"),
    path("naskah/susunan/<slug:book>/pratinjau/", outline_preview.outline_preview, name="outline_preview"),
    path("naskah/<int:pk>/pindah/", outline.outline_move, name="outline_move"),
    path("naskah/<int:pk>/muat/", outline.outline_include, name="outline_include"),
    path("naskah/<int:pk>/bab-lain/", outline.outline_relocate, name="outline_relocate"),
    path("naskah/<int:pk>/hapus/", outline.outline_remove, name="outline_remove"),
    path("naskah/<int:pk>/gambar/", section_pictures.section_picture_list, name="section_picture_list"),
    path("naskah/gambar/<int:pk>/", section_pictures.section_picture_edit, name="section_picture_edit"),
    path("naskah/gambar/<int:pk>/simpan/", section_pictures.section_picture_autosave, name="section_picture_autosave"),
    path("naskah/gambar/<int:pk>/pindah/", section_pictures.section_picture_move, name="section_picture_move"),
    path("naskah/gambar/<int:pk>/hapus/", section_pictures.section_picture_remove, name="section_picture_remove"),
    path("naskah/gambar/<int:pk>/unduh/", section_pictures.section_picture_download, name="section_picture_download"),
    path("naskah/gambar/<int:pk>/kecil/", section_pictures.section_picture_thumbnail, name="section_picture_thumbnail"),
]
