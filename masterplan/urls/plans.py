"""Addresses of the development plans and their nodes, below one regency."""

from django.urls import path

from masterplan.views import plan_elements, plans

urlpatterns = [
    path("rpjmd/", plans.development_plan_list, name="development_plan_list"),
    path("rpjmd/banding/", plans.development_plan_compare, name="development_plan_compare"),
    path("rpjmd/<int:pk>/", plans.development_plan_detail, name="development_plan_detail"),
    path("rpjmd/<int:plan_pk>/unsur/tambah/", plan_elements.plan_element_create, name="plan_element_create"),
    path("rpjmd/unsur/<int:pk>/", plan_elements.plan_element_edit, name="plan_element_edit"),
    path("rpjmd/unsur/<int:pk>/hapus/", plan_elements.plan_element_delete, name="plan_element_delete"),
]
