"""Addresses of the review pages and of the steps of an initiative, below one regency."""

from django.urls import path

from masterplan.review.views import desk, reviews, steps

urlpatterns = [
    path("inisiatif/tindak-beberapa/", desk.initiative_desk, name="initiative_desk"),
    path("inisiatif/<int:pk>/periksa/", steps.initiative_check, name="initiative_check"),
    path("inisiatif/<int:pk>/langkah/<slug:name>/", steps.initiative_transition, name="initiative_transition"),
    path("tinjauan/", reviews.review_queue, name="review_queue"),
    path("inisiatif/<int:pk>/tinjauan/", reviews.initiative_review, name="initiative_review"),
]
