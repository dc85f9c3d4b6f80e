"""`manage.py export_workbook`: a regency's initiatives, an agency's, or one, as the Excel file the pages hand out."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.db.models import Q

from masterplan.initiatives.workbook.export import export_workbook
from masterplan.management.find_plan import current_plan


class Command(BaseCommand):
    """Write the file; change nothing."""

    help = "Menulis inisiatif satu kabupaten/kota ke satu buku kerja Excel."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options of the command."""
        parser.add_argument("regency", help="alamat kabupaten/kota, misalnya kabupaten-semarang")
        parser.add_argument("--agency", help="singkatan atau nama perangkat daerah")
        parser.add_argument("--initiative", help="kode satu inisiatif, misalnya GO-01")
        parser.add_argument("--out", type=Path, required=True, help="simpan berkas di sini")

    def handle(self, *args: Any, **options: Any) -> None:
        """Choose, write, say how many."""
        plan = current_plan(options["regency"])
        rows, subject = plan.initiatives.all().complete(), plan.regency.full_name
        if options["agency"]:
            wanted = Q(short_name__iexact=options["agency"]) | Q(name__iexact=options["agency"])
            agency = plan.regency.agencies.filter(wanted).first()
            if agency is None:
                raise CommandError(f"Tidak ada perangkat daerah {options['agency']}.")
            rows, subject = rows.filter(lead_agency=agency), agency.name
        if options["initiative"]:
            rows, subject = rows.filter(code=options["initiative"].upper()), options["initiative"].upper()
        listed = list(rows)
        if not listed:
            raise CommandError("Tidak ada inisiatif yang cocok.")
        options["out"].write_bytes(export_workbook(plan, listed, subject))
        self.stdout.write(f"{len(listed)} inisiatif ditulis ke {options['out']}.")
