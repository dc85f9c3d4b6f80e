"""WHAT: development plans, the master plan, its initiatives, review, alignment and books."""

from django.apps import AppConfig


class MasterplanConfig(AppConfig):
    """Settings of the app."""

    name = "masterplan"
    verbose_name = "Rencana induk smart city"
    default_auto_field = "django.db.models.BigAutoField"
