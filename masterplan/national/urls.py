"""Addresses of the desk of all regencies."""

from django.urls import path

from masterplan.national.views import desk

urlpatterns = [
    path("kementerian/", desk.national_desk, name="national_desk"),
    path("kementerian/peta/", desk.national_map, name="national_map"),
    path("kementerian/excel/", desk.national_export, name="national_export"),
    path("kementerian/tampilan/simpan/", desk.national_view_keep, name="national_view_keep"),
    path("kementerian/tampilan/<int:pk>/hapus/", desk.national_view_forget, name="national_view_forget"),
]
