"""Addresses of the alignment pages, below one regency."""

from django.urls import path

from masterplan.views import alignment, links

urlpatterns = [
    path("keselarasan/", alignment.alignment_matrix, name="alignment_matrix"),
    path("inisiatif/<int:pk>/tanpa-program/", alignment.alignment_waive, name="alignment_waive"),
    path("inisiatif/<int:pk>/tautan/tambah/", links.link_propose, name="link_propose"),
    path("tautan/<int:pk>/", links.link_decide, name="link_decide"),
    path("tautan/<int:pk>/tarik/", links.link_withdraw, name="link_withdraw"),
]
