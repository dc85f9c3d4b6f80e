"""Tells Django that the project itself has commands, checks and a table."""

from django.apps import AppConfig


class SmartcityConfig(AppConfig):
    """The project as an app."""

    name = "smartcity"
    verbose_name = "Portal"

    def ready(self) -> None:
        """Load the Celery application, so that `@shared_task` finds it, and the checks."""
        from smartcity import celery, checks  # noqa: F401, PLC0415
