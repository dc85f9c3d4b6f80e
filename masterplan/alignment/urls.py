"""Addresses of the alignment pages, below one regency."""

from django.urls import path

from masterplan.alignment.views import carry_over, export, flow, gaps, inspection, link_decisions, links, matrix

urlpatterns = [
    path("keselarasan/", matrix.alignment_matrix, name="alignment_matrix"),
    path("keselarasan/putuskan/", link_decisions.alignment_decide, name="alignment_decide"),
    path("keselarasan/alur/", flow.alignment_flow, name="alignment_flow"),
    path("keselarasan/excel/", export.alignment_export, name="alignment_export"),
    path("keselarasan/kosong/", gaps.alignment_gaps, name="alignment_gaps"),
    path("keselarasan/pemeriksaan/", inspection.inspection_list, name="inspection_list"),
    path("keselarasan/pemeriksaan/<slug:code>/<int:subject>/", inspection.finding_set_aside, name="finding_set_aside"),
    path("keselarasan/peralihan/", carry_over.carry_over_map, name="carry_over_map"),
    path("keselarasan/peralihan/tautan/", carry_over.carry_over_walk, name="carry_over_walk"),
    path("inisiatif/<int:pk>/tanpa-program/", matrix.alignment_waive, name="alignment_waive"),
    path("inisiatif/<int:pk>/tautan/tambah/", links.link_propose, name="link_propose"),
    path("tautan/<int:pk>/", links.link_decide, name="link_decide"),
    path("tautan/<int:pk>/tarik/", links.link_withdraw, name="link_withdraw"),
]
