"""Addresses of editions, books and single sheets, below one regency."""

from django.urls import path

from masterplan.books.views import books, edition_comparison, editions, formats

urlpatterns = [
    path("buku/", editions.edition_list, name="edition_list"),
    path("buku/bekukan/", editions.edition_create, name="edition_create"),
    path("buku/bandingkan/", edition_comparison.edition_compare_choice, name="edition_compare_choice"),
    path("buku/bandingkan/<int:before>/<int:after>/", edition_comparison.edition_compare, name="edition_compare"),
    path("buku/<int:number>/", editions.edition_detail, name="edition_detail"),
    path("buku/<int:number>/dibaca/", editions.edition_read, name="edition_read"),
    path("buku/<int:number>/langkah/<slug:name>/", editions.edition_transition, name="edition_transition"),
    path("buku/<int:number>/susun/<slug:book>/", books.book_request, name="book_request"),
    path("buku/<int:number>/bentuk/<slug:format>/", formats.format_request, name="format_request"),
    path("buku/<int:number>/bab/<slug:book>/", formats.book_chapters, name="book_chapters"),
    path("buku/pekerjaan/<int:pk>/", books.book_progress, name="book_progress"),
    path("buku/pekerjaan/<int:pk>/batal/", books.book_cancel, name="book_cancel"),
    path("buku/pekerjaan/<int:pk>/unduh/", books.book_download, name="book_download"),
    path("inisiatif/<int:pk>/lembar/", books.sheet_preview, name="sheet_preview"),
    path("lembar/<int:pk>/unduh/", books.sheet_download, name="sheet_download"),
]
