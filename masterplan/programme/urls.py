"""Addresses of the pages of managers: people, grants, rounds."""

from django.urls import path

from masterplan.programme.views import people, rounds

urlpatterns = [
    path("kementerian/nama/", people.ministry_edit, name="ministry_edit"),
    path("kementerian/orang/", people.member_list, name="member_list"),
    path("kementerian/orang/undang/", people.member_invite, name="member_invite"),
    path("kementerian/orang/undangan/<int:pk>/", people.member_invitation, name="member_invitation"),
    path(
        "kementerian/orang/undangan/<int:pk>/batalkan/",
        people.member_invitation_revoke,
        name="member_invitation_revoke",
    ),
    path("kementerian/orang/<int:pk>/", people.member_edit, name="member_edit"),
    path("kementerian/orang/<int:pk>/nonaktifkan/", people.member_suspend, name="member_suspend"),
    path("kementerian/orang/<int:pk>/aktifkan/", people.member_reinstate, name="member_reinstate"),
    path("kementerian/orang/<int:pk>/tugaskan/", people.grant_create, name="grant_create"),
    path("kementerian/penugasan/<int:pk>/cabut/", people.grant_end, name="grant_end"),
    path("kementerian/putaran/", rounds.round_list, name="round_list"),
    path("kementerian/putaran/tambah/", rounds.round_create, name="round_create"),
    path("kementerian/putaran/<int:pk>/", rounds.round_detail, name="round_detail"),
    path("kementerian/putaran/<int:pk>/ubah/", rounds.round_edit, name="round_edit"),
    path("kementerian/peserta/<int:pk>/keluarkan/", rounds.participation_end, name="participation_end"),
    path("kementerian/klaster/<int:pk>/hapus/", rounds.cluster_remove, name="cluster_remove"),
]
