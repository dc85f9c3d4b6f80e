"""`manage.py audit_verify`: whether the record of what people did is as it was sealed, and what is not."""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand

from smartcity.audit.sealing import seal_new
from smartcity.audit.verifying import Verification
from smartcity.common.formatting import format_number


def _noted(text: str) -> tuple[int, str]:
    number, _, value = text.partition(":")
    if not number.isdigit() or not value:
        raise ArgumentTypeError("tulis nomor dan nilai segel seperti dicetak perintah ini, misalnya 56:3fa9…")
    return int(number), value.strip()


class Command(BaseCommand):
    """One line per alteration; the exit code is 1 when there is any."""

    help = "Memeriksa catatan perbuatan (siapa mengubah apa): menyebut tiap catatan atau segel yang diubah atau hilang."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options of the command."""
        parser.add_argument("--json", action="store_true", help="hasil sebagai JSON")
        parser.add_argument("--seal", action="store_true", help="segel dulu catatan yang baru")
        parser.add_argument(
            "--expect", type=_noted, metavar="NOMOR:NILAI", help="segel yang pernah Anda catat di luar portal"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Walk, print while walking, and sum up."""
        while options["seal"] and seal_new():
            pass
        walk = Verification(noted=options["expect"])
        told, found = [], 0
        for alteration in walk.alterations():
            found += 1
            if options["json"]:
                told.append(alteration.as_data())
            else:
                self.stdout.write(self.style.ERROR(alteration.sentence))
        if options["json"]:
            self._print_data(walk, told)
        else:
            self._sum_up(walk, found)
        if found:
            sys.exit(1)

    def _print_data(self, walk: Verification, told: list[dict[str, Any]]) -> None:
        last = {"number": walk.last[0], "value": walk.last[1]} if walk.last else None
        summary = {"ok": not told, "rows": walk.rows, "seals": walk.seals, "unsealed": walk.waiting, "last": last}
        self.stdout.write(json.dumps({**summary, "alterations": told}, ensure_ascii=False, indent=1))

    def _sum_up(self, walk: Verification, found: int) -> None:
        rows, seals, waiting = map(format_number, (walk.rows, walk.seals, walk.waiting))
        if found:
            self.stdout.write(f"{format_number(found)} perubahan ditemukan pada {rows} catatan dalam {seals} segel.")
        else:
            self.stdout.write(f"{rows} catatan dalam {seals} segel utuh; {waiting} belum disegel.")
        if walk.last:
            self.stdout.write(f"Segel terakhir, untuk dicatat di luar portal: {walk.last[0]}:{walk.last[1]}")
