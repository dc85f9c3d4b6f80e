"""Address of what the editor of rich text asks, below one regency."""

from django.urls import path

from masterplan.sections.views import texts

urlpatterns = [path("teks/tempel/", texts.text_paste, name="text_paste")]
