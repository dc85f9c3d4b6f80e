"""`manage.py doctor` names what is wrong and how to mend it, and nothing else."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from agencies.models import Regency, SecurityEvent, User
from smartcity import bootstrap, doctor, health
from smartcity.audit.sealing import seal_new
from smartcity.models import Heartbeat
from smartcity.tasks import heartbeat
from tests.factories import certificates

pytestmark = pytest.mark.django_db


def wrong() -> dict[str, str]:
    return {finding.name: finding.mend for finding in doctor.examine() if not finding.ok}


def test_a_good_installation_has_no_fault(settings: Any) -> None:
    heartbeat()
    assert wrong() == {}


def test_the_worker_that_never_came_is_named() -> None:
    assert "belum pernah terlihat" in wrong()["Pekerja latar"]


def test_a_log_that_nobody_seals_is_named(regency: Regency, coordinator: User) -> None:
    old = timezone.now() - timedelta(hours=2)
    SecurityEvent.objects.create(regency=regency, kind="invited", actor=coordinator, subject="x@contoh.test", at=old)
    assert "1 catatan lebih dari satu jam belum disegel" in wrong()["Catatan perbuatan"]
    seal_new()
    assert "Catatan perbuatan" not in wrong()


def test_sample_accounts_in_production_are_named(settings: Any) -> None:
    settings.PRODUCTION, settings.DEMO, settings.DEBUG = True, True, True
    settings.BASE_URL = "http://smartcity.contoh.go.id"
    assert {"Akun contoh", "Mode pengembang", "Alamat portal"} <= set(wrong())


def test_a_portal_without_a_young_backup_is_named_in_production(settings: Any) -> None:
    settings.PRODUCTION = True
    assert "belum pernah dicadangkan" in wrong()["Cadangan"]
    beat = Heartbeat.objects.create(name="backup", at=timezone.now() - timedelta(days=9))
    assert "9 hari lalu. Jalankan python3 manage.py backup" in wrong()["Cadangan"]
    Heartbeat.objects.filter(pk=beat.pk).update(at=timezone.now())
    assert "Cadangan" not in wrong()


def test_a_folder_that_cannot_be_written_is_named(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "media").write_text("bukan folder", encoding="ascii")
    settings.MEDIA_ROOT = tmp_path / "media"
    assert "MEDIA_ROOT" in wrong()["Berkas pribadi"]


def test_a_key_others_can_read_is_named(settings: Any) -> None:
    settings.VAR_DIR.mkdir()
    (settings.VAR_DIR / "secret-key").touch(mode=0o644)
    (settings.VAR_DIR / "secret-key").chmod(0o644)
    assert "chmod 600" in wrong()["Kunci rahasia"]


def test_a_certificate_is_looked_at_where_one_is_named(settings: Any, tmp_path: Path) -> None:
    assert "Sertifikat tanda tangan" not in {finding.name for finding in doctor.examine()}
    settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSPHRASE = str(certificates.bundle(tmp_path)), "keliru"
    assert "SIGNING_PASSPHRASE" in wrong()["Sertifikat tanda tangan"]
    settings.SIGNING_PASSPHRASE = certificates.PASSPHRASE
    assert "Sertifikat tanda tangan" not in wrong()


def test_a_missing_library_comes_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "LIBRARIES", {"libtidakada.so.7": "libtidakada7"})
    assert "apt-get install libtidakada7" in wrong()["Pustaka libtidakada.so.7"]


def test_mail_that_does_not_answer_is_named(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert "EMAIL_URL" in wrong()["Surel"]


def test_without_a_database_the_rest_is_still_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "database_works", lambda: False)
    names = [finding.name for finding in doctor.examine()]
    assert "DATABASE_URL" in wrong()["Basis data"]
    assert names[-1] == "Surel"
    assert "Susunan tabel" not in names


def test_the_command_ends_with_one_when_anything_is_wrong() -> None:
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", stdout=out)
    assert ended.value.code == 1
    assert "rusak  Pekerja latar" in out.getvalue()
    assert out.getvalue().strip().endswith("hal perlu diperbaiki.")


def test_the_container_asks_for_the_worker_alone() -> None:
    heartbeat()
    out = StringIO()
    call_command("doctor", "--only-worker", stdout=out)
    assert out.getvalue().splitlines() == ["baik   Pekerja latar", "Semuanya baik."]
