"""Addresses of the initiatives pages, below one regency."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
