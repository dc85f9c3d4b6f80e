"""WHO: regencies, agencies, people, roles and access."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Settings of the app."""

    name = "agencies"
    verbose_name = "Perangkat daerah dan orang"
    default_auto_field = "django.db.models.BigAutoField"
