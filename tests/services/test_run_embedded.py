"""`make run`: starts everything, keeps the data, and leaves nothing behind however it ends."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.services
START_SECONDS, END_SECONDS = 120, 10


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def start(port: int, tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Start it with its data below a path of spaces; whatever is left at the end is killed."""
    started: list[subprocess.Popen[str]] = []
    foreign = ("DATABASE_URL", "REDIS_URL", "BROKER_KEY_PREFIX", "DJANGO_SETTINGS_MODULE")
    variables = {name: value for name, value in os.environ.items() if name not in foreign}
    variables |= {"SAPAR_EMBEDDED": "1", "SAPAR_VAR": str(tmp_path / "the data")}

    def run() -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "run_embedded", "--port", str(port)],
            cwd=settings.BASE_DIR,
            env=variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def wait_for(condition: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not (met := condition()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return met


def signs_in(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/account/login/", timeout=5) as answer:
            return b"csrfmiddlewaretoken" in answer.read()
    except OSError:
        return False


def descendants(pid: int) -> set[int]:
    """Return the processes below ``pid``, however deep."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in listed.splitlines()]
    found, waiting = set(), {pid}
    while waiting:
        waiting = {child for child, parent in pairs if parent in waiting}
        found |= waiting
    return found


def alive(pids: set[int]) -> set[int]:
    """Return those that still run; one that has ended and waits for init to take notice does not."""
    listed = subprocess.run(["ps", "-eo", "pid=,state="], capture_output=True, text=True, check=True).stdout
    return {int(pid) for pid, state in map(str.split, listed.splitlines()) if state != "Z"} & pids


def worker_is_ready(pid: int) -> bool:
    """Guard, broker, web server and worker, with children of their own."""
    return len(descendants(pid)) >= 7


def test_it_starts_keeps_the_data_and_leaves_nothing_behind(
    start: Callable[[], subprocess.Popen[str]], port: int, tmp_path: Path
) -> None:
    data = tmp_path / "the data" / "sapar.sqlite3"
    first = start()
    assert wait_for(lambda: signs_in(port), START_SECONDS), "no sign-in page"
    assert wait_for(lambda: worker_is_ready(first.pid), 30)

    taken = start()
    said, _ = taken.communicate(timeout=60)
    assert taken.returncode != 0
    assert said.strip().endswith(f"Port {port} is taken: try `make run PORT={port + 1}`.")

    below = descendants(first.pid)
    first.kill()
    assert wait_for(lambda: not alive(below), END_SECONDS), f"kill -9 left {alive(below)}"
    assert "official@demo.sapar.kz" in first.communicate()[0]

    with closing(sqlite3.connect(data, autocommit=True)) as database:
        database.execute("UPDATE accounts_user SET full_name = 'Kept' WHERE email = 'official@demo.sapar.kz'")
    second = start()
    assert wait_for(lambda: signs_in(port), START_SECONDS), "no sign-in page the second time"
    with closing(sqlite3.connect(data)) as database:
        names = database.execute("SELECT full_name FROM accounts_user WHERE email LIKE 'official@%'").fetchall()
    assert names == [("Kept",)]

    assert wait_for(lambda: worker_is_ready(second.pid), 30)
    below = descendants(second.pid)
    second.send_signal(signal.SIGINT)
    assert second.wait(END_SECONDS) == 0
    assert wait_for(lambda: not alive(below), 1), f"Ctrl-C left {alive(below)}"
    assert "Stopped." in second.communicate()[0]
