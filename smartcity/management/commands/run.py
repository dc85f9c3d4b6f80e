"""`manage.py run`: the whole portal on this machine: web, worker and clock, with a sample regency to look at."""

import os
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.executor import MigrationExecutor

from smartcity.common.jobs import JobState
from smartcity.health import job_models
from smartcity.supervisor import Ending, Supervisor
from smartcity.tasks import heartbeat

# A cold start on a slow machine; beyond it something is wrong and the log of the web process tells what.
START_SECONDS = 60


class Command(BaseCommand):
    """Start everything, say where it is, end everything together."""

    help = "Menjalankan portal di mesin ini: web, pekerja latar, dan penjadwal."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options of the command."""
        parser.add_argument("--port", type=int, default=settings.PORT, help="porta web (bawaan: PORT atau 8000)")
        parser.add_argument("--host", default="127.0.0.1", help="alamat tempat mendengarkan (bawaan: 127.0.0.1)")
        parser.add_argument("--no-demo", action="store_true", help="tanpa kabupaten contoh dan akunnya")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare the data, then supervise until told to stop."""
        host, port = options["host"], options["port"]
        self._refuse_taken_port(host, port)
        self._prepare_tables()
        environment = self._environment(port)
        with Supervisor(settings.VAR_DIR / "log") as supervisor:
            web = supervisor.start("web", _web(host, port), environment)
            demo = settings.DEMO and not options["no_demo"]
            if demo:
                call_command("load_demo", stdout=self.stdout)  # while the web process starts
            answers = self._wait_for_web(supervisor, host, port, environment["BASE_URL"])
            if not answers and not supervisor.stop_asked:
                raise CommandError(f"Web tidak menjawab. Akhir catatannya, {web.log}:\n{web.last_lines()}")
            for name, command in _background():
                supervisor.start(name, command, environment)
            if not supervisor.stop_asked and not supervisor.fallen():
                heartbeat.delay()  # so that the portal is ready before the clock first strikes
                self._announce(environment["BASE_URL"], demo=demo)
                threading.Thread(target=self._tell_finished_jobs, args=(environment["BASE_URL"],), daemon=True).start()
            ending = supervisor.wait()
        self._report(ending)

    def _refuse_taken_port(self, host: str, port: int) -> None:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CommandError(
                    f"Alamat {host} porta {port} tidak dapat dipakai ({error.strerror}). "
                    f"Pilih porta lain, misalnya: python3 manage.py run --port {port + 1}"
                ) from error

    def _prepare_tables(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Menyiapkan basis data.")
            call_command("migrate", interactive=False, verbosity=0, database=DEFAULT_DB_ALIAS)

    def _environment(self, port: int) -> dict[str, str]:
        temporary = settings.VAR_DIR / "tmp"  # same file system as the broker's files: a rename there is atomic
        temporary.mkdir(parents=True, exist_ok=True)
        return {
            **os.environ,
            "PORT": str(port),
            "BASE_URL": os.environ.get("BASE_URL") or f"http://127.0.0.1:{port}",
            "DJANGO_SETTINGS_MODULE": "smartcity.settings",
            "PYTHONUNBUFFERED": "1",
            "TMPDIR": str(temporary),
            # A worker told to end does not wait for a book of half an hour: its job's lease passes to the next worker.
            "REMAP_SIGTERM": "SIGQUIT",
        }

    def _wait_for_web(self, supervisor: Supervisor, host: str, port: int, address: str) -> bool:
        """Whether it answered in time; the question is asked more slowly the longer it takes."""
        local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
        probe = f"http://{f'[{local}]' if ':' in local else local}:{port}/healthz"
        request = urllib.request.Request(probe, headers={"Host": urlsplit(address).netloc})
        deadline, pause = time.monotonic() + START_SECONDS, 0.05
        while time.monotonic() < deadline and not supervisor.stop_asked and not supervisor.fallen():
            try:
                with urllib.request.urlopen(request, timeout=2):  # noqa: S310
                    return True
            except (urllib.error.URLError, OSError):
                time.sleep(pause)
                pause = min(1.0, pause * 1.2)
        return False

    def _announce(self, address: str, *, demo: bool) -> None:
        self.stdout.write(self.style.SUCCESS(f"\nPortal berjalan di {address}"))
        if not demo:
            call_command("setup_link", if_needed=True, base_url=address, stdout=self.stdout)
        self.stdout.write(f"Catatan proses: {settings.VAR_DIR / 'log'}. Tekan Ctrl+C untuk berhenti.\n")
        self.stdout.flush()

    def _tell_finished_jobs(self, address: str) -> None:
        """Say where the result of each job is that was waiting when the portal started."""
        waiting = [job for model in job_models() for job in model.objects.filter(finished_at__isnull=True)]
        while waiting:
            time.sleep(2)
            for job in list(waiting):
                job.refresh_from_db()
                if not job.is_open:
                    waiting.remove(job)
                    where = f"{address}{job.get_absolute_url()}" if hasattr(job, "get_absolute_url") else ""
                    outcome = where if job.state == JobState.DONE else job.error
                    self.stdout.write(f"{job}: {job.get_state_display().lower()}. {outcome}")
                    self.stdout.flush()
            connection.close()

    def _report(self, ending: Ending) -> None:
        if ending.child:
            raise CommandError(
                f"Proses {ending.child.name} berakhir sendiri (kode {ending.child.process.returncode}), "
                f"jadi semuanya dihentikan. Akhir catatannya, {ending.child.log}:\n{ending.child.last_lines()}"
            )
        self.stdout.write("Portal berhenti.")


def _web(host: str, port: int) -> list[str]:
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return [
        *(sys.executable, "-m", "gunicorn", "smartcity.wsgi:application", "--bind", bind),
        *("--workers", "2", "--worker-class", "gthread", "--threads", "4", "--graceful-timeout", "10"),
        *("--preload", "--max-requests", "5000", "--max-requests-jitter", "500", "--chdir", str(settings.BASE_DIR)),
        *("--logger-class", "smartcity.web_log.WebLog", "--no-control-socket"),
    ]


def _background() -> list[tuple[str, list[str]]]:
    celery = [sys.executable, "-m", "celery", "--workdir", str(settings.BASE_DIR), "-A", "smartcity"]
    level = ["--loglevel", "INFO"]
    alone = ["--without-gossip", "--without-mingle"]

    def worker(name: str, queue: str, processes: int) -> tuple[str, list[str]]:
        taking = ["-Q", queue, "--concurrency", str(processes), "--hostname", f"{name}@%h"]
        return name, [*celery, "worker", *level, *taking, *alone]

    beat = [*celery, "beat", *level, "--schedule", settings.CELERY_BEAT_SCHEDULE_FILENAME, "--pidfile", ""]
    # Mails and sweeps, books, sheets, parts that nobody waits for yet: none waits behind another kind. Two books at a
    # time: a stuck one holds one place.
    workers = [("worker", "default", 2), ("books", "books", 2), ("sheets", "sheets", 1), ("parts", "parts", 1)]
    return [*(worker(*each) for each in workers), ("beat", beat)]
