"""The site's settings for tests: SQLite in a temporary folder unless DATABASE_URL says otherwise, mail kept in memory.

Each process of a parallel run has a folder, a database and a key prefix in the broker of its own.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "SAPAR_VAR" not in os.environ:
    os.environ["SAPAR_VAR"] = tempfile.mkdtemp(prefix="sapar-test-")
    atexit.register(shutil.rmtree, os.environ["SAPAR_VAR"], ignore_errors=True)
worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if worker and Path(os.environ["SAPAR_VAR"]).name != worker:
    os.environ["SAPAR_VAR"] = str(Path(os.environ["SAPAR_VAR"]) / worker)
if "REDIS_URL" in os.environ:
    os.environ["BROKER_KEY_PREFIX"] = f"sapar-test-{os.getpid()}:"
os.environ.setdefault("SAPAR_EMBEDDED", "1")

from crm.settings import *  # noqa: E402, F403
from crm.settings import DATABASES, VAR_DIR  # noqa: E402

if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # A file, not memory: the live server's threads and a worker process see what a test commits.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
# The test's database is made, emptied and dropped by one role.
MIGRATION_DATABASE = None
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
SECURE_SSL_REDIRECT = False
# Look for a static file when it is asked for: else every test client's first request reads all of them off the disk.
WHITENOISE_AUTOREFRESH = True
