"""Addresses at which lists leave as Excel files, beside their pages."""

from django.urls import path

from masterplan.plans.views import lists_export

urlpatterns = [
    path("tim/excel/", lists_export.team_export, name="team_export"),
    path("perangkat-daerah/excel/", lists_export.agency_export, name="agency_export"),
    path("perangkat-daerah/impor/templat/", lists_export.agency_template, name="agency_template"),
    path("rpjmd/excel/", lists_export.development_plan_export, name="development_plan_export"),
]
