"""Settings: everything that differs between machines comes from the environment, checked at the start."""

from base64 import urlsafe_b64decode
from pathlib import Path
from typing import Literal, Self
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONE, SELF
from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

BASE_DIR = Path(__file__).resolve().parent.parent
LAPTOP_SECRET = "laptop-only-secret-never-used-in-production"  # noqa: S105  (refused in production)
LAPTOP_KEY = "bGFwdG9wLW9ubHkta2V5LTMyLWJ5dGVzLWxvbmchISE="
LAPTOP_SPOOL_PUBLIC = "5DyWJYpAUF9PLkXOJQJ6rBSvAsdqsYMXUvLKiOiyxFQ="

KEY_BYTES, SHORTEST_SECRET, SHORTEST_TOKEN = 32, 50, 20


def _is_own_key(key: SecretStr) -> bool:
    """32 bytes in URL-safe base64, and not the laptop's; an empty key would let anybody compute marks."""
    value = key.get_secret_value()
    try:
        return value != LAPTOP_KEY and len(urlsafe_b64decode(value)) == KEY_BYTES
    except ValueError:
        return False


def _is_private_way(address: str) -> bool:
    """Encrypted, or not leaving this machine: numbers and texts travel along it."""
    parts = urlsplit(address)
    return parts.scheme == "https" or parts.hostname in ("127.0.0.1", "::1", "localhost")


class Environment(BaseSettings):
    """What the machine tells Nabij; unsafe defaults are refused when `environment` is production."""

    model_config = SettingsConfigDict(env_prefix="NABIJ_", extra="ignore")

    environment: Literal["laptop", "production"] = "laptop"
    database_url: str = Field(
        default="postgresql://nabij_app@127.0.0.1:5432/nabij", validation_alias="DATABASE_URL"
    )
    data_dir: Path = BASE_DIR / ".data"
    base_url: str = "http://localhost:8000"
    allowed_hosts: str = "localhost,127.0.0.1,[::1],testserver"
    secret_key: SecretStr = SecretStr(LAPTOP_SECRET)
    master_key: SecretStr = SecretStr(LAPTOP_KEY)
    blind_key: SecretStr = SecretStr(LAPTOP_KEY)
    spool_public_key: str = LAPTOP_SPOOL_PUBLIC
    spool_private_key: SecretStr = SecretStr("")
    email_url: str = "smtp://127.0.0.1:1025"
    security_contact: str = "beveiliging@example.nl"
    email_from: str = "nabij@example.nl"
    gateway_url: str = "http://127.0.0.1:8025"
    gateway_token: SecretStr = SecretStr("demo")
    heartbeat_url: str = ""
    second_place: Path | None = None
    demo: bool = False
    movable_clock: bool = False
    log_level: str = "INFO"

    @model_validator(mode="after")
    def refuse_laptop_values_in_production(self) -> Self:
        """Stop at the start when a production machine still has a laptop's secrets or conveniences."""
        if self.environment == "laptop":
            return self
        wrong = [
            name
            for name, bad in {
                "NABIJ_SECRET_KEY": self.secret_key.get_secret_value() == LAPTOP_SECRET
                or len(self.secret_key.get_secret_value()) < SHORTEST_SECRET,
                "NABIJ_MASTER_KEY": not _is_own_key(self.master_key),
                "NABIJ_BLIND_KEY": not _is_own_key(self.blind_key) or self.blind_key == self.master_key,
                "NABIJ_SPOOL_PUBLIC_KEY": self.spool_public_key == LAPTOP_SPOOL_PUBLIC,
                "NABIJ_GATEWAY_TOKEN": len(self.gateway_token.get_secret_value()) < SHORTEST_TOKEN,
                "NABIJ_GATEWAY_URL": not _is_private_way(self.gateway_url),
                "NABIJ_ALLOWED_HOSTS": bool({"*", "testserver"} & set(self.allowed_hosts.split(","))),
                "NABIJ_DEMO": self.demo,
                "NABIJ_MOVABLE_CLOCK": self.movable_clock,
                "NABIJ_BASE_URL": not self.base_url.startswith("https://"),
            }.items()
            if bad
        ]
        if wrong:
            raise ValueError(f"Not safe for production, set your own value: {', '.join(wrong)}")
        return self


ENV = Environment()
IS_PRODUCTION = ENV.environment == "production"


def _database(url: str) -> dict[str, object]:
    """Django's database settings from a postgresql:// address; a socket folder comes as ?host=."""
    parts = urlsplit(url)
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "nabij",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": parts.port or query.pop("port", ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 3, **query},
    }


SECRET_KEY = ENV.secret_key.get_secret_value()
DEBUG = False
ALLOWED_HOSTS = ENV.allowed_hosts.split(",")
DATABASES = {"default": _database(ENV.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "procrastinate.contrib.django",
    "nabij.kit",
    "nabij.keys",
    "nabij.audit",
    "nabij.accounts",
    "nabij.privacy",
    "nabij.notify",
    "nabij.paging",
    "nabij.contact",
    "nabij.academy",
    "nabij.care",
    "nabij.working_time",
    "nabij.publish",
    "nabij.spool",
    "nabij.guide",
    "nabij.rosters",
    "nabij.agendas",
    "nabij.proposals",
    "nabij.protocols",
    "nabij.working_groups",
    "nabij.flyers",
    "nabij.knowledge",
    "nabij.wording",
    "nabij.incidents",
    "nabij.people",
    "nabij.vulnerability",
    "nabij.consents",
    "nabij.cases",
    "nabij.documents",
    "nabij.support",
    "nabij.police",
    "nabij.acting",
    "nabij.households",
    "nabij.inquiries",
    "nabij.signals",
    "nabij.referrals",
    "nabij.own_space",
    "nabij.complaints",
    "nabij.conversations",
    "nabij.on_call",
    "nabij.on_scene",
    "nabij.reception",
    "nabij.aftercare",
    "nabij.advice",
    "nabij.doors",
    "nabij.handouts",
    "nabij.meetings",
    "nabij.campaigns",
    "nabij.psh",
    "nabij.partners",
    "nabij.centres",
    "nabij.openings",
    "nabij.newsletters",
    "nabij.news_readers",
    "nabij.visits",
    "nabij.councils",
    "nabij.matching",
    "nabij.double_cases",
    "nabij.bulk",
    "nabij.desk",
    "nabij.disclosures",
    "nabij.peers",
    "nabij.moderation",
    "nabij.closed_part",
    "nabij.closed_rooms",
    "nabij.farewells",
    "nabij.retention",
    "nabij.front",
    "nabij.drills",
    "nabij.demo",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "nabij.kit.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "nabij.accounts.middleware.LoginByDefault",
    "nabij.accounts.middleware.WhoAndWhen",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "nabij.urls"
WSGI_APPLICATION = "nabij.wsgi.application"
FORM_RENDERER = "nabij.kit.renderer.NabijRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "nabij.kit.context.surroundings",
                "nabij.accounts.context.workplace",
            ],
        },
    }
]

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "nabij" / "locale"]
LANGUAGE_COOKIE_NAME = "taal"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = ENV.data_dir / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/werk/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "nabij.accounts.adapter.StaffOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {"login": "nabij.accounts.forms.StaffLoginForm"}
ACCOUNT_SESSION_REMEMBER = False
# Holds the counts of allauth's limits and nothing else: all web processes must count together.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kit_sharedcount"}
}
ACCOUNT_RATE_LIMITS = {"login_failed": "20/5m/ip"}
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Nabij"
TOTP_REQUIRED = not ENV.demo

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "nabij"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = IS_PRODUCTION
CSRF_COOKIE_SECURE = IS_PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "nabij.kit.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = [ENV.base_url]
SECURE_SSL_REDIRECT = IS_PRODUCTION
SECURE_HSTS_SECONDS = 63072000 if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_PRODUCTION else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
# A file is held in memory for the one page that asks for it, and never stored; a larger one is read past.
FILE_UPLOAD_HANDLERS = ["nabij.kit.uploads.BoundedMemory"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 16_000_000  # a million emoji still get an answer in words

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
_mail = urlsplit(ENV.email_url)
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "127.0.0.1", _mail.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = ENV.email_from

LOGGING_CONFIG = "nabij.kit.logs.configure"
LOGGING = {"level": ENV.log_level}
SILENCED_SYSTEM_CHECKS: list[str] = []
