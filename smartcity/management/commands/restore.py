"""`manage.py restore`: puts a backup back, for somebody who never did it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from smartcity.backup.archive import Manifest, Unusable
from smartcity.backup.making import NotMade
from smartcity.backup.restoring import Restored, RestoreRefused, RestoreUnfinished, read_manifest, restore


class Command(BaseCommand):
    """Needs settings and a database, which may be empty; the portal itself must not run."""

    help = "Memulihkan portal dari berkas cadangan, seluruhnya atau tidak sama sekali."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options of the command."""
        parser.add_argument("file", type=Path, metavar="BERKAS", help="cadangan_….zip dari manage.py backup")
        parser.add_argument("--check", action="store_true", help="hanya periksa apakah berkas ini utuh dan cocok")
        parser.add_argument(
            "--replace", action="store_true", help="ganti portal yang sudah berisi; isinya dicadangkan lebih dulu"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, then put back, then say what to do next."""
        try:
            if options["check"]:
                self._tell_fitness(options["file"], read_manifest(options["file"]))
            else:
                self._report(restore(options["file"], replace=options["replace"], tell=self._tell))
        except (Unusable, RestoreRefused, NotMade) as error:
            raise CommandError(f"Tidak dipulihkan. {error}") from error
        except RestoreUnfinished as error:
            raise CommandError(str(error)) from error

    def _tell(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()

    def _tell_fitness(self, path: Path, manifest: Manifest) -> None:
        self.stdout.write(
            f"{path} utuh dan cocok untuk portal ini: keadaan {_moment(manifest)}, {manifest.rows} baris, "
            f"{len(manifest.files)} berkas."
        )

    def _report(self, done: Restored) -> None:
        self.stdout.write(
            self.style.SUCCESS(
                f"Portal dipulihkan ke keadaan {_moment(done.manifest)}: {done.manifest.rows} baris, "
                f"{len(done.manifest.files)} berkas."
            )
        )
        if done.removed:
            self.stdout.write(f"{done.removed} berkas yang tidak ada di cadangan dihapus.")
        if done.before:
            self.stdout.write(f"Keadaan sebelumnya tersimpan di {done.before}")
        self.stdout.write(
            "Jalankan portal lagi (python3 manage.py run, atau docker compose up -d). Sandi tetap berlaku; semua orang "
            "masuk sekali lagi."
        )


def _moment(manifest: Manifest) -> str:
    return f"{timezone.localtime(manifest.made_at):%d-%m-%Y %H.%M}"
