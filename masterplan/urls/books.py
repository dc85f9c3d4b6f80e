"""Addresses of the books pages, below one regency."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
