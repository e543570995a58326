"""The processes of the embedded mode: broker, web server and worker as children that never outlive their parent."""

import contextlib
import ctypes
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
#: How long a child may take to end by itself before it is told again, and before it is killed.
PATIENCE = (1.0, 3.0)
#: Whoever ends sooner would end again.
WORTH_ANOTHER_START = 10.0


@dataclass(slots=True)
class Child:
    """One child process; ``stop_signals`` are sent one after the other until it ends, then it is killed.

    One that ``may_end`` is started anew when it has ended by itself, unless it ends over and over again.
    """

    name: str
    command: Sequence[str]
    log: Path
    stop_signals: tuple[signal.Signals, ...] = (signal.SIGTERM,)
    may_end: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    started_at: float = field(default=0.0, init=False)

    def start(self, guard: "Guard", *, folder: Path, variables: Mapping[str, str]) -> None:
        """Start it in ``folder``, in a session of its own, so that Ctrl-C reaches the parent alone."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self.started_at = time.monotonic()
        with self.log.open("wb" if self.process is None else "ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own commands
                self.command,
                cwd=folder,
                env=dict(variables),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        guard.watch(self.process.pid)

    @property
    def has_ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    @property
    def deserves_another_start(self) -> bool:
        """Say whether it has lived long enough to be started again."""
        return self.may_end and time.monotonic() - self.started_at > WORTH_ANOTHER_START

    def last_words(self, lines: int = 15) -> str:
        """Return the end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:]) if self.log.exists() else ""


class Guard:
    """A small process that outlives us just long enough to end what we started, even when we are killed.

    The kernel's parent-death signal reaches children only; a worker's own children would stay. The guard reads our
    pipe: each line is a process group, and its end means that we are gone.
    """

    SOURCE = """
import os, signal, sys, time
groups = [int(line) for line in sys.stdin]
for chosen in (signal.SIGTERM, signal.SIGKILL):
    for group in groups:
        try:
            os.killpg(group, chosen)
        except ProcessLookupError:
            pass
    time.sleep(0.7 if chosen == signal.SIGTERM and groups else 0)
"""

    def __init__(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-S", "-c", self.SOURCE], stdin=subprocess.PIPE, start_new_session=True
        )

    def watch(self, group: int) -> None:
        """Have the process group ended when we end."""
        assert self.process.stdin  # noqa: S101 - asked for above
        self.process.stdin.write(f"{group}\n".encode())
        self.process.stdin.flush()

    def dismiss(self) -> None:
        """End the guard alone: everything was stopped in order."""
        self.process.kill()
        self.process.communicate()


def stop_with_parent() -> None:
    """Have this process end in order when its parent is gone (Linux only; elsewhere nothing is asked for)."""
    parent = os.getppid()
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it ended before we asked
        os.kill(os.getpid(), signal.SIGTERM)


def stop(children: Sequence[Child]) -> None:
    """End all ``children`` at once, each by its own signals, and kill with its descendants what does not end."""
    for step, patience in enumerate(PATIENCE):
        for child in children:
            if child.process and not child.has_ended:
                chosen = child.stop_signals[min(step, len(child.stop_signals) - 1)]
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child.process.pid, chosen)
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline and not all(child.has_ended for child in children):
            time.sleep(0.02)
    for child in children:
        if child.process:
            # The group's leader may have ended and left somebody behind.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()


def port_is_free(host: str, port: int) -> bool:
    """Say whether a server could listen on ``host:port`` now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def port_answers(host: str, port: int) -> bool:
    """Say whether somebody listens on ``host:port``."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((host, port)) == 0


def socket_answers(path: Path) -> bool:
    """Say whether somebody listens on the unix socket ``path``."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(str(path)) == 0


def prepare_socket_folder(folder: Path) -> None:
    """Make the private folder of a socket; refuse one in a shared place that belongs to somebody else."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.stat()
    if found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & stat.S_IWOTH:
        raise PermissionError(f"{folder} is not ours alone; remove it, or set SAPAR_VAR to a short path.")
