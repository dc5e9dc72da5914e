"""One settings file; every difference between machines is an environment variable."""

import os
from datetime import timedelta
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).absolute()
# Letters are set with the fonts that travel with the code, whatever the working directory.
os.environ.setdefault("FONTCONFIG_FILE", str(BASE_DIR / "fonts" / "fonts.conf"))
os.environ.setdefault("XDG_CACHE_HOME", str(VAR_DIR / "cache"))


def secret(name: str, file: Path) -> str:
    """Return a secret from the environment, or from the file that `./run` made."""
    if value := env.str(name, default=""):
        return str(value)
    path = Path(env.str(f"{name}_FILE", default=str(file)))
    try:
        return path.read_text().strip()
    except OSError as missing:
        raise ImproperlyConfigured(
            f"{name} is not set and {path} cannot be read. `./run check` makes it."
        ) from missing


DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
SECRET_KEY = secret("SECRET_KEY", VAR_DIR / "secret" / "django.key")
# 32 bytes in hex: wraps every data key. Older ones stay readable until `./run rotate_master`.
MASTER_KEY = secret("MASTER_KEY", VAR_DIR / "secret" / "master.key")
OLD_MASTER_KEYS = env.list("OLD_MASTER_KEYS", default=[])
KEY_STORE = Path(env.str("KEY_STORE", default=str(VAR_DIR / "keys")))
ANCHOR_FILE = Path(env.str("ANCHOR_FILE", default=str(VAR_DIR / "anchors" / "audit.jsonl")))
SEALED_DIR = Path(env.str("SEALED_DIR", default=str(VAR_DIR / "sealed")))

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "breaches",
    "notifications",
]
MIDDLEWARE = [
    "breaches.web.SecurityHeaders",
    "breaches.web.NoNulInAddresses",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "breaches.access.sessions.SignedInSafely",
    "breaches.people.eyes.GiveEyes",
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
            ]
        },
    }
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE + WAL: no "database is locked" among worker and web; secure_delete: no old names
    # left in free pages.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
            "PRAGMA foreign_keys=ON;PRAGMA secure_delete=ON;"
        ),
    }
    # In a file, so that a worker of the tests sees the same rows.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    }
}

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "breaches.access.adapter.ClosedSignUp"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_REQUIRED = env.bool("MFA_REQUIRED", default=not DEMO)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO
MFA_TOTP_ISSUER = "Redress"
MFA_ADAPTER = "breaches.access.adapter.SealedFactors"
MFA_FORMS = {
    "add_webauthn": "breaches.access.passkeys.PasskeyForm",
    "authenticate": "breaches.access.factors.CodeForm",
    "reauthenticate": "breaches.access.factors.CodeAgainForm",
    "authenticate_webauthn": "breaches.access.factors.KeyForm",
    "login_webauthn": "breaches.access.factors.KeyAloneForm",
    "reauthenticate_webauthn": "breaches.access.factors.KeyAgainForm",
}

# Plain HTTP is only for the embedded default on this machine.
HTTPS = env.bool("HTTPS", default=not (DEBUG or DEMO))
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "breaches.access.session_store"
SESSION_IDLE = timedelta(minutes=15)
SESSION_COOKIE_AGE = int(timedelta(hours=8).total_seconds())  # from sign-in: the middleware counts
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# With too few all clients are one, and anybody's wrong passwords shut everybody out.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=1 if HTTPS else 0)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"

FILE_UPLOAD_HANDLERS = ["breaches.vault.uploads.SealingUploadHandler"]
FILE_UPLOAD_TEMP_DIR = str(VAR_DIR / "tmp")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
UPLOAD_LIMIT = env.int("UPLOAD_LIMIT", default=2_000_000_000)

# A dated table of networks: of libloc, in MaxMind's format, or a CSV. Debian's libloc-database by
# default; where it is not installed, networks stay unknown.
LIBLOC = "usr/share/libloc-location/location.db"
NETWORK_TABLE = env.str(
    "NETWORK_TABLE",
    default=next(
        (str(path) for path in (Path("/", LIBLOC), BASE_DIR / ".deps" / "root" / LIBLOC)
         if path.is_file()),
        "",
    ),
)  # fmt: skip
# A dated CSV of the ranges that crawlers publish: by it robots are verified, or found out.
CRAWLER_RANGES = env.str("CRAWLER_RANGES", default="")
# Where registries are asked who holds an address (RDAP, such as https://rdap.org). Empty: nobody
# is asked, for asking tells others which addresses are looked for.
RDAP_URL = env.str("RDAP_URL", default="")
RDAP_SECONDS = env.float("RDAP_SECONDS", default=10)

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    # Nothing is ever stored in the clear: files go through breaches.vault.files.
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

LANGUAGE_CODE = "en-us"
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_TZ = True
USE_I18N = True
APPEND_SLASH = True

BROKER_URL = env.str("BROKER_URL", default="filesystem://localhost")
BROKER_DIR = VAR_DIR / "broker"
for folder in (VAR_DIR, VAR_DIR / "tmp", STATIC_ROOT, BROKER_DIR, BROKER_DIR / "control"):
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
CELERY_BROKER_URL = BROKER_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
if BROKER_URL.startswith("filesystem"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR),
        "data_folder_out": str(BROKER_DIR),
        "control_folder": str(BROKER_DIR / "control"),
        "polling_interval": 0.05,
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 300,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
    }
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_TIME_LIMIT = 1800
CELERY_TIMEZONE = "UTC"
LEASE_SECONDS = env.int("LEASE_SECONDS", default=120)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
