"""Addresses of the alignment pages, below one regency."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
