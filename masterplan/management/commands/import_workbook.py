"""`manage.py import_workbook`: read a workbook as somebody would upload it; with --confirm store it, all or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand

from masterplan.initiatives.workbook import tasks
from masterplan.initiatives.workbook.actions import imports
from masterplan.management.find_plan import current_plan
from masterplan.management.uploading import sending, worked_on
from masterplan.models import WorkbookImport


class Command(BaseCommand):
    """The same job as behind the page, worked on here instead of by a worker."""

    help = "Membaca buku kerja Excel dan menyebut perubahannya; dengan --confirm menyimpan semuanya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options of the command."""
        parser.add_argument("regency", help="alamat kabupaten/kota, misalnya kabupaten-semarang")
        parser.add_argument("file", type=Path, help="buku kerja (.xlsx)")
        parser.add_argument("--as", dest="email", required=True, help="surel orang yang mengunggah")
        parser.add_argument("--confirm", action="store_true", help="simpan bila tidak ada galat")

    def handle(self, *args: Any, **options: Any) -> None:
        """Upload, read, tell; confirm and store when asked."""
        plan = current_plan(options["regency"])
        with sending(options["file"], options["email"], "mengisi inisiatif") as (user, data):
            job = _worked_on(imports.upload_workbook(plan, by=user, data=data, filename=options["file"].name))
            self._tell(job)
            if options["confirm"] and job.may_be_confirmed:
                imports.confirm_import(job, by=user)
                self._tell_stored(_worked_on(job))

    def _tell(self, job: WorkbookImport) -> None:
        found, counts = job.result, job.result["counts"]
        for note in found["notes"]:
            self.stdout.write(note)
        for fault in found["faults"]:
            self.stdout.write(f"{fault['sheet']} {fault['cell']}: {fault['sentence']}")
        self.stdout.write(
            f"Baru {counts['new']}, berubah {counts['changed']}, tidak berubah {counts['unchanged']} inisiatif; "
            f"{found['in_dispute']} isian bentrok, {found['faults_count']} sel perlu diperbaiki."
        )
        if found["faults_count"]:
            raise CommandError("Belum ada yang disimpan. Perbaiki sel di atas, lalu ulangi.")

    def _tell_stored(self, job: WorkbookImport) -> None:
        self.stdout.write(f"{len(job.result['stored'])} inisiatif tersimpan.")


def _worked_on(job: WorkbookImport) -> WorkbookImport:
    return worked_on(job, tasks.run_workbook, "Unggah Excel")
