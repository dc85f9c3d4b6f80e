"""Addresses of the plans pages, below one regency."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
