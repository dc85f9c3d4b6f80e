"""Abstract models both apps build on; jobs have their own module."""

from django.db import models


class CreatedModel(models.Model):
    """A row that knows when it was made."""

    created_at = models.DateTimeField("dibuat", auto_now_add=True, editable=False)

    class Meta:
        abstract = True
