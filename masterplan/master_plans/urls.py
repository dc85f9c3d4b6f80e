"""Addresses of the master plans themselves, below one regency."""

from django.urls import path

from masterplan.master_plans import views as master_plans

urlpatterns = [
    path("rencana-induk/", master_plans.master_plan_list, name="master_plan_list"),
    path("rencana-induk/buka/", master_plans.master_plan_create, name="master_plan_create"),
    path("rencana-induk/<int:pk>/", master_plans.master_plan_edit, name="master_plan_edit"),
    path("rencana-induk/<int:pk>/lanjutkan/", master_plans.master_plan_resume, name="master_plan_resume"),
    path(
        "rencana-induk/<int:pk>/buka-pengisian/", master_plans.master_plan_open_filling, name="master_plan_open_filling"
    ),
]
