"""Addresses of a regency's first page and of the pages about all of it."""

from django.urls import path

from masterplan.home.views import home
from masterplan.overview.views import coverage, deadlines, letters, overview, plenary, reminders

urlpatterns = [
    path("", home.regency_home, name="regency_home"),
    path("ikhtisar/", overview.regency_overview, name="regency_overview"),
    path("ikhtisar/excel/", overview.regency_overview_export, name="regency_overview_export"),
    path("ikhtisar/cakupan/", coverage.regency_coverage, name="regency_coverage"),
    path("ikhtisar/layar/", plenary.regency_plenary, name="regency_plenary"),
    path("ikhtisar/pengingat/", reminders.regency_reminders, name="regency_reminders"),
    path("ikhtisar/surat/", letters.regency_letters, name="regency_letters"),
    path("ikhtisar/surat/<int:pk>/unduh/", letters.regency_letter_download, name="regency_letter_download"),
    path("ikhtisar/batas-kirim/", deadlines.regency_deadlines, name="regency_deadlines"),
    path("ikhtisar/batas-kirim/tahap/<int:pk>/", deadlines.regency_deadline_extend, name="regency_deadline_extend"),
    path(
        "ikhtisar/batas-kirim/perpanjangan/<int:pk>/cabut/",
        deadlines.regency_extension_withdraw,
        name="regency_extension_withdraw",
    ),
]
