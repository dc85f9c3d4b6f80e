"""Addresses of the reviews pages, below one regency."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
