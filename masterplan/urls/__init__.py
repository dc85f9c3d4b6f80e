"""Pages of the master plan: below one regency, `/wilayah/<slug>/...`, and the public ones: issued books, signing in."""

from django.urls import include, path

from . import (
    alignment,
    analyses,
    books,
    home,
    initiatives,
    lists,
    master_plans,
    plans,
    progress,
    reviews,
    sections,
    texts,
    verification,
    workbooks,
    workshops,
)

_inside = [
    *home.urlpatterns,
    *initiatives.urlpatterns,
    *reviews.urlpatterns,
    *alignment.urlpatterns,
    *master_plans.urlpatterns,
    *plans.urlpatterns,
    *lists.urlpatterns,
    *progress.urlpatterns,
    *sections.urlpatterns,
    *analyses.urlpatterns,
    *texts.urlpatterns,
    *workshops.urlpatterns,
    *workbooks.urlpatterns,
    *books.urlpatterns,
]

urlpatterns = [path("wilayah/<slug:slug>/", include(_inside)), *verification.urlpatterns, *workshops.public]
