"""The views of the desk of all regencies that somebody of the ministry keeps for themselves."""

from django.conf import settings
from django.db import models

DESK_VIEW_NAME_LIMIT = 60
DESK_VIEW_QUERY_LIMIT = 300


class DeskView(models.Model):
    """A search with its filters and order under a name: `query` is what follows "?" in the address of the desk."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="desk_views", verbose_name="orang"
    )
    name = models.CharField("nama", max_length=DESK_VIEW_NAME_LIMIT)
    query = models.CharField("saringan", max_length=DESK_VIEW_QUERY_LIMIT)

    class Meta:
        verbose_name = "tampilan tersimpan"
        verbose_name_plural = "tampilan tersimpan"
        ordering = ("name", "pk")
        constraints = (models.UniqueConstraint(fields=("user", "name"), name="deskview_named_once"),)

    def __str__(self) -> str:
        return self.name
