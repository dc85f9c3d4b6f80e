"""Checks of an installation, each with the sentence that tells how to correct it. Changes nothing.

Used by the `doctor` command. Needs the settings to be readable; unreadable ones refuse by themselves, by name.
"""

import ctypes
import secrets
import smtplib
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from smartcity import bootstrap, health
from smartcity.audit.sealing import overdue, unsealed
from smartcity.common.certificates import CertificateUnusable, open_certificate
from smartcity.common.storage.files import private_storage


@dataclass(frozen=True)
class Diagnosis:
    """One thing looked at: its name, whether it is in order, and how to mend it if not."""

    name: str
    ok: bool
    mend: str = ""


def examine() -> Iterator[Diagnosis]:
    """Look at everything, cheapest first; each question is asked when its finding is fetched."""
    yield Diagnosis("Python", sys.version_info >= (3, 11), "Pasang Python 3.11 atau lebih baru.")
    yield from _libraries()
    yield _fonts()
    yield from _settings()
    if settings.SIGNING_CERTIFICATE:
        yield _certificate()
    yield _bucket() if settings.MEDIA_STORAGE else _writable("Berkas pribadi", settings.MEDIA_ROOT, "MEDIA_ROOT")
    yield _writable("Folder kerja", settings.VAR_DIR, "VAR_DIR")
    yield from _data()
    yield Diagnosis(
        "Perantara tugas (broker)",
        health.broker_works(),
        "Periksa BROKER_URL, dan apakah Redis berjalan. Isian tetap tersimpan; buku dan surel menunggu.",
    )
    yield _mail()


def _libraries() -> Iterator[Diagnosis]:
    for library, package in bootstrap.LIBRARIES.items():
        try:
            ctypes.CDLL(library)
            found = True
        except OSError:
            found = False
        yield Diagnosis(f"Pustaka {library}", found, f"Jalankan sebagai root: apt-get install {package}")


def _fonts() -> Diagnosis:
    fonts = list((settings.BASE_DIR / "static" / "fonts").glob("*.woff2"))
    return Diagnosis("Huruf", bool(fonts), "Folder static/fonts kosong. Ambil ulang berkas proyek ini seutuhnya.")


def _settings() -> Iterator[Diagnosis]:
    yield Diagnosis(
        "Akun contoh", not (settings.PRODUCTION and settings.DEMO), "Tulis DEMO=0, lalu nonaktifkan akun contoh.test."
    )
    yield Diagnosis("Mode pengembang", not (settings.PRODUCTION and settings.DEBUG), "Tulis DEBUG=0.")
    yield Diagnosis(
        "Alamat portal",
        not settings.PRODUCTION or settings.BASE_URL.startswith("https://"),
        "Tulis BASE_URL=https://…, supaya kuki dan sandi tidak lewat tanpa sandi jaringan.",
    )
    key_file = settings.VAR_DIR / "secret-key"
    private = not key_file.exists() or key_file.stat().st_mode & 0o077 == 0
    yield Diagnosis("Kunci rahasia", private, f"Tutup berkasnya dari orang lain: chmod 600 {key_file}")


def _certificate() -> Diagnosis:
    try:
        open_certificate(settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSPHRASE)
    except CertificateUnusable as error:
        return Diagnosis("Sertifikat tanda tangan", False, str(error))
    return Diagnosis("Sertifikat tanda tangan", True)


def _writable(name: str, folder: Path, setting: str) -> Diagnosis:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return Diagnosis(
            name, False, f"{folder} tidak dapat ditulisi ({error.strerror}). Perbaiki izinnya atau {setting}."
        )
    return Diagnosis(name, True)


def _bucket() -> Diagnosis:
    """Writes, reads and removes a small file, because a key may allow one and not the other."""
    storage, name = private_storage(), f"doctor/{secrets.token_hex(8)}"
    try:
        storage.write_chunk(name, 0, b"doctor")
        with storage.open(name) as written:
            whole = written.read() == b"doctor"
        storage.delete(name)
    except OSError as error:
        return Diagnosis("Berkas pribadi", False, f"{error}. Periksa MEDIA_STORAGE_URL: alamat, kunci, dan nama wadah.")
    return Diagnosis("Berkas pribadi", whole, "Penyimpanan memberikan isi yang lain. Periksa MEDIA_STORAGE_URL.")


def _data() -> Iterator[Diagnosis]:
    reachable = health.database_works()
    yield Diagnosis("Basis data", reachable, "Periksa DATABASE_URL, dan apakah PostgreSQL berjalan.")
    if not reachable:
        return
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    yield Diagnosis("Susunan tabel", not pending, "Jalankan: python3 manage.py migrate")
    if not pending:
        yield worker()
        yield _audit_log()
        if settings.PRODUCTION:
            yield _backup()


def worker() -> Diagnosis:
    """Whether the clock sends its tasks and a worker runs them."""
    try:
        age, running = health.worker_age(), health.running_jobs(health.unfinished_jobs())
    except DatabaseError:
        age, running = None, 0
    seen = "belum pernah terlihat" if age is None else f"terakhir terlihat {age} detik lalu"
    return Diagnosis(
        "Pekerja latar",
        health.is_alive(age, running),
        f"Pekerja {seen}. Jalankan python3 manage.py run, atau layanan worker dan beat.",
    )


def _backup() -> Diagnosis:
    age = health.backup_age()
    seen = "belum pernah dicadangkan" if age is None else f"terakhir dicadangkan {age.days} hari lalu"
    return Diagnosis(
        "Cadangan",
        health.is_backed_up(age),
        f"Portal {seen}. Jalankan python3 manage.py backup, dan jadwalkan tiap malam (smartcity/README.md).",
    )


def _audit_log() -> Diagnosis:
    late = overdue(unsealed())
    return Diagnosis(
        "Catatan perbuatan",
        not late,
        f"{sum(each.count for each in late)} catatan lebih dari satu jam belum disegel. Jalankan pekerja dan beat, "
        "lalu python3 manage.py audit_verify.",
    )


def _mail() -> Diagnosis:
    try:
        with get_connection():
            return Diagnosis("Surel", True)
    except (OSError, smtplib.SMTPException) as error:
        return Diagnosis("Surel", False, f"Peladen surel tidak menjawab ({error}). Periksa EMAIL_URL.")
