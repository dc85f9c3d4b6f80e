"""The one settings file: every value that differs between machines comes from the environment through `env`.

Without any setting the portal runs on one machine: SQLite, a broker of files and private media, all below var/.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from smartcity import env

BASE_DIR = Path(__file__).resolve().parent.parent
env.load_file(env.folder("PORTAL_ENV_FILE", BASE_DIR / ".env"))

PORTAL_ENV = env.choice("PORTAL_ENV", ("development", "production"), "development")
PRODUCTION = PORTAL_ENV == "production"
DEBUG = env.flag("DEBUG", default=False)
VAR_DIR = env.folder("VAR_DIR", BASE_DIR / "var")

# Addresses ----------------------------------------------------------------------------------------------------------

PORT = env.number("PORT", 8000, low=1, high=65535)
BASE_URL = env.origins("BASE_URL", None if PRODUCTION else [f"http://127.0.0.1:{PORT}"])[0]
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", [] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"])
ALLOWED_HOSTS += [host for host in [urlsplit(BASE_URL).hostname or ""] if host not in ALLOWED_HOSTS]
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS", [BASE_URL] if PRODUCTION else [])
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0, high=5)  # reverse proxies in front that set X-Forwarded-For/-Proto

SECRET_KEY = env.secret("SECRET_KEY") if PRODUCTION else env.text("SECRET_KEY", env.kept_secret(VAR_DIR / "secret-key"))
# Keys of before: what they signed or sealed still holds.
SECRET_KEY_FALLBACKS = env.names("SECRET_KEY_FALLBACKS")

# The sample regency and its accounts; in production only when asked for, which `doctor` reports.
DEMO = env.flag("DEMO", default=not PRODUCTION)
DEMO_PASSWORD = env.text("DEMO_PASSWORD", env.kept_secret(VAR_DIR / "demo-password", letters=12)) if DEMO else ""

# What the portal is made of -----------------------------------------------------------------------------------------

ROOT_URLCONF = "smartcity.urls"
WSGI_APPLICATION = "smartcity.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "smartcity",
    "agencies",
    "masterplan",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "template_partials",
    "csp",
]

MIDDLEWARE = [
    "smartcity.middleware.reference",
    "smartcity.middleware.time_zone_of_the_place",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "smartcity.static_files.StaticFiles",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "smartcity.middleware.policy_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "smartcity.middleware.session_limits",
    "smartcity.login_required.LoginRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "agencies.views.refusals.record_refusals",
    "smartcity.views.explain_buttons",
    "masterplan.pages.refusals.RefusalMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "masterplan.home.navigation.navigation",
            ],
            "builtins": ["smartcity.common.template_filters", "masterplan.templatetags.crumb_tags"],
        },
    }
]

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia")]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

# Data ---------------------------------------------------------------------------------------------------------------

_database = env.database("DATABASE_URL", None if PRODUCTION else f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
if _database["ENGINE"].endswith("sqlite3"):
    Path(_database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    _database["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    _statement_seconds = env.number("DATABASE_STATEMENT_SECONDS", 30, high=86400)  # 0: no limit, for long migrations
    _database["CONN_MAX_AGE"] = 60
    _database["CONN_HEALTH_CHECKS"] = True
    _database["OPTIONS"] = {
        **_database.get("OPTIONS", {}),
        "connect_timeout": 5,
        "options": f"-c statement_timeout={_statement_seconds}s -c lock_timeout=10s"
        " -c idle_in_transaction_session_timeout=60s",
    }
DATABASES: dict[str, dict[str, Any]] = {"default": _database}

# In the database because it is the one thing every installation has; it holds the counters of the rate limits.
# It counts failed logins and wrong codes. Django throws a third away above 300 entries: nobody may flood a count away.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "smartcity_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
        "KEY_FUNCTION": "smartcity.common.rate_limits.sealed_key",
    }
}

MEDIA_ROOT = env.folder("MEDIA_ROOT", VAR_DIR / "media")
# Private files in S3-like storage instead, when several machines serve or print.
MEDIA_STORAGE = env.bucket("MEDIA_STORAGE_URL")
# Whether downloads come from that storage itself, by an address that works for a minute, or through the portal.
MEDIA_PRESIGNED = env.flag("MEDIA_PRESIGNED", default=False)
# Where the reverse proxy serves MEDIA_ROOT as an internal location; empty: Django sends the files itself.
X_ACCEL_PREFIX = env.text("X_ACCEL_PREFIX", "")
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# Where backups go: best a disk or machine of its own, for they are of use when this one is lost.
BACKUP_DIR = env.folder("BACKUP_DIR", VAR_DIR / "backup")

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.folder("STATIC_ROOT", VAR_DIR / "static") if PRODUCTION else None
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 24 * 3600  # for what has no version in its address, as the font
_private: dict[str, Any] = {"BACKEND": "smartcity.common.storage.files.PrivateFiles"}
if MEDIA_STORAGE:
    _private = {"BACKEND": "smartcity.common.storage.object_storage.ObjectStorage", "OPTIONS": MEDIA_STORAGE}
STORAGES = {
    "default": _private,
    "private": _private,
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "smartcity.static_files.VersionedFiles"
    },
}

# People -------------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = ["agencies.backends.PortalBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "agencies.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # people arrive by invitation, which has proved the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(BASE_URL).scheme
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # of the password and the second factor, by whoever changes an account
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {
    "login": "agencies.forms.accounts.SignInForm",
    "reauthenticate": "agencies.forms.accounts.PasswordAndFactorForm",
    "reset_password": "agencies.forms.accounts.ProvedAddressResetForm",
}
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "reset_password": "30/m/ip,3/10m/key",
    "reset_password_from_key": "30/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
# Public pages, per address, behind which a whole workshop may sit: codes nobody was given, files to be looked at, and
# people who sign in. Wrong passwords, see agencies.known_devices: of a browser known for the account, of others per
# account and network, and of all others per account.
RATE_LIMITS = {
    "unknown_code": "30/m/ip,300/h/ip",
    "checked_file": "30/m/ip,300/h/ip",
    "attendance": "60/m/ip,600/h/ip",
    "identity": "60/m/ip,600/h/ip",
    "known_device": "5/5m/key",
    "guess_from_network": "60/m/ip,5/5m/key,20/h/key",
    "guess_at_account": "60/h/key",
}
# Sign-in through the organisation's own identity provider (OpenID Connect), where OIDC_ISSUER names one.
IDENTITY_PROVIDER = env.identity_provider(encrypted=PRODUCTION)
SOCIALACCOUNT_ADAPTER = "agencies.adapters.IdentityAdapter"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": env.identity_apps(IDENTITY_PROVIDER)}}
MFA_ADAPTER = "agencies.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Master Plan Smart City"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_SECONDS = env.number("SESSION_IDLE_MINUTES", 120, low=5, high=720) * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# Browser rules ------------------------------------------------------------------------------------------------------

_secure = PRODUCTION and BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _secure
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by the container runtime over plain HTTP
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 31536000) if _secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _secure
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "smartcity.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        # The button of the identity provider is a form whose answer leads there.
        "form-action": [SELF, *([IDENTITY_PROVIDER["origin"]] if IDENTITY_PROVIDER else [])],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Mail ---------------------------------------------------------------------------------------------------------------

vars().update(env.mail("EMAIL_URL", None if PRODUCTION else f"filemail:///{VAR_DIR / 'mail'}"))
EMAIL_TIMEOUT = 10
DIGEST_HOUR = env.number("DIGEST_HOUR", 8, low=5, high=15)  # local hour from which the digest of a working day leaves
NEWS_KEPT_DAYS = env.number("NEWS_KEPT_DAYS", 180, low=7, high=3650)  # how long news, mails and previews are kept
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("FROM_EMAIL", f"portal@{urlsplit(BASE_URL).hostname}")

# Background work ----------------------------------------------------------------------------------------------------

BOOK_SECONDS = env.number("BOOK_SECONDS", 1800, low=60, high=4 * 3600)  # longest a book may take
BOOK_MAIL_SECONDS = env.number("BOOK_MAIL_SECONDS", 60, high=24 * 3600)  # a book that took longer is told by mail
# Of one regency: books in the press at a time, so that a stuck one holds nobody else's, and books that may wait.
BOOKS_AT_ONCE = env.number("BOOKS_AT_ONCE", 1, low=1, high=64)
BOOKS_WAITING = env.number("BOOKS_WAITING", 20, low=1, high=1000)
PARTS_DIR = env.folder("PARTS_DIR", VAR_DIR / "parts")  # rendered parts of books; shared when several machines print
BOOK_WORKERS = env.number("BOOK_WORKERS", 2, low=1, high=16)
# Certificate (PKCS#12) with which finished books are signed, and the authority that stamps the time; empty: neither.
SIGNING_CERTIFICATE = env.text("SIGNING_CERTIFICATE", "")
SIGNING_PASSPHRASE = env.text("SIGNING_PASSPHRASE", "")
SIGNING_TSA_URL = env.text("SIGNING_TSA_URL", "")
CELERY_BROKER_URL = env.broker("BROKER_URL", None if PRODUCTION else "filesystem://localhost")
if CELERY_BROKER_URL.startswith("filesystem"):
    _broker_dir = VAR_DIR / "broker"
    for _folder in ("messages", "control"):
        (_broker_dir / _folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        "data_folder_in": str(_broker_dir / "messages"),
        "data_folder_out": str(_broker_dir / "messages"),
        "control_folder": str(_broker_dir / "control"),
        "polling_interval": 0.1,
    }
else:
    # A message that is not acknowledged comes back after the longest task has surely ended.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": BOOK_SECONDS + 600,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 2,
        "socket_timeout": 10,
        # Whoever sends does not wait for a broker that is away. (A worker keeps trying: it has settings of its own.)
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0,
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_TASK_PUBLISH_RETRY = False  # the row is queued already and is sent again by the sweep; nobody waits for a broker
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    # Each has a worker of its own: no sheet waits behind a book, and no mail or sweep behind either.
    "masterplan.tasks.produce_sheet_part": {"queue": "sheets"},
    "masterplan.tasks.produce_workshop_paper": {"queue": "sheets"},
    "masterplan.tasks.produce_letters": {"queue": "sheets"},
    "masterplan.tasks.produce_next_book": {"queue": "books"},
    # Nobody waits for these, and nothing is lost without them.
    "masterplan.tasks.render_sheet_ahead": {"queue": "parts"},
    "masterplan.tasks.render_books_ahead": {"queue": "parts"},
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False  # a task that kills its worker must not loop; the row's lease decides
CELERY_TASK_TIME_LIMIT = BOOK_SECONDS + 60
CELERY_TASK_SOFT_TIME_LIMIT = BOOK_SECONDS
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# A process of a worker is replaced after so many tasks, or after one that left it larger than this; never during one.
CELERY_WORKER_MAX_TASKS_PER_CHILD = env.number("WORKER_TASKS", 200, low=1)
CELERY_WORKER_MAX_MEMORY_PER_CHILD = env.number("WORKER_MEMORY_MB", 700, low=200, high=65536) * 1024
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 5  # seconds a running task gets when the worker is told to end
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {"task": "masterplan.tasks.sweep_jobs", "schedule": 20, "options": {"expires": 20}},
    "sweep-workbooks": {
        "task": "masterplan.initiatives.workbook.tasks.sweep_workbooks",
        "schedule": 20,
        "options": {"expires": 20},
    },
    "sweep-plans": {
        "task": "masterplan.plans.importing.tasks.sweep_plans",
        "schedule": 20,
        "options": {"expires": 20},
    },
    "mail-notices": {"task": "masterplan.tasks.mail_notices", "schedule": 20, "options": {"expires": 20}},
    "refresh-figures": {"task": "masterplan.tasks.refresh_all_figures", "schedule": 24 * 3600},
    "prune-news": {"task": "masterplan.tasks.prune_news", "schedule": 24 * 3600},
    "prune-sheets": {"task": "masterplan.tasks.prune_sheets", "schedule": 24 * 3600},
    "clear-sessions": {"task": "smartcity.tasks.clear_sessions", "schedule": 24 * 3600},
    "prune-evidence": {"task": "masterplan.tasks.prune_evidence", "schedule": 24 * 3600},
    "prune-workbooks": {"task": "masterplan.tasks.prune_workbooks", "schedule": 24 * 3600},
    "forget-attendees": {"task": "masterplan.workshops.tasks.forget_attendees", "schedule": 24 * 3600},
    "prune-presence": {"task": "masterplan.tasks.prune_presence", "schedule": 600, "options": {"expires": 600}},
    "heartbeat": {"task": "smartcity.tasks.heartbeat", "schedule": 20, "options": {"expires": 20}},
    "seal-audit-log": {"task": "smartcity.tasks.seal_audit_log", "schedule": 60, "options": {"expires": 60}},
}

# Logs ---------------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"reference": {"()": "smartcity.middleware.ReferenceFilter"}},
    "formatters": {
        "line": {
            "()": "smartcity.logs.LineFormatter",
            "fmt": "%(asctime)s %(levelname)s %(name)s [%(reference)s] %(message)s",
            "sentences": not PRODUCTION,
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["reference"]}},
    "root": {"handlers": ["console"], "level": env.choice("LOG_LEVEL", ("debug", "info", "warning"), "info").upper()},
    "loggers": {"django": {"handlers": [], "propagate": True}, "django.server": {"handlers": [], "propagate": True}},
}
