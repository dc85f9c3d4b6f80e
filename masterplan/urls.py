"""Pages of the master plan: of a regency, `/wilayah/<slug>/...`, of the ministry, `/kementerian/...`, and for all."""

from django.urls import include, path

from masterplan.alignment import urls as alignment
from masterplan.analyses import urls as analyses
from masterplan.books import urls as books
from masterplan.books import verification_urls
from masterplan.discussion import urls as discussion
from masterplan.home import urls as home
from masterplan.initiatives import urls as initiatives
from masterplan.initiatives.workbook import urls as workbook
from masterplan.master_plans import urls as master_plans
from masterplan.monitoring import urls as monitoring
from masterplan.national import urls as national
from masterplan.plans import lists_urls
from masterplan.plans import urls as plans
from masterplan.programme import urls as programme
from masterplan.restoring import urls as restoring
from masterplan.review import urls as review
from masterplan.sections import texts_urls
from masterplan.sections import urls as sections
from masterplan.workshops import urls as workshops

_inside = [
    *home.urlpatterns,
    *initiatives.urlpatterns,
    *review.urlpatterns,
    *discussion.urlpatterns,
    *alignment.urlpatterns,
    *master_plans.urlpatterns,
    *plans.urlpatterns,
    *lists_urls.urlpatterns,
    *monitoring.urlpatterns,
    *restoring.urlpatterns,
    *sections.urlpatterns,
    *analyses.urlpatterns,
    *texts_urls.urlpatterns,
    *workshops.urlpatterns,
    *workbook.urlpatterns,
    *books.urlpatterns,
]

urlpatterns = [
    path("wilayah/<slug:slug>/", include(_inside)),
    *national.urlpatterns,
    *programme.urlpatterns,
    *verification_urls.urlpatterns,
    *workshops.public,
]
