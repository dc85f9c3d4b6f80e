"""`manage.py build_book`: a book through the real job and a real worker, with what it took."""

import json
import shutil
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.utils import timezone

from agencies.models import Membership, User
from masterplan import tasks
from masterplan.books import actions as books
from masterplan.books.paper_formats import PAPER_FORMATS
from masterplan.editions import actions as editions
from masterplan.editions.snapshot import canonical
from masterplan.management.find_plan import current_plan
from masterplan.models import BookJob, MasterPlan, Snapshot
from masterplan.reference import USUAL_PAPER_FORMAT
from smartcity.common.jobs import JobState
from smartcity.common.storage.files import private_storage
from smartcity.press.cache import KEPT

SWEEP_SECONDS = 20


class Command(BaseCommand):
    """Ask for a book as its coordinator would, wait for a worker, hand over the file."""

    help = "Menyusun buku lewat antrean dan pekerja yang sebenarnya, lalu menyebut halaman, detik, dan memorinya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options of the command."""
        parser.add_argument("regency", help="alamat kabupaten/kota, misalnya kabupaten-semarang")
        parser.add_argument("book", help="misalnya buku-2")
        usual = f"tanpa ini: {USUAL_PAPER_FORMAT}"
        parser.add_argument("--variant", default=USUAL_PAPER_FORMAT, choices=sorted(PAPER_FORMATS), help=usual)
        parser.add_argument("--out", type=Path, help="simpan PDF di sini")
        parser.add_argument("--snapshot-out", type=Path, help="simpan isi edisi (JSON) di sini")
        parser.add_argument("--fresh", action="store_true", help="bekukan edisi baru dan susun semua bagian dari awal")
        parser.add_argument("--json", action="store_true", help="cetak angkanya sebagai JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Freeze if need be, request, wait, write, report."""
        plan = current_plan(options["regency"])
        by = _coordinator(plan)
        if options["fresh"]:
            for kind in KEPT:
                shutil.rmtree(Path(settings.PARTS_DIR) / kind, ignore_errors=True)
        started = time.monotonic()
        try:
            snapshot = _edition(plan, by=by, fresh=options["fresh"])
            job = books.request_book(snapshot, book=options["book"], variant=options["variant"], by=by)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        with _worker(needed=job.is_open) as written:
            job = _wait(job)
            if job.state == JobState.FAILED or job.file is None:
                more = written() or "Rincian galat ada pada catatan pekerja latar yang sedang berjalan."
                raise CommandError(f"Buku gagal disusun: {job.error}\n{more}")
        self._hand_over(job, snapshot, options)
        self._report(job, snapshot, waited=time.monotonic() - started, as_json=options["json"])

    def _hand_over(self, job: BookJob, snapshot: Snapshot, options: dict[str, Any]) -> None:
        if options["out"] and job.file:
            with private_storage().open(job.file.storage_name) as stored, options["out"].open("wb") as out:
                shutil.copyfileobj(stored, out)
        if options["snapshot_out"]:
            options["snapshot_out"].write_bytes(canonical(snapshot.content))

    def _report(self, job: BookJob, snapshot: Snapshot, *, waited: float, as_json: bool) -> None:
        file = job.file
        assert file is not None
        figures = {
            "pages": file.pages,
            "bytes": file.size,
            "seconds": round(waited, 2),
            "render_seconds": job.report["seconds"],
            "peak_memory_mb": job.report["peak_memory_mb"],
            "parts": job.report["parts"],
            "parts_rendered": job.report["parts_rendered"],
            "problems": job.report["problems"],
            "sha256": file.sha256,
            "snapshot_sha256": snapshot.sha256,
        }
        if as_json:
            self.stdout.write(json.dumps(figures))
            return
        self.stdout.write(
            f"{job}: {file.pages} halaman, {file.size / 1e6:.1f} MB, {waited:.1f} detik sampai siap diunduh "
            f"({job.report['seconds']:.1f} detik menyusun), memori tertinggi {job.report['peak_memory_mb']} MB, "
            f"{job.report['parts']} bagian, {job.report['parts_rendered']} kali bagian disusun baru."
        )


def _coordinator(plan: MasterPlan) -> User:
    membership = Membership.objects.desk_of(plan.regency).first()
    if membership is None:
        raise CommandError(f"{plan.regency.full_name} belum mempunyai koordinator.")
    return membership.user


def _edition(plan: MasterPlan, *, by: User, fresh: bool) -> Snapshot:
    newest = plan.snapshots.first()
    if newest and not fresh:
        return newest
    label = f"Susunan {timezone.localtime():%Y-%m-%d %H.%M.%S}" if fresh else ""
    return editions.take_snapshot(plan, by=by, label=label)


@contextmanager
def _worker(*, needed: bool) -> Iterator[Callable[[], str]]:
    """A worker of our own for as long as it takes; one that runs already may well be faster to take the job.

    What is given tells what it has written into its log, where an exception stands with its place.
    """
    if not needed:
        yield lambda: ""
        return
    command = [sys.executable, "-m", "celery", "--workdir", str(settings.BASE_DIR), "-A", "smartcity", "worker"]
    command += ["-Q", "books,default", "--concurrency", "1", "--loglevel", "WARNING", "--without-gossip"]
    log = settings.VAR_DIR / "log" / "build_book.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as out:
        start = out.tell()
        process = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True)
        try:
            yield lambda: log.read_bytes()[start:].decode(errors="replace").strip()
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(job: BookJob) -> BookJob:
    """Until the job has ended; sends the message again as the sweep would, in case nobody else does."""
    deadline = time.monotonic() + settings.BOOK_SECONDS
    sent = time.monotonic()
    while job.is_open:
        if time.monotonic() > deadline:
            raise CommandError(f"Belum selesai setelah {settings.BOOK_SECONDS} detik. Periksa pekerja latar.")
        if time.monotonic() - sent > SWEEP_SECONDS:
            tasks.sweep_jobs()
            sent = time.monotonic()
        time.sleep(0.1)
        job.refresh_from_db()
    return job
