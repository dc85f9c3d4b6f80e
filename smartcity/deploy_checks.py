"""What `check --deploy` says about the project's own settings, beside Django's checks."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


@register(Tags.security, deploy=True)
def production_is_meant(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Production has its own database and no sample accounts."""
    found: list[CheckMessage] = []
    if not settings.PRODUCTION:
        found.append(
            Warning(
                "PORTAL_ENV bukan production.", hint="Tulis PORTAL_ENV=production di lingkungan.", id="smartcity.W001"
            )
        )
    if settings.DEMO:
        found.append(
            Warning("Akun contoh menyala.", hint="Tulis DEMO=0, lalu hapus akun contoh.test.", id="smartcity.W002")
        )
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        found.append(
            Warning(
                "Basis data SQLite hanya untuk satu mesin.",
                hint="Tulis DATABASE_URL=postgres://pengguna:sandi@host:5432/nama.",
                id="smartcity.W003",
            )
        )
    return found
