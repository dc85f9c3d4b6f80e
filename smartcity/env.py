"""Readers of the environment: each returns a checked value or refuses with a sentence that tells how to correct it.

What the settings do with the values lives in `settings`; nothing here knows Django's setting names except those of
database and mail URLs, which django-environ takes apart.
"""

import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

# Letters and digits that cannot be taken for one another when typed from paper.
_READABLE = "23456789abcdefghjkmnpqrstvwxyz"
_YES = {"1", "true", "yes", "on", "ya"}
_NO = {"0", "false", "no", "off", "tidak"}
_DATABASES = {"sqlite", "postgres", "postgresql"}
_MAIL = {"smtp", "smtps", "smtp+tls", "smtp+ssl", "consolemail", "filemail", "memorymail", "dummymail"}
_BROKERS = {"filesystem", "redis", "rediss"}
_BUCKETS = {"s3+https", "s3+http"}


def load_file(path: Path) -> None:
    """Read `NAME=value` lines of `path` into the environment, if the file exists; what is already set wins."""
    if path.is_file():
        environ.Env.read_env(path)


def text(name: str, default: str | None = None) -> str:
    """The value as written; without a default the variable is required."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} belum diisi. Tulis {name}=… di lingkungan atau di berkas .env.")
    return default


def flag(name: str, default: bool) -> bool:
    """A yes or no."""
    value = text(name, "ya" if default else "tidak").lower()
    if value in _YES | _NO:
        return value in _YES
    raise ImproperlyConfigured(f"{name}={value!r} tidak dikenal. Tulis 1 untuk ya atau 0 untuk tidak.")


def number(name: str, default: int, *, low: int = 0, high: int = 10**9) -> int:
    """A whole number from `low` to `high`."""
    value = text(name, str(default))
    if value.isascii() and value.isdigit() and low <= int(value) <= high:
        return int(value)
    raise ImproperlyConfigured(f"{name}={value!r} tidak dapat dipakai. Tulis bilangan bulat dari {low} sampai {high}.")


def names(name: str, default: Sequence[str] | None = ()) -> list[str]:
    """A list written with commas; without a default at least one is required."""
    written = text(name, None if default is None else ",".join(default))
    return [part.strip() for part in written.split(",") if part.strip()]


def choice(name: str, options: Sequence[str], default: str) -> str:
    """One of a few words."""
    value = text(name, default).lower()
    if value in options:
        return value
    raise ImproperlyConfigured(f"{name}={value!r} tidak dikenal. Pilih salah satu: {', '.join(options)}.")


def hosts(name: str, default: Sequence[str]) -> list[str]:
    """Host names without scheme, port or path; a lone `*` is refused because it lets anybody forge links in mails."""
    found = names(name, default)
    for host in found:
        if host == "*" or "/" in host or not host:
            raise ImproperlyConfigured(
                f"{name} memuat {host!r}. Tulis nama host saja, dipisah koma, misalnya smartcity.semarangkab.go.id."
            )
    return found


def origins(name: str, default: Sequence[str] | None = ()) -> list[str]:
    """Origins such as https://host or https://host:8443."""
    found = names(name, default)
    for origin in found:
        parts = urlsplit(origin)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/"):
            raise ImproperlyConfigured(
                f"{name} memuat {origin!r}. Tulis dengan skema dan tanpa jalur, misalnya https://smartcity.contoh.go.id."
            )
    return [origin.rstrip("/") for origin in found]


def folder(name: str, default: Path) -> Path:
    """An absolute folder; a relative one would depend on where a process was started."""
    value = Path(text(name, str(default))).expanduser()
    if value.is_absolute():
        return value
    raise ImproperlyConfigured(
        f"{name}={str(value)!r} bukan jalur lengkap. Mulailah dengan garis miring, misalnya /srv/portal."
    )


def database(name: str, default: str | None) -> dict[str, Any]:
    """A database URL as Django's dict: sqlite:////folder/file or postgres://user:password@host:5432/name."""
    url = text(name, default)
    _scheme(name, url, _DATABASES, "postgres://pengguna:sandi@host:5432/nama atau sqlite:////folder/berkas.sqlite3")
    config: dict[str, Any] = environ.Env.db_url_config(url)
    if not config.get("NAME"):
        raise ImproperlyConfigured(
            f"{name} tidak menyebut nama basis data. Tambahkan sesudah host, misalnya …:5432/portal."
        )
    return config


def mail(name: str, default: str | None) -> dict[str, Any]:
    """A mail URL as Django's EMAIL_* settings."""
    url = text(name, default)
    _scheme(name, url, _MAIL, "smtp+tls://pengguna:sandi@host:587 atau consolemail://")
    config: dict[str, Any] = environ.Env.email_url_config(url)
    return {key: value for key, value in config.items() if value is not None}


def broker(name: str, default: str | None) -> str:
    """A Celery broker URL: redis://host:6379/0, or filesystem:// for one machine."""
    url = text(name, default)
    _scheme(name, url, _BROKERS, "redis://host:6379/0 atau filesystem://")
    return url


def bucket(name: str) -> dict[str, Any]:
    """A bucket of S3-like storage as options of django-storages; empty when the variable is.

    Written s3+https://key:secret@host:port/bucket?region=name; without key and secret they come from the machine's own
    role, as the storage's makers do it.
    """
    url = text(name, "")
    if not url:
        return {}
    example = "s3+https://kunci:sandi@s3.contoh.go.id/nama-wadah"
    _scheme(name, url, _BUCKETS, example)
    parts = urlsplit(url)
    holder = parts.path.strip("/")
    if not parts.hostname or not holder or "/" in holder:
        raise ImproperlyConfigured(f"{name} harus menyebut host dan satu nama wadah. Contoh: {example}.")
    if bool(parts.username) != bool(parts.password):
        raise ImproperlyConfigured(f"{name} menyebut kunci tanpa sandi, atau sebaliknya. Contoh: {example}.")
    host = parts.netloc.rpartition("@")[2]
    found: dict[str, Any] = {
        "endpoint_url": f"{parts.scheme.removeprefix('s3+')}://{host}",
        "bucket_name": holder,
        "region_name": parse_qs(parts.query).get("region", ["us-east-1"])[0],
    }
    if parts.username and parts.password:
        found |= {"access_key": unquote(parts.username), "secret_key": unquote(parts.password)}
    return found


def identity_provider(*, encrypted: bool) -> dict[str, Any]:
    """The OpenID Connect provider that OIDC_ISSUER names: issuer, origin, name, client_id, client_secret, domains.

    Empty when the variable is. `encrypted` refuses http. At least one domain of addresses is required: an issuer that
    serves everybody would otherwise prove addresses for which nobody here vouches.
    """
    issuer = text("OIDC_ISSUER", "").rstrip("/")
    if not issuer:
        return {}
    parts = urlsplit(issuer)
    schemes = {"https"} if encrypted else {"https", "http"}
    if parts.scheme not in schemes or not parts.hostname or parts.query or parts.fragment or len(issuer) > 200:
        raise ImproperlyConfigured(
            f"OIDC_ISSUER={issuer!r} tidak dapat dipakai. Tulis alamat penerbit, misalnya https://masuk.contoh.go.id."
        )
    return {
        "issuer": issuer,
        "origin": f"{parts.scheme}://{parts.netloc}",
        "name": text("OIDC_NAME", "akun instansi"),
        "client_id": text("OIDC_CLIENT_ID"),
        "client_secret": text("OIDC_CLIENT_SECRET"),
        "domains": [domain.lower().removeprefix("@") for domain in names("OIDC_DOMAINS", None)],
    }


def identity_apps(provider: dict[str, Any]) -> list[dict[str, Any]]:
    """What `identity_provider` found as allauth wants it; empty without one.

    Identities are kept under their issuer: the same subject at another provider is another person.
    """
    if not provider:
        return []
    named = {"provider_id": provider["issuer"], "name": provider["name"], "client_id": provider["client_id"]}
    return [named | {"secret": provider["client_secret"], "settings": {"server_url": provider["issuer"]}}]


def secret(name: str, *, minimum: int = 50) -> str:
    """A long random text from the environment; short or published ones are refused."""
    value = text(name)
    if len(value) < minimum or len(set(value)) < 10 or value.startswith("django-insecure"):
        raise ImproperlyConfigured(
            f"{name} terlalu lemah. Buat yang baru dengan: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(64))"'
        )
    return value


def kept_secret(path: Path, letters: int = 64) -> str:
    """The random text kept in `path`, made on first use, so that no two installations share it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    if not path.exists():
        draft.touch(mode=0o600)
        draft.write_text("".join(secrets.choice(_READABLE) for _ in range(letters)), encoding="ascii")
        with suppress(FileExistsError):
            os.link(draft, path)  # atomic, and the first of several starting processes wins
        draft.unlink()
    return path.read_text(encoding="ascii").strip()


def _scheme(name: str, url: str, known: set[str], example: str) -> None:
    scheme = url.partition("://")[0]
    if "://" not in url or scheme not in known:
        raise ImproperlyConfigured(f"{name} tidak dikenal (skema {scheme!r}). Contoh: {example}.")
