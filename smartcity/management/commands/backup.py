"""`manage.py backup`: everything the portal holds in one file, and how to put it back."""

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from smartcity.backup.making import Made, NotMade, make


class Command(BaseCommand):
    """The portal may go on running meanwhile."""

    help = "Mencadangkan basis data dan berkas pribadi ke satu berkas ZIP. Portal boleh tetap berjalan."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options of the command."""
        parser.add_argument("--out", type=Path, help="folder, atau nama berkas .zip; tanpa ini: BACKUP_DIR")
        parser.add_argument("--keep", type=_count, help="sisakan sekian cadangan terbaru di folder itu")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, and say what it is good for."""
        try:
            made = make(options["out"], keep=options["keep"], tell=self._tell)
        except NotMade as error:
            raise CommandError(f"Cadangan tidak dibuat. {error}") from error
        self._report(made)

    def _tell(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()

    def _report(self, made: Made) -> None:
        size = made.path.stat().st_size / 1e6
        self.stdout.write(self.style.SUCCESS(f"Cadangan: {made.path}"))
        self.stdout.write(f"{size:.1f} MB, {made.manifest.rows} baris, {len(made.manifest.files)} berkas.")
        for name in made.vanished:
            self.stdout.write(f"Terhapus selagi dicadangkan, jadi tidak ada di dalamnya: {name}")
        for path in made.removed:
            self.stdout.write(f"Cadangan lama dihapus: {path}")
        self.stdout.write(
            "Berkas ini memuat data pribadi dan sidik sandi: simpan di tempat yang aman, di luar mesin ini.\n"
            f"Memulihkan: hentikan portal, lalu python3 manage.py restore {made.path}"
        )


def _count(written: str) -> int:
    if written.isascii() and written.isdigit() and int(written) > 0:
        return int(written)
    raise ArgumentTypeError("tulis bilangan bulat mulai dari 1")
