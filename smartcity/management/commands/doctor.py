"""`manage.py doctor`: names each wrong setting and missing part, with how to mend it."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from smartcity.doctor import examine, worker


class Command(BaseCommand):
    """Prints one line per thing looked at; the exit code is 1 when any is wrong."""

    help = "Memeriksa pemasangan: apa yang kurang, dan cara memperbaikinya."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One question alone, for the health check of a container."""
        parser.add_argument("--only-worker", action="store_true", help="hanya tanyakan apakah pekerja latar hidup")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at everything, also after the first fault."""
        faults = 0
        for finding in [worker()] if options["only_worker"] else examine():
            if finding.ok:
                self.stdout.write(f"baik   {finding.name}")
            else:
                faults += 1
                self.stdout.write(self.style.ERROR(f"rusak  {finding.name}: {finding.mend}"))
        self.stdout.write(f"{faults} hal perlu diperbaiki." if faults else "Semuanya baik.")
        if faults:
            sys.exit(1)
