"""Tells Django that the project itself has commands, checks and a table."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class SmartcityConfig(AppConfig):
    """The project as an app."""

    name = "smartcity"
    verbose_name = "Portal"

    def ready(self) -> None:
        """Load the Celery application, so that `@shared_task` finds it, and the checks; keep the audit log guarded."""
        from smartcity import celery, deploy_checks  # noqa: F401, PLC0415
        from smartcity.audit import log  # noqa: PLC0415 (models load after the apps)

        pre_migrate.connect(log.before_migrate, sender=self)
        post_migrate.connect(log.after_migrate, sender=self)
