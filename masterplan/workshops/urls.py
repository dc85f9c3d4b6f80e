"""Addresses of the bimtek below one regency, and the public attendance page."""

from django.urls import path

from masterplan.workshops.views import attendance, calendar, closing, materials, page, papers, parts, workshops

_STAGE = "bimtek/<int:pk>/"
_MATERIAL = "bimtek/materi/<int:pk>/"
_ATTENDEE = "bimtek/peserta/<int:pk>/"

urlpatterns = [
    path("bimtek/", workshops.workshop_list, name="workshop_list"),
    path("bimtek/kalender.ics", calendar.workshop_round_calendar, name="workshop_round_calendar"),
    path("bimtek/mulai/", workshops.workshop_begin, name="workshop_begin"),
    path("bimtek/tambah/", workshops.workshop_create, name="workshop_create"),
    path(_STAGE, page.workshop_detail, name="workshop_detail"),
    path(f"{_STAGE}ubah/", parts.workshop_edit, name="workshop_edit"),
    path(f"{_STAGE}pindah/", workshops.workshop_move, name="workshop_move"),
    path(f"{_STAGE}hapus/", workshops.workshop_remove, name="workshop_remove"),
    path(f"{_STAGE}agenda/", parts.workshop_agenda, name="workshop_agenda"),
    path(f"{_STAGE}hasil/", parts.workshop_outputs, name="workshop_outputs"),
    path(f"{_STAGE}notulen/", parts.workshop_minutes, name="workshop_minutes"),
    path(f"{_STAGE}kehadiran/", page.workshop_attendance, name="workshop_attendance"),
    path("bimtek/hasil/<int:pk>/tandai/", page.workshop_output_tick, name="workshop_output_tick"),
    path(f"{_STAGE}materi/", materials.workshop_material_add, name="workshop_material_add"),
    path(f"{_MATERIAL}unduh/", materials.workshop_material_download, name="workshop_material_download"),
    path(f"{_MATERIAL}hapus/", materials.workshop_material_remove, name="workshop_material_remove"),
    path(f"{_STAGE}kalender.ics", calendar.workshop_calendar, name="workshop_calendar"),
    path(f"{_STAGE}daftar-hadir/", attendance.workshop_attendance_list, name="workshop_attendance_list"),
    path(f"{_STAGE}daftar-hadir/buka/", attendance.workshop_attendance_open, name="workshop_attendance_open"),
    path(f"{_STAGE}daftar-hadir/lupakan/", attendance.workshop_attendee_forget, name="workshop_attendee_forget"),
    path("bimtek/layar/<int:pk>/", attendance.workshop_projector, name="workshop_projector"),
    path(_ATTENDEE, attendance.workshop_attendee_edit, name="workshop_attendee_edit"),
    path(f"{_ATTENDEE}hapus/", attendance.workshop_attendee_remove, name="workshop_attendee_remove"),
    path(f"{_STAGE}cetak/<str:paper>/", papers.workshop_paper, name="workshop_paper"),
    path(f"{_STAGE}cetak/<str:paper>/unduh/", papers.workshop_paper_download, name="workshop_paper_download"),
    path(f"{_STAGE}tutup/", closing.workshop_close, name="workshop_close"),
    path(f"{_STAGE}buka-lagi/", closing.workshop_reopen, name="workshop_reopen"),
]

public = [path("hadir/<str:code>/", attendance.attendance, name="attendance")]
