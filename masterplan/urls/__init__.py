"""Pages of the master plan: below one regency, `/wilayah/<slug>/...`, and the public ones: issued books, signing in."""

from django.urls import include, path

from masterplan.plans import lists_urls
from masterplan.plans import urls as plans
from masterplan.urls import (
    alignment,
    analyses,
    books,
    home,
    initiatives,
    master_plans,
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
    *lists_urls.urlpatterns,
    *progress.urlpatterns,
    *sections.urlpatterns,
    *analyses.urlpatterns,
    *texts.urlpatterns,
    *workshops.urlpatterns,
    *workbooks.urlpatterns,
    *books.urlpatterns,
]

urlpatterns = [path("wilayah/<slug:slug>/", include(_inside)), *verification.urlpatterns, *workshops.public]
