"""WHO: regencies, agencies, people, roles and access."""

from importlib import import_module

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Settings of the app."""

    name = "agencies"
    verbose_name = "Perangkat daerah dan orang"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the signal receivers and the system checks."""
        import_module("agencies.receivers")
        import_module("agencies.checks")
