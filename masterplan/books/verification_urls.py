"""Addresses of the public pages about issued books; the second one is printed in them and must stay."""

from django.urls import path

from masterplan.books.views import verification

urlpatterns = [
    path("verifikasi/", verification.verification, name="verification"),
    path("verifikasi/<str:code>/", verification.verification_detail, name="verification_detail"),
]
