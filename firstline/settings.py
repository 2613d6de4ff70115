"""Django's settings, all of them derived from the environment by `core.config`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from firstline.core import config

CONFIG = config.read()
ROOT = Path(__file__).resolve().parent

SECRET_KEY = config.secret_key(CONFIG.home)
DEBUG = False
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
ALLOWED_HOSTS = [CONFIG.host] + (["127.0.0.1", "localhost", "[::1]"] if CONFIG.host in _LOOPBACK else [])
CSRF_TRUSTED_ORIGINS = [CONFIG.url]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "firstline.accounts",
    "firstline.files",
    "firstline.search",
    "firstline.work",
    "firstline.people",
    "firstline.assets",
    "firstline.promises",
    "firstline.routing",
    "firstline.tickets",
    "firstline.notices",
    "firstline.intake",
    "firstline.web",
]
MIDDLEWARE: list[str] = [
    "firstline.web.middleware.Guard",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "firstline.web.middleware.Person",
]
ROOT_URLCONF = "firstline.web.urls"
WSGI_APPLICATION = None

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Agent"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]


# PostgreSQL plans a statement once a connection instead of each time: planning cost more than all else.
_PREPARED = {"server_side_binding": True, "prepare_threshold": 5}


def _database(found: config.Database) -> dict[str, Any]:
    common = {"ENGINE": f"firstline.core.database.{found.engine}", "NAME": found.name}
    if found.engine == "sqlite3":
        Path(found.name).parent.mkdir(parents=True, exist_ok=True)
        pragmas = "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-4000;"
        options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
        return {**common, "CONN_MAX_AGE": None, "OPTIONS": options}
    pool = {"min_size": 1, "max_size": 8, "timeout": 10, "max_idle": 120}
    return {**common, "USER": found.user, "PASSWORD": found.password, "HOST": found.host, "PORT": found.port,
            "CONN_MAX_AGE": 0, "OPTIONS": {**dict(found.options), "pool": pool, **_PREPARED}}


DATABASES = {"default": _database(CONFIG.database)}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache",
                      "OPTIONS": {"MAX_ENTRIES": 20_000}}}

TEMPLATES = [
    {"BACKEND": "django.template.backends.jinja2.Jinja2",
     "DIRS": [ROOT / "web" / "jinja2"], "APP_DIRS": False,
     "OPTIONS": {"environment": "firstline.web.environment.environment", "auto_reload": False}},
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {}},
]
FORM_RENDERER = "django.forms.renderers.Jinja2"

LANGUAGE_CODE = CONFIG.language
LANGUAGES = [("en", "English"), ("hu", "Magyar"), ("nb", "Norsk bokmål"), ("da", "Dansk"),
             ("uk", "Українська"), ("bg", "Български")]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = CONFIG.time_zone
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = CONFIG.home / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = CONFIG.testing

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CONFIG.url.startswith("https://")
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "firstline.web.refusing.forged"
SESSION_COOKIE_AGE = 14 * 24 * 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 40 * 1024 * 1024
SILENCED_SYSTEM_CHECKS: list[str] = []

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "firstline.web.signing_in.Adapter"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key",
                       "reset_password": "20/m/ip,5/h/key"}
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in"
DEFAULT_FROM_EMAIL = f"desk@{CONFIG.host}"

LOGGING = {
    "version": 1, "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"firstline": {"level": "INFO"}},
}
