"""Addresses of a regency's first page and of the pages about all of it."""

from django.urls import path

from masterplan.views import home, overview

urlpatterns = [
    path("", home.regency_home, name="regency_home"),
    path("ikhtisar/", overview.regency_overview, name="regency_overview"),
]
