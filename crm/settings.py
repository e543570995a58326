"""Settings of the site, all of them from the environment.

With ``SAPAR_EMBEDDED=1`` (set by ``make run``) everything has a default that needs no service: SQLite, an embedded
broker on a unix socket, mail into a local outbox; data lie in ``SAPAR_VAR`` (default ``var/``). Without it a missing
variable stops the start with a sentence that names every one that is missing.
"""

import hashlib
import os
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import environ
import structlog
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from crm.sign_in_settings import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

EMBEDDED = env.bool("SAPAR_EMBEDDED", default=False)
DEBUG = env.bool("DEBUG", default=False)
VAR_DIR = Path(env.str("SAPAR_VAR", default=str(BASE_DIR / "var"))).resolve()


def broker_socket() -> Path:
    """Return where the embedded broker listens: below ``SAPAR_VAR``, unless its path suits no socket or its settings.

    A socket's address is short, and the broker's settings file takes no spaces, quotes and backslashes.
    """
    path = VAR_DIR / "broker" / "broker.sock"
    if len(os.fsencode(path)) < 100 and not set(str(path)) & set(" \t\n'\"\\#"):
        return path
    key = hashlib.sha256(os.fsencode(VAR_DIR)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"sapar-{os.getuid()}-{key}" / "broker.sock"


BROKER_SOCKET = broker_socket()
REQUIRED = ("SECRET_KEY", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL")
EMBEDDED_DEFAULTS = {
    "SECRET_KEY": "embedded-only-not-secret-" + "0123456789" * 4,
    "DATABASE_URL": f"sqlite:///{VAR_DIR / 'sapar.sqlite3'}",
    "REDIS_URL": f"unix://{quote(str(BROKER_SOCKET))}",
    "EMAIL_URL": "outbox://",
    "SITE_URL": "http://127.0.0.1:8000",
}


def read_required() -> dict[str, str]:
    """Return the required variables; raise naming all that are missing, so that one start shows them all."""
    values = {name: env.str(name, default=EMBEDDED_DEFAULTS[name] if EMBEDDED else "") for name in REQUIRED}
    missing = [name for name, value in values.items() if not value]
    if missing:
        raise ImproperlyConfigured(
            f"Set {', '.join(missing)} in the environment, or SAPAR_EMBEDDED=1 for a local try-out (see README)."
        )
    return values


if EMBEDDED:
    VAR_DIR.mkdir(parents=True, exist_ok=True)
REQUIRED_VALUES = read_required()
SECRET_KEY = REQUIRED_VALUES["SECRET_KEY"]
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
SITE_URL = REQUIRED_VALUES["SITE_URL"].rstrip("/")
SITE_IS_HTTPS = SITE_URL.startswith("https://")
SITE_HOST = SITE_URL.split("://", 1)[-1].split("/", 1)[0].rsplit(":", 1)[0]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[SITE_HOST, "127.0.0.1", "localhost"] if EMBEDDED else [SITE_HOST])
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_IS_HTTPS else []

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.simple_history",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "lucide",
    "rest_framework",
    "simple_history",
    "crm.shared",
    "crm.audit",
    "crm.reference",
    "crm.accounts",
    "crm.reminders",
    "crm.notes",
    "crm.companies",
    "crm.delegations",
    "crm.meetings",
    "crm.documents",
    "crm.commitments",
    "leads.deals",
    "leads.visit_reports",
    "crm.home",
    "crm.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "crm.shared.middleware.BackOfficePolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "crm.accounts.middleware.UserPreferencesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "crm.audit.middleware.AuditMiddleware",
    "crm.accounts.middleware.IdleTimeoutMiddleware",
    "crm.accounts.middleware.SecondFactorMiddleware",
    "crm.shared.middleware.SignInForHtmxMiddleware",
    "crm.shared.middleware.DomainErrorMiddleware",
    "crm.shared.limits.RateLimitMiddleware",
]

ROOT_URLCONF = "crm.urls"
WSGI_APPLICATION = "crm.wsgi.application"
FORM_RENDERER = "crm.shared.forms.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "crm.shared.context_processors.workspace",
            ],
        },
    }
]


def database() -> dict[str, Any]:
    """Return the database's settings: WAL and immediate transactions on SQLite, a pool on PostgreSQL."""
    config: dict[str, Any] = env.db_url_config(REQUIRED_VALUES["DATABASE_URL"])
    if "sqlite3" in config["ENGINE"]:
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        }
    else:
        config["OPTIONS"] = {
            # Of a web process; a worker's process has one connection (crm.celery).
            "pool": {"min_size": 0, "max_size": env.int("DATABASE_POOL", default=8), "timeout": 10},
            # A server that is gone without a word is noticed.
            "connect_timeout": 5,
            "keepalives_idle": 30,
            "keepalives_interval": 10,
            "keepalives_count": 3,
            "tcp_user_timeout": 30_000,
        }
    return config


DATABASES = {"default": database()}
# The role that owns the tables, for `migrate` alone. Web and worker processes need not know it: they run in the role of
# DATABASE_URL, which then can write everything but the audit log's past (crm.audit.grants).
MIGRATION_DATABASE_URL = env.str("MIGRATION_DATABASE_URL", default="")
RUNNING_ROLE = DATABASES["default"]["USER"]
MIGRATION_DATABASE: dict[str, Any] | None = (
    env.db_url_config(MIGRATION_DATABASE_URL) if MIGRATION_DATABASE_URL else None
)

REDIS_URL = REQUIRED_VALUES["REDIS_URL"]
# redis-py and kombu spell a unix socket differently.
BROKER_URL = env.str("BROKER_URL", default=REDIS_URL.replace("unix://", "redis+socket://"))
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

CELERY_BROKER_URL = BROKER_URL
CELERY_TASK_IGNORE_RESULT = True
# A task is taken off the queue when it is done: a worker that dies leaves it for another.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
# A worker waits for a broker that is away, however long, and lets what it works on come to its end.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # After this a task that nobody reported done is handed out again: longer than any task's time limit.
    "visibility_timeout": 900,
    "global_keyprefix": env.str("BROKER_KEY_PREFIX", default=""),
    # A broker that stands still must not hold up a page.
    "socket_connect_timeout": 5,
    "socket_timeout": 10,
    "socket_keepalive": True,
}
CELERY_TASK_ROUTES = {
    "visit_reports.*": {"queue": "extraction"},
    "reminders.*": {"queue": "mail"},
    "accounts.*": {"queue": "mail"},
}
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TIMEZONE = "UTC"

OUTBOX_DIR: Path | None = VAR_DIR / "outbox" if REQUIRED_VALUES["EMAIL_URL"].startswith("outbox:") else None


def mailer() -> dict[str, Any]:
    """Return how mail leaves: into the local outbox, or as ``EMAIL_URL`` says (``smtp+tls://user:secret@host:587``)."""
    if OUTBOX_DIR is not None:
        return {"BACKEND": "crm.shared.mail.OutboxBackend"}
    config = env.email_url_config(REQUIRED_VALUES["EMAIL_URL"])
    if "smtp" not in config["EMAIL_BACKEND"]:
        return {"BACKEND": config["EMAIL_BACKEND"]}
    options = {
        "host": config["EMAIL_HOST"],
        "port": config["EMAIL_PORT"],
        "username": config["EMAIL_HOST_USER"],
        "password": config["EMAIL_HOST_PASSWORD"],
        "use_tls": config.get("EMAIL_USE_TLS", False),
        "use_ssl": config.get("EMAIL_USE_SSL", False),
        "timeout": env.int("EMAIL_TIMEOUT", default=20),
    }
    return {"BACKEND": config["EMAIL_BACKEND"], "OPTIONS": options}


MAILERS = {"default": mailer()}
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"Sapar <sapar@{SITE_HOST}>")

CSRF_FAILURE_VIEW = "crm.shared.views.csrf_failed"
# Browsers offer passkeys on https, and on http://localhost while trying Sapar out.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SITE_IS_HTTPS

LANGUAGE_CODE = "kk"
LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Almaty"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static" if EMBEDDED else BASE_DIR / "staticfiles")))
WHITENOISE_USE_FINDERS = EMBEDDED
if EMBEDDED:  # files are served from where they lie; WhiteNoise still asks for its folder
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": env.str("FILES_DIR", default=str(VAR_DIR / "files"))},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if EMBEDDED
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Nothing in the default storage has an address of its own: files are served by views that check who asks.
MEDIA_URL = ""
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "frame-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
# The back office's theme runs inline scripts and styles and evaluates expressions: looser, under its path only.
BACK_OFFICE_CSP = {
    **SECURE_CSP,
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE, CSP.UNSAFE_EVAL],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SITE_IS_HTTPS
SECURE_SSL_REDIRECT = SITE_IS_HTTPS and env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 31_536_000 if SITE_IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SITE_IS_HTTPS
if env.bool("BEHIND_PROXY", default=False):
    MIDDLEWARE.insert(0, "crm.shared.middleware.ProxyAddressMiddleware")
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "crm.api.authentication.ApiTokenAuthentication",
        "crm.api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": [
        "crm.api.parsers.WholeLettersParser",
        "rest_framework.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "crm.api.pagination.CappedPagination",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "crm.api.errors.answer_error",
    "DEFAULT_THROTTLE_CLASSES": ["crm.api.throttling.CallThrottle", "crm.api.throttling.UploadThrottle"],
    "DEFAULT_VERSIONING_CLASS": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Sapar API",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "StageEnum": "leads.deals.choices.Stage",
        "ReportEngineEnum": "leads.visit_reports.choices.ReportEngine",
    },
}

UNFOLD = {"SITE_TITLE": _("Sapar"), "SITE_HEADER": _("Sapar back office"), "SHOW_HISTORY": True}
SIMPLE_HISTORY_REVERT_DISABLED = True

# A language model that helps to read reports, where one is set and a region's administrator allows it: the address up
# to `/v1` of any OpenAI-compatible endpoint. Needs `requirements/llm.txt`.
LLM_URL = env.str("LLM_URL", default="")
LLM_MODEL = env.str("LLM_MODEL", default="")
LLM_API_KEY = env.str("LLM_API_KEY", default="")
LLM_TIMEOUT = env.float("LLM_TIMEOUT", default=60.0)
if LLM_URL and not LLM_MODEL:
    raise ImproperlyConfigured("Set LLM_MODEL: the name of the model that LLM_URL is to answer with.")
if LLM_URL and find_spec("httpx") is None:
    raise ImproperlyConfigured("LLM_URL needs httpx: install requirements/llm.txt, or leave LLM_URL out.")

# What Sapar itself can be told.
REPORTING_CURRENCY = env.str("REPORTING_CURRENCY", default="KZT")
DEBRIEF_LINK_DAYS = env.int("DEBRIEF_LINK_DAYS", default=45)
ANSWER_LINK_DAYS = env.int("ANSWER_LINK_DAYS", default=14)
UPLOAD_MAX_BYTES = 10 * 1024 * 1024
# How often one person may: times, seconds. A drawer of old reports fits, a program gone wild does not.
RATE_LIMITS = {"upload": (200, 3600), "search": (180, 60), "api": (600, 60)}
# ClamAV's daemon looks at every file that is handed in: tcp://host:3310 or unix:///run/clamav/clamd.ctl.
CLAMD_URL = env.str("CLAMD_URL", default="")
REPORT_MAX_CHARACTERS = 200_000

structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        *(
            [structlog.dev.ConsoleRenderer(colors=False)]
            if EMBEDDED
            else [structlog.processors.dict_tracebacks, structlog.processors.JSONRenderer()]
        ),
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"without secrets": {"()": "crm.shared.logs.SecretFreeFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "without secrets"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
