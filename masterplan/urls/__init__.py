"""Pages of the master plan, all below one regency: `/wilayah/<slug>/...`."""

from django.urls import include, path

from . import alignment, analyses, books, home, initiatives, plans, reviews, sections, texts, workbooks, workshops

_inside = [
    *home.urlpatterns,
    *initiatives.urlpatterns,
    *reviews.urlpatterns,
    *alignment.urlpatterns,
    *plans.urlpatterns,
    *sections.urlpatterns,
    *analyses.urlpatterns,
    *texts.urlpatterns,
    *workshops.urlpatterns,
    *workbooks.urlpatterns,
    *books.urlpatterns,
]

urlpatterns = [path("wilayah/<slug:slug>/", include(_inside))]
