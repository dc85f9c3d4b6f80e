"""Addresses of the development plans and their nodes, below one regency."""

from django.urls import path

from masterplan.plans.importing.views import corrections, imports
from masterplan.plans.views import plan_elements, plan_periods, plans

urlpatterns = [
    path("rpjmd/", plans.development_plan_list, name="development_plan_list"),
    path("rpjmd/banding/", plans.development_plan_compare, name="development_plan_compare"),
    path("rpjmd/tambah/", imports.development_plan_create, name="development_plan_create"),
    path("rpjmd/<int:pk>/", plans.development_plan_detail, name="development_plan_detail"),
    path("rpjmd/<int:pk>/pendahulu/", plan_periods.development_plan_predecessor, name="development_plan_predecessor"),
    path("rpjmd/<int:plan_pk>/unsur/tambah/", plan_elements.plan_element_create, name="plan_element_create"),
    path("rpjmd/unsur/<int:pk>/", plan_elements.plan_element_edit, name="plan_element_edit"),
    path("rpjmd/unsur/<int:pk>/hapus/", plan_elements.plan_element_delete, name="plan_element_delete"),
    path("rpjmd/<int:pk>/excel/", imports.development_plan_workbook, name="development_plan_workbook"),
    path("rpjmd/<int:pk>/impor/", imports.plan_import_create, name="plan_import_create"),
    path("rpjmd/impor/<int:pk>/", imports.plan_import_detail, name="plan_import_detail"),
    path("rpjmd/impor/<int:pk>/kolom/", imports.plan_import_map, name="plan_import_map"),
    path("rpjmd/impor/<int:pk>/jawab/", imports.plan_import_answer, name="plan_import_answer"),
    path(
        "rpjmd/impor/<int:pk>/baris/<int:table>/<int:row>/<int:column>/",
        corrections.plan_import_correct,
        name="plan_import_correct",
    ),
    path("rpjmd/impor/<int:pk>/simpan/", imports.plan_import_confirm, name="plan_import_confirm"),
]
