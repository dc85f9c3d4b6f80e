"""Address of a regency's first page."""

from django.urls import path

from masterplan.views import home

urlpatterns = [path("", home.regency_home, name="regency_home")]
