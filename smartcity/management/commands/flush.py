"""`manage.py flush`: Django's own, which empties all tables; those of the audit log too, which nothing else empties."""

from typing import Any

from django.core.management.commands import flush
from django.db import transaction

from smartcity.audit import log


class Command(flush.Command):
    """The guards of the log are away while it is emptied, and stand again in the same transaction."""

    def handle(self, **options: Any) -> None:
        """Ask first, so that nobody waits for an answer while the tables are held."""
        if options["interactive"] and input("Seluruh isi basis data akan dihapus. Ketik 'ya' untuk lanjut: ") != "ya":
            self.stdout.write("Tidak jadi; tidak ada yang dihapus.")
            return
        with transaction.atomic(using=options["database"]):
            log.remove(options["database"])
            super().handle(**{**options, "interactive": False})
            log.install(options["database"])
