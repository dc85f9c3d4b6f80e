"""WHAT: development plans, the master plan, its initiatives, review, alignment and books."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class MasterplanConfig(AppConfig):
    """Settings of the app."""

    name = "masterplan"
    verbose_name = "Rencana induk smart city"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Checks of the registry; and the triggers that hold an adopted plan are away while the tables change."""
        from masterplan import checks  # noqa: F401, PLC0415 (models load after the apps)
        from masterplan.models import lock  # noqa: PLC0415

        pre_migrate.connect(lock.before_migrate, sender=self)
        post_migrate.connect(lock.after_migrate, sender=self)
