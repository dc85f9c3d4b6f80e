"""`manage.py erase_person`: say what erasing a person would do; with --confirm do it."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.db import transaction

from masterplan.personal_data.actions import ErasureResult, erase
from masterplan.personal_data.export import place_label, table_label
from masterplan.personal_data.person import find_person
from masterplan.personal_data.search import where_written


class Command(BaseCommand):
    """Without --confirm the very same is done and undone again, so that the figures are those of the act."""

    help = "Menghapus data pribadi seseorang: menyebut apa yang akan terjadi; dengan --confirm melakukannya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options of the command."""
        parser.add_argument("email", help="alamat surel orangnya")
        parser.add_argument("--confirm", action="store_true", help="lakukan; tidak dapat dibatalkan")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find, erase, tell."""
        person, confirmed = find_person(options["email"]), options["confirm"]
        if person is None:
            self.stdout.write("Tidak ada data dengan alamat ini: belum pernah ada, atau sudah dihapus.")
            return
        try:
            with transaction.atomic():
                done = erase(person)
                still = {} if person.is_erased else where_written(person.words)
                transaction.set_rollback(not confirmed)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self._tell(done, still, confirmed)

    def _tell(self, done: list[ErasureResult], still: dict[str, int], confirmed: bool) -> None:
        if not done:
            self.stdout.write("Sudah dihapus: tidak ada lagi yang dapat dihapus untuk alamat ini.")
        else:
            self.stdout.write("Yang dihapus atau dikosongkan:" if confirmed else "Yang akan dihapus atau dikosongkan:")
        for one in done:
            self.stdout.write(f"  {one.count} × {table_label(one.table)}: {one.effect}")
        if still:
            self.stdout.write(
                "Nama atau alamatnya tetap tertulis di sini; yang berupa naskah dapat diperbaiki penulisnya:"
            )
        for place, count in still.items():
            self.stdout.write(f"  {count} × {place_label(place)}")
        if done and not confirmed:
            self.stdout.write("Belum ada yang diubah. Jalankan lagi dengan --confirm untuk menghapus.")
