"""Pages of the master plan, all below one regency."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
