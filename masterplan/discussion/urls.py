"""Addresses of conversations and of saved replies, below one regency."""

from django.urls import path

from masterplan.discussion.views import snippets, threads

urlpatterns = [
    path("tinjauan/balasan/", snippets.snippet_list, name="snippet_list"),
    path("tinjauan/balasan/tambah/", snippets.snippet_create, name="snippet_create"),
    path("tinjauan/balasan/<int:pk>/", snippets.snippet_edit, name="snippet_edit"),
    path("tinjauan/balasan/<int:pk>/hapus/", snippets.snippet_remove, name="snippet_remove"),
    path("inisiatif/<int:pk>/catatan/<slug:field>/", threads.thread_create, name="thread_create"),
    path("naskah/<int:pk>/catatan/", threads.thread_create, name="thread_create"),
    path("catatan/<int:pk>/", threads.thread_detail, name="thread_detail"),
    path("catatan/<int:pk>/tugaskan/", threads.thread_assign, name="thread_assign"),
    path("catatan/<int:pk>/balas/", threads.comment_create, name="comment_create"),
    path("catatan/<int:pk>/selesai/", threads.thread_resolve, name="thread_resolve"),
    path("catatan/<int:pk>/buka/", threads.thread_reopen, name="thread_reopen"),
]
