"""Addresses of Excel in and out and of the Word form, below one regency."""

from django.urls import path

from masterplan.initiatives.workbook.views import workbooks

urlpatterns = [
    path("inisiatif/excel/", workbooks.workbook_export, name="workbook_export"),
    path("inisiatif/excel/unggah/", workbooks.workbook_import, name="workbook_import"),
    path("inisiatif/excel/<int:pk>/", workbooks.workbook_detail, name="workbook_detail"),
    path("inisiatif/excel/<int:pk>/simpan/", workbooks.workbook_confirm, name="workbook_confirm"),
    path("inisiatif/excel/<int:pk>/salinan/", workbooks.workbook_marked, name="workbook_marked"),
    path("inisiatif/<int:pk>/excel/", workbooks.initiative_workbook, name="initiative_workbook"),
    path("inisiatif/<int:pk>/word/", workbooks.initiative_word, name="initiative_word"),
]
