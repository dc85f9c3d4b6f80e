"""Addresses of editions, books and single sheets, below one regency."""

from django.urls import path

from masterplan.views import books

urlpatterns = [
    path("buku/", books.edition_list, name="edition_list"),
    path("buku/bekukan/", books.edition_create, name="edition_create"),
    path("buku/<int:number>/", books.edition_detail, name="edition_detail"),
    path("buku/<int:number>/langkah/<slug:name>/", books.edition_transition, name="edition_transition"),
    path("buku/<int:number>/susun/<slug:book>/", books.book_request, name="book_request"),
    path("buku/pekerjaan/<int:pk>/", books.book_progress, name="book_progress"),
    path("buku/pekerjaan/<int:pk>/batal/", books.book_cancel, name="book_cancel"),
    path("buku/pekerjaan/<int:pk>/unduh/", books.book_download, name="book_download"),
    path("inisiatif/<int:pk>/lembar/", books.sheet_preview, name="sheet_preview"),
    path("lembar/<int:pk>/unduh/", books.sheet_download, name="sheet_download"),
]
