"""`manage.py import_plan`: read a workbook of a development plan; with --confirm store it, all or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from masterplan.management.find_plan import development_plan
from masterplan.management.uploading import sending, worked_on
from masterplan.models import PlanImport
from masterplan.plans.importing import tasks
from masterplan.plans.importing.actions import imports
from masterplan.plans.importing.forms import as_kept


class Command(BaseCommand):
    """The same job as behind the pages, worked on here instead of by a worker, the columns taken as proposed."""

    help = "Membaca tabel RPJMD atau Renstra dari Excel dan menyebut perubahannya; dengan --confirm menyimpan semuanya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options of the command."""
        parser.add_argument("regency", help="alamat kabupaten/kota, misalnya kabupaten-semarang")
        parser.add_argument("file", type=Path, help="buku kerja (.xlsx)")
        parser.add_argument("--start", type=int, required=True, help="tahun awal dokumen, misalnya 2021")
        parser.add_argument("--agency", default="", help="singkatan perangkat daerah pemilik Renstra; kosong: RPJMD")
        parser.add_argument("--as", dest="email", required=True, help="surel orang yang mengunggah")
        parser.add_argument("--confirm", action="store_true", help="simpan bila tidak ada yang harus dijawab")

    def handle(self, *args: Any, **options: Any) -> None:
        """Upload, find, read and report; confirm and store when asked."""
        plan = development_plan(options["regency"], options["start"], options["agency"])
        with sending(options["file"], options["email"], "mengubah rencana") as (user, data):
            job = _worked_on(imports.upload_plan(plan, by=user, data=data, filename=options["file"].name))
            imports.map_columns(job, by=user, tables=as_kept(job.tables))
            self._report(_worked_on(job))
            if options["confirm"]:
                imports.confirm_plan_import(job, by=user)
                stored = _worked_on(job).result["stored"]
                self.stdout.write(f"{stored['added']} unsur baru dan {stored['changed']} berubah tersimpan.")

    def _report(self, job: PlanImport) -> None:
        found, counts = job.result, job.result["counts"]
        for note in found["notes"]:
            self.stdout.write(note)
        for question in found["doubts"]:
            labels = dict(question["choices"])
            used = labels.get(question["proposed"], "harus dijawab di halaman impor")
            self.stdout.write(f"{question['sheet']} {question['cell']}: {question['sentence']} Dipakai: {used}.")
        self.stdout.write(
            f"Baru {counts['added']}, berubah {counts['changed']}, tetap {counts['same']} unsur; "
            f"{counts['vanished']} tidak ada di berkas dan tetap di portal."
        )


def _worked_on(job: PlanImport) -> PlanImport:
    return worked_on(job, tasks.run_plan, "impor")
