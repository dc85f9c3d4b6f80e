"""Addresses of people and agencies, their news, the first page, the guide, and the operator's pages."""

from django.urls import include, path

from agencies.views import agencies, agency_import, home, identity, invitations, notices, operator, setup, team

_inside = [
    path("tim/", team.team_list, name="team_list"),
    path("tim/undang/", invitations.invitation_create, name="invitation_create"),
    path("tim/undangan/<int:pk>/", invitations.invitation_detail, name="invitation_detail"),
    path("tim/undangan/<int:pk>/batalkan/", invitations.invitation_revoke, name="invitation_revoke"),
    path("tim/<int:pk>/", team.membership_edit, name="membership_edit"),
    path("tim/<int:pk>/nonaktifkan/", team.membership_suspend, name="membership_suspend"),
    path("tim/<int:pk>/aktifkan/", team.membership_reinstate, name="membership_reinstate"),
    path("perangkat-daerah/", agencies.agency_list, name="agency_list"),
    path("perangkat-daerah/tambah/", agencies.agency_create, name="agency_create"),
    path("perangkat-daerah/impor/", agency_import.agency_import, name="agency_import"),
    path("perangkat-daerah/<int:pk>/", agencies.agency_edit, name="agency_edit"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("panduan/", home.guide, name="guide"),
    path("akun/instansi/", identity.identity_login, name="identity_login"),
    path("akun/instansi/kembali/", identity.identity_callback, name="identity_callback"),
    path("undangan/<str:token>/", invitations.invitation_accept, name="invitation_accept"),
    path("penyiapan/<str:token>/", setup.setup_accept, name="setup_accept"),
    path("pengelola/", operator.operator_home, name="operator_home"),
    path("pengelola/buka/", operator.operator_regions, name="operator_regions"),
    path("pengelola/buka/<str:code>/", operator.operator_open, name="operator_open"),
    path("pengelola/kementerian/", operator.operator_ministry, name="operator_ministry"),
    path("pengelola/wilayah/<slug:slug>/", operator.operator_regency, name="operator_regency"),
    path("kabar/", notices.notice_list, name="notice_list"),
    path("kabar/dibaca/", notices.notice_read_all, name="notice_read_all"),
    path("kabar/pengaturan/", notices.notice_settings, name="notice_settings"),
    path("kabar/berhenti/<str:token>/", notices.notice_stop, name="notice_stop"),
    path("kabar/<int:pk>/", notices.notice_open, name="notice_open"),
    path("wilayah/<slug:slug>/", include(_inside)),
]
