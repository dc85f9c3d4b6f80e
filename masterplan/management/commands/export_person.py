"""`manage.py export_person`: everything that is kept about a person, as one readable JSON file."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand

from masterplan.personal_data.export import export
from masterplan.personal_data.person import find_person


class Command(BaseCommand):
    """For whoever runs the portal and is asked by a person what it knows about them."""

    help = "Menulis semua yang disimpan tentang seseorang ke satu berkas JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options of the command."""
        parser.add_argument("email", help="alamat surel orangnya")
        parser.add_argument("--out", type=Path, help="berkas yang ditulis (hanya terbaca pemiliknya); kosong: ke layar")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find, gather, write."""
        person = find_person(options["email"])
        if person is None:
            raise CommandError(f"Tidak ada akun, undangan, atau surel dengan alamat {options['email']}.")
        text = json.dumps(export(person), ensure_ascii=False, indent=2)
        if options["out"] is None:
            self.stdout.write(text)
            return
        try:
            _write_for_owner(options["out"], text)
        except OSError as error:
            raise CommandError(f"{options['out']} tidak dapat ditulis: {error.strerror}.") from None
        self.stdout.write(f"Ditulis ke {options['out']}. Serahkan hanya kepada orangnya, lalu hapus berkas ini.")


def _write_for_owner(path: Path, text: str) -> None:
    """A file that nobody else may read, also where it was there before."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(text + "\n")
