"""`manage.py test [pytest arguments]`: everything the machine allows; what it could not run is said at the end."""

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Hands over to pytest, whose rules are in pyproject.toml and tests/conftest.py."""

    help = "Menjalankan uji dengan pytest; argumennya diteruskan apa adanya."

    def run_from_argv(self, argv: list[str]) -> None:
        """Pass every argument on: they are pytest's, not Django's."""
        self.handle(arguments=argv[2:])

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Only for `call_command`."""
        parser.add_argument("arguments", nargs="*")

    def handle(self, *args: Any, arguments: list[str], **options: Any) -> None:
        """Become pytest, without what the developer's .env says about the developer's own portal.

        Without arguments everything runs, on every core; what is named runs in one process, easy to follow.
        """
        environment = {**os.environ, "PORTAL_ENV": "development", "PORTAL_ENV_FILE": os.devnull}
        everything = ["-n", "auto", "--dist", "loadscope", "--no-loadscope-reorder"]
        command = [sys.executable, "-m", "pytest", "--rootdir", str(settings.BASE_DIR), *(arguments or everything)]
        os.chdir(settings.BASE_DIR)
        os.execve(sys.executable, command, environment)  # noqa: S606
