"""Addresses of the narrative sections, below one regency."""

from django.urls import path

from masterplan.views import sections

urlpatterns = [
    path("naskah/", sections.section_list, name="section_list"),
    path("naskah/isi-bawaan/", sections.section_prefill, name="section_prefill"),
    path("naskah/<int:pk>/", sections.section_edit, name="section_edit"),
]
