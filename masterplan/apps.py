"""WHAT: development plans, the master plan, its initiatives, review, alignment and books."""

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class MasterplanConfig(AppConfig):
    """Settings of the app."""

    name = "masterplan"
    verbose_name = "Rencana induk smart city"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks; an adopted plan is held by triggers except while the tables change."""
        import_module("masterplan.checks")
        from masterplan.models import lock  # noqa: PLC0415 (models load after the apps)

        pre_migrate.connect(lock.before_migrate, sender=self)
        post_migrate.connect(lock.after_migrate, sender=self)
