"""What the faults happen to: workers and schedulers as real processes, on lines that can be cut."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

import redis
from django.conf import settings
from django.db import connection

from tests.crm.reminders.faults.mail_server import MailServer
from tests.crm.reminders.faults.proxy import Proxy

APP = "tests.crm.reminders.faults.celery_app"
START_SECONDS = 60
WORKERS, PROCESSES_EACH, SCHEDULERS = 2, 2, 2


@dataclass
class Office:
    """Two workers of two processes each, two schedulers, a mail server, and the lines to database and broker."""

    mail: MailServer
    database: Proxy
    broker: Proxy
    folder: Path
    variables: dict[str, str]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    schedulers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    log_of: dict[int, Path] = field(default_factory=dict)
    started: int = 0

    def start_worker(self) -> subprocess.Popen[bytes]:
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "INFO"]
        command = ["worker", "--queues", "mail", "--concurrency", str(PROCESSES_EACH), *quiet]
        process = self._start("worker", command)
        self.workers.append(process)
        return process

    def start_scheduler(self) -> subprocess.Popen[bytes]:
        self.started += 1
        state = self.folder / f"beat-{self.started}"
        command = ["beat", "--schedule", str(state), "--pidfile", "", "--loglevel", "INFO"]
        process = self._start("scheduler", command)
        self.schedulers.append(process)
        return process

    def _start(self, name: str, command: list[str]) -> subprocess.Popen[bytes]:
        self.started += 1
        path = self.folder / f"{self.started:04}-{name}.log"
        with path.open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", APP, *command],
                cwd=settings.BASE_DIR,
                env=self.variables,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.log_of[process.pid] = path
        return process

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not all(" ready." in self.log_of[worker.pid].read_text(errors="replace") for worker in self.workers):
            assert time.monotonic() < deadline, self.logs()
            assert all(worker.poll() is None for worker in self.workers), self.logs()
            time.sleep(0.05)

    def logs(self) -> str:
        """Return the last words of all processes."""
        paths = sorted(self.log_of[process.pid] for process in self.workers + self.schedulers)
        return "\n".join(f"── {path.name}\n{path.read_text(errors='replace')[-3000:]}" for path in paths)

    def senders(self) -> list[int]:
        """Return the processes that do the workers' tasks."""
        return [child for worker in self.workers if worker.poll() is None for child in children_of(worker.pid)]

    def kill_sender_at(self, port: int) -> None:
        """Kill -9 whoever holds the line that comes from ``port``."""
        for pid in owners_of(port, self.senders()):
            kill(pid)

    def revive(self) -> None:
        """Start anew what has ended by itself, as the supervisor of an installation does.

        A Celery worker whose line to the broker breaks while a task waits to be reported done ends itself.
        """
        for worker in [one for one in self.workers if one.poll() is not None]:
            self.workers.remove(worker)
            self.start_worker()
        for scheduler in [one for one in self.schedulers if one.poll() is not None]:
            self.schedulers.remove(scheduler)
            self.start_scheduler()

    def kill_worker(self, worker: subprocess.Popen[bytes]) -> None:
        """Kill -9 a worker with all its processes."""
        kill_group(worker.pid)
        worker.wait()

    def replace_worker(self) -> None:
        """Kill -9 the oldest worker and start another; the others go on meanwhile."""
        self.kill_worker(self.workers.pop(0))
        self.start_worker()

    def replace_scheduler(self) -> None:
        """Kill -9 the oldest scheduler and start another."""
        scheduler = self.schedulers.pop(0)
        scheduler.kill()
        scheduler.wait()
        self.start_scheduler()

    def heal(self) -> None:
        self.database.heal()
        self.broker.heal()

    def stop(self) -> None:
        self.heal()
        for process in self.workers + self.schedulers:
            if process.poll() is None:
                kill_group(process.pid)
                process.wait()


@contextmanager
def running_office(folder: Path, *, workers: int = WORKERS, schedulers: int = SCHEDULERS) -> Iterator[Office]:
    """Run an office on the test database and the broker of REDIS_URL, under key names of its own."""
    prefix = f"sapar-test-faults-{os.getpid()}-{time.monotonic_ns()}:"
    with ExitStack() as stack:
        mail = stack.enter_context(MailServer())
        database = stack.enter_context(Proxy(database_server()))
        broker = stack.enter_context(Proxy(broker_server()))
        office = Office(mail, database, broker, folder, variables(mail, database, broker, prefix))
        mail.kill = office.kill_sender_at
        try:
            for _ in range(workers):
                office.start_worker()
            for _ in range(schedulers):
                office.start_scheduler()
            office.wait_until_ready()
            yield office
        finally:
            office.stop()
            forget_keys(prefix)


def variables(mail: MailServer, database: Proxy, broker: Proxy, prefix: str) -> dict[str, str]:
    config = connection.settings_dict
    redis_url = urlsplit(os.environ["REDIS_URL"])
    number = redis_url.path if redis_url.scheme != "unix" and redis_url.path.strip("/") else "/0"
    access = f"{config['USER']}:{config['PASSWORD']}" if config["PASSWORD"] else config["USER"]
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "crm.settings",
        "DATABASE_URL": f"postgres://{access}@127.0.0.1:{database.port}/{config['NAME']}",
        "REDIS_URL": f"redis://127.0.0.1:{broker.port}{number}",
        "BROKER_KEY_PREFIX": prefix,
        "PGAPPNAME": APP,
        "EMAIL_URL": f"smtp://127.0.0.1:{mail.port}",
        "EMAIL_TIMEOUT": "1",
        "PYTHONUNBUFFERED": "1",
    }


def database_server() -> tuple[str, int] | Path:
    host, port = connection.settings_dict["HOST"], int(connection.settings_dict["PORT"] or 5432)
    return Path(host) / f".s.PGSQL.{port}" if host.startswith("/") else (host or "127.0.0.1", port)


def broker_server() -> tuple[str, int] | Path:
    url = urlsplit(os.environ["REDIS_URL"])
    return Path(unquote(url.path)) if url.scheme == "unix" else (url.hostname or "127.0.0.1", url.port or 6379)


def forget_keys(prefix: str) -> None:
    with redis.from_url(os.environ["REDIS_URL"]) as client:
        for key in client.scan_iter(f"{prefix}*", count=1000):
            client.delete(key)


def children_of(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def owners_of(port: int, pids: list[int]) -> list[int]:
    """Return those of the processes that hold a TCP line from the local ``port``."""
    line = re.compile(rf"^\s*\d+: [0-9A-F]+:{port:04X} .*", re.MULTILINE)
    inodes = {found.split()[9] for found in line.findall(Path("/proc/net/tcp").read_text())}
    wanted = {f"socket:[{inode}]" for inode in inodes if inode != "0"}
    return [pid for pid in pids if wanted & set(open_files(pid))]


def open_files(pid: int) -> list[str]:
    try:
        return [str(path.readlink()) for path in Path(f"/proc/{pid}/fd").iterdir()]
    except OSError:  # it has ended, or closed a file meanwhile
        return []


def kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def kill_group(pid: int) -> None:
    """Kill -9 a process and what it started; one that has ended meanwhile is as dead as it should be."""
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
