"""Addresses of the workshops pages, below one regency."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
