"""Addresses of the sections pages, below one regency."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
