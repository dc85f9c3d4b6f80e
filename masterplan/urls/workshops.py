"""Addresses of the bimtek, below one regency."""

from django.urls import path

from masterplan.views import workshops

urlpatterns = [path("bimtek/", workshops.workshop_list, name="workshop_list")]
