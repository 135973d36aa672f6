"""Settings, read from the environment; a wrong value stops the start.

Two addresses choose the served form, and nothing else changes:
GERAI_DATABASE_URL (postgres://…) and GERAI_SIGNALS_URL (redis://…). Without them the
embedded form runs: SQLite and live signals inside one process, files in GERAI_DATA.
"""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env, EnvError

from config.secret import secret_key

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent

DATA_DIR = Path(env.str("GERAI_DATA", str(BASE_DIR / "var"))).resolve()
DATABASE_URL = env.str("GERAI_DATABASE_URL", "")
SIGNALS_URL = env.str("GERAI_SIGNALS_URL", "")
EMBEDDED = not DATABASE_URL
if bool(DATABASE_URL) != bool(SIGNALS_URL):
    raise EnvError("GERAI_DATABASE_URL and GERAI_SIGNALS_URL belong together: set both or none.")

DATA_DIR.mkdir(parents=True, exist_ok=True)
SECRET_KEY = env.str("GERAI_SECRET_KEY", "") or secret_key(DATA_DIR, may_make=EMBEDDED)
DEBUG = False
ALLOWED_HOSTS = ["*"]  # the mall middleware answers unknown hosts with 404
BEHIND_TLS = env.bool("GERAI_BEHIND_TLS", default=False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "gerai.ui",
    "gerai.malls",
    "gerai.people",
    "gerai.live",
    "gerai.notices",
    "gerai.search",
    "gerai.papers",
    "gerai.directory",
    "gerai.survey",
    "gerai.newsroom",
    "gerai.waits",
    "gerai.queue",
    "gerai.display",
    "gerai.printing",
    "gerai.website",
    "gerai.insights",
    "gerai.planner",
    "gerai.pulse",
    "gerai.blueprint",
    "gerai.showcase",
    "gerai.story",
    "gerai.founding",
    "gerai.visits",
    "gerai.front",
    "gerai.portals",
    # After ours: our templates may dress theirs.
    "modelcluster",
    "taggit",
    "wagtail",
    "wagtail.admin",
    "wagtail.contrib.redirects",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.users",
]

MIDDLEWARE = [
    "gerai.ui.middleware.parts_of_pages",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "gerai.people.middleware.kept_by_nobody",
    "gerai.ui.middleware.no_null_letters",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "gerai.ui.middleware.chosen_language",
    "gerai.malls.middleware.mall_of_the_host",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "gerai.people.middleware.may",
    "gerai.people.middleware.RefusalsAsPages",
    "gerai.newsroom.middleware.EditorsWall",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "gerai.ui.context.appearance",
                "gerai.malls.context.mall",
                "gerai.people.context.may",
                "gerai.directory.context.emergencies",
            ],
        },
    },
]

if EMBEDDED:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "gerai.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: what was acknowledged survives a power cut.
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                    "PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    }
    CACHES: dict[str, dict[str, Any]] = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "KEY_FUNCTION": "config.cache_keys.cache_key",
        }
    }
else:
    server = env.dj_db_url("GERAI_DATABASE_URL")
    # Only what asks for it is planned once a connection: the large statements of every press.
    prepared = {"prepare_threshold": 5, **server.get("OPTIONS", {})}
    DATABASES = {
        "default": {
            **server,
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": prepared,
        }
    }
    CACHES = {
        "default": {
            "BACKEND": "config.signals_cache.SignalsCache",
            "LOCATION": SIGNALS_URL,
            "KEY_FUNCTION": "config.cache_keys.cache_key",
        }
    }

# Kept pages: each process has its own, since their key tells whether they are still true.
CACHES["pages"] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "pages",
}
# What a process has learned of its lines: kept pages must not push it out.
CACHES["waits"] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "waits",
    "OPTIONS": {"MAX_ENTRIES": 5_000},
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "people:sign_in"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_HTTPONLY = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # small drawings inside the vendored style sheet
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Bahasa Indonesia")), ("en", _("Inggris"))]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "wagtail"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "gerai.ui.parts.PartsByContent"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 300
MEDIA_ROOT = DATA_DIR / "files"
MEDIA_URL = "/media/"

WAGTAIL_SITE_NAME = "Gerai"
WAGTAILADMIN_PERMITTED_LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
WAGTAILADMIN_BASE_URL = ""  # the host that was called
WAGTAILIMAGES_IMAGE_MODEL = "newsroom.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "newsroom.Paper"
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"avif": "avif", "webp": "webp", "bmp": "png"}
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_WEBP_QUALITY = 70
WAGTAILIMAGES_JPEG_QUALITY = 78
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "mp4", "odt", "pdf", "pptx", "webm", "xlsx"]
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no visit to other houses
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_LOGIN_URL = "/masuk/"
WAGTAILADMIN_COMMENTS_ENABLED = True
TAGGIT_CASE_INSENSITIVE = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

MAIL_SCHEMES = ("smtp://", "submission://")
if not env.str("GERAI_EMAIL_URL", "smtp://").startswith(MAIL_SCHEMES):
    raise EnvError("GERAI_EMAIL_URL begins with smtp:// (TLS by ?ssl=True) or submission://.")
mail = env.dj_email_url("GERAI_EMAIL_URL") if env.str("GERAI_EMAIL_URL", "") else {}
EMAIL_HOST = mail.get("EMAIL_HOST") or ""  # none: messages are kept, and the office says so
EMAIL_PORT = mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = mail.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = mail.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = bool(mail.get("EMAIL_USE_TLS"))
EMAIL_USE_SSL = bool(mail.get("EMAIL_USE_SSL"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("GERAI_EMAIL_FROM", "")
if bool(EMAIL_HOST) != bool(DEFAULT_FROM_EMAIL):
    raise EnvError("GERAI_EMAIL_URL and GERAI_EMAIL_FROM belong together: set both or none.")

first_port, _dash, last_port = env.str("GERAI_PRINTER_PORTS", "9100-9109").partition("-")
try:
    # The only ports that an office may send the server to.
    PRINTER_PORTS = range(int(first_port), int(last_port or first_port) + 1)
except ValueError as wrong:
    raise EnvError("GERAI_PRINTER_PORTS is a port or a range such as 9100-9109.") from wrong

VOICES = env.list("GERAI_VOICES", ["recorded", "piper", "espeak"])
VOICE_DIR = DATA_DIR / "voice"
PIPER_PROGRAM = env.str("GERAI_PIPER_PROGRAM", "")
PIPER_VOICE = env.str("GERAI_PIPER_VOICE", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.request": {
            "handlers": ["console"],
            "level": "ERROR",
            "propagate": False,
        }
    },
}
