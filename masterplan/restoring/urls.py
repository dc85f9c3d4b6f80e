"""Addresses of the record of a written row, below one regency."""

from django.urls import path

from masterplan.restoring import views

urlpatterns = [
    path("naskah/riwayat/<slug:kind>/<int:pk>/", views.written_history, name="written_history"),
    path(
        "naskah/riwayat/<slug:kind>/<int:pk>/<int:version>/<slug:key>/",
        views.written_restore,
        name="written_restore",
    ),
]
