"""Addresses of the home pages, below one regency."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
