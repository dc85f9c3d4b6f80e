"""Each reader of the environment takes what is right and refuses nonsense with the name of the setting."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from smartcity import env


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("X", raising=False)


def test_what_is_required_must_be_there() -> None:
    with pytest.raises(ImproperlyConfigured, match="X belum diisi"):
        env.text("X")


def test_an_empty_value_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "  ")
    assert env.text("X", "bawaan") == "bawaan"


GOOD: list[tuple[Callable[[], Any], str, Any]] = [
    (lambda: env.flag("X", False), "Ya", True),
    (lambda: env.flag("X", True), "0", False),
    (lambda: env.number("X", 1, low=1, high=65535), "8080", 8080),
    (lambda: env.names("X"), "a, b ,,c", ["a", "b", "c"]),
    (lambda: env.choice("X", ("development", "production"), "development"), "Production", "production"),
    (lambda: env.hosts("X", []), "a.go.id,b.go.id", ["a.go.id", "b.go.id"]),
    (lambda: env.origins("X"), "https://a.go.id/", ["https://a.go.id"]),
    (lambda: env.folder("X", Path("/")), "/srv/portal", Path("/srv/portal")),
    (lambda: env.broker("X", None), "redis://h:6379/2", "redis://h:6379/2"),
    (lambda: env.database("X", None)["NAME"], "postgres://u:p%40ss@h:5432/portal", "portal"),
    (lambda: env.database("X", None)["PASSWORD"], "postgres://u:p%40ss@h:5432/portal", "p@ss"),
    (lambda: env.database("X", None)["NAME"], "sqlite:////srv/db.sqlite3", "/srv/db.sqlite3"),
    (lambda: env.bucket("X"), "", {}),
    (lambda: env.bucket("X")["endpoint_url"], "s3+http://k:s@127.0.0.1:9000/w", "http://127.0.0.1:9000"),
    (lambda: env.bucket("X")["secret_key"], "s3+https://k:a%2Fb@s3.contoh.test/w", "a/b"),
    (lambda: env.bucket("X")["region_name"], "s3+https://s3.contoh.go.id/w?region=ap-southeast-3", "ap-southeast-3"),
    (lambda: "access_key" in env.bucket("X"), "s3+https://s3.contoh.go.id/w", False),
    (lambda: env.mail("X", None)["EMAIL_USE_TLS"], "smtp+tls://u:p@mail:587", True),
    (lambda: env.mail("X", None)["EMAIL_FILE_PATH"], "filemail:////srv/mail", "/srv/mail"),
]


@pytest.mark.parametrize(("read", "written", "meant"), GOOD)
def test_what_is_right_is_taken(
    read: Callable[[], Any], written: str, meant: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("X", written)
    assert read() == meant


BAD: list[tuple[Callable[[], Any], str]] = [
    (lambda: env.bucket("X"), "https://s3.contoh.go.id/w"),
    (lambda: env.bucket("X"), "s3+https://s3.contoh.go.id/"),
    (lambda: env.bucket("X"), "s3+https://s3.contoh.go.id/w/folder"),
    (lambda: env.bucket("X"), "s3+https://kunci@s3.contoh.go.id/w"),
    (lambda: env.flag("X", False), "mungkin"),
    (lambda: env.number("X", 1, low=1, high=65535), "70000"),
    (lambda: env.number("X", 1), "-1"),
    (lambda: env.number("X", 1), "¾"),
    (lambda: env.choice("X", ("development", "production"), "development"), "staging"),
    (lambda: env.hosts("X", []), "*"),
    (lambda: env.hosts("X", []), "https://a.go.id"),
    (lambda: env.origins("X"), "a.go.id"),
    (lambda: env.origins("X"), "https://a.go.id/portal"),
    (lambda: env.folder("X", Path("/")), "media"),
    (lambda: env.broker("X", None), "amqp://h"),
    (lambda: env.broker("X", None), "localhost:6379"),
    (lambda: env.database("X", None), "mysql://u:p@h/portal"),
    (lambda: env.database("X", None), "postgres://u:p@h:5432"),
    (lambda: env.mail("X", None), "mail.go.id:25"),
    (lambda: env.secret("X"), "pendek"),
    (lambda: env.secret("X"), "a" * 64),
    (lambda: env.secret("X"), "django-insecure-" + "abcdefghijklmnopqrstuvwxyz" * 2),
]


@pytest.mark.parametrize(("read", "written"), BAD)
def test_nonsense_is_refused_by_name(read: Callable[[], Any], written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", written)
    with pytest.raises(ImproperlyConfigured, match=r"^X\b"):
        read()


def test_a_provider_is_named_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name without an address that it may prove, or an open connection in production, is refused."""
    assert env.identity_apps(env.identity_provider(encrypted=True)) == []
    monkeypatch.setenv("OIDC_ISSUER", "https://masuk.contoh.test/realms/pemda/")
    for name in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_DOMAINS"):
        with pytest.raises(ImproperlyConfigured, match=name):
            env.identity_provider(encrypted=True)
        monkeypatch.setenv(name, "@Contoh.test, b.test")
    found = env.identity_provider(encrypted=True)
    assert (found["issuer"], found["origin"], found["name"], found["domains"]) == (
        "https://masuk.contoh.test/realms/pemda", "https://masuk.contoh.test", "akun instansi", ["contoh.test", "b.test"],
    )  # fmt: skip
    assert env.identity_apps(found)[0]["provider_id"] == found["issuer"]
    for issuer in ("http://masuk.contoh.test", "masuk.contoh.test", "https://", f"https://{'a' * 200}.test"):
        monkeypatch.setenv("OIDC_ISSUER", issuer)
        with pytest.raises(ImproperlyConfigured, match=r"^OIDC_ISSUER"):
            env.identity_provider(encrypted=True)


def test_a_refusal_does_not_repeat_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "mysql://pengguna:rahasia@h/portal")
    with pytest.raises(ImproperlyConfigured) as refusal:
        env.database("X", None)
    assert "rahasia" not in str(refusal.value)


def test_a_kept_secret_stays_and_is_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "kunci"
    first = env.kept_secret(path)
    assert len(first) >= 50
    assert env.kept_secret(path) == first
    assert path.stat().st_mode & 0o077 == 0
    assert list(path.parent.iterdir()) == [path]


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "lingkungan")
    monkeypatch.delenv("Y", raising=False)
    (tmp_path / ".env").write_text("# catatan\nX=berkas\nY='ada spasi'\n", encoding="utf-8")
    env.load_file(tmp_path / ".env")
    assert (env.text("X"), env.text("Y")) == ("lingkungan", "ada spasi")
    monkeypatch.delenv("Y")


def test_a_file_that_is_not_there_is_fine(tmp_path: Path) -> None:
    env.load_file(tmp_path / ".env")
