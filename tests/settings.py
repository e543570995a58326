"""The site's settings for tests: SQLite in memory unless DATABASE_URL says otherwise, mail kept in memory."""

import os
import tempfile

os.environ.setdefault("SAPAR_EMBEDDED", "1")
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
os.environ.setdefault("SAPAR_VAR", tempfile.mkdtemp(prefix="sapar-test-"))

from crm.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SECURE_SSL_REDIRECT = False
# WhiteNoise warns of a missing folder, and warnings are errors.
STATIC_ROOT = VAR_DIR / "static"  # noqa: F405
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
