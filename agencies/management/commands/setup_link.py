"""`manage.py setup_link`: prints the one-time address at which the operator's account is made."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from agencies.actions.setup import SETUP_HOURS, has_operator, make_setup_link, setup_path


class Command(BaseCommand):
    """Needs the database and BASE_URL. Whoever reads the address can make an account that opens regencies."""

    help = "Mencetak alamat penyiapan sekali pakai untuk membuat akun pengelola."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options of the command."""
        parser.add_argument("--again", action="store_true", help="buat juga bila sudah ada pengelola (akses hilang)")
        parser.add_argument("--if-needed", action="store_true", help="diam bila sudah ada pengelola yang aktif")
        parser.add_argument("--base-url", default=settings.BASE_URL, help="alamat portal (bawaan: BASE_URL)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the address and print it; the earlier one stops working."""
        if options["if_needed"] and has_operator():
            return
        try:
            token = make_setup_link(again=options["again"])
        except ValidationError as error:
            raise CommandError(error.message) from error
        address = options["base_url"].rstrip("/") + setup_path(token)
        self.stdout.write(f"Buat akun pengelola di alamat ini; berlaku {SETUP_HOURS} jam, untuk satu kali pakai:")
        self.stdout.write(address)
