"""What this machine has for the tests that need more than Python, and how to get what it lacks.

A test says what it needs with `@pytest.mark.needs("postgres", "redis")`; `tests/conftest.py` leaves it out where a part
is missing and says so at the end. With CI=true nothing may be left out.
"""

import os
import shutil
import subprocess
from functools import cache

from django.conf import settings

HINTS = {
    "chromium": "peramban Chromium (apt-get install chromium-headless-shell)",
    "postgres": "PostgreSQL (tulis DATABASE_URL=postgres://pengguna:sandi@127.0.0.1:5432/nama)",
    "redis": "Redis (tulis BROKER_URL=redis://127.0.0.1:6379/9)",
    "compose": "docker compose (apt-get install docker-compose)",
    "libreoffice": "LibreOffice Calc (apt-get install libreoffice-calc)",
    "writer": "LibreOffice Writer (apt-get install libreoffice-writer)",
    "poppler": "pdftotext dan pdftoppm (apt-get install poppler-utils)",
}


def chromium_path() -> str | None:
    """Debian's Chromium, which the browser tests drive: without its own windows where that is installed.

    The one with windows draws them even when nobody sees them, and takes twice the time for the same page.
    """
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    return next(filter(None, map(shutil.which, names)), None)


def compose_command() -> list[str] | None:
    """How docker compose is called here, if it is installed at all."""
    if shutil.which("docker-compose"):
        return ["docker-compose"]
    plugin = shutil.which("docker") and subprocess.run(
        ["docker", "compose", "version"], capture_output=True, check=False
    )
    return ["docker", "compose"] if plugin and plugin.returncode == 0 else None


@cache
def has(part: str) -> bool:
    """Whether the machine has `part`, one of HINTS."""
    present = {
        "chromium": lambda: chromium_path() is not None,
        "postgres": lambda: settings.DATABASES["default"]["ENGINE"].endswith("postgresql"),
        "redis": lambda: os.environ.get("BROKER_URL", "").startswith("redis"),
        "compose": lambda: compose_command() is not None,
        "libreoffice": lambda: shutil.which("soffice") is not None,
        # LibreOffice starts without Writer too, and then says of a Word file that it cannot be loaded.
        "writer": lambda: shutil.which("lowriter") is not None,
        "poppler": lambda: shutil.which("pdftotext") is not None and shutil.which("pdftoppm") is not None,
    }
    return present[part]()
