"""Addresses of the analyses of Buku 1, below one regency."""

from django.urls import path

from masterplan.analyses.views import analyses, gaps, readiness, swot

urlpatterns = [
    path("analisis/", analyses.analysis_list, name="analysis_list"),
    path("analisis/kesiapan/", readiness.readiness_list, name="readiness_list"),
    path("analisis/kesiapan/skala/", readiness.readiness_scale, name="readiness_scale"),
    path("analisis/kesiapan/<slug:cell>/", readiness.readiness_edit, name="readiness_edit"),
    path("analisis/kesiapan/<slug:cell>/simpan/", readiness.readiness_autosave, name="readiness_autosave"),
    path("analisis/kesenjangan/", gaps.gap_list, name="gap_list"),
    path("analisis/kesenjangan/tambah/", gaps.gap_create, name="gap_create"),
    path("analisis/kesenjangan/<int:pk>/", gaps.gap_edit, name="gap_edit"),
    path("analisis/kesenjangan/<int:pk>/simpan/", gaps.gap_autosave, name="gap_autosave"),
    path("analisis/kesenjangan/<int:pk>/pindah/", gaps.gap_move, name="gap_move"),
    path("analisis/kesenjangan/<int:pk>/hapus/", gaps.gap_remove, name="gap_remove"),
    path("analisis/swot/", swot.swot_list, name="swot_list"),
    path("analisis/swot/butir/tambah/<slug:kind>/", swot.swot_item_create, name="swot_item_create"),
    path("analisis/swot/butir/<int:pk>/", swot.swot_item_edit, name="swot_item_edit"),
    path("analisis/swot/butir/<int:pk>/simpan/", swot.swot_item_autosave, name="swot_item_autosave"),
    path("analisis/swot/butir/<int:pk>/pindah/", swot.swot_item_move, name="swot_item_move"),
    path("analisis/swot/butir/<int:pk>/hapus/", swot.swot_item_remove, name="swot_item_remove"),
    path("analisis/swot/strategi/tambah/<slug:kind>/", swot.swot_strategy_create, name="swot_strategy_create"),
    path("analisis/swot/strategi/<int:pk>/", swot.swot_strategy_edit, name="swot_strategy_edit"),
    path("analisis/swot/strategi/<int:pk>/simpan/", swot.swot_strategy_autosave, name="swot_strategy_autosave"),
    path("analisis/swot/strategi/<int:pk>/pindah/", swot.swot_strategy_move, name="swot_strategy_move"),
    path("analisis/swot/strategi/<int:pk>/hapus/", swot.swot_strategy_remove, name="swot_strategy_remove"),
]
