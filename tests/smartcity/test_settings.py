"""The settings file as a whole, read in a fresh process: what production insists on and what a laptop gets."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, transaction

PRODUCTION = {
    "PORTAL_ENV": "production",
    "SECRET_KEY": "k3y-for-the-test-of-settings-0123456789-abcdefghijklmnopqrstuvwxyz",
    "DATABASE_URL": "postgres://u:p@127.0.0.1:5432/portal",
    "BROKER_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp+tls://u:p@127.0.0.1:587",
    "BASE_URL": "https://smartcity.contoh.go.id",
}
SHOWN = (
    "DEBUG", "DEMO", "ALLOWED_HOSTS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS",
    "CELERY_BROKER_TRANSPORT_OPTIONS", "CELERY_TASK_TIME_LIMIT", "CELERY_BROKER_URL", "STATIC_ROOT", "MEDIA_ROOT",
)  # fmt: skip
PROGRAM = f"""
import json
from smartcity import settings
shown = {{name: getattr(settings, name) for name in {SHOWN!r}}}
shown |= {{"database": settings.DATABASES["default"], "storage": settings.STORAGES["staticfiles"]}}
print(json.dumps(shown, default=str))
"""


def read(tmp_path: Path, environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    base = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "PORTAL_ENV_FILE": "/dev/null"}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=base | environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def values(tmp_path: Path, environment: dict[str, str]) -> dict[str, Any]:
    done = read(tmp_path, environment)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_laptop_needs_no_setting(tmp_path: Path) -> None:
    found = values(tmp_path, {})
    assert found["database"]["NAME"] == str(tmp_path / "db.sqlite3")
    assert found["database"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert found["CELERY_BROKER_URL"].startswith("filesystem://")
    assert found["CELERY_BROKER_TRANSPORT_OPTIONS"]["data_folder_in"].startswith(str(tmp_path))
    assert found["MEDIA_ROOT"] == str(tmp_path / "media")
    assert found["storage"]["BACKEND"] == "smartcity.static_files.VersionedFiles"
    assert (found["DEBUG"], found["DEMO"], found["SESSION_COOKIE_SECURE"]) == (False, True, False)


def test_production_is_strict(tmp_path: Path) -> None:
    found = values(tmp_path, PRODUCTION)
    assert found["database"]["OPTIONS"]["options"].startswith("-c statement_timeout=30s -c lock_timeout=10s")
    assert found["CELERY_BROKER_TRANSPORT_OPTIONS"]["visibility_timeout"] > found["CELERY_TASK_TIME_LIMIT"]
    assert (found["DEBUG"], found["DEMO"]) == (False, False)
    assert found["SESSION_COOKIE_SECURE"]
    assert found["CSRF_COOKIE_SECURE"]
    assert found["SECURE_HSTS_SECONDS"] >= 31536000
    assert found["ALLOWED_HOSTS"] == ["smartcity.contoh.go.id"]
    assert "Manifest" in found["storage"]["BACKEND"]


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "BROKER_URL", "EMAIL_URL", "BASE_URL"])
def test_production_does_not_guess(name: str, tmp_path: Path) -> None:
    done = read(tmp_path, {key: value for key, value in PRODUCTION.items() if key != name})
    assert done.returncode != 0
    assert f"{name} belum diisi" in done.stderr


@pytest.mark.django_db(transaction=True)
def test_foreign_keys_are_kept_by_the_database() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        LogEntry.objects.create(user_id=10**9, action_flag=1, object_repr="tanpa pemilik")


def test_the_example_names_every_setting_and_no_other() -> None:
    """What `settings` reads and what `.env.example` and docker-compose.yml offer are one list."""
    source = (settings.BASE_DIR / "smartcity" / "settings.py").read_text(encoding="utf-8")
    read_by_settings = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", source)) - {"PORTAL_ENV_FILE"}
    readers = (settings.BASE_DIR / "smartcity" / "env.py").read_text(encoding="utf-8")
    read_by_settings |= set(re.findall(r"\b(?:text|names)\(\"([A-Z_]+)\"", readers))
    example = (settings.BASE_DIR / ".env.example").read_text(encoding="utf-8")
    offered = set(re.findall(r"^#([A-Z_]+)=", example, flags=re.MULTILINE))
    assert offered - {"POSTGRES_PASSWORD", "WORKERS"} == read_by_settings
