"""Addresses of progress after approval, below one regency."""

from django.urls import path

from masterplan.monitoring.views import progress, reports

urlpatterns = [
    path("kemajuan/", progress.progress_list, name="progress_list"),
    path("kemajuan/jadwal/", progress.progress_calendar, name="progress_calendar"),
    path("inisiatif/<int:pk>/kemajuan/", progress.progress_detail, name="progress_detail"),
    path("inisiatif/<int:pk>/kemajuan/<slug:quarter>/", reports.progress_edit, name="progress_edit"),
    path(
        "inisiatif/<int:pk>/kemajuan/<slug:quarter>/simpan/",
        reports.progress_autosave,
        name="progress_autosave",
    ),
    path("inisiatif/<int:pk>/kemajuan/<slug:quarter>/kirim/", reports.progress_deliver, name="progress_deliver"),
    path(
        "inisiatif/<int:pk>/kemajuan/<slug:quarter>/bukti/",
        reports.progress_evidence_list,
        name="progress_evidence_list",
    ),
    path("kemajuan/bukti/<int:pk>/hapus/", reports.progress_evidence_remove, name="progress_evidence_remove"),
    path(
        "kemajuan/bukti/<int:pk>/unduh/",
        reports.progress_evidence_download,
        name="progress_evidence_download",
    ),
]
