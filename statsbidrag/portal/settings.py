"""Django's settings; everything that differs between installations comes from the environment."""

from statsbidrag.portal.environment import database, read_environment, region_database

ENVIRONMENT = read_environment()
DEMONSTRATION = ENVIRONMENT.demonstration

SECRET_KEY = ENVIRONMENT.secret
DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
ROOT_URLCONF = {
    "agency": "statsbidrag.portal.routes",
    "region": "statsbidrag.region.routes.own_house",
    "both": "statsbidrag.region.routes.under_one_roof",
}[ENVIRONMENT.house]
WSGI_APPLICATION = "statsbidrag.portal.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "statsbidrag.portal",
    *(["statsbidrag.region"] if ENVIRONMENT.has_region else []),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.common.CommonMiddleware",
    "statsbidrag.portal.middleware.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "statsbidrag.portal.middleware.VisitorMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "statsbidrag.portal.jinja.environment",
            "context_processors": ["statsbidrag.portal.views.rendering.every_page"],
        },
    }
]

DATABASES = {"default": database(ENVIRONMENT)}
DATABASE_ROUTERS = []
if ENVIRONMENT.has_region:
    DATABASES["region"] = region_database(ENVIRONMENT)
    DATABASE_ROUTERS = ["statsbidrag.region.router.RegionRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "sv"
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 31_536_000  # the address changes with the content

SESSION_ENGINE = "statsbidrag.portal.sessions"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = not DEMONSTRATION
CSRF_COOKIE_SECURE = not DEMONSTRATION
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "statsbidrag.portal.views.refusals.forged"
SECURE_SSL_REDIRECT = not DEMONSTRATION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 0 if DEMONSTRATION else 31_536_000
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# A requisition is small; a proof of authority may be a scanned page or two.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
EMAIL_BACKEND = (
    "django.core.mail.backends.dummy.EmailBackend" if DEMONSTRATION else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = ENVIRONMENT.mail_server
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = ENVIRONMENT.sender

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
